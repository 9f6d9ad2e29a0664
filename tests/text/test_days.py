"""A source's days as a story of another day says them: right, or not told."""

from __future__ import annotations

from datetime import date

import pytest

from backread.text.forms.days import days_seen

SEEN = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "on", "told"),
    [
        pytest.param("Finch on Monday, Nov. 23, warned them.", date(2026, 11, 24), "Finch on Monday warned them.", id="near: the weekday"),
        pytest.param("It opens on Thursday, Dec. 10, the city said.", date(2026, 11, 24), "It opens on Dec. 10, the city said.", id="far: the date"),
        pytest.param("It opens on Saturday, December 5, at noon.", date(2026, 11, 24), "It opens on Saturday, Dec. 5, at noon.", id="soon: the weekday stays"),
        pytest.param("It opens on December 5 at noon.", date(2026, 11, 24), "It opens on Dec. 5 at noon.", id="soon: no weekday is put in"),
        pytest.param("It will be closed on Thursday, Nov. 26, and Friday, Nov. 27, while hoses are replaced.", date(2026, 11, 24), "It will be closed on Thursday and Friday while hoses are replaced.", id="two days, both near"),
        pytest.param("It was found on Sunday.", date(2026, 12, 4), "It was found on Nov. 22.", id="a weekday that went stale"),
        pytest.param("It was found on Sunday.", date(2026, 11, 24), "It was found on Sunday.", id="a weekday still near"),
        pytest.param("The board met yesterday.", date(2026, 11, 24), "The board met Sunday.", id="yesterday"),
        pytest.param("It will be replaced next year.", date(2026, 12, 1), "It will be replaced next year.", id="next year, the same year"),
        pytest.param("It will be replaced next year.", date(2027, 1, 4), None, id="next year, told in another year"),
        pytest.param("“We close on Monday,” she said.", date(2026, 12, 20), "“We close on Monday,” she said.", id="inside a quotation"),
        pytest.param("A line is due by February 16, 2027, or the state draws it.", date(2026, 11, 24), "A line is due by Feb. 16, 2027, or the state draws it.", id="another year stays"),
    ],
)  # fmt: skip
def test_days(words: str, on: date, told: str | None) -> None:
    assert days_seen(words, on, SEEN) == told
