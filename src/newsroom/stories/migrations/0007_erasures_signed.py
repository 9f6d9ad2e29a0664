"""An erasure is an outlet's own, and its ledger entry is signed: the table of erasures made anew with its outlet, and the triggers."""

from django.db import migrations

from newsroom.ddl import FILES, renewed, statements

TABLE = next(told for told in statements(FILES[1]) if told.startswith("CREATE TABLE gate_erasure "))
OLD = "digest, by_one, by_two, reason, at, entry"
OUTLET = "COALESCE((SELECT outlet FROM ledger_entry WHERE hash = entry), 'unknown')"
STATEMENTS = [
    # Not renamed: a rename asks after every trigger that names the table.
    f"CREATE TABLE gate_erasure_before AS SELECT {OLD} FROM gate_erasure",  # noqa: S608
    "DROP TABLE gate_erasure",
    TABLE,
    f"INSERT INTO gate_erasure (outlet, {OLD}) SELECT {OUTLET}, {OLD} FROM gate_erasure_before",  # noqa: S608
    "DROP TABLE gate_erasure_before",
    *renewed(),
]


class Migration(migrations.Migration):
    """The rows stay as they are. One whose entry is not signed counts for nothing: the builder and doctor say so."""

    dependencies = [("stories", "0006_erasing")]
    operations = [migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in STATEMENTS]
