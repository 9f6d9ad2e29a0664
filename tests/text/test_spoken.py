"""Figures told in several words: each is one figure, and what only looks like one stays two."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backread.text.figures import find


@pytest.mark.parametrize(
    ("text", "value", "unit", "hedge"),
    [
        pytest.param("in 54 minutes 17 seconds", "3257", "second", "", id="minutes and seconds"),
        pytest.param("took 7 min 10 s", "430", "second", "", id="short units"),
        pytest.param("two hours, 14 minutes and nine seconds", "8049", "second", "", id="three parts"),
        pytest.param("two years and six months", "30", "month", "", id="years and months"),
        pytest.param("5 feet 9 inches", "69", "inch", "", id="feet and inches"),
        pytest.param("Orde | AC | 1:06:41", "4001", "second", "", id="a result's clock"),
        pytest.param("a minute and a half longer", "1.5", "minute", "", id="a unit and a half"),
        pytest.param("about two and a half hours", "2.5", "hour", "about", id="so many and a half"),
        pytest.param("three and a half million gallons", "3500000", "gallon", "", id="a scale and a half"),
        pytest.param("two point four million", "2400000", "", "", id="point"),
        pytest.param("six point oh five percent", "6.05", "percent", "", id="point and nought"),
        pytest.param("nearly 18 cents of every dollar", "0.18", "part", "nearly", id="cents of a dollar"),
        pytest.param("34 yrs", "34", "year", "", id="short years"),
        pytest.param("58 miles an hour", "58", "mph", "", id="a speed in words"),
        pytest.param("the 2,300 or so on it", "2300", "", "about", id="or so"),
        pytest.param("65 or older", "65", "", "at least", id="or older"),
        pytest.param("40 or fewer", "40", "", "at most", id="or fewer"),
    ],
)
def test_one_figure(text: str, value: str, unit: str, hedge: str) -> None:
    (figure,) = find(text)
    assert (figure.value, figure.unit, figure.hedge) == (Decimal(value), unit, hedge)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("1 day and 48 hours", ["1", "48"], id="more hours than a day has"),
        pytest.param("30 minutes and two hours", ["30", "2"], id="the larger last"),
        pytest.param("two miles and ten minutes", ["2", "10"], id="of two kinds"),
        pytest.param("at 12:30:10 p.m.", [], id="a moment of the day"),
        pytest.param("fines of $500 for a first offense, $1,000 second", ["500", "1000"], id="money is no time"),
        pytest.param("North | 31 | 35\nSouth | 4", ["31", "35", "4"], id="rows of a table"),
    ],
)  # fmt: skip
def test_several_or_none(text: str, values: list[str]) -> None:
    assert [str(figure.value) for figure in find(text)] == values


def test_a_score_with_nothing_on_one_side() -> None:
    assert [(f.value, f.other) for f in find("carried, seven nil.")] == [(7, 0)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        pytest.param("a warning first, a fine after a second and a ban after a third.", "ordinal", id="goes on"),
        pytest.param("a second hall, and a third of the homes", "part", id="a third of"),
        pytest.param("the river rose by a third.", "part", id="nothing to go on from"),
    ],
)  # fmt: skip
def test_a_third_that_follows_a_second_is_no_part(text: str, unit: str) -> None:
    assert find(text)[-1].unit == unit


def test_what_a_row_s_last_cell_counts_is_not_the_next_row() -> None:
    assert [f.counts for f in find("Bridges | 310 | 325\nLibraries and parks | 80 | 75")] == [""] * 4


def test_of_them_is_nothing_counted() -> None:
    assert [f.counts for f in find("four of them lived there")] == ["lived there"]
