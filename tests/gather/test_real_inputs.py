"""Real and hostile inputs: a capture, pointers or one refusal each; no crash, nothing without a word, bounded time."""

from __future__ import annotations

from pathlib import Path

import pytest

from backread.bench.inputs import PILES, Pile, measure

pytestmark = pytest.mark.shared

LEAST_READ = {"alerts": 14, "agency pages": 17, "pages": 66, "WARC files": 4}
"""How many of these honest documents give a capture at least; fewer is a reader that got worse."""
COUNTS = {"alerts": 15, "agency pages": 17, "pages": 66, "feeds": 200, "WARC files": 4, "malformed PDFs": 15, "malformed HTML": 60, "malformed feeds": 40}  # fmt: skip


@pytest.mark.parametrize("pile", PILES, ids=lambda pile: pile.name)
def test_each_gives_a_capture_pointers_or_one_refusal(pile: Pile, shared: Path) -> None:
    tally = measure(pile, shared / "data", 200)
    assert tally.crashes == []
    assert len(tally.seconds) == COUNTS[pile.name]
    assert tally.outcomes["unclear"] == 0
    assert tally.outcomes["late"] == 0
    assert tally.outcomes["captures"] >= LEAST_READ.get(pile.name, 0)
