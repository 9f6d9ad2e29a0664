"""Stories, drafters and decisions as JSON in rows, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from backread.ledger.receipt import Remains, copy_digest
from backread.values.canonical import Digest, canonical_bytes, canonical_digest
from backread.values.capture import CaptureId, Passage
from backread.values.decision import Act, Decision, Ground, decision_key
from backread.values.draft import Drafter, Hand
from backread.values.report import Report
from backread.values.source import Terms
from backread.values.story import BlockKind, Citation, Origin, Story, Words

Plain = dict[str, Any]


def story_to_plain(story: Story) -> Plain:
    """The parts of a story with their citations."""
    parts = [
        [str(kind), [[w.text, [_citation(c) for c in w.citations]] for w in words]]
        for kind, words in story.parts()
    ]
    return {"date": story.date.isoformat() if story.date else None, "parts": parts}


def story_from_plain(told: Mapping[str, Any]) -> Story:
    """The story again; offsets are computed anew."""
    parts = [
        (
            BlockKind(kind),
            tuple(Words(text=text, citations=tuple(map(_cited, cites))) for text, cites in words),
        )
        for kind, words in told["parts"]
    ]
    return Story.of(parts, date=date.fromisoformat(told["date"]) if told["date"] else None)


def _citation(citation: Citation) -> list[Any]:
    passage = citation.passage
    return [passage.capture, passage.start, passage.text, str(citation.origin)]


def _cited(told: list[Any]) -> Citation:
    capture, start, text, origin = told
    return Citation(
        passage=Passage(capture=CaptureId(capture), start=start, text=text), origin=Origin(origin)
    )


def drafter_to_plain(drafter: Drafter) -> Plain:
    """Who or what wrote a draft."""
    return asdict(drafter) | {"hand": str(drafter.hand)}


def drafting_body(drafter: Drafter, told: Plain) -> dict[str, object]:
    """What the ledger says of a drafting act: by which hand, what a language model was asked and answered, and the
    digest of the draft, `told` as its row tells it."""
    asked = {
        "exchange": str(drafter.exchange),
        "fallback": drafter.fallback,
        "language_model": drafter.language_model,
    }
    said = {"drafter": drafter.name, "hand": str(drafter.hand), "words": canonical_digest(told)}
    return said | {k: v for k, v in asked.items() if v}


def drafter_of(body: Mapping[str, Any]) -> Drafter:
    """Who or what wrote a draft, as the ledger says (`drafting_body`). Raises KeyError or ValueError for no drafting act."""
    fields = ("exchange", "fallback", "language_model")
    named = {name: str(body[name]) for name in fields if name in body}
    return Drafter(hand=Hand(body["hand"]), name=str(body.get("drafter", "")), **named)


def drafter_from_plain(told: Mapping[str, Any]) -> Drafter:
    """The drafter again."""
    return Drafter(**{**told, "hand": Hand(told["hand"])})


def decision_to_plain(decision: Decision) -> Plain:
    """One act on one sentence."""
    return asdict(decision) | {
        "act": str(decision.act),
        "ground": str(decision.ground),
        "at": decision.at.isoformat(),
    }


def decision_from_plain(told: Mapping[str, Any]) -> Decision:
    """The decision again."""
    return Decision(
        **{
            **told,
            "key": Digest(told["key"]),
            "act": Act(told["act"]),
            "ground": Ground(told["ground"]),
            "at": datetime.fromisoformat(told["at"]),
        }
    )


def decision_body(decision: Decision) -> dict[str, object]:
    """What the ledger says of one act on one sentence; by whom, the entry says, and under which name, this."""
    named = {"by_name": decision.by_name} if decision.by_name else {}
    return named | {
        "act": str(decision.act),
        "batch": decision.batch,
        "capture": str(decision.capture or ""),
        "ground": str(decision.ground),
        "key": decision.key,
        "reason": decision.reason,
        "seen_ms": decision.seen_ms,
    }


def remains_to_plain(told: Mapping[str, Any]) -> Plain:
    """What stays of a capture's row when its copy is erased: what was signed of it, its words as their digest alone."""
    gone = {name: str(told.get(name, "")) for name in ("payload", "title", "url")}
    terms = str(told.get("terms", ""))
    return {
        "copy": copy_digest(**gone, text=str(told.get("text_digest", ""))),
        "reporter": str(told.get("byline", "")) if terms == Terms.OWN else "",
        "source_name": str(told.get("source_name", "")),
        "taken": str(told.get("taken", "")),
        "terms": terms,
    }


def remains_from_plain(capture: str, told: Mapping[str, Any]) -> Remains:
    """What stays of the capture of this id. Raises KeyError or ValueError for a row that is none of an erased one."""
    return Remains(
        capture=capture,
        name=told["source_name"],
        taken=datetime.fromisoformat(told["taken"]),
        terms=Terms(told["terms"]),
        reporter=told["reporter"],
        copy=Digest(told["copy"]),
    )


def decided(report: Report, decisions: Mapping[Digest, Decision]) -> bytes:
    """The decisions that hold on these words, in their order: what an approval signs of them, by its digest."""
    keys = [decision_key(c.sentence) for c in report.sentences]
    held = [decisions[key] for key in keys if key in decisions]
    return canonical_bytes([decision_body(d) | {"by": d.by} for d in held])  # type: ignore[misc]
