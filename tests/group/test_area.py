"""Coverage areas from files and bare names: what is filled, what is not known, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsroom.demo
from backread.errors import BadInput
from backread.group.area import read_area
from backread.group.gazetteer import not_known

DEMO = Path(newsroom.demo.__file__).parent / "area.toml"


def test_demo_area_is_read_whole() -> None:
    area = read_area(DEMO)
    assert area.name == "Pellam County"
    assert area.zone.key == "America/New_York"
    assert ("UGC", "XPZ217") in area.codes
    assert any(
        person.name == "Nadia Wexcombe" and person.role == "Planning Director" for person in area.people
    )
    assert any("State Route 61" in road.aliases for road in area.roads)


@pytest.mark.parametrize(
    ("words", "name", "state", "code"),
    [
        pytest.param("Burlington, VT", "Burlington", "VT", None, id="city and state"),
        pytest.param("Burlington, Vermont", "Burlington", "VT", None, id="state in full"),
        pytest.param("Chittenden County, VT", "Chittenden County", "VT", ("SAME", "050007"), id="county"),
        pytest.param("Pellam County", "Pellam County", "", None, id="county nobody knows"),
        pytest.param(
            "Washington County", "Washington County", "", None, id="county in many states: no guess"
        ),
    ],
)
def test_bare_names(words: str, name: str, state: str, code: tuple[str, str] | None) -> None:
    area = read_area(words)
    assert (area.name, area.state) == (name, state)
    assert area.codes == (frozenset({code}) if code else frozenset())


def test_a_bare_name_says_what_is_not_known() -> None:
    assert "no towns of Chittenden County are known" in not_known(read_area("Chittenden County, VT"))
    assert not_known(read_area(DEMO)) == ()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("name = ", id="not TOML"),
        pytest.param("state = 'VT'", id="no name"),
        pytest.param("name = 'X'\n[[place]]\nkind = 'town'", id="place without a name"),
        pytest.param("name = 'X'\ntimezone = 'Moon/Base'", id="no such time zone"),
    ],
)
def test_unusable_files_are_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "area.toml"
    path.write_text(content)
    with pytest.raises(BadInput):
        read_area(path)


@pytest.mark.parametrize("words", ["", "nowhere.toml", "Burlington, QQ"])
def test_unusable_names_are_refused(words: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_area(words)
    assert "\n" not in str(refused.value)
