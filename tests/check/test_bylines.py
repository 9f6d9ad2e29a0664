"""Bylines: a person of the desk or the desk itself, and nobody else, wherever else the name stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backread.check.base import Context
from backread.check.names import CHECK
from backread.values.finding import Outcome, Scope, Subject
from backread.values.source import Terms
from backread.values.story import BlockKind, Story, Words
from check.stories import MONDAY, capture

YES, OPEN, NONE = Outcome.SUPPORTED, Outcome.UNDECIDED, Outcome.NOTHING_TO_CHECK
ACCOUNTS = replace(capture("Accounts at the desk: Ida Renfro, city hall.", name="accounts"), terms=Terms.OWN)
SIGNED = replace(capture("The tide was out.", name="notes"), terms=Terms.OWN, byline="Bo Okell")
OTHERS = replace(capture("Marguerite Tolan covers courts.", name="the Herald"), terms=Terms.NEWSROOM)


@pytest.mark.parametrize(
    ("words", "wanted", "kind"),
    [
        pytest.param("By Ida Renfro", [YES], BlockKind.BYLINE, id="has an account"),
        pytest.param("By Bo Okell", [YES], BlockKind.BYLINE, id="signed notes"),
        pytest.param("By the Ledger news desk", [YES], BlockKind.BYLINE, id="the desk"),
        pytest.param("By Honor Pell", [YES], BlockKind.BYLINE, id="one of the outlet's names"),
        pytest.param("By Ida Renfro, staff reporter", [YES], BlockKind.BYLINE, id="with a role"),
        pytest.param("By Juniper Vance-Ashby", [OPEN], BlockKind.BYLINE, id="nobody"),
        pytest.param("By Marguerite Tolan", [OPEN], BlockKind.BYLINE, id="another outlet's"),
        pytest.param("By Ida Renfro and Hugo Prell", [OPEN, YES], BlockKind.BYLINE, id="one of two"),
        pytest.param("Hugo Prell", [NONE], BlockKind.CREDIT, id="a picture's credit is for images"),
    ],
)  # fmt: skip
def test_a_byline(words: str, wanted: list[Outcome], kind: BlockKind) -> None:
    story = Story.of([(kind, [Words(text=words)])], date=MONDAY)
    told = Context(story=story, captures=(ACCOUNTS, SIGNED, OTHERS), outlet=("The Ledger", "Honor Pell"))
    found = CHECK.run(Subject(scope=Scope.BLOCK, index=0), told)
    assert [f.outcome for f in found] == wanted


def test_the_mark_frames_the_name() -> None:
    story = Story.of([(BlockKind.BYLINE, [Words(text="By Hugo Prell")])], date=MONDAY)
    (finding,) = CHECK.run(Subject(scope=Scope.BLOCK, index=0), Context(story=story, captures=()))
    (mark,) = finding.marks
    assert story.text[mark.start : mark.end] == "Hugo Prell"
