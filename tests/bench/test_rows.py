"""Files of JSON lines to measure on: every row of a good one, and a refusal that names what is wrong with another."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from backread.bench.rows import json_lines, read_rows
from backread.errors import BadInput


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        pytest.param("a.jsonl", b'{"id": 1}\n\n{"id": 2}\n', [1, 2], id="plain"),
        pytest.param("a.jsonl.gz", gzip.compress(b'{"id": 1}\r\n{"id": 2}'), [1, 2], id="gzipped"),
        pytest.param("a.jsonl", '{"id": "a\u2028b\u0085c"}\n'.encode(), ["a\u2028b\u0085c"], id="another end of line in its words"),
    ],
)  # fmt: skip
def test_the_rows_of_a_file(tmp_path: Path, name: str, content: bytes, told: list[object]) -> None:
    (tmp_path / name).write_bytes(content)
    assert [row["id"] for row in json_lines(tmp_path / name)] == told
    assert [row["id"] for row in read_rows(tmp_path / name, 1, ("id",))] == told[:1]


@pytest.mark.parametrize(
    ("name", "content", "step"),
    [
        pytest.param("a.jsonl", b'{"id": 1', "read its rows", id="no JSON"),
        pytest.param("a.jsonl", b'{"id": "\xff"}', "read its rows", id="no UTF-8"),
        pytest.param("a.jsonl.gz", b'{"id": 1}', "read its rows", id="not gzipped"),
        pytest.param("a.jsonl.gz", gzip.compress(b'{"id": 1}')[:-9], "read its rows", id="cut short"),
        pytest.param("a.jsonl", b"\n", "measure on it", id="empty"),
        pytest.param("a.jsonl", b"[1]", "read it", id="no object"),
        pytest.param("a.jsonl", b'{"other": 1}', "read it", id="without its key"),
        pytest.param("b.jsonl", None, "find it", id="no file"),
    ],
)
def test_a_file_that_cannot_be_measured_on(tmp_path: Path, name: str, content: bytes | None, step: str) -> None:  # fmt: skip
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput) as err:
        read_rows(tmp_path / name, 0, ("id",))
    assert err.value.step == step
