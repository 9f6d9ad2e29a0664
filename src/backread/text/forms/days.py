"""The days of a source's words as a story of another day says them.

Nothing inside quotation marks is changed. A day that cannot be resolved gives None: then the words cannot be told.
"""

from __future__ import annotations

import datetime as dt
import re

from backread.text import dates, quotations
from backread.text.dates import Mention, MentionKind
from backread.text.forms.base import capital

_CLAUSE = re.compile(r",\s(?:(?:the\s)?[A-Z][^,.“”\"]*\b(?:said|says|found)\b|according to)")
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
        text = changed
    return text


def _seen(text: str, mention: Mention, on: dt.date, seen: dt.date) -> str | None:
    if mention.kind in (MentionKind.TIME, MentionKind.YEAR, MentionKind.MONTH):
        return text
    if mention.kind is MentionKind.RELATIVE and mention.unit != "day":
        same_year = mention.unit == "year" and seen.year == on.year
        return text if same_year or seen.isocalendar()[:2] == on.isocalendar()[:2] else None
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
