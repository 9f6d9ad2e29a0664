"""Figures: what is one, what it is worth, and whether two agree."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backread.text.agreement import agrees
from backread.text.figures import find, identifiers
from backread.values.finding import Basis, Outcome

YES, NO, OPEN, APART = Outcome.SUPPORTED, Outcome.REFUTED, Outcome.UNDECIDED, Outcome.NOTHING_TO_CHECK


@pytest.mark.parametrize(
    ("text", "value", "unit", "hedge", "counts"),
    [
        pytest.param("44 strikes", "44", "", "", "strikes", id="digits"),
        pytest.param("forty-four strikes", "44", "", "", "strikes", id="words"),
        pytest.param("two hundred and six homes", "206", "", "", "homes", id="long words"),
        pytest.param("more than a dozen counties", "12", "", "more than", "counties", id="dozen"),
        pytest.param("HAZARD...60 mph gusts", "60", "mph", "", "gusts", id="after an ellipsis"),
        pytest.param("at least 31 homes", "31", "", "at least", "homes", id="at least"),
        pytest.param("up to $400,000", "400000", "$", "at most", "", id="up to"),
        pytest.param("$4.2 million", "4200000", "$", "", "", id="money"),
        pytest.param("NT$25 million", "25000000", "$", "", "", id="other money"),
        pytest.param("12.5% of it", "12.5", "percent", "", "it", id="percent sign"),
        pytest.param("about 1,200 feet", "1200", "foot", "about", "", id="feet"),
        pytest.param("an 8-inch main", "8", "inch", "", "main", id="hyphen unit"),
        pytest.param("a 43-year-old man", "43", "", "", "old man", id="age"),
        pytest.param("the 11th floor", "11", "ordinal", "", "floor", id="ordinal"),
        pytest.param("two-thirds of voters", "0.6666666666666666666666666667", "part", "", "voters", id="fraction"),
        pytest.param("about a tenth of it", "0.1", "part", "about", "it", id="a tenth"),
        pytest.param("3 1/2 miles", "3.5", "mile", "", "", id="mixed"),
        pytest.param("14 straight days", "14", "day", "", "", id="a word before the unit"),
        pytest.param("about four in five", "0.8", "part", "about", "", id="so many in so many"),
        pytest.param("one blossom in 10, at least", "0.1", "part", "", "", id="one thing in so many"),
        pytest.param("some smaller than 20 acres", "20", "acre", "less than", "", id="smaller than"),
        pytest.param("1.3 megalitres", "1.3", "megaliter", "", "", id="litres are liters"),
        pytest.param("a fare for under-19s", "19", "", "", "", id="under so many years"),
        pytest.param("about a fifth, or", "0.2", "part", "about", "", id="a hedged part before a comma"),
        pytest.param("a fourth, counted for her", "4", "ordinal", "", "", id="one more after three"),
        pytest.param("gone before one.", "1", "", "", "", id="one by the clock"),
        pytest.param("over five years", "5", "year", "", "", id="over a time is no hedge"),
        pytest.param("a vote of 4–1", "4", "", "", "", id="vote"),
    ],
)  # fmt: skip
def test_a_figure(text: str, value: str, unit: str, hedge: str, counts: str) -> None:
    (figure,) = find(text)
    assert (figure.value, figure.unit, figure.hedge, figure.counts) == (Decimal(value), unit, hedge, counts)
    assert text[figure.start : figure.end] == figure.words


@pytest.mark.parametrize(
    "text",
    ["at 6:30 p.m.", "Oct. 15, 2026", "2026-10-15", "in 1971", "the 1990s", "call 555-0142", "(555) 555-0142", "Room 114",
     "County Road 12", "12 Court Square", "COVID-19", "no one", "one of them said", "this one", "in a quarter later",
     "the first half of the year", "the Three Forks cooperative"],
)  # fmt: skip
def test_no_figure(text: str) -> None:
    assert [f.words for f in find(text) if f.words != "one"] == []


def test_numbers_that_name_things_are_identifiers() -> None:
    text = "Call 555-0142 or come to Room 114, 12 Court Square."
    assert [i.words for i in identifiers(text)] == ["555-0142", "Room 114", "12"]


@pytest.mark.parametrize(
    ("claim", "evidence", "outcome", "basis"),
    [
        pytest.param("44 homes", "forty-four homes", YES, Basis.VERBATIM, id="digits and words"),
        pytest.param("31 homes", "at least 31 homes", NO, Basis.NONE, id="at least is gone"),
        pytest.param("30 homes", "about 30 homes", NO, Basis.NONE, id="about is gone"),
        pytest.param("at most 31", "at least 31", NO, Basis.NONE, id="turned around"),
        pytest.param("about 31", "at least 31", OPEN, Basis.NONE, id="another hedge"),
        pytest.param("at least 31", "more than 31", YES, Basis.VERBATIM, id="weaker hedge"),
        pytest.param("nearly 300", "298", YES, Basis.COMPUTED, id="nearly"),
        pytest.param("nearly 300", "312", APART, Basis.NONE, id="nearly but more"),
        pytest.param("more than 200", "212", YES, Basis.COMPUTED, id="more than"),
        pytest.param("more than 200", "198", APART, Basis.NONE, id="more than but less"),
        pytest.param("about a tenth of it", "9.7 percent", YES, Basis.COMPUTED, id="a tenth"),
        pytest.param("about a tenth of it", "19 percent", APART, Basis.NONE, id="not a tenth"),
        pytest.param("$4.2 million", "$4,187,300", YES, Basis.COMPUTED, id="rounded money"),
        pytest.param("$4.3 million", "$4,187,300", APART, Basis.NONE, id="rounded wrong"),
        pytest.param("4-1", "4–1", YES, Basis.VERBATIM, id="vote"),
        pytest.param("4-1", "3-2", APART, Basis.NONE, id="another vote"),
        pytest.param("31 percent", "$31", APART, Basis.NONE, id="another unit"),
        pytest.param("31", "13", APART, Basis.NONE, id="another value"),
        pytest.param("one to two weeks", "7 to 14 days", YES, Basis.VERBATIM, id="a week of days"),
        pytest.param("24 cents", "0.24 dollars", YES, Basis.VERBATIM, id="cents of a dollar"),
        pytest.param("24 cents", "0.42 dollars", APART, Basis.NONE, id="other cents"),
        pytest.param("1.3 million litres", "1.3 megalitres", YES, Basis.VERBATIM, id="a million liters"),
        pytest.param("three-quarters of it", "75 per cent", YES, Basis.VERBATIM, id="a part in percent"),
        pytest.param("three-quarters of it", "57 per cent", APART, Basis.NONE, id="another percent"),
        pytest.param("the 14th minute", "14' Lila Benning", YES, Basis.VERBATIM, id="a list's minute"),
        pytest.param("the 14th minute", "14 goals", APART, Basis.NONE, id="an order and a count"),
        pytest.param("more than six hours", "six", APART, Basis.NONE, id="a bare number hedges nothing"),
        pytest.param(
            "$1,000 of assessed value", "1000 of assessed value", YES, Basis.VERBATIM, id="the unit left out"
        ),
    ],
)
def test_agreement(claim: str, evidence: str, outcome: Outcome, basis: Basis) -> None:
    agreement = agrees(find(claim)[0], find(evidence)[0])
    assert (agreement.outcome, agreement.basis) == (outcome, basis)


@given(st.text(alphabet="0123456789.,$%-–/½ abtwothirdsmillionat least", max_size=60))
def test_figures_never_overlap(text: str) -> None:
    found = find(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_two_things_in_three_others_are_no_share() -> None:
    assert [f.words for f in find("two people in three cars came")] == ["two", "three"]
