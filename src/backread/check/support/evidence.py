"""The sentences of a source that bear most on a claim, packed into one block for a verifier.

Chosen by the weight of the rare words they share with the claim, each with what it adds to those chosen before; told in
the order of the source, so that "he" still follows the name. The block is bounded, so a long source costs no more.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from backread.text.alignment import keys
from backread.text.sentences import split

MOST_WORDS = 120
"""Words of one block: with a claim of forty about 192 word pieces."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence of the evidence: which of the texts it stands in, and from where to where (code points)."""

    text: int
    start: int
    end: int


def pack(claim: str, texts: Sequence[str], most: int = MOST_WORDS) -> str:
    """The block for `claim` from `texts`, at most `most` words; the first sentences where nothing is shared."""
    words = " ".join(texts[c.text][c.start : c.end] for c in choose(claim, texts, most)).split()
    return " ".join(words[: most + 40])


def choose(claim: str, texts: Sequence[str], most: int = MOST_WORDS) -> tuple[Chosen, ...]:
    """The sentences of the block, in the order of the texts."""
    placed = [
        (Chosen(n, s, e), text[s:e], held) for n, text in enumerate(texts) for s, e, held in _sentences(text)
    ]
    sentences = [(words, held) for _, words, held in placed]
    if not sentences:
        return ()
    weights = _weights(sentences, keys(claim))
    left, room, chosen = dict(weights), most, dict[int, None]()
    while room > 0:
        gains = {n: _gain(held, left, weights) for n, (_, held) in enumerate(sentences) if n not in chosen}
        best = max(gains, key=lambda n: (gains[n], -n), default=None)
        if best is None or (chosen and gains[best] <= 0):
            break
        chosen[best] = None
        room -= len(sentences[best][0].split())
        for word in sentences[best][1]:
            left.pop(word, None)
        if best and room > -(most // 4) and best - 1 not in chosen and _leans(sentences[best][0]):
            chosen[best - 1] = None
            room -= len(sentences[best - 1][0].split())
    return tuple(placed[n][0] for n in sorted(chosen))


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[tuple[int, int, frozenset[str]], ...]:
    return tuple((start, end, keys(text[start:end])) for start, end in split(text))


def _weights(sentences: Sequence[tuple[str, frozenset[str]]], wanted: frozenset[str]) -> dict[str, float]:
    counts = Counter(word for _, held in sentences for word in held & wanted)
    return {word: math.log(1 + len(sentences) / count) for word, count in counts.items()}


def _gain(held: frozenset[str], left: dict[str, float], weights: dict[str, float]) -> float:
    """New words count whole, words already covered a fifth."""
    return sum(left.get(word, 0.2 * weights[word]) for word in held if word in weights)


def _leans(sentence: str) -> bool:
    """Whether a sentence leans on the one before it: it opens with a pronoun."""
    first = sentence.split(maxsplit=1)[0].lower().strip("“\"'") if sentence.split() else ""
    return first in (
        "he",
        "she",
        "they",
        "it",
        "that",
        "this",
        "these",
        "those",
        "his",
        "her",
        "their",
        "its",
    )
