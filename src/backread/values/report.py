"""The result of checking one story: a state for every sentence, and the findings behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backread.values.capture import Capture
from backread.values.finding import Basis, Finding, Outcome
from backread.values.story import Sentence, Story


class State(StrEnum):
    """What checking alone can say of a sentence. A person may then take over or override (see `Settled`)."""

    OPEN = "open"
    PROVEN = "proven"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A sentence with its state, its basis when proven, and all findings on it."""

    sentence: Sentence
    state: State
    basis: Basis
    findings: tuple[Finding, ...]

    @property
    def question(self) -> Finding | None:
        """The one question an open sentence asks: its worst blocking finding, in the order of the checks."""
        blocking = [finding for finding in self.findings if finding.blocks]
        return min(blocking, key=lambda finding: finding.outcome.rank, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All findings on one story against one set of captures.

    `ran` names the checks that answered for every subject they look at. `not_built` are listed checks that
    cannot run yet; they are never counted as run.
    """

    story: Story
    captures: tuple[Capture, ...]
    sentences: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    ran: frozenset[str]
    not_built: frozenset[str] = frozenset()
    second_approver: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Checked, ...]:
        """Sentences that still ask something."""
        return tuple(checked for checked in self.sentences if checked.state is State.OPEN)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Findings on blocks, pictures, captures or the story that hold it open."""
        return tuple(finding for finding in self.findings if finding.blocks)

    @property
    def is_clear(self) -> bool:
        """Nothing open. A story without sentences is never clear."""
        return bool(self.sentences) and not self.open and not self.blocking

    def count(self, outcome: Outcome) -> int:
        """How many sentences have this as their worst blocking outcome."""
        return sum(
            1 for checked in self.sentences if checked.question and checked.question.outcome is outcome
        )
