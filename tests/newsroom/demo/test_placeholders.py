"""Relative dates: every kind of day and every directive, at the edges of months, years and clock changes."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from backread.errors import BadInput
from newsroom.demo.dates import day_of, resolve

ZONE = ZoneInfo("America/New_York")
THURSDAY = date(2026, 10, 15)


@pytest.mark.parametrize(
    ("words", "today", "day"),
    [
        pytest.param("0", THURSDAY, date(2026, 10, 15), id="today"),
        pytest.param("+4", THURSDAY, date(2026, 10, 19), id="in four days"),
        pytest.param("-1", date(2026, 3, 1), date(2026, 2, 28), id="over a month's end"),
        pytest.param("-1", date(2028, 3, 1), date(2028, 2, 29), id="leap day"),
        pytest.param("+1", date(2026, 12, 31), date(2027, 1, 1), id="over the year's end"),
        pytest.param("-1w", date(2026, 10, 19), date(2026, 10, 16), id="Monday's last working day is Friday"),
        pytest.param(
            "+1w", date(2026, 10, 17), date(2026, 10, 19), id="Saturday's next working day is Monday"
        ),
        pytest.param("+5w", THURSDAY, date(2026, 10, 22), id="a working week"),
        pytest.param("sat", THURSDAY, date(2026, 10, 17), id="this Saturday"),
        pytest.param("sat", date(2026, 10, 17), date(2026, 10, 24), id="never the day itself"),
        pytest.param("sun+1", THURSDAY, date(2026, 10, 25), id="Sunday week"),
    ],
)
def test_a_day_is_counted(words: str, today: date, day: date) -> None:
    assert day_of(words, today) == day


@pytest.mark.parametrize("words", ["", "tomorrow", "+0w", "4 days", "sat-1", "w"])
def test_another_word_is_refused(words: str) -> None:
    with pytest.raises(BadInput):
        day_of(words, THURSDAY)


@pytest.mark.parametrize(
    ("text", "today", "written"),
    [
        pytest.param("[[-1:%A]]", THURSDAY, "Wednesday", id="weekday"),
        pytest.param("[[+4:%B %-d, %Y]]", date(2026, 12, 30), "January 3, 2027", id="long date"),
        pytest.param("[[0:%AP]]", date(2026, 9, 3), "Sept. 3", id="four letters for September"),
        pytest.param("[[0:%AP]]", date(2026, 5, 3), "May 3", id="May stays"),
        pytest.param("[[0:%AP, %Y]]", date(2026, 10, 15), "Oct. 15, 2026", id="three letters"),
        pytest.param(
            "[[0:%a, %d %b %Y 09:05:00 %z]]", date(2026, 1, 5), "Mon, 05 Jan 2026 09:05:00 -0500", id="feed"
        ),
        pytest.param("[[-1:%Y-%m-%dT18:30:00%z]]", THURSDAY, "2026-10-14T18:30:00-0400", id="offset"),
        pytest.param(
            "[[0:%Y-%m-%dT18:30:00%:z]]", THURSDAY, "2026-10-15T18:30:00-04:00", id="offset with colon"
        ),
        pytest.param("[[0:%Y%m%dT180000]]", THURSDAY, "20261015T180000", id="calendar"),
        pytest.param("[[0:18:05 is %-I:%M %p]]", THURSDAY, "18:05 is 6:05 PM", id="hour"),
        pytest.param("[[0:00:30 is %I %p, %H]]", THURSDAY, "00:30 is 12 AM, 00", id="after midnight"),
        pytest.param("[[0:%y]]-14 [[0:%-m/%-d]] 100[[0:%%]]", THURSDAY, "26-14 10/15 100%", id="several"),
        pytest.param("[[0:T01:00%:z]]", date(2026, 3, 8), "T01:00-05:00", id="before the clocks go forward"),
        pytest.param("[[0:T04:00%:z]]", date(2026, 3, 8), "T04:00-04:00", id="after they went forward"),
        pytest.param("[[0:T04:00%:z]]", date(2026, 11, 1), "T04:00-05:00", id="after they went back"),
        pytest.param("nothing [here]", THURSDAY, "nothing [here]", id="no placeholder"),
    ],
)
def test_a_placeholder_is_written_out(text: str, today: date, written: str) -> None:
    assert resolve(text, today, ZONE) == written


@pytest.mark.parametrize("text", ["[[0:%Q]]", "[[soon:%A]]", "[[+0w:%A]]"])
def test_an_unreadable_placeholder_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        resolve(text, THURSDAY, ZONE)
