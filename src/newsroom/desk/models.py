"""What is said at the desk beside the decisions: reasons for moves of a story, what checks asked, and their false alarms."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from newsroom.stories.models import Draft, Story


class Remark(models.Model):
    """A reason given for a move of a story (return, kill, revive) or for a correction that was opened. Never changed."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE)
    move = models.CharField(max_length=20)
    by = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.move}: {self.reason}"


class FalseAlarm(models.Model):
    """An editor says that a check was wrong about one sentence, told by the decision key of its words and passages."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE)
    key = models.CharField(max_length=64)
    check_name = models.CharField(max_length=40)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["story", "key", "check_name"], name="one_alarm_a_finding")
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.key[:8]}"


class Asked(models.Model):
    """What the checks asked about one draft when it came to the desk, so that it stays known once the words are changed.

    `told` holds a line for each blocking finding on a sentence: key (its decision key), check, outcome, words
    (what was marked, else the sentence), message, number (1 is the first), first (whether it was the one question asked).
    """

    draft = models.OneToOneField(Draft, on_delete=models.CASCADE)
    told = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.draft}: {len(self.told)}"
