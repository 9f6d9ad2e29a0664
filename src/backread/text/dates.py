"""Days, weekdays, months, years and times in a text, and the day each one means seen from another day.

`ap` and `ap_time` write them the way American newsrooms do: the weekday within a week, else the date.
A weekday without a date means the nearest one in the direction its tense tells.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from backread.text import spelled_days
from backread.text.lexicon import WEEKDAY
from backread.text.spelled_days import MONTHS
from backread.text.tense import is_past

_AP_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June",
              "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_OF = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_WEEKDAY_OF = {name.lower(): number for number, name in enumerate(WEEKDAYS)}
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}  # fmt: skip


class MentionKind(StrEnum):
    """What a mention of time is."""

    ABSOLUTE = "absolute"
    WEEKDAY = "weekday"
    RELATIVE = "relative"
    MONTH = "month"
    YEAR = "year"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention of a time. `weekday` counts from Monday 0; `offset` counts `unit`s from the day it is seen from.

    `past`: True before, False after the day it is seen from, None when the text does not tell.
    `anchored`: True for "last" and "next" before a weekday. `midnight`: "midnight Sunday" may end the Sunday.
    """

    start: int
    end: int
    words: str
    kind: MentionKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    offset: int = 0
    unit: str = ""
    time: dt.time | None = None
    past: bool | None = None
    anchored: bool = False
    midnight: bool = False


_MONTH = (
    rf"(?:{'|'.join(MONTHS)}"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_SHORT = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?"
_DATE = re.compile(
    rf"(?:\b(?P<weekday>{WEEKDAY}|{_SHORT}),?\s+(?:the\s)?)?\b(?:"
    rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:%]|\.\d|\s?[ap]\.?m\b)(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s)?(?P<month2>{_MONTH})(?!\w)(?:,?\s+(?P<year2>(?:19|20)\d\d)\b)?)"
)
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
_SLASH = re.compile(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)?\d\d)\b")
_MONTH_YEAR = re.compile(
    rf"\b(?P<month>{_MONTH})(?:,?\s+(?:of\s)?(?P<year>(?:19|20)\d\d)\b|\sof\s(?P<which>last|this|next)\syear\b)?"
)
_WEEKDAY = re.compile(
    rf"\b(?:(?P<lead>last|next|this|past|coming)\s)?(?P<weekday>{WEEKDAY})(?!s\b|\s(?:mornings|afternoons|evenings|nights)\b)\b"
)
_RELATIVE = re.compile(
    r"\b(?P<named>today|yesterday|tomorrow|tonight|this\s(?:morning|afternoon|evening)|(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\bformer )overnight)\b"
    r"|\b(?P<which>last|next|this|past)\s(?P<unit>week|month|year|night|weekend)\b"
    r"|\b(?P<count>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten)\s(?P<units>day|week|month|year)s?\s(?P<way>ago|from now)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![$€£.,])\b(?P<hour>\d{1,2})(?:[:.]?(?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b\.?|\b(?P<named>noon|midnight)\b"
    r"|\b(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?::[0-5]\d)?\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<![\d$€£,.#-])\b(?P<year>(?:1[6-9]|20)\d\d)(?:s\b|\b)(?![\d%]|,\d|\.\d|-\d|\s(?:people|homes|feet|miles|acres|percent))"
)
_COUNT = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
          "nine": 9, "ten": 10}  # fmt: skip


# Every sentence of a story is held to the same captures: without this they are read anew for each.
@lru_cache(maxsize=512)
def find(text: str) -> tuple[Mention, ...]:
    """Every mention of a day, month, year or time in `text`, in order, the longest reading first, none overlapping."""
    taken: list[Mention] = []
    covered: set[int] = set()
    for reader in (_numeric, _spelled, _dates, _months, _relatives, _times, _weekdays, _years):
        for mention in reader(text):
            stretch = range(mention.start, mention.end)
            if not covered.intersection(stretch):
                covered.update(stretch)
                taken.append(mention)
    return tuple(sorted(taken, key=lambda mention: mention.start))


def resolve(mention: Mention, on: dt.date) -> dt.date | None:
    """The one day a mention means seen from the day `on`; None when it means no single day."""
    days = span(mention, on)
    return days[0] if days and days[0] == days[1] else None


def span(mention: Mention, on: dt.date) -> tuple[dt.date, dt.date] | None:
    """The first and last day a mention may mean seen from `on`; None for a time of day and for impossible dates."""
    try:
        return _span(mention, on)
    except (ValueError, OverflowError):
        return None


def is_open(mention: Mention) -> bool:
    """Whether a time of day leaves open which half of the day it is in: "3:10", "14:47" does not."""
    return mention.time is not None and 1 <= mention.time.hour <= 12 and not re.search(r"[a-z]", mention.words, re.IGNORECASE)  # fmt: skip


def ap(date: dt.date, on: dt.date) -> str:
    """`date` as a story dated `on` says it: "Thursday" within six days, else "Oct. 15", with the year when it is another."""
    if abs((date - on).days) < 7:
        return WEEKDAYS[date.weekday()]
    words = f"{_AP_MONTHS[date.month - 1]} {date.day}"
    return words if date.year == on.year else f"{words}, {date.year}"


def ap_time(time: dt.time) -> str:
    """A time of day as newsrooms write it: "6 p.m.", "6:30 a.m.", "noon", "midnight"."""
    if time.minute == 0 and time.hour in (0, 12):
        return "noon" if time.hour else "midnight"
    minutes = f":{time.minute:02d}" if time.minute else ""
    return f"{(time.hour - 1) % 12 + 1}{minutes} {'a' if time.hour < 12 else 'p'}.m."


def _dates(text: str) -> Iterator[Mention]:
    for match in _DATE.finditer(text):
        month = _MONTH_OF[(match["month"] or match["month2"])[:3].lower()]
        year = match["year"] or match["year2"]
        yield Mention(
            start=match.start(),
            end=match.end(),
            words=match.group(),
            kind=MentionKind.ABSOLUTE,
            year=int(year) if year else None,
            month=month,
            day=int(match["day"] or match["day2"]),
            weekday=_weekday(match["weekday"]),
            past=is_past(text, *match.span()),
        )


def _numeric(text: str) -> Iterator[Mention]:
    for pattern in (_ISO, _SLASH):
        for match in pattern.finditer(text):
            year = int(match["year"])
            yield Mention(
                start=match.start(),
                end=match.end(),
                words=match.group(),
                kind=MentionKind.ABSOLUTE,
                year=year if year > 99 else 2000 + year,
                month=int(match["month"]),
                day=int(match["day"]),
                past=is_past(text, *match.span()),
            )


def _spelled(text: str) -> Iterator[Mention]:
    for day in spelled_days.find(text):
        yield Mention(
            start=day.start, end=day.end, words=text[day.start : day.end], kind=MentionKind.ABSOLUTE,
            month=day.month, day=day.day, past=is_past(text, day.start, day.end),
        )  # fmt: skip


def _weekdays(text: str) -> Iterator[Mention]:
    for match in _WEEKDAY.finditer(text):
        lead = match["lead"] or ""
        told = {"last": True, "past": True, "next": False, "coming": False}.get(lead)
        yield Mention(
            start=match.start(),
            end=match.end(),
            words=match.group(),
            kind=MentionKind.WEEKDAY,
            weekday=_weekday(match["weekday"]),
            past=told if told is not None else is_past(text, *match.span()),
            anchored=lead in ("last", "next"),
            midnight=text[: match.start()].rstrip().endswith("midnight"),
        )


def _relatives(text: str) -> Iterator[Mention]:
    for match in _RELATIVE.finditer(text):
        offset, unit = _offset(match)
        yield Mention(
            start=match.start(),
            end=match.end(),
            words=match.group(),
            kind=MentionKind.RELATIVE,
            offset=offset,
            unit=unit,
            past=None if offset == 0 else offset < 0,
        )


def _offset(match: re.Match[str]) -> tuple[int, str]:
    if named := match["named"]:
        return {"yesterday": -1, "tomorrow": 1, "overnight": 0}.get(named.lower(), 0), "day"
    if which := match["which"]:
        step = _WHICH.get(which.lower(), 0)
        unit = match["unit"].lower()
        return (step, "day") if unit == "night" else (step, unit)
    word = match["count"].lower()
    count = int(word) if word.isdigit() else _COUNT[word]
    return (-count if match["way"].lower() == "ago" else count), match["units"].lower()


def _months(text: str) -> Iterator[Mention]:
    for match in _MONTH_YEAR.finditer(text):
        # "may" and "march" are verbs, "May" at a sentence's start too: only with a year or after a preposition.
        before = text[max(0, match.start() - 9) : match.start()]
        told = match["year"] or match["which"]
        if match["month"] in ("May", "March") and not told and not _SINCE.search(before):
            continue
        yield Mention(
            start=match.start(),
            end=match.end(),
            words=match.group(),
            kind=MentionKind.MONTH,
            year=int(match["year"]) if match["year"] else None,
            month=_MONTH_OF[match["month"][:3].lower()],
            past=is_past(text, *match.span()),
            offset=_WHICH.get(match["which"] or "", 0),
            unit="year" if match["which"] else "",
        )


_WHICH = {"last": -1, "past": -1, "next": 1}
_SINCE = re.compile(r"\b(?:in|since|by|until|of|from|last|next|early|late|mid-?|and|to|this)\s?\Z")


def _years(text: str) -> Iterator[Mention]:
    for match in _YEAR.finditer(text):
        yield Mention(
            start=match.start(),
            end=match.end(),
            words=match.group(),
            kind=MentionKind.YEAR,
            year=int(match["year"]),
        )
    for match in _DECADE.finditer(text):
        year = 1900 + int(match["decade"])
        yield Mention(
            start=match.start(), end=match.end(), words=match.group(), kind=MentionKind.YEAR, year=year
        )

    for start, end, year in spelled_days.year_spans(text):
        yield Mention(start=start, end=end, words=text[start:end], kind=MentionKind.YEAR, year=year)


_DECADE = re.compile(r"(?<!\w)['’‘](?P<decade>\d0)s\b")


_OPEN_TIME = re.compile(
    r"\b(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))?\s?(?:to|until|and|-|–)\s?(?=(?P<last>\d{1,2})(?::[0-5]\d)?\s?(?P<half>[ap])\.?\s?m\b)",
    re.IGNORECASE,
)


def _open_times(text: str) -> Iterator[Mention]:
    """The "3" of "from 3 to 7 p.m.": it has the later time's half of the day, or the other where it would come after it."""
    for match in _OPEN_TIME.finditer(text):
        hour, last, minute = int(match["hour"]), int(match["last"]), int(match["minute"] or 0)
        if not (1 <= hour <= 12 and 1 <= last <= 12):
            continue
        is_late = (match["half"].lower() == "p") != (hour % 12 > last % 12)
        end = match.end("minute") if match["minute"] else match.end("hour")
        time = dt.time(hour % 12 + (12 if is_late else 0), minute)
        yield Mention(
            start=match.start(), end=end, words=text[match.start() : end], kind=MentionKind.TIME, time=time
        )


def _times(text: str) -> Iterator[Mention]:
    yield from _open_times(text)
    for match in _TIME.finditer(text):
        time = _time(match)
        if time is not None:
            # "5 p.m." at a sentence's end: the last period is both.
            yield Mention(
                start=match.start(), end=match.end(), words=match.group(), kind=MentionKind.TIME, time=time
            )
    for start, end, hour in spelled_days.bare_hours(text):
        time = dt.time(hour % 24)
        yield Mention(start=start, end=end, words=text[start:end], kind=MentionKind.TIME, time=time)


def _time(match: re.Match[str]) -> dt.time | None:
    if match["named"]:
        return dt.time(12 if match["named"].lower() == "noon" else 0)
    if match["hour24"]:
        return dt.time(int(match["hour24"]), int(match["minute24"]))
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        return None
    return dt.time(hour % 12 + (12 if match["half"].lower() == "p" else 0), int(match["minute"] or 0))


def _weekday(word: str | None) -> int | None:
    if not word:
        return None
    word = word.lower().rstrip(".,")
    return _WEEKDAY_OF.get(word, _SHORT_DAYS.get(word))


def _span(mention: Mention, on: dt.date) -> tuple[dt.date, dt.date] | None:
    if mention.kind is MentionKind.ABSOLUTE and mention.month and mention.day:
        day = _nearest_year(mention.month, mention.day, mention, on)
        return day, day
    if mention.kind is MentionKind.WEEKDAY and mention.weekday is not None:
        day = _nearest_weekday(mention.weekday, mention, on)
        return day, day
    if mention.kind is MentionKind.RELATIVE:
        return _relative(mention.offset, mention.unit, on)
    if mention.kind is MentionKind.MONTH and mention.month:
        told = dt.date(on.year + mention.offset, mention.month, 1) if mention.unit else None
        first = told or _nearest_year(mention.month, 1, mention, on)
        return first, _month_end(first)
    if mention.kind is MentionKind.YEAR and mention.year:
        return dt.date(mention.year, 1, 1), dt.date(mention.year, 12, 31)
    return None


def _nearest_year(month: int, day: int, mention: Mention, on: dt.date) -> dt.date:
    if mention.year:
        return dt.date(mention.year, month, day)
    days = [d for year in (on.year - 1, on.year, on.year + 1) if (d := _date(year, month, day))]
    if not days:
        raise ValueError("no such day")
    return min(days, key=lambda d: abs((d - on).days))


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _nearest_weekday(weekday: int, mention: Mention, on: dt.date) -> dt.date:
    back = (on.weekday() - weekday) % 7
    if mention.past is False:
        ahead = (weekday - on.weekday()) % 7
        return on + dt.timedelta(days=ahead or (7 if mention.anchored else 0))
    if mention.past is None and back > 3:
        return on + dt.timedelta(days=7 - back)
    return on - dt.timedelta(days=back or (7 if mention.anchored else 0))


def _relative(offset: int, unit: str, on: dt.date) -> tuple[dt.date, dt.date]:
    if unit == "day":
        day = on + dt.timedelta(days=offset)
        return day, day
    if unit in ("week", "weekend"):
        # Newsrooms count weeks from Sunday as often as from Monday: take both.
        first = on - dt.timedelta(days=on.weekday() + 1) + dt.timedelta(weeks=offset)
        return first, first + dt.timedelta(days=7)
    if unit == "month":
        months = on.year * 12 + on.month - 1 + offset
        first = dt.date(months // 12, months % 12 + 1, 1)
        return first, _month_end(first)
    return dt.date(on.year + offset, 1, 1), dt.date(on.year + offset, 12, 31)


def _month_end(first: dt.date) -> dt.date:
    return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
