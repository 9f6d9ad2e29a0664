"""How much of a source's words a reader is shown: what its terms allow, and never more."""

from __future__ import annotations

from dataclasses import dataclass

from backread.publish.record import Excerpt
from backread.values.source import Terms

MOST_WORDS = 25
"""Of another newsroom, a wire or a social post: the words relied on, at most so many."""
CONTEXT_WORDS = 40
"""Around a passage of a public record, on each side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The words shown, with their context; `shortened` when the passage itself was cut."""

    words: str
    before: str = ""
    after: str = ""
    shortened: bool = False


def cut(excerpt: Excerpt, terms: Terms) -> Cut | None:
    """What may be shown of `excerpt`; None for own reporting, of which nothing is shown."""
    words = excerpt.passage.text
    if terms is Terms.OWN:
        return None
    if terms is Terms.PUBLIC_RECORD:
        before, after = excerpt.before.split()[-CONTEXT_WORDS:], excerpt.after.split()[:CONTEXT_WORDS]
        return Cut(words=words, before=" ".join(before), after=" ".join(after))
    if terms is Terms.RELEASE or len(words.split()) <= MOST_WORDS:
        return Cut(words=words)
    return Cut(words=" ".join(words.split()[:MOST_WORDS]), shortened=True)
