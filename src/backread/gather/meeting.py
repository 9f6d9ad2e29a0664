"""Fields of an agenda or minutes, found in their words: who met, when, where, and item by item what was moved and how it went.

Fields: body, date, time, place (record 0); item, motion, mover, seconder, vote, nays, ayes, amount (the item's number in
order). Only plain statements are taken: a motion without "moved to", a vote without its two numbers is left to the prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

from backread.text.lexicon import WEEKDAY
from backread.text.spelled_days import MONTHS
from backread.values.capture import Field
from backread.values.source import Source

_HEAD = 1_500
_BODY = re.compile(
    r"\b(?:Board|Council|Commission|Committee|Authority|Trustees|Commissioners|Directors|Aldermen|Supervisors|District)\b"
)
_DAY = re.compile(
    rf"\b(?:{WEEKDAY},?\s+)?(?:{'|'.join(MONTHS)}|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)\s+\d{{1,2}},\s+\d{{4}}\b"
)
_TIME = re.compile(r"\b(?:(\d{1,2})(?::(\d{2}))?\s*([ap])\.?\s?m\b\.?|(noon|midnight)\b)", re.IGNORECASE)
_POSTED = re.compile(r"(?i)\b(?:posted|published|updated|revised|printed|draft|approved)\b")
_PLACE = re.compile(
    r"(?i)\b(?:chambers?|room|hall|library|center|centre|building|auditorium|courthouse|school|office|via zoom|zoom)\b"
)
_ITEM = re.compile(r"(?m)^(?P<number>\d{1,3}|[A-Z]|[IVX]{1,5})[.)]\s+(?P<title>\S[^\n]{2,250})$")
_MOVER = r"(?:[A-Z][\w'’-]*\.?[ ]){0,8}?[A-Z][\w'’-]+(?:[ ][A-Z]\.)?(?:[ ][A-Z][\w'’-]+){0,2}"
_MOVED = re.compile(
    rf"(?P<mover>{_MOVER})[ ]+(?:moved|made a motion|motioned)\s+(?P<motion>(?:to|that)\s.+?)(?=(?<!\b[ap]\.m)(?<!\bNo)(?<!\bDr)(?<!\bSt)(?<!\bMr)(?<!\bMs)\.(?:\s+(?:[A-Z\"“]|$)|\s*$)|\n)",
)
_MOTION_BY = re.compile(
    rf"(?i:motion|moved)\s+by\s+(?P<mover>{_MOVER})(?:,?\s+(?:and\s+)?seconded\s+by\s+(?P<seconder>{_MOVER}))?,?\s+(?P<motion>to\s[^.\n]+)"
)
_SECONDED = re.compile(rf"(?P<seconder>{_MOVER})[ ]+seconded\b|\bseconded\s+by\s+(?P<by>{_MOVER})")
_VOTE = re.compile(
    r"\b(?:passed|carried|approved|failed|adopted|defeated|vote(?:d)?(?:\s+was)?|motion\s+carries)\b[^.\n]{0,30}?\b(?P<vote>\d{1,2}\s?(?:-|–|—|to)\s?\d{1,2})\b",
    re.IGNORECASE,
)
_NAYS = re.compile(
    rf"\bwith\s+(?P<nays>{_MOVER}(?:(?:,\s|,?\sand\s){_MOVER})*)\s+(?:voting\s+(?:no|nay|against)|opposed|dissenting)\b|\b(?:Nays?|Noes|Opposed|Against):\s*(?P<list>[^\n.]{{2,200}})"
)
_AYES = re.compile(r"\b(?:Ayes?|Yeas?|In favor):\s*(?P<list>[^\n.]{2,300})")
_AMOUNT = re.compile(r"\$\d[\d,]*(?:\.\d+)?(?:\s(?:million|billion|thousand))?")


def fields_in(text: str, source: Source) -> tuple[Field, ...]:
    """Every field that `text` states plainly, in document order by record."""
    start = _start(text)
    return (*_about(text, start, source), *_items(text, start))


def _start(text: str) -> int:
    """Where the document itself begins: menus before its title are not it."""
    found = re.search(r"(?im)^[^\n]{0,80}\b(?:agenda|minutes)\b[^\n]{0,120}$", text)
    return found.start() if found and found.start() < 3_000 else 0


def _field(name: str, found: tuple[int, int], text: str, *, value: str = "", record: int = 0) -> Field:
    start, end = found
    return Field(name=name, value=value or text[start:end], start=start, end=end, record=record)


def _about(text: str, start: int, source: Source) -> Iterator[Field]:
    body = _body(text, start, source)
    if body:
        yield _field("body", body, text)
    day = _day(text, start)
    if day is None:
        return
    stated, held_on = day
    yield _field("date", stated, text, value=held_on.isoformat())
    clock = _clock(text, stated[1])
    if clock:
        yield _field("time", clock[0], text, value=clock[1].isoformat())
    place = _place(text, clock[0][1] if clock else stated[1])
    if place:
        yield _field("place", place, text)


def _body(text: str, start: int, source: Source) -> tuple[int, int] | None:
    """The first line near the title that names a body and nothing else; the agency's own name as a last resort."""
    for line in re.finditer(r"[^\n]+", text[max(0, start - 300) : start + _HEAD]):
        words = line[0].strip("# ").strip()
        if len(words) < 80 and _BODY.search(words) and not re.search(r"(?i)agenda|minutes|meeting|\d|[.:?]$|present", words):  # fmt: skip
            first = max(0, start - 300) + line.start() + line[0].index(words)
            return first, first + len(words)
    at = text.find(source.agency) if source.agency else -1
    return (at, at + len(source.agency)) if at >= 0 else None


def _day(text: str, start: int) -> tuple[tuple[int, int], date] | None:
    for found in _DAY.finditer(text, start, min(len(text), start + _HEAD)):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if _POSTED.search(line):
            continue
        held_on = _as_date(found[0])
        if held_on:
            return (found.start(), found.end()), held_on
    return None


def _as_date(words: str) -> date | None:
    bare = re.sub(r"^\w+day,?\s+", "", words)
    parts = re.match(r"([A-Z][a-z]{2})[a-z]*\.?\s+(\d{1,2}),\s+(\d{4})", bare)
    if not parts:
        return None
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    try:
        return date(int(parts[3]), months.index(parts[1]) + 1, int(parts[2]))
    except ValueError:
        return None


def _clock(text: str, after: int) -> tuple[tuple[int, int], time] | None:
    found = _TIME.search(text, after, min(len(text), after + 120))
    if not found:
        return None
    if found[4]:
        return (found.start(), found.end()), time(12 if found[4].lower() == "noon" else 0)
    hour = int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
    minute = int(found[2] or 0)
    if int(found[1]) > 12 or minute > 59:
        return None
    return (found.start(), found.end()), time(hour, minute)


def _place(text: str, after: int) -> tuple[int, int] | None:
    """The rest of the line with the time, or the line after it, when it names a room or an address."""
    for line in list(re.finditer(r"[^\n]+", text[after : after + 300]))[:2]:
        words = line[0].strip(" ,|-–—.")
        words = re.sub(r"^(?i:at|in|location:|place:|where:)\s+", "", words)
        if 4 < len(words) < 140 and _PLACE.search(words) and not _POSTED.search(words):
            first = after + line.start() + line[0].index(words)
            return first, first + len(words)
    return None


def _items(text: str, start: int) -> Iterator[Field]:
    heads = list(_ITEM.finditer(text, start))
    for record, head in enumerate(heads, 1):
        end = heads[record].start() if record < len(heads) else len(text)
        yield _field("item", head.span("title"), text, record=record)
        yield from _acts(text, head.end(), end, record)
    if not heads:
        yield from _acts(text, start, len(text), 1)


def _acts(text: str, start: int, end: int, record: int) -> Iterator[Field]:
    """The first motion of an item and what belongs to it."""
    moved = _MOVED.search(text, start, end) or _MOTION_BY.search(text, start, end)
    if not moved:
        return
    yield _field("mover", moved.span("mover"), text, record=record)
    yield _field("motion", moved.span("motion"), text, record=record)
    amount = _AMOUNT.search(text, *moved.span("motion"))
    if amount:
        yield _field("amount", amount.span(), text, record=record)
    if "seconder" in moved.re.groupindex and moved["seconder"]:
        yield _field("seconder", moved.span("seconder"), text, record=record)
    else:
        seconded = _SECONDED.search(text, moved.end(), end)
        if seconded:
            yield _field("seconder", seconded.span("seconder" if seconded["seconder"] else "by"), text, record=record)  # fmt: skip
    vote = _VOTE.search(text, moved.end(), end)
    if not vote:
        return
    yield _field("vote", vote.span("vote"), text, record=record)
    nays = _NAYS.search(text, vote.start(), end)
    if nays:
        yield _field("nays", nays.span("nays" if nays["nays"] else "list"), text, record=record)
    ayes = _AYES.search(text, vote.start(), end)
    if ayes:
        yield _field("ayes", ayes.span("list"), text, record=record)
