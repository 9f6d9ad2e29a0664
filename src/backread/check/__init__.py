"""From a story and captures to findings: CHECKS in the order an editor reads them, one file a check."""

from backread.check.base import Check, not_built
from backread.check.citations import CHECK as citations
from backread.check.claims import CHECK as claims
from backread.check.copying import CHECK as copying
from backread.check.dates import CHECK as dates
from backread.check.names import CHECK as names
from backread.check.numbers import CHECK as numbers
from backread.check.quotes import CHECK as quotes
from backread.check.repetition import CHECK as repetition
from backread.check.residue import CHECK as residue
from backread.check.support import CHECK as support

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (
    citations,
    quotes,
    not_built("speakers", "The one quoted said it, with the right name and role"),
    numbers,
    dates,
    names,
    support,
    not_built("attribution", "What a source claims stays a claim"),
    not_built("local", "What is said of the coverage area rests on a capture that names it"),
    copying,
    not_built("harm", "Crime, minors, victims, addresses: a second pair of eyes"),
    residue,
    not_built("images", "Licence, credit, caption and alt text, and a picture of the story"),
    claims,
    repetition,
    not_built("style", "The house's own rules, each with a reason"),
    not_built("freshness", "No capture older than its source's promise, or superseded"),
    not_built("injection", "No source that talks to an AI or hides text from readers"),
)
"""All eighteen. A check that is not built answers undecided, as advice, and is never counted as run."""
