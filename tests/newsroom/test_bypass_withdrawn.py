"""Attempts to leave words public, or to bring them back, past a takedown or a retraction: by stale forms, by what waits for its time, by hand;
and to withdraw with the session of somebody else.

Each with the honest act beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import async_to_sync
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from test_bypass_erasure import refusals
from test_bypass_record import held
from test_doctor import ailments

from backread.errors import NotAllowed
from backread.values.publication import Publication, WithdrawalKind
from newsroom.accounts.models import Person as People
from newsroom.accounts.sessions import SessionStore, digest
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
        room=desk(room), story=Story.objects.get(), person=EDITOR, publication=out.id, kind=kind, reason="Not true.", now=now, code=room.code(EDITOR, now),
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


# Whose session it is, and whose hand.


@pytest.fixture
def ann(room: Room, settings: object) -> Client:
    """The editor's browser."""
    cache.clear()
    client = Client(SERVER_NAME="localhost")
    client.force_login(People.objects.get(username="ann"), backend=settings.AUTHENTICATION_BACKENDS[0])  # type: ignore[attr-defined]
    return client


def key_of(client: Client) -> str:
    return client.cookies["sessionid"].value


def another(key: str) -> Client:
    """A browser that sends this key."""
    client = Client(SERVER_NAME="localhost")
    client.cookies["sessionid"] = key
    return client


def send(client: Client, out: Publication, kind: WithdrawalKind = RETRACT, **told: str) -> HttpResponse:
    form = {"publication": out.id, "kind": str(kind), "reason": "Not true."}
    return client.post(reverse("desk:withdraw", args=["pier"]), form | told)


def is_in(client: Client) -> bool:
    return client.get(reverse("desk:published")).status_code == 200


def the_key_as_it_lies_there(room: Room, hers: str) -> str:
    ((key,),) = room.sql("SELECT session_key FROM django_session")
    assert hers not in str(room.sql("SELECT * FROM django_session"))
    return str(key)


def her_row_under_a_key_of_ones_own(room: Room, hers: str) -> str:
    mine = "a" * 32
    room.sql(
        "INSERT INTO django_session SELECT %s, session_data, expire_date FROM django_session", digest(mine)
    )
    return mine


def a_row_under_a_plain_key(room: Room, hers: str) -> str:
    """As rows lay there before keys were digested."""
    mine = "b" * 32
    room.sql("INSERT INTO django_session SELECT %s, session_data, expire_date FROM django_session", mine)
    return mine


@pytest.mark.parametrize(
    "attempt",
    [the_key_as_it_lies_there, her_row_under_a_key_of_ones_own, a_row_under_a_plain_key],
    ids=lambda f: f.__name__,
)
def test_nobody_takes_a_session_from_the_database(
    room: Room, ann: Client, attempt: Callable[[Room, str], str]
) -> None:
    out = room.desk_approve(room.story())
    assert out is not None
    thief = another(attempt(room, key_of(ann)))
    assert not is_in(thief)
    assert "sign-in" in send(thief, out, code=room.code(EDITOR, datetime.now(UTC)))["Location"]
    assert ends(room) == []
    assert is_in(ann)
    assert is_in(another(key_of(ann))), "the key itself, which only the browser has, opens it"


@ENDS
@pytest.mark.parametrize(
    "told",
    [{}, {"code": ""}, {"code": "000000"}, {"code": "abcdef"}],
    ids=["none", "empty", "wrong", "no number"],
)
def test_a_session_alone_withdraws_nothing(
    room: Room, ann: Client, told: dict[str, str], kind: WithdrawalKind
) -> None:
    out = room.desk_approve(room.story())
    assert out is not None
    answer = send(ann, out, kind, **told)
    assert answer.status_code == 409
    assert "take the next one" in answer.content.decode()
    assert ends(room) == []
    assert send(ann, out, kind, code=room.code(EDITOR, datetime.now(UTC))).status_code == 302
    assert ends(room) == [(out.id, str(kind))]


def test_a_code_withdraws_once(room: Room, ann: Client) -> None:
    first = room.desk_approve(room.story())
    second = room.desk_approve(room.story(slug="slip"))
    assert first is not None
    assert second is not None
    code = room.code(EDITOR, datetime.now(UTC))
    assert send(ann, first, code=code).status_code == 302
    form = {"publication": second.id, "kind": "retract", "reason": "Not true.", "code": code}
    assert ann.post(reverse("desk:withdraw", args=["slip"]), form).status_code == 409
    assert ends(room) == [(first.id, "retract")]


def test_guesses_are_limited_with_those_of_approving(room: Room, ann: Client) -> None:
    out = room.desk_approve(room.story())
    assert out is not None
    for guess in range(5):
        assert send(ann, out, code=f"{guess:06}").status_code == 409
    code = room.code(EDITOR, datetime.now(UTC))
    assert send(ann, out, code=code).status_code == 429
    told = {"code": code, "saw": "0" * 64}
    assert ann.post(reverse("desk:approve", args=["pier"]), told).status_code == 429
    assert ends(room) == []
    cache.clear()


def test_a_stale_form_uses_up_no_code(room: Room, ann: Client) -> None:
    first, second = corrected(room)
    code = room.code(EDITOR, datetime.now(UTC))
    assert "look at the list again" in send(ann, first, code=code).content.decode()
    assert send(ann, second, code=code).status_code == 302
    assert ends(room) == [(second.id, "retract")]


def test_what_waits_is_cancelled_without_a_code(room: Room, ann: Client) -> None:
    now = datetime.now(UTC)
    out = room.desk_approve(room.story(), now=now, not_before=now + HOUR)
    assert out is not None
    page = ann.get(reverse("desk:published")).content.decode()
    assert 'name="code"' not in page
    assert send(ann, out, CANCEL).status_code == 302
    assert ends(room) == [(out.id, "cancel")]


def test_the_page_asks_for_a_code_by_its_name(room: Room, ann: Client) -> None:
    out = room.desk_approve(room.story())
    assert out is not None
    page = ann.get(reverse("desk:published")).content.decode()
    assert f'<label for="o-{out.id}">One-time code</label><input id="o-{out.id}" name="code"' in page


def test_a_session_lives_and_ends_under_its_digest(room: Room) -> None:
    store = SessionStore()
    store["who"] = "ann"
    store.create()
    first = str(store.session_key)
    store["who"] = "ann"
    store.save()
    assert (store.exists(first), store.exists(digest(first)), store.exists("")) == (True, False, False)
    assert SessionStore(first)["who"] == "ann"
    store.cycle_key()
    second = str(store.session_key)
    assert (store.exists(first), SessionStore(second)["who"]) == (False, "ann")
    assert room.sql("SELECT session_key FROM django_session") == [(digest(second),)]
    room.sql("UPDATE django_session SET expire_date = '2020-01-01 00:00:00'")
    assert SessionStore(second).load() == {}
    SessionStore.clear_expired()
    assert room.sql("SELECT * FROM django_session") == []
    store.flush()
    assert store.session_key is None


def test_a_session_lives_and_ends_awaited(room: Room) -> None:
    async def live() -> None:
        store = SessionStore()
        await store.aset("who", "ann")
        await store.asave()
        first = str(store.session_key)
        assert (await store.aexists(first), await store.aexists(digest(first))) == (True, False)
        assert await SessionStore(first).aget("who") == "ann"
        await store.acycle_key()
        second = str(store.session_key)
        assert (await store.aexists(first), await SessionStore(second).aget("who")) == (False, "ann")
        await store.adelete(second)
        assert not await store.aexists(second)
        await store.aflush()
        await SessionStore.aclear_expired()

    async_to_sync(live)()
    assert room.sql("SELECT * FROM django_session") == []
