"""From a story and captures to findings: CHECKS in the order an editor reads them, one file a check."""

from backread.check import (
    attribution,
    citations,
    claims,
    copying,
    dates,
    freshness,
    harm,
    images,
    injection,
    local,
    names,
    numbers,
    quotes,
    repetition,
    residue,
    speakers,
    style,
    support,
)
from backread.check.base import Check

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (
    citations.CHECK,
    quotes.CHECK,
    speakers.CHECK,
    numbers.CHECK,
    dates.CHECK,
    names.CHECK,
    support.CHECK,
    attribution.CHECK,
    local.CHECK,
    copying.CHECK,
    harm.CHECK,
    residue.CHECK,
    images.CHECK,
    claims.CHECK,
    repetition.CHECK,
    style.CHECK,
    freshness.CHECK,
    injection.CHECK,
)
"""All eighteen. A check that is not built answers undecided, as advice, and is never counted as run."""
