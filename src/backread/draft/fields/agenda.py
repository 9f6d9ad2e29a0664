"""The story of an agenda: what the body may decide, and how to take part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from backread.draft import wording
from backread.draft.reading import Told, paragraphs
from backread.draft.telling import Line, Telling
from backread.text.forms.base import of_capture
from backread.text.forms.meeting import items
from backread.values.capture import Capture, Field

if TYPE_CHECKING:
    from backread.draft.from_fields import Page

_MOST_ITEMS = 4
_ITEM_SENTENCES = 3


def tell(page: Page) -> Telling | None:
    lead, heads = page.first("lead"), page.parts("headline")
    if not lead or not heads:
        return None
    listed = items(page.capture)
    entries = page.parts("item")
    told = []
    for field, entry in zip(listed, entries, strict=True):
        prose = [t for p in paragraphs(page.capture, field.end, _item_end(page.capture, field)) for t in p]
        told.append((entry, *_agenda_prose(page, prose)))
    told = sorted(told, key=lambda p: (-min(len(p), 3), entries.index(p[0])))[:_MOST_ITEMS]
    also = page.parts("also")
    told_also = [(also[entries.index(p[0])], *p[1:]) for p in told[1:]]
    headline = heads[1 + entries.index(told[0][0])] if told and len(heads) > 1 else heads[0]
    deck = heads[0]
    return Telling(
        headline=headline,
        deck=deck if deck is not headline else None,
        paragraphs=(lead, *told[:1], *told_also),
        left_out=_routine(page.capture, len(listed), len(told)),
    )


def _agenda_prose(page: Page, prose: Sequence[Told]) -> tuple[Line, ...]:
    lines = page.told(prose[:_ITEM_SENTENCES], attribute=False)
    if not lines or wording.is_attributed(lines[0].text):
        return lines
    return (
        Line(text=f"{lines[0].text[:-1]}, according to the agenda.", passages=lines[0].passages),
        *lines[1:],
    )


def _item_end(capture: Capture, field: Field) -> int:
    """Where an item's text ends: at the next item, or a heading after it."""
    later = [f.start for f in of_capture(capture).all("item") if f.start > field.start]
    return min(later, default=min(len(capture.text), field.end + 1200))


def _routine(capture: Capture, listed: int, told: int) -> tuple[str, ...]:
    routine = len(of_capture(capture).all("item")) - listed
    notes = [f"{routine} routine items of the agenda"] if routine else []
    return (*notes, f"{listed - told} more items") if listed > told else tuple(notes)
