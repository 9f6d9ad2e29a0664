"""One process works through what is due, stage by stage, and says how far it is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, connection

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


def in_thread(store: DjangoStore, now: Callable[[], datetime]) -> None:
    """One round of what is due, in a thread that keeps no database connection of its own in between."""
    try:
        for trouble in run_due(store, now):
            logging.getLogger(__name__).warning(trouble)
    except DatabaseError as err:
        # A busy database is no reason to end: what is due is due at the next round too.
        logging.getLogger(__name__).warning("the database was not ready: %s", err)
    finally:
        connection.close()
