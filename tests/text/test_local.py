"""Local or not, and why: whole names only, never a longer name's part, never another county's board."""

from __future__ import annotations

import pytest

from backread.text.local import relevance
from group.hand_made import AREA, capture, fielded


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        pytest.param("A road in Quillon closes.", ["names Quillon"], id="a town"),
        pytest.param("The Dunmere County Commission met.", ["names Dunmere County Board of County Commissioners"], id="an alias"),
        pytest.param("The Dunmere County Sheriff’s Office said so.", ["names Dunmere County Sheriff's Office"], id="curly apostrophe"),
        pytest.param("Iris Tambling spoke.", ["names Iris Tambling, of Dunmere County"], id="an official"),
        pytest.param("The Quillonian Society met.", [], id="inside another word"),
        pytest.param("New Quillon is far away.", [], id="another place's longer name"),
        pytest.param("A street named Quillon Avenue.", [], id="a street elsewhere"),
        pytest.param("The County Commission voted in Marrow County.", [], id="the next county's board"),
        pytest.param("Nothing happened.", [], id="nothing"),
    ],
)  # fmt: skip
def test_names(text: str, reasons: list[str]) -> None:
    held = capture(text)
    found = relevance(held, AREA)
    assert [reason.words for reason in found] == reasons
    assert all(held.holds(passage) for reason in found for passage in reason.passages)


@pytest.mark.parametrize(
    ("name", "value", "local"),
    [
        pytest.param("same", "099088", True, id="its code"),
        pytest.param("same", "099089", False, id="another county's"),
        pytest.param("ugc", "099088", False, id="the right digits in another scheme"),
    ],
)
def test_codes(name: str, value: str, local: bool) -> None:
    assert bool(relevance(fielded([(name, value, 0)]), AREA)) is local
