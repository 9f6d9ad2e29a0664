"""Names: found among capitalised words, with their roles, and told from misspelt ones."""

from __future__ import annotations

import pytest

from backread.text.names import NameKind, find, is_title_case, near, same
from backread.values.area import Area, Place

AREA = Area(name="Pellam County", places=(Place(name="Tarrow", kind="town"),))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Commissioner Ruth Ellingboe voted no.", [("Ruth Ellingboe", "Commissioner")], id="title"),
        pytest.param("Gov. Alden Prewitt spoke.", [("Alden Prewitt", "Gov.")], id="short title"),
        pytest.param("Ruth Orde, president of the Pier Society, spoke.",
                     [("Ruth Orde", "president of the Pier Society"), ("Pier Society", "")], id="role after"),
        pytest.param("County Administrator Lucius Ferrabee spoke.", [("Lucius Ferrabee", "County Administrator")], id="long title"),
        pytest.param("The board met Bascombe and Tillinghast.", [("Bascombe", ""), ("Tillinghast", "")], id="two joined"),
        pytest.param("Crews repaired the main.", [], id="a sentence's first word"),
        pytest.param("Ashgrove said no.", [("Ashgrove", "")], id="a first word that speaks"),
        pytest.param("Critics said no. Police said yes.", [], id="nobody by name"),
        pytest.param("They met on Thursday, Oct. 15, in March.", [], id="days and months"),
        pytest.param("American voters and Democrats agreed.", [], id="nationalities and parties"),
        pytest.param("The Department of Shorelands agreed.", [("Department of Shorelands", "")], id="agency"),
        pytest.param("Crews from NOAA came.", [("NOAA", "")], id="acronym"),
        pytest.param("Robert F. Orde Jr. came.", [("Robert F. Orde Jr", "")], id="initial and junior"),
        pytest.param("The road ran to Calder’s Pier.", [("Calder", ""), ("Pier", "")], id="possessive"),
    ],
)  # fmt: skip
def test_names_and_roles(text: str, names: list[tuple[str, str]]) -> None:
    found = find(text)
    assert [(n.words, n.role) for n in found] == names
    assert all(text[n.start : n.end] == n.words for n in found)


def test_the_area_tells_what_a_name_is() -> None:
    (name,) = find("Tarrow is near.", AREA)
    assert name.kind is NameKind.PLACE
    assert find("Tarrow is near.") == ()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        pytest.param("Ashgrave", "Ashgrove", id="one letter"),
        pytest.param("Tasmin Orde", "Tamsin Orde", id="letters changed over"),
        pytest.param("Ashgrove", None, id="right"),
        pytest.param("Croatian", None, id="a nationality"),
        pytest.param("Bascombe", None, id="another name"),
    ],
)
def test_did_you_mean(name: str, meant: str | None) -> None:
    assert near(name, ["Ashgrove", "Tamsin Orde", "Croatia"]) == meant


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [("Ruth Orde", "Orde", True), ("Ruth Orde", "ruth orde", True), ("Ruth Orde", "Hugo Orde", False), ("", "Orde", False)],
)  # fmt: skip
def test_same(one: str, other: str, is_same: bool) -> None:
    assert same(one, other) is is_same


@pytest.mark.parametrize(
    ("text", "title"),
    [("Secretary Warns Coastal Counties of a Line", True), ("Secretary warns coastal counties of a line", False), ("Ruth Orde", False)],
)  # fmt: skip
def test_title_case(text: str, title: bool) -> None:
    assert is_title_case(text) is title
