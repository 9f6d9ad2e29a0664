"""Measuring commands, one file each, listed in BENCHES; other packages add theirs by an entry point.

A bench is a function of a folder or file (or None) and a limit that returns one object of figures.
"""

from __future__ import annotations

from datetime import UTC, datetime

SEEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
"""When everything that is measured on counts as captured, so that two runs say the same."""
