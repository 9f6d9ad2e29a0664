"""What readers see of a story while a correction waits, is cancelled, or comes out; and after a withdrawal."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from backread.errors import NotAllowed
from backread.ledger.receipt import Receipt, Withheld
from backread.ledger.verdict import judge
from backread.review import statement
from backread.values.publication import Publication, WithdrawalKind
from newsroom.desk.actions import signing
from newsroom.desk.room import Room as Desk
from newsroom.stories import models
from newsroom_room import NOW, SECOND, SENTENCES, Room, made, room

__all__ = ["made", "room"]
LATER = NOW + timedelta(hours=3)
PAGE = "site/2026/10/pier/index.html"


def corrected(room: Room, not_before=LATER) -> Publication:
    """The first story is out; a correction with other words is set for later."""
    room.publish(room.approve(room.story(SENTENCES[0])))
    room.build()
    hour = NOW + timedelta(hours=1)
    second = room.approve(room.story(SENTENCES[1]), now=hour, correction="The cost was missing.")
    return room.publish(second, now=hour, not_before=not_before)


def page(room: Room) -> str:
    path = room.home / PAGE
    return path.read_text("utf-8") if path.exists() else ""


def test_a_correction_that_waits_leaves_the_story_standing(room: Room) -> None:
    corrected(room)
    room.build(NOW + timedelta(hours=2))
    assert SENTENCES[0] in page(room)
    assert SENTENCES[1] not in page(room)
    assert room.build(LATER).refused == ()
    assert SENTENCES[1] in page(room)
    assert "The cost was missing." in page(room)
    assert SENTENCES[0] not in page(room)


def test_what_stands_while_a_correction_waits_is_on_the_front_page_and_in_the_feeds(room: Room) -> None:
    """The waiting version ends the approval of the one that stands, for any further use; what is out stays out."""
    corrected(room)
    for whole in (False, True):
        assert room.build(NOW + timedelta(hours=2), whole=whole).refused == ()
        for name in ("index.html", "feed.json", "2026/10/index.html"):
            assert SENTENCES[0] in (room.home / "site" / name).read_text("utf-8")


def test_a_correction_that_was_cancelled_was_never_there(room: Room) -> None:
    out = corrected(room)
    room.withdraw(
        publication=out,
        kind=WithdrawalKind.CANCEL,
        person=SECOND,
        reason="not true after all",
        now=NOW + timedelta(hours=2),
    )
    room.build(LATER + timedelta(hours=1))
    assert SENTENCES[0] in page(room)
    assert "The cost was missing." not in page(room)
    third = room.approve(room.story(SENTENCES[2]), now=LATER, correction="The ferry moved.")
    room.publish(third, now=LATER)
    assert room.build(LATER + timedelta(hours=1)).refused == ()
    assert SENTENCES[2] in page(room)
    assert "The cost was missing." not in page(room)


def test_a_correction_comes_out_at_its_time_with_the_worker(room: Room) -> None:
    corrected(room)
    room.build(NOW + timedelta(hours=2))
    assert room.store.look_again(LATER - timedelta(seconds=1)) == ()
    assert SENTENCES[0] in page(room)
    assert room.store.look_again(LATER) == ()
    assert SENTENCES[1] in page(room)
    assert "The cost was missing." in page(room)


@pytest.mark.parametrize(
    ("correction", "state"),
    [
        pytest.param("", "published", id="first published"),
        pytest.param("A word.", "corrected", id="corrected before"),
    ],
)
def test_a_correction_is_cancelled_at_the_desk_and_the_story_stands_as_before(
    room: Room, correction: str, state: str
) -> None:
    row = room.story(SENTENCES[0])
    room.publish(room.approve(row, correction=correction))
    room.build()
    hour = NOW + timedelta(hours=1)
    second = room.approve(room.story(SENTENCES[1]), now=hour, correction="It moved.")
    out = room.publish(second, now=hour, not_before=LATER)
    models.Story.objects.filter(pk=row.pk).update(state="corrected")

    def cancel(now: datetime) -> None:
        signing.withdraw(
            room=Desk(room.outlet, room.home), story=models.Story.objects.get(pk=row.pk), person=SECOND, publication=out.id,
            kind=WithdrawalKind.CANCEL, reason="not true after all", now=now,
        )  # fmt: skip

    with pytest.raises(NotAllowed, match="out already"):
        cancel(LATER)
    cancel(LATER - timedelta(seconds=1))
    row.refresh_from_db()
    assert row.state == state
    room.build(LATER)
    assert SENTENCES[0] in page(room)


def test_a_story_that_is_scheduled_is_not_there_before_its_time(room: Room) -> None:
    room.publish(room.approve(room.story()), not_before=LATER)
    room.build(LATER - timedelta(seconds=1))
    assert room.public() == {}
    room.build(LATER)
    assert SENTENCES[0] in page(room)


def test_a_retraction_folds_the_words_and_a_takedown_removes_them(room: Room) -> None:
    out = room.publish(room.approve(room.story()))
    room.build()
    room.withdraw(
        publication=out, kind=WithdrawalKind.RETRACT, person=SECOND, reason="It was another pier.", now=LATER
    )
    assert room.build(LATER).refused == ()
    assert page(room).index("It was another pier.") < page(room).index(SENTENCES[1])


def test_a_takedown_leaves_no_word(room: Room) -> None:
    out = room.publish(room.approve(room.story()))
    room.build()
    room.withdraw(
        publication=out, kind=WithdrawalKind.TAKEDOWN, person=SECOND, reason="A court says so.", now=LATER
    )
    before = (room.home / PAGE).with_name("receipt.json").read_text("utf-8")
    assert "https://pier.example/notice" in before
    assert room.build(LATER).refused == ()
    assert page(room)
    assert room.public() == {}
    receipt = (room.home / PAGE).with_name("receipt.json")
    told = Receipt.parse(receipt.read_bytes())
    assert judge(told, [key.id for key in told.keys.keys], says=statement.words).holds
    for path in [receipt, *receipt.parent.rglob("*.html")]:
        # Neither where it was read nor what it was called; its digest stays.
        assert "pier.example" not in path.read_text("utf-8")
        assert "Notice" not in path.read_text("utf-8")
    assert [type(k) for k in told.evidence] == [Withheld]
