"""The story of a calendar: what is to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backread.draft.reading import paragraphs
from backread.draft.telling import Line, Telling, spans

if TYPE_CHECKING:
    from backread.draft.from_fields import Page

_MOST_ENTRIES = 8


def tell(page: Page) -> Telling | None:
    entries, heads = page.parts("entry"), page.parts("headline")
    if not entries:
        return None
    order = sorted(range(len(entries)), key=lambda i: _starts(page, entries[i]))[:_MOST_ENTRIES]
    told = [(entries[i], *_described(page, entries[i])) for i in order]
    deck = heads[order[1]] if len(order) > 1 else None
    return Telling(
        headline=heads[order[0]],
        deck=deck,
        paragraphs=tuple(told),
        left_out=(f"{len(entries) - len(order)} later dates",) if len(entries) > len(order) else (),
    )


def _starts(page: Page, line: Line) -> str:
    return min(
        (f.value for f in page.capture.fields if f.name == "start" and (f.start, f.end) in spans(line)),
        default="9",
    )


def _described(page: Page, line: Line) -> tuple[Line, ...]:
    record = next((f.record for f in page.capture.fields if (f.start, f.end) in spans(line)), None)
    field = next(
        (
            f
            for f in page.capture.fields
            if f.record == record and f.name == "description" and f.end > f.start
        ),
        None,
    )
    if field is None:
        return ()
    opened = tuple(o for o in page.parts("open") if spans(o) == {(field.start, field.end)})
    found = (t for p in paragraphs(page.capture, field.start, field.end) for t in p)
    told = page.told(found, attribute=not opened)
    return (*opened, *told[1:]) if opened else told
