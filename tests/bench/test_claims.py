"""The files our claims are written in, and their split."""

from __future__ import annotations

from pathlib import Path

import pytest

from backread.bench.claims import Claim, read_claims, run
from backread.errors import BadInput
from backread.values.canonical import digest_of

FILE = """document: council minutes | Pier repairs | Tarrow, May 2026

passage
The board met.

It closed the pier.

T paraphrase: The pier was closed by the board.
F role [the pier]: The board was closed by the pier.

passage
It rained.

T compress: Rain fell.
"""


def lay(folder: Path, text: str, name: str = "one") -> Path:
    (folder / "hand").mkdir(exist_ok=True)
    (folder / "hand" / f"{name}.txt").write_text(text)
    return folder


def test_claims_stand_on_their_passages(tmp_path: Path) -> None:
    first, second, third = read_claims(lay(tmp_path, FILE))
    assert (first.id, first.hand, first.is_true, first.kind, first.words) == (
        "hand/one/1.1",
        "hand",
        True,
        "paraphrase",
        "",
    )
    assert first.passage == second.passage == "The board met.\n\nIt closed the pier."
    assert (second.is_true, second.kind, second.words) == (False, "role", "the pier")
    assert (third.id, third.passage) == ("hand/one/2.1", "It rained.")


def test_the_split_goes_by_document_and_never_moves(tmp_path: Path) -> None:
    lay(tmp_path, FILE)
    assert len({claim.split for claim in read_claims(tmp_path)}) == 1
    told = [
        Claim(id="", document=f"hand/{n}", hand="", passage="", text="", is_true=True, kind="").split
        for n in range(2_000)
    ]
    shares = [told.count(name) / 2_000 for name in ("train", "dev", "test")]
    assert shares == pytest.approx([0.60, 0.15, 0.25], abs=0.04)


@pytest.mark.parametrize(
    ("row", "text", "says"),
    [
        ("no document", "passage\nIt rained.\n", "line 1"),
        ("a stray line", FILE + "X odd: Rain.\n", "read it as a claim"),
        ("binary", "\x00", "binary"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, row: str, text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        list(read_claims(lay(tmp_path, text)))


def test_no_claims(tmp_path: Path) -> None:
    for folder in (None, tmp_path / "none", tmp_path):
        with pytest.raises(BadInput, match="find claims"):
            list(read_claims(folder))


def test_only_the_test_documents_are_measured(tmp_path: Path) -> None:
    for number in range(30):
        lay(tmp_path, FILE.replace("T compress: Rain fell.", "T compress: It rained."), f"doc{number}")
    rows: list[dict[str, object]] = []
    figures = run(tmp_path, 0, rows.append)  # type: ignore[arg-type]
    assert (figures["documents"], figures["passages"], figures["claims"], figures["hands"]) == (30, 60, 90, 1)
    assert figures["n"] == figures["test_claims"] == len(rows)
    assert 0 < len(rows) < 90
    assert {row["outcome"] for row in rows if str(row["id"]).endswith("2.1")} == {"supported"}


def test_a_second_hands_labels_count_while_the_words_stand(tmp_path: Path) -> None:
    lay(tmp_path, FILE)
    first, second, third = read_claims(tmp_path)
    rows = [(first, "T"), (second, "T"), (third, "T")]
    told = [f"{c.id},{label},{digest_of(c.text.encode())[:12]}" for c, label in rows]
    told[2] = f"{third.id},T,000000000000"
    (tmp_path / "second.csv").write_text("\n".join(told))
    figures = run(tmp_path, 0)
    assert (figures["second_hand"], figures["second_hand_agrees"]) == (2, 0.5)
