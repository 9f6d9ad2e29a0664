"""Attempts between the page that shows what is signed and the code that signs it: nothing is signed but what was shown.

Each is tried with every trigger off, and read again as another process reads it, which remembers nothing of the page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from test_bypass_more import LIE
from test_bypass_record import keep

from backread.errors import NotAllowed
from backread.ledger.entry import ActName
from newsroom.desk.actions import signing
from newsroom.desk.case import Case, case
from newsroom.desk.room import Room as Desk
from newsroom.ledger.actions import record
from newsroom.stories.models import Story
from newsroom_room import EDITOR, NOW, SENTENCES, Room, made, room, sign_rows

__all__ = ["made", "room"]
LATER = NOW + timedelta(hours=2)


def read(room: Room) -> Case:
    """The story as a process reads it that has just begun."""
    room.outlet.refresh_from_db()
    return case(Desk(room.outlet, room.home), Story.objects.get(slug="pier"))


def corrected(room: Room) -> None:
    """A story that is out, with a correction open and its words changed."""
    room.publish(room.approve(room.story(SENTENCES[0])))
    Story.objects.filter(slug="pier").update(state="published")
    signing.open_correction(room=Desk(room.outlet, room.home), case=read(room), person=EDITOR, words="A sum was missing.", now=NOW)  # fmt: skip
    room.story(*SENTENCES[:2])


def drafted(room: Room) -> None:
    """A story that nobody has signed, each of its sentences kept by its editor."""
    room.story(*SENTENCES[:2])
    keep(room)


# What is changed in between.


def nothing(room: Room) -> None:
    """Without it, a desk that signs nothing would pass."""


def a_correction(room: Room) -> None:
    room.sql("UPDATE desk_remark SET reason = %s WHERE move = 'correction'", LIE)


def another_correction(room: Room) -> None:
    room.sql("INSERT INTO desk_remark (story_id, move, by, reason, at) SELECT story_id, move, by, %s, at FROM desk_remark", LIE)  # fmt: skip


def no_correction(room: Room) -> None:
    room.sql("DELETE FROM desk_remark")


def told(room: Room, name: str, words: str) -> None:
    room.sql(f"UPDATE sources_capture SET told = json_set(told, '$.{name}', %s)", words)


def a_sources_name(room: Room) -> None:
    told(room, "source_name", LIE)


def a_sources_title(room: Room) -> None:
    told(room, "title", LIE)


def a_sources_address(room: Room) -> None:
    told(room, "url", "https://a.example/lie")


def a_sources_terms(room: Room) -> None:
    told(room, "terms", "public record")


def when_a_source_was_seen(room: Room) -> None:
    told(room, "taken", "2020-02-02T10:00:00+00:00")


def the_approvers_name(room: Room) -> None:
    """Changed by the outlet, with its signature: a row alone says nothing."""
    room.sql("UPDATE accounts_person SET name = %s", LIE)
    sign_rows("tide", room.home)


def the_approvers_role(room: Room) -> None:
    room.sql("UPDATE accounts_membership SET roles = '[\"standards\"]'")
    sign_rows("tide", room.home)


def that_one_editor_is_enough(room: Room) -> None:
    room.sql("UPDATE accounts_outlet SET single_editor = 1, approver_is_not_drafter = 0")


def a_decision_taken_back(room: Room) -> None:
    """By an entry of somebody who writes the ledger by hand."""
    ((key,),) = room.sql("SELECT key FROM stories_decision ORDER BY id DESC LIMIT 1")
    with transaction.atomic():
        record(outlet="tide", at=NOW, actor="ann", act=ActName.DECISIONS, body={"keys": [key], "story": "pier", "undone": 1})  # fmt: skip


def a_decision_hidden(room: Room) -> None:
    room.sql("DELETE FROM stories_decision WHERE id = (SELECT MAX(id) FROM stories_decision)")


OF_ANY = (
    a_sources_name, a_sources_title, a_sources_address, a_sources_terms, when_a_source_was_seen,
    the_approvers_name, that_one_editor_is_enough, the_approvers_role,
)  # fmt: skip
ATTEMPTS = [
    *((corrected, attempt) for attempt in (a_correction, another_correction, no_correction, *OF_ANY)),
    *((drafted, attempt) for attempt in (a_decision_taken_back, a_decision_hidden, *OF_ANY)),
]


def sign(room: Room, held: Case, saw: str, now: datetime) -> None:
    person = held.people[EDITOR.id]
    signing.approve(room=Desk(room.outlet, room.home), case=held, person=person, code=room.code(EDITOR, now), saw=saw, now=now)  # fmt: skip


@pytest.mark.parametrize(("state", "attempt"), ATTEMPTS, ids=lambda f: f.__name__)
def test_nothing_is_signed_but_what_was_shown(
    room: Room, state: Callable[[Room], None], attempt: Callable[[Room], None]
) -> None:
    state(room)
    held = read(room)
    saw = signing.shown(held, held.people[EDITOR.id])
    before = room.sql("SELECT COUNT(*) FROM gate_approval")
    room.unlock()
    attempt(room)
    with pytest.raises(NotAllowed, match="It was changed since you opened this page"):
        sign(room, read(room), saw, LATER)
    assert room.sql("SELECT COUNT(*) FROM gate_approval") == before


@pytest.mark.parametrize(("state", "attempt"), ATTEMPTS, ids=lambda f: f.__name__)
def test_nothing_is_signed_but_what_was_read(
    room: Room, state: Callable[[Room], None], attempt: Callable[[Room], None]
) -> None:
    """The same between reading and the lock: what is signed is read again, and held to what was shown."""
    state(room)
    held = read(room)
    saw = signing.shown(held, held.people[EDITOR.id])
    before = room.sql("SELECT COUNT(*) FROM gate_approval")
    room.unlock()
    attempt(room)
    if attempt in (the_approvers_name, the_approvers_role, that_one_editor_is_enough):
        # Who signs is who signed in, and the outlet's rules are read with the page: what was shown is what is signed.
        sign(room, held, saw, LATER)
        assert LIE not in str(room.sql("SELECT content FROM gate_approval"))
        return
    with pytest.raises(NotAllowed, match="It was changed since you opened this page"):
        sign(room, held, saw, LATER)
    assert room.sql("SELECT COUNT(*) FROM gate_approval") == before


@pytest.mark.parametrize("state", [corrected, drafted], ids=lambda f: f.__name__)
def test_what_was_shown_is_signed(room: Room, state: Callable[[Room], None]) -> None:
    state(room)
    held = read(room)
    nothing(room)
    sign(room, read(room), signing.shown(held, held.people[EDITOR.id]), LATER)
    signed = str(room.sql("SELECT content FROM gate_approval"))
    assert ("A sum was missing." in signed) is (state is corrected)
