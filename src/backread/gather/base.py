"""What every reader gives: captures, links to follow, or a refusal in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from backread.ports import Fetched
from backread.values.canonical import digest_of
from backread.values.capture import Capture, Field
from backread.values.source import Genre, Source

MOST_CHARACTERS = 2_000_000
"""Visible text kept of one document; what is longer is cut and flagged "truncated"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A page that a source points at."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one look at a source gave. `refusal` is one clear sentence when there is nothing to keep."""

    captures: tuple[Capture, ...] = ()
    follow: tuple[Follow, ...] = ()
    refusal: str = ""


Reader = Callable[[Source, Fetched], Reading]
"""A function of the source and its bytes; it reads no clock, file or network. Raises GatherError or ValueError never."""


@dataclass(slots=True)
class Page:
    """Visible text while it is put together, with the fields that frame parts of it."""

    text: str = ""
    fields: list[Field] = field(default_factory=list)

    def line(self, words: str) -> None:
        """A paragraph."""
        self.text += f"{words}\n\n"

    def add(
        self, name: str, shown: str, *, value: str = "", record: int = 0, label: str = "", glue: str = "\n\n"
    ) -> None:
        """A field with the words that say it, after its label."""
        self.text += label
        start = len(self.text)
        self.text += f"{shown}{glue}"
        self.fields.append(
            Field(name=name, value=value or shown, start=start, end=start + len(shown), record=record)
        )

    def mark(self, name: str, shown: str, *, value: str = "", record: int = 0, after: int = 0) -> None:
        """A field whose words stand in the text already. Raises ValueError when they do not."""
        start = self.text.index(shown, after)
        self.fields.append(
            Field(name=name, value=value or shown, start=start, end=start + len(shown), record=record)
        )


def capture_of(
    source: Source,
    fetched: Fetched,
    page: Page,
    *,
    extractor: str,
    title: str = "",
    published: datetime | None = None,
    genre: Genre | None = None,
    flags: frozenset[str] = frozenset(),
    byline: str = "",
) -> Capture:
    """The capture of one document. Text is cut at the limit, and then says so."""
    cut = len(page.text) > MOST_CHARACTERS
    text = page.text[:MOST_CHARACTERS].rstrip() if cut else page.text.rstrip()
    return Capture(
        source=source.id,
        source_name=source.name,
        url=fetched.url,
        taken=fetched.taken,
        media_type=fetched.media_type,
        payload=digest_of(fetched.body),
        text=text,
        extractor=extractor,
        title=one_line(title)[:300],
        byline=one_line(byline)[:200],
        published=published if published and published.tzinfo else None,
        terms=source.terms,
        genre=genre or source.genre,
        agency=source.agency,
        language=source.language,
        fields=tuple(f for f in page.fields if f.end <= len(text)),
        flags=flags | ({"truncated"} if cut else set()),
        reserves_ai=source.reserves_ai or _reserves(fetched),
        confidential=source.confidential,
    )


def one(source: Source, fetched: Fetched, page: Page, **more: object) -> Reading:
    """A reading of one capture, or the refusal of an empty one: an empty page is no source."""
    if not page.text.strip():
        return refused(fetched, "it holds no visible text")
    return Reading(captures=(capture_of(source, fetched, page, **more),))  # type: ignore[arg-type]


def refused(fetched: Fetched, why: str) -> Reading:
    """A refusal in one sentence."""
    return Reading(refusal=f"{fetched.url}: {why}; nothing of it is used.")


def one_line(words: str) -> str:
    """Words on one line with single spaces."""
    return re.sub(r"\s+", " ", words).strip()


def moment(words: str) -> datetime | None:
    """An ISO 8601 moment with a time zone; None for anything else."""
    try:
        told = datetime.fromisoformat(words.strip())
    except ValueError:
        return None
    return told if told.tzinfo else None


def _reserves(fetched: Fetched) -> bool:
    """Whether the answer's headers reserve AI use."""
    told = ",".join(
        fetched.headers.get(name, "") for name in ("x-robots-tag", "tdm-reservation", "content-usage")
    ).lower()
    return "noai" in told or told.strip(", ") == "1" or "train-ai=n" in told
