"""The code that the how-to pages show is run, and does what they say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from backread.ports import Verdict
from backread.values.finding import Outcome
from check.stories import outcome

HOWTO = Path(__file__).resolve().parents[1] / "docs/howto"


def run_blocks(page: str) -> dict[str, Any]:
    """The names that a page's Python leaves behind, its blocks run in order."""
    blocks = re.findall(r"(?ms)^```python\n(.+?)^```", (HOWTO / page).read_text(encoding="utf-8"))
    assert blocks
    names: dict[str, Any] = {"__name__": page}
    for block in blocks:
        exec(compile(block, page, "exec"), names)
    return names


def test_the_check_of_the_page_does_what_its_examples_say() -> None:
    there = run_blocks("write-a-check.md")
    told = {outcome(there["CHECK"], copy, *texts) is wanted for copy, texts, wanted in there["EXAMPLES"]}
    assert told == {True}
    assert {example[2] for example in there["EXAMPLES"]} == there["CHECK"].outcomes
    assert "What it cannot see:" in there["__doc__"]
    assert outcome(there["CHECK"], "“The DNR did it,” she said.") is Outcome.NOTHING_TO_CHECK
    assert outcome(there["CHECK"], "The DNR did it.") is Outcome.UNDECIDED


def test_the_verifier_of_the_page_keeps_the_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "minutes.txt").write_text("The board closed the pier.\n")
    (tmp_path / "story.md").write_text("# Pier\n\nTARROW — The board closed the pier.\n")
    monkeypatch.chdir(tmp_path)
    there = run_blocks("plug-in-a-verifier.md")
    verifier = there["InCommon"]()
    one, other = verifier(
        ["The board closed the pier.", "The board"], [["The board closed the pier."], ["Rain."]]
    )
    assert one == Verdict(probability=1.0)
    assert other == Verdict(probability=0.0, doubt=1.0, uncovered=((0, 3), (4, 9)))
    assert [checked.basis for checked in there["report"].sentences][-1] == "verbatim"
