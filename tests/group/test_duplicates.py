"""Near-duplicates are linked for what they are, and two alerts from one template stay two."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backread.group.duplicates import links
from backread.values.dossier import Likeness
from backread.values.source import Genre, Terms
from group.hand_made import NOON, capture

STORY = (
    "The water authority lifted a boil-water notice at 10 a.m. on Monday for at least 31 homes and four businesses on "
    "Kiln Street. Crews repaired the broken main by 2:30 p.m. the same day. Six samples met the state standard for "
    "drinking water, the authority said."
)
ALERT = (
    "A flood warning is in effect for {place} until {hour} a.m. Water {feet} feet above ground level is expected in low "
    "areas near the shore. Do not drive through water on the road. Be ready to leave if officials tell you to."
)


@pytest.mark.parametrize(
    ("first", "second", "more", "likeness"),
    [
        pytest.param(STORY, STORY, {}, Likeness.SAME_TEXT, id="the same words elsewhere"),
        pytest.param(
            STORY,
            STORY.replace("at least 31", "31").replace("Crews", "Workers") + " Readers were glad.",
            {"terms": Terms.NEWSROOM},
            Likeness.REWRITE,
            id="another newsroom's rewrite",
        ),
        pytest.param(
            ALERT.format(place="Quillon", hour=6, feet=2),
            ALERT.format(place="Alder Bay", hour=4, feet=1),
            {"genre": Genre.ALERT},
            Likeness.SAME_TEMPLATE,
            id="two alerts from one template",
        ),
        pytest.param(STORY, "A seed library opens in the town of Tarrow with 62 kinds of seed.", {}, None, id="nothing shared"),
    ],
)  # fmt: skip
def test_links(first: str, second: str, more: dict[str, object], likeness: Likeness | None) -> None:
    genre = {"genre": more["genre"]} if "genre" in more else {}
    one = capture(first, name="one", **genre)
    two = capture(second, name="two", published=NOON + timedelta(hours=1), **more)
    found = links([two, one])
    assert [link.likeness for link in found] == ([likeness] if likeness else [])
    assert all((link.earlier, link.later) == (one.id, two.id) and link.reason for link in found)


def test_the_same_address_seen_again_is_a_later_version() -> None:
    old = capture(STORY, name="one")
    new = capture(STORY.replace("31", "33"), name="one", published=NOON + timedelta(hours=2))
    assert [link.likeness for link in links([old, new])] == [Likeness.LATER_VERSION]


def test_a_figure_that_differs_is_named() -> None:
    one = capture(STORY, name="one")
    two = capture(STORY.replace("31 homes", "48 homes"), name="two", published=NOON + timedelta(hours=1))
    (link,) = links([one, two])
    assert "31" in link.reason
    assert link.likeness is not Likeness.SAME_TEXT
