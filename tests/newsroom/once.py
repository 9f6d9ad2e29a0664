"""A folder that is made once for both workers of a run of the tests, to be copied and never changed."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name; whoever asks first makes it, and the other one waits.

    A `make` that fails in one worker is tried again by the other, which fails then too.
    """
    base = factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    made = home.with_suffix(".made")
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make(home)
            made.touch()
    return home
