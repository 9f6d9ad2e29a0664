"""Dates: found in a text, resolved from a day, written as newsrooms write them."""

from __future__ import annotations

import datetime as dt

import pytest

from backread.text.dates import ap, ap_time, find, resolve, span

FRIDAY = dt.date(2026, 10, 16)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("on Oct. 15", dt.date(2026, 10, 15), id="date"),
        pytest.param("on Oct. 15, 2025", dt.date(2025, 10, 15), id="date and year"),
        pytest.param("on Thursday, October 15, 2026", dt.date(2026, 10, 15), id="long date"),
        pytest.param("by Jan. 4", dt.date(2027, 1, 4), id="the nearer year"),
        pytest.param("2026-10-15", dt.date(2026, 10, 15), id="ISO"),
        pytest.param("10/15/2026", dt.date(2026, 10, 15), id="slashes"),
        pytest.param("15 October 2026", dt.date(2026, 10, 15), id="day first"),
        pytest.param("He spoke Thursday.", dt.date(2026, 10, 15), id="weekday past"),
        pytest.param("He will speak Thursday.", dt.date(2026, 10, 22), id="weekday to come"),
        pytest.param("It opened Friday.", dt.date(2026, 10, 16), id="today's weekday"),
        pytest.param("last Friday", dt.date(2026, 10, 9), id="last on the same weekday"),
        pytest.param("yesterday", dt.date(2026, 10, 15), id="yesterday"),
        pytest.param("tomorrow", dt.date(2026, 10, 17), id="tomorrow"),
        pytest.param("this afternoon", dt.date(2026, 10, 16), id="this afternoon"),
        pytest.param("two days ago", dt.date(2026, 10, 14), id="days ago"),
        pytest.param("3 days from now", dt.date(2026, 10, 19), id="days from now"),
        pytest.param("10/15/26", dt.date(2026, 10, 15), id="slashes, a short year"),
        pytest.param("on Feb. 30", None, id="no such day"),
        pytest.param("last month", None, id="no single day"),
        pytest.param("at 6 p.m.", None, id="a time is no day"),
    ],
)
def test_resolved(text: str, day: dt.date | None) -> None:
    (mention,) = find(text)
    assert resolve(mention, FRIDAY) == day
    assert text[mention.start : mention.end] == mention.words


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("last month", (dt.date(2026, 9, 1), dt.date(2026, 9, 30)), id="month"),
        pytest.param("in February 2028", (dt.date(2028, 2, 1), dt.date(2028, 2, 29)), id="leap month"),
        pytest.param(
            "August of last year", (dt.date(2025, 8, 1), dt.date(2025, 8, 31)), id="a month of last year"
        ),
        pytest.param("May of next year", (dt.date(2027, 5, 1), dt.date(2027, 5, 31)), id="May of next year"),
        pytest.param("next weekend", (dt.date(2026, 10, 18), dt.date(2026, 10, 25)), id="next weekend"),
        pytest.param("next year", (dt.date(2027, 1, 1), dt.date(2027, 12, 31)), id="year"),
        pytest.param("since 1971", (dt.date(1971, 1, 1), dt.date(1971, 12, 31)), id="bare year"),
    ],
)
def test_spans(text: str, days: tuple[dt.date, dt.date]) -> None:
    (mention,) = find(text)
    assert span(mention, FRIDAY) == days


@pytest.mark.parametrize(
    "text", ["He may go.", "March on.", "1,971 homes", "$2,026", "Sundays are free", "room 2026a"]
)
def test_no_mention(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param(dt.date(2026, 10, 15), "Thursday", id="yesterday"),
        pytest.param(dt.date(2026, 10, 22), "Thursday", id="six days ahead"),
        pytest.param(dt.date(2026, 10, 23), "Oct. 23", id="a week ahead"),
        pytest.param(dt.date(2026, 6, 1), "June 1", id="months are not all short"),
        pytest.param(dt.date(2027, 2, 1), "Feb. 1, 2027", id="another year"),
    ],
)
def test_ap_style(day: dt.date, words: str) -> None:
    assert ap(day, FRIDAY) == words


@pytest.mark.parametrize(
    ("time", "words"),
    [(dt.time(18), "6 p.m."), (dt.time(6, 30), "6:30 a.m."), (dt.time(12), "noon"), (dt.time(0), "midnight"), (dt.time(0, 5), "12:05 a.m.")],
)  # fmt: skip
def test_ap_time_is_read_as_it_is_written(time: dt.time, words: str) -> None:
    assert ap_time(time) == words
    assert [m.time for m in find(f"at {words} then")] == [time]


@pytest.mark.parametrize("offset", range(-6, 7))
def test_a_day_written_in_ap_style_reads_as_the_same_day(offset: int) -> None:
    day = FRIDAY + dt.timedelta(days=offset)
    verb = "was held" if offset <= 0 else "will be held"
    (mention,) = find(f"It {verb} {ap(day, FRIDAY)}.")
    assert resolve(mention, FRIDAY) == day


@pytest.mark.parametrize(
    ("text", "time"),
    [
        pytest.param("at 4:15 p.m.", dt.time(16, 15), id="as newsrooms write it"),
        pytest.param("At 415 PM EST", dt.time(16, 15), id="as weather offices write it"),
        pytest.param("until 1215 AM", dt.time(0, 15), id="four digits"),
        pytest.param("by 6 PM", dt.time(18), id="an hour alone"),
    ],
)
def test_times_of_day(text: str, time: dt.time) -> None:
    (mention,) = find(text)
    assert mention.time == time


def test_what_is_no_time_of_day() -> None:
    assert not [m for m in find("Boat 475 PM sank at 1375 AM.") if m.time]
