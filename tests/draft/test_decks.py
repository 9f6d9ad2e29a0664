"""A deck stands by itself under its headline, or there is none."""

from __future__ import annotations

import pytest

from backread.draft.decks import stands

HEADLINE = "Gull Creek Road to close for a new bridge"


@pytest.mark.parametrize(
    ("words", "is_deck"),
    [
        pytest.param("The road is scheduled to reopen on June 22", True, id="what the headline names"),
        pytest.param("About 3,400 vehicles use the bridge each day", True, id="a figure on it"),
        pytest.param("Drivers will be sent over Old Ferry Road", True, id="what people will do"),
        pytest.param(
            "Crews repaired the main by 2:30 p.m. the same day", False, id="a day that lost its day"
        ),
        pytest.param("The association speaks for the owners of 96 slips", False, id="what association?"),
        pytest.param("The class has 24 places", False, id="what class?"),
        pytest.param("They will be sent over 2 roads", False, id="who?"),
        pytest.param("Two other owners reported missing motors", False, id="other than whom?"),
        pytest.param(
            "Heavy rain often washes bacteria into the creek",
            False,
            id="neither a figure nor a thing to come",
        ),
        pytest.param("The owners valued motors at $9,800, $9,100 and $8,500", False, id="an invoice"),
        pytest.param("Gull Creek Road will close for a new bridge", False, id="the headline again"),
        pytest.param("567 W. Lake Street, 2nd floor", False, id="an address"),
    ],
)
def test_what_stands(words: str, is_deck: bool) -> None:
    assert stands(words, HEADLINE) is is_deck
