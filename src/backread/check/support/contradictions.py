"""What a cited passage says against a sentence: a negation, a hedge or a direction that changed, names that swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from backread.check.scope import Stretch
from backread.text import quotations
from backread.text.alignment import keys, stem, tokens
from backread.text.sentences import split
from backread.values.capture import Passage
from backread.values.finding import Mark
from backread.values.story import Sentence

_NEAR = 0.5
"""The share of a sentence's words a passage must hold to speak on the same thing."""

_REACH = 3
"""How many words after a negation or hedge it still governs."""

_NEGATION = re.compile(r"(?i)\b(?:not|never|no|neither|nor|without|cannot|none)\b|n['’]t\b")
_HEDGE = re.compile(r"(?i)\b(?:may|might|could|allegedly|reportedly|possibly|perhaps)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*")

_OPPOSITE_WORDS = (
    "rose fell|increase decrease|increased decreased|open close|opened closed|approve reject|approved rejected|win lose|won lost|"
    "before after|for against|up down|above below|north south|east west|northern southern|eastern western|lift issue|lifted issued|"
    "more fewer|more less|first last|highest lowest|higher lower|support oppose|supported opposed|accept refuse|accepted refused|"
    "start end|began ended|guilty innocent|male female|buy sell|bought sold|hire fire|hired fired|public private|import export|"
    "arrive leave|add remove|added removed|raise cut|raised cut|raise lower|raised lowered|gain loss|majority minority|"
    "state county|state federal|county city|morning evening|victim suspect|plaintiff defendant|buyer seller|allow forbid|allowed banned"
)
OPPOSITES: dict[str, frozenset[str]] = {}
"""Words by their light stem, each with those that say the reverse."""
for _pair in _OPPOSITE_WORDS.split("|"):
    _one, _two = _pair.split()
    OPPOSITES[stem(_one)] = OPPOSITES.get(stem(_one), frozenset()) | {_two}
    OPPOSITES[stem(_two)] = OPPOSITES.get(stem(_two), frozenset()) | {_one}


@dataclass(frozen=True, slots=True)
class _Near:
    """A sentence of a passage that speaks on the same thing."""

    passage: Passage
    words: frozenset[str]


def contradictions(sentence: Sentence, stretches: tuple[Stretch, ...]) -> tuple[Mark, ...]:
    """A mark for each thing the passages say otherwise; empty when they say nothing against it."""
    bare = quotations.outside(sentence.text)
    near = tuple(_near(bare, stretches))
    if not near:
        return ()
    marks = [*_led(sentence, bare, near, _NEGATION, "not"), *_led(sentence, bare, near, _HEDGE, "may")]
    return (*marks, *_opposites(sentence, bare, near), *_swaps(sentence, bare, near))


def _near(bare: str, stretches: tuple[Stretch, ...]) -> Iterator[_Near]:
    wanted = keys(bare)
    for stretch in stretches:
        for start, end in split(stretch.text):
            words = keys(stretch.text[start:end])
            if wanted and len(wanted & words) / len(wanted) >= _NEAR:
                yield _Near(stretch.passage(start, end), words)


def _governed(words: str, lead: re.Pattern[str]) -> dict[str, str]:
    """The words that a negation or hedge governs, with the one that does."""
    found: dict[str, str] = {}
    for match in lead.finditer(words):
        followers = list(_WORD.finditer(words, match.end()))[:_REACH]
        for follower in followers:
            for token in tokens(follower.group()):
                found.setdefault(token.key, match.group())
    return found


def _led(
    sentence: Sentence, bare: str, near: tuple[_Near, ...], lead: re.Pattern[str], name: str
) -> Iterator[Mark]:
    """A negation or hedge that stands on one side only, before a word that stands on both."""
    here = _governed(bare, lead)
    free = [_governed(one.passage.text, lead) for one in near]
    for token in tokens(bare):
        holders = [(one, led) for one, led in zip(near, free, strict=True) if token.key in one.words]
        if not holders:
            continue
        lost = token.key not in here and all(token.key in led for _, led in holders)
        added = token.key in here and not any(token.key in led for _, led in holders) and name == "not"
        if lost or added:
            word = here.get(token.key) or holders[0][1][token.key]
            message = (
                f"“{word}” is gone: the source says it of “{bare[token.start : token.end]}”"
                if lost
                else f"“{word}” is not in the source"
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
                    message=f"the source says “{reverse}”, not “{word}”",
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
