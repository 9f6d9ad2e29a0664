"""Local: what is said of the coverage area rests on a local capture; far news and faithful copy are left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backread.check.base import Context
from backread.check.local import CHECK, EXAMPLE_AREA, EXAMPLES
from backread.values.area import Area, Official, Place
from backread.values.capture import Capture
from backread.values.finding import Outcome, Scope, Subject
from backread.values.story import BlockKind, Story, Words
from check.stories import capture, cites, context, outcome, run

AREA = Area(
    name="Pellam County",
    places=(Place(name="Tarrow", kind="town"), Place(name="Heron Key", kind="island")),
    agencies=(Place(name="Pellam Water Authority", kind="agency"),),
    people=(Official(name="Dorian Maddick", role="Sheriff"),),
)
STATE = "The state will draw a line along the coast. Fourteen counties must answer by March."
NEAR = "The state will draw a line along the coast of Pellam County. In Tarrow, 12 homes stand beyond it."


@pytest.mark.parametrize(("sentence", "texts", "wanted"), EXAMPLES)
def test_it_is_seen_to_fire(sentence: str, texts: tuple[str, ...], wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, *texts, area=EXAMPLE_AREA) is wanted


def test_there_is_an_example_of_every_outcome() -> None:
    assert {example[2] for example in EXAMPLES} == CHECK.outcomes


@pytest.mark.parametrize(
    ("sentence", "source", "wanted"),
    [
        pytest.param("In Tarrow, 12 homes stand beyond it.", NEAR, Outcome.SUPPORTED, id="a place that the source names"),
        pytest.param("The line runs through Pellam County.", NEAR, Outcome.SUPPORTED, id="the area itself"),
        pytest.param("The Pellam Water Authority will move a pump.", NEAR, Outcome.SUPPORTED, id="an agency, in a local source"),
        pytest.param("Sheriff Dorian Maddick will close the road.", NEAR, Outcome.SUPPORTED, id="a person, in a local source"),
        pytest.param("The line bears on Tarrow.", STATE, Outcome.UNDECIDED, id="a place in no source"),
        pytest.param("The line bears on Pellam County.", STATE, Outcome.UNDECIDED, id="the area in no source"),
        pytest.param("Heron Key must answer by March.", NEAR, Outcome.UNDECIDED, id="one place for another"),
        pytest.param("The Pellam Water Authority must answer.", STATE, Outcome.UNDECIDED, id="an agency, in a far source"),
        pytest.param("Local families must answer by March.", STATE, Outcome.UNDECIDED, id="local families"),
        pytest.param("Local schools will be moved.", STATE, Outcome.UNDECIDED, id="local schools"),
        pytest.param("Residents here must answer by March.", STATE, Outcome.UNDECIDED, id="residents here"),
        pytest.param("The county must answer by March.", STATE, Outcome.UNDECIDED, id="the county"),
        pytest.param("The county must answer by March.", f"The county is told. {STATE}", Outcome.NOTHING_TO_CHECK, id="the county, as the source has it"),
        pytest.param("Calder County says the county must answer.", STATE, Outcome.NOTHING_TO_CHECK, id="another county"),
        pytest.param("Local families must answer by March.", NEAR, Outcome.SUPPORTED, id="local families, in a local source"),
        pytest.param("“Our local families wait,” Orde said.", STATE, Outcome.NOTHING_TO_CHECK, id="what somebody else calls local"),
        pytest.param("Fourteen counties must answer by March.", STATE, Outcome.NOTHING_TO_CHECK, id="news from afar"),
        pytest.param("New Tarrow must answer by March.", STATE, Outcome.NOTHING_TO_CHECK, id="another place with the name in it"),
    ],
)  # fmt: skip
def test_a_local_statement_rests_on_a_local_source(sentence: str, source: str, wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, source, area=AREA) is wanted


@pytest.mark.parametrize(
    ("sentence", "source", "wanted"),
    [
        ("Residents have long complained about the walk to school.", NEAR, Outcome.UNDECIDED),
        ("Neighbors along the pier have watched the water with worry.", NEAR, Outcome.UNDECIDED),
        ("Business owners were frustrated.", NEAR, Outcome.UNDECIDED),
        ("Residents have mixed feelings about the line.", NEAR, Outcome.UNDECIDED),
        ("Residents have long complained about the walk.", f"Parents complained twice. {NEAR}", Outcome.NOTHING_TO_CHECK),
        ("Residents worried about the walk.", f"Four residents wrote letters. {NEAR}", Outcome.NOTHING_TO_CHECK),
        ("Residents can comment until March.", NEAR, Outcome.NOTHING_TO_CHECK),
        ("“Residents have long complained,” Orde said.", NEAR, Outcome.NOTHING_TO_CHECK),
        ("The pier closed.", NEAR, Outcome.NOTHING_TO_CHECK),
    ],
)  # fmt: skip
def test_what_a_crowd_feels_is_told_in_a_source(sentence: str, source: str, wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, source, area=AREA) is wanted


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(replace(capture(STATE), title="Pellam County results"), id="in its title"),
        pytest.param(replace(capture(STATE), agency="Pellam Water Authority"), id="by whose it is"),
        pytest.param(capture(f"PELLAM COUNTY COMMISSION\n\n{STATE}"), id="in its letterhead"),
    ],
)
def test_a_document_may_be_local_by_its_head(source: Capture) -> None:
    told = context(["Pellam County must answer by March."], [source], area=AREA)
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert finding.outcome is Outcome.SUPPORTED


def test_a_place_may_stand_in_a_letterhead() -> None:
    assert outcome(CHECK, "Tarrow must answer.", f"TOWN OF TARROW\n\n{STATE}", area=AREA) is Outcome.SUPPORTED


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        pytest.param("The gauge at Pellam stood at 21 feet.", Outcome.SUPPORTED, id="the town of that name"),
        pytest.param("The gauge stood at 21 feet.", Outcome.UNDECIDED, id="no place at all"),
    ],
)
def test_a_county_known_by_its_bare_name_has_a_town_of_that_name(source: str, wanted: Outcome) -> None:
    area = Area(name="Pellam County")
    assert outcome(CHECK, "The Pellam County gauge stood at 21 feet.", source, area=area) is wanted


@pytest.mark.parametrize(
    ("sentence", "place", "wanted"),
    [
        pytest.param("Pellam will mend the pier.", "PELLAM —", Outcome.NOTHING_TO_CHECK, id="told from there"),
        pytest.param("Pellam will mend the pier.", "TARROW —", Outcome.UNDECIDED, id="told from elsewhere"),
        pytest.param("The Pellam Courier reported it.", "TARROW —", Outcome.NOTHING_TO_CHECK, id="part of a longer name"),
        pytest.param("Pellam residents have long complained.", "PELLAM —", Outcome.UNDECIDED, id="a crowd, told from there"),
    ],
)  # fmt: skip
def test_of_a_bare_name_the_place_a_story_is_told_from_is_no_statement(
    sentence: str, place: str, wanted: Outcome
) -> None:
    source = capture(STATE)
    parts = [(BlockKind.DATE_LINE, [Words(text=place)]), (BlockKind.PARAGRAPH, [Words(text=sentence, citations=cites(source))])]  # fmt: skip
    told = Context(story=Story.of(parts), captures=(source,), area=Area(name="Pellam County"))
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert finding.outcome is wanted


def test_a_town_is_no_county() -> None:
    town = Area(name="Tarrow", places=(Place(name="Tarrow", kind="town"),))
    assert outcome(CHECK, "The county must answer.", STATE, area=town) is Outcome.NOTHING_TO_CHECK


def test_without_an_area_there_is_nothing_to_check() -> None:
    assert outcome(CHECK, "Residents of Tarrow have long complained.", STATE) is Outcome.NOTHING_TO_CHECK


def test_without_a_citation_nothing_local_is_supported() -> None:
    told = context(["Tarrow must answer."], [capture(NEAR)], area=AREA, cited=False)
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert finding.outcome is Outcome.UNDECIDED


def test_the_mark_names_the_words_and_shows_what_is_local() -> None:
    (finding,) = run(CHECK, "In Tarrow, 12 homes stand beyond it.", NEAR, area=AREA)
    (mark,) = finding.marks
    assert (mark.start, mark.end) == (3, 9)
    assert [passage.text for passage in mark.evidence] == ["Pellam County"]


_TEXT = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(["Tarrow ", "the county ", "Residents ", "worried ", "“", "”", "local ", "İ", ". "]), max_size=12).map("".join),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(sentence=_TEXT.filter(bool), source=_TEXT)
def test_any_text_gets_an_answer_with_exact_places(sentence: str, source: str) -> None:
    told = context([sentence], [capture(source)], area=AREA)
    found = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert found
    assert all(0 <= m.start < m.end <= len(told.story.text) for f in found for m in f.marks)
