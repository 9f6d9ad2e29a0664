"""Residue, claims about ourselves, repetition, copying: what they find, and the look-alikes they leave alone."""

from dataclasses import replace

import pytest

from backread.check import claims, copying, repetition, residue
from backread.check.base import Context
from backread.values.finding import Outcome, Scope, Subject
from backread.values.source import Terms
from backread.values.story import BlockKind, Story, Words
from check.stories import capture, context, outcome


@pytest.mark.parametrize(
    "words",
    [
        "The [[WINNING_TEAM]] won.",
        "The {team name} won.",
        "[Insert quote here]",
        "As an AI language model, I cannot see the vote.",
        "If you want, I can also write a shorter version.",
        "Here is a revised version of the story: the pier closed.",
        "I cannot verify the claim.",
        "Do you want me to shorten it?",
        "The pier is **closed**.",
        "The pier is <b>closed</b>.",
        "The pier&nbsp;closed.",
        "The pier closed【4†source】.",
        "The pi\u200ber closed.",
        "Pier\u202e closed.",
        "The line moves 40 feet, according to the provided memo.",
        "Based on the provided text, the board met on Monday.",
        "The source text does not say who voted.",
    ],
)
def test_residue_is_found(words):
    assert outcome(residue.CHECK, words) is Outcome.REFUTED


@pytest.mark.parametrize(
    "words",
    [
        "“If you want, you can bring a chair,” Orde said.",
        "The sample held <70 colonies, and the limit is 70.",
        "The council discussed artificial intelligence in schools.",
        "He wrote [sic] in the margin of the 12-page report.",
        "The state lawyer read from the attached memo to the council.",
        "The provided lunches came from the church, Orde said.",
        "The team won 3-2 in extra time, 5 minutes from the end.",
    ],
)
def test_news_is_no_residue(words):
    assert outcome(residue.CHECK, words) is Outcome.NOTHING_TO_CHECK


def test_residue_is_looked_for_in_blocks_too():
    story = Story.of([(BlockKind.ALT_TEXT, [Words(text="[Insert picture]")])])
    (finding,) = residue.CHECK.run(Subject(scope=Scope.BLOCK, index=0), Context(story=story, captures=()))
    assert finding.outcome is Outcome.REFUTED


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("This article was generated with AI assistance.", Outcome.REFUTED),
        ("It was reviewed and approved by a human editor before publication.", Outcome.REFUTED),
        ("The Tide uses AI writing tools in accordance with FTC guidelines.", Outcome.REFUTED),
        ("All of our reporting has been verified by our staff.", Outcome.REFUTED),
        ("The budget was reviewed by the state auditor.", Outcome.NOTHING_TO_CHECK),
        ("The police department will use AI cameras on two roads.", Outcome.NOTHING_TO_CHECK),
        (
            "The plant follows the state's guidelines on salt, Orde said, and inspectors came twice.",
            Outcome.NOTHING_TO_CHECK,
        ),
        ("The plan was approved by the board on Monday.", Outcome.NOTHING_TO_CHECK),
        ("He called for firm lines, according to remarks reviewed by our editors.", Outcome.REFUTED),
        ("Our newsroom has verified the figures.", Outcome.REFUTED),
        ("We independently confirmed the figures.", Outcome.REFUTED),
        ("“We checked the pier twice,” Orde said.", Outcome.NOTHING_TO_CHECK),
        ("“Our staff reviewed the plan,” Orde said.", Outcome.NOTHING_TO_CHECK),
        ("The board reviewed the report by our river's engineer.", Outcome.NOTHING_TO_CHECK),
    ],
)
def test_claims_about_ourselves(words, wanted):
    assert outcome(claims.CHECK, words) is wanted


@pytest.mark.parametrize(
    ("words", "terms", "wanted"),
    [
        ("The figures were checked by The Tide.", Terms.PUBLIC_RECORD, Outcome.REFUTED),
        ("These are figures that The Tide checked against county records.", Terms.PUBLIC_RECORD, Outcome.REFUTED),
        ("The Tide checked the figures against county records.", Terms.OWN, Outcome.NOTHING_TO_CHECK),
        ("The Tide sponsored the race.", Terms.PUBLIC_RECORD, Outcome.NOTHING_TO_CHECK),
        ("The Herald checked the figures.", Terms.PUBLIC_RECORD, Outcome.NOTHING_TO_CHECK),
    ],
)  # fmt: skip
def test_the_outlet_says_that_it_checked(words: str, terms: Terms, wanted: Outcome) -> None:
    source = replace(capture("County records: 40 parcels."), terms=terms)
    told = replace(context([words], [source]), outlet=("The Tide",))
    (finding,) = claims.CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert finding.outcome is wanted


def test_a_typed_statement_is_refused_as_a_whole():
    assert outcome(claims.CHECK, "Questions go to the desk.", kind=BlockKind.STATEMENT) is Outcome.REFUTED


@pytest.mark.parametrize(
    ("paragraphs", "wanted"),
    [
        ((["Heads of state meet on Saturday at the club for a summit."], ["The summit of heads of state is on Saturday."]), Outcome.REFUTED),
        ((["The department granted $2 million to nine towns for paths near schools."], ["The sum goes to nine towns for paths near schools."]), Outcome.REFUTED),
        ((["The department granted $2 million to nine towns for paths."], ["The nine towns pay a tenth for paths themselves."]), Outcome.NOTHING_TO_CHECK),
        ((["The board approved the bridge."], ["The bridge will cost $4 million."]), Outcome.NOTHING_TO_CHECK),
        ((["Deputies found three motors on Monday."], ["“Three is a lot,” Orde said."]), Outcome.NOTHING_TO_CHECK),
    ],
)  # fmt: skip
def test_repetition_marks_the_later_sentence(paragraphs, wanted):
    story = Story.of([(BlockKind.PARAGRAPH, [Words(text=s) for s in p]) for p in paragraphs])
    subject = Subject(scope=Scope.SENTENCE, index=len(story.sentences) - 1)
    (finding,) = repetition.CHECK.run(subject, Context(story=story, captures=()))
    assert finding.outcome is wanted
    assert not finding.blocks


LONG = "The council met for five hours on Monday and heard forty people speak against the closing of the old ferry landing at Tarrow."


@pytest.mark.parametrize(
    ("terms", "words", "wanted"),
    [
        pytest.param(Terms.NEWSROOM, LONG, Outcome.REFUTED, id="another newsroom's sentence"),
        pytest.param(Terms.PUBLIC_RECORD, LONG, Outcome.NOTHING_TO_CHECK, id="a public record"),
        pytest.param(Terms.NEWSROOM, f"“{LONG}” he said.", Outcome.SUPPORTED, id="quoted"),
        pytest.param(
            Terms.NEWSROOM, "Forty speakers opposed the closing.", Outcome.SUPPORTED, id="own words"
        ),
    ],
)
def test_copying_goes_by_the_terms(terms, words, wanted):
    told = context([words], [replace(capture(LONG), terms=terms)])
    (finding,) = copying.CHECK.run(Subject(scope=Scope.STORY), told)
    assert finding.outcome is wanted
    assert finding.blocks == (wanted is Outcome.REFUTED)


def test_words_that_a_release_gives_are_not_copied_from_who_copied_it():
    rewrite = replace(capture(LONG, name="the rival"), terms=Terms.NEWSROOM)
    release = replace(capture(LONG, name="the release"), terms=Terms.RELEASE)
    (finding,) = copying.CHECK.run(Subject(scope=Scope.STORY), context([LONG], [rewrite, release]))
    assert finding.outcome is Outcome.SUPPORTED
