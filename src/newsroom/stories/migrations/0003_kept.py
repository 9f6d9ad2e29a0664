"""Drafts, decisions and declarations become append-only, by kept.sql."""

from django.db import migrations

from newsroom.ddl import FILES, statements


class Migration(migrations.Migration):
    """The tables are the ORM's: whoever changes one of them later adds these statements again, and doctor asks for it."""

    dependencies = [("stories", "0002_gate")]
    operations = [migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in statements(FILES[2])]
