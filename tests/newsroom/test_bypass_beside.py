"""More attempts beside the gate: rows that any statement can change, files put into the site by hand, odd slugs and digests.

What the builder remembers and what lies in its folder decides nothing: each attempt is followed by an honest build.
"""

from __future__ import annotations

import contextlib
import hmac
import json
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from test_bypass_files import forge_publication
from test_bypass_more import HOUR, LIE, noted, on_anns_word, said

from backread.adapters.signing import FileSigner
from backread.archive.blobs import FolderBlobs
from backread.errors import BackreadError
from backread.ledger.entry import ActName
from backread.ledger.keys import KeyRole
from newsroom import setup
from newsroom.accounts.models import Outlet
from newsroom.desk.actions.stories import start_brief
from newsroom.desk.room import Room as Desk
from newsroom.ledger.actions import record
from newsroom.stories.erasure import erase_capture
from newsroom.stories.models import Draft, Story
from newsroom.stories.plain import story_from_plain, story_to_plain
from newsroom.trust import SHOWN, stated, statement
from newsroom.trust import keys as keys_of
from newsroom_room import EDITOR, NOW, SECOND, SENTENCES, TOLD, Room, made, room

__all__ = ["made", "room"]


# Rows beside the gate, which anybody with the connection can change. What was honestly published before each attempt:


def plainly(room: Room) -> None:
    room.publish(room.approve(room.story()))


def on_bos_word(room: Room) -> None:
    """Bo took a sentence over and approved nothing."""
    on_anns_word(room, person=SECOND)


def with_a_note(room: Room) -> None:
    """A sentence rests on a note of Ann's."""
    noted(room)


def briefly(room: Room) -> None:
    """A brief of Bo's, approved by Ann."""
    desk = Desk(room.outlet, room.home)
    row = start_brief(
        room=desk, person=SECOND, headline="Pier closes", body="The pier is closed.", ai="none", now=NOW
    )
    Story.objects.filter(pk=row.pk).update(slug="pier")
    room.publish(room.approve(Story.objects.get(pk=row.pk)))


def on_an_erased_copy(room: Room) -> None:
    """Its one source was erased since."""
    plainly(room)
    gone = FolderBlobs(room.home / "captures").remove
    erase_capture(outlet="tide", capture=room.capture.id, one=SECOND, two=EDITOR, signer=Desk(room.outlet, room.home).signer, reason="A court says so.", now=NOW + HOUR / 60, remove=gone)  # fmt: skip


# The attempts.


def told(room: Room, **changed: str) -> None:
    """Every capture told otherwise."""
    for name, words in changed.items():
        room.sql(f"UPDATE sources_capture SET told = json_set(told, '$.{name}', %s)", words)


def nothing(room: Room) -> None:
    """Without it, a builder that writes nothing would pass."""


def a_sources_name(room: Room) -> None:
    told(room, source_name=LIE)


def a_sources_name_where_it_is_looked_at(room: Room) -> None:
    room.sql("UPDATE sources_source SET name = %s", LIE)


def a_sources_name_and_its_own_terms(room: Room) -> None:
    told(room, source_name=LIE, terms="public record")


def a_sources_terms(room: Room) -> None:
    """Of a public record the words around a passage are shown."""
    told(room, terms="public record")


def a_sources_terms_made_stricter(room: Room) -> None:
    """The passage would be hidden."""
    told(room, terms="own")


def a_source_called_somebodys_notes(room: Room) -> None:
    told(room, terms="own", byline=LIE)


def a_sources_title(room: Room) -> None:
    told(room, title=LIE)


def a_sources_address(room: Room) -> None:
    told(room, url=f"https://a.example/?{LIE}")


def a_sources_address_in_both_columns(room: Room) -> None:
    told(room, url=f"https://a.example/?{LIE}")
    room.sql("UPDATE sources_capture SET url = %s", LIE)


def when_a_source_was_seen(room: Room) -> None:
    told(room, taken="2020-02-02T10:00:00+00:00")
    room.sql("UPDATE sources_capture SET taken = '2020-02-02 10:00:00'")


def a_notes_author(room: Room) -> None:
    room.sql("UPDATE sources_capture SET told = json_set(told, '$.byline', %s) WHERE url LIKE 'note:%%'", LIE)


def a_notes_author_in_the_account(room: Room) -> None:
    room.sql("UPDATE accounts_person SET name = %s", LIE)


def an_erased_copy_called_a_note(room: Room) -> None:
    told(room, terms="own", reporter=LIE)


def a_deciders_name(room: Room) -> None:
    room.sql("UPDATE accounts_person SET name = %s WHERE username = 'bo'", LIE)


def a_deciders_name_in_the_decision(room: Room) -> None:
    room.unlock()
    room.sql("UPDATE stories_decision SET told = json_set(told, '$.by_name', %s)", LIE)


def a_deciders_name_in_decision_and_ledger(room: Room) -> None:
    a_deciders_name_in_the_decision(room)
    room.sql(
        "UPDATE ledger_entry SET content = CAST(replace(CAST(content AS TEXT), 'Bo Tamm', %s) AS BLOB)", LIE
    )


def another_who_decided(room: Room) -> None:
    room.unlock()
    room.sql("UPDATE accounts_person SET name = %s WHERE username = 'ann'", LIE)
    room.sql("UPDATE stories_decision SET told = json_remove(json_set(told, '$.by', 'ann'), '$.by_name')")


def a_briefs_author(room: Room) -> None:
    room.sql("UPDATE accounts_person SET name = %s", LIE)


def a_briefs_author_in_its_draft(room: Room) -> None:
    room.unlock()
    room.sql("UPDATE accounts_person SET name = %s WHERE username = 'ann'", LIE)
    room.sql("UPDATE stories_draft SET by = 'ann'")


def a_storys_title(room: Room) -> None:
    room.sql("UPDATE stories_story SET title = %s", LIE)


def the_drafts_words(room: Room) -> None:
    room.unlock()
    room.sql("UPDATE stories_draft SET told = replace(told, %s, %s)", SENTENCES[1], LIE)


def a_new_draft_over_what_is_out(room: Room) -> None:
    row = room.story()
    Draft.objects.create(
        story=row,
        number=9,
        told=json.loads(
            json.dumps(story_to_plain(story_from_plain(row.head.told))).replace(SENTENCES[1], LIE)
        ),
        captures=row.head.captures,
        at=NOW,
        drafter=row.head.drafter,
    )


def one_editor_by_row_alone(room: Room) -> None:
    Outlet.objects.update(single_editor=True)


def an_outlets_name(room: Room) -> None:
    Outlet.objects.update(name=LIE)


def _entered(room: Room, **told: object) -> None:
    """An entry of the ledger as whoever holds the connection can append it."""
    body = {
        "changed": ["name"],
        "outlet": {name: getattr(room.outlet, name) for name in SHOWN} | {"name": LIE},
    }
    with transaction.atomic():
        record(outlet="tide", at=NOW + HOUR / 2, actor="setup", act=ActName.SETTING, body=body | told)


def an_outlets_name_in_row_and_ledger(room: Room) -> None:
    an_outlets_name(room)
    _entered(room)


def an_outlets_name_signed_with_a_key_of_ones_own(room: Room) -> None:
    own = FileSigner.at(room.home.parent / "own", KeyRole.ATTESTATION)
    with transaction.atomic():
        record(
            outlet="tide",
            at=NOW,
            actor="setup",
            act=ActName.KEY,
            body={"key": own.key, "role": "attestation"},
        )
    an_outlets_name(room)
    lie = {name: str(getattr(room.outlet, name)) for name in SHOWN} | {"name": LIE}
    _entered(room, **statement("tide", lie, NOW + HOUR / 2, own))


def its_key_entered_again(room: Room) -> None:
    """As if it served from now on only, and had signed nothing before."""
    key = FileSigner.at(room.home, KeyRole.ATTESTATION).key
    body = {"key": key, "role": "attestation"}
    with transaction.atomic():
        record(outlet="tide", at=NOW + HOUR / 2, actor="setup", act=ActName.KEY, body=body)
    an_outlets_name(room)


def its_key_entered_again_as_one_of_the_log(room: Room) -> None:
    key = FileSigner.at(room.home, KeyRole.ATTESTATION).key
    with transaction.atomic():
        record(outlet="tide", at=NOW + HOUR / 2, actor="setup", act=ActName.KEY, body={"key": key, "role": "log"})  # fmt: skip


def an_outlets_name_under_the_honest_signature(room: Room) -> None:
    ((content,),) = room.sql("SELECT content FROM ledger_entry WHERE act = 'setting'")
    body = json.loads(bytes(content))["body"]  # type: ignore[arg-type]
    _entered(room, key=body["key"], signature=body["signature"])


def a_name_it_had_before_used_again(room: Room) -> None:
    for number, name in enumerate((LIE, "The Tide")):
        Outlet.objects.update(name=name)
        with transaction.atomic():
            setup.state(room.home, Outlet.objects.get(pk="tide"), ["name"], NOW + HOUR / 10 * number)
    ((content,),) = room.sql(
        "SELECT content FROM ledger_entry WHERE act = 'setting' AND instr(content, %s)", LIE
    )
    _entered(room, **json.loads(bytes(content))["body"])  # type: ignore[arg-type]


def an_outlets_name_and_its_entries_deleted(room: Room) -> None:
    an_outlets_name(room)
    room.unlock()
    room.sql("DELETE FROM ledger_entry WHERE act = 'setting'")


def who_answers_for_it(room: Room) -> None:
    Outlet.objects.update(responsible=LIE, place=LIE[:80])


def a_storys_address(room: Room) -> None:
    """Every row that names the story but what was signed; the address would say it."""
    room.unlock()
    for table, name in (("stories_story", "slug"), ("gate_version", "story"), ("gate_publication", "story")):
        room.sql(f"UPDATE {table} SET {name} = 'mayor-quill-took-the-money'")


Act = Callable[[Room], None]
SOURCES: list[Act] = [
    a_sources_name, a_sources_name_where_it_is_looked_at, a_sources_name_and_its_own_terms, a_sources_terms,
    a_sources_terms_made_stricter, a_source_called_somebodys_notes, a_sources_title, a_sources_address,
    a_sources_address_in_both_columns, when_a_source_was_seen,
]  # fmt: skip
ROWS: list[tuple[Act, Act, str]] = [
    (plainly, nothing, "Pier Office"),
    *((plainly, attempt, "") for attempt in SOURCES),
    (plainly, an_outlets_name, ""),
    (plainly, an_outlets_name_in_row_and_ledger, "The Tide"),
    (plainly, an_outlets_name_signed_with_a_key_of_ones_own, "The Tide"),
    (plainly, its_key_entered_again, "Pier Office"),
    (plainly, its_key_entered_again_as_one_of_the_log, "Pier Office"),
    (plainly, an_outlets_name_under_the_honest_signature, "The Tide"),
    (plainly, a_name_it_had_before_used_again, "The Tide"),
    (plainly, an_outlets_name_and_its_entries_deleted, ""),
    (plainly, who_answers_for_it, ""),
    (plainly, a_storys_title, ""),
    (plainly, a_storys_address, ""),
    (plainly, the_drafts_words, ""),
    (plainly, a_new_draft_over_what_is_out, ""),
    (plainly, one_editor_by_row_alone, ""),
    (with_a_note, nothing, "Ann Orde’s notes"),
    (with_a_note, a_notes_author, ""),
    (with_a_note, a_notes_author_in_the_account, "Ann Orde’s notes"),
    (with_a_note, a_sources_name, ""),
    (with_a_note, when_a_source_was_seen, ""),
    (on_an_erased_copy, nothing, "An erased copy"),
    (on_an_erased_copy, a_sources_name, ""),
    (on_an_erased_copy, a_sources_terms, ""),
    (on_an_erased_copy, a_sources_title, "An erased copy"),
    (on_an_erased_copy, a_sources_address_in_both_columns, "An erased copy"),
    (on_an_erased_copy, when_a_source_was_seen, ""),
    (on_an_erased_copy, an_erased_copy_called_a_note, ""),
    (on_bos_word, nothing, "Bo Tamm"),
    (on_bos_word, a_deciders_name, "Bo Tamm"),
    (on_bos_word, a_deciders_name_in_the_decision, ""),
    (on_bos_word, a_deciders_name_in_decision_and_ledger, ""),
    (on_bos_word, another_who_decided, ""),
    (briefly, nothing, "A brief by Bo Tamm"),
    (briefly, a_briefs_author, "Bo Tamm"),
    (briefly, a_briefs_author_in_its_draft, "Bo Tamm"),
]
"""What was out, what the database was made to say, and words that the page shows all the same ('' where it need not)."""
NEVER = (LIE, "One editor works alone", "2020", "The ferry moves", "’s notes")
"""Words that only an attempt would print."""


@pytest.mark.parametrize(
    ("published", "attempt", "shows"), ROWS, ids=lambda a: a.__name__ if callable(a) else a
)
@pytest.mark.parametrize("stands", [False, True], ids=["first build", "one story more"])
def test_no_page_says_what_a_row_was_made_to_say(
    room: Room, published: Act, attempt: Act, shows: str, stands: bool
) -> None:
    published(room)
    page, before = room.home / "site/2026/10/pier/index.html", b""
    if stands:
        assert room.build().refused == ()
        before = page.read_bytes()
    attempt(room)
    with contextlib.suppress(BackreadError):
        room.build(NOW + HOUR, whole=stands)
    assert not list((room.home / "site").rglob("mayor-quill*"))
    for words in NEVER:
        assert (
            words in shows or said(room, words) == set() or (published is with_a_note and words == "’s notes")
        )
    assert not stands or page.read_bytes() == before
    assert shows in (page.read_text("utf-8") if page.exists() or shows else "")


@pytest.mark.parametrize("signed", [True, False], ids=["signed before", "never signed"])
def test_setting_up_again_signs_the_plan_and_what_was_signed_and_no_row(room: Room, signed: bool) -> None:
    """The plan says neither the address nor where errors are told."""
    if signed:
        again = {"outlet": TOLD["outlet"] | {"report": "desk@tide.example"}}
        setup.outlet_of(room.home, TOLD | again, area="", now=NOW)
    else:
        room.unlock()
        room.sql("DELETE FROM ledger_entry WHERE act = 'setting'")
    Outlet.objects.update(name=LIE, address="https://lie.example", report=f"https://lie.example/{LIE}")
    setup.outlet_of(room.home, TOLD, area="", now=NOW + HOUR / 10)
    told_ = stated("tide", keys_of("tide", room.home))
    assert told_ is not None
    report = "desk@tide.example" if signed else ""
    assert (told_["name"], told_["address"], told_["report"]) == ("The Tide", "http://127.0.0.1:8001", report)


# The manifest, files by hand, links, slugs.


def a_stray_page_in_the_months_folder(room: Room) -> None:
    page = room.home / "site/2026/10/other/index.html"
    page.parent.mkdir(parents=True)
    page.write_text(LIE)


def a_page_linked_to_elsewhere(room: Room) -> None:
    page = room.home / "site/2026/10/pier/index.html"
    (room.home / "lie.html").write_text(LIE)
    page.unlink()
    page.symlink_to(room.home / "lie.html")


def a_list_written_over(room: Room) -> None:
    (room.home / "site/index.html").write_text(LIE)


def a_months_rows_rewritten(room: Room) -> None:
    for path in (room.home / "site.manifest").iterdir():
        path.write_bytes(path.read_bytes().replace(SENTENCES[0].encode(), LIE.encode()))


def the_head_of_a_manifest_sealed_with_nothing(room: Room) -> None:
    head = room.home / "site.manifest/head"
    content = head.read_bytes().partition(b"\n")[2].replace(SENTENCES[0].encode(), LIE.encode())
    head.write_bytes(hmac.new(b"", content, "sha256").hexdigest().encode() + b"\n" + content)


def a_half_written_page(room: Room) -> None:
    (room.home / "site/2026/10/pier/index.html.half").write_text(LIE)


def a_receipt_in_the_place_of_ours(room: Room) -> None:
    path = room.home / "site/2026/10/pier/receipt.json"
    path.write_bytes(path.read_bytes().replace(b"The Tide", LIE.encode()))


FILES = [
    a_stray_page_in_the_months_folder,
    a_page_linked_to_elsewhere,
    a_list_written_over,
    a_months_rows_rewritten,
    the_head_of_a_manifest_sealed_with_nothing,
    a_half_written_page,
    a_receipt_in_the_place_of_ours,
]


@pytest.mark.parametrize("attempt", FILES, ids=lambda a: a.__name__)
def test_a_build_of_everything_puts_right_what_was_put_there(
    room: Room, attempt: Callable[[Room], None]
) -> None:
    room.publish(room.approve(room.story()))
    room.build()
    attempt(room)
    assert room.build(NOW + HOUR, whole=True).refused == ()
    assert said(room) == set()
    assert SENTENCES[1] in (room.home / "site/2026/10/pier/index.html").read_text("utf-8")
    assert (room.home / "site/2026/10/pier/receipt.json").is_file()


@pytest.mark.parametrize(
    "slug",
    [
        "../pier",
        "pier/..",
        "pier.",
        "Pier",
        "p\u0456er",
        "pier\n",
        "pier\u200b",
        ".",
        "pier%2f..",
        "index.html",
        "\uff50ier",
        "-pier",
        "pier--x",
        "",
    ],
)
def test_an_odd_slug_writes_no_file(room: Room, slug: str) -> None:
    with contextlib.suppress(BackreadError, DatabaseError):
        room.publish(room.approve(room.story(slug=slug)))
    with contextlib.suppress(BackreadError):
        room.build()
    assert room.public() == {}


@pytest.mark.parametrize("odd", ["\uff10" * 64, "A" * 64, "\u0430" * 64, "0" * 63 + "\u00b2"])
def test_a_digest_that_only_looks_like_one_is_none(room: Room, odd: str) -> None:
    approval = room.approve(room.story())
    with contextlib.suppress(BackreadError, DatabaseError):
        forge_publication(room, digest=odd, approval=approval.id)
    with contextlib.suppress(BackreadError, DatabaseError):
        forge_publication(room, digest=approval.digest.upper(), approval=approval.id.upper())
    with contextlib.suppress(BackreadError):
        room.build()
    assert room.public() == {}


@pytest.mark.parametrize("then", [False, True], ids=["stays", "is switched off again"])
def test_who_signs_alone_says_so_for_good(room: Room, then: bool) -> None:
    Outlet.objects.update(single_editor=True)
    room.outlet.refresh_from_db()
    room.publish(room.approve(room.story()))
    Outlet.objects.update(single_editor=not then)
    assert room.build().refused == ()
    assert "site/2026/10/pier/index.html" in said(room, "One editor works alone")
