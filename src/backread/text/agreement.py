"""Whether one figure says what another says: the same value, its hedge kept, or fairly rounded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from backread.text.figures import Figure, stems
from backread.text.measures import base_of
from backread.values.finding import Basis, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Whether one figure says what another says, how that was proven, and why not in words an editor understands."""

    outcome: Outcome
    basis: Basis = Basis.NONE
    reason: str = ""


_YES = Agreement(outcome=Outcome.SUPPORTED, basis=Basis.VERBATIM)
_COMPUTED = Agreement(outcome=Outcome.SUPPORTED, basis=Basis.COMPUTED)
_APART = Agreement(outcome=Outcome.NOTHING_TO_CHECK)
_LOWER, _UPPER, _NEAR = ("at least", "more than"), ("at most", "less than"), ("about", "nearly")


def agrees(claim: Figure, evidence: Figure) -> Agreement:
    """Whether `claim` may stand on `evidence`: supported, refuted when the hedge says something else, undecided when the
    hedge cannot be told, nothing to check when the two speak of different values or units."""
    mine, theirs = _alike(claim, evidence)
    if not _comparable(mine, theirs):
        return _APART
    if (share_of(mine), mine.other) == (share_of(theirs), theirs.other):
        told = _hedges(claim, evidence)
        # A bare number of a table or a list may be of something else: it hedges nothing.
        return _APART if told.outcome is not Outcome.SUPPORTED and _is_barer(theirs, mine) else told
    return _COMPUTED if _rounds(mine, theirs) else _APART


def _alike(claim: Figure, evidence: Figure) -> tuple[Figure, Figure]:
    """Both in one unit where theirs are of a kind: "one week" and "7 days", "24 cents" and "$0.24"."""
    if claim.unit == evidence.unit or base_of(claim.unit)[0] != base_of(evidence.unit)[0]:
        return claim, evidence
    return in_base(claim), in_base(evidence)


def in_base(figure: Figure) -> Figure:
    """The figure in the smallest unit of its kind: two weeks are 1,209,600 seconds."""
    unit, times = base_of(figure.unit)
    return replace(figure, unit=unit, value=figure.value * times, step=figure.step * times)


def _is_barer(evidence: Figure, claim: Figure) -> bool:
    return not (evidence.unit or evidence.counts) and bool(claim.unit or claim.counts)


def _comparable(claim: Figure, evidence: Figure) -> bool:
    if (claim.other is None) != (evidence.other is None):
        return False
    if "ordinal" in (claim.unit, evidence.unit) and claim.unit != evidence.unit:
        # A list has "14' Orde" or "period: 3" for the 14th minute and the third period.
        return claim.unit == "ordinal" and not (evidence.unit or evidence.counts)
    if {claim.unit, evidence.unit} == {"part", "percent"}:
        return True
    if claim.unit == evidence.unit:
        return True
    # A table's bare cell carries its unit in the head of its column; a bare figure in copy may leave it out.
    bare = (evidence.unit or evidence.counts) == "" or (claim.unit or claim.counts) == ""
    same = bool(claim.counts) and not evidence.unit and stems(claim.counts) == stems(evidence.counts)
    return (bare and not (claim.unit == "" and _is_share(evidence.unit))) or same


def _is_share(unit: str) -> bool:
    return unit in ("percent", "point", "part", "$", "€", "£")


def _hedges(claim: Figure, evidence: Figure) -> Agreement:
    mine, theirs = claim.hedge, evidence.hedge
    if mine == theirs or (not theirs and mine in ("at least", "at most", "about")):
        return _YES
    if theirs and not mine:
        return Agreement(outcome=Outcome.REFUTED, reason=f"“{_said(evidence)}” is gone")
    if not theirs:
        return Agreement(
            outcome=Outcome.REFUTED,
            reason=f"the source says {evidence.words}, not “{_said(claim)} {claim.words}”",
        )
    if (theirs, mine) in (
        ("more than", "at least"),
        ("less than", "at most"),
        ("nearly", "about"),
        ("nearly", "less than"),
    ):
        return _YES
    if (theirs in _LOWER and mine in _UPPER) or (theirs in _UPPER and mine in _LOWER):
        return Agreement(
            outcome=Outcome.REFUTED,
            reason=f"the source says “{_said(evidence)}”, not “{_said(claim)}”",
        )
    return Agreement(
        outcome=Outcome.UNDECIDED,
        reason=f"the source says “{_said(evidence)}”, not “{_said(claim)}”",
    )


def _said(figure: Figure) -> str:
    """The hedge in its own words where it stands before the figure, else its class."""
    return figure.said.lower() or figure.hedge


def _rounds(claim: Figure, evidence: Figure) -> bool:
    """Whether `claim` is a fair rounding of an exact `evidence`: coarser, of the same unit, hedged the right way."""
    if not _may_round(claim, evidence):
        return False
    mine, theirs = share_of(claim), share_of(evidence)
    over = theirs / mine - 1
    if claim.hedge in _LOWER:
        most = Decimal(1) if claim.value.normalize().as_tuple().digits == (1,) else Decimal("0.25")
        return evidence.hedge in ("", *_LOWER) and Decimal(0) < over <= most
    if evidence.hedge:
        return False
    if claim.hedge in ("nearly", "less than"):
        return Decimal("-0.1") <= over < 0
    if claim.hedge == "about":
        return abs(over) <= Decimal("0.07")
    # "$4.2 million" for $4,187,300: rounded as its own digits show, when it is written with a scale.
    return claim.step >= 1000 and claim.value >= 10**6 and abs(theirs - mine) <= claim.step / 2


def _may_round(claim: Figure, evidence: Figure) -> bool:
    if claim.value <= 0 or evidence.value <= 0 or claim.other is not None or claim.unit == "ordinal":
        return False
    if claim.unit == "part":
        return evidence.unit in ("part", "percent")
    dozens = claim.words.lower().endswith("dozen")
    round_enough = (
        dozens
        or (claim.value >= 10 and claim.step > evidence.step)
        or (claim.step < 1 and claim.step > evidence.step)
        # "About four millimeters" for 4.1: of a measure, to the whole unit.
        or (evidence.step < 1 <= claim.step and bool(claim.unit))
    )
    return claim.unit == evidence.unit and round_enough


def share_of(figure: Figure) -> Decimal:
    """A figure's value, a percentage as the part of one that it is."""
    return figure.value / 100 if figure.unit == "percent" else figure.value
