"""The whole way without JavaScript: from the wire through review to a page, a correction and a withdrawal; and what is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from desk_newsroom import DOSSIER, SLUG, Newsroom
from desk_person import Desk, acts
from desk_stories import LINES, NOTICE, capture
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from backread.archive.plain import to_plain
from backread.ledger.entry import ActName
from backread.values.capture import Capture
from backread.values.source import Terms
from newsroom.desk.case import case
from newsroom.desk.models import Asked, FalseAlarm
from newsroom.ledger.actions import record
from newsroom.sources.models import Capture as CaptureRow
from newsroom.stories import models


def test_from_the_wire_to_a_page_a_correction_and_a_withdrawal(newsroom: Newsroom, edda: Desk) -> None:
    assert "Harbor notice" in edda.client.get("/wire/").content.decode()
    started = edda.client.post(f"/wire/{DOSSIER}/start/")
    assert started["Location"] == f"/stories/{SLUG}/"
    assert newsroom.story.state == "in review"

    assert "<b>0 of 6</b> settled" in edda.get()
    edda.keep_all()
    assert "<b>6 of 6</b> settled" in edda.get()
    assert not newsroom.pages

    assert edda.approve()["Location"] == "/published/"
    assert newsroom.story.state == "published"
    (page,) = newsroom.pages[:1]
    told = newsroom.page(page)
    assert LINES[1] in told
    assert "Approved by Edda Vance, editor" in told
    assert "Checked against its sources sentence by sentence" not in told, "no browser told how long it stood"
    assert "Harbor notice" in edda.client.get("/published/").content.decode()

    opened = edda.client.post(f"/stories/{SLUG}/correct/", {"correction": "The pier was built in 1999."})
    assert opened.status_code == 302
    edda.post("strike", 6)
    newsroom.fresh_codes()
    assert edda.approve()["Location"] == "/published/"
    assert newsroom.story.state == "corrected"
    told = newsroom.page(page)
    assert LINES[5] not in re.sub(r"(?s)<blockquote.*?</blockquote>", "", told)
    assert "The pier was built in 1999." in told
    assert "The pier was built in 1999." in edda.client.get("/corrections/").content.decode()

    publication = re.search(
        r'name="publication" value="(\w{64})"', edda.client.get("/published/").content.decode()
    )
    assert publication
    form = {"publication": publication.group(1), "kind": "retract", "reason": "It was another pier."}
    without = edda.client.post(f"/stories/{SLUG}/withdraw/", form)
    assert without.status_code == 409
    assert "It was another pier.</textarea>" in without.content.decode(), "the reason is not typed twice"
    newsroom.fresh_codes()
    edda.client.post(f"/stories/{SLUG}/withdraw/", form | {"code": newsroom.code("edda")})
    assert newsroom.story.state == "retracted"
    assert "It was another pier." in newsroom.page(page)


def test_a_story_seen_sentence_by_sentence_says_so(newsroom: Newsroom, edda: Desk) -> None:
    edda.keep_all(seen_ms=4_000)
    assert "Checked against its sources sentence by sentence" in edda.get("approve/")
    edda.approve()
    assert "Checked against its sources sentence by sentence and approved by Edda Vance" in newsroom.page(
        newsroom.pages[0]
    )


@pytest.mark.parametrize(
    "told",
    [
        pytest.param("-5", id="negative"),
        pytest.param("9999999", id="longer than an hour"),
        pytest.param("4e3", id="no plain number"),
        pytest.param("٤٠٠٠", id="digits of another script"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_time_on_screen_that_cannot_be_is_none(newsroom: Newsroom, edda: Desk, told: str) -> None:
    edda.post("keep", 1, seen_ms=told)
    held = case(newsroom.room, newsroom.story)
    assert [d.seen_ms for d in held.decisions.values()] == [0]


def test_no_signature_without_the_right_code_and_the_words_that_were_seen(
    newsroom: Newsroom, edda: Desk
) -> None:
    edda.keep_all()
    for told, why in (
        ({"code": "000000"}, "wrong, or was used before"),
        ({"saw": "0" * 64}, "changed since you opened"),
    ):
        answer = edda.approve(**told)
        assert answer.status_code == 409
        assert why in unescape(answer.content.decode())
    assert not newsroom.pages
    assert acts("approval") == 0
    assert edda.approve().status_code == 302
    assert acts("approval") == 1


def test_a_code_is_good_once(newsroom: Newsroom, edda: Desk) -> None:
    edda.keep_all()
    edda.approve()
    edda.client.post(f"/stories/{SLUG}/correct/", {"correction": "A word was missing."})
    edda.post("strike", 6)
    assert edda.approve().status_code == 409
    newsroom.fresh_codes()
    assert edda.approve().status_code == 302


def test_a_reporter_cannot_approve(newsroom: Newsroom) -> None:
    rita = Desk(newsroom, "rita")
    rita.keep_all()
    assert rita.client.post(f"/stories/{SLUG}/approve/", {"code": newsroom.code("rita")}).status_code == 403
    assert not newsroom.pages


def test_a_changed_sentence_is_checked_again_in_place_and_undone(newsroom: Newsroom, edda: Desk) -> None:
    answer = edda.post("change", 5, words="The pier is 240 feet long.")
    assert answer["Location"].endswith("?s=5")
    page = edda.get("?s=5")
    assert "Refuted" in page
    assert "Not yet, because" in page
    assert "Sentence 5 is open" in page
    assert edda.approve().status_code == 409
    edda.post("undo", 5)
    assert edda.texts()[4] == LINES[4]
    assert acts("edit") == 2


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        pytest.param("Pier " * 500, "more than 2000 characters", id="too long"),
        pytest.param(LINES[4], "stand there already", id="nothing changed"),
        pytest.param("  ", "Strike the sentence", id="empty"),
    ],
)
def test_words_refused_are_not_lost(newsroom: Newsroom, edda: Desk, typed: str, why: str) -> None:
    answer = edda.post("change", 5, words=typed)
    assert answer.status_code == 409
    assert why in unescape(answer.content.decode())
    assert typed.strip() in answer.content.decode()
    assert edda.texts()[4] == LINES[4]
    assert newsroom.story.head.number == 1


@pytest.mark.parametrize(
    ("number", "left"),
    [
        pytest.param(6, LINES[:5], id="a sentence of the body"),
        pytest.param(1, LINES, id="not the headline"),
    ],
)
def test_strike(newsroom: Newsroom, edda: Desk, number: int, left: tuple[str, ...]) -> None:
    edda.post("strike", number)
    assert edda.texts() == list(left)


def test_decisions_are_taken_back_a_press_at_a_time(newsroom: Newsroom, edda: Desk) -> None:
    edda.keep_all()
    edda.post("undo")
    assert "<b>4 of 6</b> settled" in edda.get()
    edda.post("undo")
    assert "<b>1 of 6</b> settled" in edda.get()


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        pytest.param((1, 2), "one paragraph", id="two paragraphs at once"),
        pytest.param((), "one paragraph", id="none"),
    ],
)
def test_a_paragraph_is_kept_at_once_or_not_at_all(
    newsroom: Newsroom, edda: Desk, keys: tuple[int, ...], why: str
) -> None:
    form = {"key": [edda.key(n) for n in keys], "seen_ms": [9_000] * len(keys), "s": 1}
    answer = edda.client.post(f"/stories/{SLUG}/paragraph/", form)
    assert answer.status_code == 409
    assert why in answer.content.decode()
    assert not models.Decision.objects.exists()


def test_a_sentence_nobody_can_prove_is_taken_over_with_a_ground_and_readers_see_it(
    newsroom_of: Callable[..., Newsroom],
) -> None:
    newsroom = newsroom_of(*LINES[:5], "Rain is expected all week.")
    edda = Desk(newsroom, "edda")
    for number in range(1, 6):
        edda.post("keep", number, seen_ms=9_000)
    assert edda.post("keep", 6).status_code == 409
    assert edda.post("take", 6, ground="common knowledge", reason="").status_code == 409
    assert edda.post("take", 6, ground="", reason="I know it").status_code == 409
    ground = {"ground": "public record seen", "capture public record seen": NOTICE.id}
    assert edda.post("take", 6, reason="Told on the phone.", **ground).status_code == 302
    assert "taken over" in edda.get("?s=6")
    edda.approve()
    told = newsroom.page(newsroom.pages[0])
    assert "1 sentence rests on the editor’s word and is marked." in told
    assert "Edda Vance" in told


def test_a_refuted_sentence_is_overridden_by_standards_alone(newsroom: Newsroom, edda: Desk) -> None:
    edda.post("change", 5, words="The pier is 240 feet long.")
    told = {"reason": "Measured it myself."}
    assert edda.client.post(f"/stories/{SLUG}/override/", told | {"key": edda.key(5)}).status_code == 403
    assert edda.post("take", 5, ground="common knowledge", **told).status_code == 409
    stan = Desk(newsroom, "stan")
    assert stan.post("override", 5, **told).status_code == 302
    assert "Overridden by Stan Orrick" in stan.get("?s=5")


def test_a_passage_is_cited_by_hand_only_where_it_stands(newsroom: Newsroom, edda: Desk) -> None:
    refused = edda.post("cite", 5, capture=NOTICE.id, passage="The pier is 9 feet long.")
    assert refused.status_code == 409
    broken = LINES[1].replace(" ", "\n", 1)
    assert edda.post("cite", 5, capture=NOTICE.id, passage=broken).status_code == 302
    held = case(newsroom.room, newsroom.story)
    cited = held.report.sentences[4].sentence.citations
    assert [(str(c.origin), c.passage.text) for c in cited][-1] == ("editor", LINES[1])


def test_an_own_note_is_a_source_that_readers_do_not_read(newsroom: Newsroom, edda: Desk) -> None:
    edda.post("change", 6, words="The harbor master retires in May.")
    edda.post(
        "note",
        6,
        title="Call with the harbor",
        note="The harbor master retires in May. Off the record: a lot.",
    )
    held = case(newsroom.room, newsroom.story)
    assert held.report.sentences[5].sentence.citations[-1].origin == "editor"
    assert any(c.terms is Terms.OWN for c in held.report.captures)
    for number in range(1, 6):
        edda.post("keep", number)
    edda.post("keep", 6)
    assert edda.approve().status_code == 302, edda.get("approve/")
    told = "".join(newsroom.page(page) for page in newsroom.pages)
    assert "With own reporting by Edda Vance." in told
    assert "Off the record" not in told


def test_a_false_alarm_is_counted_and_releases_nothing(newsroom: Newsroom, edda: Desk) -> None:
    edda.post("change", 5, words="The pier is 240 feet long.")
    edda.post("alarm", 5, check="numbers")
    assert FalseAlarm.objects.count() == 1
    assert edda.post("alarm", 1, check="numbers").status_code == 409
    assert edda.approve().status_code == 409
    page = edda.get("?s=5")
    assert "Called a false alarm by Edda Vance" in page
    assert "A standards editor may let it stand with T" in page
    assert f'action="/stories/{SLUG}/alarm/"' not in page
    assert (
        "0 of 1 question led to a change, 1 was called a false alarm"
        in edda.client.get("/numbers/").content.decode()
    )


def test_a_question_stays_counted_when_the_words_it_asked_about_are_gone(
    newsroom: Newsroom, edda: Desk
) -> None:
    edda.post("change", 5, words="The pier is 240 feet long.")
    edda.get("?s=5")
    edda.post("change", 5, words="The pier is 250 feet long.")
    edda.post("undo", 5)
    edda.post("change", 5, words=LINES[4])
    edda.post("strike", 6)
    edda.keep_all_of(5)
    page = edda.client.get("/numbers/").content.decode()
    assert "2 of 2 questions led to a change, none were called false alarms" in page
    told = re.sub(r"<[^>]+>", " ", page)
    for act, times in (("changed", 3), ("struck", 1), ("taken back", 1), ("kept", 5)):
        assert re.search(rf"{act}\s+{times}\b", told), act
    assert {len(asked.told) for asked in Asked.objects.all()} == {0, 1}


def test_what_was_asked_of_drafts_nobody_opened_is_found_later(newsroom: Newsroom, edda: Desk) -> None:
    edda.post("change", 5, words="The pier is 240 feet long.")
    edda.post("change", 5, words=LINES[4])
    assert not Asked.objects.exists()
    assert "1 of 1 question led to a change" in edda.client.get("/numbers/").content.decode()
    assert Asked.objects.count() == 3


def test_no_ai_stated_and_a_chatbot_speaking_is_said_where_it_is_signed(
    newsroom: Newsroom, edda: Desk
) -> None:
    with transaction.atomic():
        body = {"ai": "", "name": "Lila Fenn", "story": SLUG}
        record(outlet="tide", at=datetime.now(UTC), actor="edda", act=ActName.DECLARATION, body=body)
    assert "stated by Lila Fenn" in edda.get("approve/")
    assert "states that no AI was used" not in edda.get("approve/")
    edda.post(
        "change", 5, words="Here is a tighter version: The pier is 212 feet long.", used="some", which="Quill"
    )
    edda.post("change", 5, words=LINES[4])
    edda.keep_all()
    page = edda.get("approve/")
    assert "Lila Fenn states that no AI was used; the words say otherwise" in page
    assert "“Here is a tighter version” in sentence 5 of draft 2" in page
    assert edda.approve().status_code == 302


def test_the_tab_counts_what_its_page_shows(newsroom: Newsroom, edda: Desk) -> None:
    def counted(path: str) -> list[str]:
        return re.findall(r'<span class="n">(\d+)</span>', edda.client.get(path).content.decode())

    assert counted("/budget/") == ["1", "1"]
    assert "1 story:" in edda.client.get("/budget/").content.decode()
    edda.client.post(f"/wire/{DOSSIER}/aside/", {"reason": "Filed anew."})
    assert counted("/budget/") == ["0", "0"]
    assert "0 stories:" in edda.client.get("/budget/").content.decode()
    page = edda.client.get("/wire/?show=aside").content.decode()
    assert "0 dossiers, 0 of them matter here; 0 drafts wait for a decision; 1 more set aside." in page
    assert "Filed anew.</p>" in page


def test_a_flagged_source_says_why_and_only_where_it_is_cited(newsroom_of: Callable[..., Newsroom]) -> None:
    flagged = replace(NOTICE, flags=frozenset({"addresses an AI"}))
    edda = Desk(newsroom_of(*LINES, capture=flagged), "edda")
    assert "Harbor Office: talks to an AI" in edda.client.get("/budget/").content.decode()
    assert "source flagged 1" in re.sub(r"<[^>]+>", "", edda.client.get("/budget/").content.decode())
    story = edda.newsroom.story
    first = story.head
    told = json.loads(json.dumps(first.told).replace(flagged.id, "0" * 64))
    models.Draft.objects.create(
        story=story, number=2, told=told, drafter=first.drafter, captures=first.captures, at=first.at
    )
    assert "Harbor Office: talks" not in edda.client.get("/budget/").content.decode()


def test_the_story_and_the_capture_are_not_mixed_up(newsroom: Newsroom, edda: Desk) -> None:
    page = edda.get(f"captures/{NOTICE.id}/?s=2")
    assert f"The story says: “{LINES[1]}”" in page
    assert "The words of this capture that it rests on" in page


def test_the_numbers_agree_and_the_whole_text_is_shown(newsroom: Newsroom, edda: Desk) -> None:
    edda.post("change", 5, words="The pier is 240 feet long.")
    edda.post("change", 5, words=LINES[4])
    page = edda.get("approve/")
    assert "Draft 3, saved" in edda.get()
    assert "Draft 3, saved" in page
    assert "Draft 3 " in edda.get("versions/")
    for line in LINES:
        assert line in page


def test_signing_unread_sentences_is_not_offered_and_is_said_for_what_it_is(
    newsroom: Newsroom, edda: Desk
) -> None:
    assert "6 sentences are not read yet" in edda.get()
    assert "Possible now" not in edda.get()
    page = edda.get("approve/")
    assert "6 sentences nobody has read" in page
    assert "I sign although nobody has read 6 of the 6 sentences" in page
    edda.keep_all()
    assert "are not read yet" not in edda.get()
    assert "nobody has read" not in edda.get("approve/")


@pytest.mark.parametrize(
    ("act", "state"),
    [pytest.param("return", "returned", id="return"), pytest.param("kill", "killed", id="kill")],
)
def test_a_story_goes_with_a_reason_only(newsroom: Newsroom, edda: Desk, act: str, state: str) -> None:
    assert edda.post(act, reason=" ").status_code == 409
    assert newsroom.story.state == "drafted"
    edda.post(act, reason="Who decided this?")
    assert newsroom.story.state == state
    assert ("Who decided this?" in edda.client.get("/budget/").content.decode()) is (state == "returned")


def test_what_is_public_is_not_touched_without_a_correction(newsroom: Newsroom, edda: Desk) -> None:
    edda.keep_all()
    edda.approve()
    before = newsroom.page(newsroom.pages[0])
    for act, told in (("change", {"words": "Nothing."}), ("strike", {}), ("undo", {}), ("keep", {})):
        assert edda.post(act, 5, **told).status_code == 409, act
    assert newsroom.page(newsroom.pages[0]) == before


def test_captured_words_are_shown_as_text(newsroom_of: Callable[..., Newsroom]) -> None:
    hostile = capture("<script>alert(1)</script>\n<img src=x onerror=alert(2)>\n" + "\n".join(LINES))
    newsroom = newsroom_of(*LINES, capture=hostile)
    client: Client = newsroom.client("edda")
    for path in (f"/stories/{SLUG}/?s=1", f"/stories/{SLUG}/captures/{hostile.id}/", f"/wire/?d={DOSSIER}"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "&lt;img src=x" in page


ACCUSED = "Everett Pomfret, 43, was charged with theft of a pump."


def test_an_accusation_waits_for_a_second_person(newsroom_of: Callable[..., Newsroom]) -> None:
    lines = (*LINES[:3], ACCUSED)
    newsroom = newsroom_of(*lines, capture=capture("\n".join(lines)))
    edda, stan = Desk(newsroom, "edda"), Desk(newsroom, "stan")
    assert "second approver is needed" in edda.get()
    assert edda.approve()["Location"] == "/budget/"
    assert newsroom.story.state == "approved"
    assert not newsroom.pages
    newsroom.fresh_codes()
    assert edda.approve().status_code == 409, "the same person twice is one person"
    assert stan.approve()["Location"] == "/published/"
    told = newsroom.page(newsroom.pages[0])
    assert "Approved by Edda Vance, editor" in told
    assert "Second approval by Stan Orrick." in told


def test_a_word_changed_between_two_signatures_voids_the_first(newsroom_of: Callable[..., Newsroom]) -> None:
    lines = (*LINES[:3], ACCUSED)
    newsroom = newsroom_of(*lines, capture=capture("\n".join(lines)))
    edda, stan = Desk(newsroom, "edda"), Desk(newsroom, "stan")
    edda.approve()
    stan.post("strike", 3)
    assert newsroom.story.state == "in review"
    assert stan.approve()["Location"] == "/budget/"
    assert not newsroom.pages


def test_a_story_for_later_comes_out_at_its_time(newsroom: Newsroom, edda: Desk) -> None:
    edda.keep_all()
    later = datetime.now(UTC) + timedelta(hours=2)
    edda.approve(not_before=later.astimezone(newsroom.room.zone).strftime("%Y-%m-%dT%H:%M"))
    assert newsroom.story.state == "scheduled"
    store = newsroom.room.store
    assert not newsroom.pages
    assert list(store.publications_due(datetime.now(UTC))) == []
    after = later + timedelta(minutes=1)
    assert list(store.publications_due(after)) == [SLUG]
    store.publish(SLUG, after)
    assert newsroom.story.state == "published"
    assert newsroom.pages


BRIEF = {
    "headline": "Fire on Kiln Street",
    "body": "A shed burned on Kiln Street. Nobody was hurt.",
    "used": "none",
}


@pytest.mark.parametrize(
    ("told", "why"),
    [
        pytest.param({"used": ""}, "required", id="nothing declared"),
        pytest.param({"used": "some"}, "Say which AI", id="AI, but not which"),
        pytest.param({"used": "none", "which": "a chatbot"}, "then AI was used", id="two answers"),
        pytest.param(
            {"used": "some", "which": "a chatbot, guaranteed human-written"}, "claims more than", id="a boast"
        ),
        pytest.param({"body": "One. " * 6}, "at most 5", id="six sentences"),
        pytest.param({"body": "“It burned,” she said."}, "quotes nobody", id="a quotation"),
        pytest.param(
            {"body": "Everett Pomfret was charged with arson."}, "accuses nobody", id="an accusation"
        ),
        pytest.param(
            {"body": "Everett Pomfret was pulled from the water."}, "names nobody whom", id="a private person"
        ),
        pytest.param({"headline": ""}, "required", id="no headline"),
    ],
)
def test_a_brief_is_refused_in_words(newsroom: Newsroom, told: dict[str, str], why: str) -> None:
    answer = newsroom.client("edda").post("/stories/brief/", BRIEF | told)
    assert answer.status_code == 200
    assert why in unescape(answer.content.decode())
    assert models.Story.objects.count() == 1


def test_a_brief_is_signed_as_a_whole(newsroom: Newsroom) -> None:
    client = newsroom.client("edda")
    at = client.post("/stories/brief/", BRIEF)["Location"]
    page = client.get(at).content.decode()
    digest = re.search(r'name="saw" value="(\w+)"', page)
    assert digest, page
    client.post(at, {"saw": digest.group(1), "code": newsroom.code("edda")})
    (story,) = (
        p for p in (newsroom.home / "site").rglob("*fire-on-kiln*/index.html") if p.parent.name != "receipt"
    )
    told = story.read_text("utf-8")
    assert "A brief by Edda Vance, not checked against archived sources." in told
    assert "Text supplied by Edda Vance, who states: no AI used." in told
    assert "3 sentences rest on the editor’s word and are marked." in told


def test_a_story_by_hand_goes_through_the_same_checks(newsroom: Newsroom) -> None:
    client = newsroom.client("rita")
    form = {
        "headline": "Dock closes", "body": f"{LINES[0]}\n\nThe mayor fled to Peru.", "supplied_by": "Rita Holm",
        "used": "some", "which": "a chatbot, for the headline",
    }  # fmt: skip
    at = client.post("/stories/new/", form)["Location"]
    page = unescape(client.get(at).content.decode())
    assert "The mayor fled to Peru." in re.sub(r"<[^>]+>", "", page)
    assert "Not yet, because" in page
    versions = unescape(client.get(f"{at}versions/").content.decode())
    assert "Text supplied by Rita Holm, who states: AI used: a chatbot, for the headline." in versions


def test_the_editor_is_told_why_rules_wrote_it(newsroom: Newsroom) -> None:
    desk, first = Desk(newsroom, "edda"), newsroom.story.head
    assert "These are plain rules." not in desk.get()
    row = models.Story.objects.create(
        outlet=newsroom.room.outlet, slug="refused", title="Refused", made=first.at
    )
    why = "The language model's draft was refused because: <b>no</b>. These are plain rules."
    for number, drafter in ((1, first.drafter | {"fallback": why}), (2, first.drafter)):
        models.Draft.objects.create(
            story=row, number=number, told=first.told, drafter=drafter, captures=first.captures, at=first.at
        )
    page = desk.client.get("/stories/refused/").content.decode()
    assert "refused because: &lt;b&gt;no&lt;/b&gt;. These are plain rules." in page


@pytest.mark.parametrize(
    ("address", "served", "leads_to"),
    [
        pytest.param("http://127.0.0.1:8001", "http://127.0.0.1:9001", "http://127.0.0.1:9001", id="served on another port"),
        pytest.param("http://127.0.0.1:8001", "", "http://127.0.0.1:8001", id="not served from here"),
        pytest.param("https://tide.example", "http://127.0.0.1:9001", "https://tide.example", id="an address of its own"),
    ],
)  # fmt: skip
def test_a_published_story_is_linked_where_it_can_be_read(
    newsroom: Newsroom, settings: Settings, address: str, served: str, leads_to: str
) -> None:
    newsroom.room.outlet.address, settings.SITE = address, served
    newsroom.room.outlet.save()
    edda = Desk(newsroom, "edda")
    edda.keep_all()
    edda.approve()
    assert f'href="{leads_to}/2' in edda.client.get("/published/").content.decode()


@pytest.mark.parametrize(
    ("query", "shown", "told"),
    [
        pytest.param("ferry winter", True, "1 passage in 2 captures", id="words of another capture"),
        pytest.param("FERR wint", True, "1 passage in 2 captures", id="beginnings of words, in capitals"),
        pytest.param("ferry pier", False, "No paragraph of 2 captures", id="words of two captures"),
        pytest.param("erry", False, "No paragraph of 2 captures", id="the middle of a word"),
        pytest.param(".*", False, "", id="no words"),
        pytest.param("called quietly", False, "No paragraph of 2 captures", id="another story's own note"),
    ],
)
def test_the_archive_is_searched(newsroom: Newsroom, edda: Desk, query: str, shown: bool, told: str) -> None:
    archive(newsroom, capture(FERRY))
    archive(newsroom, capture("She called quietly.", terms=Terms.OWN))
    page = re.sub(
        r"</?mark>",
        "",
        edda.client.get(f"/stories/{SLUG}/", {"s": 5, "do": "cite", "q": query}).content.decode(),
    )
    assert (FERRY in page) is shown
    assert told in page


def test_a_passage_found_in_the_archive_is_cited_and_its_capture_joins_the_story(
    newsroom: Newsroom, edda: Desk
) -> None:
    found, own = capture(FERRY), capture("She called quietly.", terms=Terms.OWN)
    archive(newsroom, found)
    archive(newsroom, own)
    assert edda.post("cite", 5, capture=own.id, passage="She called quietly.").status_code == 409
    assert edda.post("cite", 5, capture=found.id, passage="The ferry stays.").status_code == 409
    assert edda.post("cite", 5, capture=found.id, passage=FERRY).status_code == 302
    assert newsroom.story.head.captures == [NOTICE.id, found.id]
    held = case(newsroom.room, newsroom.story)
    assert [p.capture for p in held.report.sentences[4].sentence.passages] == [NOTICE.id, found.id]


FERRY = "The ferry is laid up for the winter."


def archive(newsroom: Newsroom, found: Capture) -> None:
    """A capture that no story holds."""
    CaptureRow.objects.create(
        outlet=newsroom.room.outlet, capture=found.id, source=found.source, url=found.url, taken=found.taken,
        record=found.payload, text=newsroom.room.blobs.put(found.text.encode()), told=to_plain(found), grouped=True,
    )  # fmt: skip


def test_the_page_that_is_signed_names_every_source_and_its_terms(edda: Desk) -> None:
    assert "Sources</th><td>Harbor Office (" in re.sub(r"\s+", " ", edda.get("approve/"))
