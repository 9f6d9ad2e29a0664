"""The demo's day as one WARC file: equal bytes, right digests, whole or not at all."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newsroom.demo.world import documents, write_warc

NOW = datetime(2026, 10, 15, 13, 0, tzinfo=UTC)


def test_the_warc_gives_back_every_document_with_its_digest(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "pellam.warc.gz", NOW.date(), NOW)
    seen = {}
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            if record.rec_type != "response":
                continue
            assert record.http_headers.get_statuscode() == "200"
            seen[record.rec_headers["WARC-Target-URI"]] = (
                record.http_headers["Content-Type"],
                hashlib.sha256(record.content_stream().read()).hexdigest(),
            )
    assert seen == {d.url: (d.media_type, hashlib.sha256(d.body).hexdigest()) for d in documents(NOW.date())}


def test_each_record_is_a_gzip_member_of_its_own(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "pellam.warc.gz", NOW.date(), NOW)
    with path.open("rb") as stream:
        records = ArchiveIterator(stream)
        starts = [records.get_record_offset() for _ in records]
    content = path.read_bytes()
    assert len(starts) == len(documents(NOW.date())) + 1
    assert all(content[start : start + 2] == b"\x1f\x8b" for start in starts)


def test_every_record_was_taken_by_now_and_within_the_last_hour(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "pellam.warc.gz", NOW.date(), NOW)
    with path.open("rb") as stream:
        taken = [
            datetime.fromisoformat(record.rec_headers["WARC-Date"]) for record in ArchiveIterator(stream)
        ]
    assert max(taken) == NOW
    assert NOW - min(taken) < timedelta(hours=1)


def test_the_same_arguments_give_the_same_file_and_another_day_another(tmp_path: Path) -> None:
    def written(folder: str, now: datetime) -> bytes:
        (tmp_path / folder).mkdir()
        return write_warc(tmp_path / folder / "pellam.warc.gz", now.date(), now).read_bytes()

    first = written("first", NOW)
    assert first == written("again", NOW)
    assert first != written("next day", NOW + timedelta(days=1))


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pellam.warc.gz"
    write_warc(path, NOW.date(), NOW)
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="full"):
        write_warc(path, NOW.date() + timedelta(days=1), NOW)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["pellam.warc.gz"]


def test_a_moment_without_a_time_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        write_warc(tmp_path / "pellam.warc.gz", NOW.date(), NOW.replace(tzinfo=None))
    assert os.listdir(tmp_path) == []
