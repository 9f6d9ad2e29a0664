"""Sentences from the fields of an earthquake alert: how strong, near where, when by the readers' clock, how far away.

Such alerts give the moment in UTC to the hundredth of a second and distances by compass letters; readers are told the
local time and the direction in words. The place is the one that the description says it occurred near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from backread.text.forms.alert_words import at, says
from backread.text.forms.base import Fields, Rendered, moment, words_of
from backread.values.area import Area
from backread.values.capture import Field

NEAR = re.compile(r"\boccurred near (?P<place>[^.;()]{3,60}?),? at \d\d?:\d\d")
"""The words of a description that say near where."""

_DISTANCE = re.compile(r"(?P<miles>\d+) miles? \((?P<km>\d+) km\) (?P<way>[NESW]{1,3}) of (?P<place>.+)")
_NAMES = {"N": "north", "S": "south", "E": "east", "W": "west"}
_STATES = {"CA": "California", "AK": "Alaska", "HI": "Hawaii", "WA": "Washington", "OR": "Oregon", "NV": "Nevada", "OK": "Oklahoma",
           "UT": "Utah", "MT": "Montana", "ID": "Idaho", "WY": "Wyoming", "TX": "Texas", "FL": "Florida", "TN": "Tennessee"}  # fmt: skip


def quake(fields: Fields, name: str, on: date, area: Area | None) -> Iterator[Rendered]:
    """Headline, lead, distances and depth of an earthquake; of a tsunami alert the earthquake behind it."""
    event, when = fields.one("event"), fields.one("event_time")
    size, first = fields.one("magnitude", "preliminary_magnitude"), fields.one("magnitude") is None
    moved = moment(when.value, area) if when else None
    if event is None or size is None or when is None or moved is None:
        return
    strength = words_of(size.value)
    if not re.fullmatch(r"\d{1,2}(?:\.\d)?", strength):
        return
    if "earthquake" not in event.value.lower():
        strength = f"a preliminary magnitude of {strength}" if first else f"a magnitude of {strength}"
        text = f"The alert follows an earthquake with {strength} at {at(moved, on)}."
        yield Rendered(text=text, fields=(size, when), part="quake")
        return
    if first:
        return  # A preliminary figure is no headline.
    near, place = _near(fields, area)
    used = (event, size, *near)
    yield Rendered(text=f"Magnitude {strength} earthquake{f' near {place}' if place else ''}", fields=used, part="headline")  # fmt: skip
    where = f" near {place}{',' if ',' in place else ''}" if place else ""
    text = f"An earthquake of magnitude {strength} occurred{where} at {at(moved, on)}, {says(name)}."
    yield Rendered(text=text, fields=(*used, when, *fields.all("sender")), part="lead")
    yield from _distances(fields, area)
    if depth := fields.one("depth"):
        text = f"It was {words_of(depth.value)} deep."
        yield Rendered(text=text, fields=(depth,), part="depth")


def _near(fields: Fields, area: Area | None) -> tuple[tuple[Field, ...], str]:
    description = fields.one("description")
    found = NEAR.search(description.value) if description else None
    return ((description,), _home(found["place"], area)) if found and description else ((), "")


def _distances(fields: Fields, area: Area | None) -> Iterator[Rendered]:
    """How far it was from the first place named, and from the first other that belongs to the coverage area."""
    field = fields.one("area")
    own = {name.lower(): name for place in (area.places if area else ()) for name in place.names}
    told: list[str] = []
    for entry in re.split(r"\s*;\s*", field.value) if field else ():
        found = _DISTANCE.fullmatch(words_of(entry))
        if found is None:
            continue
        town, comma, rest = _home(found["place"], area).partition(",")
        if not told or town.lower() in own:
            place = f"{own.get(town.lower(), town)}{comma}{rest}"
            told.append(f"{found['miles']} miles ({found['km']} km) {_way(found['way'])} of {place}")
    if field and told:
        places = told[0] if len(told) == 1 else f"{told[0]}, and {told[1]}"
        yield Rendered(text=f"It was centered {places}.", fields=(field,), part="distance")


def _way(letters: str) -> str:
    """ "NNW" is north-northwest, "SW" southwest."""
    words = [_NAMES[letter] for letter in letters]
    return words[0] + (f"-{words[1]}{words[2]}" if len(words) == 3 else "".join(words[1:]))


def _home(place: str, area: Area | None) -> str:
    """The place as its own readers say it: without their state's letters."""
    town, _, code = place.rpartition(", ")
    own = area is not None and bool(code) and area.state in (code, _STATES.get(code, code))
    return town if own else place
