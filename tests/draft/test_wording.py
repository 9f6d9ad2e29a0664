"""A source's sentence adapted: whose people acted and who says so are named once, and nothing else is touched."""

from __future__ import annotations

import pytest

from backread.draft.wording import once
from group.hand_made import capture

HELD = capture("Text.", agency="Dunmere County Sheriff's Office")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "Deputies of the Dunmere County Sheriff’s Office arrested Bo Fell, the Sheriff’s Office said.",
            "Deputies arrested Bo Fell, the Dunmere County Sheriff’s Office said.",
            id="named once, in full, where it speaks",
        ),
        pytest.param(
            "Deputies of the Dunmere County Sheriff’s Office arrested Bo Fell.",
            "Deputies of the Dunmere County Sheriff’s Office arrested Bo Fell.",
            id="nobody says so",
        ),
        pytest.param(
            "Deputies of the Marrow County Sheriff’s Office arrested Bo Fell, the Sheriff’s Office said.",
            "Deputies of the Marrow County Sheriff’s Office arrested Bo Fell, the Sheriff’s Office said.",
            id="another office's people",
        ),
        pytest.param(
            "Deputies of the Dunmere County Sheriff’s Office found “a motor,” the Sheriff’s Office said.",
            "Deputies of the Dunmere County Sheriff’s Office found “a motor,” the Sheriff’s Office said.",
            id="a quotation",
        ),
    ],
)
def test_a_source_is_named_once(text: str, told: str) -> None:
    assert once(text, HELD) == told
