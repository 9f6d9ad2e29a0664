"""Sentences from the fields of minutes: what was moved, by whom, how the vote went and who was against.

The count is given as the minutes give it. A motion that did not pass is never said to have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from backread.text import dates
from backread.text.forms.base import Fields, Rendered, day, of_capture, series, words_of
from backread.text.forms.days import days_seen
from backread.text.forms.meeting import the_body
from backread.values.area import Area
from backread.values.capture import Capture, Field

_COUNT = re.compile(r"^\s*(\d{1,2})\s*[-–—to]+\s*(\d{1,2})\s*$")
_TO_DO = re.compile(r"^(?:[A-Z][\w.' -]+ )?(?:moved |motion )?(?:to )?(?P<act>[a-z]\w+ .+)$")


def votes(capture: Capture, on: date, area: Area | None) -> Iterator[Rendered]:
    """All sentences that the votes in a capture's fields give."""
    fields = of_capture(capture)
    body, when = fields.one("body"), fields.one("date")
    if body is None:
        return
    held_on = day(when.value) if when else None
    for _, record in fields.records():
        yield from _vote(record, body, when, held_on, on)
        yield from _against(record, capture, area)


def counted(vote: str) -> tuple[int, int] | None:
    """Ayes and nays of a vote such as "4-1"; None when it is not one."""
    found = _COUNT.match(vote)
    return (int(found[1]), int(found[2])) if found else None


def act_of(motion: str) -> str:
    """What a motion does, as it follows "voted to": "pay the county's share from the road reserve"; '' when it cannot be told."""
    words = words_of(motion)
    found = _TO_DO.match(words)
    act = found["act"] if found else ""
    # The minutes' "moved to accept X and to set Y" goes on under "voted to"; other verbs would change the sense.
    return "" if re.match(r"(?:the|a|an|that|was|were|is)\b", act) else act


def _vote(
    record: Fields, body: Field, when: Field | None, held_on: date | None, on: date
) -> Iterator[Rendered]:
    motion, vote = record.one("motion"), record.one("vote")
    count = counted(vote.value) if vote else None
    if motion is None or vote is None or count is None:
        return
    act = days_seen(act_of(motion.value), on, held_on or on)
    if act and count[0] > count[1]:
        name, tally = the_body(words_of(body.value)), f"{count[0]}-{count[1]}"
        used = (body, motion, vote)
        yield Rendered(text=f"{_votes(name)} {tally} to {act}", fields=used, part="headline")
        yield Rendered(text=f"The vote was {tally} to {act}.", fields=used[1:], part="vote")
        if when and held_on:
            moment = dates.ap(held_on, on)
            moment = moment if moment in dates.WEEKDAYS else f"on {moment}"
            comma = "," if re.search(r", \d{4}$", moment) else ""
            text = f"{name} voted {tally} {moment}{comma} to {act}."
            yield Rendered(text=text, fields=(*used, when), part="vote")


def _against(record: Fields, capture: Capture, area: Area | None) -> Iterator[Rendered]:
    nays, vote = record.all("nays", "nay"), record.one("vote")
    split = [name for field in nays for name in re.split(r"\s*(?:,|;|\band\b)\s*", words_of(field.value))]
    names = [name for name in split if name and not name.isdigit()]
    if names and vote:
        full = [_in_full(name, capture, area) for name in names]
        shown = tuple(field for _, field in full if field)
        first, *others = [words for words, _ in full]
        also = f", as did {series(others)}" if others else ""
        yield Rendered(text=f"{first} voted no{also}.", fields=(*nays, vote, *shown), part="nays")
        yield Rendered(text=f"{series(names)} voted no.", fields=(*nays, vote), part="nays again")


def _in_full(name: str, capture: Capture, area: Area | None) -> tuple[str, Field | None]:
    """A member's role and full name and where the minutes say it; the bare surname where the area does not know exactly one."""
    known = [p for p in (area.people if area else ()) if p.name.split()[-1] == name]
    full = f"{known[0].role} {known[0].name}" if len(known) == 1 else ""
    start = capture.text.find(full) if full else -1
    if start < 0:
        return name, None
    return full, Field(name="name", value=full, start=start, end=start + len(full))


def _votes(name: str) -> str:
    """A body and its verb as a headline says them: "Pellam County commissioners vote", "City Council votes"."""
    short = re.sub(r"^The ", "", name).replace("Board of County Commissioners", "commissioners")
    return f"{short} {'vote' if short.endswith('ers') else 'votes'}"
