"""Adapt a source's sentence as little as possible: its days as seen from the story's date, its claim attributed.

Nothing else is changed, and nothing inside quotation marks is. A sentence whose day cannot be resolved is not
told. The checks prove what comes out: the words of the source, a resolved day, an attribution.
"""

from __future__ import annotations

import datetime as dt
import re

from backread.draft.reading import Told
from backread.text import quotations
from backread.text.forms.base import the
from backread.text.forms.days import curly, days_seen, own_day, tidied
from backread.values.capture import Capture
from backread.values.source import Genre, Terms

__all__ = [
    "acts",
    "again",
    "agency",
    "attributed",
    "curly",
    "is_attributed",
    "once",
    "own_day",
    "short_name",
    "tidied",
    "told_from",
]

_SAYS = re.compile(
    r"\b(?:said|says|say|told|according to|announced|warned|asked|advised|found|reported|criticized|called|recommend\w*|wrote"
    r"|stated|[Uu]nder the [\w’' ]{0,30}(?:rule|law|act|ordinance)|estimates?|expects?|counts|presumed innocent|is an accusation|supports|moved|seconded|voted|approved|passed)\b"
)


def told_from(told: Told, on: dt.date, seen: dt.date) -> str | None:
    """The sentence with its days as a story dated `on` says them; None when one of them cannot be resolved.

    `seen` is the source's own day.
    """
    text = days_seen(told.text, on, seen)
    return None if text is None else tidied(text)


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


_GOVERNS = re.compile(
    r"(?i)\b(?:not|never|no|nobody|nothing|none|neither|nor|without|cannot|den\w+|reject\w*|refus\w+|fail\w*|false|doubt\w*|if"
    r"|unless|whether|until|would|could|may|might|should|expect\w*|ask\w*|urg\w+|consider\w*|propos\w+|plan\w*|want\w*|seek\w*"
    r"|hop\w+|intend\w*|likely|unlikely|possibl\w+|perhaps|probably|alleg\w+|accus\w+|claim\w*|believ\w+|yet|nearly|almost|except"
    r"|only|some|few|most|half|stop\w*|delay\w*|motion|request\w*|unclear|unknown|suppos\w+|will|must|need\w*)\b|n['’]t\b"
)


def again(text: str, capture: Capture) -> str:
    """`text` with its source by its short name, once it was named in full; nothing inside a quotation changes."""
    name, short = agency(capture), short_name(capture)
    if not name or name == short[4:] or not short.startswith("the "):
        return text
    spans = [(q.start, q.end) for q in quotations.find(text)]
    if any(_GOVERNS.search(text[start:end]) for start, end in spans):
        return text  # Beside a quotation that denies or hedges, only the source's own words are proven.
    for found in reversed(list(re.finditer(rf"\b(?P<the>[Tt]he) {re.escape(name)}(?!’s|'s| [A-Z])", text))):
        if not any(start <= found.start() < end for start, end in spans):
            shown = f"{found['the']} {short[4:]}"
            text = f"{text[: found.start()]}{shown}{text[found.end() :]}"
    return text


def once(text: str, capture: Capture) -> str:
    """A sentence that names its source as whose people acted and again as who says so, with the name once, at the end.

    "Deputies of the Alder Sheriff’s Office arrested …, the Sheriff’s Office said." needs the office only where it speaks.
    """
    name = curly(agency(capture))
    opening, ending = (
        rf"^(?P<who>Deputies|Officers|Troopers|Agents) of the {re.escape(name)} ",
        f", {curly(short_name(capture))} said.",
    )
    found = re.match(opening, text)
    if not name or found is None or not text.endswith(ending) or quotations.find(text):
        return text
    return f"{found['who']} {text[found.end() : -len(ending)]}, the {name} said."


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
