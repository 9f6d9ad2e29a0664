"""Quotations: where they begin and end, and who is said to have said them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backread.text.quotations import find, outside


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("“We will mend it,” Orde said.", ["We will mend it,"], id="curly"),
        pytest.param('"We will mend it," Orde said.', ["We will mend it,"], id="straight"),
        pytest.param("“We,” she said, “will.”", ["We,", "will."], id="interrupted"),
        pytest.param("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"], id="nested stays inside"),
        pytest.param(
            "“One.\n\n“Two,” she said.", ["One.", "Two,"], id="paragraphs that open without closing"
        ),
        pytest.param("It is the owners' boat and the '90s pier.", [], id="apostrophes"),
        pytest.param("She called for ‘firm lines’ again.", ["firm lines"], id="single"),
        pytest.param('The 6" pipe and the 8" pipe', [], id="inches"),
        pytest.param("Nothing is quoted.", [], id="nothing quoted"),
        pytest.param("“”", [], id="empty"),
    ],
)
def test_words_inside_the_marks(text: str, words: list[str]) -> None:
    found = find(text)
    assert [q.words for q in found] == words
    assert all(text[q.start : q.end] == q.words for q in found)


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        pytest.param("“We will,” Tamsin Orde said.", "Tamsin Orde", "said", id="name then verb"),
        pytest.param("“We will,” said Tamsin Orde, the mayor.", "Tamsin Orde", "said", id="verb then name"),
        pytest.param("“We will,” she added.", "she", "added", id="pronoun"),
        pytest.param("Orde said: “We will.”", "Orde", "said", id="before"),
        pytest.param("“We will.” He called the police.", "", "", id="the next sentence is none"),
        pytest.param("A sign reads “Keep off.”", "", "", id="nobody"),
    ],
)
def test_who_said_it(text: str, speaker: str, cue: str) -> None:
    assert [(q.speaker, q.cue) for q in find(text)] == [(speaker, cue)]


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        pytest.param("“We will mend the pier,” Orde said.", False, id="a sentence"),
        pytest.param("He called for “firm lines” again.", True, id="words in the writer's sentence"),
        pytest.param("The book “High Water” sold out.", True, id="title"),
    ],
)
def test_partial_quotations_are_told_from_whole_ones(text: str, partial: bool) -> None:
    assert [q.is_partial for q in find(text)] == [partial]


@given(st.text(alphabet="“”\"'‘’ \nab.,A", max_size=80))
def test_quotations_never_overlap_and_blanking_keeps_offsets(text: str) -> None:
    found = find(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert len(outside(text)) == len(text)
