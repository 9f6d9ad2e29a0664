"""The figures that the evidence gives: each with its stretch, and the source sentence around it worked out once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from backread.check.base import Context
from backread.check.scope import Stretch, cited, is_kin, is_twin, others, summed_up, whole
from backread.text import figures
from backread.text.agreement import agrees
from backread.text.figures import Figure, stems
from backread.values.capture import Passage
from backread.values.finding import Outcome
from backread.values.story import Sentence


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One figure of the evidence."""

    figure: Figure
    stretch: Stretch

    @cached_property
    def around(self) -> Passage:
        """The source sentence it stands in."""
        return self.stretch.sentence(self.figure.start, self.figure.end)

    @cached_property
    def paragraph(self) -> str:
        """The words of the paragraph it stands in."""
        return self.stretch.paragraph(self.figure.start, self.figure.end)

    @property
    def said(self) -> str:
        """The figure with its hedge, as the source has it."""
        return f"{self.figure.said.lower()} {self.figure.words}" if self.figure.said else self.figure.words

    @property
    def passage(self) -> Passage:
        """The figure and its hedge."""
        return self.stretch.passage(max(0, self.figure.start - self.figure.lead), self.figure.end)


VERBATIM = 0.75
"""The share of its words that a sentence has from one source sentence where it is told nearly word for word."""


def _may_stand_for(claim: Figure, figure: Figure) -> bool:
    return (
        claim.unit == figure.unit
        and (claim.other is None) == (figure.other is None)
        and claim.value != figure.value
    )


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What one sentence's figures are held to: the cited paragraphs, and what lies further off, read when it is asked for."""

    sentence: Sentence
    context: Context
    claims: tuple[Figure, ...]

    @cached_property
    def near(self) -> tuple[Seen, ...]:
        """The figures of the cited paragraphs."""
        return read(self.paragraphs)

    @cached_property
    def paragraphs(self) -> tuple[Stretch, ...]:
        """The cited paragraphs."""
        return cited(self.sentence, self.context)

    @cached_property
    def captures(self) -> tuple[Stretch, ...]:
        """The cited captures whole, then the others where a search chose, then what a headline's body rests on."""
        found = (
            *whole(self.context.cited(self.sentence)),
            *others(self.sentence, self.context),
            *summed_up(self.sentence, self.context),
        )
        return tuple({(stretch.capture.id, stretch.start): stretch for stretch in found}.values())

    @cached_property
    def far(self) -> tuple[Seen, ...]:
        """The figures of the captures."""
        return read(self.captures)

    @cached_property
    def _twins(self) -> dict[tuple[str, int], tuple[bool, bool]]:
        return {}

    def _alike(self, seen: Seen) -> tuple[bool, bool]:
        around, words = seen.around, self.sentence.text
        key = (around.capture, around.start)
        if key not in self._twins:
            self._twins[key] = is_twin(words, around), is_twin(words, around, least=VERBATIM)
        return self._twins[key]

    def is_twin(self, seen: Seen) -> bool:
        """Whether the source sentence around a figure tells what the sentence tells."""
        return self._alike(seen)[0]

    def rivals(self, claim: Figure) -> tuple[Seen, ...]:
        """Other figures that the cited paragraphs have in the claim's place, and that the sentence does not tell elsewhere.

        In a sentence told nearly word for word any figure of its unit is one; in one that tells the same, what counts the same.
        """
        others = [other for other in self.claims if other is not claim]
        return tuple(
            s for s in self.near
            if _may_stand_for(claim, s.figure) and (self._alike(s)[1] or (self._alike(s)[0] and bool(claim.counts) and counts_same(claim, s.figure)))
            and not any(agrees(other, s.figure).outcome is Outcome.SUPPORTED for other in others)
        )  # fmt: skip

    def is_kin(self, seen: Seen, least: int = 1) -> bool:
        """Whether the paragraph around a figure shares words with the sentence; a table's row and head are its paragraph."""
        return is_kin(self.sentence.text, seen.paragraph, least=least)


def read(stretches: Iterable[Stretch]) -> tuple[Seen, ...]:
    """Every figure in the stretches, in order."""
    return tuple(Seen(figure=figure, stretch=s) for s in stretches for figure in figures.find(s.text))


def counts_same(one: Figure, other: Figure) -> bool:
    """Whether two figures count the same thing, as far as their words tell."""
    return bool(stems(one.counts) & stems(other.counts))


def head(figure: Figure) -> str:
    """The stem of the first word counted, which decides when two figures in one paragraph could be swapped."""
    words = re.findall(r"[a-z’']{3,}", figure.counts.lower())
    return next(iter(stems(words[0])), "") if words else ""
