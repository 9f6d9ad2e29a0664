"""What a motion does, told so that it can be understood without its heading.

Minutes write "moved to pay the county's share" under a heading and an introduction. A form completes the motion from
those two, and from nothing else: "share" with what the introduction says it is a share of, "a public hearing" with what
the heading says it is on.
"""

from __future__ import annotations

import datetime as dt
import re

from backread.text import dates
from backread.text.forms.base import capital, words_of
from backread.text.forms.days import days_seen, tidied
from backread.values.capture import Capture, Field

_TO_DO = re.compile(r"^(?:[A-Z][\w.' -]+ )?(?:moved |motion )?(?:to )?(?P<act>[a-z]\w+ .+)$")
_INTRODUCED = re.compile(
    r"\b(?:considered|discussed|took up|reviewed) (?:the|a|an) (?P<owner>[\w'’]+['’]s? )?(?P<noun>[a-z]+) of (?P<rest>[^.;]+)\."
)
_RECEIVES = re.compile(r"^(?:accept|receive|file) the (?:memo|report|minutes|presentation)$")
_HEARING = re.compile(r"\bset a public hearing(?= for\b| on [A-Z]|$)")
_HEARING_DAY = re.compile(r"\bset a public hearing .*")
_REACH = 4_000


def act_of(motion: str) -> str:
    """What a motion does, as it follows "voted to": "pay the county's share from the road reserve"; '' when it cannot be told."""
    words = words_of(motion)
    found = _TO_DO.match(words)
    act = found["act"] if found else ""
    # The minutes' "moved to accept X and to set Y" goes on under "voted to"; other verbs would change the sense.
    return "" if re.match(r"(?:the|a|an|that|was|were|is)\b", act) else act


def told_act(
    motion: Field, item: Field | None, capture: Capture, on: dt.date, held_on: dt.date
) -> tuple[str, tuple[Field, ...]]:
    """The completed act, its days as seen from the story, and the fields it was completed from; ('', ()) when it cannot be told."""
    act, used = act_of(motion.value), [motion]
    parts = [part for part in act.split(" and to ") if not _RECEIVES.match(part)]
    act = " and to ".join(parts) if parts else act
    if item is not None:
        head, tail = headed(item.value)
        if "hearing" in tail and _HEARING.search(act):
            act = _HEARING.sub(f"set a public hearing on the {low(head)}", act)
            used.append(item)
        act, introduced = _completed(act, item, capture)
        used += introduced
    seen = days_seen(act, on, held_on) if act else None
    return (tidied(seen), tuple(used)) if seen else ("", ())


def _completed(act: str, item: Field, capture: Capture) -> tuple[str, list[Field]]:
    following = [f.start for f in capture.fields if f.name == "item" and f.start > item.start]
    until = min([*following, item.end + _REACH, len(capture.text)])
    found = _INTRODUCED.search(capture.text, item.end, until)
    if found is None:
        return act, []
    owner = re.escape(found["owner"] or "")
    place = re.search(rf"\b{owner}(?:\$[\d.,]+ (?:million |billion )?)?{found['noun']}\b(?! of\b)", act)
    if place is None:
        return act, []
    rest = re.sub(r"\s+", " ", found["rest"])
    field = Field(
        name="introduced", value=found.group(), start=found.start(), end=found.end(), record=item.record
    )
    return f"{act[: place.end()]} of {rest}{act[place.end() :]}", [field]


def headed(item: str) -> tuple[str, str]:
    """An item's heading before and after its colon; the second is '' without one."""
    words = re.sub(r"^\s*(?:\d+|[A-Z]|[IVX]+)[.)]\s+", "", words_of(item))
    head, _, tail = words.partition(": ")
    return head, tail


def low(words: str) -> str:
    """A heading inside a sentence: its first letter small, unless it begins a name."""
    first, _, rest = words.partition(" ")
    if first.isupper() or (rest and rest[:1].isupper()):
        return words
    return f"{first[:1].lower()}{first[1:]}{' ' if rest else ''}{rest}"


def thing(item: str) -> str:
    """The part of a heading that names something: the one with more capitals in it."""
    head, tail = headed(item)
    if not tail:
        return low(head)
    return tail if _names(tail) > _names(head) else low(head)


def _names(words: str) -> int:
    return sum(word[:1].isupper() for word in words.split()[1:])


def hearing_day(act: str, on: dt.date) -> str:
    """The day an act sets a public hearing for, as newsrooms write it; '' when it sets none."""
    found = _HEARING_DAY.search(act)
    days = (
        [
            day
            for mention in dates.find(found.group())
            if mention.kind is not dates.MentionKind.TIME and (day := dates.resolve(mention, on))
        ]
        if found
        else []
    )
    return dates.ap(days[0], on) if len(days) == 1 else ""


def begun(words: str) -> str:
    """Words at the start of a headline or deck."""
    return capital(words)
