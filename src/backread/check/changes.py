"""By how much a thing changed that the source tells from its one end to the other: "fell from 312 to 261" is 51 fewer.

The two ends belong together in the source's own words, so no other two figures can give the claim; the sentence must tell
the change in the same direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from backread.check.counted import Evidence, Seen
from backread.text.derive import FELL, GREW
from backread.text.figures import Figure
from backread.text.measures import base_of
from backread.text.sums import fits, is_told


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A thing's figure before and after."""

    old: Seen
    new: Seen

    @property
    def shown(self) -> str:
        """The arithmetic in words."""
        return f"from {self.old.said} to {self.new.said}"


_FROM = re.compile(r"(?i)\bfrom\s(?:about\s|some\s)?\Z")
_TO = re.compile(r"(?i)\s(?:[a-z]+\s){0,3}to\s(?:about\s|some\s)?\Z")
_AGAINST = re.compile(
    r"(?i)[^.;:\n]{0,30}?,?\s\(?(?:compared (?:with|to)|against|(?:up|down) from|versus|instead of|rather than)\s(?:about\s|some\s)?\Z"
)
_THIS_TO = re.compile(
    r"(?i)\b(?:reduc|cut|rais|increas|lower|extend|shorten|bring)\w*\s(?:this|that|it|these|them)\s(?:down\s|back\s)?to\s\Z"
)
_SMALL = 20
"""Below this a change counts only where the sentence tells one of its ends."""


def changed(claim: Figure, evidence: Evidence, told: list[Figure]) -> Iterator[Change]:
    """The changes in the evidence that come to what the sentence tells, the nearest first."""
    words = evidence.sentence.text
    grew, fell = GREW.search(words) is not None, FELL.search(words) is not None
    for seen, least in ((evidence.near, 0), (evidence.far, 1)):
        for change in _changes(seen):
            is_of_it = not least or evidence.is_kin(change.new)
            if is_of_it and (grew if _grows(change) else fell) and _comes_to(claim, change, told):
                yield change


_BY_HOW_MUCH = re.compile(
    r"\s(?:(?P<points>(?:percentage )?points?)(?:\s|\b)|(?:more|less|fewer|higher|lower|longer|shorter|further|above|below)\b(?! of))"
)


def measured_as_before(claim: Figure, told: list[Figure], words: str) -> Figure:
    """ "15 tons, 5 less than before": a bare difference is in the unit of the figure before it; "10 points" of percent too."""
    if claim.unit or claim.other is not None or not (how := _BY_HOW_MUCH.match(words, claim.end)):
        return claim
    last = max((f for f in told if f.end <= claim.start), key=lambda f: f.end, default=None)
    if last is None or "ordinal" in last.unit or last.unit == "part":
        return claim
    if how["points"] or last.unit == "percent":
        return replace(claim, unit="point") if last.unit == "percent" and how["points"] else claim
    return replace(claim, unit=last.unit)


def _changes(seen: tuple[Seen, ...]) -> Iterator[Change]:
    for one, two in pairwise(seen):
        if one.stretch is not two.stretch or not _comparable(one.figure, two.figure):
            continue
        text = one.stretch.text
        before, between = (
            text[max(0, one.figure.start - 12) : one.figure.start],
            text[one.figure.end : two.figure.start],
        )
        if _FROM.search(before) and _TO.fullmatch(between):
            yield Change(old=one, new=two)
        elif _AGAINST.fullmatch(between):
            yield Change(old=two, new=one)
        elif len(between) < 120 and _THIS_TO.search(between):
            yield Change(old=one, new=two)


def _comparable(one: Figure, two: Figure) -> bool:
    if one.other is not None or two.other is not None or "ordinal" in (one.unit, two.unit):
        return False
    return base_of(one.unit)[0] == base_of(two.unit)[0] or not one.unit or not two.unit


def _grows(change: Change) -> bool:
    old, new = _worths(change)
    return new > old


def _worths(change: Change) -> tuple[Decimal, Decimal]:
    """Both ends in the smallest unit of their kind; a bare one is in the other's."""
    old, new = change.old.figure, change.new.figure
    unit = old.unit or new.unit
    return old.value * base_of(old.unit or unit)[1], new.value * base_of(new.unit or unit)[1]


def _comes_to(claim: Figure, change: Change, told: list[Figure]) -> bool:
    unit = change.old.figure.unit or change.new.figure.unit
    wanted = "point" if unit == "percent" else unit
    if claim.other is not None or base_of(claim.unit)[0] != base_of(wanted)[0]:
        return False
    ends = (change.old.figure, change.new.figure)
    bound = any(is_told(end, told) for end in ends)
    if any(end.hedge for end in ends) and not (claim.hedge == "about" or bound):
        return False
    if claim.value < _SMALL and not (claim.unit or bound):
        return False
    old, new = _worths(change)
    apart = abs(new - old) / base_of(claim.unit)[1]
    return apart > 0 and fits(claim, apart)
