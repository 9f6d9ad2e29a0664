"""A small newsroom: one outlet with a person a role, one notice in the archive, one story drafted from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk_stories import LINES, NOTICE
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from backread.adapters.signing import FileSigner
from backread.archive.plain import to_plain
from backread.ledger.entry import ActName
from backread.ledger.keys import KeyRole
from backread.values.capture import Capture
from backread.values.dossier import Dossier, Reason
from backread.values.draft import Drafter, Hand
from backread.values.person import Role
from backread.values.story import BlockKind, Citation, Origin, Story, Words
from newsroom.accounts import codes
from newsroom.accounts.models import Membership, Outlet, Person
from newsroom.desk.room import Room, room
from newsroom.ledger.actions import record
from newsroom.setup import state
from newsroom.sources.models import Capture as CaptureRow
from newsroom.sources.models import Source
from newsroom.store import dossier_to_plain
from newsroom.stories import models
from newsroom.stories.plain import drafter_to_plain, drafting_body, story_to_plain
from newsroom_room import sign_rows

PEOPLE = {
    "rita": ("Rita Holm", [Role.REPORTER]),
    "edda": ("Edda Vance", [Role.EDITOR]),
    "stan": ("Stan Orrick", [Role.STANDARDS]),
    "adam": ("Adam Pell", [Role.ADMIN]),
    "nora": ("Nora Quill", []),
}
SLUG, DOSSIER = "harbor-notice", "d-harbor"


@dataclass
class Newsroom:
    """The small newsroom, and how to get at it."""

    room: Room
    home: Path

    def client(self, who: str, **told: bool) -> Client:
        """A browser without scripts in which `who` is signed in; nobody where it is ''."""
        client = Client(HTTP_HOST="localhost", **told)
        if who:
            client.force_login(Person.objects.get(username=who))
        return client

    def code(self, who: str) -> str:
        """The one-time code of this person that holds now and was not used."""
        return codes.current(self.home, who, datetime.now(UTC))

    def fresh_codes(self) -> None:
        """As if half a minute had passed: the codes used so far do not count."""
        Person.objects.update(code_step=0)

    @property
    def story(self) -> models.Story:
        """The story, read again."""
        return models.Story.objects.get(slug=SLUG)

    def page(self, name: str) -> str:
        """A file of the public site."""
        return (self.home / "site" / name).read_text("utf-8")

    @property
    def pages(self) -> list[str]:
        """Every page of a story on the public site."""
        site = self.home / "site"
        return sorted(str(p.relative_to(site)) for p in site.rglob(f"*{SLUG}*/index.html"))


@pytest.fixture
def newsroom(db: None, settings: Settings, tmp_path: Path) -> Newsroom:
    """The small newsroom, with `LINES` as a story: a headline and two paragraphs, all word for word."""
    return make(settings, tmp_path, LINES)


@pytest.fixture
def newsroom_of(db: None, settings: Settings, tmp_path: Path) -> Callable[..., Newsroom]:
    """The small newsroom with other sentences, or with a capture of another text."""
    return lambda *lines, capture=NOTICE: make(settings, tmp_path, lines, capture)


def make(settings: Settings, home: Path, lines: tuple[str, ...], capture: Capture = NOTICE) -> Newsroom:
    """Rows and files of the small newsroom."""
    settings.HOME = home
    # Guesses of a code are counted there.
    cache.clear()
    outlet = Outlet.objects.create(
        id="tide", name="The Tide", responsible="Edda Vance", timezone="America/New_York"
    )
    for username, (name, roles) in PEOPLE.items():
        person = Person.objects.create(username=username, name=name, password="!")
        Membership.objects.create(person=person, outlet=outlet, roles=roles)
        codes.make_secret(home, username)
    now = datetime.now(UTC)
    for role in KeyRole:
        body = {"key": FileSigner.at(home, role).key, "role": str(role)}
        record(outlet=outlet.pk, at=now, actor="setup", act=ActName.KEY, body=body)
    state(home, outlet, ["outlet"], now)
    sign_rows(outlet.pk, home, now)
    held = room()
    _archive(held, capture)
    _draft(held, lines, capture, now)
    return Newsroom(room=held, home=home)


def _archive(held: Room, capture: Capture) -> None:
    Source.objects.create(
        outlet=held.outlet, slug=capture.source, name=capture.source_name, kind="page", address=capture.url
    )
    CaptureRow.objects.create(
        outlet=held.outlet, capture=capture.id, source=capture.source, url=capture.url, taken=capture.taken,
        record=capture.payload, text=held.blobs.put(capture.text.encode()), told=to_plain(capture), grouped=True,
    )  # fmt: skip
    dossier = Dossier(
        id=DOSSIER, title="Harbor notice", captures=(capture.id,), local=(Reason(words="names the harbor"),)
    )
    models.Dossier.objects.create(
        outlet=held.outlet, dossier=DOSSIER, told=dossier_to_plain(dossier), worth=True
    )


def _draft(held: Room, lines: tuple[str, ...], capture: Capture, now: datetime) -> None:
    words = [Words(text=line, citations=_cites(line, capture)) for line in lines]
    parts = [(BlockKind.HEADLINE, words[:1]), (BlockKind.PARAGRAPH, words[1:4])]
    parts += [(BlockKind.PARAGRAPH, words[4:])] if words[4:] else []
    story = models.Story.objects.create(
        outlet=held.outlet, slug=SLUG, title="Harbor notice", dossier=DOSSIER, made=now
    )
    drafter = Drafter(hand=Hand.RULE_PROSE, name="rule")
    told = story_to_plain(Story.of(parts, date=now.date()))
    models.Draft.objects.create(
        story=story, number=1, told=told,
        drafter=drafter_to_plain(drafter), captures=[capture.id], at=now,
    )  # fmt: skip
    with transaction.atomic():
        body = drafting_body(drafter, told) | {"story": SLUG}
        record(outlet=held.outlet.pk, at=now, actor="rule", act=ActName.DRAFT, body=body)


def _cites(line: str, capture: Capture) -> tuple[Citation, ...]:
    at = capture.text.find(line)
    passage = capture.passage(at, at + len(line)) if at >= 0 else capture.passage(0, len(LINES[0]))
    return (Citation(passage=passage, origin=Origin.DRAFTER),)
