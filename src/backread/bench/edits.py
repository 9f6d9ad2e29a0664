"""How many altered sentences are noticed, by kind of error, and how many true ones are held open beside them.

The sentences are our own: those of the invented documents of `data/claims` (training documents only) and of the
sources of `data/stories/tuning`, each cited to the very place it stands in. Each is read twice as it is true, word for
word and trimmed as a reporter may, and once altered in one place for each kind that has business with it. Code alters
(`backread.bench.alter`), with luck that depends on document and sentence alone: another document changes no row.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from backread.adapters.verifiers.small import small
from backread.bench import SEEN
from backread.bench.alter import ALTERATIONS, Told, trimmed
from backread.bench.claims import Claim, read_claims
from backread.bench.clean import DRAWS, SEED, Scored, blockers
from backread.bench.folders import read_case
from backread.bench.support import PROOFS, outcome_of, score_of
from backread.check.base import Check
from backread.check.cache import MemoryCache
from backread.check.engine import check_story
from backread.errors import BadInput
from backread.ports import Verifier
from backread.text import dates, names, quotations, spelled_days
from backread.text.sentences import split
from backread.values.canonical import digest_of
from backread.values.capture import Capture, Passage
from backread.values.finding import Outcome
from backread.values.report import Checked
from backread.values.story import BlockKind, Citation, Origin, Part, Story, Words

A_DOCUMENT = 3
"""Alterations of one kind made in one document at most, so that no long one outweighs the others."""
FEWEST_WORDS = 5
AT = 0.03
"""The share of false alarms at which recall is told beside the shipped point."""
_OTHER = re.compile(
    rf"(?!.*(?:{'|'.join((*dates.WEEKDAYS, *spelled_days.MONTHS))}))[A-Z]\w*[a-z]\w*(?: [A-Z]\w*[a-z]\w*)*"
)
"""A name fit to stand in another's place: no cry in capitals, no day."""
TRUE, TRIMMED = "as it stands", "trimmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of ours. `date` is that of the story about it, None where none is told."""

    name: str
    capture: Capture
    date: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sentence read: `kind` is TRUE, TRIMMED or the alteration's, `was` how it stands in the document."""

    document: str
    kind: str
    text: str
    was: str
    checked: Checked

    @property
    def is_true(self) -> bool:
        """Whether nothing was altered."""
        return self.kind in (TRUE, TRIMMED)

    @property
    def is_open(self) -> bool:
        """Whether the sentence is held open at the shipped point."""
        return bool(blockers(self.checked))

    @property
    def is_refuted(self) -> bool:
        """Whether a check says that it is wrong, not only that it cannot tell."""
        return outcome_of(self.checked) is Outcome.REFUTED


@dataclass(slots=True)
class Paragraph:
    """A paragraph of a document, cut; its sentences rest each on its own place. `before` leads up to it in the story."""

    document: Document
    start: int
    words: str
    others: tuple[str, ...]
    cut: tuple[tuple[int, int], ...]
    before: tuple[Paragraph, ...] = ()
    cache: MemoryCache = field(default_factory=MemoryCache)

    @property
    def sentences(self) -> list[str]:
        """How its sentences stand in the document."""
        return [self.words[s:e] for s, e in self.cut]

    def told(self, texts: Sequence[str], index: int) -> Told:
        """One of the sentences, as they may read now, in the light of the others."""
        start = sum(len(text) + 1 for text in texts[:index])
        plain = quotations.outside(" ".join(texts))[start : start + len(texts[index])]
        return Told(text=texts[index], plain=plain, others=self.others)

    def check(self, texts: Sequence[str], checks: tuple[Check, ...], verifier: Verifier | None) -> tuple[Checked, ...]:  # fmt: skip
        """What the checks say of each sentence when the paragraph reads so."""
        parts = [part.block(part.sentences) for part in self.before]
        story = Story.of([*parts, self.block(texts)], date=self.document.date)
        report = check_story(
            story, (self.document.capture,), checks=checks, verifier=verifier, cache=self.cache
        )
        return report.sentences[-len(texts) :]

    def block(self, texts: Sequence[str]) -> Part:
        """The paragraph when it reads so, each sentence citing the place of the one it stands for."""
        passages = [self.document.capture.passage(self.start + s, self.start + e) for s, e in self.cut]
        told = zip(texts, passages, strict=True)
        return BlockKind.PARAGRAPH, [Words(text=text, citations=_cites(passage)) for text, passage in told]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A paragraph as it reads in one version; `places` are the sentences that count in it, `was` how all stand in the document."""

    paragraph: Paragraph
    kind: str
    texts: Sequence[str]
    was: Sequence[str]
    places: Sequence[int]

    @property
    def is_true(self) -> bool:
        """Whether nothing was altered."""
        return self.kind in (TRUE, TRIMMED)


def run(path: Path | None, limit: int, scored: Scored = lambda _: None) -> Mapping[str, object]:
    """Read and alter the documents of a folder, at most `limit` (0: all). Raises BadInput for a folder without."""
    documents = read_documents(path)[: limit or None]
    rows = [row for document in documents for row in read(document, verifier=small())]
    for number, row in enumerate(rows):
        scored(_line(row, number))
    return figures(rows)


def figures(rows: Sequence[Row]) -> dict[str, object]:
    """Shares of what was noticed, by kind; `recall_at_3` is at 3% false alarms, by the score of `bench support`."""
    true = [row for row in rows if row.is_true]
    kinds = {kind: [row for row in rows if row.kind == kind] for kind in (*ALTERATIONS, TRUE, TRIMMED)}
    altered = {kind: kinds[kind] for kind in ALTERATIONS if kinds[kind]}
    cut = threshold([score_of(row.checked) for row in true])
    alarms: dict[str, int] = {}
    for row in true:
        for name in blockers(row.checked):
            alarms[name] = alarms.get(name, 0) + 1
    return {
        "documents": len({row.document for row in rows}),
        "sentences": len(kinds[TRUE]),
        "false_alarms": _share(kinds[TRUE], _is_open),
        "false_alarms_trimmed": _share(kinds[TRIMMED], _is_open),
        "false_alarms_by_check": dict(sorted(alarms.items(), key=lambda pair: -pair[1])),
        "n": {kind: len(told) for kind, told in altered.items()},
        "recall": {kind: _share(told, _is_open) for kind, told in altered.items()},
        "recall_low_95": {kind: low(told) for kind, told in altered.items()},
        "refuted": {kind: _share(told, lambda row: row.is_refuted) for kind, told in altered.items()},
        "recall_at_3": {kind: _share(told, lambda row: score_of(row.checked) < cut) for kind, told in altered.items()},
    }  # fmt: skip


def threshold(true: Sequence[float]) -> float:
    """The highest score below which at most 3% of true sentences stand; 0 for no sentence."""
    ranked = sorted(true)
    return ranked[int(AT * len(ranked))] if ranked else 0.0


def low(rows: Sequence[Row]) -> float:
    """The lower 95% bound of the share that is open: bootstrap by document; the rule of three where none is missed."""
    if all(row.is_open for row in rows):
        return round(max(0.0, 1 - 3 / len(rows)), 4)
    groups = [(len(told), sum(row.is_open for row in told)) for told in _by_document(rows)]
    chance = random.Random(SEED)  # noqa: S311 - a fixed draw, not a secret
    shares = sorted(_drawn(chance.choices(groups, k=len(groups))) for _ in range(DRAWS))
    return round(shares[int(0.025 * DRAWS)], 4)


def _drawn(groups: Sequence[tuple[int, int]]) -> float:
    return sum(found for _, found in groups) / sum(size for size, _ in groups)


def _by_document(rows: Sequence[Row]) -> list[list[Row]]:
    told = sorted(rows, key=lambda row: row.document)
    return [list(group) for _, group in groupby(told, key=lambda row: row.document)]


def _is_open(row: Row) -> bool:
    return row.is_open


def _share(rows: Sequence[Row], holds: Callable[[Row], bool]) -> float:
    return round(sum(map(holds, rows)) / max(len(rows), 1), 4)


def read(document: Document, checks: tuple[Check, ...] = PROOFS, verifier: Verifier | None = None) -> Iterator[Row]:  # fmt: skip
    """Every row of a document: its sentences true, trimmed, and those that luck picks altered, as the checks read them."""
    for made in versions(document):
        checked = made.paragraph.check(made.texts, checks, verifier)
        for at in made.places:
            yield Row(document=document.name, kind=made.kind, text=made.texts[at], was=made.was[at], checked=checked[at])  # fmt: skip


def versions(document: Document) -> Iterator[Version]:
    """Every paragraph of a document as it stands, trimmed, and with one sentence altered, in an order that luck tells."""
    told = dict.fromkeys(ALTERATIONS, 0)
    paragraphs = _paragraphs(document)
    random.Random(document.name).shuffle(paragraphs)  # noqa: S311
    for paragraph in paragraphs:
        now = paragraph.sentences
        whole = [at for at, text in enumerate(now) if _is_sentence(text)]
        short = [trimmed(paragraph.told(now, at)) for at in range(len(now))]
        changed = [at for at in whole if short[at] != now[at]]
        yield Version(paragraph=paragraph, kind=TRUE, texts=now, was=now, places=whole)
        if changed:
            yield Version(paragraph=paragraph, kind=TRIMMED, texts=short, was=now, places=changed)
        for at, kind, text in _alterations(paragraph, short):
            if told[kind] < A_DOCUMENT and at in whole:
                told[kind] += 1
                texts = [*short[:at], text, *short[at + 1 :]]
                yield Version(paragraph=paragraph, kind=kind, texts=texts, was=now, places=[at])


def _alterations(paragraph: Paragraph, texts: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Index, kind and words of each alteration that the sentences bear."""
    for at, text in enumerate(texts):
        told = paragraph.told(texts, at)
        for kind, alter in ALTERATIONS.items():
            luck = random.Random(f"{paragraph.document.name}/{kind}/{text}")  # noqa: S311
            changed = alter(told, luck)
            if changed and changed != text:
                yield at, kind, changed


def _is_sentence(text: str) -> bool:
    """Whether a stretch is one: a heading, a table's cell or a line of a menu is none."""
    ends = text.rstrip("”\"’')")[-1:] in ".!?"
    return ends and len(text.split()) >= FEWEST_WORDS and (text[0].isalnum() or text[0] in "“\"‘'$£€")


def _paragraphs(document: Document) -> list[Paragraph]:
    """The paragraphs in order, each with the two before it."""
    text, start = document.capture.text, 0
    others = tuple(sorted({n.words for n in names.find(text) if _OTHER.fullmatch(n.words)}))
    found: list[Paragraph] = []
    for part in text.split("\n\n"):
        words = part.strip()
        at = text.index(words, start) if words else start
        if cut := split(words):
            found.append(Paragraph(document=document, start=at, words=words, others=others, cut=cut, before=tuple(found[-2:])))  # fmt: skip
        start += len(part) + 2
    return found


def _cites(passage: Passage) -> tuple[Citation, ...]:
    return (Citation(passage=passage, origin=Origin.FOUND),)


def read_documents(folder: Path | None) -> list[Document]:
    """Our documents below a folder: of claims (HAND/NAME.txt), of stories (NAME/sources/*), or of `claims/written` and
    `stories/tuning` in it. In an order that a digest of their names tells. Raises BadInput for none.
    """
    if folder is None or not folder.is_dir():
        raise BadInput(
            str(folder or "the folder"), step="find documents", hint="Name a folder, such as data."
        )
    both = [part for part in (folder / "claims/written", folder / "stories/tuning") if part.is_dir()]
    found = [document for part in both or [folder] for document in _documents(part)]
    return sorted(found, key=lambda document: digest_of(document.name.encode()))


def _documents(folder: Path) -> Iterator[Document]:
    stories = sorted(path.parent for path in folder.glob("*/story.md"))
    for story in stories:
        case = read_case(story)
        day = case.story.story.date
        for number, capture in enumerate(case.captures):
            own = capture.published.date() if capture.published else day
            yield Document(name=f"{case.name}/{number}", capture=capture, date=own)
    if not stories:
        train = [claim for claim in read_claims(folder) if claim.split == "train"]
        for name, claims in groupby(train, key=lambda claim: claim.document):
            yield _written(name, list(claims))


def _written(name: str, claims: Sequence[Claim]) -> Document:
    day = _day(claims[0].place)
    text = "\n\n".join(dict.fromkeys(claim.passage for claim in claims))
    return Document(name=name, capture=captured(name, text, day), date=day)


def captured(name: str, text: str, day: dt.date | None) -> Capture:
    """A document as a capture, published on its day."""
    return Capture(
        source=name, source_name="the document", url=f"https://{digest_of(name.encode())[:12]}.example/", taken=SEEN,
        media_type="text/plain", payload=digest_of(text.encode()), text=text, extractor="bench",
        published=dt.datetime.combine(day, dt.time(9), dt.UTC) if day else None,
    )  # fmt: skip


def _day(place: str) -> dt.date | None:
    """The day a document's line tells; the last of the month or year where it tells only that; None for less."""
    spans = [dates.span(mention, SEEN.date()) for mention in dates.find(place)]
    return next((days[1] for days in spans if days), None)


def _line(row: Row, number: int) -> Mapping[str, object]:
    return {
        "id": f"{row.document}/{number}", "kind": row.kind, "text": row.text, "was": row.was,
        "score": round(score_of(row.checked), 4), "outcome": outcome_of(row.checked).value,
        "open": row.is_open, "checks": blockers(row.checked), "label": int(row.is_true),
    }  # fmt: skip
