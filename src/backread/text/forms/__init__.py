"""Sentences that follow from fields by rule, known to the drafter that writes them and the check that proves them.

A form turns the fields of a structured capture into one sentence. `draft.rule` renders forms; `check.support`
renders them again from the cited captures and compares, so a sentence from a form is proven by computing it,
and a changed word in it is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from backread.text.forms.agenda import agenda
from backread.text.forms.alert import alert
from backread.text.forms.base import Form, Rendered
from backread.text.forms.calendar import calendar
from backread.text.forms.events import told_events
from backread.text.forms.lead import lead
from backread.text.forms.meeting import meeting
from backread.text.forms.table import table
from backread.text.forms.votes import votes
from backread.values.area import Area
from backread.values.capture import Capture
from backread.values.source import Genre

__all__ = ["FORMS", "Form", "Rendered", "computed", "renderings"]

FORMS: tuple[Form, ...] = (alert, meeting, agenda, votes, calendar, told_events, table)
"""Every form that reads fields, listed by hand. `lead` reads running text."""

_READ_BY: dict[Genre, tuple[Form, ...]] = {
    Genre.ALERT: (alert,),
    Genre.AGENDA: (meeting, agenda),
    Genre.MINUTES: (votes,),
    Genre.CALENDAR: (calendar, told_events),
    Genre.TABLE: (table,),
}


def renderings(capture: Capture, on: date, area: Area | None = None) -> tuple[Rendered, ...]:
    """All sentences that forms give for one capture, in the order of its fields or of its text."""
    return _renderings(capture, on, area)


def computed(
    sentence: str, captures: Sequence[Capture], on: date, area: Area | None = None
) -> tuple[Capture, Rendered] | None:
    """The capture and rendering that give exactly `sentence`, or None."""
    for capture in captures:
        rendered = _by_text(capture, on, area).get(sentence)
        if rendered is not None:
            return capture, rendered
    return None


@lru_cache(maxsize=256)
def _renderings(capture: Capture, on: date, area: Area | None) -> tuple[Rendered, ...]:
    forms = _READ_BY.get(capture.genre, FORMS) if capture.fields else ()
    if capture.genre not in _READ_BY:
        forms = (*forms, lead)
    return tuple(rendered for form in forms for rendered in form(capture, on, area))


@lru_cache(maxsize=256)
def _by_text(capture: Capture, on: date, area: Area | None) -> dict[str, Rendered]:
    return {rendered.text: rendered for rendered in reversed(_renderings(capture, on, area))}
