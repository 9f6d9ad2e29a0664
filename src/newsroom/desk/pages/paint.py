"""Cut words into pieces by the spans that mark them, so that a template only prints pieces.

Captures are hostile: everything here is text, and the template escapes it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch (code points, in the text that is cut) with what marks it: a tint, and sentence numbers."""

    start: int
    end: int
    tint: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words that are marked in one way. `tint` is '' for plain words; `numbers` are the sentences they prove."""

    text: str
    tint: str = ""
    numbers: tuple[int, ...] = ()

    @property
    def told(self) -> str:
        """The numbers as one attribute, for the page."""
        return " ".join(str(number) for number in self.numbers)


STRENGTH = ("wrong", "unsure", "hit", "weak")
"""Where spans overlap, the earlier tint is shown."""


def pieces(text: str, spans: Iterable[Span], *, start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """The stretch of `text` from `start` to `end`, cut wherever a span begins or ends."""
    end = len(text) if end is None else end
    inside = [s for s in spans if s.start < end and s.end > start and s.start < s.end]
    cuts = {start, end} | {min(max(edge, start), end) for s in inside for edge in (s.start, s.end)}
    edges = sorted(cuts)
    return tuple(_piece(text, a, b, inside) for a, b in itertools.pairwise(edges))


def _piece(text: str, start: int, end: int, spans: list[Span]) -> Piece:
    over = [s for s in spans if s.start <= start and s.end >= end]
    tint = next((tint for tint in STRENGTH if any(s.tint == tint for s in over)), "")
    numbers = tuple(sorted({s.number for s in over if s.number}))
    return Piece(text=text[start:end], tint=tint, numbers=numbers)
