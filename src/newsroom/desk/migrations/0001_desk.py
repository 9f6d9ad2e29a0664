"""Remarks and false alarms."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("stories", "0002_gate"),
    ]

    operations = [
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("move", models.CharField(max_length=20)),
                ("by", models.CharField(max_length=60)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("story", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="stories.story")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FalseAlarm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("check_name", models.CharField(max_length=40)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("story", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="stories.story")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("story", "key", "check_name"), name="one_alarm_a_finding")
                ],
            },
        ),
    ]
