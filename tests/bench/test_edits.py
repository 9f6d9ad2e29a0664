"""Alterations by kind, the documents they are made in, and what is counted of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from backread.bench import edits
from backread.bench.alter import ALTERATIONS, Told, trimmed
from backread.check.base import Check, Context
from backread.errors import BadInput
from backread.ports import Verdict
from backread.text import quotations
from backread.values.finding import Finding, Kind, Outcome, Subject

DAY = edits.SEEN.date()
NOTICE = (
    "The board met on Tuesday, Nov. 17, and heard Tamsin Orde of the harbor office. "
    "About 40 boats lie at Heron Key, Orde said. "
    "“We will not close the pier before the ferries run again,” Orde told the board.\n\n"
    "The repair may cost $310,000, according to the harbor office. "
    "Treasurer Milo Quill praised Tamsin Orde for the plan."
)


def told(text: str, *others: str) -> Told:
    return Told(text=text, plain=quotations.outside(text), others=others)


def altered(kind: str, text: str, *others: str) -> set[str]:
    made = (ALTERATIONS[kind](told(text, *others), random.Random(seed)) for seed in range(60))
    return {text for text in made if text is not None}


@pytest.mark.parametrize(
    ("row", "kind", "text", "now"),
    [
        ("a quoted word", "quotes", "Orde said “we will close it”.", "Orde said “we may close it”."),
        ("a small number in words", "numbers", "Four boats sank.", "Nine boats sank."),
        ("a digit", "numbers", "It has 7 piers.", "It has 3 piers."),
        ("the first digit of a hedged figure", "numbers", "About 40 boats sank.", "About 90 boats sank."),
        ("a weekday", "dates", "The board met on Tuesday.", "The board met on Friday."),
        ("a month", "dates", "It closed on March 3, 2025.", "It closed on August 3, 2025."),
        ("a letter of a name", "names", "The board thanked Tamsin Orde.", "The board thanked Tasmin Orde."),
        ("a hedge before a figure", "hedges", "At least 40 boats sank.", "40 boats sank."),
        ("a may", "hedges", "The pier may close.", "The pier will close."),
        ("an allegation", "hedges", "Quill allegedly took the money.", "Quill took the money."),
        ("said that", "attribution", "Orde said that the pier has a crack below it.", "The pier has a crack below it."),
        ("said without that", "attribution", "Milo Quill said the pier has a crack below it.", "The pier has a crack below it."),
        ("according to, behind", "attribution", "The pier has a crack below it, according to the office.", "The pier has a crack below it."),
        ("according to, ahead", "attribution", "According to the office, the pier has a crack below it.", "The pier has a crack below it."),
        ("he said, behind", "attribution", "The pier has a crack below it, he said.", "The pier has a crack below it."),
        ("two persons", "roles", "Treasurer Milo Quill praised Ms. Tamsin Orde for it.", "Treasurer Ms. Tamsin Orde praised Milo Quill for it."),
    ],
)  # fmt: skip
def test_what_a_kind_changes(row: str, kind: str, text: str, now: str) -> None:
    assert now in altered(kind, text), (row, altered(kind, text))
    assert text not in altered(kind, text)


def test_a_name_becomes_another_of_the_document() -> None:
    made = altered("another name", "The board thanked Tamsin Orde.", "Milo Quill", "Tamsin Vale", "Heron")
    assert "The board thanked Milo Quill." in made
    assert not any("Vale" in text or "Heron" in text for text in made), (
        "a shared word or another length is no other name"
    )


@pytest.mark.parametrize(
    ("row", "kind", "text"),
    [
        ("three words are no quotation to change", "quotes", "He called it “a bad day”."),
        ("a quoted figure is the speaker's", "numbers", "“It cost $40,” he said."),
        ("a quoted day is the speaker's", "dates", "“It closes on Friday,” he said."),
        ("a weekday is no name", "names", "The board met on Wednesday."),
        ("May is no may", "hedges", "It closed in May."),
        ("no other name", "another name", "The board thanked Tamsin Orde."),
        ("one name", "roles", "Milo Quill praised the plan."),
        ("told in one breath", "roles", "They thanked Milo Quill and Tamsin Orde."),
        ("mutual", "roles", "Milo Quill met Tamsin Orde."),
        ("a quotation keeps its speaker", "attribution", "Orde said that “the pier is closed” to all boats."),
        ("a saying that is no claim", "attribution", "Orde said no."),
    ],
)
def test_where_a_kind_has_no_business(row: str, kind: str, text: str) -> None:
    assert altered(kind, text) == set(), row


@pytest.mark.parametrize(
    ("row", "text", "now"),
    [
        ("a title and a not", "Mr. Quill did not vote.", "Quill didn't vote."),
        ("percent", "It rose by 9 per cent.", "It rose by 9%."),
        ("that", "She said that it rose.", "She said it rose."),
        ("never inside a quotation", "“It did not rise,” he said.", "“It did not rise,” he said."),
        ("nothing to trim", "It rose.", "It rose."),
    ],
)
def test_trimming_keeps_what_is_said(row: str, text: str, now: str) -> None:
    assert trimmed(told(text)) == now, row


def document(text: str = NOTICE) -> edits.Document:
    return edits.Document(name="notice", capture=edits.captured("notice", text, DAY), date=DAY)


def test_a_document_is_read_true_and_altered() -> None:
    rows = list(edits.read(document()))
    assert [row.was for row in rows if row.kind == edits.TRUE and row.is_open] == []
    assert {row.kind for row in rows} >= {
        "quotes",
        "numbers",
        "dates",
        "names",
        "hedges",
        "attribution",
        edits.TRUE,
    }
    seen = {row.kind for row in rows if row.is_refuted}
    assert seen >= {"quotes", "numbers", "dates"}, [(r.kind, r.text) for r in rows if not r.is_refuted]
    assert all(row.text != row.was for row in rows if row.kind != edits.TRUE)


def test_the_same_luck_every_time_and_one_kind_at_most_thrice() -> None:
    long = "\n\n".join(f"The board paid ${n},417 for pier {n} on May {n}." for n in range(3, 12))
    one, two = (list(edits.read(document(long))) for _ in range(2))
    assert [row.text for row in one] == [row.text for row in two]
    assert sum(row.kind == "numbers" for row in one) == edits.A_DOCUMENT


def test_what_is_counted() -> None:
    rows = list(edits.read(document()))
    told = edits.figures(rows)
    assert (told["documents"], told["sentences"], told["false_alarms"]) == (1, 5, 0.0)
    assert told["recall"]["quotes"] == told["refuted"]["quotes"] == 1.0  # type: ignore[index]
    assert told["n"]["quotes"] == sum(row.kind == "quotes" for row in rows)  # type: ignore[index]
    assert "roles" not in told["n"] or told["n"]["roles"]  # type: ignore[index,operator]
    true = [row for row in rows if row.is_true]
    assert edits.figures(true)["recall"] == {}
    assert edits.figures([])["false_alarms"] == 0.0


@pytest.mark.parametrize(
    ("row", "true", "cut"),
    [
        ("none", [], 0.0),
        ("few allow no alarm", [0.9, 0.4, 0.8], 0.4),
        ("three of a hundred", [0.1, 0.2, 0.3, *[0.9] * 97], 0.9),
        ("ties are not cut through", [0.2] * 10 + [0.9] * 90, 0.2),
    ],
)
def test_where_three_in_a_hundred_stand(row: str, true: list[float], cut: float) -> None:
    assert edits.threshold(true) == cut, row
    assert sum(score < cut for score in true) <= edits.AT * len(true), row


def test_the_lower_bound_goes_by_document() -> None:
    rows = [row for row in edits.read(document()) if row.kind == "quotes"]
    assert edits.low(rows * 30) == pytest.approx(1 - 3 / (30 * len(rows)), abs=1e-4)
    missed = [row for row in edits.read(document()) if row.kind == edits.TRUE][:1]
    assert edits.low([*rows, *missed]) == pytest.approx(len(rows) / (len(rows) + 1), abs=1e-4), (
        "one document has one share"
    )


def test_checks_and_verifier_are_those_handed_in() -> None:
    class Believes:
        name = version = "1"

        def __call__(self, claims: Sequence[str], evidence: Sequence[Sequence[str]]) -> Sequence[Verdict]:
            return [Verdict(probability=1.0) for _ in claims]

    seen: set[object] = set()

    def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
        seen.add(context.verifier)
        return (check.says(subject, Outcome.UNDECIDED),)

    check = Check(name="one", kind=Kind.PROOF, version="1", title="One", run=run)
    verifier = Believes()
    rows = list(edits.read(document(), (check,), verifier))
    assert seen == {verifier}
    assert edits.figures(rows)["false_alarms_by_check"] == {"one": sum(row.is_true for row in rows)}


CLAIMS = "document: minutes | Pier | Tarrow, {day}\n\npassage\n{text}\n\nT paraphrase: The board met.\n"


def lay(folder: Path, text: str, day: str = "May 5, 2026") -> Path:
    (folder / "hand").mkdir(parents=True)
    for number in range(12):
        (folder / "hand" / f"n{number}.txt").write_text(CLAIMS.format(day=day, text=text))
    return folder


def test_only_training_documents_of_claims(tmp_path: Path) -> None:
    there = edits.read_documents(lay(tmp_path, NOTICE))
    assert 0 < len(there) < 12
    assert {(d.capture.text, str(d.date)) for d in there} == {(NOTICE, "2026-05-05")}


@pytest.mark.parametrize(
    ("row", "day", "date"), [("a month", "May 2026", "2026-05-31"), ("none", "the old town", "None")]
)
def test_the_day_of_a_document(row: str, day: str, date: str, tmp_path: Path) -> None:
    assert {str(d.date) for d in edits.read_documents(lay(tmp_path, NOTICE, day))} == {date}, row


def test_both_folders_of_ours_and_no_other_stories(tmp_path: Path) -> None:
    lay(tmp_path / "claims/written", NOTICE)
    for name in ("tuning", "clean"):
        story = tmp_path / "stories" / name / "pier"
        (story / "sources").mkdir(parents=True)
        (story / "story.md").write_text("# Pier closes\n\nTARROW — The pier closed.\n")
        (story / "sources/notice.txt").write_text(f"{name}: the pier closed on Monday for good.")
    texts = {document.capture.text for document in edits.read_documents(tmp_path)}
    assert any(text.startswith("tuning") for text in texts)
    assert not any(text.startswith("clean") for text in texts), "what only measures is never read"
    assert NOTICE in texts


def test_no_documents(tmp_path: Path) -> None:
    for folder in (None, tmp_path / "none", tmp_path):
        with pytest.raises(BadInput):
            edits.read_documents(folder)


def test_a_row_a_sentence(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = []
    figures = edits.run(lay(tmp_path, NOTICE), 1, rows.append)  # type: ignore[arg-type]
    assert figures["documents"] == 1
    assert {"id", "kind", "text", "was", "score", "outcome", "open", "checks", "label"} == set(rows[0])
    assert {row["label"] for row in rows} == {0, 1}
