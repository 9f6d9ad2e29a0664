"""The block that a verifier reads: what bears on the claim, in the source's order, bounded."""

from __future__ import annotations

import pytest

from backread.check.support.evidence import MOST_WORDS, pack

TEXT = (
    "The harbor office met on Monday. Tamsin Orde inspected the pier in May. She found forty worn beams. "
    "The school opened a library. The budget grew. A dog barked."
)


@pytest.mark.parametrize(
    ("row", "claim", "most", "block"),
    [
        ("the sentence that shares words", "Orde inspected a pier.", 5, "Tamsin Orde inspected the pier in May."),
        ("a pronoun brings its name", "There were worn beams.", 5, "Tamsin Orde inspected the pier in May. She found forty worn beams."),
        ("in the source's order", "The library and the pier.", 12, "Tamsin Orde inspected the pier in May. The school opened a library."),
        ("nothing shared: how it begins", "Zebras.", 6, "The harbor office met on Monday."),
    ],
)  # fmt: skip
def test_what_is_chosen(row: str, claim: str, most: int, block: str) -> None:
    assert pack(claim, [TEXT], most) == block, row


def test_no_source_is_no_block() -> None:
    assert pack("The pier is worn.", []) == pack("The pier is worn.", [""]) == ""


def test_a_long_source_gives_a_bounded_block() -> None:
    long = " ".join(f"The pier has {n} worn beams at post {n}." for n in range(3_000))
    assert len(pack("The pier has worn beams.", [long]).split()) <= MOST_WORDS + 40
