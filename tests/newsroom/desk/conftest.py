"""Fixtures of the desk's tests."""

from desk_newsroom import newsroom, newsroom_of
from desk_person import edda

__all__ = ["edda", "newsroom", "newsroom_of"]
