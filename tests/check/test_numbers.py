"""Numbers: every figure, its hedge, its unit and what it counts."""

from __future__ import annotations

import pytest

from backread.check.base import Context
from backread.check.numbers import CHECK
from backread.values.area import Area, Place
from backread.values.finding import Basis, Outcome, Scope, Subject
from backread.values.story import BlockKind, Citation, Origin, Story, Words
from check.stories import capture, cites, context, outcome, run

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
    held = capture(source)
    cite = Citation(passage=held.passage(0, 14), origin=Origin.DRAFTER)
    for sentence, wanted in (("It fined 62 owners.", YES), ("It fined 62 boats.", OPEN)):
        story = Story.of([(BlockKind.PARAGRAPH, [Words(text=sentence, citations=(cite,))])])
        told = Context(story=story, captures=context([sentence], [held]).captures)
        assert CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)[0].outcome is wanted


NOTES = "Health premium goes from $212 to $230 a month for a family. The company wanted $310."
RACE = (
    "Tuesday, November 3, 2026. 31 of 46 precincts counted.\n\nCandidate | Total | Early\n\nOwen Vickery (sheriff) | 9,480 | 4,112"
    "\n\nBeatrix Strand (challenger) | 7,968 | 3,591\n\nAll | 17,448 | 7,703"
)
CREWS = "Crews at work: 22 of our own line workers and 58 from five neighboring cooperatives."
RATES = "Rates | Old | New\nOne-year certificate | 2.25% | 3.00%\nInterest is paid on the certificate once, to a member."


@pytest.mark.parametrize(
    ("sentence", "source", "wanted"),
    [
        pytest.param("The premium rises by $18, to $230.", NOTES, YES, id="what is told less another"),
        pytest.param("The premium rises by $19, to $230.", NOTES, NO, id="what is told less nothing"),
        pytest.param("It had 80 line workers, 58 of them from five cooperatives.", CREWS, YES, id="a part of them told"),
        pytest.param("It had 81 line workers, 58 of them from five cooperatives.", CREWS, NO, id="a part of them told, miscounted"),
        pytest.param("Vickery led Strand by 1,512 votes.", RACE, YES, id="a margin of a table"),
        pytest.param("Vickery led Strand by 1,612 votes.", RACE, OPEN, id="another margin"),
        pytest.param("Vickery had 9,480 votes and Strand had 7,968.", RACE, YES, id="each his row"),
        pytest.param("Strand had 9,480 votes and Vickery had 7,968.", RACE, NO, id="each the other's row"),
        pytest.param("Strand trailed Vickery, 7,968 votes to 9,480.", RACE, YES, id="both before the figures"),
        pytest.param("Votes were 9,480 for Vickery and 7,968 for Strand.", RACE, YES, id="the row behind the figure"),
        pytest.param("A member who puts in $10,000 earns $300 after a year.", RATES, YES, id="interest on an example"),
        pytest.param("A member who puts in $10,000 earns $300 and has $10,300.", RATES, YES, id="interest, and what is had"),
        pytest.param("A member who puts in $10,000 earns $10,300 after a year.", RATES, NO, id="what is had, told as earned"),
        pytest.param("A member who puts in $10,000 earns $400 after a year.", RATES, OPEN, id="no such interest"),
        pytest.param("The bank holds $10,000.", RATES, OPEN, id="no example"),
        pytest.param("Close to 90% of the wheat is left.", "It holds 84,000 bushels of wheat. Water spoiled 9,000 bushels.", YES, id="what is left"),
        pytest.param("Close to 80% of the wheat is left.", "It holds 84,000 bushels of wheat. Water spoiled 9,000 bushels.", OPEN, id="not what is left"),
        pytest.param("The vote was 3-2.", "The board voted. Ayes: Orde, Pell, Venn. Nays: Lisk, Tamm.", YES, id="a vote by name"),
        pytest.param("The vote was 4-1.", "The board voted. Ayes: Orde, Pell, Venn. Nays: Lisk, Tamm.", OPEN, id="another vote by name"),
        pytest.param("They outshot the Otters 44-27.", "team: Otters\nshots: 27\n\nteam: Wolves\nshots: 44", YES, id="fields of a record"),
        pytest.param("A 98-year-old main broke.", "The pipe is from 1928. The main broke.", YES, id="an age"),
        pytest.param("An 89-year-old main broke.", "The pipe is from 1928. The main broke.", OPEN, id="another age"),
        pytest.param("A 10th-grade goalie won.", "The goalie, Grade 10, won.", YES, id="a school year"),
        pytest.param("An 11th-grade goalie won.", "The goalie, Grade 10, won.", OPEN, id="another school year"),
        pytest.param("She won District 3.", "She won the third district.", YES, id="a district in order"),
        pytest.param("She won District 4.", "She won the third district.", OPEN, id="another district in order"),
        pytest.param("It cost £1.2m.", "It cost £1.2 million.", YES, id="m for million"),
        pytest.param("It fell four percentage points, to 81%.", "It fell from 85 per cent to 81 per cent.", YES, id="percentage points"),
        pytest.param("It fell five percentage points, to 81%.", "It fell from 85 per cent to 81 per cent.", OPEN, id="other percentage points"),
        pytest.param("The fare rises by 20p, to £2.20.", "The fare goes from £2.00 to £2.20.", YES, id="pence of pounds"),
        pytest.param("The fare rises by 30p, to £2.20.", "The fare goes from £2.00 to £2.20.", OPEN, id="other pence"),
        pytest.param("Anyone at the three places was told.", "People came to these places.\nHale Market: Friday\nDock Hall: Sunday\nPier: Monday", YES, id="a list counted"),
        pytest.param("Anyone at the nine places was told.", "People came to these places.\nHale Market: Friday\nDock Hall: Sunday\nPier: Monday", OPEN, id="a list miscounted"),
        pytest.param("Call 555-0124.", "Come to Room 114 on the pier.", OPEN, id="a number of another shape"),
        pytest.param("31 gulls flew.", "31 percent of gulls flew.", OPEN, id="a share is no count"),
        pytest.param("About 30 herons were seen.", "At least 31 herons were seen.", NO, id="a hedged figure is not rounded"),
        pytest.param("The two were told.", NOTICE, NONE, id="the two told of"),
        pytest.param("A third was told.", NOTICE, NONE, id="one more"),
        pytest.param("It was a fifth straight loss.", NOTICE, OPEN, id="one more in a row"),
        pytest.param("“Two ideas,” she said. One idea is cold.", "She has two ideas. One is cold, and one is not. It is an idea.", YES, id="one of two"),
        pytest.param("Crews of the Three Forks cooperative saw 1,850 customers.", "Three Forks Electric Cooperative: customers. Crews saw them.", OPEN, id="a number in a name is no rival"),
        pytest.param("No one worked more than 14 days in a row.", "The 14 days was the thing. No one works more than 14 days in a row.", YES, id="hedged in another place"),
        pytest.param("At least half of the rise is due; of 22 places they filled half.", "At least half of the rise is due. They filled 11 of the 22 places.", YES, id="two halves"),
    ],
)  # fmt: skip
def test_a_figure_worked_out(sentence: str, source: str, wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, source) is wanted


def test_what_was_had_is_not_told_as_earned() -> None:
    (finding, *_) = run(CHECK, "A member who puts in $10,000 earns $10,300 after a year.", RATES)
    assert finding.message == "$10,000 and 3.00% of $10,000 is $10,300: that is not what it earns"


def test_the_same_deposit_is_the_one_told_before() -> None:
    held = capture(RATES)
    words = [
        Words(text=s, citations=cites(held))
        for s in ("A member puts in $10,000.", "The same deposit earned $225.")
    ]
    told = Context(story=Story.of([(BlockKind.PARAGRAPH, words)]), captures=(held,))
    assert CHECK.run(Subject(scope=Scope.SENTENCE, index=1), told)[0].outcome is YES


def _found(sentence: str, near: str, other: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Outcome:
    """The outcome where a search cited `near` and the captures hold another too."""
    held = [capture(near, name="one"), capture(other, name="two")]
    words = Words(
        text=sentence, citations=(Citation(passage=held[0].passage(0, len(near)), origin=Origin.FOUND),)
    )
    body = Words(text="It was told.", citations=cites(held[1]))
    told = Context(story=Story.of([(kind, [words]), (BlockKind.PARAGRAPH, [body])]), captures=tuple(held))
    return CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)[0].outcome


@pytest.mark.parametrize(
    ("sentence", "near", "other", "wanted"),
    [
        pytest.param("Pumps ran for 14 minutes before the alarm.", "The pumps ran from 3:04 a.m.", "The alarm for the pumps rang at 3:18 a.m.", YES, id="times of two documents"),
        pytest.param("Pumps ran for 41 minutes before the alarm.", "The pumps ran from 3:04 a.m.", "The alarm for the pumps rang at 3:18 a.m.", OPEN, id="other times"),
        pytest.param("Crews told 31 homes.", "Crews were out.", "Crews told 31 homes.", YES, id="in another document"),
        pytest.param("Crews told 13 homes.", "Crews were out.", "Crews told 31 homes.", OPEN, id="other figure in another document"),
        pytest.param("The motion carried 4-1.", "The motion was told.", "Moved by Pell. Carried 4-1.", YES, id="a vote in another document"),
    ],
)  # fmt: skip
def test_what_a_search_missed(sentence: str, near: str, other: str, wanted: Outcome) -> None:
    assert _found(sentence, near, other) is wanted


@pytest.mark.parametrize(("share", "wanted"), [("a fifth", YES), ("a third", OPEN)])
def test_a_share_of_the_total(share: str, wanted: Outcome) -> None:
    near, other = "She paid back $31,000.", "Judge Avery set $155,000."
    assert _found(f"She paid back $31,000, or {share} of the total.", near, other) is wanted


@pytest.mark.parametrize(("figure", "wanted"), [("1,500", YES), ("1,900", OPEN)])
def test_a_deck_may_reckon_with_what_the_body_rests_on(figure: str, wanted: Outcome) -> None:
    near = "Vickery and Strand ran."
    assert _found(f"About {figure} votes part Vickery and Strand", near, RACE, BlockKind.DECK) is wanted


def test_a_sentence_of_hundreds_of_figures_costs_no_more_than_its_length() -> None:
    words = ", ".join(f"{number} herons on pier" for number in range(10, 810))
    found = run(CHECK, f"{words}.", words.replace("herons", "gulls").replace("1", "7"))
    assert any(f.outcome is OPEN for f in found)


def test_a_road_of_the_area_needs_no_capture() -> None:
    area = Area(name="Pellam County", roads=(Place(name="County Road 12", kind="road"),))
    assert outcome(CHECK, "It is shut at Road 12.", NOTICE, area=area) is YES
    assert outcome(CHECK, "It is shut at Road 14.", NOTICE, area=area) is OPEN


def test_a_hedge_lost_from_another_paragraph_is_told() -> None:
    held = capture("Crews were out.\n\nCrews told at least 31 homes of it.")
    for sentence, wanted in (("Crews told 31 homes.", NO), ("Crews told at least 31 homes.", YES)):
        words = Words(
            text=sentence, citations=(Citation(passage=held.passage(0, 15), origin=Origin.DRAFTER),)
        )
        told = Context(story=Story.of([(BlockKind.PARAGRAPH, [words])]), captures=(held,))
        assert CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)[0].outcome is wanted


def test_a_passage_that_does_not_stand_is_no_evidence() -> None:
    held = capture("Crews told 31 homes.")
    words = Words(
        text="Crews told 31 homes.", citations=cites(capture("Crews told 31 homes now.", name="another"))
    )
    told = Context(story=Story.of([(BlockKind.PARAGRAPH, [words])]), captures=(held,))
    assert CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)[0].outcome is OPEN
