"""When a second approver is asked for: words that accuse beside a person's name, and words that only look like them."""

from __future__ import annotations

import pytest

from backread.check.harm import needs_second
from backread.values.story import BlockKind, Story, Words

_BY = "Library Director Juniper Lock said."


def _asked(sentence: str) -> bool:
    words = tuple(Words(text=text, citations=()) for text in (sentence, _BY))
    return bool(needs_second(Story.of([(BlockKind.PARAGRAPH, words)])))


@pytest.mark.parametrize(
    "sentence",
    [
        "Deputies arrested Milo Stark on Monday.",
        "Stark was charged with theft.",
        "Stark was charged Monday in Alder Bay with theft.",
        "Stark was charged after the fire.",
        "The charge is an accusation.",
        "He faces three charges.",
        "Prosecutors brought charges against him.",
        "He denied the charges.",
        "The charge of theft was read in court.",
        "A felony charge is pending.",
        "She accused the mayor of lying.",
        "The accusation was made in court.",
        "He was indicted and later convicted.",
        "The indictment names two men.",
        "Police suspected a neighbor.",
        "The suspect was booked into the jail.",
        "He allegedly took the boat.",
        "The allegations were denied.",
        "He pleaded guilty.",
        "He is wanted on a warrant.",
    ],
)
def test_an_accusation_asks_for_a_second(sentence: str) -> None:
    assert _asked(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "People come to print a form, charge a phone and sit out a storm.",
        "Phones may be charged at the desk.",
        "The library will charge $2 for a card.",
        "Bags are handed out at no charge.",
        "The charge for the ride is $4.",
        "There is a charge of $5 a copy.",
        "She is in charge of the branch.",
        "The city charges 20 cents a page.",
        "Batteries charge in an hour.",
        "A charging station opens at the pier.",
        "Owners were charged $150 a year.",
    ],
)
def test_an_innocent_word_does_not(sentence: str) -> None:
    assert not _asked(sentence)


def test_an_accusation_that_names_nobody_does_not() -> None:
    words = (Words(text="Deputies arrested a man on Monday.", citations=()),)
    assert needs_second(Story.of([(BlockKind.PARAGRAPH, words)])) == ()
