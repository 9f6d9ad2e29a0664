"""Sketches of texts for near-duplicate search: which five-word stretches two documents share.

A sketch keeps the hashes that are 0 modulo 8, so a document is found through an inverted index by what it
shares, and the share of the smaller sketch (containment) is told without comparing all pairs. Short texts keep
every hash, since a handful cannot be sampled.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from hashlib import blake2b

_WORD = re.compile(r"[\w$%]+(?:[.,:’'-]\w+)*")
SIZE = 5
_KEEP_ONE_IN = 8
_SHORT = 400
_TOO_COMMON = 200


def words(text: str) -> list[str]:
    """The words of a text, lower case, one apostrophe for all."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def sketch(text: str) -> frozenset[int]:
    """The kept hashes of every five-word stretch of `text`; empty for fewer than five words."""
    found = words(text)
    hashes = {_hash(found[i : i + SIZE]) for i in range(len(found) - SIZE + 1)}
    return frozenset(h for h in hashes if len(found) < _SHORT or h % _KEEP_ONE_IN == 0)


def _hash(stretch: list[str]) -> int:
    return int.from_bytes(blake2b(" ".join(stretch).encode(), digest_size=8).digest(), "big")


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the smaller sketch that the larger one holds, 0 to 1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


class Index:
    """An inverted index over sketches: which earlier documents share anything with a new one.

    A hash that stands in very many documents is furniture of a site and finds nobody.
    """

    __slots__ = ("_holders", "_sketches")

    def __init__(self) -> None:
        self._holders: dict[int, list[str]] = defaultdict(list)
        self._sketches: dict[str, frozenset[int]] = {}

    def add(self, name: str, found: frozenset[int]) -> None:
        """Keep a document's sketch under its name."""
        self._sketches[name] = found
        for value in found:
            self._holders[value].append(name)

    def sharing(self, found: frozenset[int], least: float) -> Iterable[tuple[str, float]]:
        """The kept documents whose containment with `found` is at least `least`, the most alike first."""
        shared: Counter[str] = Counter()
        for value in found:
            holders = self._holders.get(value, ())
            if len(holders) <= _TOO_COMMON:
                shared.update(holders)
        likes = []
        for name, count in shared.items():
            smaller = min(len(found), len(self._sketches[name]))
            if smaller and count / smaller >= least:
                likes.append((name, count / smaller))
        return sorted(likes, key=lambda like: (-like[1], like[0]))
