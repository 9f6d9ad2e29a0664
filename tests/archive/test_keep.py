"""Keep a response with its captures, read them again, replay the response; the same twice is one."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from backread.archive import Archive, FolderBlobs
from backread.errors import ArchiveError
from backread.gather import read
from backread.values.canonical import Digest, digest_of
from gather.bytes_of import demo

DAY = [(own, page) for _, own, page in demo()]


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path)


def test_every_document_of_the_demo_comes_back_as_it_was(blobs: FolderBlobs) -> None:
    archive = Archive(blobs)
    for own, page in DAY:
        captures = read(own, page).captures
        for kept, capture in zip(archive.keep(page, captures), captures, strict=True):
            assert archive.read(kept.facts) == capture
            replayed = archive.replay(kept.facts)
            assert (replayed.url, replayed.body, replayed.taken) == (page.url, page.body, page.taken)


def test_the_same_twice_is_kept_once(blobs: FolderBlobs, tmp_path: Path) -> None:
    own, page = DAY[0]
    captures = read(own, page).captures
    first = Archive(blobs).keep(page, captures)
    before = sorted(p for p in tmp_path.rglob("*") if p.is_file())
    assert Archive(blobs).keep(page, captures) == first
    assert sorted(p for p in tmp_path.rglob("*") if p.is_file()) == before


def test_a_record_is_one_gzip_member_that_warcio_reads_with_its_digests(blobs: FolderBlobs, tmp_path: Path) -> None:  # fmt: skip
    own, page = DAY[0]
    (kept,) = Archive(blobs).keep(page, read(own, page).captures)
    with (tmp_path / kept.record[:2] / kept.record).open("rb") as stream:
        (body,) = [r.content_stream().read() for r in ArchiveIterator(stream, check_digests="raise")]
    assert digest_of(body) == digest_of(page.body)


@pytest.mark.parametrize("part", ["facts", "text", "record"])
def test_a_part_that_is_missing_is_said(blobs: FolderBlobs, tmp_path: Path, part: str) -> None:
    own, page = DAY[0]
    (kept,) = Archive(blobs).keep(page, read(own, page).captures)
    digest = getattr(kept, part)
    (tmp_path / digest[:2] / digest).unlink()
    with pytest.raises(ArchiveError, match="missing"):
        (Archive(blobs).replay if part == "record" else Archive(blobs).read)(kept.facts)


@pytest.mark.parametrize("content", [b"[]", b"{}", b"no", b'{"capture": {}, "text": ""}'])
def test_other_bytes_are_no_capture(blobs: FolderBlobs, content: bytes) -> None:
    with pytest.raises(ArchiveError):
        Archive(blobs).read(blobs.put(content))


def test_an_interrupted_write_leaves_nothing_behind(blobs: FolderBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ArchiveError, match="No space"):
        blobs.put(b"pier")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_an_address_cannot_start_a_header(blobs: FolderBlobs) -> None:
    _, page = DAY[0]
    for hostile in (replace(page, url=page.url + "\r\nX: 1"), replace(page, headers={"x\r\ny": "1"})):
        with pytest.raises(ArchiveError, match="line break"):
            Archive(blobs).keep(hostile, ())
    assert not blobs.has(Digest("0" * 64))
