"""Attempts on the record that a statement is computed from, before an editor signs it: decisions, drafts, corrections.

No statement says more of human care, or less of AI, than the ledger tells: a row alone says nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backread.values.decision import Act, decision_key
from newsroom.desk.actions import sentences
from newsroom.desk.case import Case, case
from newsroom.desk.room import Room as Desk
from newsroom.stories.models import Story
from newsroom_room import EDITOR, NOW, SECOND, Room, made, room

__all__ = ["made", "room"]
COPIED = "INSERT INTO stories_decision (story_id, key, told, undone) SELECT story_id, key, told, 0 FROM stories_decision"


def held(room: Room) -> Case:
    """The story as the desk reads it now."""
    return case(Desk(room.outlet, room.home), Story.objects.get(slug="pier"))


def keep(room: Room, person: object = EDITOR) -> None:
    """Every sentence kept, and on screen for a minute."""
    for checked in held(room).report.sentences:
        sentences.decide(
            room=Desk(room.outlet, room.home), case=held(room), person=person, key=decision_key(checked.sentence),  # type: ignore[arg-type]
            act=Act.KEEP, now=NOW, seen_ms=60_000,
        )  # fmt: skip


def take_back(room: Room) -> None:
    """Every decision of Ann's."""
    for _ in held(room).decisions:
        sentences.undo(room=Desk(room.outlet, room.home), case=held(room), person=EDITOR, now=NOW)


# What was taken back, or what another decided after.


def nothing(room: Room) -> None:
    """Without it, a desk that believes nobody would pass."""


def what_was_taken_back_as_a_new_row(room: Room) -> None:
    take_back(room)
    room.sql(COPIED)


def what_was_taken_back_in_its_row(room: Room) -> None:
    take_back(room)
    room.unlock()
    room.sql("UPDATE stories_decision SET undone = 0")


def what_another_decided_after_moved_before(room: Room) -> None:
    keep(room, SECOND)
    room.sql(f"{COPIED} WHERE json_extract(told, '$.by') = 'ann'")


def what_another_decided_after_hidden(room: Room) -> None:
    keep(room, SECOND)
    room.sql("UPDATE stories_decision SET undone = 1 WHERE json_extract(told, '$.by') = 'bo'")


def made_again_and_taken_back_once(room: Room) -> None:
    keep(room)
    for _ in range(len(held(room).decisions)):
        sentences.undo(room=Desk(room.outlet, room.home), case=held(room), person=EDITOR, now=NOW)


DECIDED = [
    (nothing, True), (made_again_and_taken_back_once, True), (what_was_taken_back_as_a_new_row, False),
    (what_was_taken_back_in_its_row, False), (what_another_decided_after_moved_before, False), (what_another_decided_after_hidden, False),
]  # fmt: skip


@pytest.mark.parametrize(("attempt", "is_read"), DECIDED, ids=lambda a: a.__name__ if callable(a) else "")
def test_who_read_every_sentence_the_ledger_says(
    room: Room, attempt: Callable[[Room], None], is_read: bool
) -> None:
    room.story()
    keep(room)
    attempt(room)
    assert held(room).is_reviewed(EDITOR) is is_read
