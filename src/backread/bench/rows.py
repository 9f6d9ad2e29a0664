"""Rows to measure on: a file of JSON lines, plain or gzipped."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backread.errors import BadInput


def read_rows(path: Path | None, limit: int, keys: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The rows of a file in order, at most `limit` (0: all). Raises BadInput for one without `keys`, or no such file."""
    if path is None or not path.is_file():
        raise BadInput(
            str(path or "the file"), step="find it", hint="Name a file of JSON lines (.jsonl, .jsonl.gz)."
        )
    rows = json_lines(path)
    if not rows:
        raise BadInput(str(path), step="measure on it", hint="It holds no row.")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or any(key not in row for key in keys):
            raise BadInput(f"{path}, row {number}", step="read it", hint=f"It needs {', '.join(keys)}.")
    return iter(rows[: limit or None])


def json_lines(path: Path) -> list[Any]:
    """What each line of a file says, empty lines passed over. Raises BadInput for one that is not JSON in UTF-8."""
    try:
        raw = path.read_bytes()
        # Only a line feed ends a row: the other ends of lines may stand in its words.
        lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8").split("\n")
        return [json.loads(line) for line in lines if line.strip()]
    except (ValueError, OSError, EOFError, zlib.error) as err:
        raise BadInput(str(path), step="read its rows", hint="It should be JSON lines in UTF-8.") from err
