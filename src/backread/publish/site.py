"""The builder: from publications to the files of the site, and nothing else.

A story's page and receipt are written before any list that links to them. What stood before stands until the
new file is whole. Building twice changes nothing; a build that was killed is finished by the next one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from backread.errors import PublishError
from backread.publish import feeds, files, render, verify, views
from backread.publish.files import Manifest, Stands, Step
from backread.publish.record import Outlet, PublicRecord, Trust
from backread.publish.render import THEME, Press
from backread.publish.views import Told
from backread.publish.voice import Voice
from backread.values.canonical import Digest, canonical_digest, digest_of
from backread.values.publication import WithdrawalKind, utc

Export = Callable[[Outlet, Sequence[Told], Voice], bytes]

EXPORTS: Mapping[str, Export] = {
    "feed.rss": feeds.rss,
    "feed.atom": feeds.atom,
    "feed.json": feeds.jsonfeed,
    "sitemap.xml": feeds.sitemap,
    "news-sitemap.xml": feeds.news_sitemap,
}
"""Every export beside the pages, listed by hand: file to function."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did. `refused` are stories that were not written, and why; what stood for them stands still."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    refused: tuple[PublishError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A file to be written."""

    name: str
    inputs: Digest
    content: bytes


@dataclass(slots=True)
class _Site:
    """One build in progress."""

    out: Path
    press: Press
    manifest: Manifest
    step: Step
    written: list[str]
    made: set[str]
    inputs: dict[str, Digest]
    unchanged: int = 0

    def due(self, name: str, inputs: Digest, make: Callable[[], bytes]) -> _Due | None:
        """File `name` rendered and read back, None when it stands as made from these inputs."""
        if self.manifest.is_current(self.out, name, inputs, self.press.digest):
            return None
        return _Due(name=name, inputs=inputs, content=make())

    def put(self, files_: Iterable[tuple[str, Digest, Callable[[], bytes]]]) -> None:
        """Write files that belong together, in order: all are made before the first is written."""
        listed = list(files_)
        due = [self.due(*file) for file in listed]
        for (name, _, _), file in zip(listed, due, strict=True):
            self.made.add(name)
            if file is None:
                self.unchanged += 1
                continue
            files.write(self.out / name, file.content, step=self.step)
            stands = Stands(inputs=file.inputs, theme=self.press.digest, output=digest_of(file.content))
            self.manifest.stands[name] = stands
            self.written.append(name)


def build(
    records: Iterable[PublicRecord],
    out: Path,
    *,
    trust: Trust,
    voice: Voice,
    now: datetime,
    theme: Path = THEME,
    checkpoint: str = "",
    step: Step = files.no_step,
) -> Built:
    """Build the site in `out` from the current publication of each story. Raises PublishError for outlet or theme.

    A record that is not due yet, or was cancelled, is not built. One that does not verify is refused and named
    in the result, and its story is on no list. `checkpoint` is the newest signed note, kept at a fixed address.
    """
    verify.outlet(trust.outlet, voice)
    press = Press.of(trust, voice, theme)
    files.clear_halves(out)
    manifest = Manifest.read(out.parent / f"{out.name}.manifest.json")
    site = _Site(out, press, manifest, step, [], set(), {})
    site.put([("site.css", press.digest, press.css.encode)])
    stories, refused, kept = _stories(site, records, now)
    _lists(site, stories, checkpoint)
    removed = _remove(site, kept)
    manifest.save(step=step)
    return Built(
        written=tuple(site.written), unchanged=site.unchanged, removed=removed, refused=tuple(refused)
    )


def _stories(
    site: _Site, records: Iterable[PublicRecord], now: datetime
) -> tuple[list[Told], list[PublishError], set[str]]:
    stories, refused, kept, paths = [], [], set[str](), set[str]()
    for record in records:
        cancelled = record.withdrawal is not None and record.withdrawal.kind is WithdrawalKind.CANCEL
        if cancelled or record.publication.not_before > now:
            continue
        try:
            copy = verify.before(record, site.press.trust, site.press.voice)
            if record.path in paths:
                raise PublishError(
                    f"story {record.story}", step="publish it", hint="Another has its address."
                )
            paths.add(record.path)
            # A takedown leaves no word of the story on any page, whatever the archive still holds.
            is_down = record.withdrawal is not None and record.withdrawal.kind is WithdrawalKind.TAKEDOWN
            told = Told(record=record, copy=None if is_down else copy)
            _story(site, told)
            stories.append(told)
        except PublishError as err:
            refused.append(err)
            kept.add(record.path)
    stories.sort(key=lambda told: (told.record.first_published, told.record.story), reverse=True)
    return stories, refused, kept


def _story(site: _Site, told: Told) -> None:
    record, path = told.record, told.record.path
    receipt = record.receipt.content()
    inputs = site.inputs[path] = inputs_of(told, site.press.trust.outlet, digest_of(receipt))
    pages: list[tuple[str, Digest, Callable[[], bytes]]] = [
        # The receipt first: a page never links to a record that is not there.
        (f"{path}receipt.json", digest_of(receipt), partial(bytes, receipt)),
        (f"{path}receipt/index.html", inputs, partial(render.receipt_page, site.press, told)),
        *_pictures(told),
        (f"{path}index.html", inputs, partial(render.story_page, site.press, told)),
    ]
    site.put(pages)


def _pictures(told: Told) -> Iterable[tuple[str, Digest, Callable[[], bytes]]]:
    if told.copy is None or told.record.withdrawal is not None:
        return
    for picture in told.copy.pictures:
        content = told.record.media.get(Digest(str(picture.digest)), b"")
        if (ending := views.picture_file(content)) and digest_of(content) == picture.digest:
            name = f"{told.record.path}picture-{str(picture.digest)[:16]}.{ending}"
            yield name, digest_of(content), partial(bytes, content)


def inputs_of(told: Told, outlet: Outlet, receipt: Digest) -> Digest:
    """The digest of everything a story's pages are made from."""
    record, gone = told.record, told.record.withdrawal
    return canonical_digest(
        {
            "contents": {part: digest_of(content) for part, content in record.contents.items()},
            "earlier": [
                [e.version, e.digest, utc(e.published), e.correction] for e in record.earlier
            ],
            "evidence": [
                [
                    e.sentence, str(e.standing), str(e.basis), e.by_name, e.reason,
                    [[x.before, x.passage.text, x.after, str(x.passage.capture)] for x in e.excerpts],
                ]
                for e in record.evidence
            ],
            "first": record.first_published.isoformat(),
            "gone": [str(gone.kind), gone.by_name, gone.reason, utc(gone.at)] if gone else [],
            "media": sorted(record.media),
            "outlet": _outlet(outlet),
            "publication": record.publication.id,
            "receipt": receipt,
            "sources": [
                [s.capture, s.name, s.title, s.url, utc(s.taken), str(s.terms), s.reporter]
                for s in record.sources
            ],
            "statement": canonical_digest([c.canonical() for c in record.statement.clauses]),  # type: ignore[misc]
            "topic": record.topic,
        }
    )  # fmt: skip


def _outlet(outlet: Outlet) -> list[str]:
    texts = [outlet.id, outlet.name, outlet.address, outlet.responsible, outlet.place, outlet.timezone]
    topics = [text for pair in outlet.topics.items() for text in pair]
    return [*texts, outlet.report, outlet.language, *outlet.about, *topics]


def _lists(site: _Site, stories: Sequence[Told], checkpoint: str) -> None:
    press, outlet = site.press, site.press.trust.outlet
    of_site = canonical_digest(_outlet(outlet))

    def over(listed: Sequence[Told]) -> Digest:
        return canonical_digest([of_site, *(site.inputs[told.record.path] for told in listed)])

    readable = [told for told in stories if told.copy is not None]
    keys = json.dumps([key.canonical() for key in press.trust.keys.keys], indent=1).encode()
    every = over(stories)
    for slug, name in outlet.topics.items():
        listed = [told for told in stories if told.record.topic == slug][: feeds.NEWEST]
        page = partial(render.list_page, press, f"topics/{slug}/", name, listed)
        site.put([(f"topics/{slug}/index.html", over(listed), page)])
    for month in render.months(stories):
        listed = [told for told in stories if told.record.path.startswith(f"{month}/")]
        page = partial(render.list_page, press, f"{month}/", month, listed)
        site.put([(f"{month}/index.html", over(listed), page)])
    site.put(
        [
            ("corrections/index.html", every, partial(render.corrections_page, press, stories)),
            ("how-we-use-ai/index.html", every, partial(render.how_page, press, stories)),
            ("404.html", of_site, partial(render.missing_page, press)),
            *(
                (name, every, partial(export, outlet, readable, press.voice))
                for name, export in EXPORTS.items()
            ),
            ("ledger/keys.json", digest_of(keys), partial(bytes, keys)),
            ("index.html", every, partial(render.front_page, press, stories)),
        ]
    )
    if checkpoint:
        note = checkpoint.encode()
        site.put([("ledger/checkpoint", digest_of(note), partial(bytes, note))])


def _remove(site: _Site, kept: set[str]) -> tuple[str, ...]:
    """Remove what this builder wrote once and does not make any more; stories that were refused keep their files."""
    gone = sorted(
        name
        for name in site.manifest.stands
        if name not in site.made and not any(name.startswith(path) for path in kept)
    )
    for name in gone:
        site.step("remove", name)
        (site.out / name).unlink(missing_ok=True)
        del site.manifest.stands[name]
    return tuple(gone)
