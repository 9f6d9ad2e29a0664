"""Sentences from the fields of a coming meeting: who meets, when, where, and what is on the agenda.

An agenda decides nothing: every sentence says that something is scheduled or listed, never that it was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from backread.text import dates
from backread.text.forms.base import Rendered, clock, dated, day, of_capture, the, words_of
from backread.values.area import Area
from backread.values.capture import Capture, Field
from backread.values.source import Genre

_ROUTINE = re.compile(
    r"(?i)^(?:call to order|roll call|approval of (?:the )?(?:minutes|agenda)|pledge|invocation|public comment"
    r"|comments by|adjourn|announcements|opening|present$|consent agenda)"
)


def meeting(capture: Capture, on: date, area: Area | None) -> Iterator[Rendered]:
    """All sentences that the fields of an agenda give."""
    fields = of_capture(capture)
    body, when = fields.one("body"), fields.one("date")
    held_on = day(when.value) if when else None
    if capture.genre is Genre.MINUTES or body is None or when is None or held_on is None:
        return
    name = words_of(body.value)
    yield from _meets(capture, name, (body, when), held_on, on)
    for field in items(capture):
        yield from _listed(name, (body, when, field), held_on, on)


def items(capture: Capture) -> tuple[Field, ...]:
    """The items of an agenda that are news: not the opening, the minutes, comments and the end."""
    return tuple(
        field for field in of_capture(capture).all("item") if not _ROUTINE.match(_unnumbered(field.value))
    )


def subject(item: str) -> str:
    """What an item is about: the words after its colon, or all of it."""
    words = _unnumbered(item)
    _, colon, rest = words.partition(": ")
    return rest if colon and len(rest.split()) > 1 else words


def _unnumbered(item: str) -> str:
    return re.sub(r"^\s*(?:\d+|[A-Z]|[IVX]+)[.)]\s+", "", words_of(item))


def _meets(
    capture: Capture, name: str, used: tuple[Field, ...], held_on: date, on: date
) -> Iterator[Rendered]:
    fields = of_capture(capture)
    start, place = fields.one("time"), fields.one("place")
    hour = clock(start.value) if start else None
    verb = "will meet" if held_on >= on else "was scheduled to meet"
    day_words = dates.ap(held_on, on)
    yield Rendered(
        text=f"{name} {'to meet' if held_on >= on else 'agenda for'} {day_words}",
        fields=used,
        part="headline",
    )
    joint = " " if hour or day_words in dates.WEEKDAYS else " on "
    time = f" at {dates.ap_time(hour)}" if hour else ""
    if start and hour:
        used = (*used, start)
    if place:
        where = words_of(place.value)
        room = re.match(r"(?i)(?:the )?[\w' ]*\b(?:chamber|chambers|room|hall|library|center)\b", where)
        lead_in = (
            " in the "
            if room and not where.lower().startswith(("the ", "city hall", "town hall"))
            else " at "
        )
        line = dated(f"{the_body(name)} {verb}{time}{joint}{day_words}", f"{lead_in}{where}")
        yield Rendered(text=f"{line}.", fields=(*used, place), part="lead")
        again = f"The {kind_of(name)}{line.removeprefix(the_body(name))}."
        yield Rendered(text=again, fields=(*used, place), part="meets")
    yield Rendered(text=f"{the_body(name)} {verb}{time}{joint}{day_words}.", fields=used, part="lead")


def kind_of(name: str) -> str:
    """A body at second mention: "council"."""
    kinds = ("council", "board", "commission", "committee", "authority")
    return next((kind for kind in kinds if kind in name.lower().split()), "body")


def the_body(name: str) -> str:
    """A body's name at the start of a sentence."""
    words = the(name)
    return words[:1].upper() + words[1:]


def _listed(name: str, used: tuple[Field, ...], held_on: date, on: date) -> Iterator[Rendered]:
    words = _unnumbered(used[-1].value)
    title = f"{name} agenda for {dates.ap(held_on, on)}: {subject(words)}"
    yield Rendered(text=title, fields=used, part="headline")
    yield Rendered(text=f"On the agenda: {words}.", fields=used[-1:], part="item")
    yield Rendered(text=f"Also on the agenda: {words}.", fields=used[-1:], part="also")
