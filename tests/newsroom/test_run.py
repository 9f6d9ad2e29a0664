"""`backread newsroom run --demo` from outside: what a newcomer gets, and what a second run keeps."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PASSWORD = re.compile(r"user (\w+), password (\S+)")
BACKREAD = Path(sys.executable).parent / "backread"


def newsroom(home: Path, *arguments: str, told: str = "") -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BACKREAD_", "DJANGO_"))}
    command = [str(BACKREAD), "newsroom", *arguments, "--home", str(home)]
    return subprocess.run(
        command, input=told, capture_output=True, text=True, env=environment, timeout=120, check=False
    )


@pytest.mark.slow
def test_the_demo_ends_at_checked_drafts_and_a_second_run_keeps_them(tmp_path: Path) -> None:
    home = tmp_path / "room"
    first = newsroom(home, "run", "--demo", "--no-serve")
    assert first.returncode == 0, first.stderr
    assert first.stderr.count("password") == 4
    told = json.loads(newsroom(home, "drafts", "--json").stdout)["stories"]
    assert len(told) >= 8
    assert [s for s in told if s["open"]] == []
    second = newsroom(home, "run", "--demo", "--no-serve")
    assert second.returncode == 0, second.stderr
    assert sorted(PASSWORD.findall(second.stderr)) == sorted(PASSWORD.findall(first.stderr))
    assert (home / "demo-sign-in.txt").stat().st_mode & 0o777 == 0o600
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
        "sys.argv = ['backread', 'newsroom', 'run', '--demo', '--no-serve']\n"
        "from backread.cli import main; main()\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False
    )
    assert killed.returncode == -9, killed.stderr
    again = newsroom(home, "run", "--demo", "--no-serve")
    assert again.returncode == 0, again.stderr
    told = json.loads(newsroom(home, "drafts", "--json").stdout)["stories"]
    assert len(told) >= 13
    assert len({s["title"] for s in told}) == len(told)
    assert [s for s in told if s["open"]] == []
    assert newsroom(home, "doctor").stdout == "nothing wrong\n"
    assert list(home.rglob(".half-*")) == []


@pytest.mark.slow
def test_words_are_public_only_after_password_and_code_and_the_receipt_holds(
    demo: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(demo, tmp_path / "room"))
    passwords = dict(PASSWORD.findall((home / "demo-sign-in.txt").read_text("utf-8")))
    stories = {
        s["title"]: s["story"] for s in json.loads(newsroom(home, "drafts", "--json").stdout)["stories"]
    }
    seed = next(slug for title, slug in stories.items() if "lend seeds" in title)
    motors = next(slug for title, slug in stories.items() if "outboard motors" in title)

    def approve(slug: str, user: str, code: str = "") -> subprocess.CompletedProcess[str]:
        told = code or newsroom(home, "code", user).stdout.strip()
        return newsroom(home, "approve", slug, "--as", user, told=f"{passwords[user]}\n{told}\n")

    assert approve(seed, "thea", "000000").returncode == 2
    assert "Only an editor" in approve(seed, "lila").stderr or approve(seed, "lila").returncode == 2
    assert not (home / "site").exists()

    out = approve(seed, "thea")
    assert out.returncode == 0, out.stderr
    (page,) = [p for p in (home / "site").rglob("index.html") if p.parent.name == seed]
    text = page.read_text("utf-8")
    assert "no language model was used" in text
    assert "Approved by Thea Marrable, editor" in text
    assert "lend seeds" in (home / "site" / "feed.rss").read_text("utf-8")

    receipt = page.parent / "receipt.json"
    keys = [key["id"] for key in json.loads(receipt.read_text("utf-8"))["keys"]]
    verify = [str(BACKREAD), "verify", str(receipt)]
    unmet = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert unmet.returncode == 1
    assert "a key you have not met" in unmet.stdout + unmet.stderr
    met = subprocess.run(
        [*verify, *(a for k in keys for a in ("--key", k))], capture_output=True, text=True, check=False
    )
    assert met.returncode == 0, met.stdout

    first = approve(motors, "ambrose")
    assert first.returncode == 0, first.stderr
    assert "second person" in first.stderr
    assert [p for p in (home / "site").rglob("index.html") if p.parent.name == motors] == []
