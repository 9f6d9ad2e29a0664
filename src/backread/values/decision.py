"""What a person decided about one sentence, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from backread.values.canonical import Digest, canonical_digest
from backread.values.capture import CaptureId
from backread.values.story import Sentence


class Act(StrEnum):
    """The acts on a sentence."""

    KEEP = "keep"
    CHANGE = "change"
    STRIKE = "strike"
    TAKE_OVER = "take over"
    OVERRIDE = "override"


class Ground(StrEnum):
    """What a take-over rests on (release rules in docs: checks)."""

    NONE = ""
    RECORD = "attached record"
    CITED_BY_HAND = "passage cited by hand"
    PUBLIC_RECORD_SEEN = "public record seen"
    COMMON_KNOWLEDGE = "common knowledge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One person's act on one sentence. It holds for exactly these words resting on exactly these passages (`key`)."""

    key: Digest
    act: Act
    by: str
    at: datetime
    reason: str = ""
    ground: Ground = Ground.NONE
    capture: CaptureId | None = None
    batch: str = ""
    by_name: str = ""
    """The name under which readers may be told of it, as the person was called then; '' for a decision of before."""
    seen_ms: int = 0
    """How long the sentence stood on screen with its passages, as the browser told it; 0 when it did not."""


def decision_key(sentence: Sentence) -> Digest:
    """What a decision is tied to: the words, and the passages they rest on. Where it stands does not matter."""
    passages = sorted((str(p.capture), p.start, p.text) for p in sentence.passages)
    return canonical_digest({"passages": passages, "words": sentence.text})
