"""People who act at the same moment, each in a process and on a connection of their own: one standing result, nothing lost.

Everybody reads the story first and waits at a line; only then all of them act on what they have read.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections

from backread.errors import NotAllowed
from backread.ledger import chain
from backread.values.decision import decision_key
from backread.values.person import Person
from backread.values.publication import WithdrawalKind
from newsroom.desk.actions import rewrite, signing
from newsroom.desk.case import Case, case
from newsroom.desk.room import Room as Desk
from newsroom.ledger.actions import contents
from newsroom.stories import models
from newsroom_room import EDITOR, NOW, SECOND, SENTENCES, Room, made, room

__all__ = ["made", "room"]
DONE, REFUSED, BROKEN = 0, 3, 1
ROUNDS = 4
"""Each race is run so often: who comes first is chance."""
Act = Callable[[Desk, Case], object]


def race(room: Room, *acts: Act) -> list[int]:
    """Do all `acts` on the one story at once, each in a process of its own; how each ended, in order."""
    connections["default"].close()
    wait, go = os.pipe()
    children = []
    for act in acts:
        child = os.fork()
        if child == 0:
            os.close(go)
            _in_child(room, act, wait)
        children.append(child)
    os.close(wait)
    os.close(go)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def _in_child(room: Room, act: Act, wait: int) -> None:
    code = BROKEN
    try:
        desk = Desk(room.outlet, room.home)
        held = case(desk, models.Story.objects.get(slug="pier"))
        # Nobody closes the line before everybody stands at it: the end of the pipe is the start.
        os.read(wait, 1)
        act(desk, held)
        code = DONE
    except NotAllowed:
        code = REFUSED
    finally:
        connections["default"].close()
        os._exit(code)


def approving(room: Room, person: Person) -> Act:
    code = room.code(person, NOW)
    return lambda desk, held: signing.approve(
        room=desk, case=held, person=person, code=code, saw=signing.shown(held, person), now=NOW
    )


def changing(key: str) -> Act:
    return lambda desk, held: rewrite(
        room=desk,
        case=held,
        person=SECOND,
        key=key,
        words="The pier shuts on Monday.",
        ai="",
        now=NOW + timedelta(seconds=1),
    )


def sound(room: Room) -> None:
    """A chain that holds, and an entry for every row of the gate and a row for every entry."""
    assert isinstance(chain.verify(contents("tide"), outlet="tide"), chain.Holds)
    for table, act in (
        ("version", "version"),
        ("approval", "approval"),
        ("publication", "publication"),
        ("voiding", "voiding"),
    ):
        ((count,),) = room.sql(f"SELECT COUNT(*) FROM gate_{table}")
        assert room.sql("SELECT COUNT(*) FROM ledger_entry WHERE act = %s", act) == [(count,)]


def state(room: Room) -> tuple[object, ...]:
    """Approvals, publications, and where the story stands."""
    ((a, p, s),) = room.sql(
        "SELECT (SELECT COUNT(*) FROM gate_approval), (SELECT COUNT(*) FROM gate_publication), state FROM stories_story"
    )
    return a, p, s


@pytest.mark.parametrize("again", range(ROUNDS))
def test_two_editors_approve_and_one_is_enough(room: Room, again: int) -> None:
    room.story()
    ended = race(room, approving(room, EDITOR), approving(room, SECOND))
    assert sorted(ended) == [DONE, REFUSED]
    assert state(room) == (1, 1, "published")
    sound(room)
    assert room.build().refused == ()
    assert set(room.public()) == set(SENTENCES[:2])


@pytest.mark.parametrize("again", range(ROUNDS))
def test_two_editors_approve_and_both_are_needed(
    room: Room, again: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither is taken for the first of two: whoever comes second publishes."""
    monkeypatch.setattr("backread.review.gate._asks_for_second", lambda report: True)
    room.story()
    assert race(room, approving(room, EDITOR), approving(room, SECOND)) == [DONE, DONE]
    assert state(room) == (2, 1, "published")
    sound(room)
    assert room.build().refused == ()
    assert set(room.public()) == set(SENTENCES[:2])


@pytest.mark.parametrize("again", range(ROUNDS))
def test_one_editor_presses_in_two_windows(room: Room, again: int) -> None:
    """The same code twice: one code serves one signature."""
    room.story()
    act = approving(room, EDITOR)
    assert sorted(race(room, act, act, act)) == [DONE, REFUSED, REFUSED]
    assert state(room) == (1, 1, "published")
    sound(room)


@pytest.mark.parametrize("again", range(ROUNDS))
def test_one_approves_while_the_other_changes_a_word(room: Room, again: int) -> None:
    """Either the words were signed and stay, or they were changed and nobody signed."""
    row = room.story()
    first = case(Desk(room.outlet, room.home), row).report.sentences[0].sentence
    signed, changed = race(room, approving(room, EDITOR), changing(decision_key(first)))
    assert sorted([signed, changed]) == [DONE, REFUSED]
    drafts = room.sql("SELECT COUNT(*) FROM stories_draft")
    assert (state(room), drafts) == (
        ((1, 1, "published"), [(1,)]) if signed == DONE else ((0, 0, "in review"), [(2,)])
    )
    sound(room)


@pytest.mark.parametrize("again", range(ROUNDS))
def test_two_withdraw_at_once(room: Room, again: int) -> None:
    row = room.story()
    out = room.desk_approve(row)
    assert out is not None

    def withdrawing(person: Person, kind: WithdrawalKind) -> Act:
        code = room.code(person, NOW + timedelta(hours=1))
        return lambda desk, held: signing.withdraw(
            room=desk,
            story=held.row,
            person=person,
            publication=out.id,
            kind=kind,
            reason="wrong",
            now=NOW + timedelta(hours=1),
            code=code,
        )

    ended = race(
        room, withdrawing(EDITOR, WithdrawalKind.RETRACT), withdrawing(SECOND, WithdrawalKind.RETRACT)
    )
    assert sorted(ended) == [DONE, REFUSED]
    assert state(room) == (1, 1, "retracted")
    assert room.sql("SELECT COUNT(*) FROM gate_withdrawal") == [(1,)]
