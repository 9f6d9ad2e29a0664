"""Figures that a reporter works out: how long, how many times as much, by what share more, the two sides of a score.

A sentence must speak of such a thing ("seven minutes later", "up 41%", "nearly double"), and two figures or times of the
evidence must give it. What is found is shown as arithmetic, for an editor to judge: that two figures give a third does
not prove that they belong together.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, permutations

from backread.text.dates import Mention, MentionKind
from backread.text.figures import Figure, stems

MOST = 40
"""Figures or times that are paired at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """How a figure was worked out: `shown` is the arithmetic, `spans` where its parts stand in the evidence's text."""

    shown: str
    spans: tuple[tuple[int, int], ...]


_LASTED = re.compile(
    r"(?i)\b(?:later|earlier|after|before|for|over|took|lasted|in|within|since|from|between|apart|ahead)\b"
)
_GREW = re.compile(
    r"(?i)\b(?:increase[ds]?|rise|rises|rose|risen|up|grew|grow\w*|more|higher|climb\w*|jump\w*|gain\w*|raise[ds]?|above|over)\b"
)
_FELL = re.compile(
    r"(?i)\b(?:drop\w*|fell|fall|fallen|down|decline[ds]?|decrease[ds]?|less|lower|fewer|cut|shrank|below)\b"
)
_TIMES = re.compile(r"(?i)\b(?:times|double[ds]?|doubling|twice|triple[ds]?|tripling|quadruple[ds]?|fold)\b")


def derived(claim: Figure, sentence: str, figures: Sequence[Figure], times: Sequence[Mention], on: dt.date) -> Derived | None:  # fmt: skip
    """How the evidence gives `claim`, where `sentence` speaks of such a thing; None where it does not."""
    plain = [f for f in figures if f.other is None and not f.hedge and f.unit not in ("ordinal", "part")][
        :MOST
    ]
    if claim.other is not None:
        return _sides(claim, plain)
    if claim.unit in _LENGTHS and _LASTED.search(sentence):
        return _between(claim, times[:MOST], on)
    if claim.unit == "percent":
        return _change(claim, plain, grew=bool(_GREW.search(sentence)), fell=bool(_FELL.search(sentence)))
    if not claim.unit and _TIMES.search(sentence[claim.end : claim.end + 12]):
        return _ratio(claim, plain)
    return None


def _sides(claim: Figure, plain: Sequence[Figure]) -> Derived | None:
    """A vote or a score whose two sides stand in the same evidence apart."""
    for one in plain:
        for other in plain:
            if one is not other and (one.value, other.value) == (claim.value, claim.other):
                return Derived(shown=f"{one.words} and {other.words}", spans=_spans(one, other))
    return None


def _change(claim: Figure, plain: Sequence[Figure], *, grew: bool, fell: bool) -> Derived | None:
    """A growth or a fall, each only in the direction that the sentence tells."""
    for new, old in _alike(plain):
        if not (grew if new.value > old.value else fell):
            continue
        share = abs(new.value - old.value) / old.value * 100
        if _fits(claim, share):
            return Derived(
                shown=f"from {old.words} to {new.words} is {share:.1f} percent", spans=_spans(old, new)
            )
    return None


def _ratio(claim: Figure, plain: Sequence[Figure]) -> Derived | None:
    for more, less in _alike(plain):
        times = more.value / less.value
        if times > 1 and _fits(claim, times):
            return Derived(shown=f"{more.words} is {times:.1f} times {less.words}", spans=_spans(more, less))
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


def _spans(*found: Figure | Mention) -> tuple[tuple[int, int], ...]:
    return tuple((f.start, f.end) for f in found)


def _fits(claim: Figure, value: Decimal) -> bool:
    """Whether a worked-out value may be told so: rounded as the claim's digits show, or as its hedge allows."""
    if claim.hedge in ("at least", "more than"):
        return claim.value < value <= claim.value * Decimal("1.25") or (claim.hedge == "at least" and value == claim.value)  # fmt: skip
    if claim.hedge in ("at most", "less than", "nearly"):
        return claim.value * Decimal("0.9") <= value < claim.value or (claim.hedge == "at most" and value == claim.value)  # fmt: skip
    slack = claim.value * Decimal("0.05") if claim.hedge == "about" else Decimal(0)
    return abs(value - claim.value) <= max(claim.step / 2, slack)


_LENGTHS = {
    "minute": Decimal(1), "hour": Decimal(60), "day": Decimal(1440), "week": Decimal(10080), "month": Decimal(43830),
    "year": Decimal(525960),
}  # fmt: skip
"""Minutes in each."""


def _between(claim: Figure, times: Sequence[Mention], on: dt.date) -> Derived | None:
    """A length of time between two days, two years or two times of the evidence."""
    for one, other in combinations(times, 2):
        for minutes in _apart(one, other, on):
            if minutes and _fits(claim, Decimal(minutes) / _LENGTHS[claim.unit]):
                return Derived(shown=f"from {one.words} to {other.words}", spans=_spans(one, other))
    return None


def _apart(one: Mention, other: Mention, on: dt.date) -> Iterator[int]:
    """The minutes that may lie between two mentions of one kind."""
    if one.time and other.time:
        minutes = abs((one.time.hour - other.time.hour) * 60 + one.time.minute - other.time.minute)
        yield from (minutes, 1440 - minutes)
    elif one.kind is other.kind is MentionKind.YEAR and one.year and other.year:
        yield abs(one.year - other.year) * 525960
    elif (first := _day(one, on)) and (last := _day(other, on)):
        yield abs((first - last).days) * 1440
    elif one.month and other.month and one.year and other.year:
        yield abs((one.year - other.year) * 12 + one.month - other.month) * 43830


def _day(mention: Mention, on: dt.date) -> dt.date | None:
    """The day of a whole date, one without a year in that of `on`; None for anything else."""
    if not mention.month or not mention.day:
        return None
    try:
        return dt.date(mention.year or on.year, mention.month, mention.day)
    except ValueError:
        return None
