"""A headline and a deck cut out of one sentence: what is kept, and where nothing may be cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backread.text.forms import computed, renderings
from backread.values.source import Genre
from group.hand_made import AREA, DAY, capture


def _parts(text: str, part: str) -> list[str]:
    return [r.text for r in renderings(capture(text), DAY, AREA) if r.part == part]


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        pytest.param("The fuel dock at Quillon will be closed on Thursday, Nov. 26, while hoses are replaced.", "Fuel dock at Quillon to be closed Thursday", id="will be closed"),
        pytest.param("QUILLON — Shore Road will close at 7 a.m. on Friday, Nov. 27, the county said.", "Shore Road to close Friday, Nov. 27", id="a date line, a clock and a speaker go"),
        pytest.param("The Dunmere County Health Department on Monday advised people not to swim at two of the beaches that it tests, Quillon Beach and Alder Landing.", "Dunmere County Health Department advises people not to swim at Quillon Beach and Alder Landing", id="the places by name"),
        pytest.param("At least 12 homes have been vacated under the orders, the report says.", "At least 12 homes vacated under orders", id="a hedge stays"),
        pytest.param("The board approved the plan but not the money for it this year.", "Board approves plan but not money for it this year", id="a negation is kept whole"),
        pytest.param("The board approved the plan for the pier, which may not be built.", "", id="what falls away would turn it"),
        pytest.param("The board would have approved the plan at the meeting.", "", id="a verb that is governed"),
        pytest.param("The city will close the pier unless the state pays for repairs.", "City to close pier unless state pays for repairs", id="a condition is kept whole"),
        pytest.param("“We will close the pier on Monday,” Ada Corr said.", "", id="a quotation"),
        pytest.param("It rained.", "", id="nothing to cut"),
        pytest.param("Reports released in March quote the mayor of Quillon.", "", id="a participle is no verb"),
        pytest.param("The bridge will open to cars when the state pays for it.", "Bridge to open to cars when state pays for it", id="what it hangs on is kept"),
        pytest.param("Neighbors fear the plan will hurt the shops in Quillon.", "", id="what somebody fears is not to come"),
        pytest.param("The mayor rode the will of the crowd in Quillon.", "", id="a noun that looks like a verb"),
        pytest.param("The clerk will probably open the hall on Friday, Nov. 27.", "", id="an adverb that hedges"),
        pytest.param("The mayor and the clerk opened the new hall at Quillon.", "", id="two of them, the second with an article"),
        pytest.param("The commissioners approved a new bridge at Quillon.", "Commissioners approve new bridge at Quillon", id="a plural"),
        pytest.param("Sanders approved a new bridge at Quillon.", "", id="a plural or a name"),
    ],
)  # fmt: skip
def test_headlines(sentence: str, headline: str) -> None:
    assert _parts(sentence, "headline") == ([headline] if headline else [])


@pytest.mark.parametrize(
    ("sentence", "deck"),
    [
        pytest.param("Six samples met the standard for drinking water, the authority said.", "Six samples met the standard for drinking water", id="without its speaker"),
        pytest.param("The road is scheduled to reopen at 7 a.m.", "The road is scheduled to reopen at 7 a.m.", id="a time keeps its stops"),
        pytest.param("It rained.", "", id="too short"),
    ],
)  # fmt: skip
def test_decks(sentence: str, deck: str) -> None:
    assert _parts(sentence, "deck") == ([deck] if deck else [])


def test_a_cut_is_proven_only_as_it_is_cut() -> None:
    held = capture("The fuel dock at Quillon will be closed on Thursday, Nov. 26, while hoses are replaced.")
    assert computed("Fuel dock at Quillon to be closed Thursday", [held], DAY, AREA)
    for changed in ("Fuel dock at Quillon to be closed Friday", "Fuel dock at Quillon closed Thursday"):
        assert computed(changed, [held], DAY, AREA) is None
    assert computed("Fuel dock at Quillon to be closed Thursday", [held], date(2027, 1, 5), AREA) is None


def test_an_alert_is_not_read_as_running_text() -> None:
    held = capture("The fuel dock at Quillon will be closed on Thursday, Nov. 26.")
    assert not renderings(replace(held, genre=Genre.ALERT), DAY, AREA)
