"""A story with two sentences at an outlet, its keys, and the ways to look at what the gate let through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from backread.adapters.signing import FileSigner
from backread.ledger.keys import KeyRole
from backread.values.canonical import Digest
from backread.values.person import Person, Role
from backread.values.publication import Approval, Publication, Version, WithdrawalKind
from backread.values.statement import Clause, ClauseId
from backread.values.story import BlockKind, Story, Words
from backread.values.words import Copy
from newsroom.stories import actions

NOW = datetime(2026, 10, 19, 12, tzinfo=UTC)
EDITOR = Person(id="ann", name="Ann Orde", roles=frozenset({Role.EDITOR}))
SECOND = Person(id="bo", name="Bo Tamm", roles=frozenset({Role.STANDARDS}))
CLAUSES = (Clause(id=ClauseId.RULE_PROSE, parameters={"sources": 1}),)
EMPTY = Digest("0" * 64)


def copy_of(*sentences: str) -> Copy:
    """A copy of one headline and one paragraph."""
    words = [Words(text=s) for s in sentences]
    return Copy(
        story=Story.of([(BlockKind.HEADLINE, words[:1]), (BlockKind.PARAGRAPH, words)], date=NOW.date())
    )


@dataclass
class Gate:
    """The acts on one story, with everything filled in."""

    signer: FileSigner
    outlet: str = "tide"

    def freeze(self, *sentences: str, story: str = "pier", outlet: str = "") -> Version:
        """A version of these sentences."""
        return actions.freeze_version(
            outlet=outlet or self.outlet,
            story=story,
            copy=copy_of(*(sentences or ("The pier closes.",))),
            clauses=CLAUSES,
            drafter="ann",
            now=NOW,
        )

    def approve(
        self, version: Version, *, person: Person = EDITOR, needed: int = 1, now: datetime = NOW
    ) -> Approval:
        """An approval of it."""
        return actions.approve(
            version=version,
            person=person,
            signer=self.signer,
            needed=needed,
            evidence_root=EMPTY,
            checks_digest=EMPTY,
            decisions_digest=EMPTY,
            reviewed=False,
            now=now,
        )

    def publish(
        self,
        approval: Approval,
        *,
        after: timedelta = timedelta(minutes=1),
        not_before: datetime | None = None,
    ):
        """Make it public."""
        return actions.publish(approval=approval, by="ann", now=NOW + after, not_before=not_before)

    def withdraw(
        self, *, publication: Publication, kind: WithdrawalKind, person: Person, reason: str, now: datetime
    ):
        """End it."""
        return actions.withdraw(
            publication=publication, kind=kind, person=person, signer=self.signer, reason=reason, now=now
        )


@pytest.fixture
def gate(db: None, tmp_path: Path) -> Gate:
    """The gate of an empty database."""
    return Gate(signer=FileSigner.at(tmp_path, KeyRole.ATTESTATION))


def published() -> set[tuple[str, str, int, str]]:
    """Everything the publication table holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT outlet, story, version, digest FROM gate_publication")
        return {tuple(row) for row in cursor.fetchall()}


def unapproved() -> list[tuple[str, ...]]:
    """Publications without an approval of exactly that version and digest: must always be none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id FROM gate_publication p WHERE NOT EXISTS (SELECT 1 FROM gate_approval a WHERE a.id = p.approval"
            " AND a.outlet = p.outlet AND a.story = p.story AND a.version = p.version AND a.digest = p.digest)"
        )
        return list(cursor.fetchall())
