"""What the store keeps of a look: every capture can be read again as it was seen."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from backread.archive.blobs import FolderBlobs
from backread.archive.warc import records
from backread.values.canonical import Digest, digest_of
from backread.values.story import BlockKind, Story, Words
from newsroom.accounts.models import Membership, Outlet, Person
from newsroom.sources.models import Capture, Source
from newsroom.store import DjangoStore, headline_of, slug_of
from newsroom_room import NOW, fetch


@pytest.mark.django_db
def test_a_capture_names_the_record_it_was_read_from(tmp_path: Path) -> None:
    outlet = Outlet.objects.create(id="tide", name="The Tide")
    Source.objects.create(
        outlet=outlet, slug="pier", name="Pier Office", kind="page", address="https://pier.example/notice"
    )
    blobs = FolderBlobs(tmp_path)
    DjangoStore(outlet, blobs=blobs, fetch=fetch, area=None).gather("pier", NOW)
    (row,) = Capture.objects.all()
    (seen,) = records(BytesIO(blobs.get(Digest(row.record))))
    assert seen.url == row.url
    assert digest_of(seen.body) == row.told["payload"]
    assert digest_of(blobs.get(Digest(row.text))) == row.text


HEAD = (BlockKind.HEADLINE, (Words(text="Pier to close Monday"),))
DECK = (BlockKind.DECK, (Words(text="It opens again in May"),))


@pytest.mark.parametrize(
    ("parts", "headline"),
    [
        pytest.param((HEAD, DECK), "Pier to close Monday", id="the headline alone"),
        pytest.param((DECK,), "Pier Office", id="without one, what its documents are headed"),
    ],
)
def test_a_story_is_called_by_its_own_headline(parts: tuple[Any, ...], headline: str) -> None:
    assert headline_of(Story.of(parts, date=date(2026, 11, 24)), "Pier Office") == headline


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        pytest.param("Pier to close Monday, 4-1", "pier-to-close-monday-4-1", id="words and figures"),
        pytest.param("Pier " * 20, "-".join(["pier"] * 14), id="cut between words"),
        pytest.param("p" * 90, "p" * 70, id="one long word"),
        pytest.param("<?>", "story", id="no word"),
    ],
)
def test_an_address_is_made_of_whole_words(headline: str, slug: str) -> None:
    assert slug_of(headline, "d").rpartition("-")[0] == slug


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("byline", "is_open"),
    [
        pytest.param("By Ines Varga", False, id="at the desk"),
        pytest.param("By Ines Varga and The Tide staff", False, id="with the desk"),
        pytest.param("By Dana Moore", True, id="at nobody's desk"),
        pytest.param("By Oke Brandt", True, id="at another outlet's desk"),
    ],
)
def test_only_the_outlets_own_people_stand_over_a_story(byline: str, is_open: bool, tmp_path: Path) -> None:
    outlet, other = (
        Outlet.objects.create(id="tide", name="The Tide"),
        Outlet.objects.create(id="ebb", name="Ebb"),
    )
    for at, name in ((outlet, "Ines Varga"), (other, "Oke Brandt")):
        person = Person.objects.create(username=name.split()[0].lower(), name=name, is_active=False)
        Membership.objects.create(person=person, outlet=at, roles=["reporter"])
    store = DjangoStore(outlet, blobs=FolderBlobs(tmp_path), fetch=fetch, area=None)
    report = store.report_on(Story.of([(BlockKind.BYLINE, (Words(text=byline),))], date=date(2026, 11, 24)))
    assert any(finding.blocks for finding in report.findings) is is_open
