"""Fixtures of the newsroom's tests."""

from newsroom_gate import gate

__all__ = ["gate"]
