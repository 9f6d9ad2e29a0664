"""Named attempts to get story text into a file without a valid approval of it, through the real builder.

Where the gate's tables refuse already, the attempt goes on without them: every trigger dropped, every row free to
write. The schema stops mistakes; these show that the builder stops lies.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from backread.adapters.signing import FileSigner
from backread.errors import BackreadError, PublishError
from backread.ledger.entry import ActName
from backread.publish.render import THEME
from backread.publish.site import build
from backread.values.canonical import canonical_bytes, canonical_digest, digest_of
from backread.values.publication import utc
from newsroom import press, setup
from newsroom.accounts.models import Outlet
from newsroom.ledger.actions import record
from newsroom_room import EDITOR, NOW, SENTENCES, Room, made, room

__all__ = ["made", "room"]
Z64 = "0" * 64


def told(room: Room, table: str) -> dict[str, object]:
    """What the only row of a table says, as canonical JSON."""
    ((content,),) = room.sql(f"SELECT content FROM {table}")
    return json.loads(str(content))


def forge_publication(room: Room, *, made_at: str = "", **changed: object) -> None:
    """Insert a publication by hand, with a ledger entry of its own, made by the application's own function."""
    row: dict[str, object] = {
        "approval": Z64, "correction": "", "digest": Z64, "not_before": utc(NOW), "outlet": "tide", "story": "pier", "supersedes": "", "version": 1,
    } | changed  # fmt: skip
    id_ = canonical_digest(row)
    body = {key: row[key] for key in ("approval", "digest", "not_before", "story", "supersedes", "version")}
    with transaction.atomic():
        entry = record(
            outlet=str(row["outlet"]),
            at=NOW,
            actor="ann",
            act=ActName.PUBLICATION,
            body=body | {"publication": id_},
        )
    columns = {"made_at": made_at or utc(NOW)} | {k: row[k] for k in row if k != "correction"} | {
        "id": id_, "entry": entry.hash, "content": canonical_bytes(row).decode(),
    }  # fmt: skip
    marks = ", ".join(["%s"] * len(columns))
    room.sql(f"INSERT INTO gate_publication ({', '.join(columns)}) VALUES ({marks})", *columns.values())


def frozen(room: Room, **changed: object) -> str:
    """A version of the newest draft, frozen by an honest approval that is then taken away."""
    approval = room.approve(room.story(**changed))
    room.unlock()
    room.sql("DELETE FROM gate_approval")
    return approval.digest


# Nothing was ever approved.


def a_story_alone(room: Room) -> None:
    room.story()


def approved_and_not_published(room: Room) -> None:
    room.approve(room.story())


def a_publication_of_no_approval(room: Room) -> None:
    forge_publication(room, digest=frozen(room))


def a_publication_of_no_version(room: Room) -> None:
    room.unlock()
    forge_publication(room)


def an_approval_without_a_signature(room: Room) -> None:
    approval = room.approve(room.story())
    room.unlock()
    room.sql("UPDATE gate_approval SET signature = ''")
    forge_publication(room, digest=approval.digest, approval=approval.id)


def an_approval_signed_by_another_key(room: Room) -> None:
    approval = room.approve(room.story())
    room.unlock()
    other = FileSigner.create(room.home / "elsewhere" / "key.pem")
    room.sql("UPDATE gate_approval SET signature = %s", other(canonical_bytes(approval.canonical())))
    forge_publication(room, digest=approval.digest, approval=approval.id)


def an_own_key_put_into_the_ledger(room: Room) -> None:
    """The key is announced as the application would; its private half does not lie with the newsroom's."""
    approval = room.approve(room.story())
    room.unlock()
    other = FileSigner.create(room.home / "elsewhere" / "key.pem")
    with transaction.atomic():
        record(
            outlet="tide",
            at=NOW - timedelta(days=1),
            actor="setup",
            act=ActName.KEY,
            body={"key": other.key, "role": "attestation"},
        )
    stated = approval.canonical() | {"key": other.key}
    id_, signature = canonical_digest(stated), other(canonical_bytes(stated))
    body = {k: stated[k] for k in ("approver", "digest", "level", "story", "version")} | {
        "approval": id_,
        "signature": signature,
    }
    with transaction.atomic():
        entry = record(outlet="tide", at=NOW, actor="ann", act=ActName.APPROVAL, body=body)
    room.sql(
        "UPDATE gate_approval SET id = %s, signature = %s, content = %s, entry = %s",
        id_, signature, canonical_bytes(stated).decode(), entry.hash,
    )  # fmt: skip
    forge_publication(room, digest=approval.digest, approval=id_)


def an_approval_at_level_a(room: Room) -> None:
    approval = room.approve(room.story())
    room.unlock()
    stated = approval.canonical() | {"level": "A"}
    room.sql("UPDATE gate_approval SET content = %s", canonical_bytes(stated).decode())
    forge_publication(room, digest=approval.digest, approval=approval.id)


def an_approval_of_another_story(room: Room) -> None:
    honest = room.approve(room.story(SENTENCES[2], slug="ferry"))
    version = room.approve(room.story())
    room.unlock()
    room.sql("DELETE FROM gate_approval WHERE story = 'pier'")
    room.sql("UPDATE gate_approval SET story = 'pier', digest = %s", version.digest)
    forge_publication(room, digest=version.digest, approval=honest.id)


def an_approval_at_another_outlet(room: Room) -> None:
    approval = room.approve(room.story())
    room.unlock()
    room.sql("UPDATE gate_approval SET outlet = 'echo'")
    forge_publication(room, digest=approval.digest, approval=approval.id)


def an_approval_that_is_not_in_the_ledger(room: Room) -> None:
    approval = room.approve(room.story())
    room.unlock()
    forge_publication(room, digest=approval.digest, approval=approval.id)
    room.sql("DELETE FROM ledger_entry WHERE act = 'approval'")


def a_voided_approval_whose_voiding_was_deleted(room: Room) -> None:
    """Version 2 and the voiding row are deleted; the ledger still says that the approval was voided."""
    row = room.story(SENTENCES[0])
    approval = room.approve(row)
    room.approve(room.story(SENTENCES[1]))
    room.unlock()
    for table in ("gate_voiding", "gate_version WHERE number = 2", "gate_approval WHERE version = 2"):
        room.sql(f"DELETE FROM {table}")
    forge_publication(room, digest=approval.digest, approval=approval.id)


# One approval was honest; more is wanted.


def other_words_under_the_approved_digest(room: Room) -> None:
    room.publish(room.approve(room.story(SENTENCES[2])))
    room.unlock()
    ((body,),) = room.sql("SELECT content FROM gate_words WHERE CAST(content AS TEXT) LIKE '%%blocks%%'")
    changed = bytes(body).replace(SENTENCES[2].encode(), SENTENCES[0].encode())
    assert changed != bytes(body)
    room.sql("UPDATE gate_words SET content = %s WHERE content = %s", changed, body)


def other_words_and_their_digest(room: Room) -> None:
    room.publish(room.approve(room.story(SENTENCES[2])))
    room.unlock()
    version = told(room, "gate_version")
    ((body,),) = room.sql("SELECT content FROM gate_words WHERE CAST(content AS TEXT) LIKE '%%blocks%%'")
    changed = bytes(body).replace(SENTENCES[2].encode(), SENTENCES[0].encode())
    room.sql("INSERT INTO gate_words (digest, content) VALUES (%s, %s)", digest_of(changed), changed)
    version["parts"]["body"] = digest_of(changed)  # type: ignore[index]
    digest = canonical_digest(version)
    room.sql("UPDATE gate_version SET content = %s, digest = %s", canonical_bytes(version).decode(), digest)
    for table in ("gate_approval", "gate_publication"):
        row = told(room, table) | {"digest": digest}
        room.sql(f"UPDATE {table} SET digest = %s, content = %s", digest, canonical_bytes(row).decode())


def a_longer_life_for_the_approval(room: Room) -> None:
    approval = room.approve(room.story())
    room.unlock()
    later = NOW + timedelta(days=9)
    row = told(room, "gate_approval") | {"expires_at": utc(NOW + timedelta(days=90))}
    room.sql(
        "UPDATE gate_approval SET expires_at = %s, content = %s",
        row["expires_at"],
        canonical_bytes(row).decode(),
    )
    forge_publication(room, digest=approval.digest, approval=approval.id, not_before=utc(later))


def used_after_it_expired(room: Room) -> None:
    approval = room.approve(room.story())
    room.unlock()
    forge_publication(
        room, digest=approval.digest, approval=approval.id, not_before=utc(NOW + timedelta(days=2))
    )


def another_approvers_name(room: Room) -> None:
    room.publish(room.approve(room.story()))
    room.unlock()
    row = told(room, "gate_approval") | {"approver_name": "Someone Else"}
    room.sql("UPDATE gate_approval SET content = %s", canonical_bytes(row).decode())


def a_stronger_statement(room: Room) -> None:
    room.publish(room.approve(room.story()))
    room.unlock()
    row = told(room, "gate_approval") | {"reviewed": True}
    room.sql("UPDATE gate_approval SET content = %s", canonical_bytes(row).decode())


def another_clause(room: Room) -> None:
    room.publish(room.approve(room.story()))
    room.unlock()
    row = told(room, "gate_version")
    row["clauses"] = [{"id": "S1d", "parameters": {"names": ["Pier Office"]}}]
    room.sql("UPDATE gate_version SET content = %s", canonical_bytes(row).decode())


def no_clause(room: Room) -> None:
    room.publish(room.approve(room.story()))
    room.unlock()
    row = told(room, "gate_version") | {"clauses": []}
    room.sql("UPDATE gate_version SET content = %s", canonical_bytes(row).decode())


def a_changed_ledger_entry(room: Room) -> None:
    room.publish(room.approve(room.story()))
    room.unlock()
    room.sql("UPDATE ledger_entry SET content = replace(content, 'ann', 'eve') WHERE act = 'approval'")


def a_changed_tree(room: Room) -> None:
    room.publish(room.approve(room.story()))
    room.unlock()
    room.sql("UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 0")


def an_address_outside_the_site(room: Room) -> None:
    room.publish(room.approve(room.story(slug="pier")))
    room.unlock()
    for table in ("gate_version", "gate_approval", "gate_publication"):
        row = told(room, table) | {"story": "../../pier"}
        room.sql(f"UPDATE {table} SET story = '../../pier', content = %s", canonical_bytes(row).decode())


# The outlet itself claims what nothing proves, or nobody answers for it.


def _set_up_again(room: Room, **told: str) -> None:
    """An admin's `init` with other words: the row says them, and so does the ledger, signed."""
    Outlet.objects.update(**told)
    with transaction.atomic():
        setup.state(room.home, Outlet.objects.get(pk="tide"), sorted(told), NOW)


def an_outlet_that_calls_itself_fact_checked(room: Room) -> None:
    room.publish(room.approve(room.story()))
    _set_up_again(room, name="The Fact-Checked Tide")


def an_outlet_that_names_a_regulator(room: Room) -> None:
    room.publish(room.approve(room.story()))
    _set_up_again(room, place="FTC approved")


def an_outlet_nobody_answers_for(room: Room) -> None:
    room.publish(room.approve(room.story()))
    _set_up_again(room, responsible=" ")


def a_key_of_the_log_that_signs_approvals(room: Room) -> None:
    log = FileSigner(room.home / "keys" / "log.pem")
    approval = room.approve(room.story())
    room.unlock()
    stated = approval.canonical() | {"key": log.key}
    room.sql(
        "UPDATE gate_approval SET content = %s, signature = %s",
        canonical_bytes(stated).decode(),
        log(canonical_bytes(stated)),
    )
    forge_publication(room, digest=approval.digest, approval=approval.id)


# Through the acts and the tables as they are, nothing dropped.


def an_edit_after_the_approval(room: Room) -> None:
    row = room.story(SENTENCES[0])
    approval = room.approve(row)
    room.approve(room.story(SENTENCES[1]))
    room.publish(approval)


def a_schedule_moved_past_the_expiry(room: Room) -> None:
    room.publish(room.approve(room.story()), not_before=NOW + timedelta(days=2))


def an_attached_database(room: Room) -> None:
    approval = room.approve(room.story())
    other = room.home / "other.sqlite3"
    room.sql(f"ATTACH '{other}' AS other")
    room.sql("CREATE TABLE other.gate_publication AS SELECT * FROM main.gate_publication")
    room.sql(
        "INSERT INTO main.gate_publication SELECT %s, outlet, story, version, digest, id, approved_at, approved_at, '', entry, content FROM gate_approval",
        approval.id,
    )


def a_shadowing_table(room: Room) -> None:
    """A temporary table of the same name is what the application's queries read first."""
    approval = room.approve(room.story())
    room.sql("CREATE TEMP TABLE gate_publication AS SELECT * FROM main.gate_publication")
    forge_publication(room, digest=approval.digest, approval=Z64)


def a_writable_schema(room: Room) -> None:
    digest = frozen_without_dropping(room)
    room.sql("PRAGMA writable_schema=ON")
    room.sql(
        "UPDATE sqlite_master SET sql = 'CREATE TRIGGER gate_publication_fits BEFORE INSERT ON gate_publication BEGIN SELECT 1; END' WHERE name = 'gate_publication_fits'"
    )
    room.sql("PRAGMA writable_schema=RESET")
    forge_publication(room, digest=digest)


def frozen_without_dropping(room: Room) -> str:
    """The digest of a version that has an approval, which the forged publication will not name."""
    return room.approve(room.story()).digest


def a_renamed_gate_table(room: Room) -> None:
    digest = frozen_without_dropping(room)
    room.sql("ALTER TABLE gate_publication RENAME TO old_publication")
    room.sql("CREATE TABLE gate_publication AS SELECT * FROM old_publication")
    forge_publication(room, digest=digest)


ATTEMPTS: list[Callable[[Room], None]] = [
    a_story_alone, approved_and_not_published, a_publication_of_no_approval, a_publication_of_no_version, an_approval_without_a_signature,
    an_approval_signed_by_another_key, an_own_key_put_into_the_ledger, an_approval_at_level_a, an_approval_of_another_story,
    an_approval_at_another_outlet, an_approval_that_is_not_in_the_ledger, a_voided_approval_whose_voiding_was_deleted,
    other_words_under_the_approved_digest, other_words_and_their_digest, a_longer_life_for_the_approval, used_after_it_expired,
    another_approvers_name, a_stronger_statement, another_clause, no_clause, a_changed_ledger_entry, a_changed_tree, an_address_outside_the_site,
    an_outlet_that_calls_itself_fact_checked, an_outlet_that_names_a_regulator, an_outlet_nobody_answers_for, a_key_of_the_log_that_signs_approvals,
    an_edit_after_the_approval, a_schedule_moved_past_the_expiry, an_attached_database, a_shadowing_table, a_writable_schema, a_renamed_gate_table,
]  # fmt: skip


@pytest.mark.parametrize("stands", [False, True], ids=["first build", "one story more"])
@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda a: a.__name__)
def test_no_file_holds_a_word_of_it(room: Room, attempt: Callable[[Room], None], stands: bool) -> None:
    if stands:
        room.build(NOW - timedelta(hours=1))
    # Refused on the way or not: what stands on the disk counts.
    with contextlib.suppress(DatabaseError, BackreadError):
        attempt(room)
    with contextlib.suppress(DatabaseError, BackreadError):
        room.build(NOW + timedelta(days=10))
    assert room.public() == {}


def test_at_least_thirty_attempts_are_named() -> None:
    assert len({attempt.__name__ for attempt in ATTEMPTS}) >= 30


def test_the_same_newsroom_publishes_what_was_approved(room: Room) -> None:
    """Without this, every attempt above would pass on a builder that writes nothing."""
    room.publish(room.approve(room.story()))
    assert room.build().refused == ()
    assert set(room.public()) == set(SENTENCES[:2])
    ((page,),) = [[p for p in room.public()[SENTENCES[1]] if p.endswith("pier/index.html")]]
    assert "Approved by Ann Orde, editor" in (room.home / page).read_text("utf-8")


def test_a_theme_that_says_fact_checked_builds_nothing(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(THEME, theme)
    page = theme / "story.html"
    page.write_text(page.read_text("utf-8").replace("<h1", "<p>Fact-checked by us</p><h1", 1), "utf-8")
    monkeypatch.setattr(press, "build", partial(build, theme=theme))
    room.publish(room.approve(room.story()))
    with contextlib.suppress(BackreadError):
        assert room.build().refused
    assert room.public() == {}


def test_what_stood_before_stands_when_the_next_build_is_refused(room: Room) -> None:
    room.publish(room.approve(room.story()))
    room.build()
    before = room.public()
    room.unlock()
    room.sql("UPDATE gate_approval SET signature = 'x'")
    assert room.build().refused
    pages = {p for paths in room.public().values() for p in paths if p.endswith("pier/index.html")}
    assert pages == {p for paths in before.values() for p in paths if p.endswith("pier/index.html")}


def test_a_single_editor_and_the_same_person_again(room: Room) -> None:
    row = room.story()
    room.approve(row)
    with pytest.raises(BackreadError, match="approved this version"):
        room.approve(row, person=EDITOR)


def test_a_broken_row_stops_the_build_in_words(room: Room) -> None:
    room.publish(room.approve(room.story()))
    room.unlock()
    room.sql("DELETE FROM ledger_entry WHERE act = 'approval'")
    with pytest.raises(PublishError, match="doctor"):
        room.build()
