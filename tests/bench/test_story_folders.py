"""Story folders: what is read of them, when an expected finding is met, and what `clean` and `incidents` count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backread.bench import clean, incidents
from backread.bench.clean import Read, upper
from backread.bench.folders import met, read_case, read_cases
from backread.cli import app
from backread.errors import BadInput

SOURCE = (
    "Marl County Road Office\n\nMarch 3, 2026\n\nThe Marl County Road Office closed the Vetch Lane bridge on Monday "
    "after an inspector found 14 cracked beams. “We will not open it before April,” said Ines Calloway, the county engineer.\n"
)
TRUE = "# Marl County Road Office closed the Vetch Lane bridge\n\nMARL, Ohio — The Marl County Road Office closed the Vetch Lane bridge on Monday after an inspector found 14 cracked beams.\n"
FALSE = TRUE.replace("14 cracked", "40 cracked")


def lay(
    folder: Path, name: str, story: str, *findings: dict[str, object], twin: str = "", **more: object
) -> Path:
    """A case folder."""
    case = folder / name
    (case / "sources").mkdir(parents=True)
    (case / "sources" / "release.txt").write_text(SOURCE)
    (case / "story.md").write_text(story)
    if twin:
        (case / "twin.md").write_text(twin)
    told = {"date": "2026-03-04", "area": "Marl County", "findings": list(findings), "unknown": 1, **more}
    (case / "expected.json").write_text(json.dumps(told))
    return case


FORTY = {"check": "numbers", "outcome": "refuted|undecided", "text": "40 cracked"}


@pytest.mark.parametrize(
    ("row", "story", "finding", "is_met"),
    [
        ("the check, the outcome, the words", FALSE, FORTY, True),
        ("the story is true", TRUE, {**FORTY, "text": "14 cracked"}, False),
        ("another check", FALSE, {**FORTY, "check": "quotes"}, False),
        ("either of two checks", FALSE, {**FORTY, "check": "quotes", "either": "numbers"}, True),
        ("either of several", FALSE, {**FORTY, "check": "quotes", "either": ["names", "numbers"]}, True),
        ("another outcome", FALSE, {**FORTY, "outcome": "supported"}, False),
        ("words that the copy has not", FALSE, {**FORTY, "text": "50 cracked"}, False),
        ("words in another sentence", FALSE, {**FORTY, "text": "closed the Vetch Lane bridge\n"}, False),
        ("other words of the sentence", FALSE, {**FORTY, "text": "Vetch Lane"}, True),
        ("anywhere", FALSE, {**FORTY, "text": ""}, True),
    ],
)  # fmt: skip
def test_a_finding_is_met(
    tmp_path: Path, row: str, story: str, finding: dict[str, object], is_met: bool
) -> None:
    case = read_case(lay(tmp_path, "bridge", story, finding))
    assert met(case.expected[0], case.check(case.story)) is is_met, row


def test_what_a_folder_says(tmp_path: Path) -> None:
    case = read_case(lay(tmp_path, "bridge", TRUE, terms={"release.txt": "release"}))
    assert (case.name, case.twin, case.expected) == ("bridge", None, ())
    assert (str(case.story.story.date), case.area and case.area.name) == ("2026-03-04", "Marl County")
    assert [str(c.terms) for c in case.captures] == ["release"]


def test_a_source_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    folder = lay(tmp_path, "bridge", TRUE)
    (folder / "sources" / "release.txt").write_text("")
    case = read_case(folder)
    assert case.captures == ()
    assert not case.check(case.story).is_clear


@pytest.mark.parametrize(
    ("row", "told", "says"),
    [
        ("no JSON", "{", "not valid JSON"),
        ("a list", "[]", "one JSON object"),
        ("a date in words", '{"date": "Monday"}', "YYYY-MM-DD"),
        ("a finding without a check", '{"findings": [{"outcome": "refuted"}]}', '"check"'),
        ("an outcome nobody knows", '{"findings": [{"check": "names", "outcome": "bad"}]}', '"outcome"'),
        ("terms nobody knows", '{"terms": {"release.txt": "ours"}}', "public record"),
    ],
)  # fmt: skip
def test_a_folder_that_cannot_be_read(tmp_path: Path, row: str, told: str, says: str) -> None:
    folder = lay(tmp_path, "bridge", TRUE)
    (folder / "expected.json").write_text(told)
    with pytest.raises(BadInput, match=says):
        read_case(folder)


@pytest.mark.parametrize("bench", [clean, incidents])
def test_a_folder_without_stories(tmp_path: Path, bench: object) -> None:
    for path in (None, tmp_path / "none", tmp_path):
        with pytest.raises(BadInput, match="find stories"):
            bench.run(path, 0)  # type: ignore[attr-defined]


def test_clean_counts_what_is_wrongly_open(tmp_path: Path) -> None:
    lay(tmp_path, "a", TRUE)
    lay(tmp_path, "b", FALSE)
    rows: list[dict[str, object]] = []
    figures = clean.run(tmp_path, 0, rows.append)  # type: ignore[arg-type]
    assert (figures["stories"], figures["sentences"], figures["wrongly_open"]) == (2, 4, 1)
    assert figures["wrongly_open_per_25"] == 6.25
    assert "numbers" in figures["by_check"]  # type: ignore[operator]
    assert [row["id"] for row in rows if row["checks"]] == ["b/1"]
    assert clean.run(tmp_path, 1)["wrongly_open"] == 0


def test_clean_counts_what_is_wrong_and_passes(tmp_path: Path) -> None:
    folder = lay(tmp_path, "a", TRUE)
    sentence = TRUE.splitlines()[0].removeprefix("# ")
    lines = (
        f"F added [the Vetch Lane bridge]: {sentence}",
        "F number [40]: An inspector found 40 cracked beams.",
    )
    (folder / "wrong.txt").write_text("\n".join(lines))
    rows: list[dict[str, object]] = []
    figures = clean.run(tmp_path, 0, rows.append)  # type: ignore[arg-type]
    told = {
        name: figures[name]
        for name in ("sentences", "wrong", "wrong_passed", "share_of_wrong_passed", "passed_by_kind")
    }
    # The first is no mistake: it shows that one which nothing holds is counted.
    assert told == {
        "sentences": 2,
        "wrong": 2,
        "wrong_passed": 1,
        "share_of_wrong_passed": 0.5,
        "passed_by_kind": {"added": 1},
    }
    assert [row["id"] for row in rows if "wrong" in row] == ["a/wrong 1", "a/wrong 2"]
    assert "wrong" not in clean.run(lay(tmp_path / "none", "a", TRUE).parent, 0)


@pytest.mark.parametrize("line", ["T paraphrase: True.", "F number: No words are named.", "", "F [x]: x"])
def test_a_line_of_what_could_be_wrong_that_cannot_be_read(tmp_path: Path, line: str) -> None:
    folder = lay(tmp_path, "a", TRUE)
    (folder / "wrong.txt").write_text(f"F number [4]: It has 4.\n{line}\n")
    with pytest.raises(BadInput, match="line 2"):
        read_case(folder)


@pytest.mark.parametrize(
    ("row", "read", "least", "most"),
    [
        ("none of 300 is no certainty", [(30, 0)] * 10, 0.01, 0.01),
        ("one story with all its sentences open", [(10, 0)] * 9 + [(10, 10)], 0.2, 0.5),
        ("every sentence", [(10, 10)] * 3, 1, 1),
        ("nothing measured", [], 1, 1),
    ],
)
def test_the_upper_bound(row: str, read: list[tuple[int, int]], least: float, most: float) -> None:
    bound = upper([Read(sentences=n, open=o, is_held=False) for n, o in read])
    assert least <= bound <= most, row


def test_incidents_are_caught_or_missed_and_twins_let_through(tmp_path: Path) -> None:
    lay(tmp_path, "caught", FALSE, FORTY, twin=TRUE)
    lay(tmp_path, "missed", TRUE, FORTY, twin=FALSE)
    lay(tmp_path, "hard negative", TRUE)
    assert incidents.run(tmp_path, 0) == {
        "cases": 2, "caught": 1, "clean": 3, "false_alarms": 1, "missed": ["missed"], "alarmed": ["missed/twin"],
    }  # fmt: skip


def test_the_verb_writes_a_row_for_each(tmp_path: Path) -> None:
    lay(tmp_path / "cases", "b", FALSE, FORTY, twin=TRUE)
    out = tmp_path / "rows.jsonl"
    done = CliRunner().invoke(
        app, ["bench", "incidents", str(tmp_path / "cases"), "--json", "--scores", str(out)]
    )
    assert json.loads(done.stdout)["caught"] == 1
    assert [json.loads(line)["outcome"] for line in out.read_text().splitlines()] == ["caught", "clear"]
    refused = CliRunner().invoke(app, ["bench", "speed", "--scores", str(out)])
    assert "Leave --scores away" in str(refused.exception)


def test_cases_come_in_order(tmp_path: Path) -> None:
    for name in ("c", "a", "b"):
        lay(tmp_path, name, TRUE)
    assert [case.name for case in read_cases(tmp_path, 2)] == ["a", "b"]
