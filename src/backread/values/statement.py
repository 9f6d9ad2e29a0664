"""The statement about how a story was made: clauses by id with parameters.

The words live in `review.statement` alone; a clause holds what they are filled with, so that a version can
sign the clause and every format prints the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Parameter = str | int | tuple[str, ...]


class ClauseId(StrEnum):
    """The clauses of trust.md; see docs: trust for what makes each true."""

    AI = "S1"
    RULE_PROSE = "S1e"
    RULE_FIELDS = "S1d"
    SUPPLIED = "S1p"
    BRIEF = "S1b"
    OWN_REPORTING = "S1o"
    CHECKED_AND_APPROVED = "S2a"
    APPROVED = "S2b"
    SECOND_APPROVAL = "S2t"
    SINGLE_EDITOR = "S2s"
    CHANGED = "S3"
    TAKEN_OVER = "S3t"
    CORRECTED = "S4"
    RECORD = "S5"

    @property
    def is_signed(self) -> bool:
        """Whether it is computed before the approval and signed with the words (S1*, S3*)."""
        return self.startswith(("S1", "S3"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One provable clause and what fills it."""

    id: ClauseId
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))

    def canonical(self) -> dict[str, object]:
        """The form that is signed: `{"id", "parameters"}`, tuples as lists."""
        return {
            "id": str(self.id),
            "parameters": {
                key: list(v) if isinstance(v, tuple) else v for key, v in sorted(self.parameters.items())
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The clauses that are true, in printing order. Without an S1 clause there is no page."""

    clauses: tuple[Clause, ...]

    @property
    def says_how_made(self) -> bool:
        """Whether an S1 clause is true."""
        return any(clause.id.startswith("S1") for clause in self.clauses)
