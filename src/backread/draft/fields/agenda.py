"""The story of an agenda: what may change for people first, then what else is up, then how to take part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from backread.draft.reading import Told, paragraphs
from backread.draft.telling import Line, Telling, spans
from backread.text.alignment import keys
from backread.text.forms.agenda import is_for_hearing, item_end
from backread.text.forms.base import of_capture
from backread.text.forms.meeting import items
from backread.text.forms.table import dollars_of
from backread.values.capture import Capture, Field

if TYPE_CHECKING:
    from backread.draft.from_fields import Page

_MOST_ITEMS = 6
_FIRST_SENTENCES, _SENTENCES = 4, 2
_PASSED = re.compile(
    r"\b(?:passed|approved|adopted|rejected|tabled)\b.*\b\d{1,2}-\d{1,2}\b|\bfirst reading\b"
)
_TAKES_PART = re.compile(
    r"^(?:Anyone may|(?:Members of the )?[Pp]ublic (?:may|can)|Written comments|Comments (?:may|must)|Residents may|To speak|A person who needs)\b"
)
_ROUTINE = re.compile(r"(?i)\b(?:appointment|proclamation|report|presentation|needs no vote)\b")
_SAME = 0.8
"""The share of a sentence's words that makes it told already."""


def tell(page: Page) -> Telling | None:
    """A telling of an agenda; None when it does not say who meets when."""
    meets = page.first("lead")
    if not meets:
        return None
    ranked = sorted(items(page.capture), key=lambda f: (-_worth(page.capture, f), f.start))
    told = [lines for lines in (_first(page, ranked[0]) if ranked else ()) if lines]
    for item in ranked[1:_MOST_ITEMS]:
        told.append(_also(page, item, {_begins(lines[0]) for lines in told if lines}))
    heads = _of(page, "item headline", ranked[0]) if ranked else ()
    headline = (*heads, *page.first("headline"))[0]
    part = _taking_part(page)
    return Telling(
        headline=headline,
        deck=_deck(told),
        paragraphs=tuple(p for p in (*told, *_last(page, told, part)) if p),
        left_out=_left(page.capture, len(ranked)),
    )


def _first(page: Page, item: Field) -> Iterator[tuple[Line, ...]]:
    """What the weightiest item would do, how far it has come, and the rest of what its text says."""
    would, stage = _of(page, "would lead", item), _of(page, "stage", item)
    opening = would or _of(page, "taken up", item)
    prose = [t for t in _prose(page, item) if not _is_told(t, opening)][:_FIRST_SENTENCES]
    passed = [t for t in prose if _PASSED.search(t.text)]
    lines = page.told([*passed, *(t for t in prose if t not in passed)], attribute=False)
    yield (*opening, *stage)
    yield lines


def _also(page: Page, item: Field, begun: set[str]) -> tuple[Line, ...]:
    """A further item: what it would do, or that it is up, opened as no paragraph before it; then what its text adds."""
    ways = [line for line in page.parts("also taken up") if (item.start, item.end) in spans(line)]
    fresh = [line for line in ways if _begins(line) not in begun] or ways
    opening = _of(page, "would", item) or tuple(fresh[:1])
    prose = [t for t in _prose(page, item) if not _is_told(t, opening) and not _ROUTINE.search(t.text)]
    return (*opening[:1], *page.told(prose[:_SENTENCES], attribute=False))


def _begins(line: Line) -> str:
    return " ".join(line.text.split()[:2])


def _last(page: Page, told: list[tuple[Line, ...]], part: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    meets = page.first("meets") if told else page.first("lead")
    yield (*meets, *part)


def _deck(told: list[tuple[Line, ...]]) -> Line | None:
    """How far the first item has come, where its text says so."""
    lines = [line for paragraph in told[:2] for line in paragraph if _PASSED.search(line.text)]
    return Line(text=lines[0].text.rstrip("."), passages=lines[0].passages) if lines else None


def _taking_part(page: Page) -> tuple[Line, ...]:
    """How to speak, to write and to get help."""
    found = [t for p in paragraphs(page.capture, about=True) for t in p if _TAKES_PART.match(t.text)]
    return page.told(found, attribute=False)


def _worth(capture: Capture, item: Field) -> float:
    """How much an item changes: a hearing, what it "would" do, money; reports and appointments little."""
    text = capture.text[item.start : item_end(capture, item)]
    worth = 6.0 * is_for_hearing(capture, item) + 3.0 * bool(re.search(r"\bwould (?!replace)", text))
    worth += 2.5 if dollars_of(text) >= 100_000 else 1.5 if "$" in text else 0.0
    return worth - 2.0 * bool(_ROUTINE.search(item.value))


def _is_told(told: Told, opening: tuple[Line, ...]) -> bool:
    """Whether the opening says it already: nearly all of a sentence's words."""
    own = keys(told.text)
    there = frozenset[str]().union(*(keys(line.text) for line in opening))
    return bool(own) and len(own & there) >= _SAME * len(own)


def _prose(page: Page, item: Field) -> tuple[Told, ...]:
    return tuple(t for p in paragraphs(page.capture, item.end, item_end(page.capture, item)) for t in p)


def _of(page: Page, part: str, item: Field) -> tuple[Line, ...]:
    return tuple(line for line in page.parts(part) if (item.start, item.end) in spans(line))[:1]


def _left(capture: Capture, listed: int) -> tuple[str, ...]:
    routine = len(of_capture(capture).all("item")) - listed
    notes = [f"{routine} routine items of the agenda"] if routine else []
    return (*notes, f"{listed - _MOST_ITEMS} more items") if listed > _MOST_ITEMS else tuple(notes)
