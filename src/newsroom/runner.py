"""One process works through what is due, stage by stage, and says how far it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from backread.errors import BackreadError
from backread.pipeline import STAGES
from newsroom.store import DjangoStore

Told = Callable[[str, int, int], None]
"""Told the stage, how many subjects are done, of how many."""


def run_due(
    store: DjangoStore, now: Callable[[], datetime], told: Told = lambda stage, done, of: None
) -> list[str]:
    """Work through every stage once, in order. What failed is noted, returned in words, and tried again later."""
    troubles: list[str] = []
    for stage in STAGES:
        due = list(stage.due(store, now()))
        for number, subject in enumerate(due, 1):
            try:
                stage.step(store, subject, now())
            except BackreadError as err:
                store.failed(stage.name, subject, err, now())
                troubles.append(f"{stage.name}: {err}")
            told(stage.name, number, len(due))
    return troubles
