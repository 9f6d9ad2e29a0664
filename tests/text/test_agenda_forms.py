"""What an agenda's item would do, told as a thing to come; and what is never said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backread.text.forms import renderings
from backread.values.capture import Field
from backread.values.source import Genre
from group.hand_made import AREA, DAY, capture

TEXT = """Alder Bay City Council
Tuesday, December 8, 2026

Public hearing
1. Ordinance 26-14, second reading: registration of rentals
The ordinance would require owners to pay $150 a year.

Action items
2. Resolution 26-31: no-wake zone
The resolution may set a no-wake zone.
3. Contract for a survey of the channel
4. Report of City Manager Ada Corr: repair of the wall
5. Purchase of two pumps
6. Late fees: waiver"""


def _held():
    found = []
    for number, line in enumerate(TEXT.split("\n"), 1):
        if line[:1].isdigit():
            start = TEXT.index(line) + 3
            found.append(
                Field(name="item", value=line[3:], start=start, end=start + len(line) - 3, record=number)
            )
    day = TEXT.index("Tuesday")
    head = (
        Field(name="body", value="Alder Bay City Council", start=0, end=22),
        Field(name="date", value="2026-12-08", start=day, end=day + 25),
    )
    return replace(capture(TEXT), genre=Genre.AGENDA, fields=(*head, *found))


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("An ordinance before the Alder Bay City Council on Dec. 8 would require owners to pay $150 a year.", id="what it would do"),
        pytest.param("A public hearing and its second reading are on the agenda.", id="how far it has come"),
        pytest.param("Alder Bay City Council to hold hearing Dec. 8 on registration of rentals", id="headline of a hearing"),
        pytest.param("Alder Bay City Council to take up no-wake zone Dec. 8", id="headline of an item"),
        pytest.param("Also on the agenda is a contract for a survey of the channel.", id="a contract"),
        pytest.param("The council is also scheduled to hear a report by City Manager Ada Corr on the repair of the wall.", id="a report"),
        pytest.param("The agenda also lists the purchase of two pumps.", id="a purchase"),
        pytest.param("The council is also scheduled to take up “Late fees: waiver”.", id="what is not understood stays quoted"),
    ],
)  # fmt: skip
def test_items(sentence: str) -> None:
    assert sentence in [r.text for r in renderings(_held(), DAY, AREA)]


@pytest.mark.parametrize(
    ("words", "on"),
    [
        pytest.param("resolution on the agenda would", DAY, id="“may” is not “would”"),
        pytest.param("hold hearing Dec. 8 on no-wake", DAY, id="the next heading ends the hearing"),
        pytest.param("would require", date(2026, 12, 9), id="what is over is not to come"),
    ],
)
def test_what_is_not_said(words: str, on: date) -> None:
    assert not [r.text for r in renderings(_held(), on, AREA) if words in r.text]
