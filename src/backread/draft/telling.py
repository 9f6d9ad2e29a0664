"""What a story is put together from: lines with their passages, and how they become a story."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from backread.text.forms import Rendered
from backread.values.area import Area
from backread.values.capture import Capture, Passage
from backread.values.story import BlockKind, Citation, Origin, Part, Story, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of the story to be, with what it rests on."""

    text: str
    passages: tuple[Passage, ...]

    @property
    def words(self) -> Words:
        """The sentence with its citations."""
        cited = tuple(Citation(passage=passage, origin=Origin.DRAFTER) for passage in self.passages)
        return Words(text=self.text, citations=cited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A story before it is cut into blocks. An empty deck is left out."""

    headline: Line
    deck: Line | None
    paragraphs: tuple[tuple[Line, ...], ...]
    left_out: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Sentences, headline and deck included."""
        return 1 + (self.deck is not None) + sum(len(paragraph) for paragraph in self.paragraphs)

    def story(self, on: dt.date, place: str) -> Story:
        """The story dated `on`, with `place` in its date line ('' for none)."""
        parts: list[Part] = [(BlockKind.HEADLINE, (self.headline.words,))]
        if self.deck:
            parts.append((BlockKind.DECK, (self.deck.words,)))
        if place:
            parts.append((BlockKind.DATE_LINE, (Words(text=f"{place} —"),)))
        parts += [(BlockKind.PARAGRAPH, tuple(line.words for line in p)) for p in self.paragraphs if p]
        return Story.of(parts, date=on)


def spans(line: Line) -> set[tuple[int, int]]:
    """Where the words that a line rests on stand."""
    return {(p.start, p.end) for p in line.passages}


def rendered_line(rendered: Rendered, capture: Capture) -> Line:
    """A form's sentence, resting on the words of its fields."""
    spans = dict.fromkeys(
        (f.start, f.end) for f in rendered.fields if 0 <= f.start < f.end <= len(capture.text)
    )
    return Line(text=rendered.text, passages=tuple(capture.passage(*span) for span in spans))


def place_of(sources: Sequence[Capture], area: Area | None) -> str:
    """A place for the date line: the first town of the area that the lead names, else the area's first; in capitals."""
    towns = [
        p.name
        for p in (area.places if area else ())
        if p.kind in ("city", "town", "island", "place", "village")
    ]
    named = [
        (found.start(), town)
        for town in towns
        if sources and (found := re.search(rf"(?<!\w){re.escape(town)}(?!\w| [A-Z])", sources[0].text))
    ]
    if named:
        return min(named)[1].upper()
    return towns[0].upper() if towns else ""
