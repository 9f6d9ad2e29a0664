"""A motion completed from its heading and its introduction, and from nothing else."""

from __future__ import annotations

import pytest

from backread.text.forms.motions import headed, told_act
from backread.text.forms.votes import votes_on
from backread.values.capture import Field
from backread.values.source import Genre
from group.hand_made import DAY, capture, fielded


@pytest.mark.parametrize(
    ("heading", "introduction", "motion", "act"),
    [
        pytest.param("Gull Bridge: county share", "The board considered the county's share of the cost of a bridge at Quillon.", "to pay the county's $1.3 million share from the reserve", "pay the county’s $1.3 million share of the cost of a bridge at Quillon from the reserve", id="a share of what"),
        pytest.param("Gull Bridge: county share", "The board considered the state's share of the cost of a bridge.", "to pay the county's share from the reserve", "pay the county’s share from the reserve", id="somebody else's share completes nothing"),
        pytest.param("Gull Bridge: county share", "Staff described the bridge.", "to pay the county's share", "pay the county’s share", id="no introduction"),
        pytest.param("Shore line: public hearing", "", "to set a public hearing for 6 p.m. on Friday, December 4, 2026", "set a public hearing on the shore line for 6 p.m. Friday, Dec. 4", id="a hearing on what"),
        pytest.param("Budget", "", "to set a public hearing for Friday, December 4, 2026", "set a public hearing for Friday, Dec. 4", id="a heading that names no hearing"),
        pytest.param("Shore line", "", "to accept the memo and to widen the path", "widen the path", id="what was only received is not told"),
        pytest.param("Shore line", "", "to accept the memo", "accept the memo", id="unless it is all there is"),
        pytest.param("Shore line", "", "the path be widened", "", id="no act"),
    ],
)  # fmt: skip
def test_a_motion_is_completed(heading: str, introduction: str, motion: str, act: str) -> None:
    text = f"{heading}\n{introduction}\nAda Corr moved {motion}."
    item = Field(name="item", value=heading, start=0, end=len(heading), record=1)
    at = text.index(motion)
    moved = Field(name="motion", value=motion, start=at, end=at + len(motion), record=1)
    told, used = told_act(moved, item, capture(text), DAY, DAY)
    assert told == act
    assert all(field.start < field.end for field in used)


def test_a_heading_is_read_before_and_after_its_colon() -> None:
    assert headed("2. Library: Sunday hours.") == ("Library", "Sunday hours")
    assert headed("Adjournment") == ("Adjournment", "")


@pytest.mark.parametrize(
    ("heading", "text", "is_on"),
    [
        pytest.param("Gull Creek Bridge: county share", "Work on Gull Creek Bridge begins in May.", True, id="its name stands there"),
        pytest.param("Gull Creek Bridge: county share", "A bridge over the creek was seen by a gull.", False, id="its words apart"),
        pytest.param("Library: Sunday hours on Heron Key", "The library on Heron Key opens on Sunday for four hours.", True, id="nearly all of its words"),
        pytest.param("Library: Sunday hours on Heron Key", "The library lends seeds.", False, id="one of its words"),
        pytest.param("Consent agenda for November", "The consent agenda for November is long.", False, id="the consent agenda is on everything"),
    ],
)  # fmt: skip
def test_what_a_vote_is_on(heading: str, text: str, is_on: bool) -> None:
    motion = "to approve the consent agenda" if "onsent" in heading else "to act"
    rows = [("body", "Board", 0), ("item", heading, 1), ("motion", motion, 1), ("vote", "5-0", 1)]
    assert votes_on(fielded(rows, genre=Genre.MINUTES), text) == ((1,) if is_on else ())
