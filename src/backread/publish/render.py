"""From verified records to the bytes of each page: view, template, read-back. Nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2

from backread.errors import PublishError
from backread.ledger.keys import KeyRole
from backread.ledger.verdict import judge
from backread.publish import jsonld, readback, views
from backread.publish.record import PublicRecord, Standing, Trust
from backread.publish.views import Told, View
from backread.publish.voice import Speech, Voice, listed_strings
from backread.values.canonical import Digest, canonical_digest, digest_of
from backread.values.finding import Basis
from backread.values.publication import WithdrawalKind
from backread.values.statement import ClauseId

THEME = Path(__file__).with_name("theme")
LIT = 120
"""So many sentences light up in the text while their evidence is open."""


@dataclass(frozen=True, slots=True)
class Press:
    """A theme made ready: templates, strings, stylesheet, and what pages are held against."""

    trust: Trust
    voice: Voice
    theme: Path
    strings: Any
    templates: jinja2.Environment
    css: str
    digest: Digest

    @classmethod
    def of(cls, trust: Trust, voice: Voice, theme: Path = THEME) -> Press:
        """Read the theme. Raises PublishError when it boasts, loads or hides anything."""
        try:
            files = {p.name: p.read_bytes() for p in sorted(theme.iterdir()) if p.is_file()}
            css = files["site.css"].decode() + _lit()
        except (OSError, KeyError, UnicodeDecodeError) as err:
            raise PublishError(
                str(theme), step="read the theme", hint="It needs site.css and strings.toml."
            ) from err
        readback.stylesheet(css)
        templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(theme),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made_of = canonical_digest({name: digest_of(content) for name, content in files.items()})
        return cls(trust, voice, theme, listed_strings(theme, voice), templates, css, made_of)

    def speech(self) -> Speech:
        """A new page's speech."""
        return Speech(listed=self.strings, zone=self.trust.outlet.zone)

    def page(self, template: str, speech: Speech, path: str, view: View) -> tuple[bytes, Any]:
        """The page's bytes and its parsed form. Raises PublishError when it says what was not said."""
        try:
            html = self.templates.get_template(template).render(view)
        except jinja2.TemplateError as err:
            raise PublishError(path, step="fill its template", hint=str(err)) from err
        told = str(view.get("jsonld", ""))
        root = readback.page(html, path=path, said=speech.said, address=self.trust.outlet.address, told=told)
        return html.encode(), root


def _lit() -> str:
    lit = ", ".join(f":root:has(#e{n}:target) #s{n}" for n in range(1, LIT + 1))
    return f"\n{lit} {{ background: var(--lit); }}\n"


def story_page(press: Press, told: Told) -> bytes:
    """The page of a story: as it stands, its tombstone, or the notice that it is gone."""
    record, outlet, speech = told.record, press.trust.outlet, press.speech()
    root = "../" * record.path.count("/")
    gone = record.withdrawal
    if told.copy is None or gone is not None:
        return _gone_page(press, told, speech, root)
    view = views.frame(outlet, speech, root=root, title=told.headline, description=told.summary)
    view |= views.story(told, speech, press.voice, outlet)
    view |= {
        "address": f"{outlet.address}/{record.path}",
        "jsonld": jsonld.as_script(jsonld.article(told, outlet, press.voice)),
        "og_title": speech.say(told.headline),
        "alt": speech.say(view.get("alt text", "")),
    }
    content, page = press.page("story.html", speech, record.path, view)
    readback.story(page, path=record.path, copy=told.copy, statement=record.statement, voice=press.voice)
    return content


def _gone_page(press: Press, told: Told, speech: Speech, root: str) -> bytes:
    record, gone = told.record, told.record.withdrawal
    is_folded = told.copy is not None and gone is not None and gone.kind is WithdrawalKind.RETRACT
    # A takedown leaves no word of the story, whatever is still in the archive.
    shown = told if is_folded else replace(told, copy=None)
    kind = "retracted" if is_folded else "removed" if gone else "erased"
    title = speech.t(kind)
    if is_folded:
        title = speech.say(f"{title} {shown.headline}")
    reason = gone.reason if gone else ""
    view = views.frame(press.trust.outlet, speech, root=root, title=title)
    view |= {"headline": [], "deck": [], "byline": "", "caption": [], "paragraphs": []}
    if is_folded:
        view |= views.story(shown, speech, press.voice, press.trust.outlet)
    view |= {
        "lead": speech.t(kind),
        "reason": speech.say(reason) if is_folded else speech.t(f"{kind}_words"),
        "by": speech.say(gone.by_name) if gone else "",
        "when": speech.moment(gone.at) if gone else "",
        "iso": gone.at.isoformat() if gone else "",
    }
    content, page = press.page("gone.html", speech, record.path, view)
    readback.story(page, path=record.path, copy=shown.copy, statement=record.statement, voice=press.voice)
    return content


def receipt_page(press: Press, told: Told) -> bytes:
    """What the record proves and what it does not, in words, with the digests folded."""
    record, outlet, speech, voice = told.record, press.trust.outlet, press.speech(), press.voice
    path = f"{record.path}receipt/"
    stands = told.copy is not None and record.withdrawal is None
    view = views.frame(outlet, speech, root="../" * path.count("/"), title=speech.t("receipt"))
    keys = [key.id for key in press.trust.keys.keys]
    verdict = judge(record.receipt, keys, says=voice.words)
    view |= {
        "headline": speech.say(told.headline) if stands else "",
        "steps": [
            {"name": speech.t("step_" + step.name.split()[-1]), "words": speech.say(step.words)}
            for step in verdict.steps
        ],
        "not_proven": [speech.t(f"np_{name}") for name in ("true", "seen", "witness", "account")],
        "end": views.clauses(record.statement.clauses, speech, voice),
        "history": _history(record, speech),
        "sources": [
            views.source_view(s, n, speech) for n, s in enumerate(record.sources, 1) if told.copy is not None
        ],
        "digests": _digests(record, speech),
        "command": speech.say(" ".join(["backread verify receipt.json", *(f"--key {key}" for key in keys)])),
    }
    return press.page("receipt.html", speech, path, view)[0]


def _history(record: PublicRecord, speech: Speech) -> list[View]:
    rows = [
        (
            e.published,
            [speech.t("published"), speech.t("version_number", number=e.version), speech.say(e.correction)],
        )
        for e in record.earlier
    ]
    for a in record.approvals:
        number = speech.t("version_number", number=a.version)
        rows.append((a.approved_at, [speech.t("approved_by"), speech.say(a.approver_name), number]))
    made = record.publication
    number = speech.t("version_number", number=made.version)
    kind = speech.t("corrected" if made.correction else "published")
    rows.append((made.not_before, [kind, number, speech.say(made.correction)]))
    if (gone := record.withdrawal) is not None:
        kind = speech.t("kind_retracted" if gone.kind is WithdrawalKind.RETRACT else "kind_takedown")
        rows.append((gone.at, [kind, speech.say(gone.by_name), speech.say(gone.reason)]))
    return [
        {"moment": speech.moment(at), "iso": at.isoformat(), "words": [w for w in words if w]}
        for at, words in sorted(rows, key=lambda row: row[0])
    ]


def _digests(record: PublicRecord, speech: Speech) -> list[View]:
    first = record.approvals[0]
    rows = [
        ("digest_version", record.version.digest),
        ("digest_approval", first.id),
        ("digest_publication", record.publication.id),
        ("digest_evidence", first.evidence_root),
        ("digest_key", first.key),
        *(("digest_log_key", key.id) for key in record.receipt.keys.of(KeyRole.LOG)),
    ]
    return [{"name": speech.t(name), "digest": speech.say(digest)} for name, digest in rows]


def front_page(press: Press, stories: Sequence[Told]) -> bytes:
    """The newest story as lead, the newest after it, corrections, and the months."""
    outlet, speech, voice = press.trust.outlet, press.speech(), press.voice
    standing = [told for told in stories if told.record.withdrawal is None and told.copy is not None]
    items = [views.item(told, speech, voice, outlet) for told in standing[:50]]
    fixed = [told for told in standing if told.record.publication.correction][:5]
    view = views.frame(outlet, speech, root="", title="")
    view |= {
        "address": f"{outlet.address}/",
        # The day of the newest story, not of the build: building again changes nothing.
        "today": speech.long_day(standing[0].record.modified) if standing else "",
        "lead": items[0] if items else None,
        "items": items[1:],
        "fixes": [views.item(told, speech, voice, outlet) for told in fixed],
        "months": [{"key": key, "name": speech.month(key)} for key in months(stories)],
    }
    return press.page("front.html", speech, "", view)[0]


def months(stories: Iterable[Told]) -> list[str]:
    """“2026/10”, newest first."""
    return sorted({told.record.path[:7] for told in stories}, reverse=True)


def list_page(press: Press, path: str, heading: str, stories: Sequence[Told]) -> bytes:
    """A topic or a month: its stories, newest first. `heading` is “2026/10” for a month, else a topic's name."""
    outlet, speech = press.trust.outlet, press.speech()
    name = speech.month(heading) if heading == path.rstrip("/") else speech.say(heading)
    view = views.frame(outlet, speech, root="../" * path.count("/"), title=name)
    listed = [told for told in stories if told.copy is not None]
    view |= {"heading": name, "items": [views.item(told, speech, press.voice, outlet) for told in listed]}
    return press.page("list.html", speech, path, view)[0]


def corrections_page(press: Press, stories: Sequence[Told]) -> bytes:
    """Every correction and withdrawal, newest first."""
    outlet, speech = press.trust.outlet, press.speech()
    rows = [row for told in stories for row in _fixes(told, speech)]
    view = views.frame(outlet, speech, root="../", title=speech.t("corrections"))
    view |= {"fixes": sorted(rows, key=lambda row: str(row["iso"]), reverse=True)}
    return press.page("corrections.html", speech, "corrections/", view)[0]


def _fixes(told: Told, speech: Speech) -> Iterable[View]:
    record, gone = told.record, told.record.withdrawal
    taken_down = gone is not None and gone.kind is WithdrawalKind.TAKEDOWN
    headline = speech.t("removed") if taken_down or told.copy is None else speech.say(told.headline)
    fixed = [(e.published, e.correction) for e in record.earlier]
    for at, words in () if told.copy is None else (*fixed, (record.modified, record.publication.correction)):
        if words:
            yield _fix(record, speech, "kind_corrected", headline, speech.say(words), at)
    if gone is not None:
        kind = "kind_takedown" if taken_down else "kind_retracted"
        words = speech.t("removed_words") if taken_down else speech.say(gone.reason)
        yield _fix(record, speech, kind, headline, words, gone.at)


def _fix(record: PublicRecord, speech: Speech, kind: str, headline: str, words: str, at: Any) -> View:
    return {
        "kind": speech.t(kind),
        "gone": kind != "kind_corrected",
        "headline": headline,
        "words": words,
        "path": record.path,
        "day": speech.day(at),
        "iso": at.isoformat(),
    }


def how_page(press: Press, stories: Sequence[Told]) -> bytes:
    """How the outlet uses AI, counted from the records themselves."""
    speech = press.speech()
    standing = [told.record for told in stories if told.record.withdrawal is None]
    ids = Counter(id_ for r in standing for id_ in {clause.id for clause in r.statement.clauses})
    made = [(f"how_{id_.lower()}", ids[id_]) for id_ in _MADE]
    rests = Counter(_rests(e.standing, e.basis) for r in standing for e in r.evidence)
    reviewed = Counter(a.reviewed for r in standing for a in r.approvals)
    corrections = sum(bool(words) for r in standing for words in _corrections(r))
    withdrawn = sum(told.record.withdrawal is not None for told in stories)
    view = views.frame(press.trust.outlet, speech, root="../", title=speech.t("how_we_use_ai"))
    view |= {
        "count": len(standing),
        "made": _bars(made, speech),
        "sentences": _bars([(f"tally_{name}", rests[name]) for name in _RESTS], speech),
        "approvals": _bars([("how_one", reviewed[True]), ("how_other", reviewed[False])], speech),
        "fixes": _bars([("how_corrections", corrections), ("how_withdrawn", withdrawn)], speech),
    }
    return press.page("how.html", speech, "how-we-use-ai/", view)[0]


_MADE = (ClauseId.AI, ClauseId.RULE_PROSE, ClauseId.RULE_FIELDS, ClauseId.SUPPLIED, ClauseId.BRIEF)
_RESTS = ("verbatim", "computed", "entailed", "taken_over", "overridden")


def _rests(standing: Standing, basis: Basis) -> str:
    if standing is not Standing.PROVEN:
        return "taken_over" if standing is Standing.TAKEN_OVER else "overridden"
    return str(basis) if basis in (Basis.VERBATIM, Basis.COMPUTED) else "entailed"


def _corrections(record: PublicRecord) -> Iterable[str]:
    return (*(e.correction for e in record.earlier), record.publication.correction)


def _bars(rows: Sequence[tuple[str, int]], speech: Speech) -> list[View]:
    most = max((count for _, count in rows), default=0) or 1
    return [{"words": speech.t(name), "count": count, "share": count * 100 // most} for name, count in rows]


def missing_page(press: Press) -> bytes:
    """The page for an address that is not there; its links are whole, for it can stand at any depth."""
    speech = press.speech()
    root = f"{press.trust.outlet.address}/"
    view = views.frame(press.trust.outlet, speech, root=root, title=speech.t("missing"))
    return press.page("missing.html", speech, "404.html", view)[0]
