"""Whoever holds the database connection makes nobody an editor: at the desk, name and roles are those that were signed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from backread.adapters.signing import FileSigner
from backread.errors import NotAllowed
from backread.ledger.entry import ActName
from backread.ledger.keys import KeyRole
from backread.values.person import Person, Role
from backread.values.publication import WithdrawalKind
from newsroom import setup
from newsroom.accounts.models import Membership, Outlet
from newsroom.accounts.models import Person as People
from newsroom.desk.actions import signing
from newsroom.desk.case import case
from newsroom.desk.room import Room as Desk
from newsroom.ledger.actions import record
from newsroom.people import state_of
from newsroom.rotation import rotate
from newsroom.stories.models import Story
from newsroom_room import NOW, TOLD, Room, made, room

__all__ = ["made", "room"]
HOUR = timedelta(hours=1)
EVE = {"username": "eve", "name": "Eve Doe", "role": "reporter"}
Act = Callable[[Room], None]


def plan(room: Room, now=NOW - HOUR, **told: str) -> None:
    """The newsroom set up again with Eve, as the plan tells of her."""
    people = [*TOLD["person"], EVE | told]
    setup.outlet_of(room.home, TOLD | {"person": people}, area="", now=now)


def eve() -> Person:
    return People.objects.get(username="eve").at("tide")


def approve(room: Room, now=NOW) -> None:
    desk, me = Desk(room.outlet, room.home), eve()
    held = case(desk, Story.objects.get(slug="pier"))
    saw, code = signing.shown(held, me), room.code(me, now)
    signing.approve(room=desk, case=held, person=held.people["eve"], code=code, saw=saw, now=now)


def enter(at=NOW - HOUR / 2, **body: Any) -> None:
    with transaction.atomic():
        record(
            outlet="tide",
            at=at,
            actor="setup",
            act=ActName.ROLE,
            body={"person": "eve", "role": "editor"} | body,
        )


def signed_by(signer: FileSigner, outlet: str = "tide", now=NOW - HOUR / 2) -> None:
    with transaction.atomic():
        state_of(
            outlet=outlet, person="eve", name="Ann Orde", roles=["editor"], signer=signer, by="setup", now=now
        )


def the_rows(room: Room) -> None:
    People.objects.filter(username="eve").update(name="Ann Orde")
    Membership.objects.filter(person__username="eve").update(roles=["editor"])


def an_entry_that_nobody_signed(room: Room) -> None:
    enter()


def an_entry_with_anns_signature(room: Room) -> None:
    ((content,),) = room.sql("SELECT content FROM ledger_entry WHERE act = 'role' AND instr(content, 'ann')")
    enter(**json.loads(bytes(content))["body"] | {"person": "eve"})  # type: ignore[arg-type]


def an_entry_signed_with_a_key_of_ones_own(room: Room) -> None:
    own = FileSigner.at(room.home.parent / "own", KeyRole.ATTESTATION)
    with transaction.atomic():
        record(
            outlet="tide",
            at=NOW - HOUR,
            actor="setup",
            act=ActName.KEY,
            body={"key": own.key, "role": "attestation"},
        )
    signed_by(own)


def an_entry_of_another_outlet(room: Room) -> None:
    Outlet.objects.create(id="ebb", name="Ebb")
    signed_by(FileSigner.at(room.home, KeyRole.ATTESTATION), outlet="ebb")
    ((content,),) = room.sql("SELECT content FROM ledger_entry WHERE outlet = 'ebb'")
    told = json.loads(bytes(content))  # type: ignore[arg-type]
    enter(**told["body"])


def what_she_was_before(room: Room) -> None:
    """She was an editor once; that signed entry is appended again."""
    plan(room, now=NOW - HOUR * 4 / 5, role="editor")
    plan(room, now=NOW - HOUR * 3 / 5)
    (_, (content,), _) = room.sql(
        "SELECT content FROM ledger_entry WHERE act = 'role' AND instr(content, 'eve') ORDER BY seq"
    )
    enter(**json.loads(bytes(content))["body"])  # type: ignore[arg-type]


ATTEMPTS: list[Act] = [
    the_rows, an_entry_that_nobody_signed, an_entry_with_anns_signature, an_entry_signed_with_a_key_of_ones_own,
    an_entry_of_another_outlet, what_she_was_before,
]  # fmt: skip


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda a: a.__name__)
def test_nobody_becomes_an_editor_by_rows(room: Room, attempt: Act) -> None:
    plan(room)
    room.story()
    attempt(room)
    the_rows(room)
    assert (eve().name, eve().roles) == ("Eve Doe", {Role.REPORTER})
    with pytest.raises(NotAllowed):
        approve(room)
    assert room.build().refused == ()
    assert room.public() == {}


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda a: a.__name__)
def test_nobody_retracts_by_rows(room: Room, attempt: Act) -> None:
    plan(room)
    made_ = room.desk_approve(room.story())
    attempt(room)
    the_rows(room)
    with pytest.raises(NotAllowed):
        signing.withdraw(
            room=Desk(room.outlet, room.home), story=Story.objects.get(), person=eve(), publication=made_.id,
            kind=WithdrawalKind.RETRACT, reason="A lie.", now=NOW + HOUR,
        )  # fmt: skip


def test_what_she_was_before_put_at_the_end_to_the_byte_says_nothing(room: Room) -> None:
    plan(room, now=NOW - HOUR * 4 / 5, role="editor")
    plan(room, now=NOW - HOUR * 3 / 5)
    room.unlock()
    room.sql(
        "INSERT INTO ledger_entry (outlet, seq, hash, previous, act, content) SELECT outlet, 9999, 'x', 'y', act, content"
        " FROM ledger_entry WHERE act = 'role' AND instr(content, 'eve') AND instr(content, 'editor')"
    )
    assert eve().roles == {Role.REPORTER}


def test_who_is_there_by_rows_alone_has_no_role_and_no_name(room: Room) -> None:
    row = People.objects.create_person(username="eve", name="Ann Orde", password="x" * 12)
    Membership.objects.create(person=row, outlet=room.outlet, roles=["editor"])
    assert (eve().name, eve().roles) == ("eve", frozenset())


def test_whose_role_the_plan_changed_approves_from_then_on_and_no_longer(room: Room) -> None:
    plan(room)
    room.story()
    with pytest.raises(NotAllowed):
        approve(room)
    plan(room, now=NOW, role="editor")
    approve(room)
    assert room.build().refused == ()
    assert "Approved by Eve Doe, editor" in (room.home / "site/2026/10/pier/index.html").read_text()
    plan(room, now=NOW + HOUR)
    room.story(slug="quay")
    assert eve().roles == {Role.REPORTER}
    assert room.build(NOW + 2 * HOUR, whole=True).refused == ()
    assert room.public()


@pytest.mark.parametrize("role", KeyRole)
def test_a_new_key_keeps_everybodys_role(room: Room, role: KeyRole) -> None:
    plan(room, role="editor")
    room.story()
    rotate(outlet="tide", home=room.home, role=role, by="admin", now=NOW)
    assert (eve().name, eve().roles) == ("Eve Doe", {Role.EDITOR})
    approve(room, now=NOW + HOUR)
    assert room.build(NOW + 2 * HOUR).refused == ()
    assert room.public()


def test_a_key_that_was_replaced_makes_nobody_an_editor(room: Room) -> None:
    """Somebody kept its private half, and puts an entry of its time at the end."""
    plan(room)
    path = room.home / "keys/attestation.pem"
    shutil.copy(path, room.home.parent / "kept.pem")
    old = FileSigner(room.home.parent / "kept.pem")
    rotate(outlet="tide", home=room.home, role=KeyRole.ATTESTATION, by="admin", now=NOW)
    signed_by(old, now=NOW + HOUR)
    assert eve().roles == {Role.REPORTER}
    room.unlock()
    room.sql(
        "UPDATE ledger_entry SET content = replace(content, '2026-10-19T13', '2026-10-19T11') WHERE instr(content, 'Ann Orde') AND instr(content, 'eve')"
    )
    assert eve().roles == {Role.REPORTER}


def test_a_newsroom_of_before_is_signed_when_it_is_set_up_again(room: Room) -> None:
    plan(room, role="editor")
    room.unlock()
    room.sql(
        "UPDATE ledger_entry SET content = CAST(replace(content, 'signature', 'signed-by') AS BLOB) WHERE act = 'role'"
    )
    assert eve().roles == frozenset()
    plan(room, now=NOW, role="editor")
    assert (eve().name, eve().roles) == ("Eve Doe", {Role.EDITOR})
