"""Drafting by the verb: the request is shown and not sent, an exchange is recorded and replayed, a refused draft is on the record."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from once import once

from stub_endpoint import completion, stub

BACKREAD = Path(sys.executable).parent / "backread"
OPEN = 1
"""A sentence of the draft is open: the deck says what its passage does not."""
KEY = "sk-not-to-be-seen-anywhere"
GOOD = json.dumps(
    {
        "headline": {"text": "Boil-water notice is lifted", "passages": ["p1"]},
        "deck": {"text": "It covered Gannet Landing", "passages": ["p1"]},
        "paragraphs": [[{"text": "The notice is lifted.", "passages": ["p1"]}]],
    }
)


def draft(*arguments: str, home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BACKREAD_", "DJANGO_"))}
    command = [str(BACKREAD), "newsroom", *arguments, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, env=environment | settings, timeout=200, check=False)  # fmt: skip


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo newsroom with one source looked at, and nothing drafted."""

    def make(home: Path) -> None:
        assert draft("init", "--demo", home=home).returncode == 0
        assert draft("gather", "water", home=home).returncode == 0

    return once(tmp_path_factory, "drafting-room", make)


@pytest.fixture
def home(seen: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(seen, tmp_path / "room"))


def _rows(home: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(home / "newsroom.sqlite3")) as rows:
        return rows.execute(sql).fetchall()


def _drafter(home: Path) -> dict[str, Any]:
    ((told,),) = _rows(home, "SELECT drafter FROM stories_draft")
    return dict(json.loads(told))


def _entry(home: Path) -> dict[str, Any]:
    ((content,),) = _rows(home, "SELECT content FROM ledger_entry WHERE act = 'draft'")
    return dict(json.loads(content)["body"])


@pytest.mark.slow
def test_the_request_shown_is_the_request_sent_then_recorded_then_replayed(home: Path) -> None:
    first = Path(shutil.copytree(home, home.parent / "first"))
    again = Path(shutil.copytree(home, home.parent / "again"))
    with stub(completion(GOOD, name="stub-1")) as served:
        settings = {"BACKREAD_MODEL_URL": served.url, "BACKREAD_MODEL": "small", "BACKREAD_MODEL_KEY": KEY}
        shown = draft("draft", "--print-request", home=home, **settings)
        assert (shown.returncode, served.asked) == (0, []), shown.stderr
        assert _rows(home, "SELECT * FROM stories_story") == []
        recorded = {"BACKREAD_RECORDINGS": str(home.parent / "kept")}
        made = draft("draft", home=first, **settings, **recorded)
        assert made.returncode == OPEN, made.stderr
    ((dossier, request),) = json.loads(shown.stdout)["requests"].items()
    assert served.asked == [request["body"]]
    assert request["url"] == f"{served.url}/chat/completions"
    assert request["headers"]["Authorization"] == "Bearer ••••••••"
    assert KEY not in shown.stdout + shown.stderr
    assert draft("draft", dossier, home=again, **recorded).returncode == OPEN
    one, two = _drafter(first), _drafter(again)
    assert (one["language_model"], one["replayed"], two["replayed"]) == ("stub-1", False, True)
    assert one["exchange"] == two["exchange"] == _entry(again)["exchange"]
    assert _entry(again)["language_model"] == "stub-1"
    assert KEY not in (first / "newsroom.sqlite3").read_bytes().decode("latin-1")


@pytest.mark.slow
def test_a_refused_draft_is_told_to_the_editor_and_the_ledger(home: Path) -> None:
    bad = GOOD.replace('"p1"', '"p999"')
    with stub(completion(bad)) as served:
        made = draft("draft", home=home, BACKREAD_MODEL_URL=served.url, BACKREAD_MODEL="small")
    assert made.returncode == 0, made.stderr
    told, entered = _drafter(home), _entry(home)
    assert told["hand"] == entered["hand"] == "rule from prose"
    assert "draft was refused because: headline names passages that do not exist" in told["fallback"]
    assert entered["fallback"] == told["fallback"]
    assert (entered["language_model"], entered["exchange"]) == ("stub-1", told["exchange"])


@pytest.mark.slow
def test_without_a_language_model_there_is_no_request_to_show(home: Path) -> None:
    told = draft("draft", "--print-request", home=home)
    assert (told.returncode, told.stdout) == (2, "")
    assert "set BACKREAD_MODEL_URL and BACKREAD_MODEL" in told.stderr
