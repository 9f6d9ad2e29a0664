"""WARC 1.1: one capture one response record in its own gzip member; files of others read record by record."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from backread.errors import ArchiveError
from backread.ports import Fetched

LARGEST = 50_000_000
"""Bytes of one record's body that are read."""

_DROPPED = frozenset({"transfer-encoding", "content-encoding", "content-length"})


def record_bytes(fetched: Fetched) -> bytes:
    """The response record of one fetch, as a gzip member. Raises ArchiveError for an address or header that breaks lines."""
    told = [(name, value) for name, value in fetched.headers.items() if name.lower() not in _DROPPED]
    if any(re.search(r"[\r\n\0]", words) for pair in [*told, (fetched.url, "")] for words in pair):
        raise ArchiveError(
            repr(fetched.url), step="keep it", hint="Its address or a header holds a line break."
        )
    headers = StatusAndHeaders(
        f"{fetched.status} OK", [*told, ("Content-Length", str(len(fetched.body)))], protocol="HTTP/1.1"
    )
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    when = fetched.taken.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    record = writer.create_warc_record(
        fetched.url,
        "response",
        payload=BytesIO(fetched.body),
        http_headers=headers,
        warc_headers_dict={"WARC-Date": when},
    )
    writer.write_record(record)
    return out.getvalue()


def records(stream: BinaryIO, *, name: str = "the WARC file") -> Iterator[Fetched]:
    """Every response record, decoded. Raises ArchiveError where the file breaks off; what came before was handed out."""
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response" and record.http_headers is not None:
                yield _fetched(record)
        if not _is_whole(stream):
            raise EOFError
    except (
        ArchiveLoadFailed,
        EOFError,
        OSError,
        ValueError,
        KeyError,
        AttributeError,
        IndexError,
        zlib.error,
    ) as err:
        raise ArchiveError(
            name, step="read it to its end", hint="It is cut short or damaged; what came before was read."
        ) from err


def _is_whole(stream: BinaryIO) -> bool:
    """Whether the last gzip member ends where the file does; a file that is not gzip is taken as it is."""
    stream.seek(0)
    pending, inflate = stream.read(1 << 16), zlib.decompressobj(31)
    if pending[:2] != b"\x1f\x8b":
        return True
    while pending:
        inflate.decompress(pending)
        if inflate.eof and inflate.unused_data:
            pending, inflate = inflate.unused_data, zlib.decompressobj(31)
            continue
        pending = stream.read(1 << 16)
        if inflate.eof and pending:
            inflate = zlib.decompressobj(31)
    return inflate.eof


def _fetched(record: object) -> Fetched:
    told = record.http_headers  # type: ignore[attr-defined]
    body = record.content_stream().read(LARGEST)  # type: ignore[attr-defined]
    headers = {str(n).lower(): str(v) for n, v in told.headers}
    warc = record.rec_headers  # type: ignore[attr-defined]
    status = told.get_statuscode()
    return Fetched(
        url=warc.get_header("WARC-Target-URI") or "",
        status=int(status) if str(status).isdigit() else 0,
        body=body,
        media_type=headers.get("content-type", "").split(";")[0].strip().lower(),
        headers=headers,
        taken=_date(warc.get_header("WARC-Date") or ""),
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
    )


def _date(words: str) -> datetime:
    try:
        told = datetime.fromisoformat(words)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return told if told.tzinfo else told.replace(tzinfo=UTC)
