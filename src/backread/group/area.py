"""Read a coverage area: from a file in the newsroom's own words, or from a bare name.

A file is TOML with `name`, `state`, `timezone` and the tables `place`, `agency`, `person`, `road`, `water`
and `code`. A bare name ("Port Something, ST", "Some County") is filled from the open gazetteer that ships
with the engine; it knows the larger places only, and no agencies, people or roads.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backread.errors import BadInput
from backread.group.gazetteer import fill
from backread.values.area import Area, Official, Place

_STEP = "read the coverage area"
LARGEST = 5_000_000
"""Bytes. The gazetteer of a whole state has fewer."""


def read_area(path_or_name: str | Path) -> Area:
    """The area that a TOML file describes, or that a bare name means. Raises BadInput."""
    path = Path(path_or_name)
    if path.suffix == ".toml" or _is_file(path):
        return _from_file(path)
    name = str(path_or_name).strip()
    if not name:
        raise BadInput(
            "an empty name", step=_STEP, hint="Give a TOML file, or a name such as 'Pellam County'."
        )
    return fill(name)


def area_of(record: Mapping[str, Any], thing: str = "the area") -> Area:
    """An area from the parsed TOML. Raises BadInput when a name, a code or the time zone cannot be used."""
    try:
        area = Area(
            name=_word(record, "name"),
            state=str(record.get("state", "")),
            timezone=str(record.get("timezone", "UTC")),
            places=_places(record.get("place", ()), "place"),
            agencies=_places(record.get("agency", ()), "agency"),
            people=tuple(_official(entry) for entry in record.get("person", ())),
            roads=_places(record.get("road", ()), "road"),
            waters=_places(record.get("water", ()), "water"),
            codes=frozenset((_word(c, "scheme"), _word(c, "value")) for c in record.get("code", ())),
        )
        ZoneInfo(area.timezone)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadInput(thing, step=_STEP, hint="The area and each entry need a “name” in words, and each kind of entry is a [[table]].") from error  # fmt: skip
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadInput(thing, step="find its time zone", hint="Write one like America/New_York.") from error
    return area


def _from_file(path: Path) -> Area:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(str(path), step=_STEP, hint=f"It has more than {LARGEST:,} bytes.")
        record = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(str(path), step=_STEP, hint=_why(error)) from error
    return area_of(record, str(path))


def _why(error: Exception) -> str:
    """Why a file is no area, in our words."""
    if isinstance(error, OSError):
        return "Is the file there, and may it be read?"
    if isinstance(error, UnicodeDecodeError):
        return "It is not text in UTF-8."
    line = re.search(r"at line (\d+)", str(error))
    return f"It is not valid TOML{f' in line {line[1]}' if line else ''}."


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # Longer than a file's name can be: then it is none.
        return False


def _word(entry: Mapping[str, Any], key: str) -> str:
    word = entry[key]
    if not isinstance(word, str) or not word.strip():
        raise TypeError(f"{key} is empty or not text")
    return word


def _places(entries: Any, kind: str) -> tuple[Place, ...]:
    return tuple(
        Place(
            name=_word(entry, "name"),
            kind=str(entry.get("kind", kind)),
            aliases=tuple(str(alias) for alias in entry.get("aliases", ())),
        )
        for entry in entries
    )


def _official(entry: Mapping[str, Any]) -> Official:
    return Official(
        name=_word(entry, "name"),
        role=str(entry.get("role", "")),
        organisation=str(entry.get("organisation", "")),
    )
