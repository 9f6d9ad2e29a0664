"""Alerts in the form weather offices write today: sections with headings in capitals, read, drafted and checked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from backread.check.engine import check_story
from backread.draft.rule import draft
from backread.gather import read
from backread.group.dossiers import assign
from backread.ports import Fetched
from backread.text.forms.sections import is_sectioned, told
from backread.values.area import Area, Place
from backread.values.source import Genre, Source

AREA = Area(name="Dunmere County", state="VT", timezone="America/New_York", places=(Place(name="Alder Bay", kind="town"),), codes=frozenset({("UGC", "VTZ014")}))  # fmt: skip
ALERT = """<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>x1</identifier><sender>w@alerts.example</sender>
<sent>2026-11-24T03:12:00-05:00</sent><status>Actual</status><msgType>Alert</msgType><info><language>en-US</language><event>{event}</event>
<urgency>Expected</urgency><severity>Minor</severity><certainty>Likely</certainty><onset>2026-11-24T18:00:00-05:00</onset>
<expires>2026-11-24T11:15:00-05:00</expires><senderName>NWS Tarrow VT</senderName><headline>{event} issued November 24 at 3:12AM EST by NWS Tarrow VT</headline>
<description>{description}</description><instruction>Keep children away from the flooded slips.
Park on higher streets.</instruction><parameter><valueName>eventEndingTime</valueName><value>2026-11-25T06:00:00-05:00</value></parameter>
<area><areaDesc>Coastal Dunmere</areaDesc><geocode><valueName>UGC</valueName><value>VTZ014</value></geocode></area></info></alert>"""
BULLETS = """* WHAT...Up to 2 feet of salt water over the low
streets by the harbor.

* WHERE...Coastal Dunmere.

* WHEN...From 6 PM this evening to 6 AM EST Wednesday.

* IMPACTS...Slips and ramps will be under water. Some cellars on
Kiln Street may flood at 1115 PM tonight.

* ADDITIONAL DETAILS...Waves of 4 feet are likely at Alder Bay."""
STORM = """At 415 PM EST, a strong storm stood over Alder Bay, moving east at 25 mph.

HAZARD...60 mph gusts and hail of 1 inch.

SOURCE...Radar indicated.

IMPACT...Boats will break loose.

Places in its way include...
Alder Bay and Kiln Street."""


def drafted(event: str, description: str) -> tuple[str, list[object]]:
    """The story's text, and what is open in it."""
    source = Source(id="w", name="Alerts", kind="alert", address="https://alerts.example/a", genre=Genre.ALERT)  # fmt: skip
    body = ALERT.format(event=event, description=description).encode()
    fetched = Fetched(url=source.address, status=200, body=body, media_type="application/xml", headers={}, taken=datetime(2026, 11, 24, 9, tzinfo=UTC))  # fmt: skip
    held = read(source, fetched).captures
    (dossier,) = assign(held, (), AREA)
    made = draft(dossier, held, area=AREA, on=date(2026, 11, 24))
    report = check_story(made.story, held, area=AREA)
    return made.story.text, [(c.sentence.text, [f.message for f in c.findings if f.blocks]) for c in report.open]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "description", "words"),
    [
        pytest.param("Coastal Flood Advisory", BULLETS, (
            "The National Weather Service in Tarrow said to expect up to 2 feet of salt water over the low streets by the harbor. A coastal"
            " flood advisory for Coastal Dunmere runs from 6 p.m. Tuesday to 6 a.m. EST Wednesday.",
            "Slips and ramps will be under water. Some cellars on Kiln Street may flood at 11:15 p.m. Tuesday. Waves of 4 feet",
            "The weather service advised people to keep children away from the flooded slips and to park on higher streets.",
        ), id="bullets"),
        pytest.param("Severe Thunderstorm Warning", STORM, (
            "At 4:15 p.m. EST, a strong storm stood over Alder Bay, moving east at 25 mph, the weather service said.",
            "Hazard: 60 mph gusts and hail of 1 inch. Source: radar indicated. Boats will break loose.",
            "Places in its way include Alder Bay and Kiln Street.",
        ), id="headings"),
    ],
)  # fmt: skip
def test_sections_are_told_in_words_and_nothing_is_open(event: str, description: str, words: tuple[str, ...]) -> None:  # fmt: skip
    text, asked = drafted(event, description)
    assert not asked
    assert all(said in text for said in words), text
    assert "* " not in text
    assert "WHEN" not in text


@pytest.mark.parametrize(
    ("value", "told_"),
    [
        pytest.param("One line.\n\nAnother.", (), id="no sections"),
        pytest.param("WHAT...Rain.", (), id="one heading alone"),
        pytest.param("* WHAT...Rain.\n\n* WHERE...Here.", ("The alert said to expect rain.",), id="where is told by the fields"),
        pytest.param("* WHAT...Rain.\n\n* NEXT UPDATE...Ruth Orde speaks at noon.", ("The alert said to expect rain.", "Next update: Ruth Orde speaks at noon."), id="a name keeps its capital"),
        pytest.param("* WHAT...Heavy rain expected.\n\n* WHERE...Here.", ("What to expect: heavy rain expected, the alert said.",), id="what is more than a thing"),
        pytest.param("* WHAT...HEAVY RAIN AND HAIL.\n\n* IMPACTS...Roads flood.", ("Impacts: roads flood, the alert said.",), id="words in capitals are left out"),
        pytest.param("* WHAT...Rain.\n\n* MORE...See https://alerts.example/1 for it.", ("The alert said to expect rain.",), id="an address is left out"),
    ],
)  # fmt: skip
def test_sections(value: str, told_: tuple[str, ...]) -> None:
    day = date(2026, 11, 24)
    assert tuple(told(value, "", day, day)) == told_
    assert is_sectioned(value) is bool(told_)
