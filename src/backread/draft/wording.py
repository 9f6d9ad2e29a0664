"""Adapt a source's sentence as little as possible: its days as seen from the story's date, its claim attributed.

Nothing else is changed, and nothing inside quotation marks is. A sentence whose day cannot be resolved is not
told. The checks prove what comes out: the words of the source, a resolved day, an attribution.
"""

from __future__ import annotations

import datetime as dt
import re

from backread.draft.reading import Told
from backread.text import dates, quotations
from backread.text.dates import Mention, MentionKind
from backread.text.forms.base import capital, the
from backread.values.capture import Capture
from backread.values.source import Terms

_SAYS = re.compile(
    r"\b(?:said|says|say|told|according to|announced|warned|asked|advised|found|reported|criticized|called|recommend\w*|wrote"
    r"|stated|estimates?|expects?|counts|presumed innocent|is an accusation|supports|moved|seconded|voted|approved|passed)\b"
)
_CLAUSE = re.compile(r",\s(?:(?:the\s)?[A-Z][^,.“”\"]*\b(?:said|says|found)\b|according to)")
_LEAVE = re.compile(r"\b(?:from|between|until|through|since|by|and|or|to|of|on|for)\s$")


def told_from(told: Told, on: dt.date, seen: dt.date) -> str | None:
    """The sentence with its days as a story dated `on` says them; None when one of them cannot be resolved.

    `seen` is the source's own day.
    """
    text = told.text
    shielded = tuple((q.start, q.end) for q in quotations.find(text))
    for mention in reversed(dates.find(text)):
        if any(start <= mention.start < end for start, end in shielded):
            continue
        changed = _seen(text, mention, on, seen)
        if changed is None:
            return None
        text = changed
    return text


def own_day(capture: Capture, zone: dt.tzinfo) -> dt.date:
    """The day a capture's "today" is: its own date, else the day it was taken."""
    return (capture.published or capture.taken).astimezone(zone).date()


def is_attributed(text: str) -> bool:
    """Whether a sentence itself says who says it, or quotes."""
    return bool(_SAYS.search(text)) or bool(quotations.find(text))


def attributed(text: str, capture: Capture, *, first: bool) -> str:
    """`text` with its source named at the end; in full at `first`, else in short. Already attributed, it stays."""
    if is_attributed(text) or not text.endswith("."):
        return text
    name = the(agency(capture)) if first else short_name(capture)
    if acts(text, capture):
        return text
    where = " in a release" if first and capture.terms is Terms.RELEASE else ""
    verb = f"{name} said{where}" if capture.terms is Terms.RELEASE else f"according to {name}"
    return f"{text[:-1]}, {verb}."


def acts(text: str, capture: Capture) -> bool:
    """Whether the sentence tells what the source itself did, which needs no "it said"."""
    own = (agency(capture), short_name(capture)[4:])
    return any(
        re.match(rf"(?:The |the )?{re.escape(name)} (?!(?:does|did) not\b)\w+", text, re.IGNORECASE)
        for name in own
        if name
    )


def agency(capture: Capture) -> str:
    """Whose word a capture is."""
    return capture.agency or capture.source_name


def short_name(capture: Capture) -> str:
    """The agency at second mention: "the department", "the Sheriff's Office"."""
    name = agency(capture)
    if found := re.search(r"Sheriff['’]s Office", name):
        return f"the {found[0]}"
    generic = r"\b(?:department|authority|association|institute|office|district|board|council|service|commission|agency|committee)\b"
    kinds = re.findall(generic, name.lower())
    return f"the {kinds[0]}" if kinds else the(name)


def _seen(text: str, mention: Mention, on: dt.date, seen: dt.date) -> str | None:
    if mention.kind in (MentionKind.TIME, MentionKind.YEAR, MentionKind.MONTH):
        return text
    if mention.kind is MentionKind.RELATIVE and mention.unit != "day":
        same = seen.isocalendar()[:2] == on.isocalendar()[:2] or (
            mention.unit == "year" and seen.year == on.year
        )
        return text if same else None
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
