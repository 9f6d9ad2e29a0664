"""Days that fall on a holiday are asked about; others are not."""

from __future__ import annotations

from datetime import date

import pytest

from backread.draft.holidays import holiday, questions
from backread.values.area import Area

EASTERN = Area(name="Dunmere County", timezone="America/New_York")
ON = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        pytest.param(date(2026, 11, 26), "Thanksgiving Day", id="fourth Thursday"),
        pytest.param(date(2026, 11, 19), "", id="third Thursday"),
        pytest.param(date(2026, 11, 27), "the day after Thanksgiving", id="the day after"),
        pytest.param(
            date(2028, 11, 24), "the day after Thanksgiving", id="a November that begins on Wednesday"
        ),
        pytest.param(date(2026, 5, 25), "Memorial Day", id="last Monday of May"),
        pytest.param(date(2026, 5, 18), "", id="another Monday of May"),
        pytest.param(date(2026, 9, 7), "Labor Day", id="first Monday of September"),
        pytest.param(date(2027, 7, 4), "Independence Day", id="fixed"),
        pytest.param(date(2026, 11, 24), "", id="a plain Tuesday"),
    ],
)
def test_holidays(day: date, name: str) -> None:
    assert holiday(day) == name


def test_a_question_is_asked_once() -> None:
    told = ["The dock will be closed Thursday.", "It will open Thursday, Nov. 26, or Dec. 1."]
    assert questions(told, EASTERN, ON) == ("whether Thursday, Thanksgiving Day, is meant: ask the source",)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        pytest.param("The dock will be closed Wednesday.", EASTERN, id="no holiday"),
        pytest.param("The dock closed on Nov. 11.", EASTERN, id="a day that is over"),
        pytest.param("Anyone at the dock between Thursday and Friday is asked to call.", EASTERN, id="a weekday that may be over"),
        pytest.param("The dock will be closed Thursday.", None, id="no area"),
        pytest.param("The dock will be closed Thursday.", Area(name="Kent", timezone="Europe/London"), id="another country"),
    ],
)  # fmt: skip
def test_nothing_is_asked(text: str, area: Area | None) -> None:
    assert questions([text], area, ON) == ()
