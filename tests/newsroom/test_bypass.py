"""Named attempts to make words public without a valid approval of exactly those words. Each must leave nothing public."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, models, transaction

from backread.errors import NotAllowed
from backread.values.publication import utc
from newsroom import ddl
from newsroom_gate import NOW, SECOND, Gate, published, unapproved

Z64 = "0" * 64
REFUSED = (DatabaseError, NotAllowed)


def sql(statement: str, *values: object) -> int:
    """Run one statement as the application's connection; the count of rows it touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def row(**changed: object) -> dict[str, object]:
    """A publication row made up by hand."""
    told = {"id": "f" * 64, "outlet": "tide", "story": "pier", "version": 1, "digest": Z64, "approval": Z64, "not_before": utc(NOW), "made_at": utc(NOW),
            "supersedes": "", "entry": Z64, "content": "{}"}  # fmt: skip
    return told | changed


def insert(table: str = "gate_publication", verb: str = "INSERT", **values: object) -> int:
    """Insert a row by hand."""
    return sql(
        f"{verb} INTO {table} ({', '.join(values)}) VALUES ({', '.join(['%s'] * len(values))})",
        *values.values(),
    )


# Attempts that have an honest approval of another thing at hand, and those that have none.


def no_approval(gate: Gate) -> None:
    version = gate.freeze()
    insert(**row(digest=version.digest))


def approval_of_nothing(gate: Gate) -> None:
    insert(**row())


def forged_digest(gate: Gate) -> None:
    approval = gate.approve(gate.freeze())
    insert(**row(digest="a" * 64, approval=approval.id))


def replayed_on_another_story(gate: Gate) -> None:
    approval = gate.approve(gate.freeze(story="pier"))
    other = gate.freeze("Whales sang.", story="whales")
    insert(**row(story="whales", digest=other.digest, approval=approval.id))


def replayed_at_another_outlet(gate: Gate) -> None:
    approval = gate.approve(gate.freeze())
    other = gate.freeze(outlet="echo")
    insert(**row(outlet="echo", digest=other.digest, approval=approval.id))


def approve_one_while_two_is_saved(gate: Gate) -> None:
    first = gate.freeze("One.")
    gate.freeze("Two.")
    gate.publish(gate.approve(first))


def edit_after_approval(gate: Gate) -> None:
    approval = gate.approve(gate.freeze("One."))
    gate.freeze("Two.")
    gate.publish(approval)


def edit_after_approval_new_digest_by_hand(gate: Gate) -> None:
    approval = gate.approve(gate.freeze("One."))
    second = gate.freeze("Two.")
    insert(**row(version=2, digest=second.digest, approval=approval.id))


def expired(gate: Gate) -> None:
    gate.publish(gate.approve(gate.freeze()), after=timedelta(hours=25))


def scheduled_past_its_expiry(gate: Gate) -> None:
    gate.publish(gate.approve(gate.freeze()), not_before=NOW + timedelta(days=3))


def before_it_was_signed(gate: Gate) -> None:
    approval = gate.approve(gate.freeze())
    insert(**row(digest=approval.digest, approval=approval.id, made_at=utc(NOW - timedelta(hours=1))))


def one_of_two_signatures(gate: Gate) -> None:
    gate.publish(gate.approve(gate.freeze(), needed=2))


def one_person_twice(gate: Gate) -> None:
    version = gate.freeze()
    gate.approve(version, needed=2)
    gate.publish(gate.approve(version, needed=2))


def needed_lowered_by_a_second_approval(gate: Gate) -> None:
    version = gate.freeze()
    gate.approve(version, needed=2)
    gate.publish(gate.approve(version, needed=1))


def voided_by_hand_then_used(gate: Gate) -> None:
    approval = gate.approve(gate.freeze())
    insert("gate_voiding", approval=approval.id, reason="x", at=utc(NOW))
    gate.publish(approval)


def replace_a_version_under_its_approval(gate: Gate) -> None:
    version = gate.freeze()
    gate.approve(version)
    insert(
        "gate_version",
        "INSERT OR REPLACE",
        outlet="tide",
        story="pier",
        number=1,
        digest="b" * 64,
        content="{}",
        drafter="ann",
    )


def replace_the_words(gate: Gate) -> None:
    gate.approve(gate.freeze())
    (digest,) = next(iter(_all("SELECT digest FROM gate_words")))
    insert("gate_words", "INSERT OR REPLACE", digest=digest, content=b"other words")


def update_the_words(gate: Gate) -> None:
    gate.approve(gate.freeze())
    sql("UPDATE gate_words SET content = %s", b"other words")


def empty_the_words_without_an_erasure(gate: Gate) -> None:
    gate.approve(gate.freeze())
    sql("UPDATE gate_words SET content = NULL")


def update_a_version(gate: Gate) -> None:
    gate.approve(gate.freeze())
    sql("UPDATE gate_version SET digest = %s", "c" * 64)


def update_an_approval(gate: Gate) -> None:
    gate.approve(gate.freeze())
    sql("UPDATE gate_approval SET story = 'whales'")


def delete_a_newer_version(gate: Gate) -> None:
    gate.freeze("One.")
    gate.freeze("Two.")
    sql("DELETE FROM gate_version WHERE number = 2")


def delete_the_voiding(gate: Gate) -> None:
    gate.approve(gate.freeze("One."))
    gate.freeze("Two.")
    sql("DELETE FROM gate_voiding")


def foreign_keys_off(gate: Gate) -> None:
    version = gate.freeze()
    sql("PRAGMA foreign_keys=OFF")
    insert(**row(digest=version.digest, approval="d" * 64))


def recursive_triggers_off_and_replace(gate: Gate) -> None:
    gate.approve(gate.freeze())
    sql("PRAGMA recursive_triggers=OFF")
    insert(
        "gate_version",
        "REPLACE",
        outlet="tide",
        story="pier",
        number=1,
        digest="b" * 64,
        content="{}",
        drafter="ann",
    )


def checks_ignored(gate: Gate) -> None:
    version = gate.freeze()
    sql("PRAGMA ignore_check_constraints=ON")
    insert(**row(digest=version.digest))


def insert_or_ignore(gate: Gate) -> None:
    version = gate.freeze()
    insert(verb="INSERT OR IGNORE", **row(digest=version.digest))


def upsert(gate: Gate) -> None:
    version = gate.freeze()
    gate.approve(version)
    sql(
        "INSERT INTO gate_version (outlet, story, number, digest, content, drafter) VALUES ('tide', 'pier', 1, %s, '{}', 'x')"
        " ON CONFLICT DO UPDATE SET digest = excluded.digest",
        "b" * 64,
    )


def insert_from_select(gate: Gate) -> None:
    gate.freeze()
    sql(
        "INSERT INTO gate_publication SELECT %s, outlet, story, number, digest, %s, %s, %s, '', %s, '{}' FROM gate_version",
        "e" * 64, Z64, utc(NOW), utc(NOW), Z64,
    )  # fmt: skip


def executemany(gate: Gate) -> None:
    version = gate.freeze()
    told = row(digest=version.digest)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO gate_publication ({', '.join(told)}) VALUES ({', '.join(['%s'] * len(told))})", [tuple(told.values())])  # fmt: skip


class Bare(models.Model):
    """The publication table through the ORM, as a plugin might declare it."""

    id = models.CharField(primary_key=True, max_length=64)
    outlet, story, digest, approval = (models.TextField() for _ in range(4))
    version = models.IntegerField()
    not_before, made_at, supersedes, entry, content = (models.TextField() for _ in range(5))

    class Meta:
        app_label = "stories"
        managed = False
        db_table = "gate_publication"


def orm_save(gate: Gate) -> None:
    Bare(**row(digest=gate.freeze().digest)).save(force_insert=True)


def orm_bulk_create_ignoring_conflicts(gate: Gate) -> None:
    Bare.objects.bulk_create([Bare(**row(digest=gate.freeze().digest))], ignore_conflicts=True)


def orm_bulk_create_updating_conflicts(gate: Gate) -> None:
    told = Bare(**row(digest=gate.freeze().digest))
    Bare.objects.bulk_create([told], update_conflicts=True, unique_fields=["id"], update_fields=["digest"])


def entry_of_another_act(gate: Gate) -> None:
    approval = gate.approve(gate.freeze())
    ((entry,),) = _all("SELECT hash FROM ledger_entry WHERE act = 'approval'")
    insert(**row(digest=approval.digest, approval=approval.id, entry=entry))


def without_an_entry(gate: Gate) -> None:
    approval = gate.approve(gate.freeze())
    insert(**row(digest=approval.digest, approval=approval.id))


def null_supersedes(gate: Gate) -> None:
    approval = gate.approve(gate.freeze())
    insert(**row(digest=approval.digest, approval=approval.id, supersedes=None))


ATTEMPTS = [
    no_approval, approval_of_nothing, forged_digest, replayed_on_another_story, replayed_at_another_outlet, approve_one_while_two_is_saved,
    edit_after_approval, edit_after_approval_new_digest_by_hand, expired, scheduled_past_its_expiry, before_it_was_signed, one_of_two_signatures,
    one_person_twice, needed_lowered_by_a_second_approval, voided_by_hand_then_used, replace_a_version_under_its_approval, replace_the_words,
    update_the_words, empty_the_words_without_an_erasure, update_a_version, update_an_approval, delete_a_newer_version, delete_the_voiding,
    foreign_keys_off, recursive_triggers_off_and_replace, checks_ignored, insert_or_ignore, upsert, insert_from_select, executemany, orm_save,
    orm_bulk_create_ignoring_conflicts, orm_bulk_create_updating_conflicts, entry_of_another_act, without_an_entry, null_supersedes,
]  # fmt: skip


def _all(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda a: a.__name__)
def test_an_attempt_is_refused_and_leaves_nothing_public(gate: Gate, attempt) -> None:
    with pytest.raises(REFUSED), transaction.atomic():
        attempt(gate)
    assert published() == set()


def test_at_least_thirty_attempts_are_named() -> None:
    assert len({attempt.__name__ for attempt in ATTEMPTS}) >= 30


def test_what_is_approved_can_be_published_once(gate: Gate) -> None:
    version = gate.freeze()
    approval = gate.approve(version)
    gate.publish(approval)
    assert published() == {("tide", "pier", 1, version.digest)}
    with pytest.raises(NotAllowed, match="used before"):
        gate.publish(approval)


def test_two_people_where_two_are_needed(gate: Gate) -> None:
    version = gate.freeze()
    first = gate.approve(version, needed=2)
    gate.approve(version, needed=2, person=SECOND)
    gate.publish(first)
    assert len(published()) == 1


def test_a_history_cannot_fork(gate: Gate) -> None:
    gate.publish(gate.approve(gate.freeze("One.")))
    version = gate.freeze("Two.")
    approval = gate.approve(version)
    later = utc(NOW + timedelta(hours=1))
    with pytest.raises(DatabaseError, match="supersede"):
        insert(
            **row(
                version=2,
                digest=version.digest,
                approval=approval.id,
                id="9" * 64,
                made_at=later,
                not_before=later,
            )
        )
    gate.publish(approval)
    assert {version for _, _, version, _ in published()} == {1, 2}
    assert unapproved() == []


def test_cancel_and_reschedule_needs_a_new_approval(gate: Gate) -> None:
    from backread.values.publication import WithdrawalKind

    approval = gate.approve(gate.freeze())
    out = gate.publish(approval, not_before=NOW + timedelta(hours=1))
    gate.withdraw(
        publication=out,
        kind=WithdrawalKind.CANCEL,
        person=SECOND,
        reason="not yet",
        now=NOW + timedelta(minutes=2),
    )
    with pytest.raises(NotAllowed, match="voided"):
        gate.publish(approval, after=timedelta(minutes=3))
    gate.publish(gate.approve(gate.freeze(), now=NOW + timedelta(minutes=4)), after=timedelta(minutes=5))
    assert len(published()) == 2


def test_an_added_column_is_seen(gate: Gate) -> None:
    assert ddl.differences(_held()) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE gate_publication ADD COLUMN note TEXT")
    assert ddl.differences(_held()) == ["gate_publication was changed"]


def test_foreign_keys_switched_off_by_the_connection_change_nothing() -> None:
    """On a connection of its own: SQLite ignores the pragma inside a transaction."""
    bare = sqlite3.connect(":memory:", isolation_level=None)
    for path in ddl.FILES[:2]:
        for statement in ddl.statements(path):
            bare.execute(statement)
    bare.execute("PRAGMA foreign_keys=OFF")
    assert bare.execute("PRAGMA foreign_keys").fetchone() == (0,)
    told = row()
    with pytest.raises(sqlite3.IntegrityError, match="no approval of exactly"):
        bare.execute(
            f"INSERT INTO gate_publication ({', '.join(told)}) VALUES ({', '.join('?' * len(told))})",
            tuple(told.values()),
        )
    assert bare.execute("SELECT COUNT(*) FROM gate_publication").fetchone() == (0,)
    bare.close()


def test_a_dropped_trigger_is_seen(gate: Gate) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER gate_publication_fits")
    assert ddl.differences(_held()) == ["gate_publication_fits is missing"]


def _held() -> dict[str, str]:
    return {
        str(name): str(told)
        for name, told in _all("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    }
