"""Days and times as the desk says them: local to the outlet, in a colleague's words."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

_DAYS = ("Mon.", "Tue.", "Wed.", "Thu.", "Fri.", "Sat.", "Sun.")
_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def clock(moment: datetime, zone: tzinfo) -> str:
    """The time of day: "5 p.m.", "7:12 a.m.", "noon", "midnight"."""
    local = moment.astimezone(zone)
    if local.minute == 0 and local.hour in (0, 12):
        return "noon" if local.hour else "midnight"
    minute = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minute} {'p.m.' if local.hour >= 12 else 'a.m.'}"


def seen(moment: datetime, zone: tzinfo) -> str:
    """Day and time in full: "Wed. Nov. 18, 7:12 a.m."."""
    local = moment.astimezone(zone)
    return f"{_DAYS[local.weekday()]} {_MONTHS[local.month - 1]} {local.day}, {clock(moment, zone)}"


def near(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """A moment close to now: "today 5 p.m.", "Fri. 9 a.m.", otherwise the day in full."""
    day, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
    if named:
        return f"{named} {clock(moment, zone)}"
    if 1 < (day - today).days < 7:
        return f"{_DAYS[day.weekday()]} {clock(moment, zone)}"
    return seen(moment, zone)


def lapse(span: timedelta) -> str:
    """A span of time in its two largest units: "2 h 38 min", "38 min", "3 days"."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes >= 48 * 60:
        return f"{minutes // 1440} days"
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def sentence_end(words: str) -> str:
    """`words` with the full stop of a sentence; after "a.m." there is one already."""
    return words if words.endswith(".") else f"{words}."
