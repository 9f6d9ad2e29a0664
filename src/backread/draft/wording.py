"""Adapt a source's sentence as little as possible: its days as seen from the story's date, its claim attributed.

Nothing else is changed, and nothing inside quotation marks is. A sentence whose day cannot be resolved is not
told. The checks prove what comes out: the words of the source, a resolved day, an attribution.
"""

from __future__ import annotations

import datetime as dt
import re

from backread.draft.reading import Told
from backread.text import quotations
from backread.text.forms.base import day, the
from backread.text.forms.days import days_seen
from backread.values.capture import Capture
from backread.values.source import Genre, Terms

_SAYS = re.compile(
    r"\b(?:said|says|say|told|according to|announced|warned|asked|advised|found|reported|criticized|called|recommend\w*|wrote"
    r"|stated|estimates?|expects?|counts|presumed innocent|is an accusation|supports|moved|seconded|voted|approved|passed)\b"
)


def told_from(told: Told, on: dt.date, seen: dt.date) -> str | None:
    """The sentence with its days as a story dated `on` says them; None when one of them cannot be resolved.

    `seen` is the source's own day.
    """
    return days_seen(told.text, on, seen)


def own_day(capture: Capture, zone: dt.tzinfo) -> dt.date:
    """The day a capture's "today" is: its own date, else the day it was sent, else the day it was taken."""
    if capture.published is None:
        stated = next((day(f.value) for f in capture.fields if f.name == "sent"), None)
        if stated is not None:
            return stated
    return (capture.published or capture.taken).astimezone(zone).date()


def is_attributed(text: str) -> bool:
    """Whether a sentence itself says who says it, or quotes."""
    return bool(_SAYS.search(text)) or bool(quotations.find(text))


def attributed(text: str, capture: Capture, *, first: bool) -> str:
    """`text` with its source named at the end; in full at `first`, else in short. Already attributed, it stays."""
    if is_attributed(text) or not text.endswith("."):
        return text
    name = the(agency(capture)) if first else short_name(capture)
    if acts(text, capture) or short_name(capture) in text:
        return text
    if capture.genre is Genre.ALERT:
        return f"{text[:-1]}, {name} said."
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
