"""The archive searched for words, so that a passage can be cited from a capture the story does not hold yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo

from backread.text.fold import fold
from backread.values.capture import Capture, CaptureId
from newsroom.desk.pages.paint import Piece, Span, pieces
from newsroom.desk.pages.times import seen

MOST = 12
"""So many passages are shown."""
LONGEST = 200
"""A question longer than this is cut (characters)."""
_ROW = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A line of captured text that holds every word asked for. `is_new`: the story does not hold its capture yet."""

    capture: CaptureId
    name: str
    title: str
    seen: str
    passage: str
    pieces: tuple[Piece, ...]
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found: the lines shown, how many there are in all, and in how many captures was looked."""

    query: str
    hits: tuple[Hit, ...]
    total: int
    captures: int


def search(
    captures: Iterable[Capture], query: str, *, held: frozenset[CaptureId], zone: tzinfo
) -> Found | None:
    """The lines in which every word of `query` begins a word; the story's own captures first, then the newest. None without words."""
    words = _WORD.findall(fold(query[:LONGEST]).text)
    if not words:
        return None
    wanted = [re.compile(rf"\b{re.escape(word)}", re.IGNORECASE) for word in words]
    looked = sorted(captures, key=lambda c: (c.id not in held, -c.taken.timestamp()))
    hits = [
        (capture, row)
        for capture in looked
        for row in _ROW.finditer(capture.text)
        if all(word.search(row.group()) for word in wanted)
    ]
    shown = tuple(_hit(capture, row, wanted, held, zone) for capture, row in hits[:MOST])
    return Found(query=" ".join(query.split())[:LONGEST], hits=shown, total=len(hits), captures=len(looked))


def _hit(
    capture: Capture,
    row: re.Match[str],
    wanted: list[re.Pattern[str]],
    held: frozenset[CaptureId],
    zone: tzinfo,
) -> Hit:
    text = row.group().strip()
    spans = [Span(start=m.start(), end=m.end(), tint="hit") for word in wanted for m in word.finditer(text)]
    return Hit(
        capture=capture.id,
        name=capture.source_name,
        title=capture.title,
        seen=seen(capture.taken, zone),
        passage=text,
        pieces=pieces(text, spans),
        is_new=capture.id not in held,
    )
