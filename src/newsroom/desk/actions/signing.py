"""The signature and what follows it: approve with a one-time code, publish, correct, withdraw.

The one way to approve, whoever asks: the desk's page and the command line are two doors to it.
"""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction

from backread.check.report import to_plain
from backread.errors import NotAllowed
from backread.ledger.entry import ActName
from backread.ledger.receipt import Kept, evidence_root, leaves
from backread.review.refusal import Allowed, Refusal
from backread.review.states import Move, StoryState, after, may_move
from backread.values.canonical import Digest, canonical_bytes, canonical_digest, digest_of
from backread.values.person import Person
from backread.values.publication import Approval, Publication, WithdrawalKind, missing
from backread.values.words import Copy
from newsroom import failpoints
from newsroom.accounts import codes
from newsroom.accounts.models import Person as PersonRow
from newsroom.desk.actions.sentences import digest_of_decisions
from newsroom.desk.case import CORRECTION, Case, cited
from newsroom.desk.case import case as case_of
from newsroom.desk.models import Remark
from newsroom.desk.room import Room
from newsroom.ledger.actions import record
from newsroom.stories import actions as gate
from newsroom.stories import models, rows
from newsroom.stories.rows import publication_from

__all__ = [
    "WrongCode",
    "approve",
    "kept",
    "open_correction",
    "publication_from",
    "publication_of",
    "shown",
    "sign",
    "withdraw",
]

_MOVES = {
    WithdrawalKind.CANCEL: Move.CANCEL,
    WithdrawalKind.RETRACT: Move.RETRACT,
    WithdrawalKind.TAKEDOWN: Move.TAKE_DOWN,
}
_STEP = "approve it"
_STALE = "Readers see another version of this story by now: look at the list again, and withdraw the one that stands."


class WrongCode(NotAllowed):
    """The one-time code was wrong, or was used before."""


def approve(
    *,
    room: Room,
    case: Case,
    person: Person,
    code: str,
    saw: str,
    now: datetime,
    not_before: datetime | None = None,
) -> Publication | None:
    """Sign exactly what the person saw, and publish where everybody needed has signed; None where someone is missing.

    `saw` is what `shown` said when it was shown. Raises NotAllowed in the gate's words, or where something else stands
    there now, and WrongCode.
    """
    if not room.outlet.responsible.strip():
        raise NotAllowed(room.outlet.name, step="publish", hint="It names no responsible person.")
    if not_before is not None and not_before < now:
        raise NotAllowed(
            "the time to publish", step="publish then", hint="It is past; leave it away for now."
        )
    _asked(case, person, saw, now)
    _use_up(room, person, code, now)
    with transaction.atomic():
        held = _again(room, case)
        approval = sign(room=room, case=held, person=person, saw=saw, now=now)
        given = [a for a in held.approvals if now < a.expires_at and a.correction == approval.correction]
        made = None
        if not missing((*given, approval)):
            made = _publish(held, person, approval, now, not_before)
    failpoints.reach("signed")
    return made


def _use_up(room: Room, person: Person, code: str, now: datetime) -> None:
    """Take a one-time code of this person. Raises WrongCode."""
    who = PersonRow.objects.get(username=person.id)
    if not codes.accept(who, code, home=room.home, now=now):
        raise WrongCode(
            "the one-time code", step="accept it", hint="It is wrong, or was used before: take the next one."
        )


def shown(case: Case, person: Person) -> Digest:
    """The digest of everything that `person` is about to sign: the words, and all that is signed beside them.

    It goes out with the page and comes back with the code. What was changed in between, in whichever row, gives another.
    """
    return canonical_digest(
        {
            "alone": case.rules.single_editor,
            "approver": [person.id, person.name, person.title],
            "correction": case.fix,
            "decisions": digest_of_decisions(case),
            "evidence": evidence_root(kept(case)),
            "needed": case.needed,
            "reviewed": case.is_reviewed(person),
            "version": case.version.digest,
        }
    )


def sign(*, room: Room, case: Case, person: Person, saw: str, now: datetime) -> Approval:
    """Sign exactly what the person saw, inside the caller's transaction. The caller has taken password and code.

    Raises NotAllowed in the gate's words, or where something else stands there now than `shown` said.
    """
    move = _asked(case, person, saw, now)
    with transaction.atomic():
        version = case.version
        if not case.frozen:
            version = gate.freeze_version(
                outlet=room.outlet.pk, story=case.row.slug, copy=Copy(story=case.report.story),
                clauses=case.clauses, drafter=case.drafter, now=now,
            )  # fmt: skip
        if version.digest != case.version.digest:
            raise _changed(case.row)
        if move is Move.APPROVE:
            _set(case.row, after(_from(case), move))
        return gate.approve(
            version=version, person=person, signer=room.signer, needed=case.needed, evidence_root=evidence_root(kept(case)),
            checks_digest=_checks(case), decisions_digest=digest_of_decisions(case),
            reviewed=case.is_reviewed(person), now=now, leaves=leaves(kept(case)), correction=case.fix, alone=case.rules.single_editor,
        )  # fmt: skip


def _asked(case: Case, person: Person, saw: str, now: datetime) -> Move:
    """The move that approving is now. Raises NotAllowed in the words of whoever has something against it."""
    if saw != shown(case, person):
        raise _changed(case.row)
    answer = case.answer(person, now)
    if not isinstance(answer, Allowed):
        first, more = answer.refusals[0].words, len(answer.refusals) - 1
        raise NotAllowed(case.row.title, step=_STEP, hint=f"{first} And {more} more." if more else first)
    return _move(case, person, _STEP)


def _again(room: Room, case: Case) -> Case:
    """The case as it stands now that nobody else can write. What was read before the lock may be another's past.

    Nothing is checked again here: other words than those that were read are refused, not looked at.
    """
    row = models.Story.objects.get(pk=case.row.pk)
    if row.head.pk != case.head.pk:
        raise _changed(row)
    return case_of(room, row)


def _changed(row: models.Story) -> NotAllowed:
    return NotAllowed(row.title, step=_STEP, hint="It was changed since you opened this page: read it again.")


def open_correction(*, room: Room, case: Case, person: Person, words: str, now: datetime) -> None:
    """Open a correction of what is out: its words first, then the sentences. It goes through the same review."""
    answer = may_move(person=person, state=case.state, move=Move.CORRECT, reason=words)
    if isinstance(answer, Refusal):
        raise NotAllowed(case.row.title, step="correct it", hint=answer.words)
    with transaction.atomic():
        Remark.objects.create(story=case.row, move=CORRECTION, by=person.id, reason=words.strip(), at=now)
        body = {"story": case.row.slug, "words": words.strip()}
        record(outlet=room.outlet.pk, at=now, actor=person.id, act=ActName.CORRECTION, body=body)
        # Its words are signed with the text: who signed before has signed other words, and signs again.
        gate.void_all(room.outlet.pk, case.row.slug, now, "a correction was opened")


def withdraw(
    *,
    room: Room,
    story: models.Story,
    person: Person,
    publication: str,
    kind: WithdrawalKind,
    reason: str,
    now: datetime,
    code: str = "",
) -> None:
    """End a publication, at once, by one person, with a reason that readers see: what stands by retraction or takedown, and
    whatever waits of the story with it, which asks for a one-time code; what waits by cancelling, which asks for none.

    Raises NotAllowed in one sentence, that a form is stale too, and WrongCode.
    """
    held = publication_of(room.outlet.pk, story.slug, publication)
    if kind is not WithdrawalKind.CANCEL:
        # Asked before the code is used up, and again under the lock.
        _may_end(story, held, person, kind, reason, now)
        _use_up(room, person, code, now)
    with transaction.atomic():
        story.refresh_from_db(fields=["state"])
        state = _may_end(story, held, person, kind, reason, now)
        gate.withdraw(publication=held, kind=kind, person=person, signer=room.signer, reason=reason, now=now)
        Remark.objects.create(story=story, move=str(kind), by=person.id, reason=reason.strip(), at=now)
        standing = _standing(story, now) if kind is WithdrawalKind.CANCEL else None
        _set(story, standing or after(state, _MOVES[kind]))


def _may_end(
    story: models.Story, held: Publication, person: Person, kind: WithdrawalKind, reason: str, now: datetime
) -> StoryState:
    """The state that this end is a move from. Raises NotAllowed where it is not the end of what it says it ends.

    What stands is asked of the publications: where the worker has not moved a story since its time came, its row is late.
    """
    step = f"{kind} it"
    state = StoryState(story.state)
    if kind is not WithdrawalKind.CANCEL:
        if held.not_before > now:
            raise NotAllowed(story.title, step=step, hint="It waits for its time and nobody has seen it: cancel it.")  # fmt: skip
        if held.id not in [row[1] for row in rows.standing(story.outlet_id, now, story.slug)]:
            raise NotAllowed(story.title, step=step, hint=_STALE)
        if rows.withdrawn(held.id) is not None:
            raise NotAllowed(story.title, step=step, hint="It was withdrawn before, and that is signed: nothing was done.")  # fmt: skip
        state = _standing(story, now) or state
    answer = may_move(person=person, state=state, move=_MOVES[kind], reason=reason)
    if isinstance(answer, Refusal):
        raise NotAllowed(story.title, step=step, hint=answer.words)
    return state


def _standing(story: models.Story, now: datetime) -> StoryState | None:
    """Where a story stands by what readers see of it; None where they see nothing."""
    found = rows.standing(story.outlet_id, now, story.slug)
    if not found:
        return None
    made, gone = publication_from(json.loads(found[0][2])), rows.withdrawn(found[0][1])
    if gone is not None:
        return StoryState.RETRACTED if gone.kind is WithdrawalKind.RETRACT else StoryState.TAKEN_DOWN
    return StoryState.CORRECTED if made.correction else StoryState.PUBLISHED


def publication_of(outlet: str, story: str, id_: str) -> Publication:
    """A publication of this story by its id. Raises NotAllowed where there is none."""
    try:
        return rows.publication(id_, outlet=outlet, story=story)
    except LookupError as err:
        raise NotAllowed(story, step="find that publication", hint="Look at the list again.") from err


def _move(case: Case, person: Person, step: str) -> Move:
    """Which legal move the approval is: of a draft, or of a correction that is open."""
    fixing = bool(case.fix) and case.state in (
        StoryState.PUBLISHED,
        StoryState.CORRECTED,
        StoryState.RETRACTED,
    )
    move = Move.CORRECT if fixing else Move.APPROVE
    answer = may_move(person=person, state=_from(case), move=move, reason=case.fix or "-")
    if isinstance(answer, Refusal):
        raise NotAllowed(case.row.title, step=step, hint=answer.words)
    return move


def _from(case: Case) -> StoryState:
    """Where an approval starts: a draft that nobody opened on a sentence is in review when it is signed."""
    return StoryState.IN_REVIEW if case.state is StoryState.DRAFTED else case.state


def _publish(
    case: Case, person: Person, approval: Approval, now: datetime, not_before: datetime | None
) -> Publication:
    made = gate.publish(approval=approval, by=person.id, now=now, not_before=not_before)
    later = not_before is not None and not_before > now
    state = StoryState.CORRECTED if case.fix else StoryState.SCHEDULED if later else StoryState.PUBLISHED
    Remark.objects.create(story=case.row, move="published", by=person.id, reason="", at=now)
    _set(case.row, state)
    return made


def _set(row: models.Story, state: StoryState | None) -> None:
    if state is not None:
        row.state = str(state)
        row.save(update_fields=["state"])


def kept(case: Case) -> tuple[Kept, ...]:
    """What the story rests on, as a receipt tells it."""
    return tuple(map(Kept.of, cited(case.report)))


def _checks(case: Case) -> Digest:
    return digest_of(canonical_bytes(to_plain(case.report)))  # type: ignore[arg-type]
