"""Alignment: which words of a sentence its evidence has, by a light stem, and which it lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backread.text.alignment import align, stem, tokens

EVIDENCE = ("The board approved repairs of the pier.", "Crews begin on Kiln Street in May.")


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        pytest.param("The board approved the repair of the pier.", [], id="another number of the noun"),
        pytest.param("Crews began repairing the pier.", [], id="another tense"),
        pytest.param("The furious board approved the repairs.", ["furious"], id="an adjective"),
        pytest.param("Repairs of the pier begin in June.", ["June"], id="another month"),
        pytest.param("It is of the.", [], id="no content at all"),
    ],
)
def test_what_is_missing(sentence, missing):
    found = align(sentence, EVIDENCE)
    assert [sentence[t.start : t.end] for t in found.missing] == missing
    assert (found.share == 1) is (not missing)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        pytest.param("closed", "closes", True, id="regular"),
        pytest.param("said", "says", True, id="irregular"),
        pytest.param("repairs", "repair", True, id="plural"),
        pytest.param("county", "counties", True, id="y to ies"),
        pytest.param("council", "counsel", False, id="look-alikes"),
        pytest.param("pier", "pierce", False, id="a longer word"),
        pytest.param("31", "32", False, id="figures"),
    ],
)
def test_stem(one, two, same):
    assert (stem(one) == stem(two)) is same


@given(st.text(max_size=80))
def test_every_token_stands_where_it_says(text):
    assert all(0 <= t.start < t.end <= len(text) and t.key for t in tokens(text))


@given(st.text(max_size=80))
def test_a_text_holds_itself(text):
    assert align(text, [text]).share == 1
