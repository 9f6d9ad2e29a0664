"""Alerts as they are really sent: whole, wrapped, in two languages, in the wrong namespace, with parts missing."""

from __future__ import annotations

import pytest

from backread.gather import read
from backread.values.source import Genre
from gather.bytes_of import fetched, source, value, well_framed

INFO = "<info><language>{lang}</language><event>{event}</event><severity>Severe</severity><urgency>Expected</urgency><certainty>Likely</certainty><senderName>Pier Weather Office</senderName><headline>{event} for the pier</headline><description>Water rises.\n\nIt falls again.</description><area><areaDesc>The pier</areaDesc><geocode><valueName>SAME</valueName><value>099017</value></geocode></area><area><areaDesc>The beach</areaDesc></area></info>"
ALERT = '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{id}</identifier><sender>w@pier.example</sender><sent>2026-11-24T08:00:00-05:00</sent><status>Actual</status><msgType>Alert</msgType>{infos}</alert>'


def alert(*infos: str, identity: str = "a1") -> str:
    return ALERT.format(id=identity, infos="".join(infos))


ENGLISH, FRENCH = (
    INFO.format(lang="en-US", event="Flood Warning"),
    INFO.format(lang="fr-CA", event="Alerte crue"),
)


def parameter(name: str, told: str) -> str:
    pair = f"<parameter><valueName>{name}</valueName><value>{told}</value></parameter>"
    return alert(ENGLISH.replace("<area>", pair + "<area>", 1))


def only(body: str):
    (capture,) = read(source("alert", genre=Genre.ALERT), fetched(body, "application/cap+xml")).captures
    assert well_framed(capture)
    return capture


@pytest.mark.parametrize(
    ("body", "name", "record", "wanted"),
    [
        pytest.param(alert(ENGLISH), "event", 0, "Flood Warning", id="event"),
        pytest.param(alert(ENGLISH), "area", 2, "The beach", id="a second area"),
        pytest.param(alert(ENGLISH), "same", 1, "099017", id="a code of the first area"),
        pytest.param(alert(ENGLISH), "sender", 0, "Pier Weather Office", id="the sender's name"),
        pytest.param(alert(ENGLISH), "sent", 0, "2026-11-24T08:00:00-05:00", id="when it was sent"),
        pytest.param(alert(ENGLISH), "description", 0, "Water rises.\n\nIt falls again.", id="paragraphs stay"),
        pytest.param(alert(FRENCH, ENGLISH), "event", 0, "Flood Warning", id="English first, though it comes second"),
        pytest.param(alert(FRENCH), "event", 0, "Alerte crue", id="another language where there is no English"),
        pytest.param(alert(ENGLISH).replace("urn:oasis:names:tc:emergency:cap:1.2", "http://wrong.example/"), "event", 0, "Flood Warning", id="the wrong namespace"),
        pytest.param(alert(ENGLISH).replace(' xmlns="urn:oasis:names:tc:emergency:cap:1.2"', ""), "event", 0, "Flood Warning", id="no namespace"),
        pytest.param(alert(ENGLISH)[:-60], "event", 0, "Flood Warning", id="cut short"),
        pytest.param("<wrap><content>" + alert(ENGLISH) + "</content></wrap>", "status", 0, "Actual", id="wrapped"),
        pytest.param(alert("<info><event>Test</event></info>"), "sender", 0, "w@pier.example", id="an address where there is no name"),
        pytest.param(alert(ENGLISH.replace("Pier Weather Office", "Pier Weather Office&secret;")), "sender", 0, "Pier Weather Office", id="an entity that nobody declared"),
        pytest.param(alert(ENGLISH.replace("Pier Weather Office", "Pier &amp; Beach Office")), "sender", 0, "Pier & Beach Office", id="an ampersand"),
        pytest.param(parameter("EventTime", "20261124T130540.100Z"), "event_time", 0, "2026-11-24T13:05:40.100000+00:00", id="when it happened"),
        pytest.param(parameter("EventTime", "2026-11-24T13:05:40"), "parameter", 0, "EventTime=2026-11-24T13:05:40", id="a moment without a zone"),
        pytest.param(parameter("eventEndingTime", "2026-11-25T06:00:00-05:00"), "ends", 0, "2026-11-25T06:00:00-05:00", id="when it ends"),
        pytest.param(parameter("EventPreliminaryMagnitude", "7.1"), "preliminary_magnitude", 0, "7.1", id="a preliminary magnitude"),
        pytest.param(parameter("Magnitude", "6.3"), "magnitude", 0, "6.3", id="a magnitude"),
    ],
)  # fmt: skip
def test_fields(body: str, name: str, record: int, wanted: str) -> None:
    assert value(only(body), name, record) == wanted


def test_the_text_says_each_thing_once_and_names_the_other_language() -> None:
    capture = only(alert(FRENCH, ENGLISH))
    assert capture.text.count("Event: ") == 1
    assert "Also issued in: fr-ca" in capture.text
    assert "Alerte" not in capture.text
    assert capture.language == "en-US"


def test_a_wrong_namespace_is_told_to_who_looks_after_the_source() -> None:
    body = alert(ENGLISH).replace("urn:oasis:names:tc:emergency:cap:1.2", "http://wrong.example/")
    assert "wrong.example" in read(source("alert"), fetched(body)).health[0]
    assert read(source("alert"), fetched(alert(ENGLISH))).health == ()


def test_several_alerts_are_several_captures_and_one_that_changes_leaves_the_others() -> None:
    def ids(*bodies: str) -> list[str]:
        return [c.id for c in read(source("alert"), fetched(f"<feed>{''.join(bodies)}</feed>")).captures]

    first, second = alert(ENGLISH, identity="a1"), alert(ENGLISH, identity="a2")
    before, after = ids(first, second), ids(first, second.replace("Severe", "Extreme"))
    assert len(set(before)) == 2
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_an_atom_entry_with_cap_elements_is_read_and_its_alert_followed() -> None:
    entry = '<entry xmlns:cap="urn:oasis:names:tc:emergency:cap:1.1"><id>x</id><title>Flood Warning</title><link href="https://pier.example/alert.xml"/><cap:event>Flood Warning</cap:event><cap:areaDesc>The pier</cap:areaDesc></entry>'
    reading = read(source("alert"), fetched(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'))
    assert [f.url for f in reading.follow] == ["https://pier.example/alert.xml"]
    assert value(reading.captures[0], "event") == "Flood Warning"


def test_an_alert_is_one_whatever_its_source_was_called() -> None:
    (plain,) = read(source("alert"), fetched(alert(ENGLISH))).captures
    (notes,) = read(source("alert", genre=Genre.NOTES), fetched(alert(ENGLISH))).captures
    assert (plain.genre, notes.genre) == (Genre.ALERT, Genre.NOTES)
