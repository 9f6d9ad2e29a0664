"""Totals, differences and percentages done again from other figures, with the sum shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from backread.text.agreement import share_of
from backread.text.figures import Figure, stems


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A derived figure done again: `shown` is the arithmetic in words, `parts` the figures it was computed from."""

    claim: Figure
    parts: tuple[Figure, ...]
    shown: str


_PARTS_MOST, _TERMS_MOST = 12, 6


def sums(claims: Sequence[Figure], evidence: Sequence[Figure]) -> tuple[Sum, ...]:
    """Each claim that a total, a difference or a percentage of the evidence's figures gives, with the sum shown.

    Only figures of the same unit that count the same thing are added; at most twelve of them are tried.
    """
    return tuple(found for claim in claims if (found := _derived(claim, evidence)))


def _derived(claim: Figure, evidence: Sequence[Figure]) -> Sum | None:
    alike = [
        f
        for f in evidence
        if f.unit == claim.unit and not f.hedge and f.other is None and _same_thing(claim, f)
    ]
    alike = alike[:_PARTS_MOST] if claim.unit not in ("percent", "part", "ordinal") else []
    for size in range(min(_TERMS_MOST, len(alike)), 1, -1):
        for parts in combinations(alike, size):
            if sum(f.value for f in parts) == claim.value:
                return Sum(
                    claim=claim, parts=parts, shown=f"{' + '.join(f.words for f in parts)} = {claim.words}"
                )
    for more, less in ((a, b) for a in alike for b in alike if a.value > b.value):
        if more.value - less.value == claim.value:
            return Sum(claim=claim, parts=(more, less), shown=f"{more.words} − {less.words} = {claim.words}")
    return _percentage(claim, evidence)


def _percentage(claim: Figure, evidence: Sequence[Figure]) -> Sum | None:
    if claim.unit not in ("percent", "part"):
        return None
    plain = [f for f in evidence if f.unit in ("", "$") and not f.hedge and f.other is None and f.value > 1]
    near = claim.step / 200 if claim.unit == "percent" else share_of(claim) * Decimal("0.05")
    for part, whole in (
        (a, b) for a in plain[:_PARTS_MOST] for b in plain[:_PARTS_MOST] if a.value < b.value
    ):
        # Among many figures some two give any percentage: they must count the same, or be the only two.
        alike = part.unit == whole.unit and (
            len(plain) == 2 or bool(stems(part.counts) & stems(whole.counts))
        )
        if alike and abs(part.value / whole.value - share_of(claim)) <= max(near, _slack(claim)):
            return Sum(
                claim=claim, parts=(part, whole), shown=f"{part.words} of {whole.words} is {claim.words}"
            )
    return None


def _slack(claim: Figure) -> Decimal:
    return share_of(claim) * Decimal("0.05") if claim.hedge else Decimal(0)


def _same_thing(claim: Figure, evidence: Figure) -> bool:
    if claim.unit and claim.unit != "ordinal":
        return True
    return bool(stems(claim.counts) & stems(evidence.counts))
