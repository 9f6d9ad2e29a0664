"""Files a person names: each kind gives its captures, and what cannot be read is one sentence that says why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from backread.errors import BadInput
from backread.gather.local import read_file
from backread.values.source import Genre, Terms
from newsroom.demo import world

NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
GOOD = [
    pytest.param("a.txt", b"The pier opens.", Genre.ARTICLE, id="text"),
    pytest.param("a.md", b"The pier opens.", Genre.ARTICLE, id="markdown"),
    pytest.param("a.html", b"<html><p>The pier opens.</p></html>", Genre.ARTICLE, id="page"),
    pytest.param("a.eml", b"From: a@b.example\r\nSubject: Pier\r\n\r\nThe pier opens.\r\n", Genre.RELEASE, id="mail"),
    pytest.param("a.vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\nThe pier opens.\n", Genre.TRANSCRIPT, id="vtt"),
    pytest.param("a.srt", b"1\n00:00:00,000 --> 00:00:02,000\nThe pier opens.\n", Genre.TRANSCRIPT, id="srt"),
    pytest.param("a.csv", b"work,state\nThe pier opens.,done\nA road,shut\n", Genre.TABLE, id="table"),
    pytest.param("a.json", b'{"title": "The pier opens."}', Genre.ARTICLE, id="json"),
    pytest.param("a.xml", b"<notice><title>The pier opens.</title></notice>", Genre.ARTICLE, id="xml"),
    pytest.param("a.ics", b"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:The pier opens.\nDTSTART:20261201T090000Z\nEND:VEVENT\nEND:VCALENDAR\n", Genre.CALENDAR, id="calendar"),
]  # fmt: skip
BAD = [
    pytest.param("a.txt", b"", "It is empty", id="0 bytes"),
    pytest.param("a.txt", b"\x00\x01\x02\xff" * 50, "binary", id="binary"),
    pytest.param("a.txt", b"caf\xe9 \x81\xff", "encoding is broken", id="broken encoding"),
    pytest.param("a.json", b'{"a":', "not whole JSON", id="malformed JSON"),
    pytest.param("a.pdf", b"%PDF-1.4 nope", "no readable PDF", id="malformed PDF"),
    pytest.param("a.ics", b"nonsense", "calendar cannot be read", id="malformed calendar"),
    pytest.param("a.warc.gz", b"\x1f\x8b\x08junk", "cut short or damaged", id="malformed WARC"),
    pytest.param("a.docx", b"PK\x03\x04", "Hand in one of", id="an unknown ending"),
]


@pytest.mark.parametrize(("name", "content", "genre"), GOOD)
def test_each_kind_gives_its_words(tmp_path: Path, name: str, content: bytes, genre: Genre) -> None:
    (tmp_path / name).write_bytes(content)
    (capture,) = read_file(tmp_path / name, taken=NINE)
    assert "The pier opens." in capture.text
    assert (capture.genre, capture.terms, capture.taken) == (genre, Terms.PUBLIC_RECORD, NINE)


@pytest.mark.parametrize(("name", "content", "told"), BAD)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=told):
        read_file(tmp_path / name, taken=NINE)


def test_notes_are_own_reporting(tmp_path: Path) -> None:
    (tmp_path / "pier-notes.md").write_text("Spoke to the chair.")
    (capture,) = read_file(tmp_path / "pier-notes.md", taken=NINE)
    assert (capture.terms, capture.genre) == (Terms.OWN, Genre.NOTES)


def test_a_missing_file_a_folder_and_one_too_large(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as out:
        out.truncate(100_000_001)
    for path, told in ((tmp_path / "none.txt", "find it"), (tmp_path, "folder"), (tmp_path / "big.txt", "is the most")):  # fmt: skip
        with pytest.raises(BadInput, match=told):
            read_file(path, taken=NINE)


def test_a_web_archive_gives_its_pages(tmp_path: Path) -> None:
    kept = world.write_warc(tmp_path / "w.warc.gz", date(2026, 11, 24), NINE)
    assert len(read_file(kept, taken=NINE)) >= 15
