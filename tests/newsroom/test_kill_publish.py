"""kill -9 at each step from freezing to the last file, then the same acts again: nothing lost, doubled or half-written."""

from __future__ import annotations

import os
import signal
from datetime import timedelta

import pytest
from django.db import connections

from backread.ledger import chain
from backread.values.publication import WithdrawalKind
from newsroom import ddl, failpoints
from newsroom.ledger.actions import contents
from newsroom.stories import rows
from newsroom_room import NOW, SECOND, SENTENCES, Room, made, room

__all__ = ["made", "room"]
LATER = NOW + timedelta(minutes=10)
FILES = 22
"""So many files the first story's build writes, the two of the manifest too; a test below holds it to that."""
INSIDE = ["freezing", "frozen", "approving", "approved", "publishing", "published"]
"""Steps of the one transaction in which an editor signs and publishes."""
ACTS = [*INSIDE, "signed", "build"]
STEPS = [
    f"{step}:{number}"
    for step in ("write", "sync", "rename", "renamed")
    for number in (0, 1, 2, 3, 9, FILES - 1)
]


def go_on(room: Room) -> None:
    """What the desk does with a story, each act only when its row is not there yet."""
    row = room.story() if not room.sql("SELECT 1 FROM stories_story") else room.sql("SELECT 1") and _row(room)
    if not room.sql("SELECT 1 FROM gate_publication"):
        room.desk_approve(row)
    room.build()


def _row(room: Room):
    from newsroom.stories.models import Story

    return Story.objects.get(slug="pier")


def killed(room: Room, point: str, act=go_on) -> int:
    """Do `act` in a process of its own that is killed at `point`; the signal that ended it, 0 for none."""
    connections["default"].close()
    child = os.fork()
    if child == 0:
        name, _, times = point.partition(":")
        failpoints._WANTED, failpoints._left = name, int(times or 0)
        try:
            act(room)
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1] & 0x7F


def whole(room: Room) -> dict[str, bytes]:
    """Every file of the site; times of the build apart, they are the same after every history."""
    site = room.home / "site"
    return {str(p.relative_to(site)): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def sound(room: Room) -> None:
    """One publication, one head version, a chain that holds, the gate's tables as they should be, no half file."""
    assert room.sql("SELECT COUNT(*) FROM gate_publication") == [(1,)]
    assert room.sql("SELECT COUNT(*) FROM gate_version") == [(1,)]
    assert isinstance(chain.verify(contents("tide"), outlet="tide"), chain.Holds)
    acts = [
        act
        for (act,) in room.sql(
            "SELECT act FROM ledger_entry WHERE act IN ('version', 'approval', 'publication')"
        )
    ]
    assert sorted(acts) == ["approval", "publication", "version"]
    assert ddl.differences(dict(room.sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))) == []  # type: ignore[arg-type]
    assert list(room.home.rglob("*.half")) == []
    assert room.sql("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("point", [*ACTS, *STEPS])
def test_killed_and_gone_on(room: Room, point: str) -> None:
    assert killed(room, point) == signal.SIGKILL
    before = room.public()
    if point in INSIDE:
        assert before == {}
    left = {name: content for name, content in whole(room).items() if not name.endswith(".half")}
    for table in ("version", "approval", "publication"):
        assert room.sql(f"SELECT COUNT(*) FROM gate_{table}") == [(0 if point in INSIDE else 1,)]
    go_on(room)
    sound(room)
    assert set(room.public()) == set(SENTENCES[:2])
    files = whole(room)
    # A file that had its name already when the process died was the whole file.
    assert {name: files[name] for name in left} == left
    assert room.build().written == ()
    assert whole(room) == files


def test_unkilled_it_writes_so_many_files(room: Room) -> None:
    assert killed(room, "no such place") == 0
    assert len(whole(room)) + 2 == FILES, sorted(whole(room))


@pytest.mark.parametrize(
    "point", ["withdrawing", "withdrawn", "build", "write:0", "rename:1", "renamed:2", "remove:0"]
)
def test_a_takedown_that_was_killed_is_finished(room: Room, point: str) -> None:
    go_on(room)
    before = whole(room)

    def take_down(room: Room) -> None:
        if not room.sql("SELECT 1 FROM gate_withdrawal"):
            ((id_,),) = room.sql("SELECT id FROM gate_publication")
            room.withdraw(
                publication=rows.publication(str(id_)),
                kind=WithdrawalKind.TAKEDOWN,
                person=SECOND,
                reason="A court says so.",
                now=LATER,
            )
        room.build(LATER)

    ended = killed(room, point, take_down)
    assert ended in (signal.SIGKILL, 0)
    assert ended == signal.SIGKILL or point == "remove:0"
    if point == "withdrawing":
        assert whole(room) == before
    take_down(room)
    sound(room)
    assert room.public() == {}
    assert room.sql("SELECT COUNT(*) FROM gate_withdrawal") == [(1,)]


def test_two_builds_at_once_leave_one_whole_site(room: Room) -> None:
    """Four processes build the same site at the same time; nobody sees a half file of the other."""
    row = room.story()
    room.publish(room.approve(row))
    connections["default"].close()
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = 0 if room.build().refused == () else 1
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0, 0]
    assert room.build().written == ()
    sound(room)
