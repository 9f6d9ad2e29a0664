"""Drafting with a language model: the same value as `rule`, one repair round, and a name that is only a name."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import newsroom.demo
from backread.adapters.language import Endpoint, Recorder, Recordings
from backread.draft.prose import draft
from backread.errors import BadReply, DraftError
from backread.values.area import Area
from backread.values.canonical import digest_of
from backread.values.dossier import Dossier
from backread.values.draft import Draft, Hand
from backread.values.source import Terms
from backread.values.story import BlockKind
from check.stories import capture
from fakes import FakeLanguageModel
from stub_endpoint import completion, stub

DAY = date(2026, 10, 19)
KEPT = capture("The pier at Tarrow closes on Monday. “It is worn,” Harbor Master Ann Orde said.")
UNUSED = capture("The market opens at nine.", name="the market")
DOSSIER = Dossier(id="d1", title="Pier", captures=(KEPT.id, UNUSED.id))
GOOD = json.dumps(
    {
        "headline": {"text": "Pier at Tarrow closes", "passages": ["p1"]},
        "deck": {"text": "It is worn, the harbor master says", "passages": ["p2"]},
        "paragraphs": [[{"text": "The pier at Tarrow closes on Monday.", "passages": ["p1"]}]],
    }
)
BAD = GOOD.replace('"p2"', '"p99"')
RECORDINGS = Path(newsroom.demo.__file__).parent / "recordings"


def drafted(language_model, *, area: Area | None = None, captures=(KEPT, UNUSED), **more) -> Draft:
    """The draft of the pier."""
    return draft(DOSSIER, captures, language_model=language_model, area=area, on=DAY, **more)


def test_a_good_reply_is_a_draft_with_exact_citations():
    with stub(completion(GOOD)) as served:
        made = drafted(Endpoint(served.url, "small"))
    assert len(served.asked) == 1
    assert (made.drafter.hand, made.drafter.language_model) == (Hand.LANGUAGE_MODEL, "stub-1")
    assert not made.drafter.replayed
    assert made.story.words_of(BlockKind.HEADLINE) == ("Pier at Tarrow closes",)
    assert all(KEPT.holds(p) for s in made.story.sentences for p in s.passages)
    assert made.captures == (KEPT.id,), "what is sent and not cited is no source of the story"


def test_one_repair_round_that_names_the_faults():
    double = FakeLanguageModel(BAD, GOOD)
    made = drafted(double)
    first, second = double.asked
    assert second.user.startswith(first.user)
    assert "passages that do not exist: 'p99'" in second.user
    assert replace(second, user="") == replace(first, user="")
    assert made.drafter.exchange != drafted(FakeLanguageModel(GOOD)).drafter.exchange


def test_no_second_repair_round():
    double = FakeLanguageModel(BAD)
    with pytest.raises(BadReply, match="p99"):
        drafted(double)
    assert len(double.asked) == 2


def test_a_bad_reply_goes_back_short_and_without_what_nobody_sees():
    double = FakeLanguageModel("\u202e" + "x\u200b" * 9_000, GOOD)
    drafted(double)
    assert len(double.asked[1].user) - len(double.asked[0].user) < 4_500
    assert "\u200b" not in double.asked[1].user
    assert "\u202e" not in double.asked[1].user


def test_trouble_of_the_endpoint_is_not_repaired():
    double = FakeLanguageModel(DraftError("it", step="answer"))
    with pytest.raises(DraftError, match="could not answer"):
        drafted(double)
    assert len(double.asked) == 1


def test_another_newsrooms_copy_is_no_source():
    double = FakeLanguageModel(GOOD)
    made = drafted(double, captures=(KEPT, replace(UNUSED, terms=Terms.NEWSROOM)))
    assert "market opens" not in double.asked[0].user
    assert made.left_out == (
        "the market: not sent to a language model; its terms are newsroom, so its words are others' copy",
    )


def test_the_outlets_own_copy_is_no_source():
    double = FakeLanguageModel(GOOD)
    drafted(double, outlet=("The Market",))
    assert "market opens" not in double.asked[0].user


@pytest.mark.parametrize("name", ["small", "org/Small-3.2:7b", "hf.co/a/b:Q4_K_M", "a@1+b"])
def test_a_name_is_put_on_the_record(name):
    assert drafted(FakeLanguageModel(GOOD, name=name)).drafter.language_model == name


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("small, fact-checked by people", id="a claim"),
        pytest.param("<b>small</b>", id="markup"),
        pytest.param("small\u202e", id="unseen"),
        pytest.param("small\n", id="a line end"),
        pytest.param("s" * 101, id="long"),
        pytest.param("/home/someone/small.gguf", id="a path of this machine"),
        pytest.param("", id="none"),
    ],
)
def test_a_name_that_says_more_than_a_name_is_refused(name):
    with pytest.raises(BadReply, match="give it an alias"):
        drafted(FakeLanguageModel(GOOD, name=name))


def test_the_stub_recording_answers_golden(tmp_path):
    """Pins the request to the byte: when rules, schema or form change, `make golden` writes the file anew."""
    if os.environ.get("GOLDEN") == "rewrite":
        for old in RECORDINGS.glob("*.json"):
            old.unlink()
        drafted(Recorder(FakeLanguageModel(GOOD, name="stub-recording"), RECORDINGS))
    made = drafted(Recordings(RECORDINGS))
    assert (made.drafter.language_model, made.drafter.replayed) == ("stub-recording", True)
    (kept,) = RECORDINGS.glob("*.json")
    told = json.loads(kept.read_text("utf-8"))
    assert kept.stem == digest_of(told["request"].encode())
    assert made.drafter.exchange == digest_of(f"{told['request']}\n{told['reply']}".encode())
