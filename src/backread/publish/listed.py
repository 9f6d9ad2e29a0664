"""A verified story as lists, feeds and counts show it: what is left of a record once its pages stand.

It is made from a record that was verified a moment ago, and kept in the sealed manifest, so that one more story does
not ask for all the others again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backread.publish.record import Evidence, PublicRecord, Standing
from backread.publish.voice import Voice
from backread.values.canonical import Digest
from backread.values.finding import Basis
from backread.values.publication import WithdrawalKind, utc
from backread.values.statement import Clause, ClauseId
from backread.values.story import BlockKind
from backread.values.words import Copy

NEWEST = 50
"""So many stories on the front page, on a topic's page and in a feed."""
WITH_AI = "how_s1p_ai"
MADE = ("how_s1", "how_s1e", "how_s1d", WITH_AI, "how_s1p", "how_s1b")
"""What the page on AI counts, a line each: by what a story was made. Text that came in, or was changed, with AI by
somebody's word is a line of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A record that was verified, with its words (None: erased or taken down)."""

    record: PublicRecord
    copy: Copy | None

    @property
    def headline(self) -> str:
        """The headline's words."""
        return self.copy.story.words_of(BlockKind.HEADLINE)[0] if self.copy else ""

    @property
    def summary(self) -> str:
        """The deck, or the first sentence under the headline."""
        if self.copy is None:
            return ""
        story = self.copy.story
        decks = story.words_of(BlockKind.DECK)
        rest = [s.text for s in story.sentences if story.kind_of(s) is BlockKind.PARAGRAPH]
        return decks[0] if decks else rest[0] if rest else self.headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """How a listed story ended. `reason` and `by_name` as the record has them."""

    kind: WithdrawalKind
    at: datetime
    by_name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One story on lists. `has_words` is False where they were erased or taken down; then no field holds any of them.

    `made` are the lines under its headline, `statement` is the whole of it, clause by clause. `fixes` are its
    corrections, the oldest first. `counts` are what the page on AI adds up. `inputs` is the digest of all that its
    pages were made from.
    """

    story: str
    path: str
    topic: str
    publication: Digest
    inputs: Digest
    first_published: datetime
    modified: datetime
    has_words: bool
    headline: str = ""
    summary: str = ""
    correction: str = ""
    made: tuple[str, ...] = ()
    statement: tuple[str, ...] = ()
    fixes: tuple[tuple[datetime, str], ...] = ()
    gone: Gone | None = None
    counts: tuple[tuple[str, int], ...] = ()

    @property
    def month(self) -> str:
        """“2026/10”."""
        return self.path[:7]

    @property
    def stands(self) -> bool:
        """Whether readers can read it."""
        return self.has_words and self.gone is None

    @property
    def was_fixed(self) -> bool:
        """Whether the page of corrections tells of it."""
        return self.gone is not None or (self.has_words and bool(self.fixes))

    @classmethod
    def of(cls, told: Told, inputs: Digest, voice: Voice) -> Listed:
        """The story of a record that was verified."""
        record, gone, has_words = told.record, told.record.withdrawal, told.copy is not None
        clauses = voice.top(record.statement)
        return cls(
            story=record.story,
            path=record.path,
            topic=record.topic,
            publication=record.publication.id,
            inputs=inputs,
            first_published=record.first_published,
            modified=record.modified,
            has_words=has_words,
            headline=told.headline,
            summary=told.summary,
            correction=record.publication.correction if has_words else "",
            made=tuple(voice.words(c) for c in clauses if c.id != ClauseId.RECORD),
            statement=tuple(voice.words(c) for c in record.statement.clauses),
            fixes=tuple(_fixes(record)) if has_words else (),
            gone=Gone(kind=gone.kind, at=gone.at, by_name=gone.by_name, reason=gone.reason) if gone else None,
            counts=tuple(sorted(_counts(record).items())),
        )

    def plain(self) -> dict[str, Any]:
        """As strings, lists and integers."""
        gone = self.gone
        return {
            "story": self.story, "path": self.path, "topic": self.topic, "publication": self.publication, "inputs": self.inputs,
            "first_published": utc(self.first_published), "modified": utc(self.modified), "has_words": int(self.has_words),
            "headline": self.headline, "summary": self.summary, "correction": self.correction, "made": list(self.made),
            "statement": list(self.statement), "fixes": [[utc(at), words] for at, words in self.fixes],
            "gone": [str(gone.kind), utc(gone.at), gone.by_name, gone.reason] if gone else [],
            "counts": dict(self.counts),
        }  # fmt: skip

    @classmethod
    def parse(cls, told: Mapping[str, Any]) -> Listed:
        """The story again. Raises KeyError, TypeError or ValueError."""
        gone = told["gone"]
        return cls(
            **{name: told[name] for name in _TEXTS},
            first_published=datetime.fromisoformat(told["first_published"]),
            modified=datetime.fromisoformat(told["modified"]),
            has_words=bool(told["has_words"]),
            made=tuple(told["made"]),
            statement=tuple(told["statement"]),
            fixes=tuple((datetime.fromisoformat(at), words) for at, words in told["fixes"]),
            gone=Gone(kind=WithdrawalKind(gone[0]), at=datetime.fromisoformat(gone[1]), by_name=gone[2], reason=gone[3]) if gone else None,
            counts=tuple(sorted(told["counts"].items())),
        )  # fmt: skip


_TEXTS = ("story", "path", "topic", "publication", "inputs", "headline", "summary", "correction")


def newest_first(stories: Iterable[Listed]) -> list[Listed]:
    """In the order of every list."""
    return sorted(stories, key=lambda s: (s.first_published, s.story), reverse=True)


def total(stories: Iterable[Listed]) -> Counter[str]:
    """What the page on AI counts, over these stories."""
    found: Counter[str] = Counter()
    for story in stories:
        found.update(dict(story.counts))
    return found


def _fixes(record: PublicRecord) -> Iterable[tuple[datetime, str]]:
    told = [
        *((e.published, e.correction) for e in record.earlier),
        (record.modified, record.publication.correction),
    ]
    return ((at, words) for at, words in told if words)


def _counts(record: PublicRecord) -> Counter[str]:
    if record.withdrawal is not None:
        return Counter(withdrawn=1)
    found = Counter(stories=1, corrections=len(list(_fixes(record))))
    found.update({_line(clause) for clause in record.statement.clauses} & set(MADE))
    found.update(f"tally_{_rests(e)}" for e in record.evidence)
    found.update("how_one" if approval.reviewed else "how_other" for approval in record.approvals)
    return found


def _line(clause: Clause) -> str:
    with_ai = clause.id is ClauseId.SUPPLIED and clause.parameters["ai"]
    return WITH_AI if with_ai else f"how_{clause.id.lower()}"


def _rests(evidence: Evidence) -> str:
    if evidence.standing is not Standing.PROVEN:
        return "taken_over" if evidence.standing is Standing.TAKEN_OVER else "overridden"
    return str(evidence.basis) if evidence.basis in (Basis.VERBATIM, Basis.COMPUTED) else "entailed"
