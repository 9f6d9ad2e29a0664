"""Fixtures of the newsroom's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

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
