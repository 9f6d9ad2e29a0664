"""A draft: a story, what wrote it, and what it left out and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backread.values.canonical import Digest
from backread.values.capture import CaptureId
from backread.values.story import Story


class Hand(StrEnum):
    """What kind of hand wrote the words."""

    RULE_FIELDS = "rule from fields"
    RULE_PROSE = "rule from prose"
    LANGUAGE_MODEL = "language model"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafter:
    """Who or what wrote a draft. `language_model` is its name as the endpoint gave it, '' for the others.

    `exchange` is the digest of the recorded request and reply, '' for the others; `replayed` says that the
    exchange was read from a recording. `fallback` says in words why a rule wrote where a language model was asked
    to, '' where none was; then `language_model` and `exchange` name what it answered, '' where no answer came.
    """

    hand: Hand
    name: str
    version: str = ""
    language_model: str = ""
    exchange: Digest | str = ""
    replayed: bool = False
    fallback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A story as its drafter handed it over. `left_out` says in words what could not be written and why."""

    dossier: str
    story: Story
    drafter: Drafter
    captures: tuple[CaptureId, ...]
    left_out: tuple[str, ...] = ()
