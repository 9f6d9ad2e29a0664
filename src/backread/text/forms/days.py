"""The days of a source's words as a story of another day says them.

Nothing inside quotation marks is changed. A day that cannot be resolved gives None: then the words cannot be told.
"""

from __future__ import annotations

import datetime as dt
import re

from backread.text import dates, quotations
from backread.text.dates import Mention, MentionKind
from backread.text.forms.base import capital, day
from backread.values.capture import Capture

_SOON = 14
"""So many days ahead a weekday still helps."""
_TWO_DAYS = re.compile(
    r"day(?:,? and|,? or|,? to|,? through) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [A-Z]"
)
_ON_DAY = re.compile(
    r"(?<![\w’'-])(?P<before>(?:[a-z][\w’'-]*|[ap]\.m\.|\d[\d-]*)) on (?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?:[.,;]|$| (?:to|and|or|for|at|from|in|after|before|by|while|when|until|through|because|as|with|near|is|are|was|were|held)\b))"
)
_CLAUSE = re.compile(r",\s(?:[\w’' ]{2,70}\b(?:said|says|found)\b|according to)")
_LEAVE = re.compile(r"\b(?:from|between|until|through|since|by|and|or|to|of|on|for)\s$")


def own_day(capture: Capture, zone: dt.tzinfo) -> dt.date:
    """The day a capture's "today" is: its own date, else the day it was sent, else the day it was taken."""
    if capture.published is None:
        stated = next((day(f.value) for f in capture.fields if f.name == "sent"), None)
        if stated is not None:
            return stated
    return (capture.published or capture.taken).astimezone(zone).date()


def days_seen(text: str, on: dt.date, seen: dt.date) -> str | None:
    """`text`, said on the day `seen`, with its days as a story dated `on` says them; None when one cannot be resolved."""
    once = _days_seen(text, on, seen)
    # The second of two days is told by the first: "Thursday and Friday" reads right only once both are said anew.
    return _days_seen(once, on, seen) if once and _TWO_DAYS.search(once) else once


def _days_seen(text: str, on: dt.date, seen: dt.date) -> str | None:
    shielded = tuple((q.start, q.end) for q in quotations.find(text))
    for mention in reversed(dates.find(text)):
        if any(start <= mention.start < end for start, end in shielded):
            continue
        changed = _seen(text, mention, on, seen)
        if changed is None:
            return None
        if changed != text and not _still(changed, mention, on, seen):
            if mention.kind is not MentionKind.ABSOLUTE:
                return None
            continue  # Without its year or its weekday it would read as another day: it stays as the source has it.
        text = changed
    return text


def _still(changed: str, mention: Mention, on: dt.date, seen: dt.date) -> bool:
    """Whether the new words mean the same day seen from the story as the old ones did seen from the source."""
    there = [m for m in dates.find(changed) if mention.start <= m.start <= mention.start + 3]
    return bool(there) and dates.resolve(there[0], on) == dates.resolve(mention, seen)


def _seen(text: str, mention: Mention, on: dt.date, seen: dt.date) -> str | None:
    if mention.kind in (MentionKind.TIME, MentionKind.YEAR, MentionKind.MONTH):
        return text
    if mention.kind is MentionKind.RELATIVE and mention.unit != "day":
        return text if _period(mention.unit, seen) == _period(mention.unit, on) else None
    day = dates.resolve(mention, seen)
    if day is None:
        return None
    if mention.kind is MentionKind.ABSOLUTE:
        return _absolute(text, mention, day, on)
    words = dates.ap(day, on)
    if words == mention.words:
        return text
    before, after = text[: mention.start], text[mention.end :]
    if words not in dates.WEEKDAYS and not _LEAVE.search(before):
        words = f"on {words}"
    if not before:
        words = capital(words)
    return f"{before}{words}{_year_comma(words, after)}{after}"


def _period(unit: str, day: dt.date) -> tuple[int, ...]:
    """The year, month or week a day stands in: "next year" means the same only when told in the same one."""
    if unit == "year":
        return (day.year,)
    return (day.year, day.month) if unit == "month" else tuple(day.isocalendar()[:2])


def _absolute(text: str, mention: Mention, day: dt.date, on: dt.date) -> str:
    words = _near_weekday(dates.ap(day, on), mention, day, on)
    before, after = text[: mention.start], text[mention.end :]
    if words.endswith(str(day.year)):
        return f"{before}{words}{_year_comma(words, after)}{after}"
    if ", " in words:
        comma = "," if after.startswith(" ") else ""
        return f"{before}{words}{comma}{after}"
    had_comma = after.startswith(",") and ("," in mention.words or not re.match(r"[A-Z]", mention.words))
    if had_comma and not _CLAUSE.match(after):
        after = after[1:]
    return f"{before}{words}{after}"


def _near_weekday(words: str, mention: Mention, day: dt.date, on: dt.date) -> str:
    """A day to come soon keeps the weekday its source gives it: readers plan by it. Its month is shortened."""
    if mention.weekday is None or not 7 <= (day - on).days <= _SOON or words in dates.WEEKDAYS:
        return words
    return f"{dates.WEEKDAYS[day.weekday()]}, {words}"


def _year_comma(words: str, after: str) -> str:
    needs = re.search(r"\d{4}$", words) and after and not after.startswith((",", ".", ";", "”"))
    return "," if needs else ""


_SAME_HALF = re.compile(
    r"(?P<before>\bfrom \d{1,2}(?::\d\d)?) (?P<half>[ap]\.m\.)(?= to \d{1,2}(?::\d\d)? (?P=half))"
)


def tidied(text: str) -> str:
    """House style: curly quotation marks, and outside quotations "10 a.m. Monday" without "on" and "1 to 5 p.m."."""
    text = curly(text)
    spans = [(q.start, q.end) for q in quotations.find(text)]
    for pattern, after in ((_ON_DAY, " "), (_SAME_HALF, "")):
        for found in reversed(list(pattern.finditer(text))):
            if not any(start <= found.start() < end for start, end in spans):
                text = f"{text[: found.start()]}{found['before']}{after}{text[found.end() :]}"
    return text


def curly(text: str) -> str:
    """Straight quotation marks and apostrophes as newsrooms print them."""
    text = re.sub(r'(?<![\w.,?!])"(?=\S)', "“", text).replace('"', "”")
    return re.sub(r"(?<=\w)'(?=\w|\s|[.,;])", "’", text)
