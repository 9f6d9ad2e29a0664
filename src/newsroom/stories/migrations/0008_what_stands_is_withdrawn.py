"""The triggers made anew from the files: only what readers see is retracted or taken down, and whatever waits ends with it."""

from django.db import migrations

from newsroom.ddl import renewed


class Migration(migrations.Migration):
    """Triggers hold no rows: they can be dropped and made again. On a new newsroom this changes nothing."""

    dependencies = [("stories", "0007_erasures_signed")]
    operations = [migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in renewed()]
