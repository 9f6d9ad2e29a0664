"""What doctor names: every switch, trigger, table and row that somebody changed behind the program's back, one row each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from test_bypass_files import forge_publication
from test_bypass_rows import Forged, approval_row

from backread.adapters.signing import FileSigner
from backread.ledger.entry import ActName, approval_body
from backread.ledger.keys import KeyRole
from backread.values.canonical import canonical_bytes
from backread.values.publication import WithdrawalKind, utc
from newsroom import doctor
from newsroom.accounts.models import Outlet
from newsroom.stories import rows
from newsroom_room import NOW, SECOND, Room, made, room

__all__ = ["made", "room"]
LATER = NOW + timedelta(hours=1)


def ailments(room: Room) -> list[str]:
    """What doctor says of this newsroom; its disk and the test's clock are no matter."""
    told = [*doctor.tables(), *doctor.outlet(room.home, Outlet.objects.get(pk="tide"))]
    return [line for line in told if "code secret" not in line]


def test_a_newsroom_that_published_and_withdrew_is_well(room: Room) -> None:
    out = room.desk_approve(room.story())
    assert out is not None
    room.withdraw(publication=out, kind=WithdrawalKind.RETRACT, person=SECOND, reason="wrong", now=LATER)
    room.approve(room.story(slug="other"), now=LATER)
    room.approve(room.story("The ferry moves to the old slip.", slug="other"), now=LATER)
    assert ailments(room) == []


def sql(statement: str) -> Callable[[Room], None]:
    return lambda room: (room.sql(statement), None)[1]


def unlocked(*statements: str) -> Callable[[Room], None]:
    def act(room: Room) -> None:
        triggers = [str(s) for (s,) in room.sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
        room.unlock()
        for statement in statements:
            room.sql(statement)
        # Put back as they were: who does this well leaves no trigger missing.
        for trigger in triggers:
            room.sql(trigger)
        room.sql("PRAGMA foreign_keys=ON")
        room.sql("PRAGMA ignore_check_constraints=OFF")

    return act


def a_row_made_up(room: Room) -> None:
    room.sql("PRAGMA foreign_keys=OFF")
    room.sql("INSERT INTO stories_declaration (story_id, name, ai) VALUES (999, 'x', '')")
    room.sql("PRAGMA foreign_keys=ON")


def a_trigger_that_does_nothing(room: Room) -> None:
    room.sql("DROP TRIGGER gate_publication_fits")
    room.sql("CREATE TRIGGER gate_publication_fits BEFORE INSERT ON gate_publication BEGIN SELECT 1; END")


def a_table_made_anew(room: Room) -> None:
    """Without its checks and its key, with the same columns."""
    room.sql("ALTER TABLE gate_approval RENAME TO old")
    room.sql("CREATE TABLE gate_approval AS SELECT * FROM old")
    room.sql("DROP TABLE old")


SCHEMA: list[tuple[str, Callable[[Room], None], str]] = [
    ("a trigger dropped", sql("DROP TRIGGER gate_approval_fits"), "gate_approval_fits is missing"),
    ("a trigger of the ledger dropped", sql("DROP TRIGGER ledger_entry_follows"), "ledger_entry_follows is missing"),
    ("a trigger that does nothing", a_trigger_that_does_nothing, "gate_publication_fits was changed"),
    (
        "a trigger more, on a table of the gate",
        sql("CREATE TRIGGER helper AFTER INSERT ON gate_approval BEGIN DELETE FROM stories_declaration; END"), "trigger helper is not ours",
    ),
    (
        "a trigger more, on any table",
        sql("CREATE TRIGGER helper AFTER UPDATE ON stories_story BEGIN SELECT 1; END"), "trigger helper is not ours",
    ),
    (
        "a temporary trigger",
        sql("CREATE TEMP TRIGGER helper AFTER INSERT ON main.gate_approval BEGIN SELECT 1; END"), "trigger temp.helper is not ours",
    ),
    ("a view", sql("CREATE VIEW gate_public AS SELECT * FROM gate_publication"), "view gate_public is not ours"),
    ("a shadowing table", sql("CREATE TEMP TABLE gate_publication AS SELECT * FROM main.gate_publication"), "table temp.gate_publication is not ours"),
    ("a shadowing view", sql("CREATE TEMP VIEW gate_approval AS SELECT * FROM main.gate_approval"), "view temp.gate_approval is not ours"),
    ("a column more at the gate", sql("ALTER TABLE gate_publication ADD COLUMN note TEXT"), "gate_publication was changed"),
    ("a gate table made anew", a_table_made_anew, "gate_approval was changed"),
    ("a column more on a table of the ORM", sql("ALTER TABLE stories_story ADD COLUMN live INTEGER"), "table stories_story was changed: live"),
    ("a column gone", sql("ALTER TABLE accounts_outlet DROP COLUMN single_editor"), "table accounts_outlet was changed: single_editor"),
    ("a column renamed", sql("ALTER TABLE accounts_person RENAME COLUMN name TO called"), "table accounts_person was changed: called, name"),
    ("a table more", sql("CREATE TABLE live (story TEXT)"), "table live is not ours"),
    ("a table gone", sql("DROP TABLE desk_falsealarm"), "table desk_falsealarm is missing"),
    ("foreign keys off", sql("PRAGMA foreign_keys=OFF"), "foreign_keys is off"),
    ("checks off", sql("PRAGMA ignore_check_constraints=ON"), "ignore_check_constraints is on"),
    ("recursive triggers off", sql("PRAGMA recursive_triggers=OFF"), "recursive_triggers is off"),
    ("the schema open", sql("PRAGMA writable_schema=ON"), "writable_schema is on"),
    ("a row written without its parent", a_row_made_up, "stories_declaration has rows that point at none of stories_story"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "why"), [pytest.param(act, why, id=name) for name, act, why in SCHEMA])
def test_what_was_done_to_the_database_is_named(room: Room, act: Callable[[Room], None], why: str) -> None:
    act(room)
    assert [line for line in doctor.tables() if why in line], doctor.tables()


def nonsense(room: Room) -> None:
    """An approval nobody gave, entered and inserted by hand as the triggers want it: they cannot verify a signature."""
    ((content,),) = room.sql("SELECT content FROM gate_approval")
    honest = rows.approval_from(json.loads(str(content)), "")
    forged = replace(
        honest,
        approver="bo",
        nonce="mine",
        signature="nonsense",
        approved_at=LATER,
        expires_at=LATER + timedelta(hours=1),
    )
    Forged(
        "gate_approval",
        ActName.APPROVAL,
        approval_row(forged),
        approval_body(forged),
        actor="bo",
        entered=LATER,
    ).write()


def another_key(room: Room) -> None:
    other = FileSigner.create(room.home / "elsewhere" / "key.pem")
    ((content,),) = room.sql("SELECT content FROM gate_approval")
    stated = json.loads(str(content)) | {"key": other.key}
    signature = other(canonical_bytes(stated))
    room.unlock()
    room.sql(
        "UPDATE gate_approval SET content = %s, signature = %s", canonical_bytes(stated).decode(), signature
    )


def lowered(room: Room) -> None:
    ((content,),) = room.sql("SELECT content FROM gate_approval")
    stated = json.loads(str(content)) | {"needed": 0}
    room.unlock()
    room.sql("UPDATE gate_approval SET needed = 0, content = %s", canonical_bytes(stated).decode())


def unapproved(room: Room) -> None:
    ((digest,),) = room.sql("SELECT digest FROM gate_version")
    room.unlock()
    forge_publication(room, digest=digest)


ROWS: list[tuple[str, Callable[[Room], None], str]] = [
    ("a signature of nonsense", nonsense, "its signature does not fit: nobody approved this"),
    ("signed by another key", another_key, "its key is not one of this outlet's"),
    ("fewer needed", lowered, "its signature does not fit"),
    ("fewer needed, in the row alone", unlocked("UPDATE gate_approval SET needed = 2"), "the row says something else than the statement"),
    ("dated back", unlocked("UPDATE gate_approval SET approved_at = '2026-01-01T00:00:00.000000Z'"), "it is dated 2026-01-01"),
    ("a statement nobody can read", unlocked("UPDATE gate_approval SET content = '[]'"), "its signed statement cannot be read"),
    ("its entry gone", unlocked("UPDATE gate_approval SET entry = printf('%064d', 1)"), "the ledger has no entry of it"),
    ("its row gone", unlocked("DELETE FROM gate_approval"), "tells of a approval, and its row is gone"),
    ("a version hidden", unlocked("DELETE FROM gate_version"), "its row is gone: pier 1"),
    ("a publication of nothing", unapproved, "1 more had to approve it"),
    ("other words", unlocked("UPDATE gate_words SET content = x'00'"), "they are not the words of that digest"),
    ("words emptied", unlocked("UPDATE gate_words SET content = NULL"), "no erasure says so"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "why"), [pytest.param(act, why, id=name) for name, act, why in ROWS])
def test_a_row_that_lies_is_named(room: Room, act: Callable[[Room], None], why: str) -> None:
    room.approve(room.story())
    act(room)
    assert [line for line in ailments(room) if why in line], ailments(room)


PUBLISHED: list[tuple[str, Callable[[Room], None], str]] = [
    ("dated back", unlocked("UPDATE gate_publication SET made_at = '2026-01-01T00:00:00.000000Z'"), "it is dated 2026-01-01"),
    ("another digest", unlocked("UPDATE gate_publication SET digest = printf('%064d', 1)"), "the row says something else than its content"),
    ("content nobody can read", unlocked("UPDATE gate_publication SET content = '{}'"), "its content cannot be read"),
    ("a publication hidden", unlocked("DELETE FROM gate_publication"), "tells of a publication, and its row is gone"),
    (
        "a withdrawal nobody made",
        unlocked(f"INSERT INTO gate_withdrawal SELECT id, outlet, 'retract', 'ann', 'x', '{utc(LATER)}', entry, '{{\"by_name\": \"x\"}}' FROM gate_publication"),
        "the ledger entry says something else",
    ),
    (
        "a withdrawal nobody signed",
        unlocked(f"INSERT INTO gate_withdrawal SELECT id, outlet, 'retract', 'ann', 'x', '{utc(LATER)}', entry, '{{\"by_name\": \"x\"}}' FROM gate_publication"),
        "nobody withdrew it so",
    ),
    ("what the outlet signed of itself gone", unlocked("DELETE FROM ledger_entry WHERE act = 'setting'"), "nothing signed says what readers are told"),
    (
        "cancelled after it was out",
        unlocked(f"INSERT INTO gate_withdrawal SELECT id, outlet, 'cancel', 'ann', 'x', '{utc(LATER)}', entry, '{{\"by_name\": \"x\"}}' FROM gate_publication"),
        "it was out already",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("act", "why"), [pytest.param(act, why, id=name) for name, act, why in PUBLISHED])
def test_a_publication_that_lies_is_named(room: Room, act: Callable[[Room], None], why: str) -> None:
    room.desk_approve(room.story())
    act(room)
    assert [line for line in ailments(room) if why in line], ailments(room)


def test_a_signing_key_that_cannot_be_read_is_said(room: Room) -> None:
    room.approve(room.story())
    (room.home / "keys" / f"{KeyRole.ATTESTATION}.pem").chmod(0o644)
    assert [line for line in ailments(room) if "cannot be verified" in line]


def test_another_name_in_the_row_than_in_the_ledger(room: Room) -> None:
    assert doctor.people(room.home, room.outlet) == []
    room.outlet.name = "Another Paper"
    (told,) = doctor.people(room.home, room.outlet)
    assert "says another name than the ledger" in told


@pytest.mark.parametrize(
    ("roles", "told"),
    [('["standards"]', "standards"), ('["editor", "admin"]', "editor, admin"), ("[]", "none")],
)
def test_another_role_in_the_row_than_in_the_ledger(room: Room, roles: str, told: str) -> None:
    room.sql("UPDATE accounts_membership SET roles = %s WHERE person_id = (SELECT id FROM accounts_person WHERE username = 'ann')", roles)  # fmt: skip
    assert doctor.people(room.home, room.outlet) == [
        f"the row of ann says other roles than the ledger: {told}"
    ]
