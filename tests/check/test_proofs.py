"""Every built check that looks at sentences: seen to fire on its own examples, and never raising on any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backread.check import citations, claims, dates, names, numbers, quotes, residue, support
from backread.check.base import Check
from backread.values.finding import Outcome, Scope, Subject
from check.stories import capture, context, outcome, run

CHECKS = (citations, quotes, numbers, dates, names, support, residue, claims)
FACTUAL = (citations, quotes, numbers, dates, names, support)
EXAMPLES = [
    pytest.param(m.CHECK, sentence, texts, wanted, id=f"{m.CHECK.name}: {wanted.value}")
    for m in CHECKS
    for sentence, texts, wanted in m.EXAMPLES
]


@pytest.mark.parametrize(("check", "sentence", "texts", "wanted"), EXAMPLES)
def test_each_check_is_seen_to_fire(
    check: Check, sentence: str, texts: tuple[str, ...], wanted: Outcome
) -> None:
    assert outcome(check, sentence, *texts) is wanted


@pytest.mark.parametrize("module", CHECKS, ids=lambda m: m.CHECK.name)
def test_each_check_has_an_example_of_every_outcome_it_can_return(module: object) -> None:
    shown = {example[2] for example in module.EXAMPLES}  # type: ignore[attr-defined]
    if module is citations:  # a false passage cannot be written as a sentence; see test_citations
        shown |= {Outcome.REFUTED}
    assert shown == module.CHECK.outcomes  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", FACTUAL, ids=lambda m: m.CHECK.name)
def test_without_captures_nothing_factual_is_supported(module: object) -> None:
    sentence = "“We will mend pier 4,” Tamsin Orde of Sorrel Bay said on March 3, of 31 homes."
    assert outcome(module.CHECK, sentence) is Outcome.UNDECIDED  # type: ignore[attr-defined]


_PIECES = st.sampled_from(
    ["“", "”", '"', "'", "’", "…", "[", "]", " ", "\n\n", "—", "31", "4-1", "$", "%", ".", ",", "Oct. 32", "Feb. 30, 2026",
     "Thursday", "at least", "two", "half", "1/0", "0/0", "½", "İ", "ß", "Mr.", "Ruth Orde", "said", "9999-99-99", "25:61", "\u200b", "e\u0301"]
)  # fmt: skip
_TEXT = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=30).map("".join))


@pytest.mark.parametrize("module", CHECKS, ids=lambda m: m.CHECK.name)
@settings(max_examples=150, deadline=None)
@given(sentence=_TEXT.filter(bool), source=_TEXT)
def test_any_text_gets_an_answer_with_exact_places(module: object, sentence: str, source: str) -> None:
    captures = [capture(source)]
    told = context([sentence], captures)
    found = module.CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)  # type: ignore[attr-defined]
    assert found
    for finding in found:
        for mark in finding.marks:
            assert 0 <= mark.start < mark.end <= len(told.story.text)
            assert all(captures[0].holds(passage) for passage in mark.evidence)


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.text("abcdefgh", min_size=1, max_size=7), min_size=1, max_size=20), lead=_TEXT)
def test_a_verbatim_quote_is_always_supported(words: list[str], lead: str) -> None:
    spoken = " ".join(words)
    source = f"{lead}\n\nShe said: {spoken}. Then she left."
    assert outcome(quotes.CHECK, f"“{spoken},” she said.", source) is Outcome.SUPPORTED


@settings(max_examples=60, deadline=None)
@given(counted=st.integers(100, 999), told=st.integers(100, 999))
def test_a_figure_in_no_passage_is_never_supported(counted: int, told: int) -> None:
    found = run(numbers.CHECK, f"Crews saw {told} herons.", f"Crews saw {counted} herons.")
    assert (found[0].outcome is Outcome.SUPPORTED) is (counted == told)
