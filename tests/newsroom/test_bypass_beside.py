"""More attempts beside the gate: rows that any statement can change, files put into the site by hand, odd slugs and digests.

What the builder remembers and what lies in its folder decides nothing: each attempt is followed by an honest build.
"""

from __future__ import annotations

import contextlib
import hmac
import json
from collections.abc import Callable

import pytest
from django.db import DatabaseError
from test_bypass_files import forge_publication
from test_bypass_more import HOUR, LIE, said

from backread.errors import BackreadError
from newsroom.accounts.models import Outlet
from newsroom.stories.models import Draft
from newsroom.stories.plain import story_from_plain, story_to_plain
from newsroom_room import NOW, SENTENCES, Room, made, room

__all__ = ["made", "room"]


# Rows beside the gate, which anybody with the connection can change.


def a_sources_title(room: Room) -> None:
    room.sql("UPDATE sources_capture SET told = json_set(told, '$.title', %s)", LIE)


def a_sources_address(room: Room) -> None:
    room.sql("UPDATE sources_capture SET told = json_set(told, '$.url', 'https://a.example/?' || %s)", LIE)


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


def who_answers_for_it(room: Room) -> None:
    Outlet.objects.update(responsible=LIE, place=LIE[:80])


ROWS = [
    an_outlets_name,
    who_answers_for_it,
    a_sources_title,
    a_sources_address,
    a_storys_title,
    the_drafts_words,
    a_new_draft_over_what_is_out,
    one_editor_by_row_alone,
]


@pytest.mark.parametrize("attempt", ROWS, ids=lambda a: a.__name__)
@pytest.mark.parametrize("stands", [False, True], ids=["first build", "one story more"])
def test_no_page_says_what_a_row_was_made_to_say(
    room: Room, attempt: Callable[[Room], None], stands: bool
) -> None:
    room.publish(room.approve(room.story()))
    if stands:
        assert room.build().refused == ()
    attempt(room)
    with contextlib.suppress(BackreadError):
        room.build(NOW + HOUR, whole=stands)
    assert said(room, LIE) == set()
    assert said(room, "One editor works alone") == set()


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
