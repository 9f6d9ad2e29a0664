"""`bench speed` end to end on a small archive, in a process of its own; how a figure stands beside its target."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backread.verbs.bench import joined, line

FIGURES = {
    "check_story_cold_s", "check_story_s", "check_sentence_s", "stories", "site_whole_s", "publish_story_s", "ledger_acts_per_s",
    "gather_sources_per_s", "feed_items_per_cpu_s", "verify_receipt_s", "desk_queue_s", "desk_story_s", "publish_among_listed_s",
}  # fmt: skip


def test_both_parts_answer_as_one_object(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "backread.cli", "bench", "speed", "--limit", "3", "--json"]
    environment = {**os.environ, "TMPDIR": str(tmp_path), "BACKREAD_HOME": str(tmp_path / "mine")}
    done = subprocess.run(
        command, capture_output=True, env=environment, cwd=tmp_path, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert set(told) >= FIGURES
    assert told["stories"] == 3
    assert set(told["targets"]) <= set(told)
    assert told["not_measured"]
    assert all(isinstance(told[key], int | float) for key in FIGURES)
    assert b"an archive of 3 stories" in done.stderr
    # The newsroom that was made for it is gone, and the one of the environment was not touched.
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("key", "figure", "target", "words"),
    [
        pytest.param("publish_story_s", 0.4, 1.0, "at most 1", id="seconds have a ceiling"),
        pytest.param("publish_story_s", 1.4, 1.0, "MISSED", id="over it"),
        pytest.param("publish_story_s", 1.0, 1.0, "held", id="on it"),
        pytest.param("ledger_acts_per_s", 99.0, 100.0, "MISSED", id="a rate has a floor"),
        pytest.param("items_per_cpu_s", 6000, 5000.0, "at least 5000", id="a rate by processor"),
        pytest.param("stories", 1000, None, "1000", id="no target"),
    ],
)
def test_a_figure_stands_beside_its_target(key: str, figure: float, target: float | None, words: str) -> None:
    assert words in line(key, figure, target)
    assert ("held" in line(key, figure, target)) is (target is not None and words != "MISSED")


def test_parts_are_joined_and_what_is_beside_them_too() -> None:
    told = joined([{"a_s": 1, "targets": {"a_s": 2}}, {"b_s": 3, "targets": {"b_s": 4}, "not_measured": {"c": "why"}}])  # fmt: skip
    assert told == {"a_s": 1, "b_s": 3, "targets": {"a_s": 2, "b_s": 4}, "not_measured": {"c": "why"}}
    assert joined([{"a_s": 1}]) == {"a_s": 1}
