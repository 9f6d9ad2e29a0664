"""A chain of entries: each names the hash of the one before inside its own hashed bytes.

A chain alone cannot show that its end was cut off or that all of it was written anew; for that the head, as
it was seen elsewhere (a checkpoint, an approval, a backup), is handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from backread.errors import LedgerError
from backread.ledger.entry import ActName, checked_body, read
from backread.values.canonical import Digest, digest_of
from backread.values.publication import FIRST, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """Every entry follows from the one before. `head` is the last one's hash (64 zeros for none)."""

    length: int
    head: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """The first entry that does not fit (`seq` as it should be), and why in words."""

    seq: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What was seen of a chain before: so many entries, the last with this hash."""

    length: int
    hash: Digest


def append(
    previous: Entry | None,
    *,
    outlet: str,
    at: datetime,
    actor: str,
    act: ActName,
    body: Mapping[str, object],
) -> Entry:
    """The entry after `previous` (None: the first, seq 0). Raises LedgerError for another outlet or a strange body."""
    if previous is not None and previous.outlet != outlet:
        raise LedgerError(outlet, step=f"append to the ledger of {previous.outlet}")
    return Entry(
        outlet=outlet,
        seq=0 if previous is None else previous.seq + 1,
        at=at,
        actor=actor,
        act=str(ActName(act)),
        body=checked_body(body, act=str(act)),
        previous=FIRST if previous is None else previous.hash,
    )


def verify(contents: Iterable[bytes], *, outlet: str = "", seen: Iterable[Head] = ()) -> Holds | Broken:
    """Whether `contents` are one gapless chain, and hold every head `seen` before.

    With `outlet`, every entry is that outlet's. Times may not run backwards.
    """
    wanted: dict[int, set[Digest]] = {}
    for told in seen:
        wanted.setdefault(told.length, set()).add(told.hash)
    head, length, before = FIRST, 0, None
    for content in contents:
        if (why := _misfit(content, length, head, outlet or (before.outlet if before else ""))) is not None:
            return Broken(seq=length, why=why)
        entry = read(content)
        if before is not None and entry.at < before.at:
            return Broken(seq=length, why="it is dated before the entry it follows")
        before, head, length = entry, digest_of(content), length + 1
        if wanted.pop(length, {head}) != {head}:
            return Broken(seq=length - 1, why="it is not the entry that was seen here before")
    if wanted.pop(0, {FIRST}) != {FIRST} or wanted:
        return Broken(seq=length, why=f"more entries were seen before than these {length}")
    return Holds(length=length, head=head)


def _misfit(content: bytes, seq: int, head: Digest, outlet: str) -> str | None:
    try:
        entry = read(content)
    except ValueError as err:
        return str(err)
    if entry.seq != seq:
        return f"it calls itself entry {entry.seq}"
    if entry.previous != head:
        return "the entry before it is not the one it names"
    if outlet and entry.outlet != outlet:
        return f"it belongs to {entry.outlet}"
    return None
