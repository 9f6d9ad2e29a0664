"""Days that are spoken or shortened: "the sixth of August", "on the 22nd" after it, "due 2/24", "1989-95", "closed at 8".

`dates` makes mentions of what stands here. Offsets count code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")  # fmt: skip
_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = ("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth")  # fmt: skip
_SPELLED = {
    word: number
    for number, word in enumerate(
        (*_ONES, *_TEENS, "twentieth", *(f"twenty-{one}" for one in _ONES), "thirtieth", "thirty-first"), 1
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """A day of a month, without a year."""

    start: int
    end: int
    month: int
    day: int


_WORD = "|".join(sorted(_SPELLED, key=len, reverse=True)).replace("-", r"[\s-]")
_MONTH = "|".join(MONTHS)
_SPOKEN = re.compile(
    rf"\b(?:the\s)?(?P<day>{_WORD})\sof\s(?P<month>{_MONTH})\b"
    rf"|\b(?P<month2>{_MONTH})\s(?:the\s)?(?P<day2>{_WORD}|(?<=the\s)\d{{1,2}}(?:st|nd|rd|th))(?![\w-])(?!\s(?:and\s)?(?:\w+\s)?(?:time|floor|street|avenue|annual|meeting|game)\b)",
    re.IGNORECASE,
)
_SLASHED = re.compile(
    r"(?i)\b(?:due|on|by|until|till|since|from|before|after|moved to|set for|mon|tues?|wed|thur?s?|fri|sat|sun)\.?\s(?P<date>(?P<month>1[0-2]|[1-9])/(?P<day>[12]\d|3[01]|[1-9]))(?![\d/])"
)
_BARE = re.compile(
    rf"(?i)\b(?:on|by|until|till|from|since|before|after)\s(?P<date>the\s(?P<day>{_WORD}|\d{{1,2}}(?:st|nd|rd|th)))(?=[,.;:)!?]|\s(?:and|or|at|to|they|we|he|she|it|the|when|in)\b|\Z)"
)
_WRITTEN = re.compile(
    rf"\b(?P<month>{_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)\s(?P<day>\d{{1,2}})(?!\d)"
)


def find(text: str) -> Iterator[Spelled]:
    """Spoken days, days with a slash after a word of time, and bare days that follow a whole one in their line."""
    whole = [*_whole(text)]
    yield from whole
    known = sorted([*((s.start, s.month, s.day) for s in whole), *_written(text)])
    for match in _BARE.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        before = [(month, day) for at, month, day in known if line <= at < match.start()]
        # A day that is not later in the month may be of the next one.
        if before and _number(match["day"]) > before[-1][1]:
            yield Spelled(
                start=match.start("date"),
                end=match.end("date"),
                month=before[-1][0],
                day=_number(match["day"]),
            )


def _whole(text: str) -> Iterator[Spelled]:
    for match in _SPOKEN.finditer(text):
        month, day = match["month"] or match["month2"], match["day"] or match["day2"]
        yield Spelled(start=match.start(), end=match.end(), month=month_of(month), day=_number(day))
    for match in _SLASHED.finditer(text):
        start, end = match.span("date")
        yield Spelled(start=start, end=end, month=int(match["month"]), day=int(match["day"]))


def _written(text: str) -> Iterator[tuple[int, int, int]]:
    for match in _WRITTEN.finditer(text):
        yield match.start(), month_of(match["month"]), int(match["day"])


def month_of(word: str) -> int:
    """The number of a month by the first three letters of its name. Raises StopIteration for no month."""
    return next(n for n, name in enumerate(MONTHS, 1) if name[:3].lower() == word[:3].lower())


def _number(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else _SPELLED[re.sub(r"\s", "-", word.lower())]


_YEARS = re.compile(r"(?<![\w$€£.,/-])(?P<first>(?:19|20)\d\d)[-–](?P<last>(?:19|20)?\d\d)(?![\w-]|[.,]\d)")


def year_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """The start, the end and the year of both ends of "1989-95"."""
    for match in _YEARS.finditer(text):
        first, last = int(match["first"]), match["last"]
        year = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
        if first < year:
            yield match.start("first"), match.end("first"), first
            yield match.start("last"), match.end("last"), year


_HOUR = re.compile(
    r"(?i)\b(?:clos\w+|open\w*|beg[iau]n\w*|start\w*|end(?:s|ed)?|arriv\w+|leaves?|left|resumes?d?)\s(?:again\s)?at\s(?P<hour>1[0-2]|[1-9])(?=[.,;](?!\d)|\s(?:on|and)\b|\Z)"
)


def bare_hours(text: str) -> Iterator[tuple[int, int, int]]:
    """The start, the end and the hour of "polls closed at 8": which half of the day it is stays open."""
    for match in _HOUR.finditer(text):
        yield match.start("hour"), match.end("hour"), int(match["hour"])
