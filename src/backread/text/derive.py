"""Figures that a reporter works out: how long, how many times as much, by what share more, the two sides of a score.

A sentence must speak of such a thing ("seven minutes later", "up 41%", "nearly double"), and two figures or times of the
evidence must give it. What is found is shown as arithmetic, for an editor to judge: that two figures give a third does
not prove that they belong together.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, permutations

from backread.text.dates import Mention
from backread.text.figures import Figure, stems
from backread.text.lengths import LENGTHS, Derived, age, between
from backread.text.sums import fits

MOST = 40
"""Figures or times that are paired at most."""


_LASTED = re.compile(
    r"(?i)\b(?:later|earlier|after|before|for|over|took|lasted|in|within|since|from|between|apart|ahead)\b"
)
GREW = re.compile(
    r"(?i)\b(?:increase[ds]?|rise|rises|rose|risen|up|grew|grow\w*|more|higher|climb\w*|jump\w*|gain\w*|raise[ds]?|above|over|longer|adds?|added)\b"
)
FELL = re.compile(
    r"(?i)\b(?:drop\w*|fell|fall|fallen|down|decline[ds]?|decrease[ds]?|less|lower|fewer|cut|shrank|shrink\w*|below|los(?:e|es|ing)|lost|shorter)\b"
)
"""Words that tell a growth, and a fall."""
_TIMES = re.compile(r"(?i)\b(?:times|double[ds]?|doubling|twice|triple[ds]?|tripling|quadruple[ds]?|fold)\b")


def derived(
    claim: Figure,
    sentence: str,
    figures: Sequence[Figure],
    times: Sequence[Mention],
    on: dt.date,
    told: Sequence[Figure] = (),
) -> Derived | None:
    """How the evidence gives `claim`, where `sentence` speaks of such a thing; None where it does not.

    `told` are the other figures of the sentence; `on` is the day it is told.
    """
    plain = [f for f in figures if f.other is None and not f.hedge and f.unit not in ("ordinal", "part")][
        :MOST
    ]
    if claim.other is not None:
        return _sides(claim, sentence, plain)
    if (claim.counts.startswith("old") or AGED.search(sentence[: claim.start])) and not claim.unit:
        return age(claim, times[:MOST], on)
    if claim.unit in LENGTHS and _LASTED.search(sentence):
        return between(claim, times[:MOST], on)
    if not claim.unit and (further := _OTHERS.match(sentence, claim.end)):
        return _before_it(claim, figures, further)
    if claim.unit in ("percent", "part"):
        return _change(claim, plain, grew=bool(GREW.search(sentence)), fell=bool(FELL.search(sentence)))
    if not claim.unit and _TIMES.search(sentence[claim.end : claim.end + 12]):
        return _ratio(claim, plain)
    return _average(claim, sentence, told)


AGED = re.compile(r"(?i)\b(?:age(?:d| of)?|turn(?:s|ed|ing)?)\s\Z")
"""Before an age: "at the age of 78"."""
_OTHERS = re.compile(r"\s(?:other|earlier|previous)\b")


def _before_it(claim: Figure, figures: Sequence[Figure], further: re.Match[str]) -> Derived | None:
    """ "Eight other walls" before "her ninth wall"."""
    for figure in figures:
        if (
            figure.unit == "ordinal"
            and figure.value == claim.value + 1
            and stems(figure.counts) & stems(claim.counts)
        ):
            return Derived(
                shown=f"{figure.words} is one more than {claim.words}{further.group()}", parts=(figure,)
            )
    return None


_LOST = re.compile(r"(?i)\b(?:los[et]s?|losing|fail\w*|reject\w*|defeat\w*|against|beaten|fell short)\b")


def _sides(claim: Figure, sentence: str, plain: Sequence[Figure]) -> Derived | None:
    """A vote or a score whose two sides stand in the same evidence apart; a lost one may be told the other way round."""
    wanted = [(claim.value, claim.other)]
    if _LOST.search(sentence):
        wanted.append((claim.other or claim.value, claim.value))
    for one, other in pairwise(plain):
        if (one.value, other.value) in wanted:
            return Derived(shown=f"{one.words} and {other.words}", parts=(one, other))
    return None


def _change(claim: Figure, plain: Sequence[Figure], *, grew: bool, fell: bool) -> Derived | None:
    """A growth or a fall, each only in the direction that the sentence tells; also of a new number by what was added."""
    wanted = (
        replace(claim, value=claim.value * 100, step=claim.step * 100, unit="percent")
        if claim.unit == "part"
        else claim
    )
    for new, old in _alike(plain):
        if (grew if new.value > old.value else fell) and _is_near(
            wanted, abs(new.value - old.value) / old.value * 100
        ):
            share = abs(new.value - old.value) / old.value * 100
            return Derived(shown=f"from {old.words} to {new.words} is {share:.1f} percent", parts=(old, new))
    for new, added in _alike(plain) if grew else ():
        if new.value > added.value and _is_near(wanted, added.value / (new.value - added.value) * 100):
            return Derived(shown=f"{added.words} more, to {new.words}, is {claim.words}", parts=(added, new))
    return None


def _ratio(claim: Figure, plain: Sequence[Figure]) -> Derived | None:
    for more, less in _alike(plain):
        times = more.value / less.value
        if times > 1 and _is_near(claim, times):
            return Derived(shown=f"{more.words} is {times:.1f} times {less.words}", parts=(more, less))
    return None


_AVERAGE = re.compile(r"(?i)\b(?:averag\w*|mean|apiece|each|per)\b")


def _is_apiece(claim: Figure, sentence: str) -> bool:
    """ "$52, or $5.20 a trip"."""
    before, after = sentence[: claim.start], sentence[claim.end :]
    return bool(
        re.search(r"(?:\bor|\bthat is|,)\s\Z", before) and re.match(r"\s(?:an?|per|each)\s[a-z]", after)
    )


def _average(claim: Figure, sentence: str, told: Sequence[Figure]) -> Derived | None:
    """So many apiece: of two figures that the sentence tells itself, one over the other."""
    if not (_AVERAGE.search(sentence) or _is_apiece(claim, sentence)):
        return None
    for more, less in permutations(told, 2):
        if less.value > 1 and more.value > less.value and _is_near(claim, more.value / less.value):
            return Derived(
                shown=f"{more.words} over {less.words} is {more.value / less.value:.1f}", parts=(more, less)
            )
    return None


def _alike(plain: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of one unit that count the same, or count nothing told."""
    for one, other in permutations(plain, 2):
        same = stems(one.counts) & stems(other.counts) or not one.counts or not other.counts
        if (
            one.unit == other.unit
            and one.unit != "percent"
            and other.value > 0
            and one.value != other.value
            and same
        ):
            yield one, other


def _is_near(claim: Figure, value: Decimal) -> bool:
    """Whether a length, a growth or a ratio may be told so: rounded to its last digit, at most to ones."""
    if claim.hedge in ("", "about"):
        slack = claim.value * Decimal("0.05") if claim.hedge else Decimal(0)
        return abs(value - claim.value) <= max(min(claim.step, Decimal(1)) / 2, slack)
    return fits(claim, value)
