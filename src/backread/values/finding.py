"""What a check found: outcome, marks, evidence, basis. A check always answers with at least one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum

from backread.values.capture import CaptureId, Passage


class Outcome(Enum):
    """What was found, worst first. `NOTHING_TO_CHECK` means this check has no business here."""

    REFUTED = "refuted"
    UNDECIDED = "undecided"
    SUPPORTED = "supported"
    NOTHING_TO_CHECK = "nothing to check"

    @property
    def rank(self) -> int:
        """0 is the worst."""
        return _RANK[self]


_RANK = {outcome: rank for rank, outcome in enumerate(Outcome)}


class Kind(StrEnum):
    """What a check's answer does to a sentence (see docs: checks)."""

    PROOF = "proof"
    POLICY = "policy"
    ADVICE = "advice"


class Basis(StrEnum):
    """How a supported finding was proven."""

    VERBATIM = "verbatim"
    COMPUTED = "computed"
    ENTAILED = "entailed"
    NONE = ""


class Scope(StrEnum):
    """What a finding is about."""

    SENTENCE = "sentence"
    BLOCK = "block"
    STORY = "story"
    PICTURE = "picture"
    CAPTURE = "capture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a check looks at: a sentence or block by index, a capture by id, or the whole story."""

    scope: Scope
    index: int = -1
    capture: CaptureId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One place in the story's text, what an editor is told about it, and the passages that show it.

    `start` and `end` count code points into `Story.text`. `suggestion` replaces exactly that stretch; None
    where none is safe (never inside a quotation).
    """

    start: int
    end: int
    message: str
    evidence: tuple[Passage, ...] = ()
    suggestion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer of one check about one subject.

    `permille` is how probable, in thousandths, it was held that the evidence says the sentence; None where nobody weighed
    it. An integer, because findings are signed and what is signed holds no floats.
    """

    check: str
    kind: Kind
    subject: Subject
    outcome: Outcome
    marks: tuple[Mark, ...] = ()
    basis: Basis = Basis.NONE
    permille: int | None = None

    @property
    def blocks(self) -> bool:
        """Whether it keeps its sentence (or the story) open: proof unless it says yes, policy when it says no."""
        if self.kind is Kind.PROOF:
            return self.outcome in (Outcome.REFUTED, Outcome.UNDECIDED)
        return self.kind is Kind.POLICY and self.outcome is Outcome.REFUTED

    @property
    def message(self) -> str:
        """What an editor is told first."""
        return self.marks[0].message if self.marks else ""


def worst(findings: Iterable[Finding]) -> Finding | None:
    """The worst finding, the earliest of equals; None of none."""
    return min(findings, key=lambda finding: finding.outcome.rank, default=None)
