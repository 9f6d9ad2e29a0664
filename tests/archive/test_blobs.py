"""The archive: write-once by digest, whole or not at all, read again as it was; WARC that others read."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import fastwarc.warc
import pytest

from backread.archive.blobs import FolderBlobs
from backread.archive.plain import from_plain, to_plain
from backread.archive.warc import record_bytes, records
from backread.errors import ArchiveError
from backread.ports import Fetched
from backread.values.canonical import Digest
from backread.values.capture import Field
from check.stories import capture

NOON = datetime(2026, 10, 19, 12, tzinfo=UTC)
FETCHED = Fetched(url="https://a.example/x", status=200, body=b"<p>Pier</p>", media_type="text/html", headers={"content-type": "text/html"}, taken=NOON)  # fmt: skip


def test_the_same_bytes_are_kept_once_and_read_again(tmp_path: Path):
    blobs = FolderBlobs(tmp_path)
    digest = blobs.put(b"pier")
    assert blobs.put(b"pier") == digest
    assert blobs.get(digest) == b"pier"
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [tmp_path / digest[:2] / digest]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda p: p.unlink(), id="missing"),
        pytest.param(lambda p: (p.chmod(0o600), p.write_bytes(b"peer")), id="changed"),
    ],
)
def test_what_is_not_what_it_was_is_said(tmp_path: Path, damage):
    blobs = FolderBlobs(tmp_path)
    digest = blobs.put(b"pier")
    damage(tmp_path / digest[:2] / digest)
    with pytest.raises(ArchiveError, match="restore a backup"):
        blobs.get(digest)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63])
def test_no_name_becomes_a_path(tmp_path: Path, name: str):
    with pytest.raises(ArchiveError, match="64 hexadecimal"):
        FolderBlobs(tmp_path).has(Digest(name))


def test_a_record_is_one_member_that_warcio_and_fastwarc_read():
    content = record_bytes(FETCHED)
    (back,) = records(BytesIO(content))
    assert (back.url, back.status, back.body, back.taken) == (FETCHED.url, 200, FETCHED.body, NOON)
    # fastwarc's records can be read only while its iterator stands on them.
    told = [
        (r.headers["WARC-Target-URI"], r.reader.read())
        for r in fastwarc.warc.ArchiveIterator(BytesIO(content))
    ]
    assert told == [(FETCHED.url, FETCHED.body)]


@pytest.mark.parametrize(
    "hostile", [{"url": "https://a.example/\r\nX: 1"}, {"headers": {"x": "1\r\nWARC-Type: info"}}]
)
def test_no_line_break_gets_into_a_header(hostile):
    with pytest.raises(ArchiveError, match="line break"):
        record_bytes(replace(FETCHED, **hostile))


def test_a_file_cut_short_gives_what_came_before_and_says_so():
    content = record_bytes(FETCHED)
    read = records(BytesIO(content + content[: len(content) // 2]))
    assert next(read).body == FETCHED.body
    with pytest.raises(ArchiveError, match="cut short"):
        next(read)


def test_metadata_and_text_make_the_capture_again():
    kept = replace(
        capture("31 homes"),
        fields=(Field(name="homes", value="31", start=0, end=2),),
        flags=frozenset({"ocr"}),
    )
    assert from_plain(to_plain(kept), "31 homes") == kept
    with pytest.raises(ValueError, match="not the one that was kept"):
        from_plain(to_plain(kept), "32 homes")
