"""Findings written and read back: the same, or refused."""

import json

import pytest

from backread.check.engine import check_story
from backread.check.kept import from_words, to_words
from backread.errors import BadInput
from backread.values.story import BlockKind, Story, Words
from check.stories import MONDAY, capture, cites

KEPT = capture("Crews did not find a second leak on Kiln Street. The repair costs $540,000.")
REPORT = check_story(
    Story.of(
        [
            (BlockKind.CREDIT, [Words(text="Ann Orde")]),
            (
                BlockKind.PARAGRAPH,
                [Words(text="The repair costs $450,000, “İ said”.", citations=cites(KEPT))],
            ),
        ],
        date=MONDAY,
    ),
    (KEPT,),
)
FINDINGS = (*REPORT.findings, *REPORT.sentences[0].findings)


def test_what_is_read_back_is_what_was_written():
    assert any(mark.evidence for finding in FINDINGS for mark in finding.marks)
    assert from_words(to_words(FINDINGS)) == FINDINGS


def _without(name: str) -> str:
    told = json.loads(to_words(FINDINGS))
    del told[0][name]
    return json.dumps(told)


BROKEN = [
    *(pytest.param(_without(name), id=f"without {name}") for name in json.loads(to_words(FINDINGS))[0]),
    pytest.param("", id="nothing"),
    pytest.param("{", id="half"),
    pytest.param("7", id="a number"),
    pytest.param("[7]", id="numbers"),
    pytest.param(to_words(FINDINGS).replace('"undecided"', '"fine"'), id="an outcome there is not"),
    pytest.param(to_words(FINDINGS).replace('"kind": "proof"', '"kind": "hint"'), id="a kind there is not"),
    pytest.param(to_words(FINDINGS).replace('"start": ', '"start": true, "was": '), id="a place that is no number"),
]  # fmt: skip


@pytest.mark.parametrize("words", BROKEN)
def test_what_lost_a_part_is_refused(words):
    with pytest.raises(BadInput, match=r"^a kept finding: could not read it back"):
        from_words(words)
