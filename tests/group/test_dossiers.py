"""Dossiers: one event together, templates apart, ids that stay, and what is not worth a story."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backread.group.dossiers import assign, worth_a_story
from backread.values.capture import Capture
from backread.values.source import Genre, Terms
from group.hand_made import AREA, NOON, capture, fielded

LINE = (
    "Shore Secretary Opal Finch warned Dunmere County and other coastal counties to adopt a setback line by Feb. 16, 2027. "
    "“The state will draw this line alone if it has to,” Finch said at the Shore Conference in Harl Bluff. The setback line "
    "crosses 14 coastal counties, and survey grants are open."
)
ANSWER = (
    "The Reed Institute criticized the setback line deadline that Shore Secretary Opal Finch set for coastal counties at the "
    "Shore Conference in Harl Bluff. “Counties need surveyors first,” said Ada Corr, president of the institute."
)
LIBRARY = (
    "The branch library in Quillon will lend garden seeds from December, and a class on saving seeds of tomatoes and beans is "
    "free for every reader who comes with a card in the spring."
)
ALERT = "Flood Warning for {0}. Water is expected in low areas near the shore of {0} until 6 a.m. Do not drive through water."


def _alert(place: str, name: str) -> Capture:
    return capture(ALERT.format(place), name=name, genre=Genre.ALERT)


def test_one_event_is_one_dossier_and_templates_stay_apart() -> None:
    captures = [
        capture(LINE, name="state"),
        capture(ANSWER, name="reed", published=NOON + timedelta(hours=2)),
        capture(LIBRARY, name="library"),
        _alert("Quillon", "north"),
        _alert("Alder Bay", "south"),
    ]
    sizes = sorted(len(d.captures) for d in assign(captures, (), AREA))
    assert sizes == [1, 1, 1, 2]


def test_ids_stay_and_order_does_not_matter() -> None:
    first, second = (
        capture(LINE, name="state"),
        capture(ANSWER, name="reed", published=NOON + timedelta(hours=2)),
    )
    (alone,) = assign([first], (), AREA)
    (grown,) = assign([second, first], (alone,), AREA)
    assert grown.id == alone.id
    assert grown.captures == (first.id, second.id)
    assert assign([first, second], (), AREA) == assign([second, first], (), AREA)


@pytest.mark.parametrize(
    ("held", "drafted", "why"),
    [
        pytest.param(capture(LINE), True, "names Dunmere County", id="local news"),
        pytest.param(capture(LINE.replace("Dunmere", "Marrow")), False, "nothing in it names", id="nothing local"),
        pytest.param(capture("", title="Berths in Quillon"), False, "no visible text", id="an empty page"),
        pytest.param(capture("Quillon. Sign in."), False, "too little text", id="a shell"),
        pytest.param(capture(LINE, terms=Terms.NEWSROOM), False, "another newsroom", id="a rewrite alone"),
        pytest.param(capture(LINE, language="fr"), False, "another language", id="another language"),
        pytest.param(
            fielded([("status", "Test", 0), ("event", "Flood Warning", 0), ("area", "Quillon", 0)], genre=Genre.ALERT),
            False,
            "not meant for the public",
            id="a test alert",
        ),
    ],
)  # fmt: skip
def test_worth_a_story(held: Capture, drafted: bool, why: str) -> None:
    (dossier,) = assign([held], (), AREA)
    answer, reason = worth_a_story(dossier, [held])
    assert answer is drafted
    assert why in reason


def test_value_needs_something_local() -> None:
    (local,) = assign([capture(LINE)], (), AREA)
    (foreign,) = assign([capture(LINE.replace("Dunmere", "Marrow"))], (), AREA)
    assert local.value > foreign.value
    assert foreign.value <= 10
    assert local.news


def test_minutes_join_what_their_votes_are_on_and_stay_an_event_of_their_own() -> None:
    minutes = fielded(
        [
            ("body", "Dunmere County Board", 0),
            ("date", "2026-11-23", 0),
            ("item", "Gull Creek Bridge: county share", 1),
            ("motion", "to pay the county's share", 1),
            ("vote", "4-1", 1),
        ],
        genre=Genre.MINUTES,
    )
    bridge = capture(
        "The county will replace Gull Creek Bridge and pay its share of the cost. " * 6, name="works"
    )
    fair = capture("The fair at Quillon opens with a parade of boats and a pie stand. " * 6, name="fair")
    made = assign((minutes, bridge, fair), (), AREA)
    held = {one.captures[0]: one.captures for one in made}
    assert held == {
        minutes.id: (minutes.id,),
        bridge.id: (bridge.id, minutes.id),
        fair.id: (fair.id,),
    }
    assert assign((minutes, bridge, fair), made, AREA) == made, "a second time nothing is added"
