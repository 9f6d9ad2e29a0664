"""Where things come from: a source, its terms and its genre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Terms(StrEnum):
    """On what terms a source's words may be shown and copied (see check `copying`)."""

    PUBLIC_RECORD = "public record"
    RELEASE = "release"
    WIRE = "wire"
    NEWSROOM = "newsroom"
    SOCIAL = "social"
    OWN = "own"


class Genre(StrEnum):
    """What kind of document a capture is; it decides how a dossier is drafted."""

    ARTICLE = "article"
    RELEASE = "release"
    ALERT = "alert"
    AGENDA = "agenda"
    MINUTES = "minutes"
    CALENDAR = "calendar"
    TABLE = "table"
    TRANSCRIPT = "transcript"
    NOTES = "notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place that is looked at again and again.

    `kind` names the reader in `gather.SOURCES`; `address` is a URL or a file path; `every` is the time
    between two looks; `promise` is how long a capture of it counts as fresh.
    """

    id: str
    name: str
    kind: str
    address: str
    terms: Terms = Terms.PUBLIC_RECORD
    genre: Genre = Genre.ARTICLE
    agency: str = ""
    every: timedelta = timedelta(hours=1)
    promise: timedelta = timedelta(hours=24)
    reserves_ai: bool = False
    confidential: bool = False
    language: str = "en"
