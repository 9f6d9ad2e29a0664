"""Who said each quotation: the mention that speaks, and the name it goes back to."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backread.text.speech import MentionKind, attribute
from backread.text.speech.mentions import find
from backread.text.speech.people import is_same
from backread.text.speech.voices import VoiceKind, voices


@pytest.mark.parametrize(
    ("row", "text", "speaker"),
    [
        ("name, verb", "“The pier is worn,” Tamsin Orde said.", "Tamsin Orde"),
        ("verb, name", "“The pier is worn,” said Tamsin Orde, who leads the board.", "Tamsin Orde"),
        ("before", "Tamsin Orde said, “The pier is worn.”", "Tamsin Orde"),
        ("told somebody", "Tamsin Orde told the council, “The pier is worn.”", "Tamsin Orde"),
        ("according to", "“The pier is worn through,” according to Tamsin Orde.", "Tamsin Orde"),
        (
            "a role between",
            "“The pier is worn,” Tamsin Orde, the county engineer, said Monday.",
            "Tamsin Orde",
        ),
        ("a pronoun", "Tamsin Orde shrugged. “The pier is worn,” she said.", "she"),
        ("a description", "“The pier is worn,” the engineer said.", "the engineer"),
        ("straight marks", '"The pier is worn," Tamsin Orde said.', "Tamsin Orde"),
        ("marks the wrong way round", "”The pier is worn,“ Tamsin Orde said.", "Tamsin Orde"),
        ("a body", "“The pier is worn,” the harbor office said in a statement.", "the harbor office"),
        ("not the one told", "“The pier is worn,” Orde told Mayor Silas Venn.", "Orde"),
        ("a colon", "Orde: “The pier is worn.”", "Orde"),
        ("nobody", "“The pier is worn.”", None),
    ],
)
def test_the_mention_that_speaks(row: str, text: str, speaker: str | None) -> None:
    (speech,) = attribute(text)
    assert (speech.speaker.words if speech.speaker else None) == speaker, row


def test_a_quotation_alone_is_the_one_before_its() -> None:
    first, second, third = attribute(
        "“The pier is worn,” Tamsin Orde said. “It will close.”\n\n“We have no money,” said Silas Venn."
    )
    assert [s.speaker.words for s in (first, second, third) if s.speaker] == ["Tamsin Orde", "Tamsin Orde", "Silas Venn"]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "text", "told"),
    [
        ("a name", "“It is worn,” Tamsin Orde said.", [("person", "Tamsin Orde")]),
        ("the fullest form", "Tamsin Orde spoke. “It is worn,” Orde said.", [("person", "Tamsin Orde")]),
        ("she, the one before", "Tamsin Orde spoke. “It is worn,” she said.", [("person", "Tamsin Orde")]),
        ("she, of two", "Tamsin Orde and Ada Venn came. “It is worn,” she said.", [("unnamed", "")]),
        ("the role", "Tamsin Orde, the county engineer, came.\n\n“It is worn,” the engineer said.", [("person", "Tamsin Orde")]),
        ("a body", "“It is worn,” the harbor office said.", [("body", "harbor office")]),
        ("the role in brackets", "Tamsin Orde (engineer) came with Ada Venn.\n\n“It is worn,” the engineer said.", [("person", "Tamsin Orde")]),
        ("the role, of two", "Engineer Tamsin Orde came with engineer Ada Venn.\n\n“It is worn,” the engineer said.", [("unnamed", "")]),
        ("a role and its name behind", "“It is worn,” said the county engineer, Tamsin Orde.", [("person", "Tamsin Orde")]),
        ("his name later alone", "Tamsin Orde came. Orde sat down. “It is worn,” she said.", [("person", "Tamsin Orde")]),
        ("nobody", "“It is worn.”", [("unnamed", "")]),
        ("they", "“It is worn,” they said.", [("unnamed", "")]),
    ],
)  # fmt: skip
def test_the_name_a_voice_goes_back_to(row: str, text: str, told: list[tuple[str, str]]) -> None:
    assert [(str(v.kind), v.name) for v in voices(text)] == told, row


@pytest.mark.parametrize(
    ("row", "text", "told"),
    [
        ("the one a paragraph opens with", "Pier.\n\nTamsin Orde: the pier is old. “It is worn through.”", ["Tamsin Orde"]),
        ("the one of the first line", "Talk with Tamsin Orde\n\nthe pier is old. “It is worn through.”", ["Tamsin Orde"]),
        ("two in the first line", "Talk with Tamsin Orde and Ada Venn\n\nthe pier is old. “It is worn through.”", [""]),
        ("none", "Pier.\n\nthe pier is old. “It is worn through.”", [""]),
    ],
)  # fmt: skip
def test_notes_are_about_somebody(row: str, text: str, told: list[str]) -> None:
    assert [voice.name for voice in voices(text, by_topic=True)] == told, row


@pytest.mark.parametrize(
    ("row", "above", "told"),
    [
        ("named in the paragraph before", "Bo Venn, a fisher, waited outside for two days.", "Bo Venn"),
        ("nobody named since", "The tide was out for two days.", "Ana Orde"),
    ],
)
def test_he_is_the_one_told_of_since_the_last_voice(row: str, above: str, told: str) -> None:
    text = f"“We mend it,” said Ana Orde.\n\n{above}\n\n“I sat out there for days on end,” he said."
    assert voices(text)[-1].name == told, row


def test_notes_go_on_about_whom_a_paragraph_above_opens_with() -> None:
    notes = "Notes, the main pier\n\nBo Venn, 52. Two crew.\n\nKeeps a diary.\n\n“I sat out there for days on end,” he said."
    assert voices(notes, by_topic=True)[-1].name == "Bo Venn"
    assert voices(notes.replace("Bo Venn, 52", "A man of 52"), by_topic=True)[-1].name == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tamsin Orde", "Orde", True),
        ("Tamsin Orde", "T. Orde", True),
        ("Tamsin A. Orde", "Tamsin Orde", True),
        ("Tamsin Orde", "Tam Orde", True),
        ("Tamsin Orde", "Tamsin O.", True),
        ("Tamsin Orde", "Tamsin V.", False),
        ("Tamsin Orde", "Rufus Orde", False),
        ("Tamsin Orde", "Tobias Orde", False),
        ("Jo Orde", "Joris Orde", False),
        ("Tamsin Orde", "Silas Venn", False),
        ("Tamsin Orde", "", False),
    ],
)
def test_one_persons_names(one: str, other: str, same: bool) -> None:
    assert is_same(one, other) is same is is_same(other, one)


def test_mentions_do_not_overlap() -> None:
    text = "Police Chief Ada Venn met the two deputies, who said they saw him."
    found = find(text, 0, len(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert {m.kind for m in found} == set(MentionKind)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="“”\"' .,\nAbc said Orde he", max_size=200))
def test_any_text_is_read(text: str) -> None:
    for speech, voice in zip(attribute(text), voices(text), strict=True):
        assert 0.0 <= speech.share <= 1.0
        assert voice.kind in VoiceKind
        assert (
            speech.speaker is None or text[speech.speaker.start : speech.speaker.end] == speech.speaker.words
        )


def _people_said(count: int, between: str, last: str = "") -> str:
    letters = str.maketrans("0123456789", "ghijklmnop")
    names = (f"X{number:x} {last or f'Y{number:x}'}".translate(letters) for number in range(count))
    return between.join(f"“Go on then now.” {name} said." for name in names)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Aa " * 10_000 + "“x”", id="names"),
        pytest.param("“a said b.” " * 3 + "Aa Bb said " * 5_000, id="names that speak"),
        pytest.param("A said “b” " * 3_000, id="quotations in one sentence"),
        pytest.param("Ann said “x y z w.” " * 1_200, id="quotations in one paragraph"),
        pytest.param("‘a b’ " * 8_000, id="single marks"),
        pytest.param("“a” ‘b c’ " * 5_000, id="both marks"),
        pytest.param("a" + " " * 100_000 + "x", id="spaces"),
        pytest.param(_people_said(800, " "), id="people in one paragraph"),
        pytest.param(_people_said(800, "\n\n"), id="people in many paragraphs"),
        pytest.param(_people_said(800, "\n\n", "Orde"), id="one family"),
        pytest.param(_people_said(400, " ").replace(" said.", " came. “Go now all,” the mayor said."), id="roles"),
    ],
)  # fmt: skip
def test_a_hostile_text_costs_no_more_than_a_long_one(text: str) -> None:
    began = time.process_time()
    voices(text, by_topic=True)
    assert time.process_time() - began < 6
