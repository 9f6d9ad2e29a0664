"""What stands around every screen: the masthead, who is signed in, and where one is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from backread.values.person import Person
from newsroom.desk.pages.looks import initials

NAV = (
    ("wire", "Wire"),
    ("budget", "Budget"),
    ("published", "Published"),
    ("corrections", "Corrections"),
    ("sources", "Sources"),
    ("numbers", "Numbers"),
    ("ledger", "Ledger"),
)
"""Route names and words of the masthead, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One link of the masthead; `count` is None where nothing is counted."""

    route: str
    word: str
    count: int | None
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The masthead: the outlet, the person, and the tab one is on."""

    outlet: str
    person: Person
    here: str = ""
    drafter: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def initials(self) -> str:
        """The person's, where there is no room for a name."""
        return initials(self.person.name)

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """All tabs, the current one marked."""
        return tuple(
            Tab(route=route, word=word, count=self.counts.get(route), is_here=route == self.here)
            for route, word in NAV
        )
