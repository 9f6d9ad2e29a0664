"""The report: every mark and passage where it says, and nothing that steers a reader's terminal."""

import json

import pytest

from backread.check.engine import check_story
from backread.check.report import lines, to_plain
from backread.values.story import BlockKind, Story, Words
from check.stories import MONDAY, capture, cites

KEPT = capture("Crews found 31 herons at Sorrel Bay.\x1b[2J The warden saw none.", name="the \x1b]0;notice")


def report_on(words: str):
    story = Story.of([(BlockKind.PARAGRAPH, [Words(text=words, citations=cites(KEPT))])], date=MONDAY)
    return check_story(story, (KEPT,))


def test_each_mark_and_its_evidence_stand_where_the_object_says():
    plain = json.loads(json.dumps(to_plain(report_on("Crews found 32 herons at Sorrel Bay."))))
    text, shown = plain["story"]["text"], 0
    for finding in plain["sentences"][0]["findings"]:
        assert set(finding) == {"check", "kind", "outcome", "basis", "marks"}
        for mark in finding["marks"]:
            assert set(mark) == {"start", "end", "message", "evidence", "suggestion"}
            assert text[mark["start"] : mark["end"]]
            for passage in mark["evidence"]:
                assert set(passage) == {"source", "start", "end", "quote"}
                assert passage["source"] == KEPT.url
                assert KEPT.text[passage["start"] : passage["end"]] == passage["quote"]
                shown += 1
    assert shown
    assert {s["source"] for s in plain["sources"]} == {KEPT.url}


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Crews \x1b[31mfound 32 herons.", id="a colour"),
        pytest.param("Crews found \u202e32 herons.", id="written backwards"),
        pytest.param("Crews\r found 32\x07 herons\x9b5m.", id="back to the line's start"),
    ],
)
def test_nothing_steers_the_terminal(words):
    shown = "\n".join(line for _, line in lines(report_on(words)))
    assert not {c for c in shown if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160 or c == "\u202e")}
    assert "<U+" in shown


def test_markup_of_the_console_is_shown_as_it_stands():
    assert any("[bold]31[/bold]" in line for _, line in lines(report_on("Crews found [bold]31[/bold] herons.")))  # fmt: skip
