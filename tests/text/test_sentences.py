"""Sentences: cut where news copy ends one, never inside a name, a title, a clock time or a quotation."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backread.text.sentences import split

ONE = [
    pytest.param("The ferry runs to St. Lucie and back.", id="a saint's place"),
    pytest.param("Gov. Ruth A. Orde and Sgt. Paul Tamm met Dr. Ames.", id="titles and an initial"),
    pytest.param("The U.S. Coast Guard closed the inlet at 9 a.m. Monday.", id="a country and a clock"),
    pytest.param("It cost $1.5 million, or 3.2 percent.", id="decimal points"),
    pytest.param("“It broke. We mend it. Then we go,” she said.", id="a quotation of three sentences"),
    pytest.param("The road closes on Oct. 26 for No. 4 Pump Station.", id="a month and a number"),
]
SEVERAL = [
    pytest.param("It closed. It rained.", ["It closed.", "It rained."], id="two"),
    pytest.param("Is it open? No! It closed.", ["Is it open?", "No!", "It closed."], id="marks"),
    pytest.param("She said “no.” He left.", ["She said “no.”", "He left."], id="a stop inside the marks"),
    pytest.param("It ended at 5 p.m. The council met.", ["It ended at 5 p.m.", "The council met."], id="a clock at the end"),
    pytest.param("Pier closes\n\nIt closed.", ["Pier closes", "It closed."], id="a blank line"),
]  # fmt: skip


@pytest.mark.parametrize("text", ONE)
def test_one(text):
    assert split(text) == ((0, len(text)),)


@pytest.mark.parametrize(("text", "wanted"), SEVERAL)
def test_several(text, wanted):
    assert [text[start:end] for start, end in split(text)] == wanted


_PIECES = st.sampled_from(["“", "”", '"', ". ", "? ", "\n\n", "\n", " ", "a.m. ", "St. ", "Orde", "It", "\u2028", "İ", "\u0301"])  # fmt: skip


@given(st.one_of(st.text(max_size=120), st.lists(_PIECES, max_size=40).map("".join)))
def test_no_word_is_lost_and_none_stands_in_two(text):
    spans = split(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    held = {at for start, end in spans for at in range(start, end)}
    assert all(text[at].isspace() for at in range(len(text)) if at not in held)
