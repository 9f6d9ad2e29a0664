"""The bytes decide how a document is read, whatever the source's kind and the media type say."""

from __future__ import annotations

import gzip

import pytest

from backread.gather import SOURCES, read
from backread.gather.decode import decoded
from backread.gather.sniff import kind_of
from gather.bytes_of import fetched, source

PAGE = "<!doctype html><html><body><p>The pier opens on Friday.</p></body></html>"
TABLE = "town,parcels\nPier,3\nBeach,4\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jane Roe>We open Friday.\n\n00:02.000 --> 00:03.000\nAt noon.\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\nJANE ROE: We open Friday.\n"
MAIL = "From: Jane Roe <j@pier.example>\nTo: desk@tide.example\nSubject: Pier opens\nDate: Mon, 23 Nov 2026 10:00:00 -0500\n\nThe pier opens on Friday.\n"
WARC = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"

KINDS = [
    pytest.param("page", "text/html", PAGE, "page", id="a page"),
    pytest.param("feed", "application/rss+xml", PAGE, "page", id="a page where a feed should be"),
    pytest.param("page", "text/csv", TABLE, "table", id="a table behind kind page"),
    pytest.param("page", "text/plain", TABLE, "table", id="a table called text"),
    pytest.param("page", "text/html", "%PDF-1.7 ...", "pdf", id="a PDF called a page"),
    pytest.param("page", "", "BEGIN:VCALENDAR\nEND:VCALENDAR", "calendar", id="a calendar"),
    pytest.param("page", "text/xml", "<rss><channel/></rss>", "feed", id="a feed behind kind page"),
    pytest.param("page", "text/xml", '<a:alert xmlns:a="urn:oasis:names:tc:emergency:cap:1.2"/>', "alert", id="an alert"),
    pytest.param("page", "application/json", '{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed", id="a JSON feed"),
    pytest.param("page", "application/json", '[{"a": "b"}]', "record", id="other JSON"),
    pytest.param("page", "text/xml", '<?xml version="1.0"?><meetings><meeting/></meetings>', "record", id="other XML"),
    pytest.param("page", "text/vtt", VTT, "transcript", id="WebVTT"),
    pytest.param("page", "", SRT, "transcript", id="SubRip"),
    pytest.param("page", "", MAIL, "mail", id="a mail"),
    pytest.param("page", "", WARC, "warc", id="a web archive"),
    pytest.param("page", "", gzip.compress(WARC), "warc", id="a web archive, packed"),
    pytest.param("page", "", gzip.compress(b"pier"), "", id="something else, packed"),
    pytest.param("page", "", b"PK\x03\x04rest", "", id="a zip file"),
    pytest.param("page", "text/plain", "The pier opens on Friday.", "plain", id="plain text"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "media_type", "body", "wanted"), KINDS)
def test_kinds(kind: str, media_type: str, body: str | bytes, wanted: str) -> None:
    assert kind_of(kind, fetched(body, media_type)) == wanted


def test_the_list_of_sources_is_the_handbooks() -> None:
    assert tuple(SOURCES) == ("feed", "page", "pdf", "alert", "calendar", "warc", "table", "transcript", "mail")  # fmt: skip


@pytest.mark.parametrize(
    ("body", "media_type", "wanted"),
    [
        pytest.param("Café".encode(), "text/html", "Café", id="UTF-8, not said"),
        pytest.param("Café “x”".encode("cp1252"), "text/html; charset=iso-8859-1", "Café “x”", id="Latin-1 is read as browsers do"),
        pytest.param("Café".encode(), "text/html; charset=iso-8859-1", "Café", id="UTF-8 that says Latin-1"),
        pytest.param(b'<meta charset="windows-1251">' + "Мост".encode("cp1251"), "text/html", '<meta charset="windows-1251">Мост', id="said in the page"),
        pytest.param(b"\xef\xbb\xbfpier", "text/html; charset=utf-16", "pier", id="a mark before the header"),
        pytest.param("pier".encode("utf-16"), "", "pier", id="UTF-16 by its mark"),
        pytest.param(b"+ADw-b+AD4-", "text/html; charset=utf-7", "+ADw-b+AD4-", id="UTF-7 is never used"),
        pytest.param(b"pier", "text/html; charset=nonsense", "pier", id="a set nobody knows"),
        pytest.param(b"pier", "text/html; charset=rot13", "pier", id="a codec that is no set"),
        pytest.param(b"pier", "text/html; charset=unicode-escape", "pier", id="a codec that runs escapes"),
        pytest.param("Café".encode("cp1252"), "", "Café", id="a few words in Western letters"),
    ],
)  # fmt: skip
def test_decoding(body: bytes, media_type: str, wanted: str) -> None:
    assert decoded(body, media_type) == wanted


def test_a_transcript_names_its_speakers_and_its_times() -> None:
    (capture,) = read(source("transcript"), fetched(VTT, "text/vtt")).captures
    assert capture.text == "Jane Roe: We open Friday. At noon."
    assert [(f.name, f.value, capture.text[f.start : f.end]) for f in capture.fields] == [
        ("speaker", "Jane Roe", "Jane Roe"),
        ("at", "0:00:01", "We open Friday."),
        ("at", "0:00:02", "At noon."),
    ]


def test_a_mail_has_its_subject_sender_and_date_and_names_what_is_attached() -> None:
    (capture,) = read(source("mail"), fetched(MAIL, "message/rfc822")).captures
    assert (capture.title, capture.byline) == ("Pier opens", "Jane Roe")
    assert capture.published is not None
    assert capture.published.isoformat() == "2026-11-23T10:00:00-05:00"
    assert capture.text.endswith("The pier opens on Friday.")


def test_the_parts_of_a_feed() -> None:
    body = """<rss version="2.0"><channel><title>Pier</title>
      <item><title>Opens</title><link>/opens</link><pubDate>Mon, 23 Nov 2026 10:00:00 EST</pubDate><description>Soon.</description></item>
      <item><title>Opens</title><link>/opens</link></item>
      <item><title>Closes</title><description>&lt;p&gt;No page of its own, &lt;b&gt;but&lt;/b&gt; words.&lt;/p&gt;</description></item>
      <item><title>Scheme</title><link>javascript:alert(1)</link><description>Words.</description></item>
    </channel></rss>"""
    reading = read(source("feed"), fetched(body, "application/rss+xml", url="https://pier.example/feed"))
    assert [(f.url, f.title) for f in reading.follow] == [("https://pier.example/opens", "Opens")]
    assert [c.text for c in reading.captures] == ["Closes\n\nNo page of its own, but words.", "Scheme\n\nWords."]  # fmt: skip
    assert reading.health == ("3 of 4 entries state no date that can be read.",)
