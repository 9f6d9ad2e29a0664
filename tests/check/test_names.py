"""Names: as the captures, the area or the outlet spell them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backread.check.base import Context
from backread.check.names import CHECK
from backread.values.area import Area, Official, Place
from backread.values.finding import Outcome, Scope, Subject
from backread.values.story import BlockKind
from check.stories import capture, context, outcome, run

YES, NO, OPEN, NONE = Outcome.SUPPORTED, Outcome.REFUTED, Outcome.UNDECIDED, Outcome.NOTHING_TO_CHECK
RELEASE = (
    "Sheriff Dorian Maddick and Deputy Leona Trask spoke in Port Sorrel. Rosalind B. Achterberg, president of the "
    "Saltgrass Institute, disagreed. The N.O.A. and the Croatian consul agreed. Tolan Marine Ltd dredged at Kilvarra; the "
    "city council of Harrow Bridge paid. Crews met on Mt. Orde with the Wendell County Health Department."
)
AREA = Area(
    name="Pellam County",
    places=(Place(name="Heron Key", kind="island"),),
    people=(Official(name="Petra Hallowell", role="Clerk"),),
)


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        pytest.param("The talk was led by Sheriff Dorian Maddick.", YES, id="title and name"),
        pytest.param("Maddick said the dock was safe.", YES, id="family name"),
        pytest.param("It was said by Dorian Madick.", NO, id="misspelt"),
        pytest.param("It was said by Dorain Maddick.", NO, id="letters changed over"),
        pytest.param("It was said by Doris Maddick.", NO, id="another first name"),
        pytest.param("It was said by Hugo Prell.", OPEN, id="unknown"),
        pytest.param("It was said by Deputy Dorian Maddick.", NO, id="another's title"),
        pytest.param("It was said by Rosalind Achterberg.", YES, id="without the initial"),
        pytest.param("The NOA agreed.", YES, id="without periods"),
        pytest.param("It was dredged by Tolan Marine of Kilvarra.", YES, id="two names joined"),
        pytest.param("It was dredged by Tolan Marine of Kilvane.", OPEN, id="one of two unknown"),
        pytest.param("It was dredged by Tolan Marine Co.", YES, id="a firm's short form"),
        pytest.param("It was paid by the Harrow Bridge City Council.", YES, id="a place and its body"),
        pytest.param("It was paid by the Harrow Bridge School Board.", OPEN, id="a place and another body"),
        pytest.param("It was paid by the Port Marrow City Council.", OPEN, id="another place's body"),
        pytest.param("It rained on Mount Orde.", YES, id="Mount for Mt."),
        pytest.param(
            "It was dredged by Tolan Marine Co. of Kilvarra.", YES, id="a firm's short form and its town"
        ),
        pytest.param("It was said by Dorian T. Maddick Jr.", YES, id="with an initial"),
        pytest.param(
            "It was dredged by Tolan Marine of Heron Key.", YES, id="a firm and a place of the area"
        ),
        pytest.param("It was said by Chief Dorian Maddick.", NO, id="a title that nobody gives him"),
        pytest.param("Help came from WCHD.", YES, id="initials of a body"),
        pytest.param("Help came from WCHQ.", OPEN, id="initials of none"),
        pytest.param("Harrow Bridge's Tolan Marine won.", YES, id="whose it is"),
        pytest.param("It was said by Councillor Hugo Prell.", OPEN, id="a title and a stranger"),
        pytest.param("It was said by Councillor Trask.", NO, id="a title that is another's"),
        pytest.param("Officials from Croatia agreed.", YES, id="a country of its people"),
        pytest.param("It rained in Port Sorel.", NO, id="misspelt place"),
        pytest.param("It rained on Heron Key.", YES, id="known in the area"),
        pytest.param("It rained on Heron Kay.", OPEN, id="short words are not guessed"),
        pytest.param("The Ledger asked Petra Hallowell.", YES, id="the outlet and an official"),
        pytest.param(
            "However, it rained on Monday, Oct. 19, and Americans stayed home.", NONE, id="no names"
        ),
        pytest.param("Crews came. Neighbors waited.", NONE, id="sentence starts"),
    ],
)
def test_a_name(sentence: str, wanted: Outcome) -> None:
    told = context([sentence], [capture(RELEASE)], area=AREA)
    told = Context(story=told.story, captures=told.captures, area=AREA, outlet=("The Ledger",))
    found = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), told)
    assert found[0].outcome is wanted, found[0].message


def test_did_you_mean_is_suggested_outside_quotations_only() -> None:
    (finding, *_) = run(CHECK, "It was said by Dorian Madick.", RELEASE)
    assert (finding.marks[0].message, finding.marks[0].suggestion) == (
        "did you mean Dorian Maddick?",
        "Dorian Maddick",
    )
    (finding, *_) = run(CHECK, "“Ask Dorian Madick,” she said.", RELEASE)
    assert finding.marks[0].suggestion is None


@pytest.mark.parametrize(
    ("headline", "wanted"),
    [
        pytest.param(
            "Sheriff Maddick Warns Boat Owners of New Thefts", NONE, id="title case raises no alarm"
        ),
        pytest.param("Sheriff Maddikc Warns Boat Owners of New Thefts", NO, id="a slip in title case"),
        pytest.param("Sheriff warns owners in Port Sorrel", YES, id="sentence case"),
        pytest.param("Sheriff warns owners in Port Sorrow", OPEN, id="sentence case, wrong place"),
    ],
)
def test_headlines(headline: str, wanted: Outcome) -> None:
    assert outcome(CHECK, headline, RELEASE, kind=BlockKind.HEADLINE) in (
        wanted,
        NO if wanted is OPEN else wanted,
    )


def test_without_captures_a_name_is_open() -> None:
    assert outcome(CHECK, "It was said by Dorian Maddick.") is OPEN


def test_a_name_that_stands_in_the_title_only_is_spelt_so() -> None:
    held = replace(capture("The bell rang.", name="a page"), title="The bell | Quarry Hills Courier")
    for sentence, wanted in (
        ("It rang, the Quarry Hills Courier wrote.", YES),
        ("It rang, the Fairlow Courier wrote.", OPEN),
    ):
        found = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), context([sentence], [held]))
        assert found[0].outcome is wanted
