"""Attempts on the record that a statement is computed from, before an editor signs it: decisions, drafts, corrections.

No statement says more of human care, or less of AI, than the ledger tells: a row alone says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from test_bypass_more import LIE

from backread.review.statement import words
from backread.values.decision import Act, decision_key
from backread.values.draft import Drafter, Hand
from newsroom.desk.actions import sentences
from newsroom.desk.case import Case, case
from newsroom.desk.room import Room as Desk
from newsroom.stories.models import Draft, Story
from newsroom.stories.plain import drafter_to_plain
from newsroom_room import EDITOR, NOW, SECOND, SENTENCES, Room, entered, made, room

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


# Who drafted the words. Each attempt ends with words that a language model wrote, or nobody knows who.


def a_machines_draft_called_a_rules(room: Room) -> None:
    """The ledger tells of the machine."""
    drafted_by_machine(room, is_told=True)
    by_rule = drafter_to_plain(Drafter(hand=Hand.RULE_PROSE, name="rule"))
    room.sql("UPDATE stories_draft SET drafter = %s", json.dumps(by_rule))


def a_draft_of_rules_put_over_it(room: Room) -> None:
    """Every trigger stands: rows may be added."""
    head = room.story().head
    told = json.loads(json.dumps(head.told).replace(SENTENCES[1], LIE))
    Draft.objects.create(
        story=head.story, number=2, told=told, drafter=head.drafter, captures=head.captures, at=NOW
    )


def a_story_of_rules_put_in(room: Room) -> None:
    head = room.story(slug="quay").head
    row = Story.objects.create(outlet=room.outlet, slug="pier", title="Pier", made=NOW)
    Draft.objects.create(
        story=row, number=1, told=head.told, drafter=head.drafter, captures=head.captures, at=NOW
    )


def the_first_draft_written_anew(room: Room) -> None:
    """So that words that nobody drafted look as if rules had."""
    room.story()
    room.unlock()
    room.sql("UPDATE stories_draft SET told = replace(told, %s, %s)", SENTENCES[1], LIE)


def the_first_draft_written_anew_under_a_second(room: Room) -> None:
    """So that what was changed since looks as if it had always stood there."""
    a_draft_of_rules_put_over_it(room)
    room.unlock()
    room.sql("UPDATE stories_draft SET told = replace(told, %s, %s)", SENTENCES[1], LIE)


def the_first_draft_written_anew_and_entered_again(room: Room) -> None:
    """The first entry of an act is the one that counts."""
    the_first_draft_written_anew(room)
    entered(Draft.objects.get())


def a_citation_of_the_first_draft_changed(room: Room) -> None:
    room.story()
    room.unlock()
    room.sql("UPDATE stories_draft SET told = replace(told, 'drafter', 'editor')")


def a_machine_that_only_a_row_tells_of(room: Room) -> None:
    drafted_by_machine(room, is_told=False)


def drafted_by_machine(room: Room, *, is_told: bool) -> None:
    """A story that a language model drafted."""
    head = room.story().head
    room.unlock()
    machine = drafter_to_plain(Drafter(hand=Hand.LANGUAGE_MODEL, name="prose", language_model="quill-7b"))
    room.sql("UPDATE stories_draft SET drafter = %s", json.dumps(machine))
    head.refresh_from_db()
    if is_told:
        entered(head)


def by_rules(room: Room) -> None:
    """Without it, a desk that never says so would pass."""
    room.story()


DRAFTED = [
    (by_rules, "no language model was used"), (a_machines_draft_called_a_rules, "Drafted with AI (quill-7b)"),
    (a_machine_that_only_a_row_tells_of, "Drafted with AI (quill-7b)"), (a_draft_of_rules_put_over_it, ""), (a_story_of_rules_put_in, ""),
    (the_first_draft_written_anew, ""), (the_first_draft_written_anew_under_a_second, ""), (the_first_draft_written_anew_and_entered_again, ""),
    (a_citation_of_the_first_draft_changed, ""),
]  # fmt: skip


@pytest.mark.parametrize(("attempt", "says"), DRAFTED, ids=lambda a: a.__name__ if callable(a) else "")
def test_who_drafted_it_the_ledger_says(room: Room, attempt: Callable[[Room], None], says: str) -> None:
    attempt(room)
    how = [words(c) for c in held(room).clauses if c.id.startswith("S1")]
    assert len(how) == bool(says)
    assert says in " ".join(how)
