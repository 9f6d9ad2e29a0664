"""What the head of a table's column says of the figures under it: their unit, and that they are thousands or millions."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from backread.text.figures import Figure
from backread.text.measures import UNITS, unit_of

_SCALED = re.compile(
    r"(?i)(?<!\w)(?:in\s)?(?P<thousand>thousands?(?! of)|[$€£]?['’]?000s?)\b|\b(?:in\s)?(?P<million>millions?)\b|(?<=[$€£])(?P<m>m)\b"
)
_BRACKET = re.compile(r"\((?P<words>[^()]{1,30})\)")
_MONEY = {
    "usd": "$",
    "dollars": "$",
    "$": "$",
    "eur": "€",
    "euros": "€",
    "€": "€",
    "gbp": "£",
    "pounds sterling": "£",
    "£": "£",
}
_PERCENT = re.compile(r"(?i)%|\bper\s?cent\b(?! change| of\b)")
_MOST_ROWS = 4_000


def scaled(figure: Figure, text: str) -> Figure:
    """The figure in ones, where its column's head says thousands or millions; the same where it does not."""
    if figure.counts or figure.other is not None or not (head := _head(text, figure.start)):
        return figure
    scale = _scale(head)
    return replace(figure, value=figure.value * scale, step=figure.step * scale) if scale > 1 else figure


def measured(figure: Figure, text: str) -> Figure | None:
    """A bare figure with the unit that its column's head names; None where it names none.

    A table may hold rows of other things under one head: the bare figure stays as well.
    """
    if figure.unit or figure.counts or figure.other is not None:
        return None
    unit = _unit(_head(text, figure.start))
    return replace(figure, unit=unit) if unit else None


def _head(text: str, at: int) -> str:
    """The cell over a place of a table, in the table's first row; '' in that row itself and outside a table."""
    first = text.rfind("\n", 0, at) + 1
    column = text.count(" | ", first, at)
    heads = _heads(text).get(first, ())
    return heads[column] if column < len(heads) else ""


@lru_cache(maxsize=64)
def _heads(text: str) -> dict[int, tuple[str, ...]]:
    """For every row of a table under its first, by the place it starts at: the cells of that first row."""
    heads: dict[int, tuple[str, ...]] = {}
    over: tuple[str, ...] = ()
    at = 0
    for line in text.split("\n")[:_MOST_ROWS]:
        if " | " in line:
            heads[at] = over
            over = over or _cells(line)
        elif line.strip() and "|" not in line:
            over = ()
        at += len(line) + 1
    return heads


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a first row that names its columns; none where it holds figures itself."""
    cells = tuple(cell.strip(" |*") for cell in line.split(" | "))
    return cells if any(re.search(r"[A-Za-z]", cell) for cell in cells[1:]) else ("",)


def _scale(head: str) -> Decimal:
    found = _SCALED.search(head)
    if not found:
        return Decimal(1)
    return Decimal(1000) if found["thousand"] else Decimal(10**6)


def _unit(head: str) -> str:
    for bracket in _BRACKET.finditer(head):
        words = _SCALED.sub("", bracket["words"]).strip(" ,").lower()
        if words in _MONEY:
            return _MONEY[words]
        if unit_of(words) in UNITS.values():
            return unit_of(words)
    return "percent" if _PERCENT.search(head) else ""
