"""Inputs made to break a reader: one clear refusal or the words there are, in bounded time."""

from __future__ import annotations

import base64
import gzip
import json
import time
from pathlib import Path

import pytest

from backread.gather import read, read_safely
from gather.bytes_of import fetched, source

BILLION = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
RSS = "<rss><channel><title>t</title><item><title>{}</title></item></channel></rss>"
ICS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}END:VCALENDAR\r\n"
EVENT = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261201T090000Z\r\n{}SUMMARY:Board meeting\r\nEND:VEVENT\r\n"
WHOLE = "<p>The pier opens on Friday at noon, the board said.</p>"

REFUSED = [
    pytest.param("page", "<div>" * 50_000 + "x", "nested more than", id="50,000 nested elements"),
    pytest.param("page", "<p>" + "<b>x</b>" * 500_000, "more than 400,000 elements", id="half a million elements"),
    pytest.param("page", b"x<p>" * 6_000_000, "the most that is read as markup", id="24 MB of markup"),
    pytest.param("feed", "<rss>" + "<a>" * 50_000, "nested more than", id="a feed nested deep"),
    pytest.param("feed", '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000, "nested more than", id="JSON nested deep"),
    pytest.param("feed", '{"items": 3}', "without a list of items", id="JSON without items"),
    pytest.param("feed", "<html><p>Not found</p></html>", "gives a web page where", id="a page instead of a feed"),
    pytest.param("pdf", b"%PDF-1.7\n" + b"\xff" * 5000, "no readable PDF", id="a PDF of noise"),
    pytest.param("calendar", "BEGIN:VCALENDAR\nEND", "calendar", id="a calendar cut short"),
    pytest.param("calendar", ICS.format(EVENT.format("") * 6000), "more than 5,000 entries", id="6,000 entries"),
    pytest.param("alert", "<alert></alert>", "says nothing", id="an empty alert"),
    pytest.param("alert", "<notice/>", "no alert", id="XML of another kind"),
    pytest.param("mail", "From: a\nTo: b\nSubject: c\n\n", "no words", id="a mail without a body"),
    pytest.param("table", "a,b\n", "no rows", id="a table of a header"),
    pytest.param("table", 'a,b\nPier,"' + "x" * 200_000, "cannot be read", id="a cell that never ends"),
    pytest.param("transcript", "WEBVTT\n\n", "no cue", id="a transcript without cues"),
    pytest.param("page", b"\x89PNG\r\n\x1a\n" + bytes(500), "neither text nor", id="a picture"),
    pytest.param("page", bytes(range(256)) * 40, "neither text nor", id="noise"),
    pytest.param("page", "  \n ", "empty", id="white space"),
    pytest.param("page", "<title>Just a moment...</title><p>Checking your browser before you go on</p>", "not given out", id="a door that stays shut"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body", "told"), REFUSED)
def test_a_clear_refusal_in_bounded_time(kind: str, body: str | bytes, told: str) -> None:
    began = time.monotonic()
    reading = read(source(kind), fetched(body, ""))
    assert reading.captures == ()
    assert told in reading.refusal
    assert "\n" not in reading.refusal
    assert time.monotonic() - began < 8


READ = [
    pytest.param("feed", BILLION + "]>" + RSS.format("&j; Pier opens"), "Pier opens", "hahaha", id="an entity bomb"),
    pytest.param("feed", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + RSS.format("Pier &x;"), "Pier", "root:", id="a file by an entity"),
    pytest.param("feed", RSS.format("Pier &nbsp;&eacute;t&eacute;"), "été", "&", id="names of HTML in a feed"),
    pytest.param("feed", RSS.format("Pier") .replace("</rss>", ""), "Pier", "<", id="a feed cut short"),
    pytest.param("feed", '{"version": "https://jsonfeed.org/version/1", "items": [{"title": "Pier", "n": ' + "9" * 100_000 + "}]}", "Pier", "999", id="a number of 100,000 digits"),
    pytest.param("calendar", ICS.format(EVENT.format("RRULE:FREQ=SECONDLY\r\n")), "Board meeting", "Traceback", id="an entry every second"),
    pytest.param("calendar", ICS.format(EVENT.format("RRULE:FREQ=DAILY;COUNT=99999999\r\n")), "Board meeting", "2029", id="a hundred million days"),
    pytest.param("calendar", ICS.format(EVENT.format("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31\r\n")), "Board meeting", "February", id="a day that never comes"),
    pytest.param("page", WHOLE.encode("utf-16"), "The pier opens", "\x00", id="UTF-16"),
    pytest.param("page", b"<meta charset=utf-7>" + WHOLE.encode() + b"+ADw-script+AD4-", "The pier opens", "<script", id="UTF-7 is not believed"),
    pytest.param("page", "<p>Pier \ud800 opens now</p>".encode("utf-8", "surrogatepass"), "Pier", "\ud800", id="half a surrogate"),
    pytest.param("page", "<p>Pier\x00 opens \u202enow\u202c</p>", "Pier opens now", "\u202e", id="zero bytes and turned text"),
    pytest.param("page", '<p style="' + "a:b;" * 100_000 + '">Pier opens now</p>', "Pier opens now", "a:b", id="a style of 400 kB"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body", "there", "never"), READ)
def test_what_can_be_read_is_and_nothing_grows(kind: str, body: str | bytes, there: str, never: str) -> None:
    began = time.monotonic()
    reading = read(source(kind), fetched(body, ""))
    assert reading.captures, reading.refusal
    told = " ".join(c.text for c in reading.captures)
    assert there in told
    assert never not in told
    assert len(told) < 200_000
    assert time.monotonic() - began < 8


@pytest.mark.parametrize("status", [404, 500, 204])
def test_no_document_no_capture(status: int) -> None:
    assert f"answered {status}" in read(source(), fetched(WHOLE, status=status)).refusal


def test_not_changed_is_no_trouble() -> None:
    reading = read(source(), fetched("", status=304))
    assert (reading.captures, reading.refusal) == ((), "")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [("feeds", "feed", "b64"), ("pdf_malformed", "pdf", "b64"), ("html_malformed", "page", "input"), ("resource_bombs", "feed", "gz_b64")],
)  # fmt: skip
def test_the_attack_sets_in_the_fence(shared: Path, name: str, kind: str, key: str) -> None:
    with (shared / f"data/attacks/{name}.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        raw = row[key].encode("utf-8", "surrogatepass")
        body = raw if key == "input" else base64.b64decode(raw)
        body = gzip.decompress(body) if key == "gz_b64" else body
        began = time.monotonic()
        reading = read_safely(source(kind, address="https://pier.example/other"), fetched(body, ""))
        assert time.monotonic() - began < 10
        assert bool(reading.captures or reading.follow) is not bool(reading.refusal), row["id"]
        assert "within the limits" not in reading.refusal, row["id"]
        assert all("<script" not in capture.text for capture in reading.captures)
