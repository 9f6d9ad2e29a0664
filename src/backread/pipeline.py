"""The order of the house: STAGES alone knows it.

Every stage is (name, what is due, step). Both work on a `Store`, which the newsroom implements over its rows:
rows say what is due, a step is derived from state and idempotent, so a killed process loses nothing and a
step done twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Store(Protocol):
    """What the stages need of the newsroom's rows. Each step is one transaction of its own."""

    def sources_due(self, now: datetime) -> Iterable[str]: ...
    def gather(self, source: str, now: datetime) -> None: ...
    def captures_due(self, now: datetime) -> Iterable[str]: ...
    def group(self, batch: str, now: datetime) -> None: ...
    def dossiers_due(self, now: datetime) -> Iterable[str]: ...
    def draft(self, dossier: str, now: datetime) -> None: ...
    def checks_due(self, now: datetime) -> Iterable[str]: ...
    def check(self, story: str, now: datetime) -> None: ...
    def publications_due(self, now: datetime) -> Iterable[str]: ...
    def publish(self, publication: str, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """`due` lists subjects at a moment, `step` does one of them."""

    name: str
    due: Callable[[Store, datetime], Iterable[str]]
    step: Callable[[Store, str, datetime], None]


STAGES: tuple[Stage, ...] = (
    Stage(
        name="gather",
        due=lambda s, now: s.sources_due(now),
        step=lambda s, subject, now: s.gather(subject, now),
    ),
    Stage(
        name="group",
        due=lambda s, now: s.captures_due(now),
        step=lambda s, subject, now: s.group(subject, now),
    ),
    Stage(
        name="draft",
        due=lambda s, now: s.dossiers_due(now),
        step=lambda s, subject, now: s.draft(subject, now),
    ),
    Stage(
        name="check", due=lambda s, now: s.checks_due(now), step=lambda s, subject, now: s.check(subject, now)
    ),
    Stage(
        name="publish",
        due=lambda s, now: s.publications_due(now),
        step=lambda s, subject, now: s.publish(subject, now),
    ),
)
"""Review stands between check and publish; it is done by people, at the desk, and so is no stage of a machine."""
