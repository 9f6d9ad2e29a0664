"""What the builder remembers of its own work: which stories stand, from what, in which files. Kept beside the site.

One file a month of stories, named by its digest, and one head that names them and carries a seal (HMAC-SHA-256 under a
secret that lies with the private keys). Whoever can write here but not there can only make the builder forget: what
does not fit is verified again from the records. An older manifest put back is sealed too, and tells an older ledger
size, so everything entered since is verified again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backread.errors import PublishError
from backread.publish import files
from backread.publish.files import Stands, Step
from backread.publish.listed import Listed, newest_first, total
from backread.values.canonical import Digest, digest_of

FORMAT = 1


class Stale(PublishError):
    """The manifest does not fit together; only a build of everything helps."""


@dataclass(slots=True, kw_only=True)
class Row:
    """One story that stands: as it is listed, and its files. `held` is a story whose record was refused since: it is
    on no list, and its files stay."""

    listed: Listed
    files: dict[str, Stands]
    held: bool = False


@dataclass(slots=True, kw_only=True)
class Month:
    """What the head says of one month. `tally` counts its stories by what lists look for, `counts` is for the page on AI."""

    digest: Digest
    tally: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    modified: str = ""


@dataclass(slots=True, kw_only=True)
class Manifest:
    """Which stories and lists stand, for builds of everything and for one story more.

    `frame` is the digest of all that every page is made from. `reached` is the caller's: what the last build had read of the ledger, and when.
    `again` are stories that were refused and are tried again. `cursors` says for each kind of look at stories in turn
    which path was the last.
    """

    folder: Path
    seal: bytes
    frame: str = ""
    reached: Mapping[str, Any] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    cursors: dict[str, str] = field(default_factory=dict)
    months: dict[str, Month] = field(default_factory=dict)
    lists: dict[str, Stands] = field(default_factory=dict)
    _rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, folder: Path, seal: bytes) -> Manifest:
        """The manifest in `folder`; an empty one where there is none, or where it is not sealed with `seal`."""
        made = cls(folder=folder, seal=seal)
        try:
            told, _, content = (folder / "head").read_bytes().partition(b"\n")
            if not seal or not hmac.compare_digest(told, _sealed(seal, content)):
                return made
            head = json.loads(content)
            if head["format"] != FORMAT:
                return made
            made.frame, made.reached, made.cursors = head["frame"], head["reached"], dict(head["cursors"])
            made.again = set(head["again"])
            made.months = {key: Month(**month) for key, month in head["months"].items()}
            made.lists = {name: Stands(**stands) for name, stands in head["lists"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(folder=folder, seal=seal)
        return made

    def month(self, key: str) -> dict[str, Row]:
        """The rows of a month by path, empty for one that has none. Raises Stale for rows that the head does not name."""
        if key not in self._rows:
            self._rows[key] = self._read(key) if key in self.months else {}
        return self._rows[key]

    def _read(self, key: str) -> dict[str, Row]:
        try:
            content = (self.folder / self._file(key)).read_bytes()
            if digest_of(content) != self.months[key].digest:
                raise ValueError("another digest")
            return {path: _row(told) for path, told in json.loads(content).items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
            raise Stale(
                f"the manifest of {key}", step="read it", hint="Everything is verified again."
            ) from err

    def forget_what_is_stale(self) -> None:
        """Drop the months that cannot be read, for a build of everything."""
        for key in list(self.months):
            try:
                self.month(key)
            except Stale:
                del self.months[key]

    def put(self, row: Row) -> None:
        """A story stands so from now on."""
        self.month(row.listed.month)[row.listed.path] = row
        self._changed.add(row.listed.month)

    def drop(self, row: Row) -> None:
        """A story stands no more."""
        del self.month(row.listed.month)[row.listed.path]
        self._changed.add(row.listed.month)

    def rows(self) -> Iterator[Row]:
        """Every story, month by month, the newest month first."""
        for key in self.keys():
            yield from self.month(key).values()

    def keys(self) -> list[str]:
        """The months that have stories, the newest first."""
        return sorted((k for k in {*self.months, *self._rows} if self._rows.get(k, True)), reverse=True)

    def listed(self, key: str) -> list[Listed]:
        """The stories of a month that lists may show, newest first."""
        return newest_first(row.listed for row in self.month(key).values() if not row.held)

    def newest(self, sort: str, while_: Callable[[int, Listed], bool]) -> list[Listed]:
        """The newest stories of a sort (a key of `tally_of`) as long as `while_` holds of place and story.

        Months without such a story are not read.
        """
        found: list[Listed] = []
        for key in self.keys():
            if key not in self._rows and not self.months[key].tally.get(sort):
                continue
            for story in self.listed(key):
                if sort not in tally_of(story):
                    continue
                if not while_(len(found), story):
                    return found
                found.append(story)
        return found

    def counts(self) -> Counter[str]:
        """What the page on AI adds up, over all months."""
        found: Counter[str] = Counter()
        for key in self.keys():
            found.update(total(self.listed(key)) if key in self._changed else self.months[key].counts)
        return found

    def modified(self) -> dict[str, str]:
        """When a story of each month last changed, by month."""
        return {k: _modified(self.listed(k)) if k in self._changed else self.months[k].modified for k in self.keys()}  # fmt: skip

    def next_rows(self, look: str, count: int) -> list[Row]:
        """The next stories in turn for this kind of look, so that after enough builds it was given to all; the turn moves on."""
        keys, start = sorted(self.keys()), self.cursors.get(look, "")
        found: list[Row] = []
        for key in [k for k in keys if k >= start[:7]]:
            found += [row for path, row in sorted(self.month(key).items()) if path > start]
            if len(found) >= count:
                break
        for key in keys if len(found) < count else []:
            # The round begins again at the oldest.
            found += [row for path, row in sorted(self.month(key).items()) if path <= start]
            if len(found) >= count:
                break
        found = found[:count]
        self.cursors[look] = found[-1].listed.path if found else start
        return found

    def save(self, *, step: Step = files.no_step) -> None:
        """Write the months that changed, then the head; then remove months no head names. Nothing without a seal."""
        if not self.seal:
            return
        for key in sorted(self._changed):
            self._save_month(key, step)
        self._changed.clear()
        head = {
            "format": FORMAT, "frame": self.frame, "reached": dict(self.reached), "again": sorted(self.again), "cursors": self.cursors,
            "months": {k: _plain(m) for k, m in self.months.items()}, "lists": {k: _plain(s) for k, s in self.lists.items()},
        }  # fmt: skip
        content = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
        files.write(self.folder / "head", _sealed(self.seal, content) + b"\n" + content, step=step)
        self._sweep()

    def _save_month(self, key: str, step: Step) -> None:
        rows = self.month(key)
        if not rows:
            self.months.pop(key, None)
            return
        told = {path: _plain_row(row) for path, row in rows.items()}
        content = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
        stories = self.listed(key)
        tally = Counter(sort for story in stories for sort in tally_of(story))
        self.months[key] = Month(
            digest=digest_of(content),
            tally=dict(tally),
            counts=dict(total(stories)),
            modified=_modified(stories),
        )
        files.write(self.folder / self._file(key), content, step=step)

    def _file(self, key: str) -> str:
        return f"{key.replace('/', '-')}.{self.months[key].digest[:16]}"

    def _sweep(self) -> None:
        named = {"head", *(self._file(key) for key in self.months)}
        for path in self.folder.iterdir():
            if path.name not in named:
                path.unlink(missing_ok=True)


def tally_of(story: Listed) -> tuple[str, ...]:
    """What lists look for in a story."""
    sorts = ["any", f"topic {story.topic}"]
    sorts += ["readable"] if story.has_words else []
    sorts += ["standing"] if story.stands else []
    sorts += ["corrected"] if story.stands and story.correction else []
    sorts += ["fixed"] if story.was_fixed else []
    return tuple(sorts)


def _modified(stories: Iterable[Listed]) -> str:
    return max((s.modified.isoformat() for s in stories if s.stands), default="")


def _sealed(seal: bytes, content: bytes) -> bytes:
    return hmac.new(seal, content, hashlib.sha256).hexdigest().encode()


def _plain(told: Month | Stands) -> dict[str, Any]:
    return {name: getattr(told, name) for name in told.__slots__}


def _plain_row(row: Row) -> dict[str, Any]:
    files_ = {name: [s.inputs, s.theme, s.output] for name, s in row.files.items()}
    return {"listed": row.listed.plain(), "files": files_, "held": int(row.held)}


def _row(told: Mapping[str, Any]) -> Row:
    files_ = {n: Stands(inputs=i, theme=t, output=o) for n, (i, t, o) in told["files"].items()}
    return Row(listed=Listed.parse(told["listed"]), files=files_, held=bool(told["held"]))
