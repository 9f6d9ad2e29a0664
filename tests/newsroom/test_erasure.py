"""Erasing for good: what goes, what stays, who may, and that receipts and ledger still verify."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.db import DatabaseError
from test_doctor import ailments
from typer.testing import CliRunner, Result

from backread.adapters.signing import FileSigner
from backread.archive.blobs import FolderBlobs
from backread.errors import BackreadError, NotAllowed
from backread.ledger import chain
from backread.ledger.keys import KeyRole
from backread.ledger.receipt import Kept, Receipt, Withheld
from backread.ledger.verdict import judge
from backread.review import statement
from backread.values.decision import Act, Decision
from backread.values.person import Person, Role
from newsroom import cli, press
from newsroom.accounts.models import Person as People
from newsroom.desk.models import Remark
from newsroom.ledger.actions import contents
from newsroom.sources.models import Capture
from newsroom.stories import models
from newsroom.stories.erasure import Erased, erase_capture, erase_story, sweep
from newsroom.stories.plain import decision_to_plain
from newsroom_room import EDITOR, NOW, SECOND, SENTENCES, Room, made, room

__all__ = ["made", "room"]
LATER = NOW + timedelta(hours=3)
PAGE = "site/2026/10/pier/index.html"
SECRET = "Everett was seen there."
WORD = "correct horse"


def signer(room: Room) -> FileSigner:
    return FileSigner.at(room.home, KeyRole.ATTESTATION)


def erase(room: Room, slug: str = "pier", **told: object) -> Erased:
    given = {
        "one": SECOND,
        "two": EDITOR,
        "signer": signer(room),
        "reason": "A court says so.",
        "now": LATER,
    } | told
    return erase_story(story=models.Story.objects.get(slug=slug), **given)  # type: ignore[arg-type]


def erase_notice(room: Room, **told: object) -> Erased:
    blobs = FolderBlobs(room.home / "captures")
    given = {
        "one": SECOND,
        "two": EDITOR,
        "signer": signer(room),
        "reason": "A court says so.",
        "now": LATER,
        "remove": blobs.remove,
    } | told
    return erase_capture(outlet="tide", capture=room.capture.id, **given)  # type: ignore[arg-type]


def receipt(room: Room) -> Receipt:
    told = Receipt.parse((room.home / PAGE).with_name("receipt.json").read_bytes())
    assert judge(told, [key.id for key in told.keys.keys], says=statement.words).holds
    return told


def everywhere(room: Room, words: str) -> list[str]:
    """Files below the newsroom's folder that hold these words, the database and its log among them."""
    found = [p for p in room.home.rglob("*") if p.is_file() and words.encode() in p.read_bytes()]
    return [str(p.relative_to(room.home)) for p in found]


@pytest.fixture
def published(room: Room) -> Room:
    """A story in two versions, a third draft on the desk, a reason given on a sentence and one on the story."""
    row = room.story(SENTENCES[0], SENTENCES[1])
    room.publish(room.approve(row))
    room.story(SENTENCES[2])
    hour = NOW + timedelta(hours=1)
    room.publish(room.approve(row, now=hour, correction="It moved."), now=hour)
    room.story(SENTENCES[3])
    decision = Decision(key=room.capture.text_digest, act=Act.KEEP, by="ann", at=NOW, reason=SECRET)
    models.Decision.objects.create(story=row, key=decision.key, told=decision_to_plain(decision))
    Remark.objects.create(story=row, move="return", by="bo", reason=SECRET, at=NOW)
    models.Story.objects.filter(pk=row.pk).update(title="The pier closes for Everett", state="published")
    assert room.build(LATER).refused == ()
    assert SENTENCES[2] in (room.home / PAGE).read_text("utf-8")
    return room


def test_no_word_of_a_story_is_left_and_its_record_still_verifies(published: Room) -> None:
    room = published
    before = receipt(room)
    told = erase(room)
    assert room.build(LATER).refused == ()
    assert room.public() == {}
    page = (room.home / PAGE).read_text("utf-8")
    assert "The words of this story were erased" in page
    after = receipt(room)
    assert (after.version, after.approvals, after.publication) == (
        before.version,
        before.approvals,
        before.publication,
    )
    assert isinstance(chain.verify(contents("tide"), outlet="tide"), chain.Holds)
    assert ailments(room) == []
    row = models.Story.objects.get(slug="pier")
    assert (row.title, row.state) == ("Erased", "erased")
    assert told.shared == ()
    assert {d.split()[0] for d in told.removed if " " in d} == {"draft", "decision"}


def test_not_in_the_database_either_nor_in_what_it_keeps_beside(published: Room) -> None:
    """The capture is another matter; the words that only the story had are in no file any more."""
    for words in (SECRET, "for Everett", '"The pier closes for repairs on Monday."'):
        assert any("newsroom.sqlite3" in name for name in everywhere(published, words)), words
    erase(published)
    published.build(LATER)
    for words in (SECRET, "for Everett", '"The pier closes for repairs on Monday."'):
        assert everywhere(published, words) == []


def test_words_that_another_story_says_too_stay_there(published: Room) -> None:
    """An empty deck is the same in every story: to erase one is not to erase all."""
    room = published
    room.publish(room.approve(room.story(SENTENCES[3], slug="bell")))
    told = erase(room)
    assert told.shared
    assert room.build(LATER).refused == ()
    assert set(room.public()) == {SENTENCES[3]}
    assert ailments(room) == []


def test_of_two_stories_with_the_same_words_each_is_erased_by_its_own(published: Room) -> None:
    """The words go with the last of them."""
    room = published
    again = LATER - timedelta(hours=1)
    room.publish(room.approve(room.story(SENTENCES[2], slug="bell"), now=again), now=again)
    models.Story.objects.filter(slug="bell").update(state="published")
    assert room.build(again).refused == ()
    for slug, left in (("pier", {SENTENCES[2]}), ("bell", set())):
        erase(room, slug)
        assert room.build(LATER + timedelta(hours=1)).refused == ()
        assert set(room.public()) == left
        assert "The words of this story were erased" in (room.home / PAGE.replace("pier", slug)).read_text("utf-8")  # fmt: skip
        assert ailments(room) == []
    assert room.sql("SELECT COUNT(*) FROM gate_words w, gate_version v WHERE w.content IS NOT NULL AND instr(v.content, w.digest)") == [(0,)]  # fmt: skip


def test_what_was_erased_with_a_story_can_be_said_again_by_another(published: Room) -> None:
    """Nothing else was out: an empty deck and the byline went with it. No later story may be called erased for that."""
    room = published
    told = erase(room)
    assert told.shared == ()
    again = LATER + timedelta(hours=1)
    room.publish(room.approve(room.story(SENTENCES[3], slug="bell"), now=again), now=again)
    assert room.build(again + timedelta(hours=1)).refused == ()
    assert set(room.public()) == {SENTENCES[3]}
    assert "The words of this story were erased" in (room.home / PAGE).read_text("utf-8")
    assert ailments(room) == []


def test_a_story_that_was_erased_stays_so_where_another_says_every_word_of_it(published: Room) -> None:
    room = published
    erase(room)
    again = LATER + timedelta(hours=1)
    room.approve(room.story(SENTENCES[2], slug="bell"), now=again)
    held = {row[0] for row in room.sql("SELECT digest FROM gate_words WHERE content IS NOT NULL")}
    ((content,),) = room.sql("SELECT content FROM gate_version WHERE story = 'pier' AND number = 2")
    assert set(json.loads(str(content))["parts"].values()) <= held
    assert room.build(again, whole=True).refused == ()
    assert room.public() == {}
    assert "The words of this story were erased" in (room.home / PAGE).read_text("utf-8")
    assert ailments(room) == []


def test_a_capture_is_erased_and_the_story_that_rests_on_it_says_so(published: Room) -> None:
    room = published
    row = Capture.objects.get()
    blobs = [room.home / "captures" / d[:2] / d for d in (row.text, row.record)]
    assert all(path.exists() for path in blobs)
    assert [type(k) for k in receipt(room).evidence] == [Kept]
    erase_notice(room)
    assert not any(path.exists() for path in blobs)
    assert room.build(LATER).refused == ()
    page = (room.home / PAGE).read_text("utf-8")
    assert SENTENCES[2] in page
    assert "An erased copy" in page
    assert "The copy it rests on was erased." in page
    assert "pier.example" not in page
    assert [type(k) for k in receipt(room).evidence] == [Withheld]
    assert ailments(room) == []
    assert room.store.captures() == ()
    room.store.group("new captures", LATER)
    assert everywhere(room, "https://pier.example/notice") == ["newsroom.sqlite3"], (
        "the source keeps its address"
    )
    assert not [name for name in everywhere(room, SENTENCES[0]) if name.startswith("captures/")]


def test_a_page_seen_again_does_not_bring_it_back(published: Room) -> None:
    erase_notice(published)

    def blobs() -> list[Path]:
        return [path for path in (published.home / "captures").rglob("*") if path.is_file()]

    assert blobs() == []
    published.store.gather("pier", LATER)
    assert published.store.captures() == ()
    assert list(published.store.captures_due(LATER)) == []
    assert blobs() == []


def test_an_erasure_that_was_killed_before_the_files_is_finished_by_the_next(published: Room) -> None:
    row = Capture.objects.get()
    erase_notice(published, remove=lambda digest: None)
    path = published.home / "captures" / row.text[:2] / row.text
    assert path.exists()
    sweep(FolderBlobs(published.home / "captures").remove)
    assert not path.exists()


REPORTER = Person(id="rita", name="Rita", roles=frozenset({Role.REPORTER}))


@pytest.mark.parametrize("act", [erase, erase_notice], ids=["story", "capture"])
@pytest.mark.parametrize(
    ("told", "why"),
    [
        pytest.param({"one": EDITOR, "two": SECOND}, "Only a standards editor", id="an editor"),
        pytest.param({"two": SECOND}, "Another editor", id="one person"),
        pytest.param({"two": REPORTER}, "Another editor", id="a reporter agrees"),
        pytest.param({"reason": "  "}, "Say why", id="no reason"),
    ],
)
def test_who_may_not(published: Room, act: Callable[..., Erased], told: dict[str, object], why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        act(published, **told)
    assert published.sql("SELECT COUNT(*) FROM gate_erasure") == [(0,)]
    assert published.sql("SELECT COUNT(*) FROM gate_words WHERE content IS NULL") == [(0,)]


@pytest.mark.parametrize("state", ["approved", "scheduled", "erased"])
def test_what_waits_or_is_gone_is_not_erased(published: Room, state: str) -> None:
    models.Story.objects.update(state=state)
    with pytest.raises(NotAllowed, match="cannot be moved"):
        erase(published)


ATTEMPTS = [
    pytest.param("UPDATE stories_draft SET told = '{}'", id="a draft without an erasure"),
    pytest.param("UPDATE stories_decision SET told = json_set(told, '$.reason', '')", id="a reason without an erasure"),
    pytest.param("UPDATE gate_words SET content = NULL", id="words without an erasure"),
    pytest.param(
        "INSERT INTO gate_erasure SELECT 'tide', digest, (SELECT hash FROM ledger_entry LIMIT 1), 'bo', 'ann', 'x', '2026-10-19T12:00:00.000000Z' FROM gate_words",
        id="an erasure without an entry",
    ),
]  # fmt: skip


@pytest.mark.parametrize("statement", ATTEMPTS)
def test_nothing_is_emptied_by_hand(published: Room, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"gate:|kept:"):
        published.sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("INSERT INTO gate_erasure SELECT outlet, substr(digest, 2) || 'x', entry, by_one, by_two, reason, at FROM gate_erasure LIMIT 1", id="another digest under the same entry"),
        pytest.param("INSERT INTO gate_erasure SELECT outlet, 'draft 99', entry, 'ann', by_two, reason, at FROM gate_erasure LIMIT 1", id="another person"),
        pytest.param("UPDATE stories_draft SET told = '{\"date\": null, \"parts\": []}'", id="other words in an erased draft"),
        pytest.param("UPDATE stories_draft SET captures = '[]'", id="an erased draft's captures"),
        pytest.param("UPDATE stories_decision SET told = json_set(told, '$.by', 'bo')", id="an erased reason's author"),
        pytest.param("UPDATE gate_words SET content = x'00' WHERE content IS NULL", id="words put in again"),
        pytest.param("UPDATE gate_words SET content = x'00' WHERE content IS NOT NULL", id="other words"),
    ],
)  # fmt: skip
def test_an_erasure_opens_nothing_else(published: Room, statement: str) -> None:
    erase(published)
    with pytest.raises(DatabaseError, match=r"gate:|kept:"):
        published.sql(statement)


def command(room: Room, what: str, *, second: str = "ann", code: str = "", json: bool = False) -> Result:
    People.objects.update(password=make_password(WORD))
    now = datetime.now(UTC)
    mine, theirs = room.code(SECOND, now), code or room.code(EDITOR, now)
    words = [
        "erase",
        what,
        "--as",
        "bo",
        "--with",
        second,
        "--reason",
        "A court says so.",
        "--home",
        str(room.home),
    ]
    return CliRunner().invoke(
        cli.app, [*words, *(["--json"] if json else [])], input=f"{WORD}\n{mine}\n{WORD}\n{theirs}\n"
    )


@pytest.fixture(autouse=True)
def _home(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKREAD_HOME", str(room.home))


def test_the_verb_erases_and_builds(published: Room) -> None:
    told = command(published, "pier")
    assert told.exit_code == 0, (told.output, told.exception)
    assert "erased  draft" in told.stdout
    assert published.public() == {}
    told = command(published, published.capture.id, json=True)
    assert told.exit_code == 0, (told.output, told.exception)
    assert '\n{"removed": ["' in told.stdout
    assert published.store.captures() == ()


@pytest.mark.parametrize(
    ("what", "told", "why"),
    [
        pytest.param("nothing", {}, "no capture that id", id="nothing of that name"),
        pytest.param("pier", {"code": "000000"}, "wrong", id="a wrong code"),
        pytest.param("pier", {"second": "eve"}, "wrong", id="nobody of that name"),
        pytest.param("pier", {"second": "bo"}, "wrong", id="one person twice, with one code"),
    ],
)
def test_the_verb_refuses_in_words(published: Room, what: str, told: dict[str, str], why: str) -> None:
    done = command(published, what, **told)
    assert isinstance(done.exception, BackreadError)
    assert why in str(done.exception)
    assert published.sql("SELECT COUNT(*) FROM gate_erasure") == [(0,)]


def test_a_site_without_the_erasures_entry_is_not_built(published: Room) -> None:
    """Words that somebody only deleted are no erasure: what stood before stands, and it is said."""
    published.unlock()
    published.sql("UPDATE gate_words SET content = NULL WHERE CAST(content AS TEXT) LIKE '%%blocks%%'")
    built = press.site(
        store=published.store, outlet=published.outlet, home=published.home, now=LATER, whole=True
    )
    assert "no erasure of them" in str(built.refused[0])
    assert SENTENCES[2] in (published.home / PAGE).read_text("utf-8")
