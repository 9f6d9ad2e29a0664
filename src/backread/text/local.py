"""Is a capture local, and why: the names, people and alert codes of the coverage area that it holds.

A name counts only as whole words and in its own spelling. A name that goes on as another, longer proper name
("Tarrow" in "Tarrow Glass Works", "Pellam County" in "New Pellam County") does not count. A name the area
gives only with a longer form (a board that the next county has too) must stand in that form: no short form
is ever guessed. What this cannot see is a place that is meant but not named.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import ahocorasick

from backread.values.area import Area
from backread.values.capture import Capture, Field, Passage
from backread.values.dossier import Reason

_BEFORE = re.compile(r"(?:^|[^\w’'-])$")
_AFTER = re.compile(r"^(?![\w-])")
_NEW = re.compile(r"\b(?:New|Old|North|South|East|West|Upper|Lower|Fort|Lake|Mount|San|Santa)\s$")
_OTHER_KIND = re.compile(
    r"^\s(?:County|Township|Parish|Borough|Avenue|Boulevard|Drive|Court|University|College)\b"
)
_SCHEMES = {"same": "SAME", "ugc": "UGC"}
_CODE = re.compile(r"^(?:(SAME|UGC)[:= ])?(.+)$")


def relevance(capture: Capture, area: Area) -> tuple[Reason, ...]:
    """Why the capture is local, each reason with its passages; empty when nothing of the area is in it."""
    codes = _codes(capture, area)
    names, people = _named(capture, area)
    reasons = []
    if codes:
        reasons.append(Reason(words=f"the alert's area code is one of {area.name}'s", passages=codes))
    if names:
        reasons.append(Reason(words=f"names {_series(tuple(names))}", passages=tuple(names.values())))
    if people:
        reasons.append(
            Reason(words=f"names {_series(tuple(people))}, of {area.name}", passages=tuple(people.values()))
        )
    return tuple(reasons)


def names_in(text: str, area: Area) -> tuple[tuple[int, int, str], ...]:
    """Where the area's names and people stand in `text`: start, end and full name, in order, the longest of overlapping."""
    found: list[tuple[int, int, str]] = []
    for end, (spelling, name) in _searcher(area).iter(_plain(text)):
        start = end + 1 - len(spelling)
        if _whole(text, start, end + 1, area):
            found.append((start, end + 1, name))
    return _longest(found)


@lru_cache(maxsize=32)
def _searcher(area: Area) -> Any:
    automaton = ahocorasick.Automaton()
    for place in area.named:
        for spelling in place.names:
            automaton.add_word(_plain(spelling), (_plain(spelling), place.name))
    for person in area.people:
        automaton.add_word(_plain(person.name), (_plain(person.name), person.name))
    automaton.make_automaton()
    return automaton


def _plain(text: str) -> str:
    """One apostrophe and one space for all, the length kept."""
    return re.sub(r"[\s\u00a0]", " ", text.replace("’", "'"))


def _whole(text: str, start: int, end: int, area: Area) -> bool:
    if start and not _BEFORE.search(text[max(0, start - 1) : start]):
        return False
    if not _AFTER.match(text[end:]) or _NEW.search(text[max(0, start - 8) : start]):
        return False
    return not _OTHER_KIND.match(text[end : end + 14])


def _longest(found: list[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    kept: list[tuple[int, int, str]] = []
    for start, end, name in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, name))
    return tuple(kept)


def _named(capture: Capture, area: Area) -> tuple[dict[str, Passage], dict[str, Passage]]:
    officials = {person.name for person in area.people}
    names: dict[str, Passage] = {}
    people: dict[str, Passage] = {}
    for start, end, name in names_in(capture.text, area):
        (people if name in officials else names).setdefault(name, capture.passage(start, end))
    return names, people


def _codes(capture: Capture, area: Area) -> tuple[Passage, ...]:
    return tuple(
        capture.passage(field.start, field.end)
        for field in capture.fields
        if field.end > field.start and _code_of(field) in area.codes
    )


def _code_of(field: Field) -> tuple[str, str]:
    scheme = _SCHEMES.get(field.name.lower(), "")
    found = _CODE.match(field.value)
    if found and found[1]:
        return found[1], found[2]
    return scheme, field.value


def _series(words: tuple[str, ...], limit: int = 4) -> str:
    shown = list(words[:limit])
    if len(words) > limit:
        shown.append(f"{len(words) - limit} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
