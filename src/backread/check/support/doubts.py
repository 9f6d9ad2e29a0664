"""What might be said against a sentence: enough to leave it open, too little to call it wrong.

A passage that speaks on the same thing and has a negation, a hedge, a reverse or two names the other way round keeps a
sentence from being proven word by word. Whether it contradicts is for an editor: in real copy most of these do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from backread.check.scope import Stretch
from backread.check.support.leads import HEDGE, NEGATION, OPPOSITES, governed
from backread.text import quotations
from backread.text.alignment import keys, stem, tokens
from backread.text.sentences import split
from backread.values.capture import Passage
from backread.values.finding import Mark
from backread.values.story import Sentence

_NEAR = 0.5
"""The share of a sentence's words a passage must hold to speak on the same thing."""


@dataclass(frozen=True, slots=True)
class _Near:
    """A sentence of a passage that speaks on the same thing."""

    passage: Passage
    words: frozenset[str]


def doubts(sentence: Sentence, stretches: tuple[Stretch, ...]) -> tuple[Mark, ...]:
    """A mark for each thing the passages may say otherwise; empty when nothing stands against it."""
    bare = quotations.outside(sentence.text)
    near = tuple(_near(bare, stretches))
    if not near:
        return ()
    marks = [*_led(sentence, bare, near, NEGATION, "not"), *_led(sentence, bare, near, HEDGE, "may")]
    return (*marks, *_opposites(sentence, bare, near), *_swaps(sentence, bare, near))


def _near(bare: str, stretches: tuple[Stretch, ...]) -> Iterator[_Near]:
    wanted = keys(bare)
    for stretch in stretches:
        for start, end in split(stretch.text):
            words = keys(stretch.text[start:end])
            if wanted and len(wanted & words) / len(wanted) >= _NEAR:
                yield _Near(stretch.passage(start, end), words)


def _led(
    sentence: Sentence, bare: str, near: tuple[_Near, ...], lead: re.Pattern[str], name: str
) -> Iterator[Mark]:
    """A negation or hedge that stands on one side only, before a word that stands on both."""
    here = governed(bare, lead)
    free = [governed(one.passage.text, lead) for one in near]
    for token in tokens(bare):
        holders = [(one, led) for one, led in zip(near, free, strict=True) if token.key in one.words]
        if not holders:
            continue
        lost = token.key not in here and all(token.key in led for _, led in holders)
        added = token.key in here and not any(token.key in led for _, led in holders) and name == "not"
        if lost or added:
            word = here.get(token.key) or holders[0][1][token.key]
            message = (
                f"the passages have “{word}” with “{bare[token.start : token.end]}”: do they say this?"
                if lost
                else f"no passage has “{word}” with “{bare[token.start : token.end]}”: do they say this?"
            )
            yield Mark(
                start=sentence.start + token.start,
                end=sentence.start + token.end,
                message=message,
                evidence=tuple(one.passage for one, _ in holders),
            )
            return


def _opposites(sentence: Sentence, bare: str, near: tuple[_Near, ...]) -> Iterator[Mark]:
    """A word that stands in no near passage while its reverse does, and not in the sentence."""
    here = keys(bare)
    for token in tokens(bare):
        if any(token.key in one.words for one in near):
            continue
        for reverse in OPPOSITES.get(token.key, frozenset()):
            holders = [one for one in near if stem(reverse) in one.words]
            if holders and stem(reverse) not in here:
                word = bare[token.start : token.end]
                yield Mark(
                    start=sentence.start + token.start,
                    end=sentence.start + token.end,
                    message=f"the passages have “{reverse}”, and not “{word}”: do they say this?",
                    evidence=tuple(one.passage for one in holders),
                )


def _swaps(sentence: Sentence, bare: str, near: tuple[_Near, ...]) -> Iterator[Mark]:
    """Two names around the same word, the other way round than in every near passage that has all three."""
    told = tokens(bare)
    proper = [
        t
        for t in told
        if (bare[t.start].isupper() and t.start > 0) or (bare[t.start].isupper() and t is told[0])
    ]
    for one, two in combinations(proper, 2):
        between = [t.key for t in told if one.end <= t.start < two.start and bare[t.start].islower()]
        if not between or one.key == two.key:
            continue
        holders = [n for n in near if {one.key, two.key, *between} <= n.words]
        if holders and all(_reversed(n.passage.text, one.key, two.key, between) for n in holders):
            yield Mark(
                start=sentence.start + one.start,
                end=sentence.start + two.end,
                message=f"the source has “{bare[two.start : two.end]}” before “{bare[one.start : one.end]}”: who did what to whom?",
                evidence=tuple(n.passage for n in holders),
            )
            return


def _reversed(words: str, one: str, two: str, between: list[str]) -> bool:
    """Whether the second name stands before the words between, and the first after them, with no passive in sight."""
    at: dict[str, int] = {}
    for token in tokens(words):
        at.setdefault(token.key, token.start)
    middle = [at[key] for key in between]
    return at[two] < min(middle) and max(middle) < at[one] and " by " not in f" {words} "
