"""The danger, the hours and the advice of an alert as a reporter tells them; what the alert does not carry is not said."""

from __future__ import annotations

from datetime import date

import pytest

from backread.text.forms import computed, renderings
from backread.text.forms.alert_words import short
from backread.text.forms.danger import infinitive
from backread.values.area import Area, Place
from backread.values.capture import Capture
from backread.values.source import Genre
from group.hand_made import fielded

DAY = date(2026, 11, 24)
AREA = Area(
    name="Dunmere County",
    timezone="America/New_York",
    places=(Place(name="Alder Bay", kind="town"), Place(name="Quillon", kind="town"), Place(name="Fell Key", kind="island")),
)  # fmt: skip
ALERT = {
    "event": "Coastal Flood Warning",
    "area": "Quillon; Alder Bay",
    "certainty": "Likely",
    "onset": "2026-11-24T18:00:00-05:00",
    "expires": "2026-11-25T06:00:00-05:00",
    "sent": "2026-11-23T20:40:00-05:00",
    "msg_type": "Alert",
    "sender": "Sound Weather Office",
    "description": "Water 1 to 2 feet above ground level is expected in low areas of Quillon. Docks may break.",
}


def _alert(**changed: str) -> Capture:
    rows = [(name, value, 0) for name, value in (ALERT | changed).items() if value]
    return fielded(rows, genre=Genre.ALERT)


def _parts(held: Capture, part: str) -> list[str]:
    return [r.text for r in renderings(held, DAY, AREA) if r.part == part]


@pytest.mark.parametrize(
    ("changed", "headlines"),
    [
        pytest.param({}, ["Coastal flooding likely Tuesday night in Quillon and Alder Bay", "Water 1 to 2 feet deep expected in low areas of Quillon"], id="a night"),
        pytest.param({"area": "Fell Key", "description": ""}, ["Coastal flooding likely Tuesday night on Fell Key"], id="an island"),
        pytest.param({"area": "Fell Key; Quillon", "description": "", "event": "Flash Flood Watch", "certainty": "Possible"}, ["Flash flooding possible Tuesday night at Fell Key and Quillon"], id="possible, not likely"),
        pytest.param({"expires": "2026-11-24T23:00:00-05:00", "description": ""}, ["Coastal flooding likely Tuesday in Quillon and Alder Bay"], id="one day"),
        pytest.param({"expires": "2026-11-27T06:00:00-05:00", "description": ""}, [], id="longer than a night"),
        pytest.param({"certainty": "Unlikely", "description": ""}, [], id="unlikely"),
        pytest.param({"msg_type": "Update", "description": ""}, [], id="an update may say that it is over"),
        pytest.param({"msg_type": "Cancel"}, [], id="called off"),
        pytest.param({"event": "Snow Squall Warning", "description": "Snow is expected near the shore, but not in Quillon."}, [], id="a but"),
        pytest.param({"event": "High Wind Warning", "description": "No wind is expected in Quillon."}, [], id="none is expected"),
        pytest.param({"event": "High Wind Warning", "description": "Gusts of 60 mph are likely on the open piers."}, [], id="no place"),
    ],
)  # fmt: skip
def test_headlines(changed: dict[str, str], headlines: list[str]) -> None:
    assert _parts(_alert(**changed), "danger headline") == headlines


@pytest.mark.parametrize(
    ("changed", "part", "told"),
    [
        pytest.param({}, "danger", ["Water 1 to 2 feet above ground level is expected in low areas of Quillon, the Sound Weather Office said."], id="the danger"),
        pytest.param({"description": "DOCKS MAY BREAK. WATER IS EXPECTED."}, "danger", [], id="in capitals"),
        pytest.param({"urgency": "Past"}, "danger", [], id="over"),
        pytest.param({}, "hours", ["A coastal flood warning runs from 6 p.m. Tuesday to 6 a.m. EST Wednesday and also covers Alder Bay."], id="a place the lead has not named"),
        pytest.param({"area": "Quillon"}, "hours", ["A coastal flood warning runs from 6 p.m. Tuesday to 6 a.m. EST Wednesday."], id="no place twice"),
        pytest.param({"area": "Fell Key"}, "hours", ["A coastal flood warning for Fell Key runs from 6 p.m. Tuesday to 6 a.m. EST Wednesday."], id="all places"),
        pytest.param({"sent": "2026-11-24T18:00:00-05:00"}, "hours", ["A coastal flood warning is in effect from 6 p.m. Tuesday to 6 a.m. EST Wednesday and also covers Alder Bay."], id="sent as it begins"),
        pytest.param({}, "sent", ["The office issued the warning at 8:40 p.m. EST Monday."], id="sent"),
        pytest.param({"severity": "Extreme"}, "sent", ["The office, which rated the threat as extreme, issued the warning at 8:40 p.m. EST Monday."], id="grave"),
        pytest.param({"severity": "Moderate"}, "sent", ["The office issued the warning at 8:40 p.m. EST Monday."], id="not grave"),
        pytest.param({"sent": "2026-11-24T18:00:00-05:00", "severity": "Severe"}, "sent", ["The office rated the threat as severe."], id="a moment told already"),
        pytest.param({"severity": "Severe", "event": "Severe Thunderstorm Warning"}, "sent", ["The office issued the warning at 8:40 p.m. EST Monday."], id="grave by its name"),
        pytest.param({"instruction": "Move cars before 6 p.m. Tuesday. Do not drive through water. Be ready to leave if officials tell you to."}, "advice", ["The office advised people to move cars before 6 p.m. Tuesday, not to drive through water and to be ready to leave if officials tell them to."], id="advice"),
        pytest.param({"instruction": "Docks may break. Stay off your boats!"}, "advice", ["The office advised people to stay off their boats."], id="what is no order is left to the source's words"),
        pytest.param({"instruction": "STAY INDOORS UNTIL THE STORM PASSES. CALL RUTH ORDE."}, "advice", ["The office advised people to stay indoors until the storm passes."], id="in capitals"),
        pytest.param({"instruction": "Docks may break."}, "advice", [], id="no advice"),
    ],
)  # fmt: skip
def test_an_alert_in_a_reporters_order(changed: dict[str, str], part: str, told: list[str]) -> None:
    assert _parts(_alert(**changed), part) == told


FIRE = {
    "event": "Fire",
    "headline": "Pier Lane Fire",
    "area": "Pier Lane Fire",
    "description": "LOCATION: Pier Lane Quillon\nSTATUS: Out of Control\nTYPE: Scrub fire\nSIZE: 9 ha",
    "onset": "",
    "expires": "",
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param({}, ["Scrub fire out of control in Quillon", "A scrub fire on Pier Lane, Quillon, was listed as out of control at 8:40 p.m. EST Monday, the Sound Weather Office said."], id="a fire"),
        pytest.param({"description": "LOCATION: 9 Pier Lane, Quillon\nSTATUS: Contained\nTYPE: Structure fire (A fire in a building)"}, ["Structure fire contained in Quillon", "A structure fire at 9 Pier Lane, Quillon, was listed as contained at 8:40 p.m. EST Monday, the Sound Weather Office said."], id="an address"),
        pytest.param({"description": "LOCATION: 8 miles south of Quillon\nSTATUS: Out of Control\nTYPE: Scrub fire"}, [], id="no address"),
        pytest.param({"description": "LOCATION: Pier Lane\nSTATUS: Patrol\nTYPE: Scrub fire"}, [], id="a state that readers do not know"),
        pytest.param({"description": "LOCATION: Pier Lane\nSTATUS: Out of Control\nTYPE: MVA"}, [], id="no fire"),
        pytest.param({"area": "Quillon"}, [], id="a place for an area, no incident"),
        pytest.param({"msg_type": "Cancel"}, [], id="called off"),
    ],
)  # fmt: skip
def test_a_fire_is_told_as_news(changed: dict[str, str], told: list[str]) -> None:
    held = renderings(_alert(**FIRE | changed), DAY, AREA)
    found = [r.text for r in held if r.part == "danger headline" or " was listed as " in r.text]
    assert sorted(found, key=len) == told


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Water 1 to 3 feet above ground level is expected in low areas of Quillon, the Sound Weather Office said.", id="more water"),
        pytest.param("Coastal flooding likely Wednesday night in Quillon and Alder Bay", id="another night"),
        pytest.param("The office advised people to drive through water.", id="the other way"),
    ],
)  # fmt: skip
def test_a_changed_word_is_not_computed(sentence: str) -> None:
    held = _alert(instruction="Do not drive through water.")
    assert computed(sentence, [held], DAY, AREA) is None


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        pytest.param("Do not drive through water.", "not to drive through water", id="do not"),
        pytest.param("Never wade in.", "never to wade in", id="never"),
        pytest.param("Please monitor the forecast.", "to monitor the forecast", id="please"),
        pytest.param(
            "Leave when you are told to.", "to leave when they are told to", id="you before its verb"
        ),
        pytest.param(
            "Take what your family needs with you.", "to take what their family needs with them", id="yours"
        ),
        pytest.param("Turn around, don't drown.", "", id="two orders"),
        pytest.param("Stay away or be swept off.", "", id="or else"),
        pytest.param("Keep you and yours safe.", "", id="a you that cannot be turned"),
        pytest.param("Call 555-0142.", "", id="a number"),
        pytest.param("Officials may order people out.", "", id="no order"),
    ],
)
def test_orders(sentence: str, told: str) -> None:
    assert infinitive(sentence) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("the Sound Weather Office", "the office", id="office"),
        pytest.param("the National Weather Service in Quillon", "the weather service", id="service"),
        pytest.param("the Dunmere Rural Fire Service", "the fire service", id="fire service"),
        pytest.param("the Tsunami Warning Center", "the center", id="center"),
        pytest.param("Environment Dunmere", "Environment Dunmere", id="a name without a kind"),
        pytest.param("", "", id="nobody"),
    ],
)
def test_second_mention(name: str, told: str) -> None:
    assert short(name) == told
