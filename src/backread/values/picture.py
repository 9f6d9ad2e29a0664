"""A picture with what must be known before it may be printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backread.values.canonical import Digest


class Provenance(StrEnum):
    """How a picture came to be, as its own file says; most files say nothing."""

    NOT_SAID = ""
    CAMERA = "taken with a camera"
    AI_PARTLY = "made partly by AI"
    AI = "made by AI"

    @property
    def by_ai(self) -> bool:
        """Whether AI made some of it."""
        return self in (Provenance.AI, Provenance.AI_PARTLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """`digest` is that of the file, '' when the file is absent; empty strings mean not stated."""

    file: str
    digest: Digest | str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    licence: str = ""
