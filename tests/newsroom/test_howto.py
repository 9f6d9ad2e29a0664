"""The how-to's own example is a newsroom that `init` takes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "own-newsroom.md"


@pytest.mark.slow
def test_the_example_of_the_how_to_sets_a_newsroom_up(tmp_path: Path) -> None:
    text = PAGE.read_text("utf-8")
    block = text[text.index("    [outlet]") : text.index("`kind` is one of")]
    (tmp_path / "newsroom.toml").write_text("\n".join(line[4:] for line in block.splitlines()), "utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BACKREAD_", "DJANGO_"))}
    command = [str(Path(sys.executable).parent / "backread"), "newsroom", "init", "--home", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "nora" in done.stdout + done.stderr
    assert (tmp_path / "newsroom.sqlite3").exists()
