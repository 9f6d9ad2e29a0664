"""Sentences that follow from fields by rule, known to the drafter that writes them and the check that proves them.

A form turns the fields of a structured capture into one sentence. `draft.rule` renders forms; `check.support`
renders them again from the cited captures and compares, so a sentence from a form is proven by computing it,
and a changed word in it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from backread.values.area import Area
from backread.values.capture import Capture, Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A sentence and the fields it was made from."""

    text: str
    fields: tuple[Field, ...]


Form = Callable[[Capture, date, Area | None], Iterable[Rendered]]
"""All sentences of one kind that a capture's fields give, seen from a story dated `date`."""

FORMS: tuple[Form, ...] = ()
"""Every form there is, listed by hand."""


def computed(
    sentence: str, captures: Sequence[Capture], on: date, area: Area | None = None
) -> tuple[Capture, Rendered] | None:
    """The capture and rendering that give exactly `sentence`, or None."""
    for capture in captures:
        for form in FORMS:
            for rendered in form(capture, on, area):
                if rendered.text == sentence:
                    return capture, rendered
    return None
