"""What is out, and what is on record: publications, corrections, sources, the ledger, the numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from backread.values.publication import Entry, WithdrawalKind
from backread.values.source import Source
from newsroom.desk.pages.times import lapse, near, seen

_KINDS = {
    WithdrawalKind.CANCEL: "cancel before it runs",
    WithdrawalKind.RETRACT: "retract: the reason first, the text folded below",
    WithdrawalKind.TAKEDOWN: "take down: a notice without text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """A publication as it stands. `state` is scheduled, published, corrected, superseded, retracted, taken down or cancelled."""

    id: str
    story: str
    headline: str
    version: int
    at: datetime
    state: str
    by: str
    reason: str = ""
    url: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutLine:
    """A line of the list of publications, with what may still be done with it."""

    id: str
    story: str
    headline: str
    version: int
    at: str
    state: str
    by: str
    reason: str
    url: str
    receipt: str
    may_correct: bool
    may_withdraw: bool
    asks_code: bool
    kinds: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutPage:
    """The list of what is out, or of what was mended."""

    told: str
    lines: tuple[OutLine, ...]


def published_page(rows: Iterable[Out], now: datetime, zone: tzinfo) -> OutPage:
    """Everything that was ever made public, the newest first."""
    rows = sorted(rows, key=lambda row: row.at, reverse=True)
    standing = sum(row.state in ("published", "corrected") for row in rows)
    waiting = sum(row.state == "scheduled" for row in rows)
    told = f"{standing} standing" + (f", {waiting} scheduled" if waiting else "")
    return OutPage(told=told + ".", lines=tuple(_out(row, now, zone) for row in rows))


def corrections_page(rows: Iterable[Out], now: datetime, zone: tzinfo) -> OutPage:
    """What was corrected, retracted or taken down, the newest first."""
    mended = [row for row in rows if row.reason and row.state != "scheduled"]
    page = published_page(mended, now, zone)
    return OutPage(told=f"{len(mended)} in all.", lines=page.lines)


def _out(row: Out, now: datetime, zone: tzinfo) -> OutLine:
    stands = row.state in ("published", "corrected")
    kinds = (
        (WithdrawalKind.CANCEL,)
        if row.state == "scheduled"
        else (WithdrawalKind.RETRACT, WithdrawalKind.TAKEDOWN)
        if stands
        else ()
    )
    return OutLine(
        id=row.id,
        story=row.story,
        headline=row.headline,
        version=row.version,
        at=near(row.at, now, zone),
        state=row.state,
        by=row.by,
        reason=row.reason,
        url=row.url,
        receipt=row.receipt,
        may_correct=stands,
        may_withdraw=bool(kinds),
        asks_code=bool(kinds) and WithdrawalKind.CANCEL not in kinds,
        kinds=tuple((str(kind), _KINDS[kind]) for kind in kinds),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A source with how it does. `trouble` is what went wrong at the last look, '' when nothing did."""

    source: Source
    last_seen: datetime | None
    last_changed: datetime | None
    trouble: str = ""
    set_aside: bool = False
    captures: int = 0
    cited: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A line of the list of sources. `health` is fail, late or well."""

    health: str
    word: str
    name: str
    note: str
    how: str
    asked: str
    fresh: str
    captures: int
    cited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage:
    """Sources, those that need a person first."""

    told: str
    lines: tuple[SourceLine, ...]


def sources_page(rows: Iterable[Health], now: datetime, zone: tzinfo) -> SourcesPage:
    """All sources with their health."""
    lines = sorted(
        (_source(row, now, zone) for row in rows),
        key=lambda line: (("fail", "late", "well").index(line.health), line.name),
    )
    ill = Counter(line.health for line in lines)
    told = f"{_count(len(lines), 'source')}: {ill['fail']} failing, {ill['late']} not looked at in time, {ill['well']} well."
    return SourcesPage(told=told, lines=tuple(lines))


def _source(row: Health, now: datetime, zone: tzinfo) -> SourceLine:
    health, word = _health(row, now)
    source = row.source
    note = row.trouble or ("AI use is reserved: no language model sees it." if source.reserves_ai else "")
    if row.set_aside:
        note = f"Set aside after five tries. {note}"
    return SourceLine(
        health=health,
        word=word,
        name=source.name,
        note=note,
        how=f"{', '.join(dict.fromkeys(map(str, (source.kind, source.genre, source.terms))))}, every {lapse(source.every)}",
        asked=near(row.last_seen, now, zone) if row.last_seen else "never",
        fresh=near(row.last_changed, now, zone) if row.last_changed else "never",
        captures=row.captures,
        cited=row.cited,
    )


def _health(row: Health, now: datetime) -> tuple[str, str]:
    if row.trouble or row.set_aside:
        return "fail", "Failing"
    if row.last_seen is None or now - row.last_seen > 2 * row.source.every + timedelta(minutes=5):
        return "late", "Late"
    return "well", "Well"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """An act in the ledger, in words."""

    seq: int
    at: str
    act: str
    actor: str
    about: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """A stretch of the ledger, the newest first. `older` and `newer` are what to ask for next, None at an end."""

    told: str
    lines: tuple[EntryLine, ...]
    older: int | None
    newer: int | None


def ledger_page(
    entries: Sequence[Entry], *, size: int, page: int, names: Mapping[str, str], zone: tzinfo
) -> LedgerPage:
    """`entries` are the newest first, at most `page` of them, out of a ledger of `size`."""
    first = entries[0].seq if entries else 0
    last = entries[-1].seq if entries else 0
    lowest = entries and last <= 1
    told = f"{size} acts, chained: each entry holds the hash of the one before."
    return LedgerPage(
        told=told,
        lines=tuple(_entry(entry, names, zone) for entry in entries),
        older=None if not entries or lowest else last,
        newer=None if not entries or first >= size - 1 else first + page + 1,
    )


def _entry(entry: Entry, names: Mapping[str, str], zone: tzinfo) -> EntryLine:
    return EntryLine(
        seq=entry.seq,
        at=seen(entry.at, zone),
        act=entry.act,
        actor=names.get(entry.actor, entry.actor),
        about="; ".join(told for key, value in sorted(entry.body.items()) if (told := _about(key, value))),
        hash=entry.hash,
    )


def _about(key: str, value: object) -> str:
    """A field of an entry as one reads it; '' for one that says nothing. Digests are cut, words never."""
    if key == "ai":
        return f"AI used: {value or 'none, as stated'}"
    if isinstance(value, list | tuple):
        acts = Counter(str(row["act"]) for row in value if isinstance(row, Mapping) and "act" in row)
        told = ", ".join(f"{act} {count}" for act, count in acts.most_common())
        return f"{key.replace('_', ' ')}: {told or len(value)}"
    if isinstance(value, Mapping):
        return f"{key.replace('_', ' ')}: {len(value)}"
    words = f"{value[:8]}…" if isinstance(value, str) and _DIGEST.fullmatch(value) else str(value)
    return f"{key.replace('_', ' ')}: {words}" if words else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a check asked and how each question ended: the words were changed, it was called a false alarm, a person
    let the sentence stand on their word, or it is still open."""

    check: str
    mended: int = 0
    alarms: int = 0
    on_word: int = 0
    open: int = 0

    @property
    def asked(self) -> int:
        """All of them."""
        return self.mended + self.alarms + self.on_word + self.open


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A check's precision, in words; no share is printed below TOO_FEW questions that were answered."""

    check: str
    asked: int
    mended: int
    alarms: int
    on_word: int
    open: int
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersPage:
    """What the record says of the checks and of the desk's work."""

    told: str
    heading: str
    checks: tuple[CheckLine, ...]
    take: str
    acts: tuple[tuple[str, int], ...] = field(default=())


_DIGEST = re.compile(r"[0-9a-f]{64}")
TOO_FEW = 20
"""A share of fewer answered questions than this says nothing."""
_ACTS = {
    "keep": "kept", "take over": "taken over", "override": "overridden", "change": "changed", "strike": "struck",
    "cite": "cited by hand", "note": "own reporting added", "undo": "taken back",
}  # fmt: skip


def numbers_page(asked: Iterable[Asked], acts: Mapping[str, int], stories: int) -> NumbersPage:
    """The numbers page from counts; where there is nothing to count, it says so."""
    rows = sorted(asked, key=lambda row: (-row.alarms, -row.asked, row.check))
    told = Counter[str]()
    for act, count in acts.items():
        told[_ACTS.get(act, act)] += count
    return NumbersPage(
        told=f"{_count(stories, 'story', 'stories')}, {_count(told.total(), 'act')} on sentences.",
        heading=_heading(rows),
        checks=tuple(_check(row) for row in rows),
        take=f"Each question is counted once, from the first draft on, also when the words it asked about are gone. Below {TOO_FEW} answered questions no share is given: it would say nothing.",
        acts=tuple(told.most_common()),
    )  # fmt: skip


def _heading(rows: Sequence[Asked]) -> str:
    asked = sum(row.asked for row in rows)
    if not asked:
        return "No check has asked anything yet"
    mended, alarms = sum(row.mended for row in rows), sum(row.alarms for row in rows)
    said = f"{mended} of {_count(asked, 'question')} led to a change, {alarms or 'none'} {'was' if alarms == 1 else 'were'} called {'a false alarm' if alarms == 1 else 'false alarms'}"
    worst = max(rows, key=lambda row: row.alarms)
    often = worst.alarms and worst.mended + worst.alarms >= TOO_FEW
    return said + (f", most of them by {worst.check}" if often else "")


def _count(number: int, noun: str, many: str = "") -> str:
    return f"{number} {noun if number == 1 else many or noun + 's'}"


def _check(row: Asked) -> CheckLine:
    right = "too few to say"
    answered = row.mended + row.alarms
    if answered >= TOO_FEW:
        right = f"{100 * row.mended // answered}%"
    return CheckLine(
        check=row.check, asked=row.asked, mended=row.mended, alarms=row.alarms, on_word=row.on_word, open=row.open, right=right
    )  # fmt: skip
