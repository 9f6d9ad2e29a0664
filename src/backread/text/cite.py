"""Propose passages for sentences that cite none: human copy, pasted drafts, any article.

A proposal is a search by rare words; it never decides anything. Whether the passage says the sentence is for the
checks, and who chose it stays recorded (`Origin.FOUND`).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backread.text.alignment import keys
from backread.text.sentences import split
from backread.values.capture import Capture, Passage
from backread.values.story import Citation, Origin, Story

MOST = 3
"""Passages proposed for one sentence."""

LEAST = 0.3
"""The share of a sentence's weight that the first passage must hold; less is no proposal."""

GAIN = 0.12
"""What each further passage must add."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Every sentence of the captures, found by its words."""

    passages: tuple[Passage, ...]
    words: tuple[frozenset[str], ...]
    places: dict[str, list[int]]
    weights: dict[str, float]


def propose(story: Story, captures: Sequence[Capture]) -> Story:
    """The story with passages found for each sentence that cites none. Citations that are there stay."""
    if not captures or all(sentence.citations for sentence in story.sentences):
        return story
    shelf = _shelve(captures)
    cited = tuple(s if s.citations else replace(s, citations=_found(s.text, shelf)) for s in story.sentences)
    return replace(story, sentences=cited)


def _found(words: str, shelf: _Shelf) -> tuple[Citation, ...]:
    return tuple(Citation(passage=p, origin=Origin.FOUND) for p in _find(keys(words), shelf))


def _shelve(captures: Sequence[Capture]) -> _Shelf:
    passages = [c.passage(start, end) for c in captures for start, end in split(c.text)]
    words = [keys(passage.text) for passage in passages]
    places: dict[str, list[int]] = defaultdict(list)
    for number, held in enumerate(words):
        for word in held:
            places[word].append(number)
    weights = {word: math.log(1 + len(passages) / len(at)) for word, at in places.items()}
    return _Shelf(tuple(passages), tuple(words), dict(places), weights)


def _find(wanted: frozenset[str], shelf: _Shelf) -> list[Passage]:
    """The passages that together hold the most of the wanted words' weight, best first."""
    unseen = math.log(1 + len(shelf.passages))
    weight = {word: shelf.weights.get(word, unseen) for word in wanted}
    total = sum(weight.values()) or 1.0
    chosen: list[int] = []
    left = set(wanted)
    while len(chosen) < MOST:
        scores: Counter[int] = Counter()
        for word in left:
            for number in shelf.places.get(word, ()):
                scores[number] += weight[word]  # type: ignore[assignment]
        best = min(scores, key=lambda number: (-scores[number], number), default=None)
        if best is None or scores[best] / total < (GAIN if chosen else LEAST):
            break
        chosen.append(best)
        left -= shelf.words[best]
    return [shelf.passages[number] for number in chosen]
