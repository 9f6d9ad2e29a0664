"""What belongs together: the captures on one event, and why it matters here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backread.values.capture import CaptureId, Passage


class Likeness(StrEnum):
    """How two captures are linked. Linked captures are never merged."""

    SAME_TEXT = "same text"
    REWRITE = "rewrite"
    LATER_VERSION = "later version"
    SAME_TEMPLATE = "same template"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`later` is like `earlier`; `reason` says in words what is shared and what differs."""

    earlier: CaptureId
    later: CaptureId
    likeness: Likeness
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something is local or news, in words, with the passages that show it."""

    words: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The captures on one event, the lead capture first.

    `id` is made from the first capture it ever held, so it stays when the dossier grows. `local` is empty
    when nothing local was found: an answer, not a failure. `value` is the news value from 0 to 100.
    """

    id: str
    title: str
    captures: tuple[CaptureId, ...]
    links: tuple[Link, ...] = ()
    local: tuple[Reason, ...] = ()
    news: tuple[Reason, ...] = ()
    value: int = 0

    @property
    def is_local(self) -> bool:
        """Whether a capture names a place, agency or person of the coverage area."""
        return bool(self.local)
