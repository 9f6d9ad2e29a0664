"""`backread newsroom run --demo` from outside: what a newcomer gets, and what a second run keeps."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BACKREAD = Path(sys.executable).parent / "backread"


def newsroom(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BACKREAD_", "DJANGO_"))}
    command = [str(BACKREAD), "newsroom", *arguments, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


@pytest.mark.slow
def test_the_demo_ends_at_checked_drafts_and_a_second_run_keeps_them(tmp_path: Path) -> None:
    home = tmp_path / "room"
    first = newsroom(home, "run", "--demo")
    assert first.returncode == 0, first.stderr
    assert first.stderr.count("password") == 4
    told = json.loads(newsroom(home, "drafts", "--json").stdout)["stories"]
    assert len(told) >= 8
    assert [s for s in told if s["open"]] == []
    second = newsroom(home, "run", "--demo")
    assert second.returncode == 0, second.stderr
    assert "password" not in second.stderr
    assert json.loads(newsroom(home, "drafts", "--json").stdout)["stories"] == told
    assert newsroom(home, "doctor").stdout == "nothing wrong\n"
    shown = newsroom(home, "show", told[0]["story"], "--json")
    assert shown.returncode == 0
    assert json.loads(shown.stdout)["summary"]["open"] == 0
    assert len(newsroom(home, "code", "thea").stdout.strip()) == 6
    missing = newsroom(home, "show", "no-such-story")
    assert missing.returncode == 2
    assert "`backread newsroom drafts` lists them" in missing.stderr


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["gather", "group", "draft", "check"])
def test_killed_at_a_stage_nothing_is_lost_or_doubled(tmp_path: Path, stage: str) -> None:
    home = tmp_path / "room"
    killer = (
        "import os, signal, sys\n"
        "from newsroom.store import DjangoStore\n"
        f"inner, seen = DjangoStore.{stage}, []\n"
        "def step(self, subject, now):\n"
        "    seen.append(subject)\n"
        "    inner(self, subject, now)\n"
        "    if len(seen) == min(3, self.kill_after):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        f"DjangoStore.kill_after = {1 if stage == 'group' else 3}\n"
        f"DjangoStore.{stage} = step\n"
    )
    program = (
        "import os, sys\n"
        f"os.environ['BACKREAD_HOME'] = {str(home)!r}\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'newsroom.settings'\n"
        f"os.makedirs({str(home / 'keys')!r})\n"
        "import django; django.setup()\n"
        f"exec({killer!r})\n"
        "sys.argv = ['backread', 'newsroom', 'run', '--demo']\n"
        "from backread.cli import main; main()\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False
    )
    assert killed.returncode == -9, killed.stderr
    again = newsroom(home, "run", "--demo")
    assert again.returncode == 0, again.stderr
    told = json.loads(newsroom(home, "drafts", "--json").stdout)["stories"]
    whole = tmp_path / "whole"
    newsroom(whole, "run", "--demo")
    wanted = json.loads(newsroom(whole, "drafts", "--json").stdout)["stories"]
    assert sorted(s["story"] for s in told) == sorted(s["story"] for s in wanted)
    assert [s for s in told if s["open"]] == []
    assert newsroom(home, "doctor").stdout == "nothing wrong\n"
    assert list(home.rglob(".half-*")) == []
