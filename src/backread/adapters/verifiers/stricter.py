"""Several verifiers as one: the least friendly answer counts."""

from __future__ import annotations

from collections.abc import Sequence

from backread.ports import Verdict, Verifier


class Stricter:
    """Asks `first` and then each of `judges`; a claim is as probable as the one that believes it least.

    A judge is asked only about claims that somebody still believes (probability at least `least`), as it may cost money.
    """

    def __init__(self, first: Verifier, *judges: Verifier, least: float = 0.2) -> None:
        self._all, self._least = (first, *judges), least
        self.name = " and ".join(verifier.name for verifier in self._all)
        self.version = " and ".join(verifier.version for verifier in self._all)

    def __call__(self, claims: Sequence[str], evidence: Sequence[Sequence[str]]) -> Sequence[Verdict]:
        """The strictest verdict on each claim. Raises what a judge raises: one that cannot answer makes no friendlier answer."""
        told = list(self._all[0](claims, evidence))
        for judge in self._all[1:]:
            asked = [n for n, verdict in enumerate(told) if verdict.probability >= self._least]
            for n, verdict in zip(
                asked, judge([claims[n] for n in asked], [evidence[n] for n in asked]), strict=True
            ):
                told[n] = _least(told[n], verdict)
        return told


def _least(one: Verdict, other: Verdict) -> Verdict:
    return Verdict(
        probability=min(one.probability, other.probability),
        doubt=max(one.doubt, other.doubt),
        uncovered=one.uncovered
        if one.probability <= other.probability
        else (other.uncovered or one.uncovered),
    )
