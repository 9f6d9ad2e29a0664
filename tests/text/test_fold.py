"""Folding makes typography alike and keeps every place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backread.text.fold import find, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("“firm lines”", '"firm lines"', id="curly quotes"),
        pytest.param("the owner’s", "the owner's", id="apostrophe"),
        pytest.param("a—b -- c – d", "a - b - c - d", id="dashes between words"),
        pytest.param("4–1 and 4‑1", "4-1 and 4-1", id="dashes between digits"),
        pytest.param("well… so . . . no", "well ... so ... no", id="ellipses"),
        pytest.param("a\u00a0b\n c", "a b c", id="spaces"),
        pytest.param("co\u00adop\u200berate", "cooperate", id="invisible characters"),
        pytest.param("cafe\u0301", "café", id="combining accent"),
        pytest.param("The END", "The END", id="case stays"),
    ],
)
def test_typography_is_folded(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("needle", "haystack", "words"),
    [
        pytest.param('the "line"', "draw the “line” now", "the “line”", id="quotes"),
        pytest.param("a - b", "say a—b twice", "a—b", id="dash"),
        pytest.param("art", "a party", None, id="no part of a word"),
        pytest.param("art", "a party of art", "art", id="the whole word later"),
        pytest.param("Line", "the line", None, id="case counts"),
        pytest.param(" ", "a b", None, id="nothing to find"),
    ],
)
def test_found_in_original_offsets(needle: str, haystack: str, words: str | None) -> None:
    found = find(needle, haystack)
    assert (haystack[slice(*found)] if found else None) == words


@given(st.text())
def test_every_folded_character_knows_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.offsets) == len(folded.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(folded.offsets, folded.ends, strict=True))
    assert list(folded.offsets) == sorted(folded.offsets)


@pytest.mark.parametrize(
    "text", [" " * 100_000, ". " * 50_000, "“" * 100_000, "--" * 50_000, "e" + "\u0301" * 100_000]
)
def test_hostile_text_costs_no_more_than_long_text(text: str) -> None:
    start = time.perf_counter()
    fold(text + "x")
    assert time.perf_counter() - start < 2
