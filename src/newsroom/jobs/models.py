"""What was tried and when it may be tried again; what failed five times is set aside and shown."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

MOST_TRIES = 5


class Attempt(models.Model):
    """Tries of one step on one subject with one input. Rows say what is due; this says what not to try again yet."""

    outlet = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=120)
    tries = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outlet", "kind", "subject"], name="one_attempt_a_subject")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def is_quarantined(self) -> bool:
        """Whether it waits for a person."""
        return self.tries >= MOST_TRIES
