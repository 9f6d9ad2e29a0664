"""Fixtures of the desk's tests."""

from desk_newsroom import newsroom, newsroom_of

__all__ = ["newsroom", "newsroom_of"]
