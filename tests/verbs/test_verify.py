"""`backread verify` from the outside: exit codes 0, 1 and 2, words and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backread.cli import app
from backread.errors import BadInput
from publish.made import Desk, desk


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One desk."""
    return desk(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def folder(ours: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published story's folder with its receipt."""
    path = tmp_path_factory.mktemp("story")
    (path / "receipt.json").write_bytes(ours.publish().receipt.content())
    return path


def run(*words: str) -> tuple[int, str]:
    """Exit code and stdout."""
    told = CliRunner().invoke(app, ["verify", *words])
    if told.exception and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told.exit_code, told.stdout


@pytest.mark.parametrize(
    ("met", "code"), [(("site", "log"), 0), (("site",), 1), ((), 1)], ids=["both", "one", "none"]
)
def test_exit_codes(ours: Desk, folder: Path, met: tuple[str, ...], code: int) -> None:
    keys = [word for name in met for word in ("--key", getattr(ours, name).key)]
    assert run(str(folder), *keys)[0] == code
    exit_code, out = run(str(folder / "receipt.json"), *keys, "--json")
    told = json.loads(out)
    assert (exit_code, told["holds"]) == (code, code == 0)
    assert told["statement"][0].startswith("Assembled by rule")


def test_a_key_not_met_is_said_in_words(folder: Path) -> None:
    assert "signed by a key you have not met" in run(str(folder))[1]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: None, id="missing"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(b"\0\xff" * 100), id="binary"),
        pytest.param(lambda path: path.write_bytes(b"x" * 6_000_000), id="too long"),
        pytest.param(lambda path: path.mkdir(), id="a folder without one"),
    ],
)
def test_what_cannot_be_read_is_one_clear_sentence(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "receipt.json")
    with pytest.raises(BadInput, match="could not read"):
        run(str(tmp_path / "receipt.json"))
