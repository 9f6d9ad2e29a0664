"""Before a file is written: every digest computed again, every signature checked, every claim held to the record.

Rows in a database can be made to lie; this file believes none of them. Whatever does not fit raises PublishError,
and no file is written.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping

from backread.errors import PublishError
from backread.ledger.entry import (
    ActName,
    approval_body,
    erasure_of,
    publication_body,
    read,
    withdrawal_body,
)
from backread.ledger.keys import KeyRole, verify
from backread.ledger.receipt import Kept
from backread.ledger.verdict import judge
from backread.publish import grounds
from backread.publish.record import Outlet, Past, PublicRecord, Trust
from backread.publish.voice import Voice
from backread.values.canonical import canonical_bytes, digest_of
from backread.values.person import Level
from backread.values.publication import (
    PARTS,
    Approval,
    Entry,
    Erasure,
    Publication,
    Withdrawal,
    WithdrawalKind,
    missing,
)
from backread.values.statement import ClauseId, Parameter
from backread.values.words import Copy

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+){0,30}")


def outlet(told: Outlet, voice: Voice) -> None:
    """Raises PublishError unless `told` names a responsible person and claims nothing it cannot prove."""
    if not told.responsible.strip():
        raise PublishError(
            told.name, step="publish", hint="Name the person responsible for this outlet first."
        )
    for text in (told.name, told.place, told.responsible, *told.about, *told.topics.values()):
        if (wrong := voice.refuses(text)) is not None:
            raise PublishError(
                f"the outlet's text {text!r}", step="publish", hint=getattr(wrong, "words", "")
            )
    if bad := [slug for slug in told.topics if not _SLUG.fullmatch(slug)]:
        raise PublishError(f"the topic {bad[0]!r}", step="publish", hint="A slug has a-z, 0-9 and hyphens.")


def before(record: PublicRecord, trust: Trust, voice: Voice) -> Copy | None:
    """The words of `record`, None when a part of them was erased. Raises PublishError when anything does not fit."""
    wrong = next(iter(wrongs(record, trust, voice)), None)
    if wrong is not None:
        raise PublishError(f"story {record.story}", step="publish it", hint=f"{wrong[0].upper()}{wrong[1:]}.")
    copy = _copy(record)
    is_down = record.withdrawal is not None and record.withdrawal.kind is WithdrawalKind.TAKEDOWN
    if (
        copy is not None
        and not is_down
        and (wrong := next(iter(grounds.wrongs(record, copy, _erased_captures(record, trust))), None))
        is not None
    ):
        raise PublishError(f"story {record.story}", step="publish it", hint=f"{wrong[0].upper()}{wrong[1:]}.")
    return copy


def wrongs(record: PublicRecord, trust: Trust, voice: Voice) -> Iterable[str]:
    """Everything about `record` that does not fit, in words, its evidence apart; nothing when all fits."""
    version, made = record.version, record.publication
    if not _SLUG.fullmatch(record.slug) or record.topic not in trust.outlet.topics:
        yield "its address or topic is not one of this outlet's"
    # The address is words too, in every link and feed: those of the story's name, which every approval signs.
    if record.slug != version.story:
        yield "its address is another than that of the story that was signed"
    of = (version.outlet, version.story, version.number, version.digest)
    if version.outlet != trust.outlet.id or (made.outlet, made.story, made.version, made.digest) != of:
        yield "the publication is not of this version"
    if any(
        part in record.contents and digest_of(record.contents[part]) != version.parts[part] for part in PARTS
    ):
        yield "the words are not those that were approved"
    yield from _bad_approvals(record, trust)
    yield from _bad_entries(record)
    yield from _bad_past(record, trust)
    yield from _bad_return(record, trust)
    yield from _bad_withdrawal(record, trust)
    yield from _bad_erasure(record, trust)
    yield from _bad_statement(record, voice)
    yield from _bad_receipt(record, trust, voice)


def _bad_approvals(record: PublicRecord, trust: Trust) -> Iterable[str]:
    version = record.version
    of = (version.outlet, version.story, version.number, version.digest)
    # How many are needed stands in what was signed: a row that says less changes nothing.
    if (more := missing(record.approvals)) or any(a.needed < 1 for a in record.approvals):
        yield f"by what was signed, {max(more, 1)} more must approve it"
    if record.publication.approval not in {a.id for a in record.approvals}:
        yield "its publication rests on an approval that is not here"
    for approval in record.approvals:
        if (approval.outlet, approval.story, approval.version, approval.digest) != of:
            yield "an approval is of other words"
        if not approval.approved_at <= record.publication.not_before < approval.expires_at:
            yield "it is set for a time its approval does not cover"
        if approval.correction != record.publication.correction:
            yield "what it says was corrected is not what was signed"
        if (why := _unsigned(approval, trust)) is not None:
            yield why


def _unsigned(approval: Approval, trust: Trust) -> str | None:
    if approval.level is not Level.B:
        return "it is signed by a passkey, which cannot be verified yet"
    if not trust.keys.holds(approval.key, KeyRole.ATTESTATION, approval.approved_at):
        return "the key of an approval is not one of this outlet's for that time"
    if not verify(approval.key, canonical_bytes(approval.canonical()), approval.signature):  # type: ignore[arg-type]
        return f"the signature of {approval.approver_name}'s approval does not fit"
    return None


def _bad_entries(record: PublicRecord) -> Iterable[str]:
    try:
        entries = [read(content) for content in record.entries]
    except ValueError as err:
        yield f"a ledger entry cannot be read: {err}"
        return
    for approval in record.approvals:
        given = _entered(entries, record.version.outlet, ActName.APPROVAL, approval_body(approval))
        if given is None:
            yield "an approval is not in the ledger"
        elif (given.at, given.actor) != (approval.approved_at, approval.approver):
            yield "an approval is dated or named otherwise than its ledger entry"
    entry = _entered(
        entries, record.version.outlet, ActName.PUBLICATION, publication_body(record.publication)
    )
    if entry is None:
        yield "its publication is not in the ledger"
    elif any(entry.at >= a.expires_at for a in record.approvals):
        yield "its approval had expired when it was published"


def _bad_past(record: PublicRecord, trust: Trust) -> Iterable[str]:
    """What readers are told came before: each publication names the one before it by its digest, up to the first, and
    rests on an approval of its own."""
    before, of = record.publication.supersedes, (record.version.outlet, record.version.story)
    for past in reversed(record.past):
        made = past.publication
        if made.id != before or (made.outlet, made.story) != of:
            break
        before = made.supersedes
        if past.cancelled is None:
            yield from _bad_earlier(past, trust)
        elif not _is_cancelled(record, past.cancelled, made, trust):
            yield "a cancellation of what it supersedes is not in the ledger"
    if before:
        yield "what it supersedes is not what was published"
    if record.first_published != next((e.published for e in record.earlier), record.publication.not_before):
        yield "it is said to have come out first at another time"


def _bad_earlier(past: Past, trust: Trust) -> Iterable[str]:
    made = past.publication
    of = (made.outlet, made.story, made.version, made.digest, made.correction)
    if made.approval not in {a.id for a in past.approvals} or any(
        (a.outlet, a.story, a.version, a.digest, a.correction) != of for a in past.approvals
    ):
        yield "what it supersedes rests on an approval that is not here"
    elif any(not a.approved_at <= made.not_before < a.expires_at for a in past.approvals):
        yield "what it supersedes was set for a time its approval does not cover"
    elif (why := next((why for a in past.approvals if (why := _unsigned(a, trust))), None)) is not None:
        yield f"of what it supersedes, {why}"
    elif more := missing(past.approvals):
        yield f"by what was signed, {more} more had to approve what it supersedes"


def _bad_return(record: PublicRecord, trust: Trust) -> Iterable[str]:
    """What was retracted or taken down comes out again only in words that everybody approved afterwards, by the ledger's order."""
    entries = _read(record)
    given = [
        _entered(entries, record.version.outlet, ActName.APPROVAL, approval_body(a)) for a in record.approvals
    ]
    for gone in (past.withdrawn for past in record.past if past.withdrawn is not None):
        ended = _entered(entries, record.version.outlet, ActName.WITHDRAWAL, withdrawal_body(gone))
        if ended is None or not _is_signed(gone, record, trust):
            yield "a withdrawal of what it supersedes is not in the ledger, or nobody signed it"
        elif any(entry is not None and entry.seq < ended.seq for entry in given):
            yield "it was approved before what it supersedes was withdrawn"


def _is_cancelled(record: PublicRecord, gone: Withdrawal, made: Publication, trust: Trust) -> bool:
    entry = _entered(_read(record), record.version.outlet, ActName.WITHDRAWAL, withdrawal_body(gone))
    is_told = entry is not None and (entry.at, entry.actor) == (gone.at, gone.by) and _is_signed(gone, record, trust)  # fmt: skip
    return is_told and (gone.kind, gone.publication) == (WithdrawalKind.CANCEL, made.id) and gone.at < made.not_before  # fmt: skip


def _is_signed(gone: Withdrawal, record: PublicRecord, trust: Trust) -> bool:
    """Whether the outlet's key signed this very end. An entry alone could be written by whoever holds the database."""
    ours = gone.outlet == record.version.outlet
    return ours and trust.keys.attests(gone.key, gone.at, canonical_bytes(gone.canonical()), gone.signature)


def _bad_withdrawal(record: PublicRecord, trust: Trust) -> Iterable[str]:
    """What readers are told of an end is what somebody entered; a takedown names nothing that the story rests on."""
    gone, made = record.withdrawal, record.publication
    if gone is None:
        return
    if gone.publication != made.id:
        yield "the withdrawal is of another publication"
    entry = _entered(_read(record), record.version.outlet, ActName.WITHDRAWAL, withdrawal_body(gone))
    if entry is None or (entry.at, entry.actor) != (gone.at, gone.by):
        yield "its withdrawal is not in the ledger, by whom and when it says"
    if not _is_signed(gone, record, trust):
        yield "its withdrawal is signed by nobody: whatever it says, no editor gave that reason"
    if gone.kind is WithdrawalKind.CANCEL and gone.at >= made.not_before:
        yield "it was out before it was cancelled"
    told = [*record.sources, *record.evidence, *(k for k in record.receipt.evidence if isinstance(k, Kept))]
    if gone.kind is WithdrawalKind.TAKEDOWN and told:
        yield "it was taken down, and its record still names what it rests on"


def _bad_erasure(record: PublicRecord, trust: Trust) -> Iterable[str]:
    """Words that are not there were erased by two people, who signed for this story and these words; else somebody lost
    or hid them."""
    for entry in _read(record):
        if entry.act == ActName.ERASURE and (why := _why_none(entry, record, trust)) is not None:
            yield f"the erasure in entry {entry.seq} of the ledger of {entry.outlet} {why}: no two people removed what it names"
    named = {d for made in _erasures(record, trust) if made.story == record.story for d in made.digests}
    if any(record.version.parts[part] in named for part in record.contents):
        yield "words of it that two people erased are there again"
    lost = [p for p in PARTS if p not in record.contents and record.version.parts[p] not in named]
    if lost:
        yield f"its words ({', '.join(lost)}) are not there, and no erasure of them that was signed is in the ledger"


def _why_none(entry: Entry, record: PublicRecord, trust: Trust) -> str | None:
    """Why what this entry calls an erasure is none of this outlet; None where it is one."""
    if entry.outlet != record.version.outlet:
        return "is not this outlet's"
    try:
        made = erasure_of(entry)
    except ValueError:
        return "is signed by nobody"
    if not trust.keys.holds(made.key, KeyRole.ATTESTATION, made.at):
        return "is signed with a key that is not one of this outlet's for that time"
    signed = verify(made.key, canonical_bytes(made.canonical()), made.signature)  # type: ignore[arg-type]
    return None if signed else "has a signature that does not fit"


def _erasures(record: PublicRecord, trust: Trust) -> Iterable[Erasure]:
    """The erasures among the record's entries that were signed as they say. An entry alone could be written by whoever
    holds the database."""
    entries = (entry for entry in _read(record) if entry.act == ActName.ERASURE)
    return (erasure_of(entry) for entry in entries if _why_none(entry, record, trust) is None)


def _erased_captures(record: PublicRecord, trust: Trust) -> frozenset[str]:
    """The ids of captures that were erased; among them digests of texts and records, which are nobody's ids."""
    return frozenset(d for made in _erasures(record, trust) if made.capture for d in made.digests)


def _read(record: PublicRecord) -> list[Entry]:
    """The record's entries that can be read; of one that cannot `_bad_entries` tells."""
    found = []
    for content in record.entries:
        with contextlib.suppress(ValueError):
            found.append(read(content))
    return found


def _entered(entries: Iterable[Entry], outlet_: str, act: str, body: dict[str, object]) -> Entry | None:
    return next((e for e in entries if (e.outlet, e.act, e.body) == (outlet_, act, body)), None)


def _bad_statement(record: PublicRecord, voice: Voice) -> Iterable[str]:
    clauses = record.statement.clauses
    if not record.statement.says_how_made:
        yield "nothing on record says how it was made"
    if [c.canonical() for c in clauses if c.id.is_signed] != [c.canonical() for c in record.version.clauses]:
        yield "the statement is not the one that was signed"
    told = [c for c in clauses if c.id in (ClauseId.CHECKED_AND_APPROVED, ClauseId.APPROVED)]
    if len(told) != 1 or not any(_is_by(told[0].parameters, a, told[0].id) for a in record.approvals):
        yield "the statement names an approval that is not here"
    alone = any(a.alone for a in record.approvals) and len({a.approver for a in record.approvals}) == 1
    if alone != any(c.id is ClauseId.SINGLE_EDITOR for c in clauses):
        yield "it says that one editor works alone where nobody signed that, or hides it"
    if clauses[-1:] != tuple(c for c in clauses if c.id is ClauseId.RECORD):
        yield "the statement does not end with the record"
    elif not clauses[-1].parameters.get("outlet") and any(a.level is not Level.A for a in record.approvals):
        yield "the statement does not say whose record it is"
    try:
        for clause in clauses:
            voice.words(clause)
    except (KeyError, ValueError, TypeError):
        yield "a clause of the statement lacks what fills it"


def _is_by(told: Mapping[str, Parameter], approval: Approval, id_: ClauseId) -> bool:
    named = (told.get("name"), told.get("role")) == (approval.approver_name, approval.role)
    return named and (approval.reviewed or id_ is ClauseId.APPROVED)


def _bad_receipt(record: PublicRecord, trust: Trust, voice: Voice) -> Iterable[str]:
    receipt = record.receipt
    if receipt.version != record.version or receipt.publication != record.publication:
        yield "the receipt is of another publication"
    if receipt.approvals != record.approvals or receipt.origin != trust.origin:
        yield "the receipt has other approvals, or another log"
    if tuple(clause for clause, _ in receipt.statement) != record.statement.clauses:
        yield "the receipt has another statement"
    verdict = judge(receipt, [key.id for key in trust.keys.keys], says=voice.words)
    if failed := next((step for step in verdict.steps if not step.passed), None):
        yield f"its receipt does not hold ({failed.name}: {failed.words})"


def _copy(record: PublicRecord) -> Copy | None:
    if any(part not in record.contents for part in PARTS):
        return None
    try:
        return Copy.read(record.contents)
    except ValueError as err:
        raise PublishError(f"story {record.story}", step="read its words", hint=str(err)) from err
