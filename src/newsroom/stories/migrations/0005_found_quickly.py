"""Indexes for what the gate's triggers and the builder look up, so that one story more costs the same in a large archive."""

from django.db import migrations

INDEXES = {
    "gate_approval_of_version": "gate_approval (outlet, story, version)",
    "gate_approval_by_entry": "gate_approval (entry)",
    "gate_publication_by_entry": "gate_publication (entry)",
    "gate_publication_superseded": "gate_publication (supersedes)",
}


class Migration(migrations.Migration):
    """Indexes hold no rule: without them everything is right, and slower."""

    dependencies = [("stories", "0004_agreeing")]
    operations = [
        migrations.RunSQL(f"CREATE INDEX IF NOT EXISTS {name} ON {over}", f"DROP INDEX IF EXISTS {name}")
        for name, over in INDEXES.items()
    ]
