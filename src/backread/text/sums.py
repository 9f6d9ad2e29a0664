"""Totals, differences, shares and products done again from other figures, with the sum shown.

A reporter may add, subtract and divide; what comes out is held to be proven where the evidence has the parts, and shown
for an editor to judge. A figure that the sentence tells itself binds a sum to it: 230 less 212 is the 18 of "rises by
$18, to $230", while among many figures some two give any third.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, permutations

from backread.text.agreement import in_base, share_of
from backread.text.figures import Figure, stems
from backread.text.measures import base_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A derived figure done again: `shown` is the arithmetic in words, `parts` the figures it was computed from."""

    claim: Figure
    parts: tuple[Figure, ...]
    shown: str


_PARTS_MOST, _TERMS_MOST = 12, 6
"""Figures that are tried at most, and terms of one sum: more would take long, and prove nothing."""


def is_told(figure: Figure, told: Sequence[Figure]) -> bool:
    """Whether a figure is one of those a sentence tells, by value and kind of unit."""
    mine = in_base(figure)
    return any(other.value == mine.value for other in map(in_base, told) if _is_kind(other, mine))


def _is_kind(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit or not one.unit or not other.unit


def total(claim: Figure, evidence: Sequence[Figure]) -> Sum | None:
    """Two to six figures that count the same and add up to `claim`; the most of them first."""
    alike = [f for f in _alike(claim, evidence) if _same_thing(claim, f)][:_PARTS_MOST]
    for size in range(min(_TERMS_MOST, len(alike)), 1, -1):
        for parts in combinations(alike, size):
            if sum(_in(claim, f) for f in parts) == claim.value:
                return _shown(claim, parts, " + ".join(f.words for f in parts) + f" = {claim.words}")
    return None


def difference(claim: Figure, evidence: Sequence[Figure]) -> Sum | None:
    """Two figures that count the same, `claim` apart."""
    alike = [f for f in _alike(claim, evidence) if _same_thing(claim, f)][:_PARTS_MOST]
    return next(_differences(claim, alike), None)


def bound(claim: Figure, evidence: Sequence[Figure], told: Sequence[Figure], *, adds: bool) -> Sum | None:
    """A difference, or with `adds` a sum of two, of figures of which the sentence tells one."""
    alike = [f for f in _alike(claim, evidence) if _in(claim, f) != claim.value]
    for one in [f for f in alike if is_told(f, told)][:_PARTS_MOST]:
        for other in (f for f in alike[: 4 * _PARTS_MOST] if f is not one):
            # A bare number beside it is of its unit: "6.42 dollars, up from 6.18".
            mine, theirs = _in(claim, one), _in(claim, other if other.unit else replace(other, unit=one.unit))
            if adds and mine + theirs == claim.value:
                return _shown(claim, (one, other), f"{one.words} + {other.words} = {claim.words}")
            if not adds and mine != theirs and fits(claim, abs(mine - theirs)):
                more, less = (one, other) if mine > theirs else (other, one)
                return _shown(claim, (more, less), f"{more.words} − {less.words} = {claim.words}")
    return None


def _differences(claim: Figure, alike: Sequence[Figure]) -> Iterator[Sum]:
    for more, less in permutations(alike, 2):
        apart = _in(claim, more) - _in(claim, less)
        if apart > 0 and fits(claim, apart):
            yield _shown(claim, (more, less), f"{more.words} − {less.words} = {claim.words}")


def _alike(claim: Figure, evidence: Sequence[Figure]) -> list[Figure]:
    """The plain figures of the claim's unit; a table's bare cell may be of any."""
    unit = base_of(claim.unit)[0]
    if unit in ("percent", "part", "ordinal"):
        return []
    bare = [f for f in evidence if f.other is None and not f.hedge]
    if unit == "point":
        # From 85 to 81 percent is four percentage points.
        return [f for f in bare if f.unit == "percent"]
    return [f for f in bare if base_of(f.unit)[0] == unit or not (f.unit or f.counts)]


def share(
    claim: Figure, evidence: Sequence[Figure], told: Sequence[Figure] = (), *, of_rest: bool = False
) -> Sum | None:
    """Two figures of which one is the share of the other that `claim` says; with `of_rest`, what is left of the other.

    Among many figures some two give any percentage: they must count the same, or one of them be told in the sentence,
    or there be no others.
    """
    if claim.unit not in ("percent", "part"):
        return None
    plain = [
        f
        for f in evidence
        if f.unit not in ("percent", "part", "ordinal") and f.other is None and f.value > 1
    ]
    for part, whole in _shares(plain, told):
        ratio = in_base(part).value / in_base(whole).value
        if _is_share(claim, 1 - ratio if of_rest else ratio):
            words = f"{part.words} of {whole.words}"
            return _shown(
                claim,
                (part, whole),
                f"all but {words} is {claim.words}" if of_rest else f"{words} is {claim.words}",
            )
    return None


def _shares(plain: Sequence[Figure], told: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    bound_to = [f for f in plain if is_told(f, told)]
    few = list({id(f): f for f in (*bound_to, *plain)}.values())[: 2 * _PARTS_MOST]
    both = ((a, b) for a, b in permutations(few, 2) if in_base(a).value < in_base(b).value and _is_kind(a, b))
    for part, whole in both:
        alike = part.unit == whole.unit and bool(stems(part.counts) & stems(whole.counts))
        if len(plain) == 2 or alike or part in bound_to or whole in bound_to:
            yield part, whole


def _is_share(claim: Figure, ratio: Decimal) -> bool:
    wanted = share_of(claim)
    if claim.hedge in ("at least", "more than"):
        return wanted < ratio <= wanted * Decimal("1.25") or (claim.hedge == "at least" and ratio == wanted)
    if claim.hedge in ("at most", "less than", "nearly"):
        return wanted * Decimal("0.9") <= ratio < wanted or (claim.hedge == "at most" and ratio == wanted)
    near = min(claim.step, Decimal(1)) / 200 if claim.unit == "percent" else wanted * Decimal("0.02")
    return abs(ratio - wanted) <= max(near, wanted * Decimal("0.05") if claim.hedge else Decimal(0))


def product(
    claim: Figure, evidence: Sequence[Figure], told: Sequence[Figure], *, grown: bool = False
) -> Sum | None:
    """A percentage of the evidence taken of a figure that the sentence tells; with `grown`, that figure and its share."""
    rates = [f for f in evidence if f.unit == "percent" and f.other is None][:_PARTS_MOST]
    for of in (f for f in told if base_of(f.unit)[0] == base_of(claim.unit)[0] and f is not claim):
        for rate in rates:
            part = _in(claim, of) * rate.value / 100
            if claim.value == part + (_in(claim, of) if grown else 0):
                words = f"{rate.words} of {of.words}"
                return _shown(
                    claim,
                    (rate,),
                    f"{of.words} and {words} is {claim.words}" if grown else f"{words} is {claim.words}",
                )
    return None


def fits(claim: Figure, value: Decimal) -> bool:
    """Whether a worked-out value may be told so: rounded as the claim's digits show, or as its hedge allows."""
    if claim.hedge in ("at least", "more than"):
        return claim.value < value <= claim.value * Decimal("1.25") or (
            claim.hedge == "at least" and value == claim.value
        )
    if claim.hedge in ("at most", "less than", "nearly"):
        return claim.value * Decimal("0.9") <= value < claim.value or (
            claim.hedge == "at most" and value == claim.value
        )
    slack = claim.value * Decimal("0.05") if claim.hedge == "about" else Decimal(0)
    is_rounded = claim.step < 1 or (claim.step >= 1000 and claim.value >= 10**6)
    return abs(value - claim.value) <= max(claim.step / 2 if is_rounded else Decimal(0), slack)


def _in(claim: Figure, figure: Figure) -> Decimal:
    """The figure's worth in the claim's unit; a bare one is taken to be in it."""
    return figure.value * base_of(figure.unit)[1] / base_of(claim.unit)[1] if figure.unit else figure.value


def _shown(claim: Figure, parts: Sequence[Figure], shown: str) -> Sum:
    return Sum(claim=claim, parts=tuple(parts), shown=shown)


def _same_thing(claim: Figure, evidence: Figure) -> bool:
    if claim.unit and claim.unit != "ordinal":
        return True
    return bool(stems(claim.counts) & stems(evidence.counts)) or not (evidence.unit or evidence.counts)
