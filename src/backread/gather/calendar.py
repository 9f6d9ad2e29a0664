"""iCalendar files: coming dates as fields, a record an event, repeats expanded within bounds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import icalendar
import recurring_ical_events

from backread.gather.base import Page, Reading, one, refused
from backread.gather.charset import decoded
from backread.ports import Fetched
from backread.values.source import Genre, Source

EXTRACTOR = "calendar/1"
AHEAD, MOST_EVENTS, MOST_LINES = timedelta(days=120), 200, 100_000


def read(source: Source, fetched: Fetched) -> Reading:
    """One capture of the events from the day of the look on, in order."""
    words = decoded(fetched)
    if words is None or "BEGIN:VCALENDAR" not in words or words.count("\n") > MOST_LINES:
        return refused(fetched, "it is no readable calendar")
    try:
        calendar = icalendar.Calendar.from_ical(words)
        events = list(islice(_events(calendar, fetched.taken), MOST_EVENTS))
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
        IndexError,
        NotImplementedError,
    ) as err:
        return refused(fetched, f"its events cannot be read ({type(err).__name__})")
    page = Page()
    for record, event in enumerate(events, 1):
        _event(page, event, record)
    if not events:
        return refused(fetched, "it lists no event from that day on")
    title = str(calendar.get("X-WR-CALNAME", "")) or source.name
    return one(source, fetched, page, extractor=EXTRACTOR, genre=Genre.CALENDAR, title=title)


def _events(calendar: Any, taken: datetime) -> list[Any]:
    start = taken.date()
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    found = query.between(start, start + AHEAD)
    return sorted(found, key=lambda event: _sortable(event["DTSTART"].dt))


def _sortable(when: date | datetime) -> str:
    return when.isoformat()


def _event(page: Page, event: Any, record: int) -> None:
    for name, key, label in (("summary", "SUMMARY", ""), ("start", "DTSTART", "Start: "), ("end", "DTEND", "End: "),
                             ("location", "LOCATION", "Location: "), ("description", "DESCRIPTION", "Description: "), ("url", "URL", "Link: ")):  # fmt: skip
        held = event.get(key)
        if held is None:
            continue
        words = held.dt.isoformat() if hasattr(held, "dt") else " ".join(str(held).split())
        if words:
            page.add(name, words, label=label, record=record, glue="\n")
    page.text += "\n"
