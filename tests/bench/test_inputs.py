"""The bench of inputs counts what came of each document, names what crashed, and refuses a folder without inputs."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from pathlib import Path

import pytest

from backread.bench import inputs
from backread.errors import BadInput
from backread.gather import Follow, Reading

PAGE = "<html><body><p>The board approved the repair of the pier on Monday.</p></body></html>"


def lay(folder: Path, *pages: str) -> Path:
    """A folder with one pile of HTML rows."""
    (folder / "attacks").mkdir()
    rows = [json.dumps({"id": str(n), "input": page}) for n, page in enumerate(pages)]
    (folder / "attacks" / "html_malformed.jsonl").write_text("\n".join(rows))
    return folder


def test_a_page_is_a_capture_and_an_empty_one_is_refused(tmp_path: Path) -> None:
    figures = inputs.run(lay(tmp_path, PAGE, ""), 0)
    assert list(figures) == ["malformed HTML"]
    told = figures["malformed HTML"]
    assert (told["documents"], told["captures"], told["refused"], told["crashed"]) == (2, 1, 1, 0)


def test_the_limit_bounds_the_documents(tmp_path: Path) -> None:
    assert inputs.run(lay(tmp_path, PAGE, PAGE, PAGE), 2)["malformed HTML"]["documents"] == 2


def test_a_gzipped_pile_is_read(tmp_path: Path) -> None:
    (tmp_path / "ingest" / "feeds").mkdir(parents=True)
    feed = '<rss version="2.0"><channel><title>A</title><item><title>Pier</title><link>https://a.example/1</link></item></channel></rss>'
    row = json.dumps({"path": "a.xml", "body_b64": b64encode(feed.encode()).decode()})
    (tmp_path / "ingest" / "feeds" / "cases.jsonl.gz").write_bytes(gzip.compress(row.encode()))
    told = inputs.run(tmp_path, 0)["feeds"]
    assert told["captures"] + told["pointers"] == 1


def test_a_reader_that_raises_is_counted_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Reading:
        raise RuntimeError("a wheel came off")

    monkeypatch.setattr(inputs, "read", broken)
    told = inputs.run(lay(tmp_path, PAGE), 0)["malformed HTML"]
    assert told["crashed"] == 1
    assert "a wheel came off" in told["crashes"][0]


def test_a_slow_document_is_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "SLOWEST", -1.0)
    assert inputs.run(lay(tmp_path, PAGE), 0)["malformed HTML"]["late"] == 1


@pytest.mark.parametrize(
    ("reading", "outcome"),
    [
        pytest.param(Reading(refusal="It is empty."), "refused", id="a refusal"),
        pytest.param(Reading(follow=(Follow(url="https://a.example/1"),)), "pointers", id="pointers"),
        pytest.param(Reading(), "unclear", id="nothing, and no word why"),
    ],
)
def test_what_counts_as_what(reading: Reading, outcome: str) -> None:
    assert inputs.classify(reading) == outcome


@pytest.mark.parametrize("content", ["not json", '{"id": "1"}', "[]"])
def test_a_broken_row_is_bad_input(tmp_path: Path, content: str) -> None:
    (tmp_path / "attacks").mkdir()
    (tmp_path / "attacks" / "html_malformed.jsonl").write_text(content)
    with pytest.raises(BadInput, match="JSON lines"):
        inputs.run(tmp_path, 0)


def test_no_folder_and_a_folder_without_inputs_are_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Name the folder"):
        inputs.run(None, 0)
    with pytest.raises(BadInput, match="at least one of"):
        inputs.run(tmp_path, 0)
