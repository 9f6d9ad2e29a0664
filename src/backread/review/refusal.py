"""The answers of review: allowed, or refused in words a person can act on. Never an exception."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The rules have nothing against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why not, in words; `target` is the fragment of the desk's page where it can be mended, '' for the page itself."""

    words: str
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """Everything that stands in the way at once, so that an editor mends it in one go. Never empty."""

    refusals: tuple[Refusal, ...]

    def __post_init__(self) -> None:
        if not self.refusals:
            raise ValueError("no refusals is not a refusal: say Allowed")
