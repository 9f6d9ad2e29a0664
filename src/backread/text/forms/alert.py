"""Sentences from the fields of an alert (CAP): what is in effect, where, until when, how grave, sent when.

Only what a field states is said. An event in the alert's own words is never called a warning when the alert
does not call it one; a message that is a test gives no sentence at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from backread.text.forms.base import (
    Fields,
    Rendered,
    a,
    at,
    capital,
    closed,
    dated,
    is_capitals,
    lowered,
    moment,
    of_capture,
    series,
    the,
    words_of,
)
from backread.values.area import Area
from backread.values.capture import Capture, Field

_KINDS = r"(?:warning|watch|advisory|statement|alert|outlook|notice|message|bulletin)$"
_VAGUE = {"other", "unknown", "alert", "event"}
_LABEL = re.compile(r"(?m)^\s*(?P<label>[A-Z][A-Z ]{2,30}):\s*(?P<value>\S[^\n]*)$")
_NOTHING = {"none", "not applicable", "n/a", "unknown", "-", "nil"}
_MOST_AREAS = 6
_LONGEST_AREAS = 150
_LONGEST_TITLE = 80


def alert(capture: Capture, on: date, area: Area | None) -> Iterator[Rendered]:
    """All sentences that an alert's fields give."""
    fields = of_capture(capture)
    event, sender = fields.one("event"), fields.one("sender", "sender_name")
    if event is None or not is_actual(fields):
        return
    name = speaker(capture)
    yield from _headline(fields, event, on, area)
    yield from _in_effect(fields, event, sender, name, on, area)
    yield from _issued(fields, event, sender, name, on, area)
    yield from _expiry(fields, on, area)
    yield from _grade(fields)
    yield from _named_here(fields, area)
    yield from _covers(fields)
    yield from _labelled(fields)


def is_actual(fields: Fields) -> bool:
    """Whether the alert is meant: status Actual, or none stated."""
    status = fields.one("status")
    return status is None or status.value.strip().lower() == "actual"


def kind_of(event: str) -> str:
    """What readers call it: "coastal flood warning", "fire alert", "alert"."""
    words = lowered(event)
    if words in _VAGUE:
        return "alert"
    return words if re.search(_KINDS, words) else f"{words} alert"


def speaker(capture: Capture) -> str:
    """Who the alert is from, in words; an address is not a name, so then the source's own name stands."""
    sender = of_capture(capture).one("sender", "sender_name")
    words = words_of(sender.value) if sender else ""
    if not words or "@" in words or "//" in words:
        words = capture.agency or capture.source_name
    elif is_capitals(words) and len(words.split()) > 2:
        # Several words in capitals are a name typed in capitals; one or two may be an abbreviation.
        words = " ".join(w if len(w) < 3 else w.capitalize() for w in words.split())
    return the(words)


def _areas(fields: Fields) -> tuple[tuple[Field, ...], str]:
    held = fields.all("area")
    parts = [words_of(part) for field in held for part in re.split(r"\s*;\s*", field.value) if part.strip()]
    parts = list(dict.fromkeys(part for part in parts if not is_capitals(part) or len(part) < 4))
    if not parts or len(parts) > _MOST_AREAS or len("; ".join(parts)) > _LONGEST_AREAS:
        return (), ""
    parts[-1] = f"the {parts[-1]}" if re.search(r" shore of ", parts[-1]) else parts[-1]
    return held, series([re.sub(r"^(?=[A-Z]\w+ River\b)", "the ", part) for part in parts])


def _headline(fields: Fields, event: Field, on: date, area: Area | None) -> Iterator[Rendered]:
    held, where = _areas(fields)
    place = f" for {where}" if where and len(where) < _LONGEST_TITLE else ""
    yield Rendered(text=f"{capital(kind_of(event.value))}{place}", fields=(event, *held), part="headline")


def _times(fields: Fields, area: Area | None) -> tuple[tuple[Field, ...], datetime | None, datetime | None]:
    first, last = fields.one("onset", "effective"), fields.one("expires")
    start = moment(first.value, area) if first else None
    end = moment(last.value, area) if last else None
    return tuple(f for f in (first, last) if f), start, end


def _in_effect(
    fields: Fields, event: Field, sender: Field | None, name: str, on: date, area: Area | None
) -> Iterator[Rendered]:
    times, start, end = _times(fields, area)
    held, where = _areas(fields)
    urgency = fields.one("urgency")
    over = urgency is not None and urgency.value.strip().lower() == "past"
    # Only a warning and its like is "in effect"; of an earthquake or a fire the alert's times tell nothing.
    if start is None or end is None or end <= start or over or not re.search(_KINDS, lowered(event.value)):
        return
    verb = "was" if end.date() < on else "will be" if start.date() > on else "is"
    place = f" for {where}" if where else ""
    span = dated(f"from {at(start, on)} to {at(end, on)}", place)
    text = f"{capital(a(kind_of(event.value)))} {verb} in effect {span}, {name} said."
    used = (event, *times, *held, *((sender,) if sender else ()))
    yield Rendered(text=text, fields=used, part="lead")


def _issued(
    fields: Fields, event: Field, sender: Field | None, name: str, on: date, area: Area | None
) -> Iterator[Rendered]:
    held, where = _areas(fields)
    sent = fields.one("sent")
    when = moment(sent.value, area) if sent else None
    kind = fields.one("msg_type", "msgType")
    if sent is None or when is None:
        return
    update = kind is not None and kind.value.strip().lower() == "update"
    cancel = kind is not None and kind.value.strip().lower() == "cancel"
    verb = "canceled" if cancel else "updated" if update else "issued"
    place = f" for {where}" if where else ""
    used = (event, sent, *((kind,) if kind else ()), *((sender,) if sender else ()))
    words = a(kind_of(event.value))
    yield Rendered(
        text=f"{capital(name)} {verb} {words}{place} at {at(when, on)}.", fields=(*used, *held), part="lead"
    )
    yield Rendered(text=f"{capital(name)} {verb} the alert at {at(when, on)}.", fields=used, part="sent")


def _expiry(fields: Fields, on: date, area: Area | None) -> Iterator[Rendered]:
    field = fields.one("expires")
    end = moment(field.value, area) if field else None
    if field is None or end is None:
        return
    verb = "expired" if end.date() < on else "expires"
    yield Rendered(text=f"The alert {verb} at {at(end, on)}.", fields=(field,), part="expiry")
    yield Rendered(text=f"The alert {verb} at {at(end, on)}", fields=(field,), part="deck")


def _grade(fields: Fields) -> Iterator[Rendered]:
    held = [
        (name, field)
        for name in ("severity", "urgency", "certainty")
        if (field := fields.one(name)) and field.value.strip().lower() not in _NOTHING
    ]
    if not held:
        return
    words = [f"the {name} as {field.value.strip().lower()}" for name, field in held]
    yield Rendered(
        text=f"The alert gives {series(words)}.", fields=tuple(field for _, field in held), part="grade"
    )


def _covers(fields: Fields) -> Iterator[Rendered]:
    """The alert's areas in its own words, where they are too long for the lead."""
    held = fields.all("area")
    words = "; ".join(words_of(field.value) for field in held)
    if held and not _areas(fields)[1] and len(held) <= _MOST_AREAS and not is_capitals(words):
        yield Rendered(text=f"The alert gives the area as {words}.", fields=held, part="covers")


def _named_here(fields: Fields, area: Area | None) -> Iterator[Rendered]:
    """The places of the coverage area that the alert's own areas name."""
    held = fields.all("area")
    text = " ; ".join(field.value for field in held)
    if area is None or not held:
        return
    here = [
        place.name
        for place in (*area.places, *area.waters)
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in place.names)
    ]
    if here:
        names = series([f"the {n}" if n.endswith(" River") else n for n in here])
        yield Rendered(text=f"In {area.name}, the alert names {names}.", fields=held, part="local")


def _labelled(fields: Fields) -> Iterator[Rendered]:
    """Descriptions written as a list of labels (LOCATION: ...) become one sentence a label."""
    description = fields.one("description")
    if description is None:
        return
    for found in _LABEL.finditer(re.sub(r"<br\s*/?>", "\n", description.value)):
        label, value = found["label"].strip().lower(), words_of(found["value"])
        if value.lower() not in _NOTHING and label != "updated":
            yield Rendered(
                text=closed(f"The alert gives the {label} as {value}"), fields=(description,), part="label"
            )
