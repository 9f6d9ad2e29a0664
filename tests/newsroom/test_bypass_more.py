"""More attempts on what readers see, by who holds the application's connection: words that nobody signed, on pages of a
story that was honestly approved, and files that the database itself writes.

Each row is an attempt and the same path honestly done: a builder that writes nothing would pass the first and fail the second.
"""

from __future__ import annotations

import contextlib
import json
import unittest.mock
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connections
from test_bypass_files import forge_publication

from backread.errors import BackreadError
from backread.values.canonical import canonical_bytes
from backread.values.decision import Act, Ground, decision_key
from backread.values.person import Person
from backread.values.publication import Approval, Publication, WithdrawalKind, utc
from backread.values.story import BlockKind, Words
from backread.values.story import Story as Words_
from newsroom.desk.actions import sentences, signing
from newsroom.desk.case import case
from newsroom.desk.room import Room as Desk
from newsroom.stories import rows
from newsroom.stories.models import Draft, Story
from newsroom.stories.plain import story_from_plain, story_to_plain
from newsroom_room import EDITOR, NOW, SECOND, SENTENCES, Room, entered, made, room

__all__ = ["made", "room"]
LIE = "Mayor Quill took the money."
HOUR = timedelta(hours=1)


def said(room: Room, words: str = LIE) -> set[str]:
    """The files of the site that hold these words."""
    return {
        str(p.relative_to(room.home))
        for p in (room.home / "site").rglob("*")
        if p.is_file() and words in p.read_bytes().decode("utf-8", "replace")
    }


def out(room: Room) -> Publication:
    """A story that is out, approved at the desk."""
    made_ = room.desk_approve(room.story())
    assert made_ is not None
    return made_


def corrected(room: Room, words: str) -> Publication:
    """The story out, and corrected at the desk with these words an hour later."""
    out(room)
    row = room.story(SENTENCES[0], SENTENCES[2])
    desk = Desk(room.outlet, room.home)
    signing.open_correction(room=desk, case=case(desk, row), person=EDITOR, words=words, now=NOW + HOUR / 2)
    made_ = room.desk_approve(row, now=NOW + HOUR)
    assert made_ is not None
    return made_


def twice(room: Room) -> Publication:
    """The story out, then other words of it without a correction; the answer is the first."""
    first = room.publish(room.approve(room.story()))
    room.publish(room.approve(room.story(SENTENCES[0], SENTENCES[2]), now=NOW + HOUR), now=NOW + HOUR)
    return first


def two_signed(room: Room) -> Approval:
    """Both signatures and the publication by the second; the answer is the first, which published nothing."""
    row = room.story()
    with unittest.mock.patch("backread.review.gate._asks_for_second", return_value=True):
        first = room.approve(row)
        room.publish(room.approve(row, person=SECOND))
    return first


# Words of a correction, which are printed on the page, on the front page and in every feed.


def a_correction_put_into_an_approval_that_was_signed(room: Room) -> None:
    """As any code of the application could call the act: the gate looks the approval up by its id, and that changes."""
    room.publish(replace(room.approve(room.story()), correction=LIE))


def a_correction_by_hand_on_an_honest_approval(room: Room) -> None:
    approval = room.approve(room.story())
    forge_publication(room, digest=approval.digest, approval=approval.id, correction=LIE)


def a_correction_on_a_first_signature_left_over(room: Room) -> None:
    first = two_signed(room)
    ((last,),) = room.sql("SELECT id FROM gate_publication")
    forge_publication(room, digest=first.digest, approval=first.id, supersedes=str(last), correction=LIE)


def an_earlier_correction_changed_in_its_row(room: Room) -> None:
    first = twice(room)
    room.unlock()
    told = first.canonical() | {"correction": LIE}
    room.sql(
        "UPDATE gate_publication SET content = %s WHERE id = %s", canonical_bytes(told).decode(), first.id
    )


def an_earlier_publication_made_up(room: Room) -> None:
    """The forged one is refused; the honest one after it names it as what it supersedes."""
    first = room.publish(room.approve(room.story()))
    room.unlock()
    forge_publication(room, digest="0" * 64, approval="0" * 64, supersedes=first.id, correction=LIE)
    room.publish(room.approve(room.story(SENTENCES[0], SENTENCES[2]), now=NOW + HOUR), now=NOW + HOUR)


def an_earlier_publication_of_a_correction_that_one_of_two_signed(
    room: Room, *, is_voiding_hidden: bool = False
) -> None:
    """It never came out. The honest words after it are entered to supersede it."""
    with unittest.mock.patch("backread.review.gate._asks_for_second", return_value=True):
        first = room.approve(room.story(), correction=LIE)
    honest = room.approve(room.story(SENTENCES[0], SENTENCES[2]), now=NOW + HOUR / 2)
    assert (first.needed, honest.version) == (2, 2)
    room.unlock()
    if is_voiding_hidden:
        room.sql("DELETE FROM gate_voiding")
        room.sql("UPDATE ledger_entry SET act = 'edit' WHERE act = 'voiding'")
    forge_publication(room, digest=first.digest, approval=first.id, correction=LIE)
    ((before,),) = room.sql("SELECT id FROM gate_publication")
    forge_publication(
        room, digest=honest.digest, approval=honest.id, version=2, supersedes=str(before), not_before=utc(NOW + HOUR / 2)
    )  # fmt: skip


def the_same_with_its_voiding_hidden(room: Room) -> None:
    an_earlier_publication_of_a_correction_that_one_of_two_signed(room, is_voiding_hidden=True)


def words_of_an_open_correction_changed_between_two_signatures(room: Room) -> None:
    out(room)
    row = room.story(SENTENCES[0], SENTENCES[2])
    desk = Desk(room.outlet, room.home)
    with unittest.mock.patch("backread.review.gate._asks_for_second", return_value=True):
        signing.open_correction(room=desk, case=case(desk, row), person=EDITOR, words="It moved.", now=NOW + HOUR / 2)  # fmt: skip
        room.desk_approve(row, now=NOW + HOUR)
        room.sql("UPDATE desk_remark SET reason = %s WHERE move = 'correction'", LIE)
        room.desk_approve(row, person=SECOND, now=NOW + HOUR)


# Files that the database writes itself.


def the_whole_database_as_a_page(room: Room) -> None:
    out(room)
    room.build()
    room.sql("UPDATE stories_story SET title = %s", LIE)
    room.sql(f"VACUUM INTO '{room.home}/site/leak.html'")


def a_database_attached_in_the_site(room: Room) -> None:
    out(room)
    room.build()
    room.sql(f"ATTACH '{room.home}/site/leak.html' AS leak")
    room.sql("CREATE TABLE leak.page AS SELECT %s AS words", LIE)


def a_database_attached_over_a_page(room: Room) -> None:
    out(room)
    room.build()
    (room.home / "site" / "note.html").touch()
    room.sql(f"ATTACH 'file:{room.home}/site/note.html?mode=rwc' AS leak")
    room.sql("CREATE TABLE leak.page AS SELECT %s AS words", LIE)


ATTEMPTS: list[Callable[[Room], None]] = [
    a_correction_put_into_an_approval_that_was_signed, a_correction_by_hand_on_an_honest_approval,
    a_correction_on_a_first_signature_left_over, an_earlier_correction_changed_in_its_row, an_earlier_publication_made_up,
    an_earlier_publication_of_a_correction_that_one_of_two_signed, the_same_with_its_voiding_hidden,
    words_of_an_open_correction_changed_between_two_signatures, the_whole_database_as_a_page, a_database_attached_in_the_site,
    a_database_attached_over_a_page,
]  # fmt: skip


@pytest.mark.parametrize("stands", [False, True], ids=["first build", "one story more"])
@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda a: a.__name__)
def test_no_file_says_what_nobody_signed(room: Room, attempt: Callable[[Room], None], stands: bool) -> None:
    if stands:
        room.build(NOW - HOUR)
    # Refused on the way or not: what stands on the disk counts.
    with contextlib.suppress(DatabaseError, BackreadError):
        attempt(room)
    connections["default"].close()
    with contextlib.suppress(DatabaseError, BackreadError):
        room.build(NOW + 2 * HOUR)
    assert said(room) == set()


def test_a_correction_in_an_editors_words_is_out(room: Room) -> None:
    corrected(room, "The ferry moved, not the slip.")
    assert room.build(NOW + 2 * HOUR).refused == ()
    assert {"site/feed.json", "site/index.html"} <= said(room, "The ferry moved, not the slip.")


@pytest.mark.parametrize(
    ("kind", "words"),
    [(WithdrawalKind.TAKEDOWN, SENTENCES[1]), (WithdrawalKind.RETRACT, "Retracted")],
    ids=["takedown", "retract"],
)
@pytest.mark.parametrize("by_hand", [False, True], ids=["by the act", "by hand"])
def test_a_signature_left_over_brings_nothing_back(
    room: Room, kind: WithdrawalKind, words: str, by_hand: bool
) -> None:
    first = two_signed(room)
    ((id_,),) = room.sql("SELECT id FROM gate_publication")
    gone = NOW + HOUR
    room.withdraw(publication=rows.publication(str(id_)), kind=kind, person=SECOND, reason="A court says so.", now=gone)  # fmt: skip
    room.build(gone)
    before = said(room, words)
    with contextlib.suppress(BackreadError, DatabaseError):
        if by_hand:
            forge_publication(
                room, digest=first.digest, approval=first.id, supersedes=str(id_), made_at=utc(gone)
            )
        else:
            room.publish(first, now=gone + HOUR)
    assert room.build(gone + 2 * HOUR).refused == ()
    assert said(room, words) == before
    assert bool(before) == (kind is WithdrawalKind.RETRACT)


def test_what_was_retracted_comes_back_with_new_signatures(room: Room) -> None:
    first = room.publish(room.approve(room.story()))
    room.withdraw(publication=first, kind=WithdrawalKind.RETRACT, person=SECOND, reason="Too early.", now=NOW + HOUR)  # fmt: skip
    room.publish(room.approve(room.story(), now=NOW + 2 * HOUR), now=NOW + 2 * HOUR)
    assert room.build(NOW + 3 * HOUR).refused == ()
    assert "Retracted" not in (room.home / "site/2026/10/pier/index.html").read_text("utf-8")


def test_an_honest_correction_is_told_with_what_came_before(room: Room) -> None:
    room.publish(room.approve(room.story()))
    hour = NOW + HOUR
    room.publish(
        room.approve(room.story(SENTENCES[0], SENTENCES[2]), now=hour, correction="It moved."), now=hour
    )
    assert room.build(NOW + 2 * HOUR).refused == ()
    assert "Version 1" in (room.home / "site/2026/10/pier/receipt/index.html").read_text("utf-8")


def test_a_correction_that_another_came_before_is_never_told(room: Room) -> None:
    """Set for later, and superseded before its time: no reader saw it, whatever the clock says by now."""
    room.publish(room.approve(room.story()))
    hour, later = NOW + HOUR, NOW + 5 * HOUR
    room.publish(room.approve(room.story(SENTENCES[0]), now=hour, correction=LIE), now=hour, not_before=later)
    second = room.approve(room.story(SENTENCES[0], SENTENCES[2]), now=2 * HOUR + NOW, correction="It moved.")
    room.publish(second, now=NOW + 2 * HOUR)
    assert room.build(later + HOUR).refused == ()
    assert said(room) == set()
    assert "site/corrections/index.html" in said(room, "It moved.")


# What an outlet's own notes say, and whose they are: only that they are NAME's notes is told.

TITLE, SECRET = "Call with the night watchman", "The watchman said the gate was left open."


def noted(room: Room, *, confidential: bool = True) -> None:
    """A story that is out, with a note of Ann's beside the notice for its second sentence."""
    row = room.story()
    desk = Desk(room.outlet, room.home)
    held = case(desk, row)
    key = decision_key(held.report.sentences[1].sentence)
    sentences.note(room=desk, case=held, person=EDITOR, key=key, title=TITLE, text=SECRET, confidential=confidential, now=NOW)  # fmt: skip
    room.publish(room.approve(Story.objects.get(pk=row.pk)))


def as_it_was(room: Room) -> None:
    """Nothing: the note as it is."""


def the_note_called_a_release(room: Room) -> None:
    room.sql(
        "UPDATE sources_capture SET told = json_set(told, '$.terms', 'release') WHERE url LIKE 'note:%%'"
    )


def the_note_called_a_public_record_at_an_address(room: Room) -> None:
    room.sql(
        "UPDATE sources_capture SET url = 'https://a.example', told = json_set(told, '$.terms', 'public record', '$.url', 'https://a.example')"
        " WHERE url LIKE 'note:%%'"
    )


def the_note_called_another_reporters(room: Room) -> None:
    room.sql("UPDATE sources_capture SET told = json_set(told, '$.byline', %s) WHERE url LIKE 'note:%%'", LIE)


def a_release_called_an_own_note_of_somebody(room: Room) -> None:
    room.sql(
        "UPDATE sources_capture SET told = json_set(told, '$.terms', 'own', '$.byline', %s) WHERE url LIKE 'http%%'",
        LIE,
    )


@pytest.mark.parametrize(
    "attempt",
    [
        as_it_was, the_note_called_a_release, the_note_called_a_public_record_at_an_address, the_note_called_another_reporters,
        a_release_called_an_own_note_of_somebody,
    ],
    ids=lambda a: a.__name__,
)  # fmt: skip
@pytest.mark.parametrize("stands", [False, True], ids=["first build", "one story more"])
def test_no_page_says_what_a_note_says(room: Room, attempt: Callable[[Room], None], stands: bool) -> None:
    noted(room)
    if stands:
        assert room.build().refused == ()
    attempt(room)
    with contextlib.suppress(BackreadError):
        room.build(NOW + HOUR, whole=stands)
    assert [said(room, words) for words in (TITLE, SECRET, LIE)] == [set(), set(), set()]
    if attempt is as_it_was:
        assert said(room, "With own reporting by Ann Orde.") != set()


# Why a sentence stands on somebody's word, and on whose.

HEARD = "Most people here know that bell."


def on_anns_word(room: Room, reason: str = "I grew up here.", *, person: Person = EDITOR) -> None:
    """A story that is out, approved by Ann; she, or another, took one sentence over."""
    row = room.story(SENTENCES[0])
    head = row.head
    told = story_from_plain(head.told)
    parts = [*told.parts(), (BlockKind.PARAGRAPH, [Words(text=HEARD)])]
    made_ = Draft.objects.create(
        story=row, number=2, told=story_to_plain(Words_.of(parts, date=told.date)), captures=head.captures, at=NOW, by="ann",
        drafter=head.drafter,
    )  # fmt: skip
    entered(made_)
    desk = Desk(room.outlet, room.home)
    held = case(desk, Story.objects.get(pk=row.pk))
    key = decision_key(held.report.sentences[-1].sentence)
    sentences.decide(
        room=desk, case=held, person=person, key=key, act=Act.TAKE_OVER, now=NOW, ground=Ground.COMMON_KNOWLEDGE, reason=reason
    )  # fmt: skip
    room.publish(room.approve(Story.objects.get(pk=row.pk)))


def decided_by_hand(room: Room, **changed: object) -> None:
    """The last decision once more, with something else in it: the table lets rows be added."""
    ((story, key, told),) = room.sql(
        "SELECT story_id, key, told FROM stories_decision ORDER BY id DESC LIMIT 1"
    )
    told = json.dumps(json.loads(str(told)) | changed)
    room.sql(
        "INSERT INTO stories_decision (story_id, key, told, undone) VALUES (%s, %s, %s, 0)", story, key, told
    )


def nothing_else(room: Room) -> None:
    """The decision as it is."""


def another_reason(room: Room) -> None:
    decided_by_hand(room, reason=LIE)


def another_reason_dated_back(room: Room) -> None:
    decided_by_hand(room, reason=LIE, at=(NOW - HOUR).isoformat())


def another_kind_of_word(room: Room) -> None:
    decided_by_hand(room, act="override", reason=LIE)


def the_reason_changed_in_its_row(room: Room) -> None:
    room.unlock()
    room.sql("UPDATE stories_decision SET told = json_set(told, '$.reason', %s)", LIE)


def another_name_for_who_said_it(room: Room) -> None:
    room.sql("UPDATE accounts_person SET name = %s WHERE username = 'ann'", LIE)


def said_by_somebody_of_that_name(room: Room) -> None:
    room.sql("UPDATE accounts_person SET name = %s WHERE username = 'bo'", LIE)
    decided_by_hand(room, by="bo")


def called_a_brief(room: Room) -> None:
    room.sql("UPDATE accounts_person SET name = %s WHERE username = 'ann'", LIE)
    room.sql("UPDATE stories_story SET is_brief = 1")


@pytest.mark.parametrize(
    "attempt",
    [
        nothing_else, another_reason, another_reason_dated_back, another_kind_of_word, the_reason_changed_in_its_row,
        another_name_for_who_said_it, said_by_somebody_of_that_name, called_a_brief,
    ],
    ids=lambda a: a.__name__,
)  # fmt: skip
@pytest.mark.parametrize("stands", [False, True], ids=["first build", "one story more"])
def test_a_sentence_stands_on_the_word_that_was_signed(
    room: Room, attempt: Callable[[Room], None], stands: bool
) -> None:
    on_anns_word(room)
    if stands:
        assert room.build().refused == ()
    attempt(room)
    with contextlib.suppress(BackreadError):
        room.build(NOW + HOUR, whole=stands)
    assert said(room, LIE) == set()
    if attempt is nothing_else:
        assert {p for p in said(room, "I grew up here.") if p.endswith("pier/index.html")} != set()
