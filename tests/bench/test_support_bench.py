"""The bench of support: scores, outcomes and what is counted of them, by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backread.bench import extractive, support
from backread.values.finding import Outcome

S, U, R = Outcome.SUPPORTED, Outcome.UNDECIDED, Outcome.REFUTED
SOURCE = "The board met on Monday, March 3, 2025. It approved the repair of the pier for $40,000. Tamsin Orde spoke."


@pytest.mark.parametrize(
    ("row", "claim", "outcome"),
    [
        ("word for word", "It approved the repair of the pier for $40,000.", S),
        ("another figure", "It approved the repair of the pier for $90,000.", R),
        ("other words", "Mending the jetty will go ahead.", U),
        ("the worst of two", "Tamsin Orde spoke. It approved the repair of the pier for $90,000.", R),
        ("no sentence", "", U),
    ],
)
def test_a_claim_is_its_worst_sentence(row: str, claim: str, outcome: Outcome) -> None:
    assert support.judge(claim, SOURCE)[1] is outcome, row


def test_scores_rank_the_outcomes() -> None:
    scores = [support.judge(claim, SOURCE)[0] for claim in ("It approved the repair of the pier for $90,000.", "Mending the pier was approved.", "Tamsin Orde spoke.")]  # fmt: skip
    assert scores == sorted(scores)


@pytest.mark.parametrize(
    ("row", "pairs", "area"),
    [
        ("all apart", [(0.9, True), (0.1, False)], 1.0),
        ("the wrong way", [(0.1, True), (0.9, False)], 0.0),
        ("all tied", [(0.5, True), (0.5, False), (0.5, False)], 0.5),
        ("one pair of four wrong", [(0.9, True), (0.3, True), (0.5, False), (0.1, False)], 0.75),
        ("one kind only", [(0.9, True)], 0.5),
    ],
)
def test_auroc(row: str, pairs: list[tuple[float, bool]], area: float) -> None:
    assert support.auroc(pairs) == pytest.approx(area), row


def test_undecided_counts_as_unsupported() -> None:
    told = [(0.9, S, True), (0.4, U, True), (0.4, U, False), (0.1, R, False)]
    assert support.figures(told) == {
        "n": 4, "balanced_accuracy": 0.75, "auroc": 0.875, "f1_unsupported": 0.8, "coverage": 0.5, "error_of_decided": 0.0,
    }  # fmt: skip


def test_rows_without_a_label_are_left_out(tmp_path: Path) -> None:
    rows = [
        {"id": n, "source": SOURCE, "claim": "Tamsin Orde spoke.", "label": label}
        for n, label in enumerate([1, None, 0])
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    seen: list[dict[str, object]] = []
    figures = support.run(tmp_path / "rows.jsonl", 0, seen.append)  # type: ignore[arg-type]
    assert (figures["n"], figures["balanced_accuracy"], [row["id"] for row in seen]) == (2, 0.5, [0, 2])


def test_what_was_called_wrongly_is_counted_among_the_decided() -> None:
    told = [(0.9, S, True), (0.8, S, False), (0.1, R, True), (0.5, U, True)]
    assert support.figures(told)["error_of_decided"] == pytest.approx(2 / 3, abs=1e-4)


@pytest.mark.parametrize(
    ("row", "document", "does"),
    [("odd", "1f", True), ("a letter", "bf", True), ("even", "0f", False), ("none", "", False)],
)
def test_half_of_the_documents_measure(row: str, document: str, does: bool) -> None:
    assert support.measures(document) is does, row


def test_the_measuring_half_is_told_apart(tmp_path: Path) -> None:
    row = {"source": SOURCE, "claim": "Tamsin Orde spoke.", "label": 1}
    rows = [{**row, "id": 1, "doc_hash": "1f"}, {**row, "id": 2, "doc_hash": "2f"}]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    figures = support.run(tmp_path / "rows.jsonl", 0)
    assert (figures["n"], figures["measuring_half"]["n"]) == (2, 1)


def test_sentences_of_held_documents_are_cut_and_altered(tmp_path: Path) -> None:
    rows = [
        {"source": SOURCE, "doc_hash": "a0"},
        {"source": SOURCE, "doc_hash": "a0"},
        {"source": SOURCE, "doc_hash": "a9"},
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    seen: list[dict[str, object]] = []
    figures = extractive.run(tmp_path / "rows.jsonl", 0, seen.append)  # type: ignore[arg-type]
    assert figures["documents"] == 1
    assert {r["claim"] in SOURCE for r in seen if r["label"]} == {True}
    assert {r["claim"] in SOURCE for r in seen if not r["label"]} == {False}
    assert {str(r["kind"]) for r in seen} - {"true"} <= {"numbers", "dates", "names", "another name"}
