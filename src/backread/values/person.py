"""People, their roles, and how strongly an act of theirs is signed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do at the desk; each includes none of the others."""

    REPORTER = "reporter"
    EDITOR = "editor"
    STANDARDS = "standards"
    ADMIN = "admin"


class Level(StrEnum):
    """A: the person's own key. B: the outlet's key, after password and one-time code."""

    A = "A"
    B = "B"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A signed-in person at an outlet."""

    id: str
    name: str
    roles: frozenset[Role]

    @property
    def title(self) -> str:
        """The role printed with the name: the highest that may approve, else the first by name."""
        for role in (Role.STANDARDS, Role.EDITOR):
            if role in self.roles:
                return "standards editor" if role is Role.STANDARDS else "editor"
        return min(self.roles, default="reader")
