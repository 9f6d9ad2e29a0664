"""What speaks for and against a sentence beside its evidence, as numbers: the verifier's two voices, and what can be counted.

Words in common were tried beside them and told nothing more: the verifier was taught on them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from backread.ports import Verdict
from backread.text import figures, names
from backread.text.alignment import keys, tokens

NAMES = ("carried", "doubt", "figures", "names")
"""What each number is, in order. Only the first speaks for a sentence, the others against it."""
_FAR = 8.0


def features(
    claim: str, block: Sequence[str], texts: Sequence[str], verdict: Verdict
) -> tuple[float, float, float, float]:
    """The numbers for a claim, the sentences of its evidence block, the whole texts, and what the verifier said."""
    return (
        _logit(verdict.probability),
        _logit(verdict.doubt),
        float(_figures(claim, " ".join(block))),
        float(_names(claim, frozenset[str]().union(*map(keys, texts)))),
    )


def _logit(chance: float) -> float:
    kept = min(max(chance, 1e-4), 1 - 1e-4)
    return max(-_FAR, min(_FAR, math.log(kept / (1 - kept))))


def _figures(claim: str, block: str) -> int:
    """Figures of the claim whose value the block has not."""
    there = {figure.value for figure in figures.find(block)}
    return sum(figure.value not in there for figure in figures.find(claim))


def _names(claim: str, anywhere: frozenset[str]) -> int:
    """Words of names in the claim that no text has."""
    spans = [(name.start, name.end) for name in names.find(claim)]
    return sum(
        token.key not in anywhere and any(s <= token.start < e for s, e in spans) for token in tokens(claim)
    )
