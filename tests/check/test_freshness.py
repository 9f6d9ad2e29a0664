"""Freshness: later versions, corrections, alerts that ran out, and how long ago a source was last seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backread.check.base import Context
from backread.check.freshness import CHECK, EXAMPLES, PROMISES, is_correction
from backread.values.area import Area
from backread.values.canonical import digest_of
from backread.values.capture import Capture, Field
from backread.values.finding import Finding, Outcome, Scope, Subject
from backread.values.source import Genre, Terms
from backread.values.story import BlockKind, Story, Words
from check.stories import MONDAY, capture, cites

R, U, S, N = Outcome.REFUTED, Outcome.UNDECIDED, Outcome.SUPPORTED, Outcome.NOTHING_TO_CHECK
TOLD = "Crews counted 40 herons at Tarrow on Sunday."


def seen(text: str, *, days: float = 0, name: str = "the notice", **more: object) -> Capture:
    """A capture last seen so many days before the story's day, at 9 a.m. of it for 0."""
    moment = dt.datetime.combine(MONDAY, dt.time(9), dt.UTC) - dt.timedelta(days=days)
    return replace(capture(text, name=name), taken=moment, published=moment, **more)  # type: ignore[arg-type]


def as_file(held: Capture, name: str = "count.txt") -> Capture:
    return replace(held, url=f"file:///news/{name}", published=None)


def findings(sentence: str, rests_on: Sequence[Capture], others: Sequence[Capture] = (), *, date: dt.date | None = MONDAY, area: Area | None = None) -> tuple[Finding, ...]:  # fmt: skip
    words = [Words(text=sentence, citations=cites(*rests_on))]
    story = Story.of([(BlockKind.PARAGRAPH, words)], date=date)
    told = Context(story=story, captures=(*rests_on, *others), area=area)
    return CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)


def worst(*args: object, **more: object) -> Outcome:
    return findings(*args, **more)[0].outcome  # type: ignore[arg-type]


@pytest.mark.parametrize(("sentence", "texts", "wanted"), EXAMPLES)
def test_every_outcome_is_seen(sentence: str, texts: tuple[str, ...], wanted: Outcome) -> None:
    held = [seen(text, name=f"source {n}") for n, text in enumerate(texts)]
    held = [as_file(c) if c.text.startswith("File") else c for c in held]
    assert worst(sentence, held[:1], held[1:]) is wanted
    assert {example[2] for example in EXAMPLES} == CHECK.outcomes


@pytest.mark.parametrize(
    ("genre", "days", "wanted"),
    [
        (Genre.ALERT, 0, S), (Genre.ALERT, 1, R), (Genre.TABLE, 2, S), (Genre.TABLE, 3, R), (Genre.ARTICLE, 3, S), (Genre.ARTICLE, 4, R),
        (Genre.AGENDA, 4, R), (Genre.RELEASE, 7, S), (Genre.RELEASE, 8, R), (Genre.MINUTES, 14, S), (Genre.MINUTES, 15, R),
        (Genre.CALENDAR, 8, R), (Genre.TRANSCRIPT, 900, S), (Genre.NOTES, 900, S),
    ],
)  # fmt: skip
def test_each_kind_of_document_keeps_its_time(genre: Genre, days: float, wanted: Outcome) -> None:
    assert worst(TOLD, [seen(TOLD, days=days, genre=genre)]) is wanted
    assert genre in PROMISES


@pytest.mark.parametrize(
    ("held", "date", "wanted", "says"),
    [
        pytest.param(seen(TOLD, days=30, terms=Terms.OWN), MONDAY, S, "", id="own record"),
        pytest.param(seen(TOLD), None, U, "nothing says how long", id="a story without a day"),
        pytest.param(as_file(seen(TOLD)), MONDAY, U, "nothing says how long", id="a file without a day"),
        pytest.param(replace(as_file(seen(TOLD)), published=seen(TOLD).published), MONDAY, S, "", id="a file of the day"),
        pytest.param(replace(as_file(seen(TOLD)), published=seen(TOLD, days=9).published), MONDAY, U, "is of October 10", id="an old file"),
        pytest.param(replace(seen(TOLD, days=9), published=seen(TOLD).published), MONDAY, R, "last seen on October 10, longer ago than 3 days", id="a page long not seen"),
        pytest.param(seen(TOLD, days=1, genre=Genre.ALERT), MONDAY, R, "than 12 hours", id="an alert"),
        pytest.param(replace(seen(TOLD), published=seen(TOLD, days=900).published), MONDAY, S, "", id="an old document seen today"),
        pytest.param(seen(TOLD, flags=frozenset({"superseded"})), MONDAY, R, "was superseded", id="flagged"),
        pytest.param(replace(as_file(seen(TOLD)), published=dt.datetime.min.replace(tzinfo=dt.UTC)), MONDAY, U, "is of January 1", id="the first day there is"),
    ],
)  # fmt: skip
def test_when_it_was_last_seen(held: Capture, date: dt.date | None, wanted: Outcome, says: str) -> None:
    (finding,) = findings(TOLD, [held], date=date)
    assert finding.outcome is wanted
    assert says in finding.message
    assert not finding.blocks


def test_the_day_begins_in_the_area() -> None:
    area = Area(name="Tarrow County", timezone="Pacific/Auckland")
    held = seen(TOLD, days=0.9, genre=Genre.ALERT)
    assert worst(TOLD, [held]) is R
    assert worst(TOLD, [held], area=area) is S


OLD = seen(TOLD + " Ann Orde led the count of herons for the club.", days=1, title="Heron count")


def version(text: str, **more: object) -> Capture:
    return seen(text, title="Heron count", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        pytest.param(version("Crews counted 14 herons at Tarrow on Sunday."), R, id="later at the same address"),
        pytest.param(version(f"Updated. {OLD.text}"), S, id="later, and the words still stand"),
        pytest.param(replace(version("Crews counted 14 herons."), taken=OLD.taken, published=OLD.published), S, id="not later"),
        pytest.param(replace(version("The club sells cakes on Friday."), title="Cakes"), S, id="another entry at the feed’s address"),
        pytest.param(replace(version(OLD.text.replace("40", "14")), title="Herons again"), R, id="a new title, the same words"),
        pytest.param(replace(version(OLD.text.replace("40", "14")), url="https://elsewhere.example/"), R, id="same source and title elsewhere"),
        pytest.param(replace(version("Crews counted 9 owls at Sorrel."), url="https://elsewhere.example/"), S, id="same title, other words"),
        pytest.param(replace(version(OLD.text.replace("40", "14")), url="https://elsewhere.example/", source="a rival"), S, id="same title, another source"),
        pytest.param(replace(version(OLD.text.replace("40", "14")), url="https://elsewhere.example/", published=OLD.published), S, id="same title and day elsewhere"),
        pytest.param(replace(version(OLD.text.replace("40", "14")), url="https://elsewhere.example/", title=""), S, id="no title to go by"),
    ],
)  # fmt: skip
def test_later_versions(other: Capture, wanted: Outcome) -> None:
    assert worst(TOLD, [OLD], [other]) is wanted


def test_the_newest_version_is_shown() -> None:
    later = version("Crews counted 14 herons at Tarrow on Sunday.")
    newest = replace(version("Crews counted 15 herons at Tarrow on Sunday."), taken=later.taken + dt.timedelta(hours=1))  # fmt: skip
    (finding,) = findings(TOLD, [OLD], [later, newest])
    assert [p.text for m in finding.marks for p in m.evidence] == [newest.text]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Correction: Crews counted 14 herons at Tarrow on Sunday.", R),
        ("This report replaces an earlier report.\n\nCrews counted 14 herons at Tarrow on Sunday.", R),
        ("Correction: the club meets on Friday, not on Thursday.", S),
        ("Correction: The club's address was wrong.\n\n" + OLD.text, S),
        ("Crews counted 14 herons at Tarrow on Sunday.", S),
        ("The corrections department counted 14 herons at Tarrow on Sunday.", S),
    ],
)
def test_corrections_among_the_captures(text: str, wanted: Outcome) -> None:
    assert worst(TOLD, [OLD], [seen(text, name="the club")]) is wanted


def test_a_correction_the_sentence_rests_on_is_no_news() -> None:
    corrected = seen("Correction: Crews counted 14 herons at Tarrow on Sunday.", name="the club")
    assert worst("Crews counted 14 herons at Tarrow on Sunday.", [OLD, corrected]) is S


@pytest.mark.parametrize(
    ("known", "other", "wanted"),
    [
        pytest.param(OLD, lambda c: replace(c, published=OLD.published - dt.timedelta(days=3)), S, id="an earlier one"),
        pytest.param(as_file(OLD), lambda c: replace(c, published=OLD.published - dt.timedelta(days=3)), R, id="order not known"),
        pytest.param(replace(OLD, published=None), lambda c: replace(c, published=None, taken=OLD.taken - dt.timedelta(days=1)), S, id="seen earlier"),
        pytest.param(replace(OLD, published=None), lambda c: replace(c, published=None), R, id="seen later"),
    ],
)  # fmt: skip
def test_only_what_comes_after_corrects(known: Capture, other: object, wanted: Outcome) -> None:
    told = other(seen("Correction: Crews counted 14 herons at Tarrow on Sunday.", name="the club"))  # type: ignore[operator]
    found = findings(TOLD, [known], [told])
    assert (found[0].outcome is R) is (wanted is R)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Correction to the May 4 count", True), ("CORRECTED: Heron count", True), ("Corrected figures for May", True), ("Clarification", True),
        ("Notice is withdrawn", True), ("Revised notice", True), ("Supersedes all earlier notices", True),
        ("Correction officers seek a raise", False), ("Correctional facility opens", False), ("Revised budget for 2027", False), ("Amended zoning map", False),
    ],
)  # fmt: skip
def test_what_says_that_it_corrects(title: str, wanted: bool) -> None:
    assert is_correction(seen("The club met.", title=title)) is wanted


@pytest.mark.parametrize(
    ("expires", "genre", "wanted"),
    [
        pytest.param("2026-10-18T20:00:00+00:00", Genre.ALERT, R, id="ran out the day before"),
        pytest.param("2026-10-18T20:00:00", Genre.ALERT, R, id="in the area’s time"),
        pytest.param("2026-10-19T06:00:00+00:00", Genre.ALERT, S, id="runs out that day"),
        pytest.param("soon", Genre.ALERT, S, id="no moment"),
        pytest.param("2026-10-18T20:00:00+00:00", Genre.AGENDA, S, id="not an alert"),
    ],
)
def test_an_alert_that_ran_out(expires: str, genre: Genre, wanted: Outcome) -> None:
    field = Field(name="expires", value=expires, start=0, end=4)
    (finding,) = findings(TOLD, [seen(TOLD, genre=genre, fields=(field,))])
    assert finding.outcome is wanted
    assert ("ran out on October 18" in finding.message) is (wanted is R)


def test_two_sources_of_different_age_get_a_finding_each() -> None:
    old = seen(TOLD + " It rained.", days=20, name="the blog")
    assert [f.outcome for f in findings(TOLD, [old, seen(TOLD)])] == [R, S]


_PIECES = st.sampled_from(["Correction: ", TOLD, "\n", ". ", "replaces an earlier notice ", "14 ", "İ", "e\u0301", "“", '"'])  # fmt: skip
_TEXT = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=12).map("".join))
_MOMENTS = st.one_of(st.none(), st.datetimes(timezones=st.just(dt.UTC)))


@settings(max_examples=150, deadline=None)
@given(_TEXT.filter(bool), _TEXT, _TEXT, _MOMENTS, st.one_of(st.none(), st.dates()), _TEXT, st.booleans())
def test_any_words_and_days_get_an_answer_with_exact_places(
    sentence: str, one: str, two: str, moment: dt.datetime | None, on: dt.date | None, expires: str, same: bool
) -> None:  # fmt: skip
    field = Field(name="expires", value=expires, start=0, end=1)
    held = replace(capture(one), published=moment, fields=(field,), genre=Genre.ALERT)
    other = replace(capture(two), url=held.url if same else "file:///a", payload=digest_of(b"2"), taken=moment or held.taken)  # fmt: skip
    area = Area(name="Tarrow County", timezone="Pacific/Kiritimati")
    found = findings(sentence, [held], [other], date=on, area=area)
    assert found
    for mark in (m for f in found for m in f.marks):
        assert 0 <= mark.start < mark.end <= len(sentence)
        assert all(held.holds(p) or other.holds(p) for p in mark.evidence)
