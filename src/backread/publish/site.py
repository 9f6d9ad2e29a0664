"""The builder: from publications to the files of the site, and nothing else.

A story's page and receipt are written before any list that links to them. What stood before stands until the
new file is whole. Building twice changes nothing; a build that was killed is finished by the next one.

`build` verifies every record. `update` verifies the records it is handed, and takes what the sealed manifest says of
the stories that stand: one more costs what its own pages and the lists it is on cost, however old the archive is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from backread import __version__
from backread.errors import BadInput, PublishError
from backread.ledger.receipt import Receipt
from backread.publish import feeds, files, lists, render, verify, views
from backread.publish.files import Stands, Step
from backread.publish.inputs import inputs_of, outlet_texts
from backread.publish.listed import NEWEST, Listed, Told
from backread.publish.manifest import Manifest, Row, Stale, tally_of
from backread.publish.record import Outlet, PublicRecord, Trust
from backread.publish.render import THEME, Press
from backread.publish.voice import Voice
from backread.values.canonical import Digest, canonical_digest, digest_of
from backread.values.publication import WithdrawalKind

__all__ = ["EXPORTS", "Built", "Stale", "build", "standing", "update"]
Export = Callable[[Outlet, Sequence[Listed]], bytes]

EXPORTS: Mapping[str, Export] = {
    "feed.rss": feeds.rss,
    "feed.atom": feeds.atom,
    "feed.json": feeds.jsonfeed,
    "news-sitemap.xml": feeds.news_sitemap,
}
"""Every export of the newest stories beside the pages, listed by hand: file to function."""
RECENT = timedelta(days=2)
"""What the news sitemap looks back from the newest story; exports are given that much, and at least `NEWEST`."""

_File = tuple[str, Digest, Callable[[], bytes]]
"""A file's name, the digest of what it is made from, and what makes it."""
_OF_A_STORY = re.compile(r"[0-9]{4}/[0-9]{2}/[^/]+/.+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did. `refused` are stories that were not written, and why; what stood for them stands still."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    refused: tuple[PublishError, ...]


@dataclass(slots=True)
class _Site:
    """One build in progress. `months` and `sorts` are those whose stories are other than they were."""

    out: Path
    press: Press
    manifest: Manifest
    step: Step
    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    refused: list[PublishError] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    sorts: set[str] = field(default_factory=set)

    def put(self, listed: Iterable[_File], known: MutableMapping[str, Stands]) -> set[str]:
        """Write files that belong together, in order: all are made before the first is written. Answers with their names."""
        wanted = list(listed)
        due = [None if self._stands(file, known) else (*file[:2], file[2]()) for file in wanted]
        for made in due:
            if made is None:
                self.unchanged += 1
                continue
            name, inputs, content = made
            files.write(self.out / name, content, step=self.step)
            known[name] = Stands(inputs=inputs, theme=self.press.digest, output=digest_of(content))
            self.written.append(name)
        return {name for name, _, _ in wanted}

    def _stands(self, file: _File, known: Mapping[str, Stands]) -> bool:
        row = known.get(file[0])
        return row is not None and row.hold(self.out / file[0], file[1], self.press.digest)

    def touch(self, *stories: Listed) -> None:
        """Lists that show these are made anew."""
        self.months.update(story.month for story in stories)
        self.sorts.update(sort for story in stories for sort in tally_of(story))

    def built(self) -> Built:
        """What was done."""
        return Built(
            written=tuple(self.written), unchanged=self.unchanged, removed=tuple(self.removed), refused=tuple(self.refused)
        )  # fmt: skip


def standing(out: Path, *, trust: Trust, voice: Voice, theme: Path = THEME) -> Manifest | None:
    """What stands in `out`, for `update`; None when everything has to be built: nothing is remembered under this seal,
    or the outlet, its keys, the theme or the program are others."""
    manifest = Manifest.read(_beside(out), trust.seal)
    return manifest if manifest.frame == _frame(Press.of(trust, voice, theme)) else None


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
    reached: Mapping[str, Any] | None = None,
) -> Built:
    """Build the site in `out` from the current publication of each story. Raises PublishError for outlet or theme.

    A record that is not due yet, or was cancelled, is not built. One that does not verify is refused and named
    in the result, and its story is on no list. `checkpoint` is the newest signed note, kept at a fixed address.
    `reached` is kept in the manifest for the caller.
    """
    verify.outlet(trust.outlet, voice)
    site = _Site(out, Press.of(trust, voice, theme), Manifest.read(_beside(out), trust.seal), step)
    files.clear_halves(out)
    site.manifest.forget_what_is_stale()
    site.manifest.again = set()
    _look(site)
    for record in records:
        _one(site, record, now)
    gone = [row for row in site.manifest.rows() if row.listed.path not in site.seen]
    for row in gone:
        _leave(site, row)
    site.touch(*(row.listed for row in site.manifest.rows()))
    made = _lists(site, checkpoint, whole=True)
    _remove(site, [name for row in gone for name in row.files])
    _remove(site, [name for name in site.manifest.lists if name not in made])
    _remove(site, _strays(site))
    return _done(site, reached)


def update(
    manifest: Manifest,
    records: Iterable[PublicRecord],
    out: Path,
    *,
    trust: Trust,
    voice: Voice,
    now: datetime,
    theme: Path = THEME,
    checkpoint: str = "",
    step: Step = files.no_step,
    reached: Mapping[str, Any] | None = None,
) -> Built:
    """Verify and write these records, and the lists they are on; everything else stands as `manifest` says (`standing`).

    Raises PublishError for outlet or theme, and Stale where the manifest does not fit together: build everything then.
    """
    verify.outlet(trust.outlet, voice)
    site = _Site(out, Press.of(trust, voice, theme), manifest, step)
    _look(site)
    for record in records:
        manifest.again.discard(record.story)
        _one(site, record, now)
    _lists(site, checkpoint, whole=False)
    return _done(site, reached)


def _beside(out: Path) -> Path:
    return out.parent / f"{out.name}.manifest"


def _frame(press: Press) -> str:
    trust = press.trust
    keys = [key.canonical() for key in trust.keys.keys]
    return canonical_digest([__version__, press.digest, outlet_texts(trust.outlet), keys, trust.origin])


def _look(site: _Site) -> None:
    press = site.press
    files_: list[_File] = [
        ("site.css", press.digest, press.css.encode),
        ("icon.svg", press.digest, lambda: press.icon),
    ]
    site.put(files_, site.manifest.lists)


def _done(site: _Site, reached: Mapping[str, Any] | None) -> Built:
    site.manifest.frame, site.manifest.reached = _frame(site.press), reached or {}
    site.manifest.save(step=site.step)
    return site.built()


def _one(site: _Site, record: PublicRecord, now: datetime) -> None:
    """Verify one record and write its pages; a refused one leaves what stood, and is on no list."""
    gone = record.withdrawal
    # One that was out already is no cancellation: it is looked at, and refused.
    cancelled = (
        gone is not None and gone.kind is WithdrawalKind.CANCEL and gone.at < record.publication.not_before
    )
    if cancelled or record.publication.not_before > now:
        return
    row = site.manifest.month(record.path[:7]).get(record.path)
    try:
        record = _with_standing_receipt(site, record)
        copy = verify.before(record, site.press.trust, site.press.voice)
        if record.path in site.seen or (row is not None and row.listed.story != record.story):
            raise PublishError(f"story {record.story}", step="publish it", hint="Another has its address.")
        site.seen.add(record.path)
        # A takedown leaves no word of the story on any page, whatever the archive still holds.
        is_down = record.withdrawal is not None and record.withdrawal.kind is WithdrawalKind.TAKEDOWN
        _story(site, Told(record=record, copy=None if is_down else copy), row)
    except PublishError as err:
        site.refused.append(err)
        site.manifest.again.add(record.story)
        site.kept.add(record.path)
        if row is not None and row.listed.story == record.story:
            site.seen.add(record.path)
            site.touch(row.listed)
            site.manifest.put(Row(listed=row.listed, files=row.files, held=True))


def _with_standing_receipt(site: _Site, record: PublicRecord) -> PublicRecord:
    """The record with the receipt that readers hold already, where only its proofs are older: they stay true.

    It is verified with the record like any other.
    """
    try:
        receipt = Receipt.parse((site.out / f"{record.path}receipt.json").read_bytes())
    except (OSError, BadInput):
        return record
    if replace(receipt, logged=record.receipt.logged) != record.receipt:
        return record
    held = replace(record, receipt=receipt)
    is_sound = not any(verify.wrongs(held, site.press.trust, site.press.voice))
    return held if is_sound else record


def _story(site: _Site, told: Told, row: Row | None) -> None:
    record, path = told.record, told.record.path
    receipt = record.receipt.content()
    inputs = inputs_of(told, site.press.trust.outlet, digest_of(receipt))
    pages: list[_File] = [
        # The receipt first: a page never links to a record that is not there.
        (f"{path}receipt.json", digest_of(receipt), partial(bytes, receipt)),
        (f"{path}receipt/index.html", inputs, partial(render.receipt_page, site.press, told)),
        *_pictures(told),
        (f"{path}index.html", inputs, partial(render.story_page, site.press, told)),
    ]
    known = dict(row.files) if row is not None else {}
    made = site.put(pages, known)
    listed = Listed.of(told, inputs, site.press.voice)
    stands = Row(listed=listed, files={name: known[name] for name in known if name in made})
    if row == stands:
        return
    site.touch(listed, *([row.listed] if row is not None else []))
    site.manifest.put(stands)
    _remove(site, [name for name in known if name not in made])


def _leave(site: _Site, row: Row) -> None:
    """A story that stands no more; its files are removed when no list links to them any longer."""
    site.touch(row.listed)
    site.manifest.drop(row)


def _pictures(told: Told) -> Iterable[_File]:
    if told.copy is None or told.record.withdrawal is not None:
        return
    for picture in told.copy.pictures:
        content = told.record.media.get(Digest(str(picture.digest)), b"")
        if (ending := views.picture_file(content)) and digest_of(content) == picture.digest:
            name = f"{told.record.path}picture-{str(picture.digest)[:16]}.{ending}"
            yield name, digest_of(content), partial(bytes, content)


def _lists(site: _Site, checkpoint: str, *, whole: bool) -> set[str]:
    """Make the lists that show a story which changed, or all; the names of those that were looked at."""
    press, outlet, manifest = site.press, site.press.trust.outlet, site.manifest
    of_site = canonical_digest(outlet_texts(outlet))
    keys = json.dumps([key.canonical() for key in press.trust.keys.keys], indent=1).encode()
    listed: list[_File] = []
    for key in sorted(site.months):
        if stories := manifest.listed(key):
            listed += _month(site, key, stories)
    for slug, name in outlet.topics.items():
        if whole or f"topic {slug}" in site.sorts:
            listed.append(_topic(site, slug, name))
    if whole or "fixed" in site.sorts:
        fixed = manifest.newest("fixed", lambda place, story: True)
        page = partial(lists.corrections_page, press, fixed)
        listed.append(("corrections/index.html", _over(site, fixed), page))
    if whole or site.months:
        listed += _of_all(site)
    listed += [
        ("404.html", of_site, partial(lists.missing_page, press)),
        ("sitemap-pages.xml", of_site, partial(feeds.sitemap_pages, outlet)),
        ("ledger/keys.json", digest_of(keys), partial(bytes, keys)),
        *(_front(site) if whole or site.months else []),
    ]
    if checkpoint:
        note = checkpoint.encode()
        listed.append(("ledger/checkpoint", digest_of(note), partial(bytes, note)))
    made = {"site.css", "icon.svg"} | site.put(listed, manifest.lists)
    _remove(
        site, [n for k in site.months if not manifest.listed(k) for n in _of_month(k) if n in manifest.lists]
    )
    return made


def _month(site: _Site, key: str, stories: Sequence[Listed]) -> list[_File]:
    over, (page, sitemap) = _over(site, stories), _of_month(key)
    return [
        (page, over, partial(lists.list_page, site.press, f"{key}/", key, stories)),
        (sitemap, over, partial(feeds.sitemap_month, site.press.trust.outlet, stories)),
    ]


def _of_month(key: str) -> tuple[str, str]:
    return f"{key}/index.html", f"{key}/sitemap.xml"


def _topic(site: _Site, slug: str, name: str) -> _File:
    stories = site.manifest.newest(f"topic {slug}", lambda place, story: place < NEWEST)
    page = partial(lists.list_page, site.press, f"topics/{slug}/", name, stories)
    return f"topics/{slug}/index.html", _over(site, stories), page


def _of_all(site: _Site) -> list[_File]:
    """What counts or lists months, and the exports of the newest stories."""
    press, outlet, manifest = site.press, site.press.trust.outlet, site.manifest
    counts, months = manifest.counts(), manifest.modified()
    of_site = canonical_digest(outlet_texts(outlet))
    first = manifest.newest("readable", lambda place, story: place < 1)
    since = first[0].first_published - RECENT if first else None
    recent = manifest.newest(
        "readable", lambda place, story: place < NEWEST or (since is not None and story.first_published >= since)
    )  # fmt: skip
    over = _over(site, recent)
    return [
        ("how-we-use-ai/index.html", canonical_digest([of_site, dict(counts)]), partial(lists.how_page, press, counts)),
        ("sitemap.xml", canonical_digest([of_site, months]), partial(feeds.sitemap, outlet, months)),
        *((name, over, partial(export, outlet, recent)) for name, export in EXPORTS.items()),
    ]  # fmt: skip


def _front(site: _Site) -> list[_File]:
    manifest = site.manifest
    stories = manifest.newest("standing", lambda place, story: place < NEWEST)
    fixed = manifest.newest("corrected", lambda place, story: place < lists.FIXED)
    inputs = canonical_digest([_over(site, stories), _over(site, fixed), manifest.keys()])
    return [("index.html", inputs, partial(lists.front_page, site.press, stories, fixed, manifest.keys()))]


def _over(site: _Site, stories: Iterable[Listed]) -> Digest:
    return canonical_digest([outlet_texts(site.press.trust.outlet), *(story.inputs for story in stories)])


def _strays(site: _Site) -> list[str]:
    """Files at stories' addresses that no publication stands for, whoever put them there."""
    known = {name for row in site.manifest.rows() for name in row.files}
    found = (str(path.relative_to(site.out)) for path in site.out.rglob("*") if path.is_file())
    return [
        name
        for name in found
        if _OF_A_STORY.fullmatch(name) and name not in known and not any(map(name.startswith, site.kept))
    ]


def _remove(site: _Site, names: Iterable[str]) -> None:
    """Remove files that are made no more."""
    for name in sorted(names):
        site.step("remove", name)
        (site.out / name).unlink(missing_ok=True)
        site.manifest.lists.pop(name, None)
        site.removed.append(name)
