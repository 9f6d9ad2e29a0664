"""What a cited passage says against a sentence: a negation, a hedge or a direction that changed, names that swapped.

A contradiction is told only where it is certain: one source sentence says nearly all of the sentence, in the same
neighbourhood, and differs in just that. A sentence in other words that seems to say the reverse stays a question
(undecided) and is never called wrong: true paraphrases drop and add a "not" all the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from backread.check.scope import Stretch
from backread.check.support.leads import OPPOSITES, governed
from backread.text import names, quotations
from backread.text.alignment import stem, tokens
from backread.text.sentences import split
from backread.values.capture import Passage
from backread.values.finding import Mark
from backread.values.story import Sentence

_TWIN = 0.85
"""The share of a sentence's other words that one source sentence must hold to contradict it."""

_LONGER = 2.0
"""How many times the sentence's words that source sentence may have: a long one says "not" of something else."""

_NOT = re.compile(r"(?i)(?<!\bor )(?<!-)\b(?:not(?!-)|never|no|neither|nor|without|cannot|none)\b|n['’]t\b")
_MAY = re.compile(
    r"(?<!\band )(?<!\bor )\b(?:may|[Mm]ight|[Cc]ould|[Aa]llegedly|[Rr]eportedly|[Pp]ossibly|[Pp]erhaps)\b"
)
_NEGATIVE = re.compile(
    r"(?i)\b(?:free|clear\w*|ban\w*|bar\w*|fail\w*|unable|den(?:y|ied|ies)|refus\w*|reject\w*|stop\w*|lack\w*|avoid\w*|prevent\w*|despite"
    r"|rather|instead|only|but|yet|until|unless|un\w{4,}|in(?:nocent|correct|valid)\w*|hardly|barely|few|little|halt\w*|rule[sd]? out)\b"
)
"""Words that say "not" in another way, or bound it: beside one, a "not" less or more proves nothing."""
_LEADS = frozenset(
    t.key
    for word in ["not", "never", "cannot", "may", "might", "could", "will", "would"]
    for t in tokens(word)
)
"""Words that lead others: whether they are there is what is looked at."""


@dataclass(frozen=True, slots=True)
class _Twin:
    """A sentence of a passage that says nearly the same, with its words in order."""

    passage: Passage
    words: tuple[str, ...]

    def beside(self, key: str) -> frozenset[str]:
        """The words right before and after each `key`."""
        at = [n for n, word in enumerate(self.words) if word == key]
        return frozenset(
            self.words[n + step] for n in at for step in (-1, 1) if 0 <= n + step < len(self.words)
        )


def contradictions(sentence: Sentence, stretches: tuple[Stretch, ...]) -> tuple[Mark, ...]:
    """A mark for each thing the passages say otherwise; empty when they say nothing against it."""
    bare = quotations.outside(sentence.text)
    told = _Told(sentence, bare, tuple(t.key for t in tokens(bare)))
    twins = tuple(_twins(told, stretches))
    return (*_negations(told, twins), *_hedges(told, twins), *_opposites(told, twins), *_swaps(told, twins))


@dataclass(frozen=True, slots=True)
class _Told:
    """The sentence, its words outside quotation marks, and their keys in order."""

    sentence: Sentence
    bare: str
    words: tuple[str, ...]

    def mark(self, start: int, end: int, message: str, twin: _Twin) -> Mark:
        """A mark on a stretch of the bare words."""
        first = self.sentence.start
        return Mark(start=first + start, end=first + end, message=message, evidence=(twin.passage,))

    def neighbours(self, key: str) -> frozenset[str]:
        """The words right before and after `key`."""
        return _Twin(
            Passage(capture=self.sentence.passages[0].capture, start=0, text="-"), self.words
        ).beside(key)


def _twins(told: _Told, stretches: tuple[Stretch, ...]) -> Iterator[_Twin]:
    """Source sentences that hold all but a small share of the sentence's words, one of them perhaps the reverse."""
    wanted = frozenset(told.words) - _LEADS
    for stretch in stretches:
        for start, end in split(stretch.text) if wanted else ():
            words = tuple(t.key for t in tokens(stretch.text[start:end]))
            held = sum(1 for w in wanted if w in words or any(stem(r) in words for r in OPPOSITES.get(w, ())))
            if held >= _TWIN * len(wanted) and len(words) <= _LONGER * len(told.words) + 3:
                yield _Twin(stretch.passage(start, end), words)


def _negations(told: _Told, twins: tuple[_Twin, ...]) -> Iterator[Mark]:
    """A "not" that stands on one side only, where neither side says it in another way."""
    here = _NOT.findall(told.bare)
    if len(here) > 1 or _NEGATIVE.search(told.bare):
        return
    for twin in twins:
        there = _NOT.findall(twin.passage.text)
        if len(here) + len(there) != 1 or _NEGATIVE.search(twin.passage.text):
            continue
        led = governed(twin.passage.text if there else told.bare, _NOT)
        for token in tokens(told.bare):
            if (
                token.key in led
                and token.key in twin.words
                and told.neighbours(token.key) & twin.beside(token.key)
            ):
                word, said = led[token.key], told.bare[token.start : token.end]
                message = (
                    f"“{word}” is gone: the source says it of “{said}”"
                    if there
                    else f"“{word}” is not in the source"
                )
                yield told.mark(token.start, token.end, message, twin)
                return


def _hedges(told: _Told, twins: tuple[_Twin, ...]) -> Iterator[Mark]:
    """A "may" that is gone."""
    if _MAY.search(told.bare):
        return
    for twin in twins:
        led = governed(twin.passage.text, _MAY)
        for token in tokens(told.bare):
            if token.key in led and told.neighbours(token.key) & twin.beside(token.key):
                said = told.bare[token.start : token.end]
                yield told.mark(
                    token.start,
                    token.end,
                    f"“{led[token.key]}” is gone: the source says it of “{said}”",
                    twin,
                )
                return


def _opposites(told: _Told, twins: tuple[_Twin, ...]) -> Iterator[Mark]:
    """A word that stands in no twin while its reverse stands in its place."""
    for token in tokens(told.bare):
        for reverse in OPPOSITES.get(token.key, frozenset()):
            key = stem(reverse)
            twin = next((t for t in twins if key in t.words and token.key not in t.words), None)
            if twin and key not in told.words and told.neighbours(token.key) & twin.beside(key):
                word = told.bare[token.start : token.end]
                yield told.mark(token.start, token.end, f"the source says “{reverse}”, not “{word}”", twin)


def _swaps(told: _Told, twins: tuple[_Twin, ...]) -> Iterator[Mark]:
    """Two names around the same words, the other way round in a source sentence that has all of them once."""
    found = names.find(told.bare)
    for one, two in combinations(found, 2):
        between = [
            t.key for t in tokens(told.bare[one.end : two.start]) if told.bare[one.end + t.start].islower()
        ]
        if not between or one.words == two.words or any(one.end < n.start < two.start for n in found):
            continue
        for twin in twins:
            if _reversed(twin, one.words, two.words, between):
                message = f"the source has “{two.words}” before “{one.words}”: who did what to whom?"
                yield told.mark(one.start, two.end, message, twin)
                return


def _reversed(twin: _Twin, one: str, two: str, between: list[str]) -> bool:
    """Whether the second name stands before the words between, and the first after them, with no passive in sight."""
    words = twin.passage.text
    if words.count(one) != 1 or words.count(two) != 1 or " by " in f" {words} ":
        return False
    second, first = words.index(two), words.index(one)
    return second < first and set(between) <= {t.key for t in tokens(words[second + len(two) : first])}
