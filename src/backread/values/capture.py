"""What was seen, exactly: a capture, its fields, and passages of it.

Offsets count code points into `Capture.text`, the visible text as the named extractor read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NewType

from backread.values.canonical import Digest, canonical_digest, digest_of
from backread.values.source import Genre, Terms

CaptureId = NewType("CaptureId", str)
"""64 hexadecimal digits: the digest of the address and the payload, so seeing the same twice is one capture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value that a structured capture (alert, agenda, calendar, table) states.

    `value` is the machine's form (an ISO date, a number), `start` and `end` frame the words in the
    capture's text that say it, `record` numbers the repeated thing it belongs to (0: the document itself).
    """

    name: str
    value: str
    start: int
    end: int
    record: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One document as it was seen at one time, with its visible text.

    `payload` is the digest of the decoded body, kept in the archive as a WARC record. `published` is the
    document's own date, None when it states none; it is never taken from HTTP headers. `flags` are facts an
    editor must know: "hidden text", "addresses an AI", "ocr", "truncated", "superseded".
    """

    source: str
    source_name: str
    url: str
    taken: datetime
    media_type: str
    payload: Digest
    text: str
    extractor: str
    title: str = ""
    byline: str = ""
    published: datetime | None = None
    terms: Terms = Terms.PUBLIC_RECORD
    genre: Genre = Genre.ARTICLE
    agency: str = ""
    language: str = "en"
    fields: tuple[Field, ...] = ()
    flags: frozenset[str] = frozenset()
    reserves_ai: bool = False
    confidential: bool = False

    @property
    def id(self) -> CaptureId:
        """The same address with the same payload is the same capture."""
        return capture_id(self.url, self.payload)

    @property
    def text_digest(self) -> Digest:
        """The digest of the visible text, UTF-8."""
        return digest_of(self.text.encode())

    def passage(self, start: int, end: int) -> Passage:
        """The stretch from `start` to `end`. Raises ValueError outside the text or when empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no passage {start}–{end} in a capture of {len(self.text)} characters")
        return Passage(capture=self.id, start=start, text=self.text[start:end])

    def holds(self, passage: Passage) -> bool:
        """Whether `passage` stands in this capture, word for word, where it says."""
        return passage.capture == self.id and self.text[passage.start : passage.end] == passage.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """An exact stretch of a capture's text (W3C TextPositionSelector with its quote)."""

    capture: CaptureId
    start: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or not self.text:
            raise ValueError("a passage has words and a start of 0 or more")

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.start + len(self.text)


@lru_cache(maxsize=4096)
def capture_id(url: str, payload: Digest) -> CaptureId:
    """The identity of what was seen at `url`."""
    return CaptureId(canonical_digest({"payload": payload, "url": url}))


def by_id(captures: Iterable[Capture]) -> dict[CaptureId, Capture]:
    """Captures by their id, in the order given."""
    return {capture.id: capture for capture in captures}
