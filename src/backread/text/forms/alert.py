"""Sentences from the fields of an alert (CAP): what is in effect, where, until when, how grave, sent when.

Only what a field states is said. An event in the alert's own words is never called a warning when the alert
does not call it one; a message that is a test gives no sentence at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from backread.text.forms import capitals, danger, incident, quake, sections
from backread.text.forms.alert_words import (
    KINDS,
    at,
    headline_of,
    here,
    is_incident,
    kind,
    labelled,
    names_area,
    places,
    says,
    short,
    span,
    speaker,
    spoken,
    where,
)
from backread.text.forms.base import (
    Fields,
    Rendered,
    a,
    capital,
    closed,
    dated,
    is_capitals,
    moment,
    of_capture,
    series,
    the,
    words_of,
)
from backread.text.forms.days import own_day
from backread.values.area import Area
from backread.values.capture import Capture, Field

__all__ = ["alert", "is_actual", "speaker"]

_NOTHING = {"none", "not applicable", "n/a", "unknown", "-", "nil", "0 ha"}
_LONGEST_TITLE = 90
_HECTARES = re.compile(r"^(?P<number>\d+(?:\.\d+)?) ?ha$")


def alert(capture: Capture, on: date, area: Area | None) -> Iterator[Rendered]:
    """All sentences that an alert's fields give."""
    fields = of_capture(capture)
    if fields.one("event") is None or not is_actual(fields):
        return
    name = speaker(capture)
    yield from quake.quake(fields, name, on, area)
    told = tuple(incident.incident(fields, name, on, area))
    yield from told
    yield from _headline(fields, area)
    yield from _in_effect(fields, name, on, area)
    yield from _issued(fields, name, on, area)
    yield from _expiry(fields, on, area)
    yield from danger.danger(capture, fields, name, on, area)
    yield from danger.advice(capture, fields, name, on, area)
    yield from _named_here(fields, area)
    yield from _covers(fields)
    yield from _labelled(fields, name, but=incident.TOLD if told else ())
    yield from _calmed(fields, name)
    yield from _sectioned(fields, name, on, own_day(capture, area.zone if area else UTC))


def is_actual(fields: Fields) -> bool:
    """Whether the alert is meant: status Actual, or none stated."""
    status = fields.one("status")
    return status is None or status.value.strip().lower() == "actual"


def _said(fields: Fields) -> tuple[Field, ...]:
    """The field that names the sender, where there is one."""
    sender = fields.one("sender", "sender_name")
    return (sender,) if sender else ()


def _is_message(fields: Fields, name: str) -> bool:
    field = fields.one("msg_type", "msgType")
    return field is not None and field.value.strip().lower() == name


def _headline(fields: Fields, area: Area | None) -> Iterator[Rendered]:
    used, words = kind(fields)
    held, named = where(fields)
    local = here(fields, area)
    if len(named) > _LONGEST_TITLE or not named:
        # Too long to print: the places of the coverage area among them are what its readers look for.
        own = (area.name,) if area and names_area(fields, area) else local
        named = series(own) if len(series(own)) < _LONGEST_TITLE else ""
        held = fields.all("area") if named else ()
    yield Rendered(text=headline_of(words, named, incident=is_incident(fields)), fields=(*used, *held), part="headline")  # fmt: skip


def _times(fields: Fields, area: Area | None) -> tuple[tuple[Field, ...], datetime | None, datetime | None]:
    first, last = fields.one("onset", "effective"), fields.one("ends", "expires")
    start = moment(first.value, area) if first else None
    end = moment(last.value, area) if last else None
    return tuple(f for f in (first, last) if f), start, end


def _place(fields: Fields) -> tuple[tuple[Field, ...], str]:
    """ " for Quillon", or an incident's name as the alert heads it."""
    held, words = where(fields)
    if is_incident(fields):
        area = fields.all("area")
        return area, f" headed “{words_of(area[0].value)}”"
    return held, f" for {words}" if words else ""


def _in_effect(fields: Fields, name: str, on: date, area: Area | None) -> Iterator[Rendered]:
    times, start, end = _times(fields, area)
    called, words = kind(fields)
    held, place = _place(fields)
    urgency = fields.one("urgency")
    over = urgency is not None and urgency.value.strip().lower() == "past"
    # Only a warning and its like is "in effect"; of an earthquake or a fire the alert's times tell nothing.
    named = KINDS.search(words) and not words.endswith(" alert")
    if start is None or end is None or end <= start or over or not named or _is_message(fields, "cancel"):
        return
    stands = danger.verb(fields, start, end, on, area)
    text = f"{capital(a(words))} {stands} {dated(span(start, end, on), place)}, {says(name)}."
    used = (*called, *times, *held, *_said(fields), *fields.all("sent")[:1])
    yield Rendered(text=text, fields=used, part="lead")


def _issued(fields: Fields, name: str, on: date, area: Area | None) -> Iterator[Rendered]:
    held, place = _place(fields)
    sent = fields.one("sent")
    when = moment(sent.value, area) if sent else None
    if sent is None or when is None:
        return
    called, words = kind(fields)
    verb = (
        "canceled"
        if _is_message(fields, "cancel")
        else "updated"
        if _is_message(fields, "update")
        else "issued"
    )
    used = (*called, sent, *fields.all("msg_type", "msgType"), *_said(fields))
    moved = at(when, on)
    text = f"{capital(name)} {verb} {a(words)}{place}" if name else f"{capital(a(words))}{place} was {verb}"
    yield Rendered(text=f"{text} at {moved}.", fields=(*used, *held), part="lead")
    yield from danger.sent(fields, name, verb, on, area)


def _expiry(fields: Fields, on: date, area: Area | None) -> Iterator[Rendered]:
    field = fields.one("ends", "expires")
    end = moment(field.value, area) if field else None
    if field is None or end is None:
        return
    used, words = kind(fields)
    # Of a fire the alert's own times tell nothing.
    if not KINDS.search(words) or words.endswith(" alert"):
        return
    verb = "expired" if end.date() < on else "expires"
    text = f"The {words.split()[-1]} {verb} at {at(end, on)}."
    yield Rendered(text=text, fields=(*used, field), part="expiry")


def _covers(fields: Fields) -> Iterator[Rendered]:
    """The alert's areas in its own words, where they are too long for the lead."""
    held = fields.all("area")
    words = "; ".join(words_of(field.value) for field in held)
    if held and not places(fields)[1] and len(held) <= 6 and not is_capitals(words):
        yield Rendered(text=f"The alert gives the area as {words}.", fields=held, part="covers")


def _named_here(fields: Fields, area: Area | None) -> Iterator[Rendered]:
    """The places of the coverage area that the alert's own areas name."""
    local = here(fields, area)
    if area is not None and local:
        names = series([f"the {n}" if n.endswith(" River") else n for n in local])
        text = f"In {area.name}, the alert names {names}."
        yield Rendered(text=text, fields=fields.all("area"), part="local")


def _labelled(fields: Fields, name: str, *, but: tuple[str, ...]) -> Iterator[Rendered]:
    """Descriptions written as a list of labels (LOCATION: ...) become one sentence a label."""
    description = fields.one("description")
    for label, value in labelled(fields).items():
        if description is None or value.lower() in _NOTHING or label in ("updated", *but):
            continue
        text = _label(label, value, name)
        if text:
            yield Rendered(text=closed(text), fields=(description,), part="label")


def _label(label: str, value: str, name: str) -> str:
    """One label as a sentence; '' for what is said already."""
    words = spoken(value)
    if label == "responsible agency":
        return "" if name.endswith(words) else f"The responsible agency is {the(words)}"
    if label in ("status", "type"):
        return f"The {label} is listed as {words.lower()}"
    if label == "alert level":
        return f"The alert level is “{words}.”"
    if label == "size" and (found := _HECTARES.match(words)):
        number = float(found["number"])
        return f"The size is listed as {number:,g} hectare{'' if number == 1 else 's'}"
    if label == "council area":
        return f"The incident is in the {words} council area"
    words = re.sub(r"^(?:North|South|East|West)(?=[ -]?(?:of|west|east)\b)", lambda m: m[0].lower(), words)
    return f"The alert gives the {label} as {words}"


def _calmed(fields: Fields, name: str) -> Iterator[Rendered]:
    """What fields typed in capitals say in plain words, each thing once; the first sentence says whose words they are."""
    before: set[str] = set()
    for field_name in ("description", "instruction"):
        field = fields.one(field_name)
        found = [t for t in dict.fromkeys(capitals.told(field.value)) if t not in before] if field else []
        before.update(found)
        for number, text in enumerate(found):
            told = text if number else f"{text[:-1]}, {says(short(name))}."
            yield Rendered(text=told, fields=(field,) if field else (), part=field_name)


def _sectioned(fields: Fields, name: str, on: date, seen: date) -> Iterator[Rendered]:
    """A description in sections, a sentence each."""
    field = fields.one("description")
    for text in sections.told(field.value, name, on, seen) if field else ():
        yield Rendered(text=text, fields=(field,) if field else (), part="description")
