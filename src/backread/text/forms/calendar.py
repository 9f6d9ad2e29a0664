"""Sentences from the fields of a calendar: what is scheduled, when and where.

The calendar's own words name the event; nothing is said of who may come or why unless the entry says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from backread.text import dates
from backread.text.forms.base import Fields, Rendered, at, capital, dated, day, moment, of_capture, words_of
from backread.values.area import Area
from backread.values.capture import Capture, Field

_ONE_OF = re.compile(
    r"(?i)\b(?:house|day|dismissal|night|fair|class|workshop|concert|session|tour|walk|sale|breakfast|dinner)$"
)
_OFF = re.compile(r"(?i)\b(?:cancell?ed|postponed|tentative|tbd|to be (?:determined|announced))\b")
_THE = re.compile(r"(?i)\b(?:meeting|hearing|election|parade|council|board)$")


def calendar(capture: Capture, on: date, area: Area | None) -> Iterator[Rendered]:
    """A sentence for each entry that starts on the story's day or after."""
    for _, record in of_capture(capture).records():
        summary, start = record.one("summary"), record.one("start")
        when = _start(start.value, area) if start else None
        if summary is None or start is None or when is None or _day(when) < on or not is_on(record):
            continue
        yield from _scheduled(record, summary, start, when, on)


def is_on(record: Fields) -> bool:
    """Whether an entry stands: neither called off nor only thought of."""
    status, summary = record.one("status"), record.one("summary")
    off = status is not None and status.value.strip().upper() in ("CANCELLED", "CANCELED", "TENTATIVE")
    return not off and not (summary and _OFF.search(summary.value))


def starts(record: Fields, area: Area | None) -> date | None:
    """The day an entry starts; None when it does not say."""
    field = record.one("start")
    when = _start(field.value, area) if field else None
    return _day(when) if when else None


def _start(value: str, area: Area | None) -> datetime | date | None:
    return moment(value, area) or day(value)


def _day(when: datetime | date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _scheduled(
    record: Fields, summary: Field, start: Field, when: datetime | date, on: date
) -> Iterator[Rendered]:
    title = words_of(summary.value)
    day_words = at(when, on) if isinstance(when, datetime) else dates.ap(when, on)
    location = record.one("location")
    where = where_of(location, title)
    text = dated(f"{capital(named(title))} is scheduled for {day_words}", where)
    used = (summary, start, *((location,) if location and where else ()))
    yield Rendered(text=f"{text}.", fields=used, part="entry")
    description = record.one("description")
    opened = re.match(r"Open to [^.!?]+\.", words_of(description.value) + ".") if description else None
    if description and opened:
        yield Rendered(text=f"It is open{opened[0][4:]}", fields=(description,), part="open")
    yield Rendered(
        text=f"{_plain(title)} scheduled for {dates.ap(_day(when), on)}",
        fields=(summary, start),
        part="headline",
    )


def _plain(title: str) -> str:
    return title.replace(", ", " with ", 1) if title.count(", ") == 1 else title


def named(title: str) -> str:
    """An entry's title as the subject of a sentence."""
    head, comma, rest = title.partition(", ")
    shown = f"{head} ({rest})" if comma else title
    kind = re.split(r"\s(?:at|for|on|with|in|of)\s", head)[0]
    if re.match(r"(?i)(?:the|a|an|free)\s", shown):
        return shown
    if _THE.search(kind):
        return f"the {shown}"
    if _ONE_OF.search(kind):
        word = shown if shown[:2].isupper() else shown[:1].lower() + shown[1:]
        return f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"
    return shown


def where_of(location: Field | None, title: str) -> str:
    """ " at the District Office", '' where the title says it."""
    if location is None:
        return ""
    words = words_of(location.value)
    if re.match(r"(?i)all \w+ (?:in|of)\b", words):
        return f" at {words[:1].lower()}{words[1:]}" if "all " not in title.lower() else ""
    article = "the " if re.match(r"(?:District|Main|Central) (?:Office|Library)\b", words) else ""
    return f" at {article}{words}"
