"""Files that are whole or not there: written beside, synced, renamed.

`step` is called before each thing that could be interrupted, with its name and path, so that a test can stop
the world exactly there.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backread.errors import PublishError
from backread.values.canonical import Digest, digest_of

Step = Callable[[str, str], None]
"""(what is about to happen, path)."""

_HALF = ".half"


def no_step(what: str, path: str) -> None:
    """The step of a build nobody watches."""


def write(path: Path, content: bytes, *, step: Step = no_step) -> None:
    """Put `content` at `path`, whole or not at all; it is on the disk when this returns. Raises PublishError."""
    half = path.with_name(path.name + _HALF)
    try:
        step("write", str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as out:
            out.write(content)
            step("sync", str(path))
            out.flush()
            os.fsync(out.fileno())
        step("rename", str(path))
        half.replace(path)
        _sync_folder(path.parent)
        step("renamed", str(path))
    except OSError as err:
        raise PublishError(
            str(path), step="write it", hint=f"The system says: {err.strerror or err}."
        ) from err


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """What one file was made from and what it became."""

    inputs: Digest
    theme: Digest
    output: Digest

    def hold(self, path: Path, inputs: Digest, theme: Digest) -> bool:
        """Whether the file at `path` stands as it was written, from these inputs and this theme."""
        return (self.inputs, self.theme) == (inputs, theme) and self.is_at(path)

    def is_at(self, path: Path) -> bool:
        """Whether the file at `path` has the very bytes that were written."""
        try:
            return digest_of(path.read_bytes()) == self.output
        except OSError:
            return False


def clear_halves(out: Path) -> None:
    """Remove what an interrupted build left half written; only this builder makes such names."""
    for half in out.rglob(f"*{_HALF}"):
        half.unlink(missing_ok=True)
