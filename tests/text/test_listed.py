"""Lists: how many items a text lists, and which counts they give."""

from __future__ import annotations

import pytest

from backread.text import listed
from backread.text.figures import find

PLACES = "People came to the following places.\n\nFairlow Center: Thursday\nHale Market: Friday\nWendell Care: Sunday\n\nIt rained."
PARENTS = "Father of Kirsty and Donald, and father of the choir. He was father of Kirsty and Donald."


@pytest.mark.parametrize(
    ("sentence", "source", "wanted"),
    [
        pytest.param("Anyone at one of the three places should call.", PLACES, True, id="lines under a head"),
        pytest.param("Anyone at one of the four places should call.", PLACES, False, id="another count"),
        pytest.param("Anyone at one of the three clinics should call.", PLACES, False, id="other things"),
        pytest.param("Six departments came.", "These departments answered: Benning, Ostrow, Lake Arne, Tull, Market Hill and Sorby.", True, id="names after a colon"),
        pytest.param("Five departments came.", "These departments answered: Benning, Ostrow, Lake Arne, Tull, Market Hill and Sorby.", False, id="names after a colon, miscounted"),
        pytest.param("Three streets are closed.", "Closed streets are Kiln, Canal, and Dock.", True, id="names joined by commas"),
        pytest.param("The father of two died.", PARENTS, True, id="a pair"),
        pytest.param("The father of three died.", PARENTS, False, id="a pair, miscounted"),
        pytest.param("Two of it died.", PARENTS, False, id="of nothing told"),
        pytest.param("It has a third day each week.", "Tuesdays at ten, Thursdays at four and, new, Saturdays at nine.", True, id="days of the week"),
        pytest.param("Two steps are asked.", "Steps:\n1. Lift it.\n2. Turn it.", True, id="numbered lines"),
        pytest.param("The vote was 3-2.", "Ayes: Orde, Pell.", False, id="a vote is no count"),
        pytest.param("About $3 was paid.", PLACES, False, id="money is no count"),
    ],
)  # fmt: skip
def test_what_a_list_counts(sentence: str, source: str, wanted: bool) -> None:
    told = find(sentence)
    claim = max(told, key=lambda figure: (figure.value != 1, figure.start))
    assert any(listed.gives(claim, sentence, found) for found in listed.find(source)) is wanted


@pytest.mark.parametrize(
    ("source", "sides"),
    [
        pytest.param("Ayes: Abeyta, Finch, Oyelaran. Nays: Houser, Kincaid.", (3, 2), id="by name"),
        pytest.param("Nay: Lisk. Ayes: Orde, Pell.", (2, 1), id="the other way round"),
        pytest.param("Four yes, three no. It carries.", (4, 3), id="in words"),
        pytest.param("7 in favor and 2 opposed", (7, 2), id="in digits"),
        pytest.param("Ayes: Orde, Pell.", None, id="one side"),
        pytest.param("It was for the pier.", None, id="none"),
    ],
)
def test_a_vote(source: str, sides: tuple[int, int] | None) -> None:
    assert listed.vote(source) == sides


@pytest.mark.parametrize(("score", "wanted"), [("44-27", True), ("44-28", False), ("44-3", False)])
def test_fields_of_one_name(score: str, wanted: bool) -> None:
    text = "team: Otters\nshots: 27\ngoals: 3\n\nteam: Wolves\nshots: 44\ngoals: 2"
    assert listed.fields_apart(text, find(f"outshot them {score}")[0]) is wanted


@pytest.mark.parametrize(
    "text", ["a, " * 20_000, "a: B, c" * 5_000, "x\n" * 30_000, "A and " * 8_000, "- a\n" * 20_000]
)
def test_long_texts_cost_their_length(text: str) -> None:
    assert all(0 <= found.start < found.end <= len(text) for found in listed.find(text))
