"""Sources, what was seen of them, and the batches that the capture log is made of."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models

from backread.values import source as values
from newsroom.accounts.models import Outlet


class Source(models.Model):
    """A place that is looked at again and again, with its health."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE)
    slug = models.SlugField()
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=600)
    terms = models.CharField(max_length=20, default=values.Terms.PUBLIC_RECORD)
    genre = models.CharField(max_length=20, default=values.Genre.ARTICLE)
    agency = models.CharField(max_length=160, blank=True)
    every_minutes = models.PositiveIntegerField(default=60)
    promise_hours = models.PositiveIntegerField(default=24)
    reserves_ai = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)
    next_look = models.DateTimeField(null=True)
    last_seen = models.DateTimeField(null=True)
    last_changed = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outlet", "slug"], name="one_source_a_slug")
        ]

    def __str__(self) -> str:
        return self.name

    def value(self) -> values.Source:
        """The source as the engine knows it."""
        return values.Source(
            id=self.slug,
            name=self.name,
            kind=self.kind,
            address=self.address,
            terms=values.Terms(self.terms),
            genre=values.Genre(self.genre),
            agency=self.agency,
            every=timedelta(minutes=self.every_minutes),
            promise=timedelta(hours=self.promise_hours),
            reserves_ai=self.reserves_ai,
            confidential=self.confidential,
        )


class Capture(models.Model):
    """One capture's metadata; its record and text lie in the archive, by digest."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE)
    capture = models.CharField(max_length=64)
    source = models.CharField(max_length=60)
    url = models.CharField(max_length=2000)
    taken = models.DateTimeField()
    seen_again = models.DateTimeField(null=True)
    record = models.CharField(max_length=64)
    text = models.CharField(max_length=64)
    told = models.JSONField()
    grouped = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outlet", "capture"], name="a_capture_once_an_outlet")
        ]

    def __str__(self) -> str:
        return self.url
