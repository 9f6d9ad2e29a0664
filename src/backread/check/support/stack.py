"""How probable it is that the evidence carries a sentence: its features weighed, and where we dare to say so.

A logistic weighing, learned by `training/stack.py` on documents that the verifier never saw. Boosted trees
over fifteen features were tried and were no better. Its band is wide on purpose: between
`refuted_below` and `proven_from` nothing is said.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from backread.check.support.features import NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """What each feature weighs, in the order of `features.NAMES`, the weight they start from, and where an answer begins."""

    start: float
    weights: tuple[float, ...]
    proven_from: float
    refuted_below: float

    def probability(self, features: Sequence[float]) -> float:
        """How probable it is (0 to 1) that the sentence follows."""
        total = self.start + sum(w * f for w, f in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def read(told: Mapping[str, object]) -> Stack:
    """The stack from its JSON. Raises KeyError for one that was learned on other features."""
    weights: Mapping[str, float] = told["weights"]  # type: ignore[assignment]
    return Stack(
        start=told["start"],  # type: ignore[arg-type]
        weights=tuple(weights[name] for name in NAMES),
        proven_from=told["proven_from"],  # type: ignore[arg-type]
        refuted_below=told["refuted_below"],  # type: ignore[arg-type]
    )


@cache
def stack() -> Stack:
    """The stack that comes with Backread."""
    return read(json.loads(files(__package__).joinpath("stack.json").read_text(encoding="utf-8")))
