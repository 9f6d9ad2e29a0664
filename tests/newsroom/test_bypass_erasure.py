"""Attempts to have a page say that two people erased something where nobody did: rows and entries of the ledger written by
hand, every trigger dropped, signatures used again for what they are not of.

Each attempt stands beside the same words honestly erased: a builder that refuses everything would pass one and fail the other.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from test_bypass_more import HOUR, said
from test_doctor import ailments
from test_erasure import erase, erase_notice, signer

from backread.adapters.signing import FileSigner, key_file
from backread.archive.blobs import FolderBlobs
from backread.errors import BackreadError
from backread.ledger.entry import ActName, erasure_body
from backread.ledger.keys import KeyRole
from backread.ports import Signer
from backread.values.canonical import canonical_bytes
from backread.values.publication import Entry, Erasure, utc
from newsroom import doctor
from newsroom.accounts.models import Outlet
from newsroom.ledger.actions import record
from newsroom.rotation import rotate
from newsroom.sources.models import Capture
from newsroom.stories.erasure import erase_capture
from newsroom.stories.models import Story
from newsroom.stories.plain import remains_to_plain
from newsroom_room import EDITOR, NOW, SECOND, SENTENCES, Room, made, room

__all__ = ["made", "room"]
LATER = NOW + HOUR
WORDS, COPY = "words of pier", "copy of the notice"


@pytest.fixture
def out(room: Room) -> Room:
    """Two stories that are out: each rests on the notice, and no words are of both."""
    room.publish(room.approve(room.story()))
    room.publish(room.approve(room.story(SENTENCES[2], slug="ferry")))
    Story.objects.update(state="published")
    assert room.build().refused == ()
    return room


def parts_of(room: Room, slug: str) -> tuple[str, ...]:
    """The digests of the words that only this story says."""
    rows = {str(story): json.loads(str(content))["parts"].values() for story, content in room.sql("SELECT story, content FROM gate_version")}  # fmt: skip
    shared = {digest for story, held in rows.items() if story != slug for digest in held}
    return tuple(sorted(set(rows[slug]) - shared))


def empty(room: Room, thing: str) -> tuple[str, ...]:
    """Take the words or the copy away, as an erasure does and with every trigger dropped; what an erasure of it names."""
    room.unlock()
    if thing == WORDS:
        gone = parts_of(room, "pier")
        for digest in gone:
            room.sql("UPDATE gate_words SET content = NULL WHERE digest = %s", digest)
        return gone
    id_ = room.capture.id
    left = json.dumps(remains_to_plain(Capture.objects.get().told))
    room.sql("UPDATE sources_capture SET url = '', text = '', record = '', told = %s", left)
    return (id_,)


def write(room: Room, made: Erasure, *, outlet: str = "tide", **told: object) -> None:
    """Enter an erasure, with what is told otherwise of its body (None: left out), and insert its rows, as whoever holds the
    connection can."""
    body = {name: value for name, value in (erasure_body(made) | told).items() if value is not None}
    with transaction.atomic():
        entry = record(outlet=outlet, at=made.at, actor=made.by_one, act=ActName.ERASURE, body=body)
        for digest in made.digests:
            insert(room, digest, made, entry.hash)


def insert(room: Room, digest: str, made: Erasure, entry: str) -> None:
    room.sql(
        "INSERT INTO gate_erasure (outlet, digest, by_one, by_two, reason, at, entry) VALUES ('tide', %s, %s, %s, %s, %s, %s)",
        digest, made.by_one, made.by_two, made.reason, utc(made.at), entry,
    )  # fmt: skip


def drawn(room: Room, gone: tuple[str, ...], thing: str, at: datetime = LATER) -> Erasure:
    """The erasure that nobody made."""
    of = {"story": "pier"} if thing == WORDS else {"capture": gone[0]}
    return Erasure(
        outlet="tide", by_one="bo", by_two="ann", digests=gone, reason="A court says so.", at=at, **of
    )


def signed(made: Erasure, by: Signer) -> Erasure:
    made = replace(made, key=by.key)
    return replace(made, signature=by(canonical_bytes(made.canonical())))  # type: ignore[arg-type]


# The attempts: each empties something and says that it was erased.


def unsigned(room: Room, thing: str) -> None:
    """As erasures were entered before they were signed."""
    write(room, drawn(room, empty(room, thing), thing), key=None, signature=None)


def with_nonsense(room: Room, thing: str) -> None:
    made_ = drawn(room, empty(room, thing), thing)
    write(room, replace(made_, key=signer(room).key, signature="AAAA"))


def with_the_key_of_the_ledger(room: Room, thing: str) -> None:
    write(room, signed(drawn(room, empty(room, thing), thing), FileSigner.at(room.home, KeyRole.LOG)))


def with_a_key_of_ones_own(room: Room, thing: str) -> None:
    own = FileSigner.at(room.home.parent / "own", KeyRole.ATTESTATION)
    with transaction.atomic():
        record(outlet="tide", at=NOW, actor="setup", act=ActName.KEY, body={"key": own.key, "role": "attestation"})  # fmt: skip
    write(room, signed(drawn(room, empty(room, thing), thing), own))


def with_a_retired_key(room: Room, thing: str) -> None:
    """Somebody kept the private half of a key that was replaced since."""
    kept = room.home.parent / "kept.pem"
    shutil.copy(key_file(room.home, KeyRole.ATTESTATION), kept)
    rotate(outlet="tide", home=room.home, role=KeyRole.ATTESTATION, by="admin", now=NOW + HOUR / 2)
    write(room, signed(drawn(room, empty(room, thing), thing), FileSigner(kept)))


def with_a_signature_of_an_approval(room: Room, thing: str) -> None:
    ((signature,),) = room.sql("SELECT signature FROM gate_approval WHERE story = 'pier'")
    made_ = drawn(room, empty(room, thing), thing)
    write(room, replace(made_, key=signer(room).key, signature=str(signature)))


def with_the_signature_of_an_honest_erasure(room: Room, thing: str) -> None:
    """The ferry's words were erased by two people, who signed that."""
    erase(room, "ferry", now=LATER)
    ((content,),) = room.sql("SELECT content FROM ledger_entry WHERE act = 'erasure'")
    honest = Entry.parse(bytes(content)).body  # type: ignore[arg-type]
    made_ = drawn(room, empty(room, thing), thing)
    write(room, replace(made_, key=str(honest["key"]), signature=str(honest["signature"])))


def under_the_entry_of_an_honest_erasure(room: Room, thing: str) -> None:
    """No new entry: the rows point at that of another story's erasure."""
    erase(room, "ferry", now=LATER)
    made_ = drawn(room, empty(room, thing), thing)
    ((hash_,),) = room.sql("SELECT hash FROM ledger_entry WHERE act = 'erasure'")
    for digest in made_.digests:
        insert(room, digest, made_, str(hash_))


def with_an_honest_entry_that_names_more(room: Room, thing: str) -> None:
    """The digests are put into the entry itself, under its signature and its hash."""
    erase(room, "ferry", now=LATER)
    made_ = drawn(room, empty(room, thing), thing)
    ((hash_, content),) = room.sql("SELECT hash, content FROM ledger_entry WHERE act = 'erasure'")
    entry = Entry.parse(bytes(content))  # type: ignore[arg-type]
    body = {**entry.body, "digests": [*entry.body["digests"], *made_.digests]}  # type: ignore[misc]
    room.sql(
        "UPDATE ledger_entry SET content = %s WHERE hash = %s", replace(entry, body=body).content(), hash_
    )
    for digest in made_.digests:
        insert(room, digest, made_, str(hash_))


def an_erasure_of_another_outlet(room: Room, thing: str) -> None:
    """One key signs for all outlets of a newsroom; the two people erased what is their own."""
    made_ = replace(drawn(room, empty(room, thing), thing), outlet="rival")
    write(room, signed(made_, signer(room)), outlet="rival")


def an_erasure_of_another_outlet_entered_here(room: Room, thing: str) -> None:
    made_ = replace(drawn(room, empty(room, thing), thing), outlet="rival")
    write(room, signed(made_, signer(room)))


def no_entry_at_all(room: Room, thing: str) -> None:
    made_ = drawn(room, empty(room, thing), thing)
    for digest in made_.digests:
        insert(room, digest, made_, "0" * 64)


def no_row_and_no_entry(room: Room, thing: str) -> None:
    empty(room, thing)


TORN = "do not hold together"
ATTEMPTS: list[tuple[Callable[[Room, str], object], str, str]] = [
    (unsigned, "is signed by nobody", "its signature does not fit"),
    (with_nonsense, "has a signature that does not fit", "its signature does not fit"),
    (with_the_key_of_the_ledger, "not one of this outlet's for that time", "its signature does not fit"),
    (with_a_key_of_ones_own, "not one of this outlet's for that time", "its signature does not fit"),
    (with_a_retired_key, "not one of this outlet's for that time", "its signature does not fit"),
    (with_a_signature_of_an_approval, "has a signature that does not fit", "its signature does not fit"),
    (with_the_signature_of_an_honest_erasure, "has a signature that does not fit", "its signature does not fit"),
    (under_the_entry_of_an_honest_erasure, "", "the ledger entry says something else"),
    (with_an_honest_entry_that_names_more, "has a signature that does not fit", "its signature does not fit"),
    (an_erasure_of_another_outlet, "ledger of rival is not this outlet's", "the ledger entry says something else"),
    (an_erasure_of_another_outlet_entered_here, "has a signature that does not fit", "its signature does not fit"),
    (no_entry_at_all, TORN, "the ledger has no entry of it"),
    (no_row_and_no_entry, "", "nobody signed an erasure of"),
]  # fmt: skip
"""The attempt, what the builder says, where it is not that they are gone without an erasure, and what doctor says."""
GONE = {WORDS: "are not there, and no erasure of them", COPY: "is called erased and was not"}


@pytest.mark.parametrize("thing", [WORDS, COPY])
@pytest.mark.parametrize(
    ("attempt", "why", "ailing"), [pytest.param(*row, id=row[0].__name__) for row in ATTEMPTS]
)
def test_nothing_is_called_erased_that_nobody_erased(
    out: Room, attempt: Callable[[Room, str], object], why: str, ailing: str, thing: str
) -> None:
    page = out.home / "site/2026/10/pier/index.html"
    before = page.read_bytes()
    attempt(out, thing)
    refused = refusals(out)
    # Rows that do not hold together stop the build at the first story that they are of.
    name = "story" if why == TORN else "story pier"
    assert any(words.startswith(name) and (why or GONE[thing]) in words for words in refused), refused
    assert page.read_bytes() == before
    assert [line for line in ailments(out) if ailing in line], ailments(out)
    # Nor on a site that is made from nothing: there is no page at all.
    shutil.rmtree(out.home / "site")
    assert refusals(out) == refused
    assert not list((out.home / "site").rglob("*pier*"))
    assert said(out, SENTENCES[1]) == set()


def refusals(room: Room) -> list[str]:
    """What the builder refuses, in words, whether it writes the other stories or nothing at all."""
    try:
        return [str(err) for err in room.build(LATER + HOUR, whole=True).refused]
    except BackreadError as err:
        return [str(err)]


def with_its_row(room: Room, gone: dict[str, bytes]) -> None:
    """The words put back by whoever kept them, and the rows of the erasure deleted."""
    room.unlock()
    room.sql("DELETE FROM gate_erasure")
    for digest, content in gone.items():
        room.sql("UPDATE gate_words SET content = %s WHERE digest = %s", content, digest)


def test_what_two_people_erased_does_not_come_back(out: Room) -> None:
    """Every row can be made to say that nothing was erased; the ledger says it still."""
    gone = {str(d): bytes(c) for d, c in out.sql("SELECT digest, content FROM gate_words WHERE digest IN (SELECT value FROM gate_version, json_each(gate_version.content, '$.parts') WHERE story = 'pier')")}  # type: ignore[call-overload]  # fmt: skip
    erase(out, now=LATER)
    assert out.build(LATER + HOUR).refused == ()
    page = (out.home / "site/2026/10/pier/index.html").read_bytes()
    with_its_row(out, gone)
    assert refusals(out) == []
    assert (out.home / "site/2026/10/pier/index.html").read_bytes() == page
    assert said(out, SENTENCES[1]) == set()
    told = ailments(out)
    for why in ("they were erased, and are there again", "tells of an erasure, and its row is gone"):
        assert [line for line in told if why in line], told


def test_a_copy_that_two_people_erased_does_not_come_back(out: Room) -> None:
    """Its row and its files are put back as they were, and the rows of its erasure deleted."""
    kept = out.home.parent / "kept"
    shutil.copytree(out.home / "captures", kept)
    (row,) = out.sql("SELECT url, record, text, told FROM sources_capture")
    erase_notice(out, now=LATER)
    assert out.build(LATER + HOUR).refused == ()
    page = out.home / "site/2026/10/pier/index.html"
    before = page.read_bytes()
    out.unlock()
    shutil.rmtree(out.home / "captures")
    shutil.copytree(kept, out.home / "captures")
    out.sql("UPDATE sources_capture SET url = %s, record = %s, text = %s, told = %s", *row)
    out.sql("DELETE FROM gate_erasure")
    refused = refusals(out)
    assert any(words.startswith("story pier") and "was and is named" in words for words in refused), refused
    assert page.read_bytes() == before
    told = ailments(out)
    assert [line for line in told if "it was erased, and is there again" in line], told


@pytest.mark.parametrize("then", ["", "its key replaced", "its key replaced twice"])
@pytest.mark.parametrize("act", [erase, erase_notice], ids=[WORDS, COPY])
def test_what_two_people_erased_is_called_so(out: Room, act: Callable[..., object], then: str) -> None:
    act(out, now=LATER)
    for hour in range(1, 1 + ("", "its key replaced", "its key replaced twice").index(then)):
        rotate(outlet="tide", home=out.home, role=KeyRole.ATTESTATION, by="admin", now=LATER + HOUR * hour)
    assert out.build(LATER + 3 * HOUR, whole=True).refused == ()
    notice = "The words of this story were erased" if act is erase else "The copy it rests on was erased."
    assert "site/2026/10/pier/index.html" in said(out, notice)
    assert ailments(out) == []


def test_of_one_page_that_two_outlets_saw_each_erases_its_own(out: Room) -> None:
    """The files of the archive are shared: they go with the last one."""
    rival = Outlet.objects.create(id="rival", name="The Rival", responsible="Eve", timezone="UTC")
    mine = Capture.objects.get()
    theirs = Capture.objects.create(outlet=rival, **{name: getattr(mine, name) for name in ("capture", "source", "url", "taken", "record", "text", "told")})  # fmt: skip
    files = [out.home / "captures" / digest[:2] / digest for digest in (mine.text, mine.record)]
    erase_notice(out, now=LATER)
    theirs.refresh_from_db()
    assert theirs.text
    assert all(path.exists() for path in files)
    remove = FolderBlobs(out.home / "captures").remove
    erase_capture(outlet="rival", capture=theirs.capture, one=SECOND, two=EDITOR, signer=signer(out), reason="So does another.", now=LATER, remove=remove)  # fmt: skip
    assert not any(path.exists() for path in files)
    assert out.build(LATER + HOUR, whole=True).refused == ()
    assert ailments(out) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param({"key": None, "signature": None}, "an erasure is signed", id="no signature"),
        pytest.param({"signature": ""}, "an erasure is signed", id="an empty one"),
        pytest.param({"key": ""}, "an erasure is signed", id="no key"),
        pytest.param({"digests": ["0" * 64]}, "the ledger entry says something else", id="of something else"),
        pytest.param({"by_two": "eve"}, "the ledger entry says something else", id="another second"),
        pytest.param({"outlet": "rival"}, "an erasure has its ledger entry", id="entered at another outlet"),
    ],
)
def test_the_triggers_hold_a_row_to_its_signed_entry(out: Room, change: dict[str, Any], why: str) -> None:
    honest = signed(drawn(out, parts_of(out, "pier"), WORDS), signer(out))
    with pytest.raises(DatabaseError, match=why):
        write(out, honest, **change)
    write(out, honest)


def test_erasures_of_before_stay_in_their_table_and_count_for_nothing(out: Room) -> None:
    """The table is made anew with its outlet; what was entered unsigned is refused by the builder, and doctor names it."""
    unsigned(out, WORDS)
    before = out.sql("SELECT digest, by_one, by_two, reason, at, entry FROM gate_erasure ORDER BY digest")
    out.sql("DROP TABLE gate_erasure")
    out.sql("CREATE TABLE gate_erasure (digest TEXT NOT NULL PRIMARY KEY, by_one TEXT, by_two TEXT, reason TEXT, at TEXT, entry TEXT) WITHOUT ROWID")  # fmt: skip
    for row in before:
        out.sql("INSERT INTO gate_erasure VALUES (%s, %s, %s, %s, %s, %s)", *row)
    for statement in import_module("newsroom.stories.migrations.0007_erasures_signed").STATEMENTS:
        out.sql(statement)
    assert out.sql("SELECT outlet, digest, by_one, by_two, reason, at, entry FROM gate_erasure ORDER BY digest") == [("tide", *row) for row in before] != []  # fmt: skip
    assert not [line for line in doctor.tables() if "gate" in line]
    assert any("is signed by nobody" in words for words in refusals(out))
