"""An index of the ledger by act: keys and voidings are asked for at every build, and are few among many entries."""

from django.db import migrations


class Migration(migrations.Migration):
    """An index holds no rule: without it everything is right, and slower."""

    dependencies = [("ledger", "0001_ledger")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS ledger_entry_by_act ON ledger_entry (outlet, act, seq)",
            "DROP INDEX IF EXISTS ledger_entry_by_act",
        )
    ]
