"""Versions, approvals, publications, withdrawals, erasures: the rows that decide what readers see.

Everything signed is signed over `canonical_bytes` of the `canonical()` form, and every digest is
recomputed by whoever relies on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

from backread.values.canonical import Digest, canonical_bytes, canonical_digest, digest_of
from backread.values.person import Level
from backread.values.statement import Clause

PARTS = ("headline", "deck", "body", "byline", "links", "media", "citations")
"""The parts of a version, each a digest of words kept apart so that they can be erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A story's frozen words for an outlet, as digests, with the signed clauses (S1*, S3*).

    `parts` maps each of PARTS to the digest of its content. `digest` is computed from everything else.
    """

    outlet: str
    story: str
    number: int
    parts: Mapping[str, Digest]
    clauses: tuple[Clause, ...]

    def __post_init__(self) -> None:
        if set(self.parts) != set(PARTS):
            raise ValueError(f"a version has exactly the parts {', '.join(PARTS)}")
        object.__setattr__(self, "parts", MappingProxyType(dict(self.parts)))

    def canonical(self) -> dict[str, object]:
        """The form the digest is made of."""
        return {
            "clauses": [clause.canonical() for clause in self.clauses],
            "number": self.number,
            "outlet": self.outlet,
            "parts": dict(self.parts),
            "story": self.story,
        }

    @property
    def digest(self) -> Digest:
        """What an approval is bound to."""
        return canonical_digest(self.canonical())  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One person's approval of exactly one version. All digests are 64 hex digits, times are UTC.

    `ledger_head` is a lower bound: the hash of an entry that was written before. `signature` is that of
    `canonical_bytes(canonical())` by `key`, as base64; empty while it is being made. `needed` is how many
    different people must approve this version; it is signed, so that no row can lower it afterwards. So is
    `correction`, what readers are told was wrong before; '' where these words correct nothing; and `alone`, that one
    editor worked alone at the outlet when it was given.
    """

    outlet: str
    story: str
    version: int
    digest: Digest
    approver: str
    approver_name: str
    role: str
    level: Level
    evidence_root: Digest
    checks_digest: Digest
    decisions_digest: Digest
    ledger_head: Digest
    nonce: str
    approved_at: datetime
    expires_at: datetime
    reviewed: bool = False
    """Whether the record supports S2a: every sentence seen for its reading time, open ones decided alone, all by this approver."""
    needed: int = 1
    correction: str = ""
    alone: bool = False
    key: str = ""
    signature: str = ""

    def canonical(self) -> dict[str, object]:
        """The statement that is signed: everything but the signature; a correction, and that one worked alone, only where it is so."""
        told: dict[str, object] = {"correction": self.correction} if self.correction else {}
        told |= {"alone": self.alone} if self.alone else {}
        return told | {
            "act": "approve",
            "approved_at": utc(self.approved_at),
            "approver": self.approver,
            "approver_name": self.approver_name,
            "checks_digest": self.checks_digest,
            "decisions_digest": self.decisions_digest,
            "digest": self.digest,
            "evidence_root": self.evidence_root,
            "expires_at": utc(self.expires_at),
            "key": self.key,
            "ledger_head": self.ledger_head,
            "level": str(self.level),
            "needed": self.needed,
            "nonce": self.nonce,
            "outlet": self.outlet,
            "reviewed": self.reviewed,
            "role": self.role,
            "story": self.story,
            "version": self.version,
        }

    @property
    def id(self) -> Digest:
        """The digest of what is signed; unique by its nonce."""
        return canonical_digest(self.canonical())  # type: ignore[arg-type]


def missing(approvals: Iterable[Approval]) -> int:
    """How many more people must approve, by what the approvals of one version say themselves; at least one for none."""
    given = tuple(approvals)
    wanted = max((a.needed for a in given), default=1)
    return max(max(wanted, 1) - len({a.approver for a in given}), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """An approved version made public. `supersedes` is the id of the one before, '' for the first, never None."""

    outlet: str
    story: str
    version: int
    digest: Digest
    approval: Digest
    not_before: datetime
    supersedes: str = ""
    correction: str = ""

    def canonical(self) -> dict[str, object]:
        """The form its id is made of."""
        return {
            "approval": self.approval,
            "correction": self.correction,
            "digest": self.digest,
            "not_before": utc(self.not_before),
            "outlet": self.outlet,
            "story": self.story,
            "supersedes": self.supersedes,
            "version": self.version,
        }

    @property
    def id(self) -> Digest:
        """The digest of all it says."""
        return canonical_digest(self.canonical())  # type: ignore[arg-type]


FIRST = Digest("0" * 64)
"""What the first entry of a ledger names as the one before."""


class WithdrawalKind(StrEnum):
    """How a publication ends: before it runs, with a tombstone, or with a notice without text."""

    CANCEL = "cancel"
    RETRACT = "retract"
    TAKEDOWN = "takedown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """The end of a publication: by one person, at once, never gated. Its reason is printed, so it is signed as an approval
    is: `signature` is that of `canonical_bytes(canonical())` by `key`, as base64; both empty while it is being made."""

    outlet: str
    publication: Digest
    kind: WithdrawalKind
    by: str
    by_name: str
    reason: str
    at: datetime
    key: str = ""
    signature: str = ""

    def canonical(self) -> dict[str, str]:
        """The statement that is signed: everything but the signature."""
        return {
            "act": "withdraw",
            "at": utc(self.at),
            "by": self.by,
            "by_name": self.by_name,
            "key": self.key,
            "kind": str(self.kind),
            "outlet": self.outlet,
            "publication": self.publication,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """The removal for good of what `digests` name, by two people: the words of a `story` (digests of words, and the numbers
    of its drafts and decisions), or a `capture` (its id, its text and its record); the other of the two is ''.

    Readers are told that two people removed it, so it is signed as an approval is. Raises ValueError where it is not by
    two people, gives no reason, or is not of exactly one story or capture.
    """

    outlet: str
    by_one: str
    by_two: str
    digests: tuple[str, ...]
    reason: str
    at: datetime
    story: str = ""
    capture: str = ""
    key: str = ""
    signature: str = ""

    def __post_init__(self) -> None:
        if not self.by_one or not self.by_two or self.by_one == self.by_two:
            raise ValueError("an erasure is by two people")
        if not self.reason.strip() or bool(self.story) == bool(self.capture):
            raise ValueError("an erasure gives a reason, and is of one story or of one capture")

    def canonical(self) -> dict[str, object]:
        """The statement that is signed: everything but the signature."""
        return {
            "act": "erase",
            "at": utc(self.at),
            "by_one": self.by_one,
            "by_two": self.by_two,
            "capture": self.capture,
            "digests": list(self.digests),
            "key": self.key,
            "outlet": self.outlet,
            "reason": self.reason,
            "story": self.story,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act in an outlet's ledger. `body` holds strings, integers, lists and objects only.

    `previous` is the hash of the entry before, 64 zeros for the first; it stands inside the hashed bytes.
    """

    outlet: str
    seq: int
    at: datetime
    actor: str
    act: str
    body: Mapping[str, object] = field(default_factory=dict)
    previous: Digest = FIRST

    def content(self) -> bytes:
        """The bytes that are stored, hashed and put into the Merkle tree."""
        return canonical_bytes(
            {
                "act": self.act,
                "actor": self.actor,
                "at": utc(self.at),
                "body": self.body,  # type: ignore[dict-item]
                "outlet": self.outlet,
                "previous": self.previous,
                "seq": self.seq,
            }
        )

    @property
    def hash(self) -> Digest:
        """SHA-256 of the content."""
        return digest_of(self.content())

    @classmethod
    def parse(cls, content: bytes) -> Entry:
        """The entry in `content`. Raises ValueError when the bytes are not exactly what it would write."""
        try:
            told = json.loads(content)
            entry = cls(
                outlet=told["outlet"],
                seq=told["seq"],
                at=datetime.fromisoformat(told["at"]),
                actor=told["actor"],
                act=told["act"],
                body=told["body"],
                previous=Digest(told["previous"]),
            )
        except (KeyError, TypeError, json.JSONDecodeError) as err:
            raise ValueError("these bytes are not a ledger entry") from err
        if entry.content() != content:
            raise ValueError("the entry is not in canonical form")
        return entry


def utc(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC with microseconds. Raises ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
