"""Quotes: word for word, or not."""

from __future__ import annotations

import pytest

from backread.check.quotes import CHECK
from backread.values.finding import Basis, Outcome, Scope, Subject
from check.stories import capture, context, outcome, run

YES, NO, OPEN, NONE = Outcome.SUPPORTED, Outcome.REFUTED, Outcome.UNDECIDED, Outcome.NOTHING_TO_CHECK
SAID = "“The state is prepared to draw this line alone if it has to,” Ashgrove said. “I would rather draw it with you.”"


@pytest.mark.parametrize(
    ("sentence", "source", "wanted"),
    [
        pytest.param("“The state is prepared to draw this line alone,” she said.", SAID, YES, id="part of it"),
        pytest.param('"The state is prepared to draw this line alone," she said.', SAID, YES, id="straight marks"),
        pytest.param("“Draw this line alone if it has to.”", SAID, YES, id="capital at the start"),
        pytest.param("“The state is prepared … if it has to,” she said.", SAID, YES, id="ellipsis"),
        pytest.param("“If it has to … the state is prepared,” she said.", SAID, NO, id="ellipsis out of order"),
        pytest.param("“[The department] is prepared to draw this line alone,” she said.", SAID, YES, id="brackets"),
        pytest.param("“[T]his line alone,” she said.", SAID, YES, id="bracketed letter"),
        pytest.param("“The state is prepared,” she said, “to draw this line alone.”", SAID, YES, id="interrupted"),
        pytest.param("She would draw it “alone.”", SAID, YES, id="one word"),
        pytest.param("“The state is ready to draw this line alone,” she said.", SAID, NO, id="a changed word"),
        pytest.param("“The state is not prepared to draw this line alone,” she said.", SAID, NO, id="an added not"),
        pytest.param("“The state is prepared to draw this line if it has to,” she said.", SAID, NO, id="a word left out"),
        pytest.param("“The state is prepared to draw it with you,” she said.", SAID, NO, id="stitched"),
        pytest.param("“Nobody asked the fishermen about any of this,” she said.", SAID, OPEN, id="in no capture"),
        pytest.param("She would draw the line.", SAID, NONE, id="nothing quoted"),
        pytest.param("“The memo counts 212 parcels,” it says.", "The memo counts 212 parcels in all.", YES, id="a document's words"),
        pytest.param("“The memo counts 221 parcels,” it says.", "The memo counts 212 parcels in all.", NO, id="a changed figure"),
    ],
)  # fmt: skip
def test_a_quotation(sentence: str, source: str, wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, source) is wanted


def test_the_changed_word_is_shown_and_nothing_is_suggested() -> None:
    sentence = "She said, “We will save the pier.”"
    (finding,) = run(CHECK, sentence, "“We will protect the pier,” she said.")
    (mark,) = finding.marks
    assert mark.message.endswith("the source says ‘protect’, not ‘save’")
    assert sentence[mark.start : mark.end] == "We will save the pier."
    assert mark.evidence[0].text == "We will protect the pier"
    assert mark.suggestion is None


def test_stitched_places_are_both_shown() -> None:
    (finding,) = run(CHECK, "“The state is prepared to draw it with you,” she said.", SAID)
    assert [p.text for p in finding.marks[0].evidence] == ["The state is prepared to draw", "it with you"]


def test_a_quotation_over_two_sentences_is_judged_in_each() -> None:
    source = capture("“We dug all night. We found nothing but wet sand,” Orde said.")
    told = context(["“We dug all night.", "We found nothing but wet gold,” Orde said."], [source])
    outcomes = [CHECK.run(Subject(scope=Scope.SENTENCE, index=i), told)[0].outcome for i in (0, 1)]
    assert outcomes == [YES, NO]


def test_an_uncited_capture_of_the_dossier_counts() -> None:
    told = context(
        ["“We dug all night,” Orde said."], [capture("“We dug all night,” said Orde.")], cited=False
    )
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert (finding.outcome, finding.basis) == (YES, Basis.VERBATIM)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        pytest.param("AI Overview. Orde said “we will save the pier” on Monday.", OPEN, id="an overview by a machine"),
        pytest.param("Orde said “we will save the pier.” This answer was put together automatically.", OPEN, id="says so below"),
        pytest.param("Orde said “we will save the pier” with AI or without.", YES, id="speaks of machines"),
    ],
)  # fmt: skip
def test_a_summary_by_a_machine_is_no_source(source: str, wanted: Outcome) -> None:
    assert outcome(CHECK, "“We will save the pier,” Orde said.", source) is wanted
