"""A key is replaced: what it signed keeps its proof, it proves nothing newer, and a kill in between loses nothing."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from backread.adapters.signing import FileSigner, key_file, retire, retired
from backread.errors import ConfigError
from backread.ledger import chain
from backread.ledger.keys import Key, KeyRole
from backread.ledger.receipt import Receipt
from backread.ledger.verdict import judge
from backread.review import statement
from newsroom import failpoints
from newsroom.ledger.actions import contents
from newsroom.rotation import rotate
from newsroom.trust import keys
from newsroom_room import NOW, SENTENCES, Room, made, room

__all__ = ["made", "room"]
LATER = NOW + timedelta(hours=1)
SINCE = NOW - timedelta(days=1)


def turn(room: Room, role: KeyRole = KeyRole.ATTESTATION, now=LATER) -> str:
    return rotate(outlet="tide", home=room.home, role=role, by="admin", now=now)


def receipt(room: Room, slug: str) -> Receipt:
    return Receipt.parse((room.home / f"site/2026/10/{slug}/receipt.json").read_bytes())


@pytest.mark.parametrize("role", KeyRole)
def test_what_was_signed_keeps_its_proof_and_the_next_story_has_the_new_key(room: Room, role: KeyRole) -> None:  # fmt: skip
    room.publish(room.approve(room.story(SENTENCES[0])))
    room.build()
    old = FileSigner(key_file(room.home, role)).key
    new = turn(room, role)
    assert FileSigner(key_file(room.home, role)).key == new != old
    again = LATER + timedelta(minutes=1)
    approval = room.approve(room.story(SENTENCES[2], slug="ferry"), now=again)
    room.publish(approval, now=again)
    for whole in (False, True):
        assert room.build(LATER + timedelta(hours=1), whole=whole).refused == ()
    assert set(room.public()) == {SENTENCES[0], SENTENCES[2]}
    pinned = [key.id for key in keys("tide", room.home).keys]
    assert len(pinned) == 3
    for slug in ("pier", "ferry"):
        told = receipt(room, slug)
        assert judge(told, pinned, says=statement.words).holds
        assert {key.id for key in told.keys.keys} == set(pinned)
    shown = json.loads((room.home / "site/ledger/keys.json").read_bytes())
    assert [key["id"] for key in shown if key["until"]] == [old]


def test_a_key_counts_for_the_time_it_served(room: Room) -> None:
    old = FileSigner(key_file(room.home, KeyRole.ATTESTATION)).key
    new = turn(room)
    registry = keys("tide", room.home)
    held = {
        (name, at): registry.holds(key, KeyRole.ATTESTATION, at)
        for name, key in (("old", old), ("new", new))
        for at in (SINCE - timedelta(seconds=1), NOW, LATER - timedelta(seconds=1), LATER)
    }
    assert [at for (name, at), yes in held.items() if name == "old" and yes] == [NOW, LATER - timedelta(seconds=1)]  # fmt: skip
    assert [at for (name, at), yes in held.items() if name == "new" and yes] == [LATER]


def test_the_old_key_signs_nothing_newer(room: Room) -> None:
    """Somebody kept the old private half, and puts it back to sign with."""
    path = key_file(room.home, KeyRole.ATTESTATION)
    kept = room.home / "kept.pem"
    shutil.copy(path, kept)
    turn(room)
    shutil.copy(kept, path)
    again = LATER + timedelta(minutes=1)
    room.publish(room.approve(room.story(), now=again), now=again)
    refused = [str(err) for err in room.build(LATER + timedelta(hours=1)).refused]
    assert ["not one of this outlet's for that time" in words for words in refused] == [True]
    assert room.public() == {}


def test_without_its_public_half_kept_nothing_it_signed_verifies(room: Room) -> None:
    room.publish(room.approve(room.story()))
    turn(room)
    (room.home / "keys/retired.json").unlink()
    assert room.build(LATER).refused
    assert room.public() == {}


def killed(room: Room, point: str) -> None:
    """The command is ended at `point`."""

    class Killed(BaseException):
        pass

    def reach(name: str) -> None:
        if name == point:
            raise Killed

    before, failpoints.reach = failpoints.reach, reach
    try:
        with pytest.raises(Killed):
            turn(room)
    finally:
        failpoints.reach = before


@pytest.mark.parametrize("point", ["new key", "key entered", "key retired"])
def test_killed_in_between_it_goes_on_where_it_stopped(room: Room, point: str) -> None:
    room.publish(room.approve(room.story()))
    killed(room, point)
    assert room.build(LATER).refused == ()
    new = turn(room, now=LATER + timedelta(hours=1))
    assert FileSigner(key_file(room.home, KeyRole.ATTESTATION)).key == new
    assert not list((room.home / "keys").glob("*next*"))
    entries = room.sql("SELECT COUNT(*) FROM ledger_entry WHERE act = 'key'")
    assert entries == [(3,)]
    assert isinstance(chain.verify(contents("tide"), outlet="tide"), chain.Holds)
    assert room.build(LATER + timedelta(hours=1)).refused == ()
    assert set(room.public()) == set(SENTENCES[:2])


def test_a_key_the_ledger_does_not_know_is_not_replaced(room: Room) -> None:
    path = key_file(room.home, KeyRole.LOG)
    path.unlink()
    FileSigner.create(path)
    with pytest.raises(ConfigError, match="doctor"):
        turn(room, KeyRole.LOG)


def test_keys_are_replaced_again_and_again(room: Room) -> None:
    room.publish(room.approve(room.story()))
    for hour in range(1, 4):
        turn(room, now=NOW + timedelta(hours=hour))
    assert len(retired(room.home)) == 3
    assert room.build(LATER + timedelta(hours=5)).refused == ()


def _key(home: Path, **told: object) -> dict[str, str]:
    key = Key(id=FileSigner.create(home / "k.pem").key, role=KeyRole.LOG, since=SINCE, until=NOW)
    return key.canonical() | told  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("told", "mode", "hint"),
    [
        pytest.param({}, 0o666, "chmod 600", id="others can write it"),
        pytest.param({"until": ""}, 0o600, "no end", id="a key without an end"),
        pytest.param({"role": "anything"}, 0o600, "backup", id="a role that is none"),
        pytest.param({"id": "AAAA"}, 0o600, "backup", id="a key that is none"),
        pytest.param({"since": "yesterday"}, 0o600, "backup", id="a time that is none"),
    ],
)
def test_a_bad_file_of_retired_keys_is_refused(tmp_path: Path, told: dict, mode: int, hint: str) -> None:
    (tmp_path / "keys").mkdir()
    path = tmp_path / "keys/retired.json"
    path.write_text(json.dumps([_key(tmp_path, **told)]))
    path.chmod(mode)
    with pytest.raises(ConfigError, match=hint):
        retired(tmp_path)


def test_a_key_is_retired_once_and_with_an_end(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    assert retired(tmp_path) == ()
    key = Key.parse(_key(tmp_path))
    for _ in range(2):
        retire(tmp_path, key)
    assert retired(tmp_path) == (key,)
    with pytest.raises(ConfigError, match="until when"):
        retire(tmp_path, Key(id=key.id, role=key.role, since=key.since))
