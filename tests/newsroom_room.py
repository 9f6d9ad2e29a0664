"""A small newsroom with everything it needs (folder, file database, keys, people, one source, one story), ready to be attacked.

The database is a copy of one that was migrated once: append-only triggers cannot be flushed, so each test has its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from backread.adapters.signing import FileSigner
from backread.archive.blobs import FolderBlobs
from backread.ledger.entry import ActName
from backread.ledger.keys import KeyRole
from backread.ports import Fetched
from backread.publish.site import Built
from backread.values.capture import Capture
from backread.values.draft import Drafter, Hand
from backread.values.person import Person, Role
from backread.values.publication import Approval, Publication, Withdrawal, WithdrawalKind
from backread.values.story import BlockKind, Citation, Origin, Words
from backread.values.story import Story as Words_
from newsroom import press, setup
from newsroom.accounts import codes
from newsroom.accounts.models import Membership, Outlet
from newsroom.accounts.models import Person as People
from newsroom.desk.actions import signing
from newsroom.desk.case import case
from newsroom.desk.room import Room as Desk
from newsroom.ledger.actions import record
from newsroom.people import state_of
from newsroom.store import DjangoStore
from newsroom.stories import actions
from newsroom.stories.models import Draft, Story
from newsroom.stories.plain import drafter_from_plain, drafter_to_plain, drafting_body, story_to_plain

NOW = datetime(2026, 10, 19, 12, tzinfo=UTC)
EDITOR = Person(id="ann", name="Ann Orde", roles=frozenset({Role.EDITOR}))
SECOND = Person(id="bo", name="Bo Tamm", roles=frozenset({Role.STANDARDS}))
SENTENCES = (
    "The pier closes for repairs on Monday.",
    "The repairs cost $48,000.",
    "The ferry moves to the old slip.",
    "The whale bell stays where it is.",
)
"""Everything the notice says; stories are made of some of them, word for word."""
NOTICE = f"<html><head><title>Notice</title></head><body><main>{''.join(f'<p>{s}</p>' for s in SENTENCES)}</main></body></html>"
TOLD = {
    "outlet": {"id": "tide", "name": "The Tide", "responsible": "Ann Orde", "timezone": "UTC", "place": "Tern"},
    "person": [
        {"username": "ann", "name": "Ann Orde", "role": "editor"},
        {"username": "bo", "name": "Bo Tamm", "role": "standards"},
    ],
    "source": [
        {
            "id": "pier", "name": "Pier Office", "kind": "page", "url": "https://pier.example/notice",
            "terms": "release", "genre": "release", "every_minutes": 60, "promise_hours": 24,
        }
    ],
}  # fmt: skip


def sign_rows(outlet: str, home: Path, now: datetime = NOW) -> None:
    """What the rows say of everybody, signed, as setting up with a plan does."""
    signer = FileSigner.at(home, KeyRole.ATTESTATION)
    for row in Membership.objects.filter(outlet_id=outlet).select_related("person").order_by("pk"):
        with transaction.atomic():
            state_of(outlet=outlet, person=row.person.username, name=row.person.name, roles=row.roles, signer=signer, by="setup", now=now)  # fmt: skip


def fetch(url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
    """The one page there is."""
    headers = {"content-type": "text/html; charset=utf-8"}
    return Fetched(
        url=url, status=200, body=NOTICE.encode(), media_type="text/html", headers=headers, taken=NOW
    )


def entered(draft: Draft) -> Draft:
    """The draft, with the ledger's entry of who drafted it; as early as the ledger lets it be."""
    body = drafting_body(drafter_from_plain(draft.drafter), draft.told) | {
        "draft": draft.number,
        "story": draft.story.slug,
    }
    with transaction.atomic():
        record(outlet=draft.story.outlet_id, at=NOW - timedelta(days=1), actor="rule", act=ActName.DRAFT, body=body)  # fmt: skip
    return draft


@dataclass
class Room:
    """The newsroom, its folder, and the acts on its stories."""

    home: Path
    outlet: Outlet
    store: DjangoStore

    @property
    def capture(self) -> Capture:
        """The notice as it was seen."""
        return self.store.captures()[0]

    def story(self, *sentences: str, slug: str = "pier", outlet: Outlet | None = None) -> Story:
        """A story of these sentences of the notice, each citing it; called again, its next draft."""
        row, _ = Story.objects.get_or_create(
            outlet=outlet or self.outlet, slug=slug, defaults={"title": slug, "made": NOW}
        )
        told = [self._cited(text) for text in (sentences or SENTENCES[:2])]
        copy = Words_.of([(BlockKind.HEADLINE, told[:1]), (BlockKind.PARAGRAPH, told)], date=NOW.date())
        made_ = Draft.objects.create(
            story=row, number=row.draft_set.count() + 1, told=story_to_plain(copy), captures=[self.capture.id], at=NOW,
            drafter=drafter_to_plain(Drafter(hand=Hand.RULE_PROSE, name="rule")),
        )  # fmt: skip
        entered(made_)
        return row

    def _cited(self, text: str) -> Words:
        start = self.capture.text.index(text)
        passage = self.capture.passage(start, start + len(text))
        return Words(text=text, citations=(Citation(passage=passage, origin=Origin.DRAFTER),))

    def approve(
        self, story: Story, *, person: Person = EDITOR, now: datetime = NOW, correction: str = ""
    ) -> Approval:
        """An honest approval of the newest draft: signed as at the desk, and not published yet."""
        desk = Desk(self.outlet, self.home)
        held = case(desk, Story.objects.get(pk=story.pk))
        held = replace(held, fix=correction) if correction else held
        return signing.sign(room=desk, case=held, person=person, saw=signing.shown(held, person), now=now)

    def desk_approve(
        self,
        story: Story,
        *,
        person: Person = EDITOR,
        now: datetime = NOW,
        not_before: datetime | None = None,
    ) -> Publication | None:
        """The whole act as an editor does it: read, one-time code, signature, publication."""
        desk = Desk(self.outlet, self.home)
        held = case(desk, Story.objects.get(pk=story.pk))
        return signing.approve(
            room=desk,
            case=held,
            person=person,
            code=self.code(person, now),
            saw=signing.shown(held, person),
            now=now,
            not_before=not_before,
        )

    def code(self, person: Person, now: datetime) -> str:
        """A one-time code that holds at `now`, whatever was used before."""
        People.objects.filter(username=person.id).update(code_step=0)
        return codes.current(self.home, person.id, now)

    def publish(
        self,
        approval: Approval,
        *,
        now: datetime = NOW + timedelta(minutes=1),
        not_before: datetime | None = None,
    ) -> Publication:
        """Make it public."""
        return actions.publish(approval=approval, by="ann", now=now, not_before=not_before)

    def withdraw(
        self, *, publication: Publication, kind: WithdrawalKind, person: Person, reason: str, now: datetime
    ) -> Withdrawal:
        """An honest withdrawal, signed as at the desk."""
        signer = Desk(self.outlet, self.home).signer
        return actions.withdraw(
            publication=publication, kind=kind, person=person, signer=signer, reason=reason, now=now
        )

    def build(self, now: datetime = NOW + timedelta(minutes=2), *, whole: bool = False) -> Built:
        """Build the site from what the rows say."""
        self.outlet.refresh_from_db()
        return press.site(store=self.store, outlet=self.outlet, home=self.home, now=now, whole=whole)

    def sql(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Run a statement on the application's connection."""
        with connections["default"].cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall()) if cursor.description else []

    def unlock(self) -> None:
        """Drop every trigger and switch every other rule off, as whoever holds the connection can."""
        self.sql("PRAGMA foreign_keys=OFF")
        self.sql("PRAGMA ignore_check_constraints=ON")
        for (name,) in self.sql("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self.sql(f"DROP TRIGGER {name}")

    def public(self) -> dict[str, set[str]]:
        """The sentences of the notice that stand in files of the site, by sentence."""
        found: dict[str, set[str]] = {}
        for path in (self.home / "site").rglob("*"):
            content = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
            for sentence in SENTENCES:
                # Not the whole sentence: a cut or an escaped copy of it is story text too.
                if sentence[4:24] in content:
                    found.setdefault(sentence, set()).add(str(path.relative_to(self.home)))
        return found


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker) -> Path:
    """The folder of a newsroom with one gathered source, made once and copied for each test."""
    home = tmp_path_factory.mktemp("made") / "home"
    (home / "keys").mkdir(parents=True)
    with django_db_blocker.unblock(), _on(home / "newsroom.sqlite3"):
        call_command("migrate", verbosity=0, interactive=False)
        setup.outlet(home, TOLD, area="", now=NOW - timedelta(days=1))
        _store(home).gather("pier", NOW - timedelta(hours=1))
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home


@pytest.fixture
def room(made: Path, tmp_path: Path, settings, django_db_blocker) -> Iterator[Room]:
    """A newsroom with one gathered source, in a folder of its own."""
    home = tmp_path / "home"
    shutil.copytree(made, home)
    settings.HOME = home
    with django_db_blocker.unblock(), _on(home / "newsroom.sqlite3"):
        yield Room(home, Outlet.objects.get(pk="tide"), _store(home))


def _store(home: Path) -> DjangoStore:
    outlet = Outlet.objects.get(pk="tide")
    return DjangoStore(outlet, blobs=FolderBlobs(home / "captures"), fetch=fetch, area=None)


class _on:
    """Puts the file at `path` in the place of the default database for a while."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._before = connections["default"]
        told = {**self._before.settings_dict, "NAME": str(self._path)}
        connections["default"] = type(self._before)(told, alias="default")

    def __exit__(self, *_: object) -> None:
        connections["default"].close()
        connections["default"] = self._before
