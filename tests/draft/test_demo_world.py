"""The whole of the demo world: what is drafted, what is not, and what must and must never stand in a draft."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from backread.check.engine import check_story
from backread.draft.rule import draft
from backread.group.dossiers import assign, worth_a_story
from backread.values.capture import Capture, by_id
from backread.values.draft import Draft
from backread.values.story import BlockKind, Story
from draft.read_demo import AREA, captures

DAYS = [date(2026, 11, 24), date(2026, 11, 28), date(2027, 1, 1), date(2027, 7, 19), date(2028, 2, 28)]


@cache
def _drafts(today: date) -> dict[str, tuple[Draft, tuple[Capture, ...]]]:
    """Drafts by the source of their lead capture, with their captures."""
    held = captures(today)
    known = by_id(held)
    made = {}
    for dossier in assign(held, (), AREA):
        if worth_a_story(dossier, held)[0]:
            lead = known[dossier.captures[0]]
            made[f"{lead.source} {lead.title}" if lead.source == "library" else lead.source] = (
                draft(dossier, held, area=AREA, on=today),
                tuple(known[i] for i in dossier.captures),
            )
    return made


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_what_is_drafted(today: date) -> None:
    drafted = set(_drafts(today))
    assert {"shorelands", "weather", "commission", "city-council", "schools", "sheriff", "water", "health", "public-works", "marina"} <= drafted  # fmt: skip
    assert sum(name.startswith("library") for name in drafted) == 2
    assert not drafted & {
        "weather-river",
        "calder",
        "harbor",
        "courier",
        "planning-table",
        "saltgrass",
        "legislative-review",
    }


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_sentence_stands_on_passages(today: date) -> None:
    for made, held in _drafts(today).values():
        known = by_id(held)
        for sentence in made.story.sentences:
            assert sentence.passages, sentence.text
            assert all(known[p.capture].holds(p) for p in sentence.passages), sentence.text


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_no_sentence_of_a_draft_is_open(today: date) -> None:
    reports = [check_story(made.story, held, area=AREA) for made, held in _drafts(today).values()]
    opened = [(c.sentence.text, c.question) for report in reports for c in report.open]
    assert opened == []
    assert all(report.is_clear for report in reports)


PLANTED = [
    pytest.param("“The state is prepared to draw", "“The state is ready to draw", "quotes", id="a quoted word"),
    pytest.param("Marguerite Ashgrove on Monday warned", "Margaret Ashgrove on Monday warned", "names", id="a first name"),
    pytest.param("on Monday warned", "on Sunday warned", "dates", id="a weekday"),
    pytest.param("212 parcels lie", "221 parcels lie", "numbers", id="a figure turned round"),
    pytest.param("148 are on Heron Key", "184 are on Heron Key", "numbers", id="a figure of a sum"),
    pytest.param("At least 127 homes", "127 homes", "numbers", id="a hedge gone"),
    pytest.param("about four months", "about five months", "numbers", id="a number in words"),
    pytest.param("38 emergency setback orders", "83 emergency setback orders", "numbers", id="another figure"),
    pytest.param("criticized the deadline", "praised the deadline", "support", id="the reverse"),
    pytest.param("Ludlow Flats.", "Ludlow Flats to win votes.", "support", id="a motive"),
    pytest.param("Saturday, Nov. 28", "Saturday, Nov. 29", "dates", id="weekday and day apart"),
    pytest.param("institute supports setback lines", "institute does not support setback lines", "support", id="a negation"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "instead", "check"), PLANTED)
def test_a_planted_error_is_open(words: str, instead: str, check: str) -> None:
    made, held = _drafts(DAYS[0])["shorelands"]
    assert made.story.text.count(words) >= 1
    parts = [
        (kind, [replace(w, text=w.text.replace(words, instead, 1)) for w in block])
        for kind, block in made.story.parts()
    ]
    report = check_story(Story.of(parts, date=made.story.date), held, area=AREA)
    changed = [c for c in report.sentences if instead in c.sentence.text]
    assert changed
    assert all(check in {f.check for f in c.findings if f.blocks} for c in changed)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_what_never_stands_in_a_draft(today: date) -> None:
    text = "\n".join(made.story.text for made, _ in _drafts(today).values())
    for words in (
        "breakwater",
        "$9 million",
        "555-0130",
        "555-0164",
        "###",
        "cookies",
        "Photo:",
        "example/",
        "nonprofit research group",
    ):
        assert words not in text
    assert all(made.story.words_of(BlockKind.HEADLINE) for made, _ in _drafts(today).values())


def test_the_conference_story_leads_with_what_it_means_here() -> None:
    """A decision made in the county, by its minutes; the state's release, the memo, the critic and the report woven in."""
    made, held = _drafts(DAYS[0])["shorelands"]
    text, known = made.story.text, by_id(held)
    assert made.story.words_of(BlockKind.HEADLINE) == (
        "Pellam County commissioners set Dec. 4 hearing on shoreline setback line",
    )
    assert made.story.words_of(BlockKind.DATE_LINE) == (), (
        "nobody of ours was there, and the minutes state no place"
    )
    assert "Ashgrove on Monday warned" in text
    assert text.count("“") >= 3
    assert "At least 127 homes" in text
    assert "said Rosalind Achterberg, president of the Saltgrass Institute for Coastal Law" in text
    assert "need a deadline.”" in text, "the quotation that fits what it is set up with"
    assert "may repair a house but may not enlarge it" in text
    (local,) = [s for s in made.story.sentences if s.text.startswith("In Pellam County, 212 parcels")]
    assert known[local.passages[0].capture].source == "planning-memo"
    assert local.text.endswith("according to the Pellam County Planning Department.")
    assert {known[i].source for i in made.captures} >= {
        "shorelands",
        "commission",
        "planning-memo",
        "saltgrass",
    }
    assert 8 <= len(made.story.sentences) <= 24


def test_minutes_are_a_source_of_the_stories_their_votes_are_on_and_a_story_of_their_own() -> None:
    drafts = _drafts(DAYS[0])
    bridge = drafts["public-works"][0].story.text
    assert (
        bridge.index("4-1") < bridge.index("Tillinghast voted no") < bridge.index("third of the road reserve")
    )
    own = drafts["commission"][0].story.text
    assert "according to draft minutes of the meeting" in own
    assert "Six people spoke during public comment. Four spoke about the setback line" in own
    assert own.count("Board of County Commissioners voted") == 0, "a body is named in full at most once"


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_two_alerts_are_one_story_and_stay_two_alerts(today: date) -> None:
    made, held = _drafts(today)["weather"]
    assert [capture.source for capture in held] == ["weather", "weather-river"]
    (coast, river) = (capture.id for capture in held)
    told = made.story.sentences
    assert {passage.capture for sentence in told for passage in sentence.passages} == {coast, river}
    for sentence in told:
        own = {passage.capture for passage in sentence.passages}
        assert own != {coast} or not re.search(r"Ludlow|Mere|5\.4|1 foot", sentence.text), sentence.text
        assert own != {river} or not re.search(r"Heron|Gannet|6\.8|3 feet", sentence.text), sentence.text
        assert len(own) == 1, "no sentence is made of two alerts"


def test_an_arrest_stays_a_charge() -> None:
    text = _drafts(DAYS[0])["sheriff"][0].story.text
    assert "on one count of grand theft" in text
    assert (
        "The charge is an accusation. Pomfret is presumed innocent unless he is found guilty in court."
        in text
    )


def test_a_rewrite_is_no_evidence() -> None:
    made, held = _drafts(DAYS[0])["water"]
    assert {by_id(held)[i].source for i in made.captures} == {"water"}
    assert "at least 31 homes" in made.story.text
