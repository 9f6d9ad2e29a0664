"""The triggers made anew from the files: a recorded erasure may empty drafts and reasons, and agrees with its ledger entry."""

from django.db import migrations

from newsroom.ddl import renewed


class Migration(migrations.Migration):
    """Triggers hold no rows: they can be dropped and made again. On a new newsroom this changes nothing."""

    dependencies = [("stories", "0005_found_quickly")]
    operations = [migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in renewed()]
