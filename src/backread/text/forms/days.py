"""The days of a source's words as a story of another day says them.

Nothing inside quotation marks is changed. A day that cannot be resolved gives None: then the words cannot be told.
"""

from __future__ import annotations

import datetime as dt
import re

from backread.text import dates, quotations
from backread.text.dates import Mention, MentionKind
from backread.text.forms.base import capital

_CLAUSE = re.compile(r",\s(?:[\w’' ]{2,70}\b(?:said|says|found)\b|according to)")
_LEAVE = re.compile(r"\b(?:from|between|until|through|since|by|and|or|to|of|on|for)\s$")


def days_seen(text: str, on: dt.date, seen: dt.date) -> str | None:
    """`text`, said on the day `seen`, with its days as a story dated `on` says them; None when one cannot be resolved."""
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
    words = dates.ap(day, on)
    before, after = text[: mention.start], text[mention.end :]
    if words.endswith(str(day.year)):
        return f"{before}{words}{_year_comma(words, after)}{after}"
    had_comma = after.startswith(",") and ("," in mention.words or not re.match(r"[A-Z]", mention.words))
    if had_comma and not _CLAUSE.match(after):
        after = after[1:]
    return f"{before}{words}{after}"


def _year_comma(words: str, after: str) -> str:
    needs = re.search(r"\d{4}$", words) and after and not after.startswith((",", ".", ";", "”"))
    return "," if needs else ""
