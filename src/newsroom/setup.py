"""Setting up a newsroom: its folder, database, keys, outlet, people and sources. Done again, it changes nothing."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction

from backread.adapters.signing import FileSigner
from backread.ledger.entry import ActName
from backread.ledger.keys import KeyRole
from newsroom.accounts import codes
from newsroom.accounts.models import Membership, Outlet, Person
from newsroom.demo import world
from newsroom.ledger.actions import record
from newsroom.sources.models import Source

DEMO_WEB = "demo-web.warc.gz"
SIGN_IN = "demo-sign-in.txt"
"""The passwords of the demo's invented people; a newsroom of one's own has no such file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """How one person signs in: shown once, when they are made."""

    username: str
    name: str
    role: str
    password: str


def database(home: Path) -> None:
    """The folder, and the database with its tables, made or brought up to date."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "keys").mkdir(mode=0o700, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)


def demo(home: Path, now: datetime) -> tuple[SignIn, ...]:
    """The demo newsroom of a fictional county, its documents dated from today on. Empty when it was made before."""
    told = world.read_toml("newsroom.toml")
    if Outlet.objects.filter(pk=told["outlet"]["id"]).exists():
        return ()
    if not (home / DEMO_WEB).exists():
        world.write_warc(home / DEMO_WEB, now.astimezone(world.zone()).date(), now)
    area = (Path(world.__file__).parent / "area.toml").read_text("utf-8")
    with transaction.atomic():
        people = outlet(home, told, area=area, now=now)
        # Before the commit: killed in between, the next run makes both anew; after it, the passwords would be lost.
        _keep_sign_in(home, people)
    return people


def how_to_sign_in(home: Path) -> tuple[str, ...]:
    """What a newcomer to the demo is told, at every run."""
    sheet = home / SIGN_IN
    lines = sheet.read_text("utf-8").splitlines() if sheet.exists() else []
    return (*lines, f"The one-time code of a moment: backread newsroom code USER --home {home}")


def _keep_sign_in(home: Path, people: tuple[SignIn, ...]) -> None:
    """Passwords stand in clear in this one file, which only its owner reads."""
    handle = os.open(home / SIGN_IN, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.writelines(f"{p.name} ({p.role}): user {p.username}, password {p.password}\n" for p in people)


def outlet(home: Path, told: Mapping[str, Any], *, area: str, now: datetime) -> tuple[SignIn, ...]:
    """An outlet with its people, sources and keys, in one transaction with its first ledger entries."""
    keys = {role: FileSigner.at(home, role).key for role in KeyRole}
    with transaction.atomic():
        made = Outlet.objects.create(
            id=told["outlet"]["id"],
            name=told["outlet"]["name"],
            responsible=told["outlet"]["responsible"],
            timezone=told["outlet"]["timezone"],
            place=told["outlet"]["place"],
            area=area,
        )
        people = tuple(_person(home, made, entry) for entry in told["person"])
        for entry in told["source"]:
            _source(made, entry)
        for role, key in keys.items():
            record(
                outlet=made.pk, at=now, actor="setup", act=ActName.KEY, body={"key": key, "role": str(role)}
            )
        for who in people:
            record(
                outlet=made.pk,
                at=now,
                actor="setup",
                act=ActName.ROLE,
                body={"person": who.username, "role": who.role},
            )
    return people


def _person(home: Path, outlet: Outlet, entry: Mapping[str, str]) -> SignIn:
    password = secrets.token_urlsafe(9)
    person = Person.objects.create_person(username=entry["username"], name=entry["name"], password=password)
    Membership.objects.create(person=person, outlet=outlet, roles=[entry["role"]])
    if not codes.secret_file(home, person.username).exists():
        codes.make_secret(home, person.username)
    return SignIn(username=person.username, name=person.name, role=entry["role"], password=password)


def _source(outlet: Outlet, entry: Mapping[str, Any]) -> None:
    Source.objects.create(
        outlet=outlet,
        slug=entry["id"],
        name=entry["name"],
        kind=entry["kind"],
        address=entry["url"],
        terms=entry["terms"],
        genre=entry["genre"],
        agency=entry.get("agency", ""),
        every_minutes=entry["every_minutes"],
        promise_hours=entry["promise_hours"],
    )
