"""Public holidays of the United States that a story's days fall on: a reason to ring somebody before it is printed.

A calendar made by rule knows no holiday. The note asks; it changes nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from backread.text import dates
from backread.values.area import Area

_AHEAD = re.compile(r"\b(?:will|is|are|set|scheduled|begins?|opens?|closes?|expects?|dismiss|through)\b")
_ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Detroit")
_FIXED = {
    (1, 1): "New Year’s Day", (6, 19): "Juneteenth", (7, 4): "Independence Day", (11, 11): "Veterans Day",
    (12, 24): "Christmas Eve", (12, 25): "Christmas Day", (12, 31): "New Year’s Eve",
}  # fmt: skip
_THURSDAY, _MONDAY = 3, 0


def holiday(day: dt.date) -> str:
    """The holiday's name; '' for another day."""
    if name := _FIXED.get((day.month, day.day)):
        return name
    week, last = (day.day - 1) // 7 + 1, (day + dt.timedelta(days=7)).month != day.month
    if day.month == 11 and day.weekday() == _THURSDAY and week == 4:
        return "Thanksgiving Day"
    yesterday = day - dt.timedelta(days=1)
    if day.month == 11 and yesterday.weekday() == _THURSDAY and (yesterday.day - 1) // 7 + 1 == 4:
        return "the day after Thanksgiving"
    if day.weekday() != _MONDAY:
        return ""
    monday = {(1, 3): "Martin Luther King Jr. Day", (2, 3): "Presidents Day", (9, 1): "Labor Day"}
    return "Memorial Day" if day.month == 5 and last else monday.get((day.month, week), "")


def questions(texts: Iterable[str], area: Area | None, on: dt.date) -> tuple[str, ...]:
    """A question for each holiday among the days to come in `texts`; none outside the United States."""
    if area is None or area.timezone not in _ZONES:
        return ()
    days = {
        day
        for text in texts
        for mention in dates.find(text)
        if mention.kind in (dates.MentionKind.ABSOLUTE, dates.MentionKind.WEEKDAY)
        and _AHEAD.search(text[: mention.start])
        and (day := dates.resolve(mention, on)) is not None
        and day >= on
    }
    named = [(day, name) for day in sorted(days) if (name := holiday(day))]
    return tuple(f"whether {dates.ap(day, on)}, {name}, is meant: ask the source" for day, name in named)
