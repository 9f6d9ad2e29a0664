"""A brief names nobody who is private, and may name places, bodies and the area's public people."""

from __future__ import annotations

import pytest

from backread.review.brief import private_names
from backread.values.area import Area, Official, Place
from backread.values.story import BlockKind, Story, Words

AREA = Area(
    name="Dunmere County",
    places=(Place(name="Quillon", kind="town"),),
    agencies=(Place(name="Dunmere Fire Rescue", kind="agency"),),
    people=(Official(name="Paul Tamm", role="Sheriff"),),
)


def brief(*sentences: str) -> Story:
    headline, *body = sentences
    parts = [(BlockKind.HEADLINE, [Words(text=headline)])]
    return Story.of([*parts, (BlockKind.PARAGRAPH, [Words(text=words) for words in body])])


@pytest.mark.parametrize(
    ("sentences", "named"),
    [
        pytest.param(("Fire on Kiln Street", "A shed burned on Kiln Street. Nobody was hurt."), (), id="a street"),
        pytest.param(("Fire in Quillon", "Dunmere Fire Rescue put it out by 11 p.m. Tuesday."), (), id="a town and an agency of the area"),
        pytest.param(("Road closed", "Sheriff Paul Tamm closed Interstate 40."), (), id="a public person by full name"),
        pytest.param(("Road closed", "The road is closed, and Sheriff Tamm asked drivers to wait."), (), id="by title and last name"),
        pytest.param(("Boat sinks", "The Coast Guard and the Red Cross came from Florida."), (), id="well-known bodies and a state"),
        pytest.param(("Tide read the gauge", "Crews told The Tide that it is over."), (), id="the outlet itself"),
        pytest.param(("Boat sinks", "Everett Pomfret was pulled from the water."), ("Everett Pomfret",), id="a private person"),
        pytest.param(("Boat sinks", "The owner, Everett Lyle Pomfret, 43, swam ashore."), ("Everett Lyle Pomfret",), id="with an age"),
        pytest.param(("Boat sinks", "The boat of Mrs. Pomfret sank."), ("Pomfret",), id="a title that anybody has"),
        pytest.param(("Boat sinks", "Captain Tamm was not aboard when Ruth Tamm called."), ("Ruth Tamm",), id="another first name"),
        pytest.param(("Pomfret boat sinks", "It sank, and Pomfret swam."), ("Pomfret",), id="a last name alone"),
        pytest.param(("Everett Pomfret Rescued", "A man was rescued."), ("Everett Pomfret Rescued",), id="in a headline"),
    ],
)  # fmt: skip
def test_who_may_be_named(sentences: tuple[str, ...], named: tuple[str, ...]) -> None:
    assert private_names(brief(*sentences), AREA, ("The Tide", "Tide")) == named


def test_without_an_area_nobody_is_public() -> None:
    assert private_names(brief("Road closed", "Sheriff Paul Tamm closed it.")) == ("Paul Tamm",)
