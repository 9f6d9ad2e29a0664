"""Outlets, the people who work there, and what each may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from backread.values import person as values

if TYPE_CHECKING:
    from newsroom.people import Post


class Outlet(models.Model):
    """One newsroom. Without a responsible person nothing is published."""

    id = models.SlugField(primary_key=True)
    name = models.CharField(max_length=120)
    responsible = models.CharField(max_length=120, blank=True)
    timezone = models.CharField(max_length=60, default="UTC")
    place = models.CharField(max_length=80, blank=True)
    address = models.URLField(default="http://127.0.0.1:8001")
    report = models.CharField(max_length=200, blank=True, default="")
    single_editor = models.BooleanField(default=False)
    approver_is_not_drafter = models.BooleanField(default=False)
    area = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Makes people; a password is always hashed."""

    def create_person(self, *, username: str, name: str, password: str) -> Person:
        """A new person who can sign in."""
        person = self.model(username=username, name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone who signs in. The one-time code's secret lies in a file, not here; `code_step` stops a code's second use."""

    username = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    code_step = models.BigIntegerField(default=0)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def at(self, outlet: str) -> values.Person:
        """The person as the engine knows them at an outlet: name and roles as the outlet signed them last. With no roles,
        and no name but the username, where it signed none; with no roles without a membership, or when not active."""
        from newsroom.people import now_at

        held = self.membership_set.filter(outlet_id=outlet).exists()
        known = self.as_said(now_at(outlet, settings.HOME))
        return known if held else replace(known, roles=frozenset())

    def as_said(self, posts: Mapping[str, Post]) -> values.Person:
        """This member of an outlet, by what was signed last of everybody there."""
        post = posts.get(self.username)
        if post is None:
            return values.Person(id=self.username, name=self.username, roles=frozenset())
        return post.known() if self.is_active else replace(post.known(), roles=frozenset())


class Membership(models.Model):
    """The roles of one person at one outlet."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE)
    roles = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "outlet"], name="one_membership_an_outlet")
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.outlet}"
