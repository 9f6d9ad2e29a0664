"""Harm: nobody in another's part, and a second approver for what can hurt; look-alikes ask nobody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backread.check.base import Context
from backread.check.charges import Part, roles, who_of
from backread.check.engine import check_story
from backread.check.harm import CHECK, EXAMPLES, needs_second
from backread.values.finding import Outcome, Scope, Subject
from backread.values.story import BlockKind, Story, Words
from check.stories import capture, cites, context, outcome, run

REFUTED, UNDECIDED, _, NOTHING = Outcome

RELEASE = "Prosecutor Ann Pell today charged Milo Stark, 43, of Tarrow, with murder in the death of Walter Orde, 58. Orde was found dead on Kiln Street."

STOP = "Trooper Nora Pike stopped a car driven by Owen Vale, 22. Vale struck Pike in the face. Vale was arrested and charged with assault on an officer."


@pytest.mark.parametrize(("sentence", "texts", "wanted"), EXAMPLES)
def test_it_is_seen_to_fire(sentence: str, texts: tuple[str, ...], wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, *texts) is wanted


def test_there_is_an_example_of_every_outcome() -> None:
    assert {example[2] for example in EXAMPLES} == CHECK.outcomes


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        pytest.param("Ann Pell was charged with murder on Monday.", RELEASE, id="who accuses becomes the accused"),
        pytest.param("Prosecutor charged with murder in Tarrow", RELEASE, id="the same in a headline, by the office"),
        pytest.param("Walter Orde is accused of murder.", RELEASE, id="who was harmed becomes the accused"),
        pytest.param("Milo Stark was found dead on Kiln Street.", RELEASE, id="the accused becomes who was harmed"),
        pytest.param("Walter Orde shot Milo Stark.", "Milo Stark shot Walter Orde on Monday.", id="who shot whom"),
        pytest.param("Trooper accused of assault in traffic stop", STOP, id="an office, by who holds it"),
        pytest.param("A trooper was arrested and charged with assault.", STOP, id="the same in a sentence"),
        pytest.param("Owen Vale, the victim, was struck in the face.", STOP, id="who struck becomes the struck"),
        pytest.param("Sheriff arrested in theft ring", "Sheriff Tom Hale announced the arrest of Carl Doan, 44, in a theft ring.", id="who announces an arrest becomes the arrested"),
        pytest.param("Deputy Leona Trask was arrested on Monday.", "Deputy Leona Trask arrested Milo Stark on Monday.", id="who arrests becomes the arrested"),
    ],
)  # fmt: skip
def test_a_swapped_part_is_refuted(sentence: str, source: str) -> None:
    found = run(CHECK, sentence, source)
    assert found[0].outcome is REFUTED
    assert found[0].blocks
    assert found[0].marks[0].evidence


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        pytest.param("Milo Stark was charged with murder.", RELEASE, id="as the source has it"),
        pytest.param("Prosecutor Ann Pell charged Milo Stark.", RELEASE, id="as it has who accuses"),
        pytest.param("Ann Pell was charged with theft.", f"{RELEASE} Pell herself was accused of theft last year.", id="both, by the source"),
        pytest.param("Prosecutor charged with theft", f"{RELEASE} The former prosecutor Dan Hale was charged with theft.", id="another of that office"),
        pytest.param("Prosecutor charged with theft", f"{RELEASE} Dan Hale, who was a prosecutor until May, was charged with theft.", id="another who held that office"),
        pytest.param("Ann Pell was charged with theft.", "Prosecutor Ann Pell spoke. Milo Stark was arrested. Charges against the prosecutor named Pell were read.", id="in words no pattern knows"),
        pytest.param("Ann Pell was charged with theft.", "Prosecutor Ann Pell spoke on Monday.", id="nobody accused in the source"),
        pytest.param("Ruth Gull was charged with theft.", RELEASE, id="somebody no source knows"),
        pytest.param("A deputy was sentenced to six years.", "Judge Ann Pell sentenced former deputy Carl Doan, 44, to six years. Deputy Ruth Ames arrested Lee Park.", id="one of two who hold the office"),
        pytest.param("A vigil for Walter Orde was held on Monday.", RELEASE, id="a vigil is held, not he"),
        pytest.param("Walter Orde was injured.", RELEASE, id="harmed in both"),
    ],
)  # fmt: skip
def test_no_swap_is_seen_where_there_is_none(sentence: str, source: str) -> None:
    assert outcome(CHECK, sentence, source) is not REFUTED


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Milo Stark was charged with theft.", "beside an accusation"),
        ("Jaxon Orde, 16, swam out to them.", "minor"),
        ("The boy, a 15-year-old named in court as Jaxon Orde, swam.", ""),
        ("Maribel Santos, an 11-year-old from Tarrow, read on.", "minor"),
        ("The 9-year-old Ruth Orde swam.", "minor"),
        ("Milo Stark was found dead on Monday.", "harmed"),
        ("The death of Walter Orde shook the pier.", "harmed"),
        ("He died by suicide in May.", "suicide"),
        ("She hanged herself in May.", "how it was done"),
        ("Ruth Orde lives at 12 Kiln Street in Tarrow.", "home address"),
        ("Firefighters came to the house of Ruth Orde at 1200 N. Kiln Road.", "home address"),
    ],
)
def test_what_can_hurt_asks_for_a_second(sentence: str, why: str) -> None:
    reasons = needs_second(Story.of([(BlockKind.PARAGRAPH, [Words(text=sentence)])]))
    assert why in " ".join(reasons)
    assert bool(reasons) is bool(why)
    told = outcome(CHECK, sentence, "The pier closed.")
    assert told is (UNDECIDED if why else NOTHING)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ruth Orde, 61, swam out to them.",
        "The Herons beat the Mariners, 9, 8, in overtime.",
        "Two 16-year-olds swam out.",
        "The county pays for suicide prevention.",
        "City Hall, 40 Harbor Street, opens at nine.",
        "The house at 12 Kiln Street burned.",
        "Phones may be charged at the desk.",
        "An officer was injured.",
        "Nobody was hurt.",
        "Everyone was injured.",
    ],
)
def test_what_hurts_nobody_asks_nobody(sentence: str) -> None:
    assert needs_second(Story.of([(BlockKind.PARAGRAPH, [Words(text=sentence)])])) == ()


def test_a_help_line_is_looked_for_in_the_whole_story() -> None:
    bare = Story.of([(BlockKind.PARAGRAPH, [Words(text="He died by suicide.")])])
    helped = Story.of([(BlockKind.PARAGRAPH, [Words(text="He died by suicide."), Words(text="The number 988 helps.")])])  # fmt: skip
    assert "no help line" in needs_second(bare)[0]
    assert "no help line" not in needs_second(helped)[0]


def test_asking_holds_nothing_open_and_stands_in_the_report() -> None:
    kept = capture("Milo Stark was charged with theft on Monday.")
    story = Story.of([(BlockKind.PARAGRAPH, [Words(text="Milo Stark was charged with theft on Monday.", citations=cites(kept))])])  # fmt: skip
    report = check_story(story, (kept,))
    assert not any(f.blocks for f in report.sentences[0].findings if f.check == "harm")
    assert report.second_approver == ("sentence 1 names a person beside an accusation",)


def test_the_next_paragraph_may_name_whom_one_accuses() -> None:
    parts = [(BlockKind.PARAGRAPH, [Words(text="A man was charged with theft.")]), (BlockKind.PARAGRAPH, [Words(text="Milo Stark lives in Tarrow.")])]  # fmt: skip
    told = Context(story=Story.of(parts), captures=())
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert finding.outcome is UNDECIDED


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Milo Stark, 43, of Tarrow, was arrested on Monday.", {("stark", Part.ACCUSED)}),
        ("Milo Stark pleaded not guilty.", {("stark", Part.ACCUSED)}),
        ("Milo Stark faces two counts of theft.", {("stark", Part.ACCUSED)}),
        ("Charges were filed against Milo Stark.", {("stark", Part.ACCUSED)}),
        ("Milo Stark is held in the Tarrow County Jail.", {("stark", Part.ACCUSED)}),
        ("A vigil for Milo Stark was held at noon.", set()),
        ("Suspect Milo Stark fled.", {("stark", Part.ACCUSED)}),
        ("Judge Ann Pell sentenced Milo Stark Jr.", {("pell", Part.OFFICIAL), ("stark", Part.ACCUSED)}),
        ("The victim, Ruth Orde, was injured.", {("orde", Part.VICTIM)}),
        ("Milo Stark stabbed Ruth Orde.", {("stark", Part.ACCUSED), ("orde", Part.VICTIM)}),
        ("“Milo Stark was arrested,” she said.", set()),
        ("Tarrow County was charged with a task on Monday.", set()),
        ("The fee was charged on Monday.", set()),
        ("The pier closed.", set()),
    ],
)  # fmt: skip
def test_who_is_in_which_part(text: str, wanted: set[tuple[str, Part]]) -> None:
    assert {(role.who, role.part) for role in roles(text)} == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("Milo Stark", "stark"), ("Milo Stark Jr.", "stark"), ("former prosecutor", "prosecutor"), ("sheriff’s deputy", "sheriff’s deputy"), ("Tarrow County", "")],
)  # fmt: skip
def test_how_somebody_compares(words: str, wanted: str) -> None:
    assert who_of(words) == wanted


_PIECES = st.sampled_from(
    ["“", "”", '"', "’", " ", "\n\n", "—", "Milo Stark", " was charged with ", " killed ", "12 Kiln Street ", "suicide ", ", 16, ", "Prosecutor ", "of ", "İ", "ß",
     "death of ", " was found dead", "hanged himself ", "Judge Ann Orde ", " arrested ", ". ", "said ", "\u200b", "e\u0301", " lives at "]
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
