"""The story of a calendar: what changes for people first, in one sentence, then meetings, then the rest; nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backread.draft.reading import paragraphs
from backread.draft.telling import Line, Telling, spans
from backread.text.alignment import keys
from backread.text.forms.base import of_capture
from backread.text.forms.calendar import is_on
from backread.text.forms.events import Event, events, rows
from backread.values.capture import Field

if TYPE_CHECKING:
    from backread.draft.from_fields import Page

_MOST_ENTRIES = 8
_SAME = 0.75


def tell(page: Page) -> Telling | None:
    """A telling of a calendar; None when nothing on it is still to come."""
    held = events(page.capture, page.on, page.area)
    if not held:
        return None
    again = {event.start: row for row in rows(held) for event in row}
    once = [event for event in held if event.start not in again]
    firsts = [row[0] for row in rows(held)]
    shown = [*once[: _MOST_ENTRIES - len(firsts)], *firsts]
    together = page.first("together")
    told = [together, *(_told(page, event, together) for event in shown)]
    heads = [line for event in shown for line in _of(page, "event headline", event)]
    changes = [event for event in shown if event.changes]
    deck = _of(page, "event deck", changes[1]) if len(changes) > 1 else ()
    left = len(once) - len(shown) + len(firsts)
    return Telling(
        headline=heads[0],
        deck=deck[0] if deck else None,
        paragraphs=tuple(paragraph for paragraph in told if paragraph),
        left_out=(*((f"{left} later dates",) if left > 0 else ()), *_off(page)),
    )


def _off(page: Page) -> tuple[str, ...]:
    """Entries that are called off or not certain: an editor rings, the drafter is silent."""
    records = (record for _, record in of_capture(page.capture).records())
    named = [(record, summary) for record in records if (summary := record.one("summary"))]
    return tuple(f"“{s.value}”: called off or not certain" for record, s in named if not is_on(record))


def _told(page: Page, event: Event, together: tuple[Line, ...]) -> tuple[Line, ...]:
    """One entry: when and where it is, unless that is told already, and what it says of itself."""
    entry = _of(page, "row", event) or _of(page, "event", event) or _of(page, "entry", event)
    description = event.record.one("description")
    that_day = _of(page, "that day", event) if event.changes and together else ()
    if that_day and description:
        return (*that_day, *_described(page, description, that_day, skip_first=True))
    opened = tuple(o for o in page.parts("open") if description and _is_of(o, description))[:1]
    said = _described(page, description, (*entry, *opened), skip_first=bool(opened)) if description else ()
    return (*entry, *opened, *said)


def _described(page: Page, field: Field, known: tuple[Line, ...], *, skip_first: bool) -> tuple[Line, ...]:
    found = [t for p in paragraphs(page.capture, field.start, field.end) for t in p]
    there = frozenset[str]().union(*(keys(line.text) for line in known))
    fresh = [t for t in found[1 if skip_first else 0 :] if not _is_known(keys(t.text), there)]
    return page.told(fresh, attribute=False)


def _is_known(words: frozenset[str], there: frozenset[str]) -> bool:
    return bool(words) and len(words & there) >= _SAME * len(words)


def _of(page: Page, part: str, event: Event) -> tuple[Line, ...]:
    return tuple(line for line in page.parts(part) if _is_of(line, event.start))[:1]


def _is_of(line: Line, field: Field) -> bool:
    return (field.start, field.end) in spans(line)
