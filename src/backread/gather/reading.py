"""What a reader hands back, and what all readers share: a text that grows with its fields, and clean words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from backread.ports import Fetched
from backread.values.canonical import digest_of
from backread.values.capture import Capture, Field
from backread.values.source import Source

HIDDEN, ADDRESSES_AI, TRUNCATED = "hidden text", "addresses an AI", "truncated"
LONGEST_TEXT = 2_000_000
"""Characters of one capture's text; what is longer is cut there and flagged "truncated"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """An address that a source points to and that should be read as a document of its own."""

    url: str
    title: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader made of one fetch.

    `refusal` is one sentence when there is nothing to keep; `health` are notes for the person who looks after
    the source ("2 of 40 entries have no date").
    """

    captures: tuple[Capture, ...] = ()
    follow: tuple[Follow, ...] = ()
    refusal: str = ""
    health: tuple[str, ...] = ()


Reader = Callable[[Source, Fetched], Reading]
"""Reads the bytes of one fetch of one source. It never raises for what the bytes hold: that is a refusal."""


class Sheet:
    """A text that grows line by line, and the fields that frame its words."""

    __slots__ = ("_length", "_parts", "fields")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.fields: list[Field] = []

    def write(self, words: str) -> tuple[int, int]:
        """Add `words` as they are; the stretch they now take."""
        start = self._length
        self._parts.append(words)
        self._length += len(words)
        return start, self._length

    def state(self, name: str, value: str, *, record: int = 0, shown: str = "", label: str = "", end: str = "\n") -> None:  # fmt: skip
        """Add a labelled line and the field that frames its words. An empty value adds nothing."""
        words = tidy(shown or value)
        if not words:
            return
        if label:
            self.write(label)
        start, stop = self.write(words)
        self.write(end)
        self.fields.append(
            Field(name=name, value=value if shown else words, start=start, end=stop, record=record)
        )

    @property
    def text(self) -> str:
        """What was written so far, without white space at the end: fields stay where they are."""
        return "".join(self._parts).rstrip()


def capture_of(
    source: Source,
    fetched: Fetched,
    text: str,
    extractor: str,
    *,
    title: str = "",
    byline: str = "",
    published: datetime | None = None,
    fields: tuple[Field, ...] = (),
    flags: frozenset[str] = frozenset(),
    language: str = "",
    reserves_ai: bool = False,
    url: str = "",
    payload: bytes | None = None,
) -> Capture:
    """A capture with everything that its source and the fetch already say."""
    if len(text) > LONGEST_TEXT:
        text, flags = text[:LONGEST_TEXT], flags | {TRUNCATED}
        fields = tuple(field for field in fields if field.end <= LONGEST_TEXT)
    return Capture(
        source=source.id,
        source_name=source.name,
        url=url or fetched.url,
        taken=fetched.taken,
        media_type=fetched.media_type.partition(";")[0].strip().lower(),
        payload=digest_of(fetched.body if payload is None else payload),
        text=text,
        extractor=extractor,
        title=one_line(title)[:300],
        byline=one_line(byline)[:200],
        published=published,
        terms=source.terms,
        genre=source.genre,
        agency=source.agency,
        language=language or source.language,
        fields=fields,
        flags=flags,
        reserves_ai=source.reserves_ai or reserves_ai or _header_reserves(fetched),
        confidential=source.confidential,
    )


def _header_reserves(fetched: Fetched) -> bool:
    robots = fetched.headers.get("x-robots-tag", "").lower()
    return "noai" in robots or fetched.headers.get("tdm-reservation", "").strip() == "1"


_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SMUGGLED = re.compile(
    "[\U000e0020-\U000e007f]{3}|(?:\\w[\u200b-\u200d\u2060]){6}|[\u200b-\u200d\u2060-\u2064]{8}"
)


def visible(words: str) -> str:
    """`words` in NFC without control, zero-width, bidirectional and tag characters: what a reader can see."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", _INVISIBLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))))  # fmt: skip


def smuggles(words: str) -> bool:
    """Whether invisible characters are used as a carrier, not as typography."""
    return bool(_SMUGGLED.search(words))


def one_line(words: str) -> str:
    """`words` as a reader sees them, on one line with single spaces."""
    return re.sub(r"\s+", " ", visible(words)).strip()


def tidy(words: str) -> str:
    """`words` as a reader sees them: spaces single, lines kept, no more than one empty line between."""
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in visible(words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
