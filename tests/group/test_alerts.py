"""Alerts of one event and issuer share a dossier; all others stay apart, and nothing joins a dossier that was there before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hand_made import AREA, fielded

from backread.check.engine import check_story
from backread.draft.rule import draft
from backread.group.alerts import MOST
from backread.group.dossiers import assign
from backread.values.area import Area
from backread.values.capture import Capture
from backread.values.source import Genre

HERE = replace(AREA, timezone="America/New_York")
SENT = datetime(2026, 11, 24, 1, 40, tzinfo=UTC)
WARNING = {
    "event": "Coastal Flood Warning",
    "area": "Quillon",
    "certainty": "Likely",
    "onset": "2026-11-24T18:00:00-05:00",
    "expires": "2026-11-25T06:00:00-05:00",
    "msg_type": "Alert",
    "status": "Actual",
    "sender": "Sound Weather Office",
    "description": "Water 2 to 3 feet above ground level is expected in low areas of Quillon.",
    "instruction": "Move cars before 6 p.m. Tuesday.",
}
BESIDE = {
    "event": "Coastal Flood Advisory",
    "area": "Alder Bay",
    "onset": "2026-11-24T20:00:00-05:00",
    "expires": "2026-11-25T04:00:00-05:00",
    "description": "Water up to 1 foot above ground level is expected in low areas of Alder Bay.",
    "instruction": "Do not drive through water.",
}


def _alert(name: str, *, after: timedelta = timedelta(minutes=12), **changed: str) -> Capture:
    told = WARNING | {"sent": (SENT + after).isoformat()} | changed
    rows = [(field, value, 0) for field, value in told.items() if value]
    return fielded(rows, name=name, genre=Genre.ALERT, published=SENT + after)


FIRST = _alert("coast", after=timedelta(0))
SECOND = _alert("river", **BESIDE)


@pytest.mark.parametrize(
    ("other", "area", "dossiers"),
    [
        pytest.param(SECOND, HERE, 1, id="one event, one office, two grades"),
        pytest.param(_alert("river", **BESIDE | {"event": "Coastal Flood Warning"}), HERE, 1, id="the same grade for another town"),
        pytest.param(_alert("river", **BESIDE | {"sender": "Fell Weather Office"}), HERE, 2, id="another office"),
        pytest.param(_alert("river", **BESIDE | {"event": "High Wind Warning"}), HERE, 2, id="another danger"),
        pytest.param(_alert("river", **BESIDE | {"event": "Fire"}), HERE, 2, id="no warning"),
        pytest.param(_alert("river", **BESIDE | {"area": "Fell", "description": "Water is expected in Fell."}), HERE, 2, id="not for the coverage area"),
        pytest.param(_alert("river", **BESIDE | {"onset": "2026-11-25T06:00:00-05:00", "expires": "2026-11-25T12:00:00-05:00"}), HERE, 2, id="hours that do not overlap"),
        pytest.param(_alert("river", after=timedelta(hours=4), **BESIDE), HERE, 2, id="sent later"),
        pytest.param(_alert("river", **BESIDE | {"msg_type": "Update"}), HERE, 2, id="an update"),
        pytest.param(_alert("river", **BESIDE | {"msg_type": "Cancel"}), HERE, 2, id="a cancellation"),
        pytest.param(_alert("river", **BESIDE | {"status": "Test"}), HERE, 2, id="a test"),
        pytest.param(_alert("river", **BESIDE | {"expires": ""}), HERE, 2, id="no hours"),
        pytest.param(SECOND, None, 2, id="no coverage area"),
    ],
)  # fmt: skip
def test_which_alerts_are_one_event(other: Capture, area: Area | None, dossiers: int) -> None:
    assert len(assign([FIRST, other], (), area)) == dossiers
    assert len(assign([other, FIRST], (), area)) == dossiers


def test_the_graver_leads_whichever_was_sent_first() -> None:
    early = _alert("river", after=-timedelta(minutes=5), **BESIDE)
    (dossier,) = assign([early, FIRST], (), HERE)
    assert dossier.captures == (FIRST.id, early.id)


def test_a_later_alert_does_not_go_under_in_a_dossier_that_was_there() -> None:
    before = assign([FIRST], (), HERE)
    assert len(assign([FIRST, SECOND], before, HERE)) == 2


def test_a_story_is_no_list_of_alerts() -> None:
    many = [_alert(f"n{number}", area=f"Quillon {number}") for number in range(MOST + 1)]
    assert sorted(len(d.captures) for d in assign(many, (), HERE)) == [1, MOST]


def test_a_copy_of_an_alert_is_not_told_again() -> None:
    held = [FIRST, _alert("copy", after=timedelta(0))]
    (dossier,) = assign(held, (), HERE)
    assert len(dossier.captures) == 2
    assert len(draft(dossier, held, area=HERE, on=date(2026, 11, 24)).story.sentences) == 5


def test_one_story_tells_both_and_keeps_their_figures_and_hours_apart() -> None:
    held = [FIRST, SECOND]
    (dossier,) = assign(held, (), HERE)
    made = draft(dossier, held, area=HERE, on=date(2026, 11, 24))
    assert [sentence.text for sentence in made.story.sentences] == [
        "Coastal flooding likely Tuesday night in Quillon",
        "Water 2 to 3 feet above ground level is expected in low areas of Quillon, the Sound Weather Office said.",
        "A coastal flood warning runs from 6 p.m. Tuesday to 6 a.m. EST Wednesday.",
        "The office advised people to move cars before 6 p.m. Tuesday.",
        "A coastal flood advisory for Alder Bay runs from 8 p.m. Tuesday to 4 a.m. EST Wednesday.",
        "Water up to 1 foot above ground level is expected in low areas of Alder Bay, the office said.",
        "The office advised people not to drive through water.",
        "The office issued the warning at 8:40 p.m. EST Monday.",
        "It issued the advisory at 8:52 p.m. EST Monday.",
    ]
    assert not check_story(made.story, held, area=HERE).open
