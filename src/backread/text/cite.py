"""Propose passages for sentences that cite none: human copy, pasted drafts, any article.

A proposal is a search by rare words; it never decides anything. Whether the passage says the sentence is for the
checks, and who chose it stays recorded (`Origin.FOUND`).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backread.text import figures
from backread.text.alignment import keys
from backread.text.sentences import split
from backread.values.capture import Capture, Passage
from backread.values.story import Citation, Origin, Sentence, Story

MOST = 4
"""Passages proposed for one sentence."""

LEAST, LEAST_WORDS = 0.22, 2
"""The share of the weight to be found anywhere that the first passage must hold, and the words; less is no proposal."""

ENOUGH_WORDS = 4
"""Words in common that are enough whatever their share: a lead of forty words sums up many sentences."""

GAIN = 0.1
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
    cited: list[Sentence] = []
    for sentence in story.sentences:
        found = sentence.citations or _found(sentence.text, shelf)
        # "The vote was 4-3" has too few words to be found by: it goes on with what the sentence before tells of.
        if not found and cited:
            mine, both = _sought(sentence.text), _found(f"{cited[-1].text} {sentence.text}", shelf)
            found = tuple(citation for citation in both if mine & _sought(citation.passage.text))
        cited.append(replace(sentence, citations=found))
    return replace(story, sentences=tuple(cited))


def _found(words: str, shelf: _Shelf) -> tuple[Citation, ...]:
    return tuple(Citation(passage=p, origin=Origin.FOUND) for p in _find(_sought(words), shelf))


def _sought(words: str) -> frozenset[str]:
    """The words to search by, figures also by their value: "seven" finds "7"."""
    return keys(words) | {f"#{figure.value:f}" for figure in figures.find(words)}


def _shelve(captures: Sequence[Capture]) -> _Shelf:
    passages = [c.passage(start, end) for c in captures for start, end in split(c.text)]
    words = [_sought(passage.text) for passage in passages]
    places: dict[str, list[int]] = defaultdict(list)
    for number, held in enumerate(words):
        for word in held:
            places[word].append(number)
    weights = {word: math.log(1 + len(passages) / len(at)) for word, at in places.items()}
    return _Shelf(tuple(passages), tuple(words), dict(places), weights)


def _find(wanted: frozenset[str], shelf: _Shelf) -> list[Passage]:
    """The passages that together hold the most of the wanted words' weight, best first."""
    weight = {word: shelf.weights[word] for word in wanted if word in shelf.weights}
    total = sum(weight.values()) or 1.0
    chosen: list[int] = []
    left = set(wanted)
    while len(chosen) < MOST:
        scores: Counter[int] = Counter()
        for word in left:
            for number in shelf.places.get(word, ()):
                scores[number] += weight[word]  # type: ignore[assignment]
        best = min(scores, key=lambda number: (-scores[number], number), default=None)
        if best is None:
            break
        shared = len(wanted & shelf.words[best])
        if scores[best] / total < (GAIN if chosen else LEAST) and (chosen or shared < ENOUGH_WORDS):
            break
        if not chosen and shared < min(LEAST_WORDS, len(wanted)):
            break
        chosen.append(best)
        left -= shelf.words[best]
    return [shelf.passages[number] for number in chosen]
