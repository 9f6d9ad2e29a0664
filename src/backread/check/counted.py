"""The figures that the evidence gives: each with its stretch, and the source sentence around it worked out once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from backread.check.base import Context
from backread.check.columns import measured, scaled
from backread.check.scope import SUMS_UP, Stretch, cited, is_kin, is_twin, others, summed_up, whole
from backread.text import figures
from backread.text.agreement import Agreement, agrees, in_base, share_of
from backread.text.figures import Figure, stems
from backread.values.capture import Passage
from backread.values.finding import Basis, Outcome
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


Answer = tuple[Agreement, Seen]
"""What one figure of the evidence says to a claim."""

_LOW, _HIGH = Decimal("0.85"), Decimal("2.05")
"""How far, as a share of itself, a claim may lie from a figure that it rounds."""


def _all_answers(claims: Iterable[Figure], seen: tuple[Seen, ...]) -> dict[Figure, tuple[Answer, ...]]:
    """By value first: to hold every claim to every figure would cost the product of both."""
    by_value: dict[Decimal, dict[int, Seen]] = defaultdict(dict)
    # A table's bare cell is also one of the unit that its column's head names.
    in_units = (Seen(figure=f, stretch=s.stretch) for s in seen if (f := measured(s.figure, s.stretch.text)))
    for place, one in enumerate((*seen, *in_units)):
        for worth in _worths(one.figure):
            by_value[worth][place] = one
    ordered = sorted(by_value)
    return {claim: _answers(claim, by_value, ordered) for claim in claims}


def _answers(
    claim: Figure, by_value: dict[Decimal, dict[int, Seen]], ordered: list[Decimal]
) -> tuple[Answer, ...]:
    found: dict[int, Seen] = {}
    for worth in _worths(claim):
        found |= by_value.get(worth, {})
        if claim.hedge or claim.step >= 1000 or claim.unit == "part":
            first, last = bisect_left(ordered, worth * _LOW), bisect_right(ordered, worth * _HIGH)
            for value in ordered[first:last]:
                found |= by_value[value]
    told = [(agrees(claim, found[place].figure), found[place]) for place in sorted(found)]
    spoken = [answer for answer in told if answer[0].outcome is not Outcome.NOTHING_TO_CHECK]
    return tuple(sorted(spoken, key=lambda answer: _preference(claim, answer)))


def _worths(figure: Figure) -> set[Decimal]:
    """What a figure is worth as it stands and in the smallest unit of its kind; a percentage as a part of one."""
    return {share_of(figure), share_of(in_base(figure))}


def _preference(claim: Figure, answer: Answer) -> tuple[int, int]:
    agreement, seen = answer
    return (0 if agreement.basis is Basis.VERBATIM else 1, 0 if counts_same(claim, seen.figure) else 1)


def _may_stand_for(claim: Figure, figure: Figure) -> bool:
    return (
        claim.unit == figure.unit
        and (claim.other is None) == (figure.other is None)
        and claim.value != figure.value
        and not is_name(figure)
    )


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What one sentence's figures are held to: the cited paragraphs, and what lies further off, read when it is asked for."""

    sentence: Sentence
    context: Context
    claims: tuple[Figure, ...]

    @cached_property
    def words(self) -> str:
        """What the sentence is about: its own words, for a headline, a deck or a caption those of the others too."""
        story = self.context.story
        if story.kind_of(self.sentence) not in SUMS_UP:
            return self.sentence.text
        return " ".join(s.text for s in story.sentences if story.kind_of(s) in SUMS_UP)

    @cached_property
    def near(self) -> tuple[Seen, ...]:
        """The figures of the cited paragraphs."""
        return read(self.paragraphs)

    @cached_property
    def near_answers(self) -> dict[Figure, tuple[Answer, ...]]:
        """What the cited paragraphs' figures that speak of a claim say to it, the plainest first, by claim."""
        return _all_answers(self.claims, self.near)

    @cached_property
    def far_answers(self) -> dict[Figure, tuple[Answer, ...]]:
        """The same of the figures further off."""
        return _all_answers(self.claims, self.far)

    @cached_property
    def _said_by(self) -> dict[int, list[Figure]]:
        """The claims that say just what a figure of the cited paragraphs says, by the figure's identity."""
        said: dict[int, list[Figure]] = defaultdict(list)
        for claim, answers in self.near_answers.items():
            for agreement, seen in answers:
                if agreement.outcome is Outcome.SUPPORTED:
                    said[id(seen)].append(claim)
        return said

    def is_told(self, seen: Seen, claim: Figure) -> bool:
        """Whether another figure of the sentence says just what one of the cited paragraphs does: then it contradicts nothing."""
        return any(other is not claim for other in self._said_by.get(id(seen), ()))

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
        return tuple({(s.capture.id, s.start, len(s.text)): s for s in found}.values())

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
        return tuple(s for s in self.near if self._is_in_place_of(claim, s) and not self.is_told(s, claim))

    def _is_in_place_of(self, claim: Figure, seen: Seen) -> bool:
        if not _may_stand_for(claim, seen.figure):
            return False
        is_twin, is_verbatim = self._alike(seen)
        return is_verbatim or (is_twin and bool(claim.counts) and counts_same(claim, seen.figure))

    def is_kin(self, seen: Seen, least: int = 1) -> bool:
        """Whether the paragraph around a figure shares words with the sentence; a table's row and head are its paragraph."""
        return is_kin(self.words, seen.paragraph, least=least)


def read(stretches: Iterable[Stretch]) -> tuple[Seen, ...]:
    """Every figure in the stretches, in order; a table's of thousands are in ones."""
    return tuple(Seen(figure=scaled(f, s.text), stretch=s) for s in stretches for f in figures.find(s.text))


def is_name(figure: Figure) -> bool:
    """Whether a number word opens a name: "Three Forks Electric Cooperative"."""
    return figure.words[:1].isupper() and bool(re.match(r"[A-Z][a-z]+(?:\s[A-Z][a-z]+)+\b", figure.counts))


def counts_same(one: Figure, other: Figure) -> bool:
    """Whether two figures count the same thing, as far as their words tell."""
    return bool(stems(one.counts) & stems(other.counts))


def head(figure: Figure) -> str:
    """The stem of the first word counted, which decides when two figures in one paragraph could be swapped."""
    words = re.findall(r"[a-z’']{3,}", figure.counts.lower())
    return next(iter(stems(words[0])), "") if words else ""
