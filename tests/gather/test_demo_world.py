"""Every document of the demo's day through its reader: what is kept, how it is called, what an editor is told."""

from __future__ import annotations

import pytest

from backread.gather import read
from backread.values.capture import Capture
from gather.bytes_of import demo, value, well_framed

DAY = {file: (own, page) for file, own, page in demo()}
READABLE = sorted(file for file in DAY if file not in ("harbor-empty.html", "library-feed.xml"))


def only(file: str) -> Capture:
    (capture,) = read(*DAY[file]).captures
    return capture


@pytest.mark.parametrize("file", READABLE)
def test_every_document_is_one_capture_with_its_words_and_fields_that_frame_them(file: str) -> None:
    capture = only(file)
    assert len(capture.text.split()) > 40
    assert well_framed(capture)
    assert capture.title
    assert "\n\n\n" not in capture.text


def test_the_empty_shell_is_no_source() -> None:
    reading = read(*DAY["harbor-empty.html"])
    assert not reading.captures
    assert "shows no text" in reading.refusal


def test_the_feed_links_to_two_pages_and_its_third_entry_is_a_document() -> None:
    reading = read(*DAY["library-feed.xml"])
    assert [f.url.rpartition("/")[2] for f in reading.follow] == ["heron-key-sundays", "tarrow-seed-library"]
    assert "40 volunteers" in reading.captures[0].text


def test_hidden_orders_are_left_out_and_flagged() -> None:
    capture = only("marina-fuel-dock.html")
    assert capture.flags == {"hidden text", "addresses an AI"}
    assert "breakwater" not in capture.text
    assert "$9 million" not in capture.text
    assert "$7,350" in capture.text


@pytest.mark.parametrize("file", [file for file in READABLE if file != "marina-fuel-dock.html"])
def test_no_other_document_is_flagged(file: str) -> None:
    assert only(file).flags == frozenset()


@pytest.mark.parametrize(
    ("file", "name", "record", "wanted"),
    [
        pytest.param("alert-coast.xml", "event", 0, "Coastal Flood Warning", id="alert: event"),
        pytest.param("alert-coast.xml", "msg_type", 0, "Alert", id="alert: message type"),
        pytest.param("alert-coast.xml", "sender", 0, "Sound Coast Weather Office", id="alert: sender's name"),
        pytest.param("alert-coast.xml", "onset", 0, "2026-11-24T18:00:00-05:00", id="alert: onset"),
        pytest.param("alert-coast.xml", "same", 1, "099017", id="alert: code of the first area"),
        pytest.param("commission-minutes.html", "body", 0, "Pellam County Board of County Commissioners", id="minutes: body"),
        pytest.param("commission-minutes.html", "date", 0, "2026-11-23", id="minutes: date"),
        pytest.param("commission-minutes.html", "vote", 2, "4-1", id="minutes: vote"),
        pytest.param("commission-minutes.html", "nays", 4, "Bascombe and Tillinghast", id="minutes: against"),
        pytest.param("commission-minutes.html", "amount", 2, "$1.3 million", id="minutes: amount"),
        pytest.param("commission-minutes.html", "seconder", 3, "Commission Vice Chair Oren Bascombe", id="minutes: seconder"),
        pytest.param("council-agenda.txt", "time", 0, "18:30:00", id="agenda: time"),
        pytest.param("council-agenda.txt", "place", 0, "Council Chamber, City Hall, 40 Harbor Street, Port Sorrel", id="agenda: place"),
        pytest.param("council-agenda.txt", "item", 7, "Purchase of two pumps for the Harbor Street drainage station", id="agenda: item"),
        pytest.param("school-calendar.ics", "start", 2, "2026-11-27T12:30:00-05:00", id="calendar: start"),
        pytest.param("school-calendar.ics", "location", 1, "Port Sorrel High School, Room 114", id="calendar: place"),
        pytest.param("setback-line-parcels.csv", "parcels", 1, "97", id="table: cell"),
        pytest.param("setback-line-parcels.csv", "town", 3, "Gannet Landing", id="table: label"),
    ],
)  # fmt: skip
def test_fields(file: str, name: str, record: int, wanted: str) -> None:
    assert value(only(file), name, record) == wanted


def test_the_agenda_has_eleven_items_and_no_footer() -> None:
    capture = only("council-agenda.txt")
    assert sum(f.name == "item" for f in capture.fields) == 11
    assert "Page 1 of 2" not in capture.text


@pytest.mark.parametrize(
    "file",
    ["commission-minutes.html", "beach-advisory.html", "calder-glass.html", "shorelands-conference.html"],
)
def test_menus_and_footers_stay_out(file: str) -> None:
    assert "Accommodation requests" not in only(file).text
    assert "Watch live" not in only(file).text


def test_what_reserves_use_by_ai_says_so() -> None:
    reserved = {file for file in READABLE if only(file).reserves_ai}
    assert reserved == {"courier-rewrite.html"}
