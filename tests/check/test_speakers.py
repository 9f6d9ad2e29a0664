"""Speakers: who says a quotation in the story, and who says it in the captures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backread.check.speakers import CHECK, EXAMPLES
from backread.values.capture import Field
from backread.values.finding import Basis, Outcome, Scope, Subject
from backread.values.source import Genre
from check.stories import capture, context, outcome, run

YES, NO, OPEN, NONE = Outcome.SUPPORTED, Outcome.REFUTED, Outcome.UNDECIDED, Outcome.NOTHING_TO_CHECK
PIER = (
    "The pier board met in Tarrow on Monday.\n\n“We will not open it before April,” said Tamsin Orde, the county engineer.\n\n"
    "Mayor Silas Venn disagreed. “Our shops cannot wait that long,” he said. “They will close.”\n\n"
    "“The beams are worn through,” a diver for the harbor office said."
)
ALONE = "Two people spoke. Silas Venn and Tamsin Orde sat side by side. “Our shops cannot wait that long,” she said."


@pytest.mark.parametrize(
    ("row", "sentence", "source", "wanted"),
    [
        ("the same name", "“We will not open it before April,” Tamsin Orde said.", PIER, YES),
        ("the last name", "“We will not open it before April,” Orde said.", PIER, YES),
        ("with the title", "“We will not open it before April,” said county engineer Tamsin Orde.", PIER, YES),
        ("another speaker of the source", "“We will not open it before April,” Venn said.", PIER, NO),
        ("another speaker, before it", "Silas Venn said, “We will not open it before April.”", PIER, NO),
        ("a pronoun in the source", "“Our shops cannot wait that long,” Venn said.", PIER, YES),
        ("a pronoun in the source, another name", "“Our shops cannot wait that long,” Orde said.", PIER, NO),
        ("the quotation's second half", "“They will close,” Venn said.", PIER, YES),
        ("the role in the story", "“Our shops cannot wait that long,” the mayor said.", PIER, OPEN),
        ("nobody's name on both sides", "“The beams are worn through,” a diver said.", PIER, YES),
        ("a name for somebody without", "“The beams are worn through,” Orde said.", PIER, OPEN),
        ("a brother of the same family name", "“We will not open it before April,” Rufus Orde said.", PIER, NO),
        ("perhaps a short form of the name", "“We will not open it before April,” Tamara Orde said.", PIER, OPEN),
        ("the words in the headline too", "“We will not open it before April,” Venn said.", f"We will not open it before April\n\n{PIER}", NO),
        ("said by two, the first", "“We will not open it before April,” Orde said.", f"{PIER}\n\n“We will not open it before April,” said Silas Venn.", YES),
        ("said by two, the second", "“We will not open it before April,” Venn said.", f"{PIER}\n\n“We will not open it before April,” said Silas Venn.", YES),
        ("the document's own words, and somebody without a name", "“The pier is unsafe for carts and horses,” a worker said.", "The pier is unsafe for carts and horses.", OPEN),
        ("the document's own words, and nobody", "“The pier is unsafe for carts and horses.”", "The pier is unsafe for carts and horses.", YES),
        ("the document's own words, and officials", "“The pier is unsafe for carts and horses,” officials said.", "The pier is unsafe for carts and horses.", YES),
        ("the document's own words, and it", "“The pier is unsafe for carts and horses,” it said.", "The pier is unsafe for carts and horses.", YES),
        ("two people, one pronoun", "“Our shops cannot wait that long,” Orde said.", ALONE, OPEN),
        ("words that stand nowhere", "“We will open it in June,” Venn said.", PIER, NONE),
        ("a term", "The board spoke of “worn through” beams.", PIER, NONE),
        ("no quotation", "Orde said the pier will not open before April.", PIER, NONE),
        ("the document's own words, and a body", "“The pier is unsafe for carts and horses,” the report said.", "The pier is unsafe for carts and horses.", YES),
        ("the document's own words, and a person", "“The pier is unsafe for carts and horses,” Orde said.", "The pier is unsafe for carts and horses.", OPEN),
        ("an age, and whose it is", "Orde and Venn met. “We will not open it,” the 67-year-old said.", "Tamsin Orde, 67, was firm. “We will not open it,” she said.", YES),
        ("an age that is nobody's", "Orde and Venn met. “We will not open it,” the 66-year-old said.", "Tamsin Orde, 67, was firm. “We will not open it,” she said.", OPEN),
        ("a first name behind a role", "“We will not open it,” said his daughter, Tamsin.", "“We will not open it,” Tamsin Orde said.", YES),
        ("another first name behind a role", "“We will not open it,” said his daughter, Petra.", "“We will not open it,” Tamsin Orde said.", OPEN),
        ("a last name cut to its letter", "“The barge was dry all night,” Hal Dunlevy said.", "Hal D.: “The barge was dry all night.”", YES),
        ("another letter", "“The barge was dry all night,” Hal Venn said.", "Hal D.: “The barge was dry all night.”", NO),
        ("a work's title", "In “Nine Kinds of Rain,” Tobias Wendover tells of a girl.", "Nine Kinds of Rain, a novel", NONE),
        ("a report by one who says I", "“I have asked that nobody guess until they report,” Orde wrote.", "Report, prepared by Chief Tamsin Orde\n\nI have asked that nobody guess until they report.", YES),
        ("a report by another", "“I have asked that nobody guess until they report,” Venn wrote.", "Report, prepared by Chief Tamsin Orde\n\nI have asked that nobody guess until they report.", OPEN),
        ("a label", "“The pier is unsafe for carts,” Orde said.", "TAMSIN ORDE: The pier is unsafe for carts.\nSILAS VENN: It is not.", YES),
        ("another's label", "“The pier is unsafe for carts,” Venn said.", "Tamsin Orde: The pier is unsafe for carts.\nSilas Venn: It is not.", NO),
        ("a label's title", "“The pier is unsafe for carts,” Anna Di Lorne said.", "CR DI LORNE: The pier is unsafe for carts.", YES),
        ("a label's title and full name", "“The pier is unsafe for carts,” Orde said.", "COUNCILWOMAN TAMSIN ORDE: The pier is unsafe for carts.", YES),
        ("a title is no name that two share", "“The pier is unsafe for carts,” Cr Venn said.", "CR DI LORNE: The pier is unsafe for carts.", NO),
        ("no label, a heading", "“The pier is unsafe for carts,” the office said.", "Instruction: The pier is unsafe for carts.", YES),
    ],
)  # fmt: skip
def test_who_speaks(row: str, sentence: str, source: str, wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, source) is wanted, row


@pytest.mark.parametrize(("sentence", "sources", "wanted"), EXAMPLES)
def test_the_examples(sentence: str, sources: tuple[str, ...], wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, *sources) is wanted


def test_a_pronoun_in_the_story_goes_back_to_the_name_before_it() -> None:
    told = context(
        ["Tamsin Orde inspected the pier.", "“We will not open it before April,” she said."], [capture(PIER)]
    )
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=1), told)
    assert finding.outcome is YES
    told = context(
        ["Silas Venn inspected the pier.", "“We will not open it before April,” he said."], [capture(PIER)]
    )
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=1), told)
    assert finding.outcome is NO


def test_she_is_one_of_the_two_named_before() -> None:
    told = context(
        ["Tamsin Orde met Ada Venn.", "“We will not open it before April,” she said."], [capture(PIER)]
    )
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=1), told)
    assert (finding.outcome, finding.basis) == (YES, Basis.COMPUTED)


def test_a_talk_speaks_for_the_one_it_names_at_its_head() -> None:
    source = replace(
        capture("Stay away from the pier."), genre=Genre.TRANSCRIPT, title="The harbor, by Tamsin Orde"
    )
    for speaker, wanted in (("Orde", YES), ("Venn", OPEN)):
        told = context([f"“Stay away from the pier,” {speaker} said."], [source])
        (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
        assert finding.outcome is wanted, speaker


@pytest.mark.parametrize(("speaker", "wanted"), [("Orde", YES), ("Venn", NO)])
def test_a_transcripts_own_field_names_the_speaker(speaker: str, wanted: Outcome) -> None:
    text = "Tamsin Orde: We begin. The pier is unsafe for carts."
    field = Field(name="speaker", value="Tamsin Orde", start=0, end=11, record=1)
    source = replace(capture(text), genre=Genre.TRANSCRIPT, fields=(field,))
    told = context([f"“The pier is unsafe for carts,” {speaker} said."], [source])
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert finding.outcome is wanted


@pytest.mark.parametrize(
    ("row", "sentences", "wanted"),
    [
        ("by name", ["“The pier is unsafe for carts,” Tamsin Orde wrote."], YES),
        (
            "as she",
            ["Ada Venn read a letter of Tamsin Orde.", "“The pier is unsafe for carts,” she wrote."],
            YES,
        ),
        ("another", ["“The pier is unsafe for carts,” Ada Venn wrote."], OPEN),
        (
            "another as she",
            ["Ada Venn and Iris Pell came.", "“The pier is unsafe for carts,” she wrote."],
            OPEN,
        ),
        (
            "somebody",
            ["Tamsin Orde came.", "“The pier is unsafe for carts,” a worker named Sam Quill wrote."],
            OPEN,
        ),
    ],
)
@pytest.mark.parametrize("text", ["The pier is unsafe for carts.", "“The pier is unsafe for carts.”"])
def test_a_letter_speaks_for_the_one_who_signed_it(
    row: str, sentences: list[str], wanted: Outcome, text: str
) -> None:
    told = context(sentences, [replace(capture(text), byline="Tamsin Orde")])
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=len(sentences) - 1), told)
    assert finding.outcome is wanted, row


def test_an_alert_speaks_with_its_own_voice() -> None:
    source = replace(capture('Instruction: "Stay away from the pier."'), genre=Genre.ALERT)
    told = context(["“Stay away from the pier,” the harbor office said."], [source])
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert finding.outcome is YES


def test_the_editor_is_told_who_spoke_and_shown_where() -> None:
    (finding,) = run(CHECK, "“We will not open it before April,” Venn said.", PIER)
    (mark,) = finding.marks
    assert mark.message == "source 0 has Tamsin Orde say this, not Venn"
    assert mark.evidence[0].text.startswith("We will not open it before April,” said Tamsin Orde")


@pytest.mark.parametrize(("speaker", "wanted"), [("Tamsin Orde", YES), ("Silas Venn", NO)])
def test_a_label_with_a_role_ends_the_turn_of_the_field_before(speaker: str, wanted: Outcome) -> None:
    text = "SILAS VENN: Who speaks next?\nTAMSIN ORDE, PUBLIC WORKS: The pier is unsafe for carts."
    turn = Field(name="speaker", value="SILAS VENN", start=0, end=10, record=1)
    source = replace(capture(text), genre=Genre.TRANSCRIPT, fields=(turn,))
    told = context([f"“The pier is unsafe for carts,” {speaker} said."], [source])
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert finding.outcome is wanted


BECK = "Notes, Tues, quay\n\nTom Beck, 46. Postman. “I heard the pier before I saw it.” Got a letter.\n\n"
HARDWARE = "Venn Hardware, Mill St — owner Iris Venn pulled the rest. “They told us it was a label problem.” Prell asked about that."
DAUGHTER = (
    "Ada Pell, grower. Sat up w/ daughter Jo burning brush. “You could hear the blossoms go that night.”"
)
ABOUT = "Notes, phone, Greta Lind, 61\n\nDid not want to talk about Prell. “That is for the court,” she said."
ALMEIDA = "Almeida afterward: relieved. “I came to fight and I had already won.”"


@pytest.mark.parametrize(
    ("row", "speaker", "words", "notes", "wanted"),
    [
        ("a fragment's first word is nobody", "Tom Beck", "I heard the pier before I saw it", BECK, YES),
        ("another than the line's", "Silas Venn", "I heard the pier before I saw it", BECK, NO),
        ("a shop's owner", "Iris Venn", "They told us it was a label problem", HARDWARE, YES),
        ("the next sentence's name", "Hugo Prell", "They told us it was a label problem", HARDWARE, NO),
        ("another in the line, with no verb of speaking", "Ada Pell", "You could hear the blossoms go that night", DAUGHTER, YES),
        ("that other", "Jo Prell", "You could hear the blossoms go that night", DAUGHTER, NO),
        ("one whom the line's first clause tells about", "Hugo Prell", "That is for the court", ABOUT, OPEN),
        ("the one the notes are about", "Greta Lind", "That is for the court", ABOUT, YES),
        ("a last name alone", "Victor Almeida", "I came to fight and I had already won", ALMEIDA, YES),
        ("another's last name alone", "Victor Dolan", "I came to fight and I had already won", ALMEIDA, OPEN),
    ],
)  # fmt: skip
def test_notes_tell_of_the_person_at_the_lines_head(
    row: str, speaker: str, words: str, notes: str, wanted: Outcome
) -> None:
    source = replace(capture(notes), genre=Genre.NOTES)
    told = context([f"“{words},” {speaker} said."], [source])
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert finding.outcome is wanted, row
