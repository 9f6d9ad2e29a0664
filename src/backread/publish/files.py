"""Files that are whole or not there: written beside, synced, renamed; and the manifest of what stands.

`step` is called before each thing that could be interrupted, with its name and path, so that a test can stop
the world exactly there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from backread.errors import PublishError
from backread.values.canonical import Digest, canonical_bytes, digest_of

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
        raise PublishError(str(path), step="write it", hint=err.strerror or "The disk refused.") from err


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


@dataclass(slots=True)
class Manifest:
    """Which files stand on the site: path to `Stands`. It is kept beside the site, not in it."""

    path: Path
    stands: dict[str, Stands] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """The manifest at `path`; an empty one where there is none, or where it cannot be read (all is written anew)."""
        try:
            told = json.loads(path.read_bytes())
            stands = {name: Stands(**row) for name, row in told.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            stands = {}
        return cls(path=path, stands=stands)

    def is_current(self, out: Path, name: str, inputs: Digest, theme: Digest) -> bool:
        """Whether the file stands as it was written, from these inputs and this theme."""
        row = self.stands.get(name)
        if row is None or (row.inputs, row.theme) != (inputs, theme):
            return False
        try:
            return digest_of((out / name).read_bytes()) == row.output
        except OSError:
            return False

    def save(self, *, step: Step = no_step) -> None:
        """Write it, atomically."""
        rows = {
            name: {"inputs": row.inputs, "output": row.output, "theme": row.theme}
            for name, row in self.stands.items()
        }
        write(self.path, canonical_bytes(rows), step=step)


def clear_halves(out: Path) -> None:
    """Remove what an interrupted build left half written; only this builder makes such names."""
    for half in out.rglob(f"*{_HALF}"):
        half.unlink(missing_ok=True)
