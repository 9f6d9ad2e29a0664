"""One story more at the desk: which records a build asks for, and what it does when rows or its memory were changed by hand."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta

import pytest

from backread.errors import ConfigError, PublishError
from backread.publish.manifest import Manifest
from backread.publish.record import PublicRecord
from backread.publish.site import standing
from backread.values.publication import Publication, WithdrawalKind
from newsroom import due, press
from newsroom.ledger.actions import record
from newsroom.trust import trust
from newsroom_room import NOW, SECOND, SENTENCES, Room, made, room

__all__ = ["made", "room"]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stories whose records a build asked for."""
    found: list[str] = []
    read = press._record

    def watched(*told) -> PublicRecord:
        made = read(*told)
        found.append(made.story)
        return made

    monkeypatch.setattr(press, "_record", watched)
    return found


def out(room: Room, slug: str, *sentences: str) -> Publication:
    """A story that is published; the site is not built."""
    return room.publish(room.approve(room.story(*(sentences or SENTENCES[:2]), slug=slug)))


def page(room: Room, name: str) -> str:
    path = room.home / "site" / name
    return path.read_text("utf-8") if path.exists() else ""


def looked_at(asked: list[str], room: Room, **told) -> list[str]:
    """What the next build asks for, none of it in turn."""
    asked.clear()
    told = {"now": NOW + timedelta(minutes=2)} | told
    built = press.site(store=room.store, outlet=room.outlet, home=room.home, turn=0, **told)
    assert built.refused == ()
    return list(asked)


def test_the_first_build_asks_for_all_and_the_next_for_what_is_new(room: Room, asked: list[str]) -> None:
    out(room, "pier"), out(room, "ferry")
    assert looked_at(asked, room) == ["ferry", "pier"]
    assert looked_at(asked, room) == []
    out(room, "bell")
    assert looked_at(asked, room) == ["bell"]
    assert looked_at(asked, room, whole=True) == ["bell", "ferry", "pier"]


def test_a_withdrawal_asks_for_its_story(room: Room, asked: list[str]) -> None:
    first, _ = out(room, "pier"), out(room, "ferry")
    looked_at(asked, room)
    room.withdraw(
        publication=first, kind=WithdrawalKind.TAKEDOWN, person=SECOND, reason="A court says so.", now=LATER
    )
    assert looked_at(asked, room, now=LATER) == ["pier"]
    assert SENTENCES[0] not in page(room, "2026/10/pier/index.html")
    assert "2026/10/pier/" not in page(room, "feed.json")


def test_a_scheduled_story_is_asked_for_when_its_time_has_come(room: Room, asked: list[str]) -> None:
    room.publish(room.approve(room.story(slug="pier")), not_before=LATER)
    assert looked_at(asked, room) == []
    assert looked_at(asked, room) == []
    assert looked_at(asked, room, now=LATER) == ["pier"]
    assert looked_at(asked, room, now=LATER) == []
    assert SENTENCES[0] in page(room, "index.html")


def test_a_story_scheduled_between_two_builds_is_not_forgotten(room: Room, asked: list[str]) -> None:
    out(room, "ferry")
    looked_at(asked, room)
    room.publish(room.approve(room.story(slug="pier")), not_before=LATER)
    assert looked_at(asked, room) == []
    out(room, "bell")
    assert looked_at(asked, room) == ["bell"]
    assert looked_at(asked, room, now=LATER) == ["pier"]


def test_a_setting_a_clock_set_back_or_another_ledger_asks_for_all(room: Room, asked: list[str]) -> None:
    from django.db import transaction

    out(room, "pier")
    looked_at(asked, room, now=LATER)
    assert looked_at(asked, room, now=LATER - timedelta(seconds=1)) == ["pier"]
    with transaction.atomic():
        record(
            outlet="tide", at=NOW, actor="setup", act=due.ActName.SETTING, body={"changed": ["single_editor"]}
        )
    assert looked_at(asked, room, now=LATER) == ["pier"]
    assert looked_at(asked, room, now=LATER) == []
    room.unlock()
    last = "(SELECT MAX(seq) FROM ledger_entry WHERE act = 'setting')"
    room.sql(f"UPDATE ledger_entry SET hash = %s WHERE seq = {last}", "0" * 63 + "1")
    assert looked_at(asked, room, now=LATER) == ["pier"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"garbage", id="no entry"),
        pytest.param(b"{}", id="an entry without anything"),
        pytest.param(None, id="a publication of no story"),
    ],
)
def test_an_entry_written_by_hand_asks_for_all(room: Room, asked: list[str], content: bytes | None) -> None:
    out(room, "pier")
    looked_at(asked, room)
    room.unlock()
    ((seq, told),) = room.sql("SELECT seq, content FROM ledger_entry ORDER BY seq DESC LIMIT 1")
    made = json.loads(bytes(told)) | {"body": {}, "seq": seq + 1}
    content = content or json.dumps(made, separators=(",", ":"), sort_keys=True).encode()
    room.sql(
        "INSERT INTO ledger_entry (outlet, seq, hash, previous, act, content) VALUES ('tide', %s, %s, %s, 'publication', %s)",
        seq + 1, "1" * 64, "2" * 64, content,
    )  # fmt: skip
    assert due.stories(room_manifest(room), "tide", room.home / "site", LATER) is None


def room_manifest(room: Room) -> Manifest:
    """What the builder remembers of this newsroom's site."""
    held = standing(room.home / "site", trust=trust(room.outlet, room.home), voice=press.VOICE)
    assert held is not None
    return held


def test_a_row_changed_by_hand_is_found_in_turn_and_nothing_else_is_written(room: Room) -> None:
    """Nothing was entered about it, so no build asks for it at once; what was verified stands meanwhile."""
    out(room, "pier"), out(room, "ferry", SENTENCES[2])
    room.build()
    before = page(room, "2026/10/pier/index.html")
    room.unlock()
    room.sql("UPDATE gate_approval SET signature = 'x' WHERE story = 'pier'")
    refused = [str(err) for _ in range(2) for err in room.build().refused]
    assert any("pier" in words for words in refused)
    assert page(room, "2026/10/pier/index.html") == before
    assert "pier" not in page(room, "index.html")


def test_words_changed_by_hand_never_come_out(room: Room) -> None:
    """The words of what stands are replaced in the database, and another story makes every list anew."""
    out(room, "pier", SENTENCES[2])
    room.build()
    room.unlock()
    ((body,),) = room.sql("SELECT content FROM gate_words WHERE CAST(content AS TEXT) LIKE '%%blocks%%'")
    changed = bytes(body).replace(SENTENCES[2].encode(), SENTENCES[3].encode())
    room.sql("UPDATE gate_words SET content = %s WHERE content = %s", changed, body)
    out(room, "ferry", SENTENCES[0])
    for _ in range(4):
        room.build()
    assert SENTENCES[3] not in room.public()


def test_a_page_changed_by_hand_is_put_right_by_the_next_build(room: Room) -> None:
    out(room, "pier")
    room.build()
    path = room.home / "site/2026/10/pier/index.html"
    before = path.read_bytes()
    path.write_text("Something else")
    assert room.build().written == ("2026/10/pier/index.html",)
    assert path.read_bytes() == before


def test_a_memory_taken_from_another_newsroom_is_none_of_ours(
    room: Room, asked: list[str], tmp_path_factory
) -> None:
    """Whoever sets the same newsroom up with keys of their own has another seal."""
    out(room, "pier")
    looked_at(asked, room)
    shutil.rmtree(room.home / "keys")
    (room.home / "keys").mkdir(mode=0o700)
    before = room.public()
    with pytest.raises(ConfigError, match="whose site this is"):
        room.build()
    assert room.public() == before


def test_the_months_rows_are_lost_and_everything_is_made_again(room: Room, asked: list[str]) -> None:
    out(room, "pier"), out(room, "ferry")
    looked_at(asked, room)
    for path in (room.home / "site.manifest").glob("2026-10*"):
        path.unlink()
    out(room, "bell")
    assert set(looked_at(asked, room)) == {"bell", "ferry", "pier"}
    assert all(slug in page(room, "index.html") for slug in ("bell", "ferry", "pier"))


def test_an_act_in_the_middle_of_a_long_build_waits_for_no_one(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A story is published after the build signed its checkpoint: it is built with a newer one, or by the next build."""
    out(room, "pier")
    asked = due.stories

    def meanwhile(*told, **more):
        monkeypatch.setattr(due, "stories", asked)
        out(room, "ferry")
        return asked(*told, **more)

    room.build()
    monkeypatch.setattr(due, "stories", meanwhile)
    assert room.build().refused == ()
    room.build()
    assert "ferry" in page(room, "index.html")


def test_all_that_stands_is_looked_at_again_in_a_day(
    room: Room, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is built, nothing is entered: the worker still holds what is public to its records."""
    monkeypatch.setattr(due, "AT_ONCE", 2)
    for slug in ("pier", "ferry", "bell", "slip"):
        out(room, slug)
    assert room.store.look_again(NOW) == ()
    looked_at(asked, room)
    moments = [NOW + timedelta(hours=hours) for hours in (1, 13, 14, 26, 27)]
    found = []
    for moment in moments:
        asked.clear()
        assert room.store.look_again(moment) == ()
        found.append(sorted(asked))
    assert found == [[], ["bell", "ferry"], [], ["pier", "slip"], []]
    room.unlock()
    room.sql("UPDATE gate_approval SET signature = 'x' WHERE story = 'bell'")
    assert [err.thing for err in room.store.look_again(NOW + timedelta(hours=40))] == ["story bell"]


def test_a_refused_story_holds_up_no_other(room: Room) -> None:
    out(room, "pier")
    room.build()
    room.unlock()
    room.sql("UPDATE gate_approval SET signature = 'x'")
    assert room.build().refused
    out(room, "ferry")
    room.sql("UPDATE stories_story SET state = 'scheduled' WHERE slug = 'ferry'")
    room.store.publish("ferry", NOW + timedelta(minutes=2))
    assert room.sql("SELECT state FROM stories_story WHERE slug = 'ferry'") == [("published",)]
    with pytest.raises(PublishError, match="pier"):
        room.store.publish("pier", NOW + timedelta(minutes=2))
