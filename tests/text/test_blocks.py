"""Any story into blocks and sentences: the forms, and the look of plain text."""

import pytest

from backread.errors import BadInput
from backread.text.blocks import parse
from backread.text.sentences import split
from backread.values.story import BlockKind

MARKDOWN = '# Pier closes\n\n_Repairs take a week_\n\n![A pier](pier.jpg "The pier on Monday. | Ann Orde | CC0")\n\nTARROW — The pier closed. It rained.\n'
PLAIN = "Pier closes\n\nRepairs take a week\n\n· · ·\nA wooden pier in the rain.\nAnn Orde\n\nThe pier closed at 5 p.m. The council met.\n\nThis article was generated with AI assistance."


@pytest.mark.parametrize(
    ("text", "form", "kinds"),
    [
        pytest.param(MARKDOWN, "md", ["headline", "deck", "alt text", "caption", "credit", "date line", "paragraph"], id="markdown"),
        pytest.param(PLAIN, "txt", ["headline", "deck", "alt text", "credit", "paragraph", "statement"], id="plain"),
        pytest.param('<h1>Pier closes</h1><p class="deck">A week</p><img alt="A pier"><p>It closed. It rained.</p>', "html", ["headline", "deck", "alt text", "paragraph"], id="html"),
        pytest.param('{"headline": "Pier closes", "credit": "Ann Orde", "paragraphs": ["TARROW — It closed."]}', "json", ["headline", "credit", "date line", "paragraph"], id="json"),
        pytest.param("One line only.", "txt", ["paragraph"], id="one line"),
    ],
)  # fmt: skip
def test_blocks(text, form, kinds):
    story = parse(text, form).story
    assert [str(b.kind) for b in story.blocks] == kinds
    assert all(story.text[s.start : s.end] == s.text for s in story.sentences)


def test_a_picture_carries_what_the_file_says_of_it():
    (picture,) = parse(MARKDOWN, "md").pictures
    assert (picture.file, picture.alt, picture.caption, picture.credit, picture.licence) == ("pier.jpg", "A pier", "The pier on Monday.", "Ann Orde", "CC0")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "form"),
    [("", "txt"), ("\n \n", "md"), ("{", "json"), ("[]", "json"), ('{"paragraphs": 3}', "json")],
)
def test_no_story_is_said_so(text, form):
    with pytest.raises(BadInput, match=r"^the story: could not "):
        parse(text, form)


def test_half_a_character_becomes_the_sign_for_one():
    told = parse('{"headline": "Pier \\ud800", "paragraphs": ["It \\udfff closed."]}', "json").story
    assert told.text == "Pier \ufffd\n\nIt \ufffd closed."


def test_a_book_is_no_story():
    with pytest.raises(BadInput, match="It has 2,001 sentences, and 2,000 is the most"):
        parse("The pier closed.\n\n" * 2_001)


def test_a_quotation_that_never_ends_costs_no_time():
    assert len(split("“We go. " + "It closed. " * 60_000)) == 1


@pytest.mark.parametrize("form", ["txt", "md"])
def test_a_flood_of_white_space_costs_no_time(form):
    told = parse(
        "Pier closes\n\nIt" + " " * 300_000 + "closed." + " \n" * 100_000 + "\n\nIt rained.", form
    ).story
    assert [b.kind for b in told.blocks][-1] is BlockKind.PARAGRAPH
    assert "It closed." in told.text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Gov. Ann Lee went to St. Lucie. It rained.", 2, id="abbreviations"),
        pytest.param("It ended at 5 p.m. The council met.", 2, id="clock at the end"),
        pytest.param("It ended at 5 p.m. Monday.", 1, id="clock before a day"),
        pytest.param("“We go. We stay,” she said. It rained.", 2, id="a quotation stays whole"),
        pytest.param("“We go.\n\n“We stay,” she said.", 2, id="a quotation over paragraphs"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_sentences(text, wanted):
    assert len(split(text)) == wanted


def test_every_word_stands_in_a_sentence():
    text = PLAIN.replace("·", " ")
    assert [w for a, b in split(text) for w in text[a:b].split()] == text.split()


def test_kinds_without_sentences_are_not_cut():
    assert not BlockKind.CREDIT.has_sentences


def test_a_typed_statement_at_a_paragraphs_end_leaves_the_copy_before_it() -> None:
    told = "# A\n\nThe pier closed. It is worn. This story was written with AI. Questions go to the desk."
    story = parse(told, "md").story
    assert [(story.kind_of(s), s.text) for s in story.sentences[1:]] == [
        (BlockKind.PARAGRAPH, "The pier closed."),
        (BlockKind.PARAGRAPH, "It is worn."),
        (BlockKind.STATEMENT, "This story was written with AI."),
        (BlockKind.STATEMENT, "Questions go to the desk."),
    ]
