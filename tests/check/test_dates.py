"""Dates: days and times against the captures, from the story's date line. The story is dated Monday, Oct. 19, 2026."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from backread.check.base import Context
from backread.check.dates import CHECK
from backread.values.capture import Field
from backread.values.finding import Basis, Outcome, Scope, Subject
from backread.values.story import BlockKind, Citation, Origin, Story, Words
from check.stories import MONDAY, capture, cites, context, outcome, run

YES, NO, OPEN, NONE = Outcome.SUPPORTED, Outcome.REFUTED, Outcome.UNDECIDED, Outcome.NOTHING_TO_CHECK
HEARING = "The board met on Thursday, Oct. 15, and set a hearing for 6 p.m. on Monday, Dec. 14, 2026."


@pytest.mark.parametrize(
    ("sentence", "source", "wanted"),
    [
        pytest.param("The board met Thursday.", HEARING, YES, id="weekday of a date"),
        pytest.param("The board met Wednesday.", HEARING, NO, id="wrong weekday"),
        pytest.param("The board met on Oct. 15.", HEARING, YES, id="date"),
        pytest.param("The board met on Oct. 16.", HEARING, NO, id="wrong date"),
        pytest.param("The board met on Friday, Oct. 15.", HEARING, NO, id="weekday and date disagree"),
        pytest.param("The board will meet on Dec. 14.", HEARING, YES, id="ahead"),
        pytest.param("The hearing is at 6 p.m.", HEARING, YES, id="time"),
        pytest.param("The hearing is at 7 p.m.", HEARING, NO, id="wrong time"),
        pytest.param("The board met last week.", HEARING, YES, id="last week"),
        pytest.param("The hearing is in December.", HEARING, YES, id="month of a date"),
        pytest.param(
            "The storms came in January.", "The storms came in January 2026.", YES, id="a month of this year"
        ),
        pytest.param(
            "An overnight guard saw it.", "The board met on Thursday, Oct. 15.", NONE, id="an overnight guard"
        ),
        pytest.param(
            "It is open from 3 to 7 p.m.", "Hours: 3 p.m. to 7 p.m.", YES, id="a range shares its half"
        ),
        pytest.param(
            "It is open from 4 to 7 p.m.", "Hours: 3 p.m. to 7 p.m.", NO, id="a range, another hour"
        ),
        pytest.param("It is open from 9 to 1 p.m.", "Hours: 9 a.m. to 1 p.m.", YES, id="a range over noon"),
        pytest.param("The board met last week.", "The board met this month.", OPEN, id="a week and a month"),
        pytest.param("The board met last week.", "The board met two weeks ago.", NO, id="another week"),
        pytest.param("The board met on a Thursday.", HEARING, YES, id="some Thursday"),
        pytest.param("The board met on a Wednesday.", HEARING, NO, id="some other day"),
        pytest.param(
            "The board has Saturday hours.", "The office is open Saturdays.", YES, id="a day of every week"
        ),
        pytest.param(
            "The board has Saturday hours.",
            "The office is open Sundays.",
            OPEN,
            id="another day of every week",
        ),
        pytest.param(
            "The stands sell peas on Friday afternoons.", HEARING, NONE, id="every week's is no day"
        ),
        pytest.param(
            "The rink is open Monday afternoon.", "The rink is open this afternoon.", YES, id="this afternoon"
        ),
        pytest.param(
            "The rink was shut in August 2025.",
            "The rink was shut in August of last year.",
            YES,
            id="a month of last year",
        ),
        pytest.param(
            "The rink was shut in August 2024.",
            "The rink was shut in August of last year.",
            NO,
            id="a month of another year",
        ),
        pytest.param(
            "Crews pumped until 6 a.m. Monday.",
            "Crews pumped from midnight Sunday till six.",
            YES,
            id="the end of Sunday, and six",
        ),
        pytest.param(
            "Crews pumped until 7 a.m.",
            "Crews pumped from midnight Sunday till six.",
            NO,
            id="another hour than six",
        ),
        pytest.param(
            "Crews left the pier at 10 a.m.", "Crews left the pier at 10.", YES, id="an hour without its half"
        ),
        pytest.param("The rink opens at 3:10.", "The rink opens at 3:10 p.m.", YES, id="the half left out"),
        pytest.param(
            "The rink opens at 3:20.", "The rink opens at 3:10 p.m.", NO, id="the half left out, another time"
        ),
        pytest.param(
            "The rink opened at 10.34pm.", "The rink opened at 10.34pm.", YES, id="a full stop in a time"
        ),
        pytest.param("The hearing is in November.", "The hearing is in December.", NO, id="wrong month"),
        pytest.param("The line was drawn in 1971.", "The line was drawn in 1971.", YES, id="year"),
        pytest.param("The line was drawn in 1917.", "The line was drawn in 1971.", NO, id="wrong year"),
        pytest.param("The board met Thursday.", "The board met on Oct. 8.", OPEN, id="not the same week"),
        pytest.param("The board met on June 3.", "The board met.", OPEN, id="nowhere"),
        pytest.param("The board will meet on Oct. 15.", HEARING, NO, id="will, but it is over"),
        pytest.param("The board met on Dec. 14.", HEARING, OPEN, id="met, but it lies ahead"),
        pytest.param("The board met to set a hearing on Dec. 14.", HEARING, YES, id="met to set one"),
        pytest.param("The hearing is to be held on Dec. 14.", HEARING, YES, id="to be held"),
        pytest.param(
            "The office was closed today.", "The office is closed Monday, Oct. 19.", YES, id="today"
        ),
        pytest.param("The board met.", HEARING, NONE, id="no day"),
        pytest.param("“We met on Friday,” Orde said.", HEARING, NONE, id="quoted days are left to quotes"),
    ],
)
def test_a_day(sentence: str, source: str, wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, source) is wanted


def test_without_a_date_line_relative_days_are_open() -> None:
    (finding,) = run(CHECK, "The board met Thursday.", HEARING, date=None)
    assert (finding.outcome, finding.message) == (OPEN, "no date line to count from")


def test_the_captures_own_words_are_read_from_its_own_day() -> None:
    source = capture("The board met yesterday.", published=dt.date(2026, 10, 16))
    for sentence, wanted in (("The board met Thursday.", YES), ("The board met Friday.", NO)):
        told = context([sentence], [source])
        (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
        assert finding.outcome is wanted


@pytest.mark.parametrize(
    ("row", "url", "sentence", "wanted"),
    [
        ("a file handed in: its Monday may be the story's", "file:///notes.txt", "The pier closed Monday.", YES),
        ("and is no other day", "file:///notes.txt", "The pier closed Tuesday.", NO),
        ("a page was seen when it was seen", "https://pier.example/", "The pier closed Monday.", NO),
    ],
)  # fmt: skip
def test_an_undated_file_is_read_from_the_storys_day_too(
    row: str, url: str, sentence: str, wanted: Outcome
) -> None:
    seen = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    source = replace(capture("The pier closed on Monday.", published=None), url=url, taken=seen)
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), context([sentence], [source]))
    assert finding.outcome is wanted, row


def test_a_weekday_made_of_a_date_is_computed_and_a_date_word_for_word_is_verbatim() -> None:
    assert run(CHECK, "The board met Thursday.", HEARING)[0].basis is Basis.COMPUTED
    assert run(CHECK, "The board met on Thursday, Oct. 15.", HEARING)[0].basis is Basis.VERBATIM


def test_the_day_a_release_is_dated_serves_where_it_names_no_other() -> None:
    source = capture("The board fined the owner.", published=dt.date(2026, 10, 16))
    told = context(["The board fined the owner Friday."], [source])
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert (finding.outcome, finding.basis) == (YES, Basis.COMPUTED)


@pytest.mark.parametrize(
    ("row", "sentence", "wanted"),
    [
        ("said on the day it bears", "The board will meet on Dec. 14, the office said Monday.", YES),
        ("in an email that day", "The pier closed, the office said in an email Monday.", YES),
        ("said on another day", "The board will meet on Dec. 14, the office said Tuesday.", NO),
    ],
)  # fmt: skip
def test_what_was_said_was_said_on_the_documents_day(row: str, sentence: str, wanted: Outcome) -> None:
    assert (
        outcome(
            CHECK,
            sentence,
            "The board met on Thursday, Oct. 15, and meets again on Dec. 14, 2026. The pier closed.",
        )
        is wanted
    ), row


def test_the_right_weekday_is_suggested() -> None:
    (finding,) = run(CHECK, "The board met on Friday, Oct. 15.", HEARING)
    assert finding.marks[0].suggestion == "Thursday, Oct. 15"


def test_no_citation_leaves_a_day_open() -> None:
    source = capture(HEARING)
    assert cites(source)
    told = context(["The board met Thursday."], [source], cited=False, date=MONDAY)
    assert CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)[0].outcome is OPEN


@pytest.mark.parametrize(
    ("row", "sentence", "source", "told", "suggestion"),
    [
        (
            "a day",
            "The ferry to Heron Key stops on March 4, 2026.",
            "Offices shut March 2, 2026. Schools shut March 6, 2026. The ferry to Heron Key stops on March 5, 2026.",
            ["March 5, 2026"],
            "March 5",
        ),
        (
            "a time",
            "The ferry to Heron Key stops at 4 p.m.",
            "Offices shut at 2 p.m. Schools shut at 3 p.m. The ferry to Heron Key stops at 5 p.m.",
            ["5 p.m."],
            "5 p.m.",
        ),
    ],
)
def test_only_what_tells_the_same_contradicts(
    row: str, sentence: str, source: str, told: list[str], suggestion: str
) -> None:
    (finding,) = run(CHECK, sentence, source)
    (mark,) = finding.marks
    assert finding.outcome is Outcome.REFUTED, row
    assert ([p.text for p in mark.evidence], mark.suggestion) == (told, suggestion), row


@pytest.mark.parametrize(
    ("row", "sentence", "value", "wanted"),
    [
        ("its day", "The ferry stops on Oct. 15.", "2026-10-15T18:00:00+00:00", YES),
        ("another day", "The ferry stops on Oct. 14.", "2026-10-15T18:00:00+00:00", NO),
        ("its time", "The ferry stops at 6 p.m.", "2026-10-15T18:00:00+00:00", YES),
        ("a day without a time", "The ferry stops at 6 p.m.", "2026-10-15", OPEN),
        ("a day that is none", "The ferry stops on Oct. 15.", "2026-13-45", OPEN),
        ("words", "The ferry stops on Oct. 15.", "soon", OPEN),
    ],
)
def test_the_day_that_a_field_states(row: str, sentence: str, value: str, wanted: Outcome) -> None:
    text = "Notice. The ferry stops then."
    field = Field(name="onset", value=value, start=24, end=28, record=1)
    told = context([sentence], [replace(capture(text), fields=(field,))])
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert finding.outcome is wanted, row


def test_a_weekday_of_a_day_that_is_none() -> None:
    (finding,) = run(CHECK, "The board met on Monday, Feb. 30, 2026.", HEARING)
    assert (finding.outcome, finding.message) == (NO, "there is no Monday, Feb. 30, 2026")


def _found(
    sentence: str, near: str, *more: str, kind: BlockKind = BlockKind.PARAGRAPH, body: str = ""
) -> Outcome:
    """The outcome where a search cited `near`, and the captures hold `more`; `body` is a sentence that cites `more`."""
    held = [capture(text, name=f"source {i}") for i, text in enumerate((near, *more))]
    words = Words(
        text=sentence, citations=(Citation(passage=held[0].passage(0, len(near)), origin=Origin.FOUND),)
    )
    parts = [(kind, [words])]
    if body:
        parts.append((BlockKind.PARAGRAPH, [Words(text=body, citations=cites(*held[1:]))]))
    told = Context(story=Story.of(parts, date=MONDAY), captures=tuple(held))
    return CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)[0].outcome


NEAR = "Tolls paid for ten boats."


@pytest.mark.parametrize(
    ("sentence", "other", "wanted"),
    [
        pytest.param("The board met Thursday.", HEARING, YES, id="of the same"),
        pytest.param("The board met Friday.", HEARING, OPEN, id="another day"),
        pytest.param("Otters bred Thursday.", HEARING, OPEN, id="of something else"),
        pytest.param(
            "Ashgrove left at 6 p.m.", "At 6 p.m. we saw Ashgrove go.", YES, id="a time of the same man"
        ),
    ],
)
def test_what_a_search_missed_in_another_capture_counts_where_it_tells_the_same(
    sentence: str, other: str, wanted: Outcome
) -> None:
    assert _found(sentence, NEAR, other) is wanted


def test_what_a_drafter_chose_is_all_that_counts() -> None:
    held = [capture(NEAR, name="one"), capture(HEARING, name="two")]
    words = Words(text="The board met Thursday.", citations=cites(held[0]))
    told = Context(story=Story.of([(BlockKind.PARAGRAPH, [words])], date=MONDAY), captures=tuple(held))
    assert CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)[0].outcome is OPEN


@pytest.mark.parametrize(("day", "wanted"), [("Thursday", YES), ("Friday", OPEN)])
def test_a_deck_may_rest_on_what_the_body_rests_on(day: str, wanted: Outcome) -> None:
    assert _found(f"A new hall from {day}", NEAR, HEARING, kind=BlockKind.DECK, body="They met.") is wanted


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        pytest.param("Notes, Friday, Oct. 16, 2026", YES, id="the head tells the day"),
        pytest.param("Notes, Friday, Oct. 16, 1992", NO, id="a day long gone"),
    ],
)
def test_the_head_of_a_file_tells_what_its_weekdays_mean(head: str, wanted: Outcome) -> None:
    notes = replace(capture(f"{head}\n\nThe barge left yesterday."), url="file:notes.txt", published=None)
    told = context(["The barge left Thursday."], [notes])
    assert CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)[0].outcome is wanted
