"""Attempts on who signed and when, through the real builder with every trigger off; and on what readers are told of an end.

How many must approve and the time of each act stand in what was signed and entered; a row that says otherwise changes nothing.
"""

from __future__ import annotations

import contextlib
import json
import unittest.mock
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from test_bypass_files import forge_publication
from test_bypass_more import LIE, said

from backread.adapters.signing import FileSigner
from backread.errors import BackreadError, PublishError
from backread.ledger.entry import ActName, approval_body, withdrawal_body
from backread.ledger.keys import KeyRole
from backread.ports import Signer
from backread.values.canonical import Digest, canonical_bytes, canonical_digest
from backread.values.publication import Approval, Withdrawal, WithdrawalKind, utc
from newsroom import press
from newsroom.accounts.models import Outlet
from newsroom.desk.actions import signing
from newsroom.desk.case import case
from newsroom.desk.room import Room as Desk
from newsroom.ledger.actions import record
from newsroom.stories import rows
from newsroom_room import EDITOR, NOW, SECOND, SENTENCES, Room, made, room

__all__ = ["made", "room"]


# Two people must approve, and one did. How many are needed stands in what the one has signed.


def half_approved(room: Room) -> Approval:
    """The first of two signatures, every trigger off."""
    desk = Desk(room.outlet, room.home)
    held = case(desk, room.story())
    with unittest.mock.patch("backread.review.gate._asks_for_second", return_value=True):
        first = signing.sign(room=desk, case=held, person=EDITOR, saw=signing.shown(held, EDITOR), now=NOW)
    assert first.needed == 2
    room.unlock()
    return first


def needed_lowered_in_the_row(room: Room) -> None:
    first = half_approved(room)
    room.sql("UPDATE gate_approval SET needed = 1")
    forge_publication(room, digest=first.digest, approval=first.id)


def needed_lowered_in_row_and_statement(room: Room) -> None:
    first = half_approved(room)
    stated = first.canonical() | {"needed": 1}
    id_ = canonical_digest(stated)
    room.sql(
        "UPDATE gate_approval SET needed = 1, content = %s, id = %s", canonical_bytes(stated).decode(), id_
    )
    forge_publication(room, digest=first.digest, approval=id_)


def needed_lowered_everywhere(room: Room) -> None:
    """Row, statement and a ledger entry of its own; the signature is that of the honest statement."""
    first = half_approved(room)
    stated = first.canonical() | {"needed": 1}
    low = replace(first, needed=1)
    with transaction.atomic():
        entry = record(outlet="tide", at=NOW, actor="ann", act=ActName.APPROVAL, body=approval_body(low))
    room.sql(
        "UPDATE gate_approval SET needed = 1, content = %s, id = %s, entry = %s",
        canonical_bytes(stated).decode(), low.id, entry.hash,
    )  # fmt: skip
    forge_publication(room, digest=first.digest, approval=low.id)


def needed_left_out(room: Room) -> None:
    """As a statement of before it was signed: then it would be one."""
    first = half_approved(room)
    stated = {k: v for k, v in first.canonical().items() if k != "needed"}
    room.sql("UPDATE gate_approval SET needed = 1, content = %s", canonical_bytes(stated).decode())
    forge_publication(room, digest=first.digest, approval=first.id)


def the_first_signature_copied_under_another_name(room: Room) -> None:
    first = half_approved(room)
    other = replace(first, approver="bo", approver_name="Bo Tamm", nonce="b")
    with transaction.atomic():
        entry = record(outlet="tide", at=NOW, actor="bo", act=ActName.APPROVAL, body=approval_body(other))
    room.sql(
        "INSERT INTO gate_approval SELECT %s, outlet, story, version, digest, 'bo', needed, approved_at, expires_at, %s, %s, signature FROM gate_approval",
        other.id, entry.hash, canonical_bytes(other.canonical()).decode(),
    )  # fmt: skip
    forge_publication(room, digest=first.digest, approval=first.id)


def the_first_signature_twice(room: Room) -> None:
    """The same person and statement under another id."""
    first = half_approved(room)
    room.sql(
        "INSERT INTO gate_approval SELECT %s, outlet, story, version, digest, 'bo', needed, approved_at, expires_at, entry, content, signature FROM gate_approval",
        "9" * 64,
    )  # fmt: skip
    forge_publication(room, digest=first.digest, approval=first.id)


def a_single_editor_by_row_alone(room: Room) -> None:
    """The outlet's setting is changed after the first signature."""
    first = half_approved(room)
    Outlet.objects.update(single_editor=True)
    forge_publication(room, digest=first.digest, approval=first.id)


def dated_into_the_life_of_the_approval(room: Room) -> None:
    """Used a day too late: the row is dated back, the ledger's clock is not."""
    approval = room.approve(room.story())
    room.unlock()
    with transaction.atomic():
        record(
            outlet="tide", at=NOW + timedelta(days=2), actor="ann", act=ActName.EDIT, body={"story": "pier"}
        )
    forge_publication(room, digest=approval.digest, approval=approval.id, made_at=utc(NOW))


def an_approval_dated_back(room: Room) -> None:
    """Signed again with the outlet's key under an older date than its entry's."""
    approval = room.approve(room.story())
    room.unlock()
    stated = approval.canonical() | {"approved_at": utc(NOW - timedelta(hours=2))}
    key = FileSigner(room.home / "keys" / "attestation.pem")
    old = rows.approval_from(stated, key(canonical_bytes(stated)))
    with transaction.atomic():
        entry = record(outlet="tide", at=NOW, actor="ann", act=ActName.APPROVAL, body=approval_body(old))
    room.sql(
        "UPDATE gate_approval SET id = %s, content = %s, signature = %s, entry = %s",
        old.id, canonical_bytes(stated).decode(), old.signature, entry.hash,
    )  # fmt: skip
    forge_publication(room, digest=approval.digest, approval=old.id)


ATTEMPTS: list[Callable[[Room], None]] = [
    needed_lowered_in_the_row, needed_lowered_in_row_and_statement, needed_lowered_everywhere, needed_left_out,
    the_first_signature_copied_under_another_name, the_first_signature_twice, a_single_editor_by_row_alone, dated_into_the_life_of_the_approval,
    an_approval_dated_back,
]  # fmt: skip


@pytest.mark.parametrize("stands", [False, True], ids=["first build", "one story more"])
@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda a: a.__name__)
def test_no_file_holds_a_word_of_it(room: Room, attempt: Callable[[Room], None], stands: bool) -> None:
    if stands:
        room.build(NOW - timedelta(hours=1))
    # Refused on the way or not: what stands on the disk counts.
    with contextlib.suppress(DatabaseError, BackreadError):
        attempt(room)
    with contextlib.suppress(DatabaseError, BackreadError):
        room.build(NOW + timedelta(days=10))
    assert room.public() == {}


def test_both_signatures_and_the_story_is_out(room: Room) -> None:
    """Without this, every attempt above would pass on a builder that never counts to two."""
    row = room.story()
    with unittest.mock.patch("backread.review.gate._asks_for_second", return_value=True):
        room.approve(row)
        room.publish(room.approve(row, person=SECOND))
    assert room.build().refused == ()
    assert set(room.public()) == set(SENTENCES[:2])


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        pytest.param("UPDATE gate_withdrawal SET reason = 'The mayor steals.'", "not in the ledger", id="other words for the readers"),
        pytest.param("UPDATE gate_withdrawal SET kind = 'retract'", "not in the ledger", id="another kind"),
        pytest.param("UPDATE gate_withdrawal SET at = '2026-01-01T00:00:00.000000Z'", "not in the ledger", id="dated back"),
        pytest.param("UPDATE gate_withdrawal SET kind = 'cancel'", "not in the ledger", id="called cancelled"),
    ],
)  # fmt: skip
def test_readers_are_told_of_an_end_what_somebody_entered(room: Room, statement: str, why: str) -> None:
    out = room.desk_approve(room.story())
    assert out is not None
    room.build()
    later = NOW + timedelta(hours=1)
    room.withdraw(
        publication=out, kind=WithdrawalKind.TAKEDOWN, person=SECOND, reason="A court says so.", now=later
    )
    room.unlock()
    room.sql(statement)
    (refused,) = room.build(later).refused
    assert why in str(refused)
    assert "steals" not in "".join(
        p.read_text("utf-8", "replace") for p in (room.home / "site").rglob("*.html")
    )


@pytest.mark.parametrize("kind", [WithdrawalKind.TAKEDOWN, WithdrawalKind.RETRACT], ids=str)
def test_a_withdrawal_that_is_deleted_brings_nothing_back(room: Room, kind: WithdrawalKind) -> None:
    out = room.desk_approve(room.story())
    assert out is not None
    later = NOW + timedelta(hours=1)
    room.withdraw(publication=out, kind=kind, person=SECOND, reason="A court says so.", now=later)
    room.build(later)
    before = room.public()
    room.unlock()
    room.sql("DELETE FROM gate_withdrawal")
    with pytest.raises(PublishError, match="doctor"):
        press.site(store=room.store, outlet=room.outlet, home=room.home, now=later, whole=True)
    assert room.public() == before


def test_a_cancellation_that_is_deleted_lets_nothing_out(room: Room) -> None:
    out = room.desk_approve(room.story(), not_before=NOW + timedelta(hours=2))
    assert out is not None
    later = NOW + timedelta(hours=1)
    room.withdraw(publication=out, kind=WithdrawalKind.CANCEL, person=SECOND, reason="not yet", now=later)
    room.unlock()
    room.sql("DELETE FROM gate_withdrawal")
    with pytest.raises(PublishError, match="doctor"):
        press.site(
            store=room.store, outlet=room.outlet, home=room.home, now=NOW + timedelta(hours=3), whole=True
        )
    assert room.public() == {}


# An end that nobody gave: its reason would stand on the page, on the page of corrections and in every feed.


def an_end_by_hand(
    room: Room, *, key: str = "", signature: str = "", signer: Signer | None = None, kind: str = "retract"
) -> None:
    """Row and ledger entry of a withdrawal, as whoever holds the connection can write them; every trigger is on."""
    at = NOW + timedelta(hours=1)
    ((id_,),) = room.sql("SELECT id FROM gate_publication")
    made_ = Withdrawal(
        outlet="tide", publication=Digest(str(id_)), kind=WithdrawalKind(kind), by="bo", by_name=LIE, reason=LIE, at=at, key=key,
    )  # fmt: skip
    made_ = replace(made_, signature=signer(canonical_bytes(made_.canonical())) if signer else signature)  # type: ignore[arg-type]
    body = withdrawal_body(made_)
    with transaction.atomic():
        entry = record(outlet="tide", at=at, actor="bo", act=ActName.WITHDRAWAL, body=body)
    room.sql(
        "INSERT INTO gate_withdrawal (publication, outlet, kind, by_whom, reason, at, entry, content) VALUES (%s, 'tide', %s, 'bo', %s, %s, %s, %s)",
        id_, kind, LIE, utc(at), entry.hash, canonical_bytes(body).decode(),  # type: ignore[arg-type]
    )  # fmt: skip


def signed_by_nobody(room: Room) -> None:
    an_end_by_hand(room)


def taken_down_by_nobody(room: Room) -> None:
    an_end_by_hand(room, kind="takedown")


def signed_with_nonsense(room: Room) -> None:
    ((content,),) = room.sql("SELECT content FROM gate_approval")
    an_end_by_hand(room, key=json.loads(str(content))["key"], signature="AAAA")


def signed_with_the_signature_of_the_approval(room: Room) -> None:
    ((content, signature),) = room.sql("SELECT content, signature FROM gate_approval")
    an_end_by_hand(room, key=json.loads(str(content))["key"], signature=str(signature))


def signed_with_a_key_of_ones_own(room: Room) -> None:
    own = FileSigner.at(room.home.parent / "own", KeyRole.ATTESTATION)
    body = {"key": own.key, "role": str(KeyRole.ATTESTATION)}
    with transaction.atomic():
        record(outlet="tide", at=NOW, actor="setup", act=ActName.KEY, body=body)
    an_end_by_hand(room, key=own.key, signer=own)


def an_honest_one_changed_in_row_and_entry(room: Room) -> None:
    ((id_,),) = room.sql("SELECT id FROM gate_publication")
    at = NOW + timedelta(hours=1)
    room.withdraw(publication=rows.publication(str(id_)), kind=WithdrawalKind.RETRACT, person=SECOND, reason="Too early.", now=at)  # fmt: skip
    room.unlock()
    ((old,),) = room.sql("SELECT entry FROM gate_withdrawal")
    entry = rows.entry(str(old))
    body = dict(entry.body) | {"reason": LIE}
    with transaction.atomic():
        new = record(outlet="tide", at=at, actor="bo", act=ActName.WITHDRAWAL, body=body)
    room.sql("UPDATE gate_withdrawal SET reason = %s, entry = %s", LIE, new.hash)


ENDS = [
    signed_by_nobody, taken_down_by_nobody, signed_with_nonsense, signed_with_the_signature_of_the_approval,
    signed_with_a_key_of_ones_own, an_honest_one_changed_in_row_and_entry,
]  # fmt: skip


@pytest.mark.parametrize("stands", [False, True], ids=["first build", "one story more"])
@pytest.mark.parametrize("attempt", ENDS, ids=lambda a: a.__name__)
def test_no_end_that_nobody_signed_is_told(room: Room, attempt: Callable[[Room], None], stands: bool) -> None:
    room.publish(room.approve(room.story()))
    page, before = room.home / "site/2026/10/pier/index.html", b""
    if stands:
        room.build()
        before = page.read_bytes()
    attempt(room)
    (refused,) = room.build(NOW + timedelta(hours=2)).refused
    assert "withdrawal is signed by nobody" in str(refused)
    assert said(room, LIE) == set()
    assert not stands or page.read_bytes() == before


def test_an_end_that_was_signed_is_told(room: Room) -> None:
    """Without this, every attempt above would pass on a builder that tells of no end."""
    made_ = room.publish(room.approve(room.story()))
    at = NOW + timedelta(hours=1)
    room.withdraw(publication=made_, kind=WithdrawalKind.RETRACT, person=SECOND, reason="Too early.", now=at)
    assert room.build(NOW + timedelta(hours=2)).refused == ()
    assert "site/2026/10/pier/index.html" in said(room, "Too early.")
