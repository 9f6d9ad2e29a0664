"""Images: licence, credit, caption, alt text, what AI made, and a picture that has to do with the story."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backread.check.base import Context
from backread.check.images import CHECK, EXAMPLES
from backread.text.blocks import parse
from backread.values.finding import Finding, Outcome, Scope, Subject
from backread.values.picture import Picture, Provenance
from backread.values.story import BlockKind, Story, Words

R, U, S, N = Outcome.REFUTED, Outcome.UNDECIDED, Outcome.SUPPORTED, Outcome.NOTHING_TO_CHECK
STORY = "# Pier at Tarrow closes for repairs\n\nTARROW — Crews will mend the old pier, Mayor Ruth Orde said. Firefighters helped at Kiln Street."


def checked(image: str, story: str = STORY, form: str = "md", **told: Provenance) -> tuple[Finding, ...]:
    """The findings on a story with this picture under its headline."""
    parsed = parse(story.replace("\n\n", f"\n\n{image}\n\n", 1), form)
    context = Context(
        story=parsed.story, captures=(), pictures=parsed.pictures,
        provenances={name.replace("_", "."): made for name, made in told.items()},
    )  # fmt: skip
    return CHECK.run(Subject(scope=Scope.STORY), context)


def picture(
    alt: str = "Boats tied up at the old pier",
    caption: str = "The pier in May.",
    credit: str = "Ann Orde",
    licence: str = "CC BY 4.0",
) -> str:
    return f'![{alt}](pier.jpg "{caption} | {credit} | {licence}")'


def outcomes(found: tuple[Finding, ...]) -> set[Outcome]:
    return {finding.outcome for finding in found}


@pytest.mark.parametrize(("story", "texts", "wanted"), EXAMPLES)
def test_every_outcome_is_seen(story: str, texts: tuple[str, ...], wanted: Outcome) -> None:
    parsed = parse(story, "md")
    found = CHECK.run(
        Subject(scope=Scope.STORY), Context(story=parsed.story, captures=(), pictures=parsed.pictures)
    )
    assert outcomes(found) == {wanted}
    assert {example[2] for example in EXAMPLES} == CHECK.outcomes


@pytest.mark.parametrize(
    ("licence", "wanted"),
    [
        ("CC BY 4.0", S), ("CC BY-SA 3.0", S), ("CC0", S), ("public domain", S), ("Used with permission", S), ("with the family’s permission", S),
        ("free to use with credit", S), ("anyone may use it with his name", S), ("licensed from Northlight Agency", S), ("staff photo", S),
        ("Creative Commons Attribution 4.0", S), ("handout for press use", S), ("may be freely reprinted", S), ("permission given by the owner", S),
        ("", R), ("found online", R), ("unknown", R), ("from Facebook", R), ("screenshot", R), ("all rights reserved", R), ("© 2026 Ann Orde", R),
        ("permission pending", R), ("no permission yet", R), ("credited to Ann Orde", R), ("n/a", R), ("used without permission", R), ("licence not known", R),
        ("CC BY-NC 4.0", U), ("Creative Commons Attribution-NonCommercial", U), ("on loan", U), ("press use, embargoed", U),
    ],
)  # fmt: skip
def test_licences(licence: str, wanted: Outcome) -> None:
    assert outcomes(checked(picture(licence=licence))) == {wanted}


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        pytest.param({"credit": ""}, R, id="no credit"),
        pytest.param({"credit": "Photographer unknown"}, R, id="credit to nobody"),
        pytest.param({"credit": "Facebook"}, R, id="credit to a site"),
        pytest.param({"credit": "stock photo"}, U, id="a kind, no name"),
        pytest.param({"credit": "City of Tarrow"}, S, id="a body"),
        pytest.param({"credit": "courtesy of Ann Orde"}, S, id="courtesy of somebody"),
        pytest.param({"caption": ""}, U, id="no caption"),
        pytest.param({"caption": "Photo by Ann Orde"}, U, id="a credit for a caption"),
        pytest.param({"caption": "Ann Orde / AP"}, U, id="an agency for a caption"),
        pytest.param({"caption": "Photos of the pier hang in the hall."}, S, id="a caption on photos"),
        pytest.param({"alt": ""}, R, id="no alt text"),
        pytest.param({"alt": "IMG_2041.jpg"}, R, id="a file name"),
        pytest.param({"alt": "DSC 0042"}, R, id="a camera's name"),
        pytest.param({"alt": "Photo"}, R, id="one empty word"),
        pytest.param({"alt": "The pier in May"}, U, id="the caption again"),
        pytest.param({"alt": "A photo of the pier at low tide"}, S, id="photo of something"),
    ],
)
def test_what_stands_beside_a_picture(told: dict[str, str], wanted: Outcome) -> None:
    assert outcomes(checked(picture(**told))) == {wanted}


@pytest.mark.parametrize(
    ("alt", "caption", "wanted"),
    [
        pytest.param("A bowl of soup", "Lentil soup with lemon.", R, id="unrelated"),
        pytest.param("A crowded beach at sunset", "Holidaymakers.", R, id="unrelated, in picture words"),
        pytest.param("Clear image of a gate in Tarrow", "A gate.", U, id="no more than the place"),
        pytest.param("A street sign", "A sign on Kiln Street.", U, id="no more than a street"),
        pytest.param("A woman at a desk", "Ruth Orde in 2019.", S, id="a person"),
        pytest.param("A fire engine", "An engine.", S, id="another form of a word"),
        pytest.param("Planks", "Pier planks.", S, id="a thing"),
        pytest.param("In 2019", "In 2019.", U, id="nothing told that could relate it"),
        pytest.param("The Pier at dusk", "Dusk.", S, id="a thing with a capital"),
    ],
)
def test_a_picture_has_to_do_with_the_story(alt: str, caption: str, wanted: Outcome) -> None:
    worst = min(checked(picture(alt=alt, caption=caption)), key=lambda f: f.outcome.rank)
    assert worst.outcome is wanted


@pytest.mark.parametrize(
    ("made", "credit", "wanted"),
    [
        pytest.param(Provenance.AI, "Ann Orde", R, id="AI, not said"),
        pytest.param(Provenance.AI_PARTLY, "Ann Orde", R, id="partly AI, not said"),
        pytest.param(Provenance.AI, "AI-generated by Ann Orde", U, id="AI, said"),
        pytest.param(Provenance.NOT_SAID, "Made with AI by Ann Orde", U, id="said by the credit alone"),
        pytest.param(Provenance.CAMERA, "Ann Orde", S, id="camera"),
        pytest.param(Provenance.NOT_SAID, "Ann Orde", S, id="the file says nothing"),
    ],
)
def test_what_the_file_says_of_ai(made: Provenance, credit: str, wanted: Outcome) -> None:
    assert outcomes(checked(picture(credit=credit), pier_jpg=made)) == {wanted}


def test_a_form_without_a_field_for_a_licence_is_not_held_up() -> None:
    story = "Pier at Tarrow closes\n\nIt shuts on Monday for works\n\nBoats at the old pier.\nAnn Orde\n\nCrews will mend the pier."
    found = checked("", story, form="txt")
    assert outcomes(found) == {U}
    assert "terms" in found[0].message


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        pytest.param('<img src="a.png" alt="Harbor Media Group">', U, id="a logo"),
        pytest.param('<figure><img src="a.png" alt="A bowl of soup"><figcaption>Lentil soup.</figcaption></figure>', R, id="an unrelated picture"),
        pytest.param('<figure><img src="a.png" alt="Planks of a pier"><figcaption>The pier.</figcaption></figure>', U, id="a picture of the story"),
        pytest.param('<img src="a.png" alt="">', N, id="an ornament"),
    ],
)  # fmt: skip
def test_pictures_of_a_page(page: str, wanted: Outcome) -> None:
    html = f"<h1>Pier at Tarrow closes</h1>{page}<p>Crews will mend the old pier, the mayor said.</p>"
    parsed = parse(html, "html")
    found = CHECK.run(Subject(scope=Scope.STORY), Context(story=parsed.story, captures=()))
    assert found[0].outcome is wanted


def test_two_pictures_are_told_apart_and_marked_where_they_stand() -> None:
    good, bad = picture(), picture(alt="A bowl of soup", caption="Lentil soup.", credit="")
    parsed = parse(f"# Pier closes\n\n{good}\n\n{bad}\n\nThe pier closes.", "md")
    found = CHECK.run(Subject(scope=Scope.STORY), Context(story=parsed.story, captures=(), pictures=parsed.pictures))  # fmt: skip
    refuted, supported = found
    assert {parsed.story.text[m.start : m.end] for m in refuted.marks} == {"Lentil soup."}
    assert [parsed.story.text[m.start : m.end] for m in supported.marks] == ["The pier in May."]
    assert refuted.blocks


def test_a_picture_whose_words_stand_in_no_block_is_marked_on_the_first() -> None:
    story = Story.of([(BlockKind.HEADLINE, [Words(text="Pier closes")])])
    told = Context(story=story, captures=(), pictures=(Picture(file="a.jpg", alt="The pier"),))
    (finding, _) = CHECK.run(Subject(scope=Scope.STORY), told)
    assert {(m.start, m.end) for m in finding.marks} == {(0, 11)}


def test_blocks_without_caption_or_alt_text_say_what_is_missing() -> None:
    story = Story.of(
        [(BlockKind.PARAGRAPH, [Words(text="The pier closes.")]), (BlockKind.CREDIT, [Words(text="Ann Orde")])]
    )  # fmt: skip
    (finding,) = CHECK.run(Subject(scope=Scope.STORY), Context(story=story, captures=()))
    assert finding.outcome is U
    assert len(finding.marks) == 3


_TEXT = st.text(max_size=80)


@settings(max_examples=150, deadline=None)
@given(_TEXT, _TEXT, _TEXT, _TEXT, _TEXT)
def test_any_words_get_an_answer_with_exact_places(
    alt: str, caption: str, credit: str, licence: str, told: str
) -> None:
    kinds = (
        (BlockKind.ALT_TEXT, alt),
        (BlockKind.CAPTION, caption),
        (BlockKind.CREDIT, credit),
        (BlockKind.PARAGRAPH, told),
    )
    story = Story.of([(kind, [Words(text=words)]) for kind, words in kinds])
    for pictures in (
        (),
        (Picture(file="a.jpg", alt=alt, caption=caption, credit=credit, licence=licence),),
    ):
        found = CHECK.run(Subject(scope=Scope.STORY), Context(story=story, captures=(), pictures=pictures))
        assert found
        assert all(0 <= m.start <= m.end <= len(story.text) for f in found for m in f.marks)
