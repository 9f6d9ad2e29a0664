"""Attribution: opinion, claims, crowds and accusations that lost whoever says them; and the copy that keeps them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backread.check.attribution import CHECK, EXAMPLES
from backread.check.attribution.standing import reached
from backread.check.attribution.words import OPINIONS
from backread.check.base import Context
from backread.check.charges import Standing
from backread.values.finding import Outcome, Scope, Subject
from backread.values.source import Terms
from backread.values.story import BlockKind, Story, Words
from check.stories import capture, cites, context, outcome, run

REFUTED, UNDECIDED, SUPPORTED, NOTHING = Outcome

BAN = "The council voted 6-3 for the ban. Orde said the ban is a sensible rule that will make every street quieter, and that blowers have no place in a decent town."
FIRE = "The fire began in the kitchen. Investigators believe that a heater set fire to a curtain in the back bedroom. No one was hurt."


@pytest.mark.parametrize(("sentence", "texts", "wanted"), EXAMPLES)
def test_it_is_seen_to_fire(sentence: str, texts: tuple[str, ...], wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, *texts) is wanted


def test_there_is_an_example_of_every_outcome() -> None:
    assert {example[2] for example in EXAMPLES} == CHECK.outcomes


@pytest.mark.parametrize("group", OPINIONS, ids=lambda group: group.name)
def test_every_word_list_says_why_it_is_one(group: object) -> None:
    assert group.why.endswith(".")  # type: ignore[attr-defined]
    assert group.message.count("{}") == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sentence", "source", "wanted"),
    [
        pytest.param("The council passed the sensible ban.", BAN, REFUTED, id="a view becomes a fact"),
        pytest.param("Blowers have no place in a decent town.", BAN, REFUTED, id="a duty becomes ours"),
        pytest.param("The ban will make every street quieter.", BAN, REFUTED, id="a promised effect becomes a fact"),
        pytest.param("The council passed the long overdue ban.", BAN, UNDECIDED, id="a view that nobody has"),
        pytest.param("The ban is a testament to hope.", BAN, UNDECIDED, id="adornment"),
        pytest.param("Thankfully, the ban passed.", BAN, UNDECIDED, id="an aside"),
        pytest.param("The council should apologize.", BAN, UNDECIDED, id="what a council ought to do"),
        pytest.param("The sensible ban passed, Orde said.", BAN, NOTHING, id="with its speaker"),
        pytest.param("Orde called it “sensible.”", BAN, NOTHING, id="quoted"),
        pytest.param("The council voted 6-3 for the ban.", BAN, NOTHING, id="plain news"),
        pytest.param("The ban will make every street quieter.", f"{BAN} The ban will make every street quieter.", NOTHING, id="an effect that a record states itself"),
        pytest.param("The ban will improve the air at the harbor.", BAN, NOTHING, id="an effect that no source tells of"),
        pytest.param("The council caved to the Blower League.", BAN, UNDECIDED, id="a slanted verb"),
        pytest.param("The ban will save it.", "Orde said the ban will save the town of Tarrow.", NOTHING, id="too short to be told again"),
        pytest.param("The ban will save the town of Tarrow.", "Orde said the ban will save the town of Tarrow.", REFUTED, id="what it will save"),
        pytest.param("The ban will save $4 a month in Tarrow.", "Orde said the ban will save $4 a month in Tarrow.", NOTHING, id="money saved"),
        pytest.param("Residents should boil water.", BAN, NOTHING, id="advice to the public"),
        pytest.param("A brazen robbery closed the bank.", BAN, NOTHING, id="a plain thing with a listed word"),
        pytest.param("The report is draconian.", "The report is draconian.", NOTHING, id="a record's own words"),
    ],
)  # fmt: skip
def test_opinion_has_somebody_who_holds_it(sentence: str, source: str, wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, source) is wanted


@pytest.mark.parametrize(
    ("terms", "wanted"), [(Terms.RELEASE, REFUTED), (Terms.SOCIAL, REFUTED), (Terms.PUBLIC_RECORD, NOTHING)]
)
def test_a_releases_own_voice_is_its_senders(terms: Terms, wanted: Outcome) -> None:
    source = replace(capture("The state-of-the-art plant opens on Monday."), terms=terms)
    told = context(["The state-of-the-art plant opens Monday."], [source])
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert finding.outcome is wanted


SHELTER = "Member Cole said the shelter attracts crime and accused the mayor of misleading the council. “It is the best plan in the state,” Orde said. The mayor denied it."


@pytest.mark.parametrize(
    ("sentence", "source", "wanted"),
    [
        pytest.param("The shelter attracts crime.", SHELTER, REFUTED, id="blame becomes a fact"),
        pytest.param("The mayor misled the council.", SHELTER, REFUTED, id="blame by another form of the verb"),
        pytest.param("The shelter attracts crime, Cole said.", SHELTER, NOTHING, id="blame with its speaker"),
        pytest.param("The mayor misled the council.", f"{SHELTER} The mayor misled the council on May 3.", NOTHING, id="a record blames"),
        pytest.param("The mayor rigged the vote.", SHELTER, NOTHING, id="blame that no source knows: support"),
        pytest.param("The plan is the best plan yet.", SHELTER, REFUTED, id="a boast becomes a fact"),
        pytest.param("The plan is the best plan yet.", f"{SHELTER} The plan scored highest and is the best plan.", NOTHING, id="a record says so"),
        pytest.param("The plan is a gift to developers.", "Park said the plan is a gift to developers.", REFUTED, id="blame by a figure of speech"),
        pytest.param("The clerk made a mistake in the count.", "The clerk made a mistake in the count.", NOTHING, id="a mistake that a record tells"),
        pytest.param("The plan is the best idea yet.", SHELTER, NOTHING, id="a boast that no source has: support"),
        pytest.param("The plan is the best plan, Orde said.", SHELTER, NOTHING, id="a boast with its speaker"),
    ],
)  # fmt: skip
def test_boasts_and_blame_have_somebody_who_says_them(sentence: str, source: str, wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, source) is wanted


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        pytest.param("The ban was debated.", REFUTED, id="nobody speaks"),
        pytest.param("Orde said so.", NOTHING, id="she speaks on"),
    ],
)
def test_an_effect_may_be_told_by_who_speaks_before_it(before: str, wanted: Outcome) -> None:
    told = context([before, "The ban will make every street quieter."], [capture(BAN)])
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=1), told)
    assert finding.outcome is wanted


@pytest.mark.parametrize(
    ("sentence", "source", "wanted"),
    [
        pytest.param("A heater set fire to a curtain in the back bedroom.", FIRE, REFUTED, id="a belief becomes a fact"),
        pytest.param("A heater set fire to a curtain in the back bedroom, police say.", FIRE, NOTHING, id="with its speaker"),
        pytest.param("A heater may have set fire to a curtain in the back bedroom.", FIRE, NOTHING, id="with a hedge"),
        pytest.param("A heater is believed to have set fire to a curtain.", FIRE, NOTHING, id="with the belief"),
        pytest.param("A heater set fire to a curtain in the back bedroom.", f"{FIRE} A heater set fire to a curtain in the back bedroom.", NOTHING, id="known by another source"),
        pytest.param("A heater set fire to a curtain in the back bedroom.", "A heater set fire to a curtain in the back bedroom, investigators believe.", REFUTED, id="belief at the end"),
        pytest.param("“A heater set fire to a curtain in the back bedroom.”", FIRE, NOTHING, id="quoted"),
        pytest.param("The heater and the curtain in the back bedroom burned.", "The heater and the curtain in the back bedroom burned, and Orde, whom police believed, went home to her sister afterward.", NOTHING, id="belief in something else"),
        pytest.param("The heater and the curtain in the back bedroom burned.", "The heater and the curtain in the back bedroom burned, and Orde believes that it rained.", NOTHING, id="belief in what comes behind"),
        pytest.param("The fire began in the kitchen.", FIRE, NOTHING, id="known"),
    ],
)  # fmt: skip
def test_a_belief_stays_one(sentence: str, source: str, wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, source) is wanted


VAGUE = "The plan was approved. Critics of the plan said it costs too much."


@pytest.mark.parametrize(
    ("paragraphs", "source", "wanted"),
    [
        pytest.param(["Critics say the plan costs too much."], "The plan was approved.", UNDECIDED, id="nobody"),
        pytest.param(["But critics of Mayor Ann Orde argue that it costs too much."], "The plan was approved.", UNDECIDED, id="whom they are against is no critic"),
        pytest.param(["Some see the plan as a gift."], "The plan was approved.", UNDECIDED, id="some"),
        pytest.param(["Many have long feared the plan."], "The plan was approved.", UNDECIDED, id="many"),
        pytest.param(["Critics have slammed the plan."], "The plan was approved.", UNDECIDED, id="slammed"),
        pytest.param(["There are those who say the plan failed."], "The plan was approved.", UNDECIDED, id="those who say"),
        pytest.param(["To some, the plan failed."], "The plan was approved.", UNDECIDED, id="to some"),
        pytest.param(["The plan is seen by many as a gift."], "The plan was approved.", UNDECIDED, id="seen by many"),
        pytest.param(["The plan has been called a gift to developers."], "The plan was approved.", UNDECIDED, id="has been called"),
        pytest.param(["The plan has been called a gift to developers by the Pier League."], "The plan was approved.", NOTHING, id="has been called, by somebody"),
        pytest.param(["Some would argue that the plan failed."], "The plan was approved.", UNDECIDED, id="some would argue"),
        pytest.param(["It may be seen by visitors as they come in. To some extent it failed."], "The plan was approved.", NOTHING, id="seen, and to some extent"),
        pytest.param(["It is widely believed that the plan failed."], "The plan was approved.", UNDECIDED, id="it is believed"),
        pytest.param(["Other views: The plan is a gift."], "The plan was approved.", UNDECIDED, id="a box of other views"),
        pytest.param(["Critics say the plan costs too much."], VAGUE, SUPPORTED, id="a source has the same crowd"),
        pytest.param(["Critics say it costs too much.", "“Too much,” said Ann Orde of the Pier League."], "The plan was approved.", NOTHING, id="named in the next paragraph"),
        pytest.param(["Opponents say it costs too much."], VAGUE, SUPPORTED, id="the same crowd by another word"),
        pytest.param(["Supporters say it costs little."], VAGUE, UNDECIDED, id="the other side"),
        pytest.param(["Nobody at the desk said why, but others said it failed."], "The plan was approved.", NOTHING, id="others than those who spoke"),
        pytest.param(["Critics say it costs too much.", "The plan passed on Monday."], "The plan was approved.", UNDECIDED, id="nobody in the next paragraph"),
        pytest.param(["Some see the plan as a gift.", "“Too much,” said Ann Orde of the Pier League."], "The plan was approved.", UNDECIDED, id="some are not the next speaker"),
        pytest.param(["Critics, among them Ann Orde, object. Critics say the plan, Ann Orde argued, costs too much."], "The plan was approved.", NOTHING, id="named beside it"),
        pytest.param(["Ann Orde and critics of the plan said it costs too much."], "The plan was approved.", NOTHING, id="named before it"),
        pytest.param(["Critics said it costs too much, including Ann Orde."], "The plan was approved.", NOTHING, id="opened up"),
        pytest.param(["Some of the money is left."], "The plan was approved.", NOTHING, id="some of a thing"),
        pytest.param(["The critics say so."], "The plan was approved.", NOTHING, id="the critics, told before"),
    ],
)  # fmt: skip
def test_a_crowd_has_somebody_named_in_it(paragraphs: list[str], source: str, wanted: Outcome) -> None:
    kept = capture(source)
    parts = [(BlockKind.PARAGRAPH, [Words(text=p, citations=cites(kept))]) for p in paragraphs]
    told = Context(story=Story.of(parts), captures=(kept,))
    found = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert found[0].outcome is wanted


CHARGED = "Milo Stark, 43, of Tarrow, was charged Monday with burglary and theft. A charge is an accusation; he is presumed innocent unless proven guilty."
ARRESTED = "Deputies arrested Milo Stark on Monday. No charges have been filed. Charges are pending."
SUSPECTED = "Police questioned a man. Milo Stark is suspected of the theft."
CONVICTED = "Milo Stark, 43, was charged in May. He pleaded guilty to theft on Monday."


@pytest.mark.parametrize(
    ("sentence", "source", "wanted"),
    [
        pytest.param("Milo Stark was charged with theft.", CHARGED, SUPPORTED, id="charged, charged"),
        pytest.param("Milo Stark was arrested.", CHARGED, SUPPORTED, id="arrested, charged"),
        pytest.param("Milo Stark was convicted of theft.", CHARGED, REFUTED, id="convicted, charged"),
        pytest.param("Milo Stark was charged with theft.", ARRESTED, REFUTED, id="charged, arrested"),
        pytest.param("Milo Stark was arrested.", SUSPECTED, REFUTED, id="arrested, suspected"),
        pytest.param("Milo Stark was convicted of theft.", CONVICTED, SUPPORTED, id="convicted, guilty by his plea"),
        pytest.param("Ann Orde was charged with theft.", CHARGED, NOTHING, id="somebody else: names, support, harm"),
        pytest.param("Milo Stark stole the boat.", CHARGED, REFUTED, id="a deed, charged"),
        pytest.param("Milo Stark, 43, of Tarrow, broke into the shop.", ARRESTED, REFUTED, id="a deed, arrested"),
        pytest.param("He stole the boat.", CHARGED, REFUTED, id="he"),
        pytest.param("Man stole the boat in Tarrow", CHARGED, REFUTED, id="a headline's man"),
        pytest.param("The thief Milo Stark lives in Tarrow.", CHARGED, REFUTED, id="thief"),
        pytest.param("Milo Stark is guilty of theft.", CHARGED, REFUTED, id="guilty"),
        pytest.param("Milo Stark confessed to the theft.", CHARGED, REFUTED, id="confessed, charged"),
        pytest.param("Deputies caught the boat thief.", CHARGED, REFUTED, id="caught, and branded"),
        pytest.param("Deputies arrested the man who stole the boat.", CHARGED, REFUTED, id="the man who did it"),
        pytest.param("Deputies arrested a man in Tarrow.", CHARGED, NOTHING, id="arrested, not branded"),
        pytest.param("Milo Stark was charged with theft.", "Milo Stark is accused of theft in court.", SUPPORTED, id="accused is how a charge is told"),
        pytest.param("Milo Stark stole the boat, deputies said.", CHARGED, NOTHING, id="a deed with its source"),
        pytest.param("Milo Stark allegedly stole the boat.", CHARGED, NOTHING, id="alleged"),
        pytest.param("Milo Stark stole the boat.", CONVICTED, NOTHING, id="a deed, convicted"),
        pytest.param("Ann Orde stole the show.", CHARGED, NOTHING, id="somebody else's deed"),
        pytest.param("Man stole the boat in Tarrow", f"{CHARGED} Ruth Pell was charged with arson.", NOTHING, id="a man, of two accused"),
        pytest.param("Milo Stark shot Ann Orde.", "The dinner was held on Monday.", NOTHING, id="nobody accused"),
        pytest.param("Milo Stark stabbed Ann Orde.", CONVICTED, NOTHING, id="a deed between two, convicted"),
    ],
)  # fmt: skip
def test_a_matter_goes_no_further_than_its_source(sentence: str, source: str, wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, source) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (CONVICTED, Standing.CONVICTED),
        (CHARGED, Standing.CHARGED),
        (ARRESTED, Standing.ARRESTED),
        (SUSPECTED, Standing.SUSPECTED),
        ("The fee is $4; she is in charge.", Standing.NONE),
    ],
)
def test_how_far_captures_go(text: str, wanted: Standing) -> None:
    assert reached((capture(text),)) is wanted


def test_a_mark_shows_who_says_it() -> None:
    (finding,) = run(CHECK, "The council passed the sensible ban.", BAN)
    (mark,) = finding.marks
    assert (mark.start, mark.end) == (23, 31)
    assert mark.evidence[0].text.startswith("Orde said")


_PIECES = st.sampled_from(
    ["“", "”", '"', "’", " ", "\n\n", "—", "Milo Stark ", "was charged ", "killed ", "critics say ", "sensible ", ", 43, ", "Prosecutor ", "of ", "İ", "ß",
     "some ", "it is believed ", "guilty ", "Judge Ann Orde ", "arrested ", ". ", "said ", "\u200b", "e\u0301", "will make it safer "]
)  # fmt: skip
_TEXT = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=25).map("".join))


@settings(max_examples=200, deadline=None)
@given(sentence=_TEXT.filter(bool), source=_TEXT)
def test_any_text_gets_an_answer_with_exact_places(sentence: str, source: str) -> None:
    kept = capture(source)
    told = context([sentence], [kept])
    found = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert found
    for finding in found:
        for mark in finding.marks:
            assert 0 <= mark.start < mark.end <= len(told.story.text)
            assert all(kept.holds(passage) for passage in mark.evidence)
