"""Files a person names, as captures: for checking an article without a newsroom.

What the bytes are decides how they are read. A file that cannot be read is one BadInput that says why.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from backread.errors import BadInput
from backread.gather import read, read_safely
from backread.gather.decode import decoded
from backread.gather.files import read_bytes
from backread.gather.reading import Reading
from backread.gather.sniff import holds_warc
from backread.ports import Fetched
from backread.values.capture import Capture
from backread.values.source import Genre, Source, Terms

LARGEST, LARGEST_TEXT = 80_000_000, 20_000_000
"""Bytes of a PDF or a web archive, and of any other kind: more takes longer than a person waits."""
KINDS = {
    ".txt": ("plain", "text/plain", Genre.ARTICLE),
    ".md": ("plain", "text/markdown", Genre.ARTICLE),
    ".html": ("page", "text/html", Genre.ARTICLE),
    ".htm": ("page", "text/html", Genre.ARTICLE),
    ".pdf": ("pdf", "application/pdf", Genre.ARTICLE),
    ".eml": ("mail", "message/rfc822", Genre.RELEASE),
    ".vtt": ("transcript", "text/vtt", Genre.TRANSCRIPT),
    ".srt": ("transcript", "application/x-subrip", Genre.TRANSCRIPT),
    ".csv": ("table", "text/csv", Genre.TABLE),
    ".json": ("record", "application/json", Genre.ARTICLE),
    ".xml": ("record", "application/xml", Genre.ARTICLE),
    ".ics": ("calendar", "text/calendar", Genre.CALENDAR),
    ".warc": ("warc", "application/warc", Genre.ARTICLE),
    ".gz": ("warc", "application/warc", Genre.ARTICLE),
}
"""By ending: the kind that is expected, the media type, and the genre a capture of it gets."""
_GENRES = {"alert": Genre.ALERT, "feed": Genre.ARTICLE}
_LARGE = {".pdf", ".warc", ".gz"}
_TEXTUAL = {".txt", ".md", ".vtt", ".srt", ".csv", ".json", ".ics", ".xml"}
_FIRST = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^>\[]|\[.*?\])*>)*<([A-Za-z_][\w:.-]*)[^<>]*>", re.DOTALL
)


def read_file(
    path: Path, *, terms: Terms = Terms.PUBLIC_RECORD, taken: datetime, safely: bool = True
) -> tuple[Capture, ...]:
    """The captures in a file. Files called `*notes*` are the outlet's own. `safely` reads in a fenced process.

    Raises BadInput: missing, a folder, empty, too large, an ending nobody reads, binary, a broken encoding, malformed.
    """
    ending = path.suffix.lower()
    body = read_bytes(path, most=LARGEST if ending in _LARGE else LARGEST_TEXT)
    if ending not in KINDS:
        endings = ", ".join(e for e in KINDS if e not in (".htm", ".warc", ".gz"))
        raise BadInput(str(path), step="tell what it is by its ending", hint=f"Hand in one of {endings} or .warc.gz.")  # fmt: skip
    _whole_text(path, body, ending)
    _whole_xml(path, body, ending)
    kind, media_type, genre = KINDS[ending]
    if ending == ".gz" and body[:2] != b"\x1f\x8b":
        raise BadInput(str(path), step="unpack it", hint="It is not a gzip file; save it again.")
    if kind == "warc" and not holds_warc(body):
        raise BadInput(str(path), step="read it as a WARC file", hint="It is cut short or damaged, or no WARC file.")  # fmt: skip
    source = _source(path, kind, genre, terms)
    fetched = Fetched(
        url=path.resolve().as_uri(), status=200, body=body, media_type=media_type, headers={}, taken=taken
    )
    reading = read_safely(source, fetched) if safely else read(source, fetched)
    return _captures(path, reading)


def _source(path: Path, kind: str, genre: Genre, terms: Terms) -> Source:
    own = "notes" in path.stem.lower()
    return Source(
        id=path.name,
        name=path.name,
        kind=kind,
        address=path.resolve().as_uri(),
        terms=Terms.OWN if own else terms,
        genre=Genre.NOTES if own else genre,
        confidential=False,
    )


def _whole_text(path: Path, body: bytes, ending: str) -> None:
    """Text that was cut or converted badly is refused here: a check on half a source would be no check."""
    if ending not in _TEXTUAL:
        return
    if b"\x00" in body[:4_096] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(str(path), step="read it as text", hint="It is a binary file; hand in its text.")
    if not body.strip():
        raise BadInput(str(path), step="find any words in it", hint="It holds white space only.")
    text = decoded(body)
    broken = text.count("\ufffd") + len(re.findall("[\x01-\x08\x0e-\x1f\x80-\x9f]", text[:100_000]))
    if broken > 0.02 * min(len(text), 100_000):
        raise BadInput(str(path), step="read it as text", hint="Its encoding is broken; save it as plain text in UTF-8.")  # fmt: skip


def _whole_xml(path: Path, body: bytes, ending: str) -> None:
    """XML whose first element never ends was cut short: what is missing could say the opposite."""
    if ending != ".xml":
        return
    text = decoded(body).lstrip("\ufeff")
    first = _FIRST.match(text)
    if first is None:
        raise BadInput(str(path), step="read it as XML", hint="It does not begin with an element; save it again.")  # fmt: skip
    if not first[0].endswith("/>") and not re.search(rf"</{re.escape(first[1])}\s*>", text):
        raise BadInput(str(path), step="read it as XML", hint=f"It is cut short: its “{first[1][:60]}” has no end; save it again.")  # fmt: skip


def _captures(path: Path, reading: Reading) -> tuple[Capture, ...]:
    if reading.captures:
        return reading.captures
    if reading.follow:
        hint = f"It is a feed that only links to {len(reading.follow)} pages; hand in the pages."
        raise BadInput(str(path), step="find a document in it", hint=hint)
    raise BadInput(str(path), step="read it", hint=reading.refusal)
