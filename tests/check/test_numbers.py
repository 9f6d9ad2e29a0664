"""Numbers: every figure, its hedge, its unit and what it counts."""

from __future__ import annotations

import pytest

from backread.check.numbers import CHECK
from backread.values.finding import Basis, Outcome
from backread.values.story import BlockKind
from check.stories import outcome, run

YES, NO, OPEN, NONE = Outcome.SUPPORTED, Outcome.REFUTED, Outcome.UNDECIDED, Outcome.NOTHING_TO_CHECK
NOTICE = "The notice was lifted for at least 31 homes and four businesses. Crews laid about 1,200 feet of main. Call 555-0142."
MOTORS = "The owners valued the motors at $9,800, $9,100 and $8,500. The motion passed 4-1 on a vote of the 5 members."


@pytest.mark.parametrize(
    ("sentence", "source", "wanted"),
    [
        pytest.param("At least 31 homes were told.", NOTICE, YES, id="hedge kept"),
        pytest.param("31 homes were told.", NOTICE, NO, id="at least is gone"),
        pytest.param("At least 13 homes were told.", NOTICE, NO, id="digits changed over"),
        pytest.param("Four businesses were told.", NOTICE, YES, id="in words"),
        pytest.param("4 businesses were told.", NOTICE, YES, id="words as digits"),
        pytest.param("Four homes were told.", NOTICE, NO, id="counts something else"),
        pytest.param("Crews laid 1,200 feet of main.", NOTICE, NO, id="about is gone"),
        pytest.param("Crews laid about 1,200 feet of main.", NOTICE, YES, id="about kept"),
        pytest.param("Crews laid about 1,200 miles of main.", NOTICE, OPEN, id="another unit"),
        pytest.param("Sixty people were told.", NOTICE, OPEN, id="nowhere"),
        pytest.param("Call 555-0142.", NOTICE, YES, id="telephone"),
        pytest.param("Call 555-0124.", NOTICE, NO, id="wrong telephone"),
        pytest.param("Homes were told.", NOTICE, NONE, id="no figure"),
        pytest.param("One home was told.", "A home was told.", NONE, id="one is an article too"),
        pytest.param("In all the motors were worth a total of $27,400.", MOTORS, YES, id="total"),
        pytest.param("In all the motors were worth a total of $27,500.", MOTORS, OPEN, id="wrong total"),
        pytest.param("Ferries to the far shore ran with 40 places.", "Beside the school, a library of 75 places opened.", OPEN, id="another sentence's figure contradicts nothing"),
        pytest.param("The vote was 4-1.", MOTORS, YES, id="vote"),
        pytest.param("The vote was 3-2.", MOTORS, NO, id="another vote"),
        pytest.param("The first engine came seven minutes later.", "It was called at 2:47 p.m. and came at 2:54 p.m.", YES, id="worked out"),
        pytest.param("The first engine came nine minutes later.", "It was called at 2:47 p.m. and came at 2:54 p.m.", OPEN, id="not what they give"),
        pytest.param("The motors cost nearly $10,000.", MOTORS, YES, id="rounded"),
        pytest.param("The memo counts more than 200 parcels.", "The memo counts 212 parcels.", YES, id="more than"),
        pytest.param("The memo counts more than 220 parcels.", "The memo counts 212 parcels.", NO, id="more than too much"),
    ],
)  # fmt: skip
def test_a_figure(sentence: str, source: str, wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, source) is wanted


def test_a_lost_hedge_is_named_and_given_back() -> None:
    (finding,) = run(CHECK, "Crews told 31 homes.", NOTICE)
    (mark,) = finding.marks
    assert (mark.message, mark.suggestion) == ("“at least” is gone", "at least 31")
    assert mark.evidence[0].text == "at least 31"


def test_the_figure_of_the_same_sentence_contradicts_before_another() -> None:
    told = "Visitors saw 50 herons fly off in some year. Crews counted 31 herons on the flats at dawn."
    (finding,) = run(CHECK, "Crews counted 13 herons on the flats at dawn.", told)
    assert (finding.outcome, finding.marks[0].suggestion) == (NO, "31")


def test_a_sum_is_shown() -> None:
    (finding,) = run(CHECK, "The motors were worth a total of $27,400.", MOTORS)
    assert finding.basis is Basis.COMPUTED
    assert finding.message == "$9,800 + $9,100 + $8,500 = $27,400"
    assert len(finding.marks[0].evidence) == 3


def test_each_figure_has_its_own_mark() -> None:
    findings = run(CHECK, "At least 31 homes and five businesses were told.", NOTICE)
    assert [(f.outcome, len(f.marks)) for f in findings] == [(NO, 1), (YES, 1)]


def test_a_headline_is_held_to_its_figures() -> None:
    headline = "Notice lifted for 40 homes"
    assert outcome(CHECK, headline, NOTICE, kind=BlockKind.HEADLINE) is NO


def test_quoted_figures_are_left_to_quotes() -> None:
    assert outcome(CHECK, "“We have 99 boats,” Orde said.", NOTICE) is NONE


def test_a_figure_further_off_in_the_cited_document_must_count_the_same() -> None:
    source = "The board met.\n\nIt fined 62 owners."
    from backread.check.base import Context
    from backread.values.finding import Scope, Subject
    from backread.values.story import Citation, Origin, Story, Words
    from check.stories import capture, context

    held = capture(source)
    cite = Citation(passage=held.passage(0, 14), origin=Origin.DRAFTER)
    for sentence, wanted in (("It fined 62 owners.", YES), ("It fined 62 boats.", OPEN)):
        story = Story.of([(BlockKind.PARAGRAPH, [Words(text=sentence, citations=(cite,))])])
        told = Context(story=story, captures=context([sentence], [held]).captures)
        assert CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)[0].outcome is wanted
