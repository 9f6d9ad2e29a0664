"""Proposed passages: the sentences that hold the rare words, exact, and never instead of a chosen one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backread.text.cite import MOST, propose
from backread.values.story import BlockKind, Origin, Story, Words
from check.stories import capture, cites

MINUTES = capture(
    "The board met at 6 p.m. The board approved the repair of the pier at Sorrel Bay. The cost is $540,000. "
    "Members thanked the crew. The board adjourned.",
    name="the minutes",
)
NOTICE = capture("Crews will close Kiln Street on Monday. The board said so.", name="the notice")


def proposed(*sentences: str):
    story = Story.of([(BlockKind.PARAGRAPH, [Words(text=s) for s in sentences])])
    return propose(story, (MINUTES, NOTICE)).sentences


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        pytest.param("Kiln Street will be closed by crews Monday.", ["Crews will close Kiln Street on Monday."], id="one source"),
        pytest.param("The pier's repair will cost $540,000.", ["The cost is $540,000.", "The board approved the repair of the pier at Sorrel Bay."], id="two sentences together"),
        pytest.param("Whales sang in the harbor at dawn.", [], id="nothing near"),
        pytest.param("It was.", [], id="no content"),
    ],
)  # fmt: skip
def test_passages(sentence, wanted):
    (told,) = proposed(sentence)
    assert sorted(p.text for p in told.passages) == sorted(wanted)
    assert all(c.origin is Origin.FOUND for c in told.citations)


def test_a_chosen_passage_stays_alone():
    story = Story.of([(BlockKind.PARAGRAPH, [Words(text="Crews close Kiln Street.", citations=cites(MINUTES))])])  # fmt: skip
    assert propose(story, (MINUTES, NOTICE)) == story


def test_the_words_never_change():
    story = Story.of([(BlockKind.HEADLINE, [Words(text="Pier")]), (BlockKind.PARAGRAPH, [Words(text="Kiln Street.")])])  # fmt: skip
    told = propose(story, (NOTICE,))
    assert (told.text, told.blocks) == (story.text, story.blocks)


@given(st.text(min_size=1, max_size=80), st.text(max_size=200))
def test_every_proposal_stands_in_its_capture(sentence, source):
    kept = capture(source)
    story = Story.of([(BlockKind.PARAGRAPH, [Words(text=sentence)])])
    passages = propose(story, (kept,)).sentences[0].passages
    assert len(passages) <= MOST
    assert all(kept.holds(passage) for passage in passages)


@pytest.mark.parametrize(("words", "is_found"), [("That street was told.", True), ("Whales sang.", False)])
def test_a_short_sentence_goes_on_with_what_the_one_before_tells_of(words, is_found):
    told = propose(
        Story.of([(BlockKind.PARAGRAPH, [Words(text="Crews will close Kiln Street on Monday."), Words(text=words)])]), (MINUTES, NOTICE)
    )  # fmt: skip
    assert bool(told.sentences[1].passages) is is_found


def test_a_long_lead_is_found_by_four_words():
    lead = "Walkers, riders, drivers and shopkeepers of the old quarter, who met three times, asked again why crews close Kiln Street on Monday."
    assert proposed(lead)[0].passages
