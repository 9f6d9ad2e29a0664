"""How an alert's fields are put into a reader's words: what it is called, who sent it, the places it is for.

Senders write for machines: names with an office code, areas with brackets, whole fields in capitals. Only the writing
is changed here, never what is said; a name typed in capitals is told only where its capitals can be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from backread.text import dates
from backread.text.forms.base import (
    Fields,
    capital,
    dated,
    is_capitals,
    lowered,
    of_capture,
    series,
    the,
    words_of,
)
from backread.values.area import Area
from backread.values.capture import Capture, Field

KINDS = re.compile(r"(?:warning|watch|advisory|statement|alert|outlook|notice|message|bulletin)$")
"""What ends the name of something that is "in effect"."""

_VAGUE = {"other", "unknown", "alert", "event", ""}
_NOBODY = {"", "sender", "unknown", "none", "n/a", "test"}
_MOST_AREAS = 8
_LONGEST_AREAS = 160
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_WEATHER_SERVICE = re.compile(
    r"(?i)^(?:NWS|National Weather Service)\s+(?P<office>[^()]+?)(?:\s*\((?P<region>[^()]+)\))?$"
)
_CENTER = re.compile(r"^(?:NWS\s+)?(?P<name>.*\bCent(?:er|re))\b")
_STATE_CODE = re.compile(r"\s+[A-Z]{2}$", re.IGNORECASE)
_COUNTY = re.compile(r"\bCOUNT(?:Y|IES)\b")
_IN_STATE = re.compile(r" (?:in|of) (?:[A-Z]\w+ ?){1,3}$")
_LOWER_WORDS = (
    "extreme north south east west central northern southern eastern western northeast northwest southeast southwest"
    " northeastern northwestern southeastern southwestern in of and the portion portions part parts coastal waters inland"
)
_LOWER = frozenset(_LOWER_WORDS.split())
_OPENS_LOW = re.compile(
    r"^(?:Coastal|Portions?|Parts?|Areas?|All|Most|Inland|Waters|Low-lying|Extreme|The)(?= [a-z])"
)


def kind(fields: Fields) -> tuple[tuple[Field, ...], str]:
    """What readers call it, with the fields that say so: "coastal flood warning", "fire alert", "alert"."""
    event, headline, labels = fields.one("event"), fields.one("headline"), labelled(fields)
    if event is None:
        return (), "alert"
    words = lowered(event.value)
    told = lowered(headline.value) if headline else ""
    if (
        headline
        and told.startswith(words)
        and KINDS.search(told)
        and len(told.split()) <= len(words.split()) + 1
    ):
        return (event, headline), told
    if words not in _VAGUE:
        return (event,), words if KINDS.search(words) else f"{words} alert"
    sort, description = spoken(labels.get("type", "")).lower(), fields.one("description")
    if sort and description and len(sort.split()) < 5:
        return (event, description), f"{sort} alert"
    return (event,), "alert"


def speaker(capture: Capture) -> str:
    """Who the alert is from, in words; '' where it names nobody (an address is not a name)."""
    sender = of_capture(capture).one("sender", "sender_name")
    words = words_of(sender.value) if sender else ""
    if words.lower() in _NOBODY or "@" in words or "//" in words:
        # Only a name that the alert itself gives can be proven from it.
        words = next((w for w in (capture.agency, capture.source_name) if w and w in capture.text), "")
    elif is_capitals(words) and len(words.split()) > 2:
        # Several words in capitals are a name typed in capitals; one or two may be an abbreviation.
        words = " ".join(w if len(w) < 3 else w.capitalize() for w in words.split())
    return the(_office(words))


def says(name: str) -> str:
    """ "the fire service said", "the alert said" where nobody is named."""
    return f"{name or 'the alert'} said"


_SHORT = re.compile(
    r"\b(?:(?P<before>Weather|Fire|Geological|Warning) )?(?P<what>Office|Service|Cent(?:er|re)|Survey|Department|Agency|Bureau|Authority|Institute)\b"
)


def short(name: str) -> str:
    """A sender at second mention: "the fire service", "the center"; an office of its own name is just "the office"."""
    found = list(_SHORT.finditer(name)) if name.startswith("the ") else []
    if not found:
        return name
    before = found[-1]["before"] if found[-1]["what"] in ("Service", "Survey") else ""
    return f"the {f'{before} ' if before else ''}{found[-1]['what']}".lower()


def _office(words: str) -> str:
    """A weather office without its code: "NWS Elko (Northern Nevada)" is the National Weather Service in Elko."""
    if found := _CENTER.match(words):
        return found["name"]
    found = _WEATHER_SERVICE.match(words)
    if not found:
        return words
    office, region = _STATE_CODE.sub("", found["office"]), found["region"]
    joined = re.search(r"[a-z][A-Z]", office)  # Two words run together are no name that can be printed.
    place = region if joined or not office else office
    return f"National Weather Service in {place}" if place else "National Weather Service"


def labelled(fields: Fields) -> dict[str, str]:
    """A description written as a list of labels (LOCATION: ...), label in lower case; empty when it is none."""
    description = fields.one("description")
    text = re.sub(r"<br\s*/?>", "\n", description.value) if description else ""
    found = re.finditer(r"(?m)^\s*(?P<label>[A-Z][A-Z ]{2,30}):\s*(?P<value>\S[^\n]*)$", text)
    return {m["label"].strip().lower(): words_of(m["value"]) for m in found}


def spoken(value: str) -> str:
    """A value without its explanation in brackets; an abbreviation gives way to the words that explain it."""
    bare = words_of(_BRACKETS.sub("", value))
    inside = re.search(r"\(([^()]+)\)", value)
    return words_of(inside[1]) if inside and bare.isupper() else bare


def places(fields: Fields) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    """The areas the alert is for, without brackets, each once; none where they are too many or too long to print."""
    held = fields.all("area")
    parts = [part for field in held for part in _parted(field.value)]
    parts = [_cased(part) for part in parts if not is_capitals(part) or len(part) < 4 or _COUNTY.search(part)]
    parts = [p for p in dict.fromkeys(parts) if not any(q != p and q.endswith(f" {p}") for q in parts)]
    if not parts or len(parts) > _MOST_AREAS or len("; ".join(parts)) > _LONGEST_AREAS:
        return (), ()
    return held, _one_state(parts)


def _parted(value: str) -> list[str]:
    """One field's areas: cut at semicolons, at dashes between names, and at commas between counties in capitals."""
    parts = re.split(r"\s*;\s*", _BRACKETS.sub("", value))
    parts = [
        cut for part in parts for cut in (re.split(r"\s+-\s+", part) if part.count(" - ") > 1 else [part])
    ]
    if is_capitals(value):
        cut = re.split(r",\s+", value)
        parts = cut if all(_COUNTY.search(part) for part in cut) else parts
    return [words_of(part) for part in parts if part.strip()]


def _cased(part: str) -> str:
    if is_capitals(part) and _COUNTY.search(part):
        part = " ".join(w.lower() if w.lower() in _LOWER else w.capitalize() for w in part.split())
    part = _OPENS_LOW.sub(lambda m: m[0].lower(), part)
    part = re.sub(r"(?<=, [A-Z][a-z]{3})(?P<rest>\w*) to ", r"\g<rest>, to ", part)
    if re.match(r"[A-Z]\w+ River\b", part) or re.search(r"(?<!the )\b\w+ shore of ", part):
        return f"the {part}"
    return part


def _one_state(parts: Sequence[str]) -> tuple[str, ...]:
    """ "A County in Ohio, B County in Ohio": the state is said once, at the end."""
    ends = {m[0] if (m := _IN_STATE.search(part)) else "" for part in parts}
    if len(parts) < 2 or len(ends) != 1 or ends == {""}:
        return tuple(parts)
    (end,) = ends
    return (*(part.removesuffix(end) for part in parts[:-1]), parts[-1])


def where(fields: Fields) -> tuple[tuple[Field, ...], str]:
    """The areas as a series for the middle of a sentence; '' for none."""
    held, parts = places(fields)
    return held, series(parts)


def is_incident(fields: Fields) -> bool:
    """Whether the area repeats the headline: then it is the name of an incident, not of a place."""
    head, held = fields.one("headline"), fields.all("area")
    return head is not None and bool(held) and {words_of(f.value) for f in held} == {words_of(head.value)}


def here(fields: Fields, area: Area | None) -> tuple[str, ...]:
    """The places and waters of the coverage area that the alert's own areas name; not where a bracket measures from one."""
    named = _naming(fields)
    places = (*area.places, *area.waters) if area else ()
    return tuple(place.name for place in places if any(map(named, place.names)))


def names_area(fields: Fields, area: Area) -> bool:
    """Whether the alert's own areas name the coverage area itself."""
    return _naming(fields)(area.name)


def _naming(fields: Fields) -> Callable[[str], bool]:
    """Answers whether the alert's own areas name a place, as whole words."""
    text = " ; ".join(_BRACKETS.sub("", field.value) for field in fields.all("area"))
    typed = re.IGNORECASE if is_capitals(text) else re.NOFLAG
    return lambda name: bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, typed))


def zone(when: datetime) -> str:
    """The letters of a moment's time zone after a space; '' where the zone has none or the moment has no zone."""
    offset, name = when.utcoffset(), when.tzname() or ""
    if offset is None:
        return ""
    if re.fullmatch(r"[A-Z]{2,5}", name):
        return f" {name}"
    return "" if offset else " UTC"


def at(when: datetime, on: date) -> str:
    """ "6 p.m. EST Tuesday": an alert's time always says whose clock it is."""
    return f"{dates.ap_time(when.time())}{zone(when)} {dates.ap(when.date(), on)}"


def span(start: datetime, end: datetime, on: date) -> str:
    """ "from 6 p.m. Tuesday to 6 a.m. EST Wednesday"; the day once when it is one, the zone twice when it changes."""
    day = "" if start.date() == end.date() else f" {dates.ap(start.date(), on)}"
    letters = "" if zone(start) == zone(end) else zone(start)
    return dated(f"from {dates.ap_time(start.time())}{letters}{day}", f" to {at(end, on)}")


def headline_of(kind_words: str, place: str, *, incident: bool) -> str:
    """ "Flood watch for Quillon"; an incident's name follows a colon."""
    if not place:
        return capital(kind_words)
    return capital(f"{kind_words}: {spoken(place)}" if incident else f"{kind_words} for {place}")
