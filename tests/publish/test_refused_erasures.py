"""What the builder refuses of an erasure: every entry that somebody could write by hand, and the signed one let through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from backread.ledger.entry import erasure_of
from backread.ledger.keys import KeyRole
from backread.publish import verify
from backread.publish.record import PublicRecord
from backread.values.publication import Entry
from publish.made import NOW, OUTLET, VOICE, Desk, desk, erased, erasure


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One desk for all rows."""
    return desk(tmp_path_factory.mktemp("home"))


Entered = Callable[[PublicRecord], bytes]
"""From a record to an entry that calls itself the erasure of its body."""


def told(of: Entered, **body: Any) -> Entered:
    """The entry with something else in its body, under the signature that was made before."""

    def entry(record: PublicRecord) -> bytes:
        before = Entry.parse(of(record))
        return replace(before, body={**before.body, **body}).content()

    return entry


def removing(**given: Any) -> Entered:
    """An erasure of the body, signed, with what is given."""
    return lambda r: erasure(r, r.version.parts["body"], **given)


def bare(record: PublicRecord) -> bytes:
    """An erasure as entries were before they were signed."""
    before = Entry.parse(removing()(record))
    return replace(before, body={k: v for k, v in before.body.items() if k not in ("key", "signature")}).content()  # fmt: skip


def by_the_log(record: PublicRecord) -> bytes:
    return erasure(record, record.version.parts["body"], key=record.receipt.keys.of(KeyRole.LOG)[0].id)


def of_the_deck(record: PublicRecord) -> bytes:
    """An honest erasure of the deck, its signature under an entry that names the body."""
    deck, body = (record.version.parts[part] for part in ("deck", "body"))
    return told(lambda r: erasure(r, deck), digests=[body])(record)


def dated(record: PublicRecord) -> bytes:
    return replace(Entry.parse(removing()(record)), at=NOW + timedelta(hours=1)).content()


def by_another(record: PublicRecord) -> bytes:
    return replace(Entry.parse(removing()(record)), actor="eve").content()


ERASURES: list[tuple[str, Entered, str]] = [
    ("erased, signed by nobody", bare, "98 of the ledger of packet is signed by nobody"),
    ("erased, with a signature of nonsense", told(removing(), signature="AAAA"), "a signature that does not fit"),
    ("erased, with something that is no signature", told(removing(), signature="no base64"), "a signature that does not fit"),
    ("erased, with a number for a signature", told(removing(), signature=7), "is signed by nobody"),
    ("erased, signed with the key of the log", by_the_log, "not one of this outlet's for that time"),
    ("erased before the key was there", removing(at=NOW - timedelta(days=31)), "not one of this outlet's for that time"),
    ("erased, the signature of another erasure", of_the_deck, "a signature that does not fit"),
    ("erased, more than was signed", told(removing(), digests=["0" * 64]), "a signature that does not fit"),
    ("erased, the digests no list", told(removing(), digests="0"), "is signed by nobody"),
    ("erased, the erasure of another story", removing(story="another"), "its words (body) are not there, and no erasure of them"),
    ("erased, called this story's", lambda r: told(removing(story="another"), story=r.story)(r), "a signature that does not fit"),
    ("erased, the erasure of a capture", removing(story="", capture="0" * 64), "its words (body) are not there, and no erasure of them"),
    ("erased at another outlet", removing(outlet="rival"), "is not this outlet's"),
    ("erased, another second", told(removing(), by_two="eve"), "a signature that does not fit"),
    ("erased, another first", by_another, "a signature that does not fit"),
    ("erased, one person twice", told(removing(), by_two="ada"), "is signed by nobody"),
    ("erased, another reason", told(removing(), reason="Ada is a liar."), "a signature that does not fit"),
    ("erased at another time", dated, "a signature that does not fit"),
    ("erased, with more in its entry", told(removing(), note="x"), "is signed by nobody"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "why"), [pytest.param(entry, why, id=name) for name, entry, why in ERASURES]
)
def test_words_are_gone_only_where_two_people_signed_that_they_are(
    ours: Desk, entry: Entered, why: str
) -> None:
    record = ours.publish(name=f"e{len(ours.entries)}")
    honest = erased(record, "body")
    assert list(verify.wrongs(honest, ours.trust, VOICE)) == []
    found = list(verify.wrongs(erased(record, "body", entry=entry(record)), ours.trust, VOICE))
    assert [w for w in found if why in w], found
    assert [w for w in found if "its words (body) are not there" in w], found


def test_an_entry_is_read_as_it_was_signed(ours: Desk) -> None:
    record = ours.publish(name=f"e{len(ours.entries)}")
    made = erasure_of(Entry.parse(removing(story="", capture="c")(record)))
    assert (made.outlet, made.by_one, made.by_two, made.at) == (OUTLET.id, "ada", "stan", NOW)
    assert (made.story, made.capture, made.digests) == ("", "c", (record.version.parts["body"],))


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"by_two": "ada"}, id="one person twice"),
        pytest.param({"by_two": ""}, id="one person"),
        pytest.param({"reason": "  "}, id="no reason"),
        pytest.param({"story": ""}, id="of nothing"),
        pytest.param({"capture": "c"}, id="of a story and a capture"),
    ],
)
def test_what_is_no_erasure_is_none(ours: Desk, told: dict[str, Any]) -> None:
    record = ours.publish(name=f"e{len(ours.entries)}")
    with pytest.raises(ValueError, match="an erasure"):
        removing(**told)(record)
