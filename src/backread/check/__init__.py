"""From a story and captures to findings: CHECKS in the order an editor reads them, one file a check."""

from backread.check import (
    citations,
    claims,
    copying,
    dates,
    images,
    injection,
    local,
    names,
    numbers,
    quotes,
    repetition,
    residue,
    speakers,
    support,
)
from backread.check.base import Check, not_built

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (
    citations.CHECK,
    quotes.CHECK,
    speakers.CHECK,
    numbers.CHECK,
    dates.CHECK,
    names.CHECK,
    support.CHECK,
    not_built("attribution", "What a source claims stays a claim"),
    local.CHECK,
    copying.CHECK,
    not_built("harm", "Crime, minors, victims, addresses: a second pair of eyes"),
    residue.CHECK,
    images.CHECK,
    claims.CHECK,
    repetition.CHECK,
    not_built("style", "The house's own rules, each with a reason"),
    not_built("freshness", "No capture older than its source's promise, or superseded"),
    injection.CHECK,
)
"""All eighteen. A check that is not built answers undecided, as advice, and is never counted as run."""
