"""From verified records to the bytes of each page: view, template, read-back. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from backread.errors import PublishError
from backread.ledger.keys import KeyRole
from backread.ledger.verdict import judge
from backread.publish import jsonld, readback, views
from backread.publish.listed import Told
from backread.publish.record import PublicRecord, Trust
from backread.publish.views import View
from backread.publish.voice import Speech, Voice, listed_strings
from backread.values.canonical import Digest, canonical_digest, digest_of
from backread.values.publication import WithdrawalKind

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
    icon: bytes
    digest: Digest

    @classmethod
    def of(cls, trust: Trust, voice: Voice, theme: Path = THEME) -> Press:
        """Read the theme. Raises PublishError when it boasts, loads or hides anything."""
        try:
            files = {p.name: p.read_bytes() for p in sorted(theme.iterdir()) if p.is_file()}
            css, icon = files["site.css"].decode() + _lit(), files["icon.svg"]
            pages = tuple(
                (name, content.decode()) for name, content in files.items() if name.endswith(".html")
            )
        except (OSError, KeyError, UnicodeDecodeError) as err:
            raise PublishError(
                str(theme), step="read the theme", hint="It needs site.css, icon.svg and strings.toml."
            ) from err
        readback.stylesheet(css)
        readback.icon(icon)
        templates = _environment(pages)
        made_of = canonical_digest({name: digest_of(content) for name, content in files.items()})
        return cls(trust, voice, theme, listed_strings(theme, voice), templates, css, icon, made_of)

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


@lru_cache(maxsize=4)
def _environment(pages: tuple[tuple[str, str], ...]) -> jinja2.Environment:
    """The templates of a theme, from the very bytes its digest is of; compiled once for all builds of this process."""
    return jinja2.Environment(
        loader=jinja2.DictLoader(dict(pages)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


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
