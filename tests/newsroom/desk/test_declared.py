"""Who wrote the words that are changed at the desk: asked every time, kept in the ledger, and told to readers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from desk_newsroom import SLUG, Newsroom
from desk_person import Desk, acts
from desk_stories import LINES
from django.db import connection

from backread.ledger.entry import ActName
from backread.review.statement import words
from backread.values.draft import Drafter, Hand
from newsroom.desk.case import case
from newsroom.ledger.actions import told_of
from newsroom.stories import models
from newsroom.stories.plain import drafter_to_plain

RULE = "Assembled by rule from 1 public source"
CHANGED = "The pier is 212 feet long, all told."
AI = {"used": "some", "which": "Quill, to shorten one sentence."}
STATED = "Text supplied by Edda Vance, who states: AI used: Quill, to shorten one sentence."


def made(newsroom: Newsroom) -> list[str]:
    """What is said of how the story was made."""
    return [words(c) for c in case(newsroom.room, newsroom.story).clauses if c.id.startswith("S1")]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        pytest.param({"used": ""}, "Say who wrote these words: you, or an AI tool.", id="no answer"),
        pytest.param({"used": "some"}, "Say which AI tool it was, and what for.", id="no name"),
        pytest.param({"used": "some", "which": "  "}, "Say which AI tool it was", id="an empty name"),
        pytest.param(
            {"used": "some", "which": "Quill, certified"},
            "claims more than the record can prove",
            id="a boast",
        ),
        pytest.param({"used": "none", "which": "Quill"}, "You name an AI tool", id="two answers"),
        pytest.param({"used": "", "which": "Quill"}, "You name an AI tool", id="a name and no answer"),
        pytest.param({"used": "", "suggestion": "numbers"}, "Say who wrote", id="no check suggested it"),
    ],
)
def test_nobody_changes_words_without_saying_who_wrote_them(
    newsroom: Newsroom, edda: Desk, told: dict[str, str], why: str
) -> None:
    answer = edda.post("change", 5, words=CHANGED, **told)
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert why in page
    assert CHANGED in page
    assert ('value="some" checked' in page) is (told["used"] == "some")
    assert newsroom.story.head.number == 1
    assert (acts("edit"), acts("declaration")) == (0, 0)


def test_the_form_prefers_no_answer(edda: Desk) -> None:
    page = edda.get("?s=5&do=change")
    assert "I wrote these words myself" in page
    assert "An AI tool wrote or changed these words" in page
    assert not re.search(r'name="used"[^>]*checked', page)


def test_what_is_declared_is_in_the_ledger_and_decides_what_is_said(newsroom: Newsroom, edda: Desk) -> None:
    plain = f"{RULE}; no language model was used."
    assert made(newsroom) == [plain]
    edda.post("change", 5, words=CHANGED)
    assert made(newsroom) == [plain]
    Desk(newsroom, "rita").post("change", 6, words="Quill says it shorter.", **AI)
    stated = STATED.replace("Edda Vance", "Rita Holm")
    assert made(newsroom) == [stated]
    # Words of one's own over those that AI wrote, and striking them, take nothing back.
    edda.post("change", 6, words="The pier opened in 1998.")
    edda.post("strike", 6)
    assert made(newsroom) == [stated]
    bodies = [(b["name"], b["ai"], b["draft"]) for b in told_of("tide", ActName.DECLARATION, SLUG)]
    assert bodies == [("Edda Vance", "", 2), ("Rita Holm", AI["which"], 3), ("Edda Vance", "", 4)]
    assert [d.ai for d in newsroom.story.declaration_set.order_by("pk")] == ["", AI["which"], ""]


def test_readers_are_told_of_ai_in_a_change(newsroom: Newsroom, edda: Desk) -> None:
    edda.post("change", 5, words=CHANGED, **AI)
    edda.post("change", 5, words=LINES[4])
    edda.keep_all()
    assert edda.approve().status_code == 302
    told = newsroom.page(newsroom.pages[0])
    assert STATED in told
    assert "no language model was used" not in told
    counted = (newsroom.home / "site" / "how-we-use-ai" / "index.html").read_text("utf-8")
    assert "Text supplied or changed with AI, as stated</th><td>1</td>" in counted
    assert "Text supplied by a person, with no AI, as they state</th><td>0</td>" in counted


def test_a_change_with_ai_that_is_undone_leaves_none_of_its_words(newsroom: Newsroom, edda: Desk) -> None:
    edda.post("change", 5, words=CHANGED, **AI)
    edda.post("undo", 5)
    assert made(newsroom) == [f"{RULE}; no words of a language model are in it."]
    # Undone once more they are there again, and so they are where somebody types them anew.
    edda.post("undo", 5)
    assert made(newsroom) == [STATED]
    edda.post("undo", 5)
    edda.post("change", 5, words=CHANGED)
    assert made(newsroom) == [STATED]


@pytest.mark.parametrize("numbers", [(2,), (1,), (1, 2)], ids=["its draft", "the draft before", "both"])
def test_a_declaration_is_of_the_words_its_entry_names(
    newsroom: Newsroom, edda: Desk, numbers: tuple[int, ...]
) -> None:
    """Not of words that were put into the row of that draft besides, or taken out of the draft before it."""
    edda.post("change", 5, words=CHANGED)
    assert made(newsroom) == [f"{RULE}; no language model was used."]
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER stories_draft_stays")
        for number in numbers:
            held = models.Draft.objects.get(number=number)
            held.told = json.loads(json.dumps(held.told).replace(LINES[5], "Quill wrote this one."))
            held.save()
    assert made(newsroom) == []


def test_words_that_came_without_a_declaration_leave_nothing_to_publish(
    newsroom: Newsroom, edda: Desk
) -> None:
    """As a row written past the desk would, or a change from before anybody was asked."""
    head = newsroom.story.head
    told = json.loads(json.dumps(head.told).replace(LINES[4], CHANGED))
    drafter = drafter_to_plain(Drafter(hand=Hand.PERSON, name="Edda Vance"))
    models.Draft.objects.create(
        story=newsroom.story, number=2, told=told, drafter=drafter, captures=head.captures, by="edda", at=head.at
    )  # fmt: skip
    models.Declaration.objects.create(story=newsroom.story, name="Edda Vance", ai="")
    assert made(newsroom) == []
    assert "Nothing on record says how the story was made" in edda.get()
    assert edda.approve().status_code == 409
    assert not newsroom.pages
    # The way out: change the sentence again, and say who wrote it.
    edda.post("change", 5, words=LINES[4])
    assert made(newsroom) == [f"{RULE}; no language model was used."]


def test_words_that_a_check_suggests_need_no_declaration(newsroom_of: Callable[..., Newsroom]) -> None:
    newsroom = newsroom_of(*LINES[:4], "The pier is 240 feet long.", LINES[5])
    edda = Desk(newsroom, "edda")
    found = re.search(
        r'name="words" value="([^"]+)"><input type="hidden" name="suggestion" value="(\w+)"', edda.get("?s=5")
    )
    assert found
    answer = edda.post("change", 5, words=found[1], suggestion=found[2], used="")
    assert answer.status_code == 302
    assert edda.texts()[4] == found[1] == LINES[4]
    assert acts("declaration") == 0
    assert made(newsroom) == [f"{RULE}; no language model was used."]


def test_own_words_that_speak_like_a_chatbot_are_named_where_they_are_signed(
    newsroom: Newsroom, edda: Desk
) -> None:
    edda.post("change", 5, words="Here is a tighter version: The pier is 212 feet long.")
    edda.post("change", 5, words=LINES[4])
    edda.keep_all()
    assert "Edda Vance states that no AI was used; the words say otherwise" in edda.get("approve/")
