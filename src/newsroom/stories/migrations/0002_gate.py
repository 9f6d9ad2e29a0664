"""The gate's tables and triggers, by gate.sql: versions, approvals, publications, withdrawals, words."""

from django.db import migrations

from newsroom.ddl import FILES, statements


class Migration(migrations.Migration):
    """Unmanaged by the ORM: an added field would rebuild a table and drop its triggers."""

    dependencies = [("stories", "0001_initial"), ("ledger", "0001_ledger")]
    operations = [migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in statements(FILES[1])]
