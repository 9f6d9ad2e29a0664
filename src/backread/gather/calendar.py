"""Calendars (iCalendar): an entry a date, repeated ones written out within bounds.

Fields by record: summary, start, end, location, description, url. Repeats are expanded from a day before the
capture for 400 days, and never beyond a cap of entries, however the rule is written.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import icalendar
import recurring_ical_events

from backread.gather.decode import decoded, stated_type
from backread.gather.markup import TooMuch, html_tree
from backread.gather.reading import TRUNCATED, Reading, Sheet, capture_of, one_line, tidy
from backread.gather.walk import told_flags, words_of
from backread.ports import Fetched
from backread.values.source import Source

EXTRACTOR = "calendar 1"
AHEAD, BEHIND = timedelta(days=400), timedelta(days=1)
MOST_ENTRIES, MOST_OF_ONE, MOST_COMPONENTS, MOST_BYTES = 1_000, 60, 5_000, 10_000_000
_BAD = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    RecursionError,
    NotImplementedError,
)
"""What the calendar library raises for entries that are cut, nested or nonsense."""

_ZONE = re.compile(r"^BEGIN:VTIMEZONE\b(?:(?!^BEGIN:VTIMEZONE).)*?^END:VTIMEZONE[^\n]*\n?", re.MULTILINE | re.DOTALL)  # fmt: skip
_ZONE_NAME = re.compile(r"^TZID\b", re.MULTILINE)


def read(source: Source, fetched: Fetched) -> Reading:
    """One capture with the coming entries, or with those there are when all are past."""
    if len(fetched.body) > MOST_BYTES:
        return Reading(refusal=f"The calendar has more than {MOST_BYTES:,} bytes.")
    text = decoded(fetched.body, stated_type(fetched))
    if text.upper().count("BEGIN:VEVENT") > MOST_COMPONENTS:
        return Reading(refusal=f"The calendar holds more than {MOST_COMPONENTS:,} entries.")
    try:
        calendar = icalendar.Calendar.from_ical(_without_torn_zones(text))
    except _BAD:
        return Reading(
            refusal="The calendar cannot be read: it is cut short, or its lines are not a calendar’s."
        )
    events, notes = _entries(calendar, fetched.taken)
    if not events:
        return Reading(refusal="The calendar holds no entry that can be read.", health=notes)
    sheet = _sheet(calendar, events[:MOST_ENTRIES])
    flags = told_flags(sheet.text) | frozenset({TRUNCATED} if len(events) > MOST_ENTRIES else ())
    title = one_line(str(calendar.get("X-WR-CALNAME", "")))
    capture = capture_of(
        source, fetched, sheet.text, EXTRACTOR, title=title, fields=tuple(sheet.fields), flags=flags
    )
    return Reading(captures=(capture,), health=notes)


def _without_torn_zones(text: str) -> str:
    """Some agencies' calendars define two time zones in one block, which then defines neither: it is left out.

    Entries name their zone themselves, and a name that is generally known needs no definition.
    """
    return _ZONE.sub(lambda zone: "" if len(_ZONE_NAME.findall(zone[0])) > 1 else zone[0], text)


def _entries(calendar: Any, taken: datetime) -> tuple[list[Any], tuple[str, ...]]:
    events = list(islice(calendar.walk("VEVENT"), MOST_COMPONENTS))
    repeated = [event for event in events if "RRULE" in event or "RDATE" in event]
    wild = [event for event in repeated if not _is_tame(event)]
    notes = (
        [f"{len(wild)} entries repeat more often than daily; only their first date is kept."] if wild else []
    )
    kept: list[Any] = [event for event in events if event not in repeated or event in wild]
    for event in repeated:
        if event not in wild:
            kept += _expanded(event, calendar, taken)
    coming = [event for event in kept if _starts(event) is not None]
    if len(coming) < len(kept):
        notes.append(f"{len(kept) - len(coming)} entries have no start that can be read.")
    ahead = [event for event in coming if _day(event) >= (taken - BEHIND).date()]
    return sorted(ahead or coming, key=_day), tuple(notes)


def _is_tame(event: Any) -> bool:
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        often = {str(f).upper() for f in rule.get("FREQ", [])} & {"SECONDLY", "MINUTELY", "HOURLY"}
        by = sum(len(rule.get(name, [])) for name in ("BYSECOND", "BYMINUTE", "BYHOUR"))
        if often or by > 4:
            return False
    return True


def _expanded(event: Any, calendar: Any, taken: datetime) -> list[Any]:
    """The dates of one repeated entry from yesterday on; all from its start when it lies ahead."""
    alone = icalendar.Calendar()
    for zone in calendar.walk("VTIMEZONE"):
        alone.add_component(zone)
    alone.add_component(event)
    try:
        found = recurring_ical_events.of(alone).after(taken - BEHIND)
        return [e for e in islice(found, MOST_OF_ONE) if _day(e) <= (taken + AHEAD).date()]
    except _BAD:
        return [event]


def _starts(event: Any) -> date | datetime | None:
    found = getattr(event.get("DTSTART"), "dt", None)
    return found if isinstance(found, date) else None


def _day(event: Any) -> date:
    when = _starts(event)
    return when.date() if isinstance(when, datetime) else when or date.min


def _sheet(calendar: Any, events: list[Any]) -> Sheet:
    sheet = Sheet()
    sheet.state("calendar", one_line(str(calendar.get("X-WR-CALNAME", ""))), end="\n\n")
    for record, event in enumerate(events, 1):
        sheet.state("summary", _words(event, "SUMMARY"), record=record, end="\n")
        for name, key, label in (("start", "DTSTART", "Starts: "), ("end", "DTEND", "Ends: ")):
            when = getattr(event.get(key), "dt", None)
            if isinstance(when, date):
                sheet.state(name, when.isoformat(), record=record, shown=_shown(when), label=label)
        sheet.state("location", _words(event, "LOCATION"), record=record, label="Place: ")
        sheet.state("url", _words(event, "URL"), record=record, label="Link: ")
        sheet.state("status", _words(event, "STATUS"), record=record, label="Status: ")
        sheet.state("description", _body(event), record=record)
        sheet.write("\n")
    return sheet


def _words(event: Any, key: str) -> str:
    held = event.get(key, "")
    return one_line(str(held[0] if isinstance(held, list) and held else held))[:1000]


def _body(event: Any) -> str:
    held = event.get("DESCRIPTION", "")
    words = str(held[0] if isinstance(held, list) and held else held)[:20_000]
    if re.search(r"</?\w+[^>]*>", words):
        try:
            return words_of(html_tree(words))
        except TooMuch:
            return tidy(words)
    return tidy(words)


def _shown(when: date | datetime) -> str:
    """A moment as a reader writes it: "Tuesday, December 15, 2026, 12:30 p.m."."""
    day = f"{when:%A, %B} {when.day}, {when.year}"
    if not isinstance(when, datetime):
        return day
    hour, minutes = when.hour % 12 or 12, f":{when.minute:02}" if when.minute else ""
    zone = " UTC" if when.tzname() == "UTC" else ""
    return f"{day}, {hour}{minutes} {'a.m.' if when.hour < 12 else 'p.m.'}{zone}"
