"""The bench of quotations: what it counts, by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from backread.bench import quotes
from backread.bench.rows import read_rows
from backread.errors import BadInput

TEXT = (
    "“The pier is worn,” Tamsin Orde said. Silas Venn said the “old beams” will be sold. “It is a sad day.”"
)


def told(words: str, source: str, start: int = 0) -> dict[str, object]:
    at, who = TEXT.index(words, start), TEXT.index(source)
    return {"content": [[at, at + len(words)]], "source": [[who, who + len(source)]], "cue": []}


def lay(folder: Path, *attributions: dict[str, object], **more: object) -> Path:
    path = folder / "rows.jsonl.gz"
    row = {"id": "a", "text": TEXT, "attributions": attributions, **more}
    path.write_bytes(gzip.compress(json.dumps(row).encode()))
    return path


def test_right_and_wrong_speakers(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = []
    path = lay(
        tmp_path, told("“The pier is worn,”", "Tamsin Orde"), told("“It is a sad day.”", "Tamsin Orde")
    )
    figures = quotes.run(path, 0, rows.append)  # type: ignore[arg-type]
    assert (figures["n"], figures["span_recall"]) == (2, 1.0)
    assert [row["outcome"] for row in rows] == ["right", "wrong"]
    assert figures["speaker_accuracy"] == 0.5


def test_half_quoted_content_and_other_annotators_are_left_out(tmp_path: Path) -> None:
    half = told("the “old beams” will be sold", "Silas Venn")
    assert quotes.run(lay(tmp_path, half), 0)["n"] == 0
    assert quotes.run(lay(tmp_path, told("“It is a sad day.”", "Silas Venn"), primary=False), 0)["n"] == 0


@pytest.mark.parametrize(
    ("words", "quoted"),
    [("“Yes,”", True), ('"Yes."', True), ("“Yes”.", True), ("Yes", False), ("“Yes,” he said, “no”", False), ("", False)],
)  # fmt: skip
def test_fully_quoted(words: str, quoted: bool) -> None:
    assert quotes.is_quoted(words) is quoted


@pytest.mark.parametrize(
    ("row", "content", "says"),
    [
        ("no such file", None, "find it"),
        ("no JSON", b"{", "JSON lines"),
        # Packed without a time: these bytes name the row, and both workers must give it one name.
        ("half a gzip file", gzip.compress(b"{}" * 500, mtime=0)[:20], "JSON lines"),
        ("a list", b"[1]", "row 1"),
        ("a key missing", b'{"id": 1}', "needs id, text"),
    ],
)
def test_rows_that_cannot_be_read(tmp_path: Path, row: str, content: bytes | None, says: str) -> None:
    path = tmp_path / ("rows.jsonl.gz" if "gzip" in row else "rows.jsonl")
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput, match=says):
        read_rows(path, 0, ("id", "text"))
