"""Attempts to leave words public, or to bring them back, past a takedown or a retraction: by stale forms, by what waits for its time, by hand.

Each with the honest act beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from test_bypass_erasure import refusals
from test_bypass_record import held
from test_doctor import ailments

from backread.errors import NotAllowed
from backread.values.publication import Publication, WithdrawalKind
from newsroom.desk.actions import signing
from newsroom.desk.room import Room as Desk
from newsroom.stories import actions
from newsroom.stories.models import Story
from newsroom_room import EDITOR, NOW, SECOND, SENTENCES, Room, made, room

__all__ = ["made", "room"]
HOUR = timedelta(hours=1)
OUT, DUE = NOW + HOUR, NOW + 5 * HOUR
"""When the correction is approved, and the time it may be set for."""
AT, AFTER, LATE = NOW + 2 * HOUR, NOW + 3 * HOUR, NOW + 6 * HOUR
"""When somebody withdraws, a build before the correction is due, and one after."""
CANCEL, RETRACT, TAKEDOWN = WithdrawalKind.CANCEL, WithdrawalKind.RETRACT, WithdrawalKind.TAKEDOWN
ENDS = pytest.mark.parametrize("kind", [RETRACT, TAKEDOWN], ids=str)


def desk(room: Room) -> Desk:
    return Desk(room.outlet, room.home)


def withdraw(room: Room, out: Publication, kind: WithdrawalKind, now: datetime = AT) -> None:
    """As the desk does it."""
    signing.withdraw(
        room=desk(room), story=Story.objects.get(), person=EDITOR, publication=out.id, kind=kind, reason="Not true.", now=now
    )  # fmt: skip


def corrected(room: Room, *, due: datetime | None = None) -> tuple[Publication, Publication]:
    """What is out, and its correction: out as well, or waiting until `due`."""
    first = room.desk_approve(room.story(SENTENCES[0]))
    row = room.story(SENTENCES[2])
    signing.open_correction(room=desk(room), case=held(room), person=EDITOR, words="A slip was wrong.", now=NOW + HOUR / 2)  # fmt: skip
    second = room.desk_approve(row, now=OUT, not_before=due)
    assert first is not None
    assert second is not None
    room.build(OUT)
    return first, second


def ends(room: Room) -> list[tuple[object, ...]]:
    return room.sql("SELECT publication, kind FROM gate_withdrawal ORDER BY kind")


@ENDS
def test_what_waits_ends_with_what_stands(room: Room, kind: WithdrawalKind) -> None:
    first, second = corrected(room, due=DUE)
    withdraw(room, first, kind)
    assert ends(room) == [(second.id, "cancel"), (first.id, str(kind))]
    for now in (AFTER, LATE):
        assert room.build(now).refused == ()
        assert set(room.public()) == ({SENTENCES[0]} if kind is RETRACT else set())
    assert Story.objects.get().state == {RETRACT: "retracted", TAKEDOWN: "taken down"}[kind]
    assert ailments(room) == [], "each end is signed and entered by itself"


def test_what_waits_comes_out_where_nobody_withdrew(room: Room) -> None:
    corrected(room, due=DUE)
    assert room.build(LATE).refused == ()
    assert set(room.public()) == {SENTENCES[2]}


@ENDS
def test_a_form_of_before_the_correction_ends_nothing(room: Room, kind: WithdrawalKind) -> None:
    first, second = corrected(room)
    with pytest.raises(NotAllowed, match="another version of this story by now: look at the list again"):
        withdraw(room, first, kind)
    assert (ends(room), Story.objects.get().state) == ([], "corrected")
    withdraw(room, second, kind)
    assert room.build(AFTER).refused == ()
    assert set(room.public()) == ({SENTENCES[2]} if kind is RETRACT else set())


@ENDS
def test_what_nobody_has_seen_is_cancelled_and_nothing_else(room: Room, kind: WithdrawalKind) -> None:
    _, second = corrected(room, due=DUE)
    with pytest.raises(NotAllowed, match="nobody has seen it: cancel it"):
        withdraw(room, second, kind)
    assert (ends(room), Story.objects.get().state) == ([], "corrected")
    withdraw(room, second, CANCEL)
    assert (ends(room), Story.objects.get().state) == ([(second.id, "cancel")], "published")
    assert room.build(LATE).refused == ()
    assert set(room.public()) == {SENTENCES[0]}


@ENDS
def test_what_came_out_before_the_worker_looked_is_withdrawn(room: Room, kind: WithdrawalKind) -> None:
    """The row still says “scheduled”; readers, or the next build, say otherwise."""
    out = room.desk_approve(room.story(), not_before=OUT)
    assert out is not None
    assert Story.objects.get().state == "scheduled"
    withdraw(room, out, kind)
    assert ends(room) == [(out.id, str(kind))]


# The gate, asked past the desk.


def none(*_: object) -> list[str]:
    return []


@pytest.mark.parametrize(
    ("due", "which", "why"),
    [
        pytest.param(None, 0, "another publication of this story", id="superseded"),
        pytest.param(DUE, 1, "waits for its time and nobody has seen it", id="waiting"),
        pytest.param(DUE, 0, "omething else of this story waits", id="another is left to wait"),
    ],
)
@ENDS
def test_the_gate_refuses_it_too(
    room: Room, monkeypatch: pytest.MonkeyPatch, due: datetime | None, which: int, why: str, kind: WithdrawalKind
) -> None:  # fmt: skip
    out = corrected(room, due=due)[which]
    monkeypatch.setattr(actions, "_waiting", none)
    with pytest.raises(NotAllowed, match=why):
        room.withdraw(publication=out, kind=kind, person=SECOND, reason="Not true.", now=AT)
    assert ends(room) == []


def test_what_was_signed_before_a_retraction_publishes_nothing_after(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = room.publish(room.approve(room.story(SENTENCES[0])))
    before = room.approve(room.story(SENTENCES[2]), now=OUT, correction="A slip was wrong.")
    monkeypatch.setattr(actions, "void_all", none)
    room.withdraw(publication=first, kind=RETRACT, person=SECOND, reason="Not true.", now=AT)
    with pytest.raises(NotAllowed, match="approved before the story was withdrawn"):
        room.publish(before, now=AFTER)
    room.publish(room.approve(room.story(SENTENCES[3]), now=AFTER, correction="A slip was wrong."), now=AFTER)


# The builder, with every trigger off.


def left_waiting(room: Room, monkeypatch: pytest.MonkeyPatch, kind: WithdrawalKind) -> None:
    """What stood is withdrawn, and its correction goes on waiting."""
    first, _ = corrected(room, due=DUE)
    room.unlock()
    monkeypatch.setattr(actions, "_waiting", none)
    room.withdraw(publication=first, kind=kind, person=SECOND, reason="Not true.", now=AT)
    room.build(AFTER)


@ENDS
def test_what_was_approved_before_does_not_come_out_after(
    room: Room, monkeypatch: pytest.MonkeyPatch, kind: WithdrawalKind
) -> None:
    left_waiting(room, monkeypatch, kind)
    for whole in (False, True):
        assert "approved before what it supersedes was withdrawn" in str(
            room.build(LATE, whole=whole).refused
        )
        assert SENTENCES[2] not in room.public()


def an_end_deleted(room: Room) -> None:
    room.sql("DELETE FROM gate_withdrawal")


def an_end_reworded(room: Room) -> None:
    room.sql("UPDATE gate_withdrawal SET reason = 'A slip.'")


def an_end_called_a_cancellation(room: Room) -> None:
    room.sql("UPDATE gate_withdrawal SET kind = 'cancel'")


@pytest.mark.parametrize(
    "attempt", [an_end_deleted, an_end_reworded, an_end_called_a_cancellation], ids=lambda f: f.__name__
)
def test_the_end_of_what_it_supersedes_is_not_hidden(
    room: Room, monkeypatch: pytest.MonkeyPatch, attempt: Callable[[Room], None]
) -> None:
    left_waiting(room, monkeypatch, RETRACT)
    attempt(room)
    assert refusals(room)
    assert SENTENCES[2] not in room.public()


def test_a_correction_approved_after_a_retraction_comes_out(room: Room) -> None:
    first = room.desk_approve(room.story(SENTENCES[0]))
    assert first is not None
    withdraw(room, first, RETRACT, OUT)
    row = room.story(SENTENCES[2])
    signing.open_correction(
        room=desk(room), case=held(room), person=EDITOR, words="A slip was wrong.", now=AT
    )
    room.desk_approve(row, now=AFTER)
    for whole in (False, True):
        assert room.build(LATE, whole=whole).refused == ()
        assert SENTENCES[2] in room.public()
    assert refusals(room) == []
