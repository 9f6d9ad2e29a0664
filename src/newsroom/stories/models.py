"""Dossiers, stories and what people decided. The gate's tables are made by gate.sql and read here unmanaged."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from newsroom.accounts.models import Outlet, Person


class Dossier(models.Model):
    """The captures on one event, as the grouping stage last saw them."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE)
    dossier = models.CharField(max_length=80)
    told = models.JSONField()
    worth = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    drafted_from = models.CharField(max_length=64, blank=True)
    set_aside = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outlet", "dossier"], name="one_row_a_dossier")
        ]

    def __str__(self) -> str:
        return str(self.told.get("title", self.dossier))


class Story(models.Model):
    """A story at the desk: where it stands, whose it is, and its newest draft."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE)
    slug = models.SlugField(max_length=90)
    title = models.CharField(max_length=300)
    dossier = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=20, default="drafted")
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL)
    due = models.DateTimeField(null=True)
    is_brief = models.BooleanField(default=False)
    made = models.DateTimeField()
    checked = models.CharField(max_length=64, blank=True)
    open_count = models.IntegerField(default=-1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outlet", "slug"], name="one_story_a_slug")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def head(self) -> Draft:
        """The newest draft."""
        return self.draft_set.order_by("-number").first()


class Draft(models.Model):
    """The words of a story at one moment, who wrote them, and the captures they may rest on. Never changed."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    told = models.JSONField()
    drafter = models.JSONField()
    captures = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    by = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["story", "number"], name="drafts_are_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.story} {self.number}"


class Decision(models.Model):
    """One act of one person on one sentence, tied to its words and passages by `key`. Never changed."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE)
    key = models.CharField(max_length=64)
    told = models.JSONField()
    undone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.told.get("act", ""))


class Declaration(models.Model):
    """What the person who supplied a text states about AI."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE)
    name = models.CharField(max_length=120)
    ai = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name
