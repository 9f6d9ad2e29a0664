"""The engine: states, what did not run, and findings kept by everything that was read."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backread.check import CHECKS
from backread.check.base import Check
from backread.check.cache import MemoryCache
from backread.check.engine import check_story
from backread.check.harm import needs_second
from backread.check.kept import from_words, to_words
from backread.check.report import lines, to_plain
from backread.errors import BadInput
from backread.text.blocks import parse
from backread.text.cite import propose
from backread.values.finding import Kind, Outcome
from backread.values.report import State
from backread.values.story import BlockKind, Origin, Story, Words
from check.stories import MONDAY, capture, cites

KEPT = capture(
    "Crews did not find a second leak on Kiln Street. The board approved the repair at a cost of $540,000."
)
TRUE, FALSE = (
    "Crews did not find a second leak on Kiln Street.",
    "The board approved the repair at a cost of $450,000.",
)


_PIECES = st.sampled_from(
    ["\u201c", "\u201d", '"', "\n\n", "\n", " ", ". ", "31", "$", "[[", "]]", "Ruth Orde", "said ", "Thursday ", "not ", "\u200b", "\u0130", "\u0301",
     "This article was generated with AI. ", "By ", "\u00b7 \u00b7 \u00b7", "TARROW \u2014 ", "at least ", "Oct. 32 "]
)  # fmt: skip
_TEXT = st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=30).map("".join))


def story(*sentences: str) -> Story:
    words = [Words(text=s, citations=cites(KEPT)) for s in sentences]
    return Story.of([(BlockKind.PARAGRAPH, words)], date=MONDAY)


def test_a_true_sentence_is_proven_and_a_false_one_open():
    report = check_story(story(TRUE, FALSE), (KEPT,))
    assert [c.state for c in report.sentences] == [State.PROVEN, State.OPEN]
    assert report.sentences[1].question.check == "numbers"
    assert not report.is_clear


def test_a_story_without_sentences_is_never_clear():
    assert not check_story(Story.of([(BlockKind.CREDIT, [Words(text="Ann Orde")])]), (KEPT,)).is_clear


def test_all_eighteen_are_listed_and_those_not_built_never_count_as_run():
    report = check_story(story(TRUE), (KEPT,))
    assert len(CHECKS) == len({c.name for c in CHECKS}) == 18
    assert report.ran | report.not_built == {c.name for c in CHECKS}
    assert not report.ran & report.not_built
    assert all(not f.blocks for f in report.findings if f.check in report.not_built)


def _breaking(subject, context):
    raise RuntimeError("out of order")


@pytest.mark.parametrize(
    "run", [pytest.param(_breaking, id="raises"), pytest.param(lambda s, c: (), id="is silent")]
)
@pytest.mark.parametrize("kind", [Kind.PROOF, Kind.POLICY])
def test_a_check_that_did_not_answer_keeps_the_sentence_open(run, kind):
    broken = Check(name="broken", kind=kind, version="1", title="Broken", run=run)
    report = check_story(story(TRUE), (KEPT,), checks=(*CHECKS, broken))
    assert "broken" not in report.ran
    assert report.sentences[0].state is State.OPEN
    assert any(f.outcome is Outcome.UNDECIDED and f.blocks for f in report.sentences[0].findings)


def test_what_there_is_no_time_for_is_open_and_did_not_run():
    asked = iter([False, *[True] * 1_000])
    report = check_story(story(TRUE), (KEPT,), is_late=lambda: next(asked))
    assert report.ran == {"citations"}
    assert report.sentences[0].state is State.OPEN
    assert "no time left" in report.sentences[0].question.message


def test_what_is_too_long_for_a_sentence_stays_open_unread():
    report = check_story(story(TRUE, "Jan. " * 2_000 + "ended."), (KEPT,))
    assert [c.state for c in report.sentences] == [State.PROVEN, State.OPEN]
    assert "more than 4,000 characters" in report.sentences[1].question.message
    assert "dates" not in report.ran


@settings(max_examples=100, deadline=None)
@given(_TEXT, _TEXT)
def test_any_story_gets_a_report_and_never_a_proof_from_nothing(words, source):
    try:
        told = parse(words, "txt", on=MONDAY).story
    except BadInput:
        return
    kept = capture(source)
    report = check_story(propose(told, (kept,)), (kept,), cache=MemoryCache())
    assert report.ran == {c.name for c in CHECKS if c.built}
    assert not any(c.state is State.PROVEN for c in check_story(told, ()).sentences)
    assert json.loads(json.dumps(to_plain(report)))["story"]["text"] == told.text
    assert from_words(to_words(report.findings)) == report.findings


def test_kept_findings_equal_fresh_ones_wherever_the_sentence_stands():
    cache = MemoryCache()
    check_story(story(TRUE, FALSE), (KEPT,), cache=cache)
    later = story("The board approved the repair.", TRUE, FALSE)
    assert check_story(later, (KEPT,), cache=cache) == check_story(later, (KEPT,))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda k: replace(k, text=k.text.replace("did not", "did")), id="the captured words"),
        pytest.param(lambda k: replace(k, source_name="another notice"), id="whose they are"),
    ],
)
def test_a_finding_is_not_kept_when_what_it_read_changed(changed):
    cache = MemoryCache()
    check_story(story(TRUE), (KEPT,), cache=cache)
    other = changed(KEPT)
    assert check_story(story(TRUE), (other,), cache=cache) == check_story(story(TRUE), (other,))


def test_uncited_copy_gets_passages_that_were_found():
    bare = Story.of([(BlockKind.PARAGRAPH, [Words(text=TRUE), Words(text="Whales sang.")])], date=MONDAY)
    cited = propose(bare, (KEPT,))
    assert [c.origin for c in cited.sentences[0].citations] == [Origin.FOUND]
    assert cited.sentences[1].citations == ()
    assert check_story(cited, (KEPT,)).sentences[0].state is State.PROVEN


def test_the_report_is_the_contract():
    plain = to_plain(check_story(story(TRUE, FALSE), (KEPT,)))
    assert set(plain) >= {"story", "sentences", "findings", "sources", "summary"}
    assert set(plain["sentences"][0]) == {"index", "text", "start", "end", "state", "basis", "findings"}
    assert plain["summary"] == {
        "sentences": 2,
        "open": 1,
        "proven": 1,
        "refuted": 1,
        "undecided": 0,
        "second_approver": [],
    }
    for sentence in plain["sentences"]:
        assert plain["story"]["text"][sentence["start"] : sentence["end"]] == sentence["text"]


@pytest.mark.parametrize(
    ("paragraphs", "asked"),
    [
        pytest.param(["Everett Pomfret, 43, was charged with theft."], True, id="in one sentence"),
        pytest.param(["Deputies stopped Everett Pomfret, 43.", "He was arrested on Monday."], True, id="a paragraph later"),
        pytest.param(["A man was arrested on Monday.", "He is Everett Pomfret, 43."], True, id="named after"),
        pytest.param(["A man was arrested on Monday.", "It rained.", "The mayor, Everett Pomfret, spoke."], False, id="far apart"),
        pytest.param(["Everett Pomfret, 43, opened the pier."], False, id="no accusation"),
    ],
)  # fmt: skip
def test_an_accusation_near_a_name_asks_for_a_second_approver(paragraphs, asked):
    told = Story.of(
        [(BlockKind.PARAGRAPH, [Words(text=p, citations=cites(KEPT))]) for p in paragraphs], date=MONDAY
    )
    report = check_story(told, (KEPT,))
    assert bool(report.second_approver) is asked
    assert any("second approver" in line for _, line in lines(report)) is asked


def test_a_picture_between_does_not_part_name_and_accusation():
    told = Story.of(
        [
            (BlockKind.HEADLINE, [Words(text="Man charged with theft")]),
            (BlockKind.ALT_TEXT, [Words(text="A pier.")]),
            (BlockKind.CREDIT, [Words(text="Ann Orde")]),
            (BlockKind.PARAGRAPH, [Words(text="He is Everett Pomfret, 43.")]),
        ]
    )
    assert needs_second(told) == ("sentence 1 names a person beside an accusation",)
