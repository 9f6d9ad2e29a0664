"""Files on this machine as captures: what `backread check --against` reads."""

from __future__ import annotations

import gzip
from datetime import datetime
from io import BytesIO
from pathlib import Path

from backread.archive.warc import records
from backread.errors import ArchiveError, BadInput
from backread.gather import read
from backread.gather.files import read_bytes, read_words
from backread.ports import Fetched
from backread.values.capture import Capture
from backread.values.source import Genre, Source, Terms

_TYPES = {
    ".txt": ("text", "text/plain"),
    ".md": ("text", "text/markdown"),
    ".html": ("page", "text/html"),
    ".htm": ("page", "text/html"),
    ".pdf": ("pdf", "application/pdf"),
    ".eml": ("mail", "message/rfc822"),
    ".vtt": ("transcript", "text/vtt"),
    ".srt": ("transcript", "application/x-subrip"),
    ".csv": ("table", "text/csv"),
    ".json": ("feed", "application/json"),
    ".xml": ("alert", "application/xml"),
    ".ics": ("calendar", "text/calendar"),
    ".warc": ("warc", "application/warc"),
    ".gz": ("warc", "application/warc"),
}
_WORDED = frozenset({"text", "page", "mail", "transcript", "table", "feed", "alert", "calendar"})


def read_file(path: Path, *, taken: datetime) -> tuple[Capture, ...]:
    """The captures in a file. Files named `*notes*` are own reporting; the others count as public record.

    Raises BadInput, one clear sentence, for what cannot be read or holds nothing to rest on.
    """
    kind, media_type = _TYPES.get(path.suffix.lower(), ("", ""))
    if not kind or (path.suffix.lower() == ".gz" and not path.name.lower().endswith(".warc.gz")):
        known = ", ".join(sorted({suffix for suffix in _TYPES if suffix != ".gz"} | {".warc.gz"}))
        raise BadInput(str(path), step="read it as a source", hint=f"Hand in one of {known}.")
    body = read_bytes(path)
    source = _source(path, kind)
    if kind == "warc":
        return _warc(path, source, body)
    if kind in _WORDED - {"page", "mail"}:
        read_words(path, most=len(body))
    fetched = Fetched(url=path.name, status=200, body=body, media_type=media_type, headers={}, taken=taken)
    if media_type == "application/json":
        return _json(path, source, fetched)
    reading = read(source, fetched)
    if not reading.captures:
        raise BadInput(
            str(path),
            step="find a source in it",
            hint=reading.refusal or "It only points at other pages; hand in those.",
        )
    return reading.captures


def _source(path: Path, kind: str) -> Source:
    own = "notes" in path.stem.lower()
    return Source(
        id=path.stem,
        name=path.stem,
        kind=kind,
        address=str(path),
        terms=Terms.OWN if own else Terms.PUBLIC_RECORD,
        genre=Genre.NOTES if own else Genre.ARTICLE,
    )


def _json(path: Path, source: Source, fetched: Fetched) -> tuple[Capture, ...]:
    """A JSON Feed by its entries; any other JSON as the text it is."""
    reading = read(source, fetched)
    if reading.captures:
        return reading.captures
    as_text = Fetched(
        url=path.name, status=200, body=fetched.body, media_type="text/plain", headers={}, taken=fetched.taken
    )
    return read(Source(id=source.id, name=source.name, kind="text", address=str(path)), as_text).captures


def _warc(path: Path, source: Source, body: bytes) -> tuple[Capture, ...]:
    if path.suffix.lower() == ".gz" and body[:2] != b"\x1f\x8b":
        raise BadInput(str(path), step="unpack it", hint="It is not a gzip file; save it again.")
    page = Source(
        id=source.id, name=source.name, kind="page", address=str(path), terms=source.terms, genre=source.genre
    )
    try:
        kept = [c for fetched in records(BytesIO(body), name=str(path)) for c in read(page, fetched).captures]
    except (ArchiveError, gzip.BadGzipFile) as err:
        raise BadInput(
            str(path), step="read it to its end", hint="It is cut short or damaged; save it again."
        ) from err
    if not kept:
        raise BadInput(str(path), step="find a source in it", hint="No response in it shows any text.")
    return tuple(kept)
