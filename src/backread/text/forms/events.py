"""Sentences on several entries of a calendar at once, and on what an entry changes for people.

Entries that close or shorten something are told together; one that comes back week for week is told once. Only what the
entries say is said: a week that is missing between two of them ends the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backread.text import dates, sentences
from backread.text.forms.base import Fields, Rendered, capital, day, moment, of_capture, the, words_of
from backread.text.forms.calendar import is_on, named, where_of
from backread.text.forms.days import tidied
from backread.values.area import Area
from backread.values.capture import Capture, Field

_CHANGES = re.compile(
    r"(?i)\b(?:early (?:dismissal|release)|no (?:school|class\w*|service|trash|collection)|clos(?:ed|ing|ure)|holiday|delayed|half day|planning day)\b"
)
_MEETS = re.compile(
    r"^(?P<body>(?:[A-Z][\w’'-]+ )*(?:Board|Council|Commission|Committee))(?: (?:regular|special|monthly|public))? meeting$"
)
_SOON = range(7, 15)
_TOGETHER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry that is still to come. `at` is None for a whole day."""

    record: Fields
    title: str
    day: date
    at: datetime | None
    summary: Field
    start: Field

    @property
    def changes(self) -> bool:
        """Whether it closes or shortens something."""
        return bool(_CHANGES.search(self.title))

    @property
    def meets(self) -> bool:
        """Whether a public body meets."""
        return bool(_MEETS.match(self.title))


def events(capture: Capture, on: date, area: Area | None) -> tuple[Event, ...]:
    """The entries from the story's day on: what changes something first, then meetings, then the rest, each by day."""
    found = []
    for _, record in of_capture(capture).records():
        summary, start = record.one("summary"), record.one("start")
        at = moment(start.value, area) if start else None
        begins = at.date() if at else day(start.value) if start else None
        if summary and start and begins and begins >= on and is_on(record):
            title = words_of(summary.value)
            found.append(Event(record=record, title=title, day=begins, at=at, summary=summary, start=start))
    return tuple(sorted(found, key=lambda e: (not e.changes, not e.meets, e.day, e.start.start)))


def told_events(capture: Capture, on: date, area: Area | None) -> Iterator[Rendered]:
    """All sentences that the entries give together, and those on what one of them changes."""
    held = events(capture, on, area)
    yield from _together(capture, [event for event in held if event.changes][:_TOGETHER], on)
    for event in held:
        yield from _one(event, on)
    for row in rows(held):
        yield from _row(row, on)


def rows(held: Sequence[Event]) -> list[tuple[Event, ...]]:
    """Entries that come back every week at the same time and place, at least three of them."""
    found: dict[tuple[str, str, str], list[Event]] = {}
    for event in sorted(held, key=lambda e: e.day):
        if event.at is None:
            continue
        location = event.record.one("location")
        key = (event.title, event.at.strftime("%H:%M"), location.value if location else "")
        row = found.setdefault(key, [])
        if not row or event.day - row[-1].day == timedelta(days=7):
            row.append(event)
    return [tuple(row) for row in found.values() if len(row) > 2]


def day_words(on_day: date, on: date) -> str:
    """A day with its weekday while it is near: "Friday", "Monday, Dec. 7", "Jan. 20"."""
    words = dates.ap(on_day, on)
    return f"{dates.WEEKDAYS[on_day.weekday()]}, {words}" if (on_day - on).days in _SOON else words


def _together(capture: Capture, held: Sequence[Event], on: date) -> Iterator[Rendered]:
    name = of_capture(capture).one("calendar")
    if not held or name is None:
        return
    first, *others = [(_with(event.title), day_words(event.day, on)) for event in held]
    parts = [
        f"{capital(first[0])} is set for {first[1]}",
        *(f"{title} for {words}" for title, words in others),
    ]
    joined = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    used = tuple(field for event in held for field in (event.summary, event.start))
    text = f"{joined}, according to {the(words_of(name.value))} calendar."
    yield Rendered(text=text, fields=(*used, name), part="together")


def _one(event: Event, on: date) -> Iterator[Rendered]:
    used, words = (event.summary, event.start), day_words(event.day, on)
    location, description = event.record.one("location"), event.record.one("description")
    yield Rendered(text=_head(event, location, words), fields=(*used, *((location,) if location else ())), part="event headline")  # fmt: skip
    rest = event.title.partition(", ")[2]
    text = f"{capital(rest)} {words}" if rest else f"{event.title} set for {words}"
    yield Rendered(text=text, fields=used, part="event deck")
    if description and event.changes and (said := _first_sentence(description.value)):
        yield Rendered(
            text=f"On {words}, {_lowered(said)}", fields=(event.start, description), part="that day"
        )
    yield from _scheduled(event, words, location)


def _scheduled(event: Event, words: str, location: Field | None) -> Iterator[Rendered]:
    """When and where, with its end where it has one."""
    if event.at is None:
        return
    end = event.record.one("end")
    until = moment(end.value) if end else None
    begins = dates.ap_time(event.at.time())
    same_day = until is not None and until.date() == event.day and until.time() > event.at.time()
    where = where_of(location, event.title)
    comma = "," if "," in words and where else ""
    shown = (event.summary, event.start, *((location,) if location and where else ()))
    if found := _MEETS.match(event.title):
        text = f"The {found['body']} will meet at {begins} {words}{comma}{where}."
        yield Rendered(text=text, fields=shown, part="event")
    elif until and end and same_day:
        text = f"{capital(named(event.title))} is scheduled from {begins} to {dates.ap_time(until.time())} {words}{comma}{where}."
        yield Rendered(text=tidied(text), fields=(*shown, end), part="event")


def _row(row: Sequence[Event], on: date) -> Iterator[Rendered]:
    first, last = row[0], row[-1]
    location, end = first.record.one("location"), first.record.one("end")
    until = moment(end.value) if end else None
    if first.at is None:
        return
    clock = f"at {dates.ap_time(first.at.time())}"
    if until and end and until.date() == first.day:
        clock = f"from {dates.ap_time(first.at.time())} to {dates.ap_time(until.time())}"
    weekday = dates.WEEKDAYS[first.day.weekday()]
    text = f"{capital(named(first.title))} is scheduled {clock} {weekday}s through {dates.ap(last.day, on)}{where_of(location, first.title)}."
    used = [field for event in row for field in (event.summary, event.start)]
    more = [field for field in (location, end) if field]
    yield Rendered(text=tidied(text), fields=(*used, *more), part="row")


def _head(event: Event, location: Field | None, words: str) -> str:
    title, _, _ = event.title.partition(", ")
    where = words_of(location.value) if location else ""
    head, at, tail = title.partition(" at ")
    if at and tail and where.lower().startswith(tail.lower()):
        return f"{head} set for {words} at {where[:1].lower()}{where[1:]}"
    return f"{title} set for {words}"


def _with(title: str) -> str:
    head, comma, rest = title.partition(", ")
    return f"{named(head)}, with {rest}," if comma else named(title)


def _first_sentence(value: str) -> str:
    """The first sentence of a description, where it is one; '' else."""
    words = re.sub(r"\s+", " ", value).strip()
    start, end = next(iter(sentences.split(words)), (0, 0))
    return words[start:end] if words[start:end].endswith(".") and '"' not in words[start:end] else ""


def _lowered(sentence: str) -> str:
    first, _, rest = sentence.partition(" ")
    name = first.isupper() or rest[:1].isupper()
    return sentence if name else f"{first.lower()} {rest}"
