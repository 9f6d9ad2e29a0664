"""Bad input as the tests of every verb and form share it: kinds of bad files, a run of the program, and what a folder holds."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer

from backread import cli

HUGE = 100_000_000
"""Bytes: the size a file or a form is refused for, and quickly."""
LONG = "x" * 1_000_000
BROKEN = b"caf\xe9 \x81\xff\xfe \x90" * 40
BINARY = bytes(range(256)) * 20

Make = Callable[[Path], object]


def sparse(path: Path) -> None:
    """A file of HUGE bytes that takes no room."""
    with path.open("wb") as out:
        out.truncate(HUGE)


BAD_FILES: dict[str, Make] = {
    "missing": lambda path: None,
    "a folder": lambda path: path.mkdir(),
    "0 bytes": lambda path: path.write_bytes(b""),
    "100 MB": sparse,
    "binary": lambda path: path.write_bytes(BINARY),
    "broken encoding": lambda path: path.write_bytes(BROKEN),
}
"""What a file may be instead of one that can be used, and how such a one is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a run of the program said."""

    code: int
    out: str
    err: str

    def is_refusal(self, told: str = "", *, talk: int = 0) -> bool:
        """Whether it is one sentence on stderr and nothing else, with `told` in it, after so many lines of talk."""
        lines = self.err.splitlines()
        assert len(lines) == 1 + talk, self.err
        assert self.out == ""
        assert self.code == 2
        assert "Traceback" not in self.err
        assert len(self.err) < 1_000
        assert ": " in self.err
        assert self.err.rstrip()[-1] in ".`?", self.err
        assert told in self.err, self.err
        return True


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: object) -> Done:
    """The program with these words, as its entry point runs it, in this process."""
    monkeypatch.setattr(sys, "argv", ["backread", *map(str, words)])
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        cli.main()
    said = capsys.readouterr()
    return Done(code=int(str(left.value.code)), out=said.out, err=said.err)


def verbs() -> dict[str, list[Any]]:
    """Every verb of the program with its parameters, as the entry point mounts them."""
    cli.mount()
    return {name: command.params for name, command in _walk(typer.main.get_command(cli.app), "")}


def _walk(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    held = getattr(command, "commands", None)
    if held is None:
        yield path, command
        return
    for name, child in held.items():
        yield from _walk(child, f"{path} {name}".strip())


def held(folder: Path) -> dict[str, str]:
    """What a folder holds: the digest of every file, and of every row of a database that can be read."""
    told = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if name.endswith(("-wal", "-shm", ".lock")):
            continue
        told[name] = "folder" if path.is_dir() else _digest(path)
    return told


def _digest(path: Path) -> str:
    if path.stat().st_size >= HUGE:
        return f"{path.stat().st_size} bytes"
    if path.suffix == ".sqlite3":
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as rows:
                return hashlib.sha256("\n".join(rows.iterdump()).encode()).hexdigest()
        except sqlite3.DatabaseError:
            pass
    return hashlib.sha256(path.read_bytes()).hexdigest()
