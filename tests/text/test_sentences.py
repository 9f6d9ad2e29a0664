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
    pytest.param("One of them, Lt. Paula Hatch, and Det. Ana Pell came.", id="short ranks"),
    pytest.param("It cost $1.5 million, or 3.2 percent.", id="decimal points"),
    pytest.param("“It broke. We mend it. Then we go,” she said.", id="a quotation of three sentences"),
    pytest.param("“Is it open?” Mayor Ruth Orde asked.", id="a question and who asks it"),
    pytest.param('"Who pays?" Orde said.', id="the same in straight marks"),
    pytest.param("He met Gov. “Bud” Orde and Prof. “Kit” Ames.", id="a title before a nickname"),
    pytest.param("“He said ‘no.’ Then he left,” she said.", id="a quotation in a quotation"),
    pytest.param("“He said “no.” Then he left,” she said.", id="the same in double marks"),
    pytest.param('"It broke. We mend it," she said.', id="straight marks"),
    pytest.param(
        "“The road is long. We close it at 9.", id="a quotation that the next paragraph goes on with"
    ),
    pytest.param('The pipe is 6" wide and 9" long.', id="inches"),
    pytest.param("The “U.S. Navy” sailed.", id="an abbreviation inside the marks"),
    pytest.param("The road closes on Oct. 26 for No. 4 Pump Station.", id="a month and a number"),
]
SEVERAL = [
    pytest.param("It closed. It rained.", ["It closed.", "It rained."], id="two"),
    pytest.param("Is it open? No! It closed.", ["Is it open?", "No!", "It closed."], id="marks"),
    pytest.param("She said “no.” He left.", ["She said “no.”", "He left."], id="a stop inside the marks"),
    pytest.param("It ended at 5 p.m. The council met.", ["It ended at 5 p.m.", "The council met."], id="a clock at the end"),
    pytest.param("“The pier closes. “It is worn,” the engineer said. “Nobody may walk on it.”", ["“The pier closes.", "“It is worn,” the engineer said.", "“Nobody may walk on it.”"], id="a closing mark forgotten"),
    pytest.param("“It is worn,” she said. “Nobody may walk on it. “We mend it.” He left.", ["“It is worn,” she said.", "“Nobody may walk on it.", "“We mend it.”", "He left."], id="one forgotten in the middle"),
    pytest.param('"The pier closes. "It is worn," she said. He left.', ['"The pier closes.', '"It is worn," she said.', "He left."], id="a straight one forgotten"),
    pytest.param("“Is it open?” Nobody in the Harbor Office knew.", ["“Is it open?”", "Nobody in the Harbor Office knew."], id="a question nobody asks"),
    pytest.param("He called it “a mess”. The council agreed.", ["He called it “a mess”.", "The council agreed."], id="the stop after the mark"),
    pytest.param("He called it ‘a mess’. The council agreed.", ["He called it ‘a mess’.", "The council agreed."], id="the stop after a single mark"),
    pytest.param("She said “it is over”.“It is not,” he said.", ["She said “it is over”.", "“It is not,” he said."], id="no space between"),
    pytest.param("It opens “at 5 p.m.” Crews came.", ["It opens “at 5 p.m.”", "Crews came."], id="a clock inside the marks"),
    pytest.param("The firm is “Tide Inc.” Orde runs it.", ["The firm is “Tide Inc.”", "Orde runs it."], id="an abbreviation before the mark"),
    pytest.param('The 6" pipe broke. Crews came.', ['The 6" pipe broke.', "Crews came."], id="inches open nothing"),
    pytest.param("We close it,” she said. He left.", ["We close it,” she said.", "He left."], id="an opening mark forgotten"),
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
