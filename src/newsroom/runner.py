"""One process works through what is due, stage by stage, and says how far it is."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connection

from backread.errors import BackreadError, ConfigError
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


def look_again(store: DjangoStore, now: Callable[[], datetime]) -> list[str]:
    """Hold the next of what is public to its records again, where that is due; in words what does not hold."""
    try:
        return [f"look again: {err}" for err in store.look_again(now())]
    except BackreadError as err:
        return [f"look again: {err}"]


@contextlib.contextmanager
def alone(home: Path) -> Iterator[None]:
    """Held by the one process that works through what is due. Raises ConfigError when another one does."""
    with (home / "worker.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as err:
            raise ConfigError(
                str(home),
                step="work through what is due",
                hint="Another process does that already: `run` or `worker`.",
            ) from err
        yield


def rounds(
    store: DjangoStore,
    now: Callable[[], datetime],
    *,
    pause: float | None,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[str]:
    """Round after round of what is due, with `pause` seconds in between (None: one round); troubles in words as they come."""
    while True:
        yield from run_due(store, now)
        yield from look_again(store, now)
        if pause is None:
            return
        wait(pause)


def in_thread(store: DjangoStore, now: Callable[[], datetime]) -> None:
    """One round of what is due, in a thread that keeps no database connection of its own in between."""
    try:
        for trouble in (*run_due(store, now), *look_again(store, now)):
            logging.getLogger(__name__).warning(trouble)
    except DatabaseError as err:
        # A busy database is no reason to end: what is due is due at the next round too.
        logging.getLogger(__name__).warning("the database was not ready: %s", err)
    finally:
        connection.close()
