"""The demo's day: every document of Pellam County as the web would send it, and one WARC file of them all.

Documents are kept as sources with relative dates (see dates.py). The same `today` gives the same bytes.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.message import Message
from email.utils import format_datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsroom.demo.dates import resolve
from newsroom.demo.pdf import write_pdf

_HERE = files("newsroom.demo")
_NAMESPACE = uuid.UUID("6f1d0a52-6a0b-5c1e-9a57-2d8c0b6d5f10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One response of the web: the file it is made from, its address, its source's id and its bytes."""

    file: str
    url: str
    source: str
    media_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def charset(self) -> str:
        """The character set that the media type names, UTF-8 where it names none."""
        return _charset(self.media_type)


def read_toml(name: str) -> dict[str, Any]:
    """The demo's `area.toml`, `newsroom.toml` or `documents/manifest.toml`, parsed and unresolved."""
    return tomllib.loads(_HERE.joinpath(name).read_text("utf-8"))


@cache
def zone() -> ZoneInfo:
    """The county's time zone."""
    return ZoneInfo(read_toml("area.toml")["timezone"])


def documents(today: date) -> tuple[Document, ...]:
    """All documents as they would be on the web on `today`, in the manifest's order."""
    return tuple(_document(entry, today) for entry in read_toml("documents/manifest.toml")["document"])


def write_warc(path: Path, today: date, now: datetime) -> Path:
    """Write the documents of `today` as response records into `path`, whole or not at all.

    `now` (with a time zone) is when the captures are said to have been taken. An existing file is replaced.
    Raises ValueError for a naive `now`.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            _write_records(out, path.name, documents(today), now.astimezone(UTC))
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    _keep_name(path.parent)
    return path


def _keep_name(folder: Path) -> None:
    """The rename itself must survive a power cut too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _document(entry: Mapping[str, Any], today: date) -> Document:
    resolved = resolve(_HERE.joinpath("documents", entry["file"]).read_text("utf-8"), today, zone())
    headers = {name: resolve(value, today, zone()) for name, value in entry.get("headers", {}).items()}
    return Document(
        file=entry["file"],
        url=entry["url"],
        source=entry["source"],
        media_type=entry["media_type"],
        headers=headers,
        body=_bytes(resolved, entry["media_type"]),
    )


def _bytes(text: str, media_type: str) -> bytes:
    if media_type == "application/pdf":
        return write_pdf(text)
    if media_type.startswith("text/calendar"):
        text = text.replace("\n", "\r\n")
    return text.encode(_charset(media_type))


def _charset(media_type: str) -> str:
    header = Message()
    header["Content-Type"] = media_type
    return header.get_content_charset("utf-8")


def _write_records(out: Any, name: str, taken: tuple[Document, ...], now: datetime) -> None:
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    info = writer.create_warcinfo_record(
        name, {"format": "WARC File Format 1.1", "description": "Pellam County, invented"}
    )
    _stamp(info.rec_headers, f"info {name}", now)
    writer.write_record(info)
    for index, document in enumerate(taken):
        # A visitor asks one address after the other; the last answer came just now.
        writer.write_record(_record(writer, document, now - timedelta(seconds=2 * (len(taken) - 1 - index))))


def _record(writer: WARCWriter, document: Document, taken: datetime) -> Any:
    http = [
        ("Date", format_datetime(taken, usegmt=True)),
        ("Content-Type", document.media_type),
        ("Content-Length", str(len(document.body))),
        *document.headers.items(),
    ]
    record = writer.create_warc_record(
        document.url,
        "response",
        payload=BytesIO(document.body),
        length=len(document.body),
        http_headers=StatusAndHeaders("200 OK", http, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": _warc_date(taken)},
    )
    _stamp(record.rec_headers, document.url, taken)
    return record


def _stamp(headers: StatusAndHeaders, about: str, taken: datetime) -> None:
    """Give the record an id made from what it is, so that the same day gives the same file."""
    identity = uuid.uuid5(_NAMESPACE, f"{about} {_warc_date(taken)}")
    headers.replace_header("WARC-Record-ID", f"<urn:uuid:{identity}>")
    headers.replace_header("WARC-Date", _warc_date(taken))


def _warc_date(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
