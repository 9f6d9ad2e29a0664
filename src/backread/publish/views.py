"""What the templates are given: plain dictionaries of strings that were said, so that a theme only arranges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from backread.ledger.receipt import Kept, Shown
from backread.publish.excerpt import cut
from backread.publish.listed import Listed, Told
from backread.publish.record import Evidence, Outlet, PublicRecord, Standing
from backread.publish.voice import Speech, Voice
from backread.values.finding import Basis
from backread.values.source import Terms
from backread.values.statement import Clause
from backread.values.story import BlockKind, Sentence
from backread.values.words import Copy

View = dict[str, Any]


def frame(outlet: Outlet, speech: Speech, *, root: str, title: str, description: str = "") -> View:
    """What every page has: outlet, sections, footer."""
    name = speech.say(outlet.name)
    return {
        "outlet": {
            "name": name,
            "place": speech.say(outlet.place),
            "responsible": speech.say(outlet.responsible),
            "language": outlet.language,
            "about": [speech.say(text) for text in outlet.about],
        },
        "root": root,
        "title": speech.say(f"{title} | {name}" if title else name),
        "description": speech.say(description or title or name),
        "sections": [{"slug": s, "name": speech.say(n)} for s, n in outlet.topics.items()],
        "report": report_link(outlet),
        "t": speech.t,
    }


def report_link(outlet: Outlet, record: PublicRecord | None = None) -> str:
    """Where an error is told: a mail link, or the desk's form with the story in it; '' when there is neither."""
    about = quote(record.path) if record else ""
    if "@" in outlet.report:
        return f"mailto:{outlet.report}" + (f"?subject={about}" if about else "")
    if urlsplit(outlet.report).scheme not in ("http", "https"):
        return ""
    return outlet.report + (f"?story={about}" if about else "")


def clauses(told: Sequence[Clause], speech: Speech, voice: Voice) -> list[View]:
    """Each clause with its words; the last sentence of the record's clause is what links to the receipt."""
    views = []
    for clause in told:
        words = voice.words(clause)
        before, dot, last = words.rpartition(". ") if clause.id == "S5" else (words, "", "")
        views.append(
            {
                "id": str(clause.id),
                "before": speech.say((before + dot).strip()),
                "link": speech.say(last),
                "reason": speech.say(voice.reasons[clause.id]),
            }
        )
    return views


def item(story: Listed, speech: Speech, outlet: Outlet) -> View:
    """A story as it stands in a list: headline, summary, how it was made, when."""
    return {
        "path": story.path,
        "headline": speech.say(story.headline),
        "summary": speech.say(story.summary),
        "topic": {"slug": story.topic, "name": speech.say(outlet.topics[story.topic])},
        "made": [speech.say(words) for words in story.made],
        "day": speech.day(story.first_published),
        "iso": story.first_published.isoformat(),
        "gone": story.gone is not None,
        "corrected": speech.day(story.modified) if story.correction else "",
        "correction": speech.say(story.correction),
    }


def story(told: Told, speech: Speech, voice: Voice, outlet: Outlet) -> View:
    """Everything on a story's page."""
    copy, record = told.copy, told.record
    assert copy is not None  # noqa: S101 - a page with words is only made of words that are there
    numbers = {source.capture: n for n, source in enumerate(record.sources, 1)}
    evidence = {e.sentence: e for e in record.evidence}
    return {
        **_blocks(copy, evidence, numbers, speech),
        "topic": {"slug": record.topic, "name": speech.say(outlet.topics[record.topic])},
        "published": speech.moment(record.first_published),
        "published_iso": record.first_published.isoformat(),
        "updated": speech.moment(record.modified) if record.earlier else "",
        "updated_iso": record.modified.isoformat(),
        "correction": speech.say(record.publication.correction),
        "top": clauses(voice.top(record.statement), speech, voice),
        "end": clauses(record.statement.clauses, speech, voice),
        "notes": _notes(record, copy, numbers, speech),
        "sources": [source_view(s, n, speech) for n, s in enumerate(record.sources, 1)],
        "tally": _tally(record, speech),
        "figure": _figure(record, copy),
        "report": report_link(outlet, record),
    }


def _blocks(copy: Copy, evidence: dict[int, Evidence], numbers: dict[str, int], speech: Speech) -> View:
    told: View = {"headline": [], "deck": [], "byline": "", "credit": "", "caption": [], "paragraphs": []}
    place = ""
    for index, block in enumerate(copy.story.blocks):
        words = copy.story.text[block.start : block.end]
        sentences = [_sentence(s, evidence[s.index], numbers, speech) for s in copy.story.of_block(index)]
        if block.kind in (BlockKind.HEADLINE, BlockKind.DECK, BlockKind.CAPTION):
            told[str(block.kind)] += sentences
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.STATEMENT):
            told["paragraphs"].append({"place": place, "sentences": sentences})
            place = ""
        elif block.kind is BlockKind.DATE_LINE:
            place = speech.say(words)
        else:
            told[str(block.kind)] = speech.say(words)
    return told


def _sentence(sentence: Sentence, evidence: Evidence, numbers: dict[str, int], speech: Speech) -> View:
    used = sorted({numbers[str(excerpt.passage.capture)] for excerpt in evidence.excerpts})
    on_word = evidence.standing is not Standing.PROVEN
    return {
        "n": sentence.index + 1,
        "text": speech.say(sentence.text),
        "on_word": on_word,
        "sources": ", ".join(str(number) for number in used),
        "label": speech.t("evidence_for", number=sentence.index + 1),
    }


def _notes(record: PublicRecord, copy: Copy, numbers: dict[str, int], speech: Speech) -> list[View]:
    sources = {source.capture: source for source in record.sources}
    count = len(copy.story.sentences)
    notes = []
    for evidence, sentence in zip(record.evidence, copy.story.sentences, strict=True):
        n = sentence.index + 1
        shown = [
            _excerpt(excerpt, sources[str(excerpt.passage.capture)], numbers, speech)
            for excerpt in evidence.excerpts
        ]
        notes.append(
            {
                "n": n,
                "sentence": speech.say(sentence.text),
                "state": speech.t(_state(evidence)),
                "by": speech.say(evidence.by_name),
                "overridden": evidence.standing is Standing.OVERRIDDEN,
                "reason": speech.say(evidence.reason),
                "excerpts": shown,
                "before": n - 1 if n > 1 else 0,
                "next": n + 1 if n < count else 0,
                "back": speech.t("close_back", number=n),
            }
        )
    return notes


def _state(evidence: Evidence) -> str:
    if evidence.standing is not Standing.PROVEN:
        return "state_taken_over" if evidence.standing is Standing.TAKEN_OVER else "state_overridden"
    if evidence.erased and not evidence.excerpts:
        return "state_erased"
    by = {Basis.VERBATIM: "state_verbatim", Basis.COMPUTED: "state_computed"}
    return by.get(evidence.basis, "state_entailed")


def _excerpt(excerpt: Any, source: Shown, numbers: dict[str, int], speech: Speech) -> View:
    shown = cut(excerpt, source.terms)
    return {
        "words": speech.say(shown.words) if shown else "",
        "before": speech.say(shown.before) if shown else "",
        "after": speech.say(shown.after) if shown else "",
        "shortened": bool(shown and shown.shortened),
        "source": source_view(source, numbers[source.capture], speech),
    }


def source_view(source: Shown, number: int, speech: Speech) -> View:
    """A source as it is listed; of own reporting only whose notes they are."""
    if source.terms is Terms.OWN:
        reporter = speech.say(source.reporter)
        return {"n": number, "own": speech.t("own_notes", name=reporter), "url": ""}
    title, url = (source.title or source.url, source.url) if isinstance(source, Kept) else ("", "")
    is_link = urlsplit(url).scheme in ("http", "https")
    return {
        "n": number,
        "own": "",
        "title": speech.t("erased_copy") if source.is_erased else speech.say(title),
        "name": speech.say(source.name),
        "url": url if is_link else "",
        "seen": speech.moment(source.taken),
        "seen_iso": source.taken.isoformat(),
        "terms": speech.say(str(source.terms)),
        "label": speech.t("source_number", number=number),
    }


def _tally(record: PublicRecord, speech: Speech) -> list[View]:
    counted = Counter(_state(evidence) for evidence in record.evidence)
    order = (
        "state_verbatim",
        "state_computed",
        "state_entailed",
        "state_taken_over",
        "state_overridden",
        "state_erased",
    )
    return [
        {"words": speech.t(f"tally_{name[6:]}"), "count": counted[name]} for name in order if counted[name]
    ]


_KINDS = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"RIFF", "webp"))


def picture_file(content: bytes) -> str:
    """The ending of a picture file, by its first bytes; '' for what is not printed."""
    return next((ending for magic, ending in _KINDS if content.startswith(magic)), "")


def _figure(record: PublicRecord, copy: Copy) -> View | None:
    for picture in copy.pictures:
        content = next((c for digest, c in record.media.items() if digest == picture.digest), None)
        if content is not None and (ending := picture_file(content)):
            return {"file": f"picture-{str(picture.digest)[:16]}.{ending}"}
    return None
