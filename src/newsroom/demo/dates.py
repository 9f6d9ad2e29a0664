"""Dates that stay fresh: a placeholder such as `[[+4:%A, %B %-d]]` becomes the day it names.

A placeholder is `[[DAY:FORMAT]]`. DAY counts from the day the demo is set up:

    +4  -1  0      days
    +4w -1w        working days, Monday to Friday, never the day itself
    sat  sun+1     the next such weekday after the day itself; `+1` is a week later

FORMAT takes the strftime directives of `_DIRECTIVES`, with English names whatever the locale. Two are our
own: `%AP` is the month and day as the Associated Press writes them (Oct. 15), `%:z` the offset with a colon.
A time written in the format (T18:30:00) is the local time at which an offset is taken; without one, noon.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backread.errors import BadInput

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_AP_MONTHS = {"September": "Sept."} | {
    name: f"{name[:3]}." for name in MONTHS if len(name) > 5 and name != "September"
}

_PLACEHOLDER = re.compile(r"\[\[([^\[\]:]*):([^\[\]]*)\]\]")
_TIME = re.compile(r"(?<!\d)([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?!\d)|T(\d\d)(\d\d)(?:\d\d)?")
_DIRECTIVE = re.compile(r"%(AP|:z|-[a-zA-Z]|[a-zA-Z%])")
_DAY = re.compile(r"([+-]?\d+)(w?)|(mon|tue|wed|thu|fri|sat|sun)(?:\+(\d+))?")

_DIRECTIVES: dict[str, Callable[[datetime], str]] = {
    "AP": lambda at: f"{_AP_MONTHS.get(MONTHS[at.month - 1], MONTHS[at.month - 1])} {at.day}",
    "A": lambda at: DAYS[at.weekday()],
    "a": lambda at: DAYS[at.weekday()][:3],
    "B": lambda at: MONTHS[at.month - 1],
    "b": lambda at: MONTHS[at.month - 1][:3],
    "d": lambda at: f"{at.day:02}",
    "-d": lambda at: str(at.day),
    "m": lambda at: f"{at.month:02}",
    "-m": lambda at: str(at.month),
    "Y": lambda at: f"{at.year:04}",
    "y": lambda at: f"{at.year % 100:02}",
    "H": lambda at: f"{at.hour:02}",
    "I": lambda at: f"{(at.hour - 1) % 12 + 1:02}",
    "-I": lambda at: str((at.hour - 1) % 12 + 1),
    "M": lambda at: f"{at.minute:02}",
    "p": lambda at: "AM" if at.hour < 12 else "PM",
    "z": lambda at: at.strftime("%z"),
    ":z": lambda at: f"{at.strftime('%z')[:3]}:{at.strftime('%z')[3:]}",
    "%": lambda at: "%",
}


def resolve(text: str, today: date, zone: ZoneInfo) -> str:
    """`text` with every placeholder written out. Raises BadInput for one that cannot be read."""
    return _PLACEHOLDER.sub(lambda found: _written(found[1], found[2], today, zone), text)


def day_of(words: str, today: date) -> date:
    """The day that the first half of a placeholder names. Raises BadInput for anything else."""
    found = _DAY.fullmatch(words)
    if found is None:
        raise BadInput(
            words or "an empty day", step="read the day of a placeholder", hint="Write +4, -1w or sat."
        )
    if found[3]:
        return _weekday_after(today, found[3]) + timedelta(weeks=int(found[4] or 0))
    return _working_day(today, int(found[1])) if found[2] else today + timedelta(days=int(found[1]))


def _written(day: str, form: str, today: date, zone: ZoneInfo) -> str:
    moment = datetime.combine(day_of(day, today), _time_in(form), tzinfo=zone)

    def directive(found: re.Match[str]) -> str:
        if found[1] not in _DIRECTIVES:
            raise BadInput(form, step=f"write %{found[1]}", hint="The directives are listed in dates.py.")
        return _DIRECTIVES[found[1]](moment)

    return _DIRECTIVE.sub(directive, form)


def _time_in(form: str) -> time:
    found = _TIME.search(form)
    if found is None:
        return time(12)
    hour, minute = (found[1], found[2]) if found[1] else (found[3], found[4])
    return time(int(hour), int(minute))


def _working_day(today: date, count: int) -> date:
    if count == 0:
        raise BadInput("0w", step="count working days", hint="Say -1w or +1w; 0 is the day itself.")
    step = timedelta(days=1 if count > 0 else -1)
    day = today
    for _ in range(abs(count)):
        day += step
        while day.weekday() > 4:
            day += step
    return day


def _weekday_after(today: date, name: str) -> date:
    index = next(i for i, day in enumerate(DAYS) if day.lower().startswith(name))
    return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)
