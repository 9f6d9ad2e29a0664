"""Attempts on a story that is already public, and on the acts' ledger entries: the history stays as it was approved."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.state import ModelState, ProjectState

from newsroom import ddl
from newsroom_gate import Gate, published, unapproved

COLUMNS = "outlet, story, version, digest, approval, not_before, made_at, supersedes, entry, content"
APPROVED = "outlet, story, version, digest, {}, needed, approved_at, expires_at, entry, content, signature"


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def replace_itself(gate: Gate) -> None:
    run("INSERT OR REPLACE INTO gate_publication SELECT * FROM gate_publication")


def replace_itself_with_every_switch_off(gate: Gate) -> None:
    run("PRAGMA recursive_triggers=OFF")
    run("PRAGMA ignore_check_constraints=ON")
    run("REPLACE INTO gate_publication SELECT * FROM gate_publication")


def the_same_approval_under_a_new_id(gate: Gate) -> None:
    run(f"INSERT INTO gate_publication (id, {COLUMNS}) SELECT %s, {COLUMNS} FROM gate_publication", "9" * 64)


def update_the_digest(gate: Gate) -> None:
    run("UPDATE gate_publication SET digest = %s", "9" * 64)


def update_or_replace_the_id(gate: Gate) -> None:
    run("UPDATE OR REPLACE gate_publication SET id = %s", "9" * 64)


def delete_it(gate: Gate) -> None:
    run("DELETE FROM gate_publication")


def delete_its_approval(gate: Gate) -> None:
    run("DELETE FROM gate_approval")


def replace_its_approval(gate: Gate) -> None:
    run("INSERT OR REPLACE INTO gate_approval SELECT * FROM gate_approval")


def a_second_approver_made_of_the_first_ones_entry(gate: Gate) -> None:
    run(
        f"INSERT INTO gate_approval (id, approver, {APPROVED.replace('{}, ', '')})"
        f" SELECT %s, 'bo', {APPROVED.replace('{}, ', '')} FROM gate_approval",
        "9" * 64,
    )


AFTER = [
    replace_itself, replace_itself_with_every_switch_off, the_same_approval_under_a_new_id, update_the_digest, update_or_replace_the_id,
    delete_it, delete_its_approval, replace_its_approval, a_second_approver_made_of_the_first_ones_entry,
]  # fmt: skip


@pytest.mark.parametrize("attempt", AFTER, ids=lambda a: a.__name__)
def test_what_is_public_stays_as_it_was_approved(gate: Gate, attempt: Callable[[Gate], None]) -> None:
    gate.publish(gate.approve(gate.freeze()))
    before = published()
    with pytest.raises(DatabaseError, match="gate:"), transaction.atomic():
        attempt(gate)
    assert (published(), unapproved()) == (before, [])
    assert len(before) == 1


def test_a_migration_on_the_unmanaged_table_rebuilds_nothing(gate: Gate) -> None:
    """An ordinary added field once rebuilt such a table and lost its triggers; of an unmanaged one it touches nothing."""
    assert added_field(managed=True) != []
    assert added_field(managed=False) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        assert ddl.differences(dict(cursor.fetchall())) == []


def added_field(*, managed: bool) -> list[str]:
    """The statements a migration would run to add a field to the publication table."""
    before = ProjectState()
    fields = [("id", models.CharField(primary_key=True, max_length=64))]
    options = {"managed": managed, "db_table": "gate_publication"}
    before.add_model(ModelState("stories", "Bare", fields, options))
    after = before.clone()
    step = migrations.AddField("bare", "note", models.TextField(default=""))
    step.state_forwards("stories", after)
    # Not entered: inside a test's transaction SQLite's editor refuses to start. It only collects here.
    editor = connection.SchemaEditorClass(connection, collect_sql=True, atomic=False)
    editor.deferred_sql = []
    step.database_forwards("stories", editor, before, after)
    return editor.collected_sql
