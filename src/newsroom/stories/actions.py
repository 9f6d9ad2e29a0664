"""Acts on versions: freeze, approve, publish, withdraw. Each is one transaction with its ledger entry.

The rules are the engine's (`review.gate`) and the gate's triggers'; nothing here decides, and whatever is refused says why.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, transaction

from backread.errors import NotAllowed
from backread.ledger.entry import ActName, approval_body, publication_body, withdrawal_body
from backread.ports import Signer
from backread.values.canonical import Digest, canonical_bytes, digest_of
from backread.values.person import Level, Person
from backread.values.publication import Approval, Publication, Version, Withdrawal, WithdrawalKind, utc
from backread.values.statement import Clause
from backread.values.words import Copy
from newsroom import failpoints
from newsroom.ledger.actions import head, moment, record
from newsroom.stories.rows import rows

HOLDS = timedelta(hours=24)
"""How long an approval may be used."""


def freeze_version(
    *, outlet: str, story: str, copy: Copy, clauses: tuple[Clause, ...], drafter: str, now: datetime
) -> Version:
    """The next version of a story, its words kept by digest. It voids the approvals of the versions before."""
    with transaction.atomic(), _told(story, "freeze these words"):
        number = _next_number(outlet, story)
        version = Version(outlet=outlet, story=story, number=number, parts=copy.digests(), clauses=clauses)
        _insert(
            "gate_version",
            outlet=outlet,
            story=story,
            number=number,
            digest=version.digest,
            content=_text(version.canonical()),
            drafter=drafter,
        )
        # After the version, which says that these words are wanted: the same ones may have been erased with another story.
        for content in copy.contents().values():
            _keep_words(content)
        _void(outlet, story, "version < %s", number, now, f"version {number} was frozen")
        record(
            outlet=outlet,
            at=now,
            actor=drafter or "drafter",
            act=ActName.VERSION,
            body={"digest": version.digest, "number": number, "story": story},
        )
        failpoints.reach("freezing")
    failpoints.reach("frozen")
    return version


def approve(
    *,
    version: Version,
    person: Person,
    signer: Signer,
    needed: int,
    evidence_root: Digest,
    checks_digest: Digest,
    decisions_digest: Digest,
    reviewed: bool,
    now: datetime,
    leaves: bytes = b"",
    correction: str = "",
    alone: bool = False,
) -> Approval:
    """Sign an approval of exactly `version` at level B. The caller has asked `review.gate` and taken password and code.
    `correction` is what readers will be told was wrong before, `alone` that one editor works alone at the outlet; both are signed with the words.

    `leaves` are the bytes that `evidence_root` is the digest of: kept, so that a receipt can be told when captures are gone.
    """
    with transaction.atomic(), _told(version.story, "approve it"):
        if leaves:
            _keep_words(leaves)
        at = moment(version.outlet, now)
        drawn = Approval(
            outlet=version.outlet,
            story=version.story,
            version=version.number,
            digest=version.digest,
            approver=person.id,
            approver_name=person.name,
            role=person.title,
            level=Level.B,
            evidence_root=evidence_root,
            checks_digest=checks_digest,
            decisions_digest=decisions_digest,
            ledger_head=Digest(head(version.outlet)),
            nonce=secrets.token_hex(16),
            approved_at=at,
            expires_at=at + HOLDS,
            reviewed=reviewed,
            needed=needed,
            correction=correction,
            alone=alone,
            key=signer.key,
        )
        approval = replace(drawn, signature=signer(canonical_bytes(drawn.canonical())))  # type: ignore[arg-type]
        _enter(approval)
        failpoints.reach("approving")
    failpoints.reach("approved")
    return approval


def _enter(approval: Approval) -> None:
    """Write an approval's ledger entry, and its row beside it."""
    entry = record(
        outlet=approval.outlet,
        at=approval.approved_at,
        actor=approval.approver,
        act=ActName.APPROVAL,
        body=approval_body(approval),
    )
    _insert(
        "gate_approval",
        id=approval.id,
        outlet=approval.outlet,
        story=approval.story,
        version=approval.version,
        digest=approval.digest,
        approver=approval.approver,
        needed=approval.needed,
        approved_at=utc(approval.approved_at),
        expires_at=utc(approval.expires_at),
        entry=entry.hash,
        content=_text(approval.canonical()),
        signature=approval.signature,
    )


def publish(*, approval: Approval, by: str, now: datetime, not_before: datetime | None = None) -> Publication:
    """Make an approved version public from `not_before` on (None: now), with the correction that was signed with it.
    The gate looks the approval up itself."""
    with transaction.atomic(), _told(approval.story, "publish it"):
        at = moment(approval.outlet, now)
        publication = Publication(
            outlet=approval.outlet,
            story=approval.story,
            version=approval.version,
            digest=approval.digest,
            approval=approval.id,
            not_before=not_before or at,
            supersedes=last_publication(approval.outlet, approval.story),
            correction=approval.correction,
        )
        entry = record(
            outlet=approval.outlet,
            at=at,
            actor=by,
            act=ActName.PUBLICATION,
            body=publication_body(publication),
        )
        _insert(
            "gate_publication",
            id=publication.id,
            outlet=publication.outlet,
            story=publication.story,
            version=publication.version,
            digest=publication.digest,
            approval=publication.approval,
            not_before=utc(publication.not_before),
            made_at=utc(at),
            supersedes=publication.supersedes,
            entry=entry.hash,
            content=_text(publication.canonical()),
        )
        failpoints.reach("publishing")
    failpoints.reach("published")
    return publication


def withdraw(
    *,
    publication: Publication,
    kind: WithdrawalKind,
    person: Person,
    signer: Signer,
    reason: str,
    now: datetime,
) -> Withdrawal:
    """End a publication: by one person, at once, signed at level B. Only what readers see is retracted or taken down, only what
    waits is cancelled; with what readers see ends whatever waits of the same story, each signed on its own.

    Raises NotAllowed without a reason, or in the gate's words.
    """
    if not reason.strip():
        raise NotAllowed(publication.story, step=f"{kind} it", hint="Say why; readers will see it.")
    with transaction.atomic(), _told(publication.story, f"{kind} it"):
        drawn = Withdrawal(
            outlet=publication.outlet,
            publication=publication.id,
            kind=kind,
            by=person.id,
            by_name=person.name,
            reason=reason.strip(),
            at=moment(publication.outlet, now),
            key=signer.key,
        )
        if kind is not WithdrawalKind.CANCEL:
            for waits in _waiting(publication.outlet, publication.story, drawn.at):
                _end(replace(drawn, publication=waits, kind=WithdrawalKind.CANCEL), signer)
        withdrawal = _end(drawn, signer)
        # To come out again it needs new signatures: those that were given, used or left over, are used up.
        void_all(publication.outlet, publication.story, now, f"it ended: {kind}")
        failpoints.reach("withdrawing")
    failpoints.reach("withdrawn")
    return withdrawal


def _end(drawn: Withdrawal, signer: Signer) -> Withdrawal:
    """Sign one end, and write its ledger entry and its row beside it."""
    withdrawal = replace(drawn, signature=signer(canonical_bytes(drawn.canonical())))
    body = withdrawal_body(withdrawal)
    entry = record(outlet=drawn.outlet, at=drawn.at, actor=drawn.by, act=ActName.WITHDRAWAL, body=body)
    _insert(
        "gate_withdrawal",
        publication=drawn.publication,
        outlet=drawn.outlet,
        kind=str(drawn.kind),
        by_whom=drawn.by,
        reason=drawn.reason,
        at=utc(drawn.at),
        entry=entry.hash,
        content=_text({name: body[name] for name in ("by_name", "key", "publication", "signature")}),
    )
    return withdrawal


def void_all(outlet: str, story: str, now: datetime, reason: str) -> None:
    """End every approval of a story for any further use; what was published with one stands on it as before."""
    _void(outlet, story, "version > %s", 0, now, reason)


def _waiting(outlet: str, story: str, at: datetime) -> list[Digest]:
    """The ids of a story's publications whose time has not come at `at` and that nobody ended, the earliest made first."""
    found = rows(
        "SELECT p.id FROM gate_publication p WHERE p.outlet = %s AND p.story = %s AND p.not_before > %s"
        " AND NOT EXISTS (SELECT 1 FROM gate_withdrawal w WHERE w.publication = p.id) ORDER BY p.made_at",
        outlet,
        story,
        utc(at),
    )
    return [Digest(str(id_)) for (id_,) in found]


def last_publication(outlet: str, story: str) -> str:
    """The id of the publication that nothing supersedes; '' before the first."""
    found = rows(
        "SELECT p.id FROM gate_publication p WHERE p.outlet = %s AND p.story = %s"
        " AND NOT EXISTS (SELECT 1 FROM gate_publication q WHERE q.supersedes = p.id)",
        outlet,
        story,
    )
    return str(found[0][0]) if found else ""


def _next_number(outlet: str, story: str) -> int:
    return int(
        rows(
            "SELECT COALESCE(MAX(number), 0) + 1 FROM gate_version WHERE outlet = %s AND story = %s",
            outlet,
            story,
        )[0][0]
    )


def _keep_words(content: bytes) -> None:
    digest = digest_of(content)
    held = rows("SELECT content IS NULL FROM gate_words WHERE digest = %s", digest)
    if not held:
        _insert("gate_words", digest=digest, content=content)
    elif held[0][0]:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE gate_words SET content = %s WHERE digest = %s", [content, digest])


def _void(outlet: str, story: str, which: str, number: int, now: datetime, reason: str) -> None:
    """End the approvals of `which` versions of a story: of those before a newer one, or of all."""
    stale = rows(
        # The condition is this module's own words, never a caller's.
        f"SELECT id FROM gate_approval a WHERE outlet = %s AND story = %s AND {which}"  # noqa: S608
        " AND NOT EXISTS (SELECT 1 FROM gate_voiding v WHERE v.approval = a.id)",
        outlet,
        story,
        number,
    )
    at = moment(outlet, now)
    for (approval,) in stale:
        _insert("gate_voiding", approval=approval, reason=reason, at=utc(at))
        record(
            outlet=outlet,
            at=at,
            actor="gate",
            act=ActName.VOIDING,
            body={"approval": approval, "story": story, "version": number},
        )


def _insert(table: str, **values: object) -> None:
    columns, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        # Table and column names are this module's own words, never a caller's.
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))  # noqa: S608


def _text(canonical: dict[str, object]) -> str:
    return canonical_bytes(canonical).decode()  # type: ignore[arg-type]


class _told:
    """Turns the gate's refusal into one sentence for a person; other database errors stay what they are."""

    def __init__(self, story: str, step: str) -> None:
        self._story, self._step = story, step

    def __enter__(self) -> None:
        """Nothing to set up."""

    def __exit__(self, kind: object, err: BaseException | None, trace: object) -> None:
        if isinstance(err, DatabaseError) and (why := str(err)).startswith(("gate:", "ledger:")):
            raise NotAllowed(
                self._story, step=self._step, hint=f"{why.split(': ', 1)[1].capitalize()}."
            ) from err
