"""The newsroom's verbs from outside: a newsroom of one's own, and of every kind of bad input one, in one sentence with exit 2."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from test_plan import GOOD

# The gate refuses this address before anything is sent: no test leaves the machine.
NEAR = GOOD.replace("https://pier.example/notice", "http://127.0.0.1:9/notice")
BACKREAD = Path(sys.executable).parent / "backread"


def newsroom(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BACKREAD_", "DJANGO_"))}
    command = [str(BACKREAD), "newsroom", *arguments, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom of one's own with one source, which nobody can reach."""
    home = tmp_path_factory.mktemp("own") / "room"
    first = newsroom("init", home=home)
    assert (first.returncode, first.stdout) == (2, "")
    assert "fill it in" in first.stderr
    (home / "newsroom.toml").write_text(NEAR, "utf-8")
    done = newsroom("init", home=home)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("otpauth://totp/Backread:ann?secret=") == 1
    return home


@pytest.mark.slow
def test_init_again_takes_in_what_is_new_and_keeps_the_rest(own: Path) -> None:
    quiet = newsroom("init", home=own)
    assert (quiet.returncode, quiet.stderr) == (0, "")
    more = NEAR.replace(
        "[[source]]", '[[person]]\nname = "Bo Tamm"\nusername = "bo"\nrole = "standards"\n\n[[source]]'
    )
    (own / "newsroom.toml").write_text(more.replace("every_minutes = 60", "every_minutes = 30"), "utf-8")
    again = newsroom("init", home=own)
    assert again.stderr.count("password") == 1
    assert "Bo Tamm (standards)" in again.stderr
    with sqlite3.connect(own / "newsroom.sqlite3") as rows:
        assert rows.execute("SELECT every_minutes FROM sources_source").fetchall() == [(30,)]
        acts = [act for (act,) in rows.execute("SELECT act FROM ledger_entry ORDER BY seq")]
        hashed = [word.split("$") for (word,) in rows.execute("SELECT password FROM accounts_person")]
    assert acts == ["setting", "key", "key", "role", "role", "setting"]
    assert [(rule, int(rounds) >= 600_000) for rule, rounds, *_ in hashed] == [("pbkdf2_sha256", True)] * 2
    rows.close()
    assert newsroom("doctor", home=own).stdout == "nothing wrong\n"


@pytest.mark.slow
def test_a_source_nobody_can_reach_is_named_and_nothing_else_happens(own: Path) -> None:
    looked = newsroom("gather", "--json", home=own)
    assert looked.returncode == 1
    assert set(json.loads(looked.stdout)["gathered"]) == {"pier"}
    listed = newsroom("sources", home=own)
    assert (listed.returncode, listed.stdout[:4]) == (1, "FAIL")
    assert newsroom("draft", home=own).returncode == 0
    assert newsroom("worker", "--once", home=own).returncode == 0
    assert newsroom("publish", home=own).returncode == 0


@pytest.mark.slow
def test_one_worker_at_a_time(own: Path) -> None:
    with (own / "worker.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        second = newsroom("worker", "--once", home=own)
    assert second.returncode == 2
    assert "Another process does that already" in second.stderr


@pytest.mark.slow
def test_bad_input_to_a_verb(own: Path) -> None:
    """All that is bad has its row where the program runs in the tests' process; one of each kind from outside."""
    told = newsroom("gather", "nobody", home=own)
    assert told.returncode == 2
    assert "lists the sources" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.slow
def test_a_folder_without_a_newsroom(tmp_path: Path) -> None:
    told = newsroom("worker", home=tmp_path / "none")
    assert (told.returncode, told.stdout) == (2, "")
    assert "backread newsroom init" in told.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.slow
def test_a_database_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "newsroom.sqlite3").write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    told = newsroom("sources", home=tmp_path)
    assert (told.returncode, told.stdout) == (2, "")
    assert "Traceback" not in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


@pytest.mark.slow
def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    told = newsroom("init", home=tmp_path / "file")
    assert told.returncode == 2
    assert "make the newsroom's folder" in told.stderr
