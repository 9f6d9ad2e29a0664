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
from backread.errors import ConfigError
from backread.ledger.entry import ActName
from backread.ledger.keys import KeyRole
from newsroom.accounts import codes
from newsroom.accounts.models import Membership, Outlet, Person
from newsroom.demo import world
from newsroom.ledger.actions import moment, record
from newsroom.people import now_at, state_of
from newsroom.sources.models import Source
from newsroom.trust import SHOWN, stated, statement
from newsroom.trust import keys as keys_of

DEMO_WEB = "demo-web.warc.gz"
MAY = ("address", "report", "single_editor", "approver_is_not_drafter")
"""What a plan may say of its outlet, and need not."""
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
    if (row := Outlet.objects.filter(pk=told["outlet"]["id"]).first()) is not None:
        said = now_at(row.pk, home)
        if stated(row.pk, keys_of(row.pk, home)) is None or any(
            p["username"] not in said for p in told["person"]
        ):
            outlet_of(home, told, area=_demo_area(), now=now)
        return ()
    if not (home / DEMO_WEB).exists():
        world.write_warc(home / DEMO_WEB, now.astimezone(world.zone()).date(), now)
    with transaction.atomic():
        people = outlet(home, told, area=_demo_area(), now=now)
        # Before the commit: killed in between, the next run makes both anew; after it, the passwords would be lost.
        _keep_sign_in(home, people)
    return people


def _demo_area() -> str:
    return (Path(world.__file__).parent / "area.toml").read_text("utf-8")


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


def outlet_of(home: Path, told: Mapping[str, Any], *, area: str, now: datetime) -> tuple[SignIn, ...]:
    """The outlet as the plan describes it: made, or brought up to date. Nobody and nothing is removed; answers with new people."""
    row = Outlet.objects.filter(pk=told["outlet"]["id"]).first()
    if row is None:
        if other := Outlet.objects.first():
            raise ConfigError(
                told["outlet"]["id"], step="set it up", hint=f"This folder is the newsroom of {other.name}; take another."
            )  # fmt: skip
        return outlet(home, told, area=area, now=now)
    with transaction.atomic():
        changed = _settings(row, _as_signed(home, row) | dict(told["outlet"]), area)
        people = _people(home, row, told["person"], now)
        changed += [name for entry in told["source"] if (name := _source(row, entry))]
        if changed or stated(row.pk, keys_of(row.pk, home)) is None:
            state(home, row, changed, now)
    return people


def _as_signed(home: Path, row: Outlet) -> dict[str, Any]:
    """What readers are told of the outlet where the plan does not say it: as it was signed last, else as a new outlet
    begins. Never as the row says: it is signed in a moment, and anybody who writes the database can write a row."""
    signed = stated(row.pk, keys_of(row.pk, home))
    return dict(signed) if signed is not None else {name: getattr(Outlet(), name) for name in SHOWN}


def _settings(row: Outlet, told: Mapping[str, Any], area: str) -> list[str]:
    wanted = {name: value for name, value in told.items() if name != "id"} | {"area": area}
    changed = sorted(name for name, value in wanted.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, wanted[name])
    row.save()
    return changed


def _people(home: Path, row: Outlet, told: list[Mapping[str, str]], now: datetime) -> tuple[SignIn, ...]:
    """Everybody of the plan: made, or their name and role brought up to date, and signed where that says something new."""
    here = set(Membership.objects.filter(outlet=row).values_list("person__username", flat=True))
    made, said = [], now_at(row.pk, home)
    for entry in told:
        if entry["username"] in here:
            Person.objects.filter(username=entry["username"]).update(name=entry["name"])
            held = Membership.objects.filter(outlet=row, person__username=entry["username"])
            held.update(roles=[entry["role"]])
        else:
            made.append(_person(home, row, entry))
        last = said.get(entry["username"])
        if last is None or (last.name, list(last.roles)) != (entry["name"], [entry["role"]]):
            _said(home, row, entry, now)
    return tuple(made)


def _said(home: Path, row: Outlet, entry: Mapping[str, str], now: datetime) -> None:
    signer = FileSigner.at(home, KeyRole.ATTESTATION)
    state_of(outlet=row.pk, person=entry["username"], name=entry["name"], roles=[entry["role"]], signer=signer, by="setup", now=now)  # fmt: skip


def state(home: Path, row: Outlet, changed: list[str], now: datetime) -> None:
    """What readers are told of the outlet is signed and stands in the ledger: a row, or an entry, by hand names nobody anew."""
    at = moment(row.pk, now)
    told = {name: str(getattr(row, name)) for name in SHOWN}
    body = {"changed": changed} | statement(row.pk, told, at, FileSigner.at(home, KeyRole.ATTESTATION))
    record(outlet=row.pk, at=at, actor="setup", act=ActName.SETTING, body=body)


def code_address(home: Path, username: str) -> str:
    """What a code app takes: shown once, when the person is made."""
    secret = codes.secret_file(home, username).read_text("ascii").strip()
    return f"otpauth://totp/Backread:{username}?secret={secret}&issuer=Backread"


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
            **{name: told["outlet"][name] for name in MAY if name in told["outlet"]},
        )
        people = tuple(_person(home, made, entry) for entry in told["person"])
        for entry in told["source"]:
            _source(made, entry)
        state(home, made, ["outlet"], now)
        for role, key in keys.items():
            record(
                outlet=made.pk, at=now, actor="setup", act=ActName.KEY, body={"key": key, "role": str(role)}
            )
        for entry in told["person"]:
            _said(home, made, entry, now)
    return people


def _person(home: Path, outlet: Outlet, entry: Mapping[str, str]) -> SignIn:
    password = secrets.token_urlsafe(9)
    person = Person.objects.create_person(username=entry["username"], name=entry["name"], password=password)
    Membership.objects.create(person=person, outlet=outlet, roles=[entry["role"]])
    if not codes.secret_file(home, person.username).exists():
        codes.make_secret(home, person.username)
    return SignIn(username=person.username, name=person.name, role=entry["role"], password=password)


def _source(outlet: Outlet, entry: Mapping[str, Any]) -> str:
    """Make a source or bring it up to date; its id when anything about it is new, '' else."""
    told = {
        "name": entry["name"],
        "kind": entry["kind"],
        "address": entry["url"],
        "terms": entry["terms"],
        "genre": entry["genre"],
        "agency": entry.get("agency", ""),
        "every_minutes": entry["every_minutes"],
        "promise_hours": entry["promise_hours"],
        "reserves_ai": entry.get("reserves_ai", False),
        "confidential": entry.get("confidential", False),
    }
    row = Source.objects.filter(outlet=outlet, slug=entry["id"]).first()
    if row is not None and all(getattr(row, name) == value for name, value in told.items()):
        return ""
    # Another address is another page: what the old one said of its last change is not asked of the new one.
    moved = (
        {"etag": "", "last_modified": "", "next_look": None} if row and row.address != told["address"] else {}
    )
    Source.objects.update_or_create(outlet=outlet, slug=entry["id"], defaults=told | moved)
    return str(entry["id"])
