"""Web archive records (WARC 1.1), one a gzip member: what was fetched to bytes, and bytes back to what was fetched.

Bodies are stored decoded and whole, without the headers that spoke of their transfer, so that any tool reads the
same bytes that were digested. Nothing that a site sent can start a header of its own here.
"""

from __future__ import annotations

import hashlib
import re
import uuid
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from backread.errors import ArchiveError
from backread.ports import Fetched

MOST_BODY = 100_000_000
_NAMESPACE = uuid.UUID("2f5c1be4-93a3-5d0b-8a86-2c7b6a40c8de")
_TRANSFER = {"transfer-encoding", "content-encoding", "content-length", "connection", "keep-alive", "trailer", "set-cookie"}  # fmt: skip
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_ADDRESS = re.compile(r"[\x21-\x7e]{1,8000}")


def record_bytes(fetched: Fetched) -> bytes:
    """One response record in a gzip member of its own; the same fetch gives the same bytes.

    Raises ArchiveError when an address or a header would break out of its line.
    """
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    url, moment = _address(fetched.url), f"{fetched.taken.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    own = {
        "WARC-Date": moment,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(_NAMESPACE, f'{url} {moment} {hashlib.sha256(fetched.body).hexdigest()}')}>",
        "WARC-Payload-Digest": f"sha256:{hashlib.sha256(fetched.body).hexdigest()}",
    }
    record = writer.create_warc_record(
        url,
        "response",
        payload=BytesIO(fetched.body),
        length=len(fetched.body),
        http_headers=StatusAndHeaders(f"{fetched.status:d} {'OK' if fetched.status == 200 else 'Answer'}", _headers(fetched), protocol="HTTP/1.1"),
        warc_headers_dict=own,
    )  # fmt: skip
    for name, value in own.items():
        record.rec_headers.replace_header(name, value)
    writer.write_record(record)
    return out.getvalue()


def records(held: Path | bytes | BinaryIO, *, name: str = "the WARC file") -> Iterator[Fetched]:
    """Every response in a WARC file, plain or gzip'd, in order.

    Raises ArchiveError after the last whole record when the file ends inside one or goes on with something else.
    """
    stream = held.open("rb") if isinstance(held, Path) else BytesIO(held) if isinstance(held, bytes) else held
    count = 0
    try:
        for record in ArchiveIterator(stream, no_record_parse=False):
            if record.rec_type not in ("response", "resource"):
                continue
            fetched = _fetched(record)
            if fetched is not None:
                count += 1
                yield fetched
        if not _ends_whole(stream):
            raise EOFError("the last member does not end")
    except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, KeyError, AttributeError, TypeError, IndexError, OSError) as err:  # fmt: skip
        hint = f"It is cut short or damaged after {count} pages ({_words(err)}); these were read."
        raise ArchiveError(name, step="read it to its end", hint=hint) from err
    finally:
        if isinstance(held, Path):
            stream.close()


def _ends_whole(stream: BinaryIO) -> bool:
    """Whether the last gzip member ends where the file does; a file that is not gzip is taken as it is."""
    stream.seek(0)
    pending, inflate = stream.read(1 << 16), zlib.decompressobj(31)
    if pending[:2] != b"\x1f\x8b":
        return True
    while pending:
        inflate.decompress(pending)
        pending = inflate.unused_data or stream.read(1 << 16)
        if inflate.eof and pending:
            inflate = zlib.decompressobj(31)
    return inflate.eof


def _fetched(record: Any) -> Fetched | None:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    url = url.strip("<> ")
    if not url.startswith(("http://", "https://")):
        return None
    body = record.content_stream().read(MOST_BODY + 1)
    if len(body) > MOST_BODY:
        raise ValueError(f"a page of more than {MOST_BODY:,} bytes")
    _whole(record, body)
    head = record.http_headers
    pairs = [(str(name).lower(), str(value)) for name, value in head.headers] if head else []
    headers = {name: value for name, value in pairs if name not in _TRANSFER}
    stated = headers.get("content-type") or record.rec_headers.get_header("Content-Type") or ""
    return Fetched(
        url=url,
        status=int(head.get_statuscode() or 0) if head else 200,
        body=body,
        media_type=stated.partition(";")[0].strip().lower(),
        headers=headers,
        taken=_moment(record.rec_headers.get_header("WARC-Date") or ""),
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
    )


def _whole(record: Any, body: bytes) -> None:
    """A record that was cut short has fewer bytes than its head promises."""
    promised = record.http_headers.get_header("Content-Length") if record.http_headers else None
    coded = record.http_headers is not None and any(
        record.http_headers.get_header(name) for name in ("Transfer-Encoding", "Content-Encoding")
    )
    left = getattr(record.raw_stream, "limit", 0)
    if left or (promised and promised.isdigit() and not coded and len(body) < int(promised)):
        raise EOFError("a page has fewer bytes than its head promises")


def _moment(words: str) -> datetime:
    found = datetime.fromisoformat(words)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _address(url: str) -> str:
    if not _ADDRESS.fullmatch(url):
        raise ArchiveError(
            repr(url[:80]),
            step="write its address into the archive",
            hint="It holds a line break or is not ASCII.",
        )
    return url


def _headers(fetched: Fetched) -> list[tuple[str, str]]:
    kept: list[tuple[str, str]] = []
    for name, value in fetched.headers.items():
        if name.lower() in _TRANSFER:
            continue
        if not _HEADER_NAME.fullmatch(name) or re.search(r"[\r\n\x00]", value):
            raise ArchiveError(
                repr(name[:60]),
                step="write this header into the archive",
                hint="It holds a line break or its name is none.",
            )
        kept.append((name, value.encode("latin-1", "replace").decode("latin-1")))
    if fetched.media_type and "content-type" not in {name.lower() for name, _ in kept}:
        kept.append(("content-type", re.sub(r"[\r\n\x00]", " ", fetched.media_type)))
    return [*kept, ("content-length", str(len(fetched.body)))]


def _words(err: Exception) -> str:
    return (str(err).splitlines() or [type(err).__name__])[0][:100]
