"""Fixtures of the newsroom's tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from once import once

from newsroom_gate import gate

__all__ = ["gate"]


@pytest.fixture(scope="session", autouse=True)
def few_rounds() -> Iterator[None]:
    """Passwords are hashed in two rounds here: what they open is tested, not what a guess costs.

    That one costs enough is tested on the newsroom that `init` sets up as a process of its own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 2)
        yield


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo newsroom with its checked drafts, as `run --demo` leaves it: made once, to be copied."""
    backread = Path(sys.executable).parent / "backread"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BACKREAD_", "DJANGO_"))}

    def make(home: Path) -> None:
        command = [str(backread), "newsroom", "run", "--demo", "--no-serve", "--home", str(home)]
        subprocess.run(command, capture_output=True, env=environment, timeout=120, check=True)

    return once(tmp_path_factory, "demo-room", make)
