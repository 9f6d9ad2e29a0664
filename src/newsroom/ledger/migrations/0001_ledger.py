"""The ledger's tables and triggers, by ledger.sql."""

from django.db import migrations

from newsroom.ddl import FILES, statements


class Migration(migrations.Migration):
    """Made once; an upgrade adds, it never rebuilds."""

    initial = True
    dependencies = []
    operations = [migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in statements(FILES[0])]
