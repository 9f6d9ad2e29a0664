"""The engine: states, what did not run, and findings kept by everything that was read."""

from dataclasses import replace

import pytest

from backread.check import CHECKS
from backread.check.base import Check
from backread.check.cache import MemoryCache
from backread.check.engine import check_story
from backread.check.report import lines, to_plain
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


def test_an_accusation_beside_a_name_asks_for_a_second_approver():
    told = check_story(story("Everett Pomfret, 43, was charged with theft."), (KEPT,))
    assert told.second_approver == ("sentence 1 names a person beside an accusation",)
    assert any("second approver" in line for _, line in lines(told))
