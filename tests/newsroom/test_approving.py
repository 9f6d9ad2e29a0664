"""The one way to approve, through its two doors: the desk's act and the command line do the same, and are refused the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from typer.testing import CliRunner, Result

from backread.check import CHECKS
from backread.check.engine import check_story
from backread.errors import BackreadError, NotAllowed
from backread.ledger.entry import ActName
from backread.values.decision import Act, Decision, Ground, decision_key
from backread.values.story import BlockKind, Citation, Origin, Words
from backread.values.story import Story as Words_
from newsroom import cli
from newsroom.accounts.models import Person as People
from newsroom.desk.actions import signing
from newsroom.desk.case import case
from newsroom.desk.room import Room as Desk
from newsroom.ledger.actions import record
from newsroom.ledger.models import LedgerEntry
from newsroom.stories import models
from newsroom.stories.plain import decision_body, decision_to_plain, story_to_plain
from newsroom_room import EDITOR, NOW, SECOND, SENTENCES, Room, entered, made, room, sign_rows

__all__ = ["made", "room"]
WORD = "correct horse"
Door = Callable[[Room, models.Story], object]


def by_desk(room: Room, story: models.Story) -> object:
    return room.desk_approve(story, now=datetime.now(UTC))


def by_command(
    room: Room, story: models.Story, *, user: str = "ann", word: str = WORD, code: str = ""
) -> Result:
    People.objects.update(password=make_password(WORD))
    told = code or room.code(EDITOR if user == "ann" else SECOND, datetime.now(UTC))
    return CliRunner().invoke(
        cli.app, ["approve", story.slug, "--as", user, "--home", str(room.home)], input=f"{word}\n{told}\n"
    )


def command(room: Room, story: models.Story) -> object:
    told = by_command(room, story)
    if isinstance(told.exception, BackreadError):
        raise told.exception
    return told


DOORS = [pytest.param(by_desk, id="desk"), pytest.param(command, id="command line")]


@pytest.fixture(autouse=True)
def _home(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKREAD_HOME", str(room.home))


def unproven(room: Room) -> models.Story:
    """A story whose last sentence no source proves."""
    row = room.story(SENTENCES[0], SENTENCES[1])
    head = row.head
    told = [room._cited(SENTENCES[0]), replace(room._cited(SENTENCES[1]), text="Rain is expected all week.")]
    copy = Words_.of([(BlockKind.HEADLINE, told[:1]), (BlockKind.PARAGRAPH, told)], date=head.at.date())
    entered(
        models.Draft.objects.create(
            story=row,
            number=2,
            told=story_to_plain(copy),
            drafter=head.drafter,
            captures=head.captures,
            at=head.at,
        )
    )
    return row


@pytest.mark.parametrize("door", DOORS)
def test_both_leave_the_same_behind(room: Room, door: Door) -> None:
    row = room.story()
    door(room, row)
    row.refresh_from_db()
    assert row.state == "published"
    acts = [
        a
        for (a,) in LedgerEntry.objects.order_by("seq").values_list("act")
        if a in ("version", "approval", "publication")
    ]
    assert acts == ["version", "approval", "publication"]
    assert room.sql("SELECT COUNT(*), SUM(needed) FROM gate_approval") == [(1, 1)]
    assert room.build(datetime.now(UTC)).refused == ()
    assert set(room.public()) == set(SENTENCES[:2])


@pytest.mark.parametrize("door", DOORS)
def test_both_wait_for_a_second_person(room: Room, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backread.review.gate._asks_for_second", lambda report: True)
    row = room.story()
    door(room, row)
    row.refresh_from_db()
    assert row.state == "approved"
    assert room.sql("SELECT COUNT(*) FROM gate_publication") == [(0,)]
    told = by_command(room, row, user="bo")
    assert told.exit_code == 0, told.output
    row.refresh_from_db()
    assert row.state == "published"
    assert "pier/index.html" in told.stdout
    assert set(room.public()) == set(SENTENCES[:2])


@pytest.mark.parametrize("door", DOORS)
def test_both_are_refused_an_open_sentence(room: Room, door: Door) -> None:
    with pytest.raises(NotAllowed, match="is open"):
        door(room, unproven(room))
    assert room.sql("SELECT COUNT(*) FROM gate_approval") == [(0,)]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("check", [c.name for c in CHECKS if c.built])
def test_both_are_refused_while_a_check_has_not_run(
    room: Room, door: Door, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(*given: object, **told: object) -> object:
        report = check_story(*given, **told)  # type: ignore[arg-type]
        return replace(report, ran=report.ran - {check})

    monkeypatch.setattr("newsroom.store.check_story", without)
    with pytest.raises(NotAllowed, match=f"The check {check} has not answered"):
        door(room, room.story())
    assert room.sql("SELECT COUNT(*) FROM gate_approval") == [(0,)]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("state", ["killed", "returned", "published", "taken down", "scheduled"])
def test_both_are_refused_where_the_story_stands_elsewhere(room: Room, door: Door, state: str) -> None:
    row = room.story()
    models.Story.objects.filter(pk=row.pk).update(state=state)
    with pytest.raises(NotAllowed, match="cannot be moved"):
        door(room, row)
    assert room.sql("SELECT COUNT(*) FROM gate_approval") == [(0,)]


@pytest.mark.parametrize("door", DOORS)
def test_both_count_decisions(room: Room, door: Door) -> None:
    """A sentence that was taken over lets the story through, is counted in the statement and stands in what was signed."""
    row = unproven(room)
    desk = Desk(room.outlet, room.home)
    before = signing.digest_of_decisions(case(desk, row))
    decide(room, row)
    after = signing.digest_of_decisions(case(desk, row))
    assert before != after
    door(room, row)
    ((content,),) = room.sql("SELECT content FROM gate_approval")
    assert f'"decisions_digest":"{after}"' in str(content)
    ((version,),) = room.sql("SELECT content FROM gate_version")
    assert '"S3t"' in str(version)


def decide(room: Room, row: models.Story, *, is_told: bool = True) -> None:
    """Bo cites the passage by hand and takes the sentence over."""
    head = row.head
    told = story_of(room)
    made_ = models.Draft.objects.create(
        story=row,
        number=head.number + 1,
        told=story_to_plain(told),
        drafter=head.drafter,
        captures=head.captures,
        at=head.at,
    )
    entered(made_)
    (open_one,) = case(Desk(room.outlet, room.home), row).report.open
    decision = Decision(
        key=decision_key(open_one.sentence), act=Act.TAKE_OVER, by="bo", at=datetime.now(UTC), reason="I saw the sky.",
        ground=Ground.CITED_BY_HAND,
    )  # fmt: skip
    models.Decision.objects.create(story=row, key=decision.key, told=decision_to_plain(decision))
    if is_told:
        body = {"story": row.slug, "decisions": [decision_body(decision)]}
        with transaction.atomic():
            record(outlet=room.outlet.pk, at=NOW, actor="bo", act=ActName.DECISIONS, body=body)


def test_a_decision_that_no_entry_tells_counts_for_nothing(room: Room) -> None:
    """One SQL insert would make a sentence taken over, or a story read."""
    row = unproven(room)
    desk = Desk(room.outlet, room.home)
    before = signing.digest_of_decisions(case(desk, row))
    decide(room, row, is_told=False)
    assert signing.digest_of_decisions(case(desk, row)) == before
    assert case(desk, row).decisions == {}
    with pytest.raises(NotAllowed, match="open"):
        by_desk(room, row)


def story_of(room: Room) -> Words_:
    first = room._cited(SENTENCES[0])
    rain = Words(
        text="Rain is expected all week.",
        citations=tuple(
            Citation(passage=c.passage, origin=Origin.EDITOR) for c in room._cited(SENTENCES[1]).citations
        ),
    )
    return Words_.of([(BlockKind.HEADLINE, [first]), (BlockKind.PARAGRAPH, [first, rain])], date=NOW.date())


@pytest.mark.parametrize(
    ("user", "word", "code"),
    [
        pytest.param("ann", "wrong", "", id="password"),
        pytest.param("ann", WORD, "000000", id="code"),
        pytest.param("ann", WORD, "not a code", id="no code at all"),
        pytest.param("eve", WORD, "", id="nobody of that name"),
    ],
)
def test_the_command_never_says_which_was_wrong(room: Room, user: str, word: str, code: str) -> None:
    told = by_command(room, room.story(), user=user, word=word, code=code)
    assert isinstance(told.exception, NotAllowed)
    assert "User, password or code is wrong" in str(told.exception)
    assert room.sql("SELECT COUNT(*) FROM gate_approval") == [(0,)]


def test_a_reporter_cannot_approve_on_the_command_line(room: Room) -> None:
    row = room.story()
    room.sql("UPDATE accounts_membership SET roles = '[\"reporter\"]'")
    sign_rows("tide", room.home)
    told = by_command(room, row)
    assert "Only an editor may approve" in str(told.exception)
    assert room.sql("SELECT COUNT(*) FROM gate_approval") == [(0,)]


def test_words_changed_between_reading_and_signing(room: Room) -> None:
    """Signed is what was read: a draft saved in between is refused, and nothing is frozen."""
    row = room.story(SENTENCES[0])
    desk = Desk(room.outlet, room.home)
    held, now = case(desk, row), datetime.now(UTC)
    room.story(SENTENCES[1])
    with pytest.raises(NotAllowed, match="changed since"):
        signing.approve(
            room=desk,
            case=held,
            person=EDITOR,
            code=room.code(EDITOR, now),
            saw=signing.shown(held, EDITOR),
            now=now,
        )
    assert room.sql("SELECT COUNT(*) FROM gate_version") == [(0,)]


def test_nothing_is_published_at_a_time_that_is_past(room: Room) -> None:
    story = room.story()
    with pytest.raises(NotAllowed, match="It is past"):
        room.desk_approve(story, not_before=NOW - timedelta(days=900))
    assert models.Story.objects.get(pk=story.pk).state == story.state
    assert not LedgerEntry.objects.filter(act="publication").exists()
