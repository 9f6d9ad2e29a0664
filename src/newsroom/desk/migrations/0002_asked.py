"""What was asked about each draft."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_desk"),
        ("stories", "0002_gate"),
    ]

    operations = [
        migrations.CreateModel(
            name="Asked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("told", models.JSONField(default=list)),
                (
                    "draft",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to="stories.draft"),
                ),
            ],
        ),
    ]
