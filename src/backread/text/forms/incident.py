"""A fire as its service lists it, told as news: what burns, where, whether it is under control, at what hour.

Such alerts are a list of labels (TYPE, LOCATION, STATUS). Only a type that is a fire and a state of it that readers know
are told so; whatever else stands in the list is told label by label (see `alert`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from backread.text.forms.alert_words import at, is_incident, labelled, says, spoken
from backread.text.forms.base import Fields, Rendered, a, capital, moment
from backread.values.area import Area

TOLD = ("type", "location", "status")
"""The labels that the lead tells."""

_STATES = {"out of control", "under control", "being controlled", "contained"}
_FIRE = re.compile(r"^(?:[a-z]+ ){0,2}fire$")
_ADDRESS = re.compile(
    r"^(?:\d+[A-Za-z]? )?(?:[A-Z][\w’'-]+ ){1,3}(?:Street|Road|Lane|Drive|Avenue|Highway|Way)\b[\w ,’'-]{0,40}$"
)


def incident(fields: Fields, name: str, on: date, area: Area | None) -> Iterator[Rendered]:
    """Headline and lead of a fire; nothing where type, place, state or hour is not stated in such words."""
    held, description, sent = labelled(fields), fields.one("description"), fields.one("sent")
    sort, state = (spoken(held.get(label, "")).lower() for label in ("type", "status"))
    place, when = _placed(spoken(held.get("location", "")), area), moment(sent.value, area) if sent else None
    if description is None or sent is None or when is None or not place or not is_incident(fields):
        return
    if (
        not _FIRE.match(sort)
        or state not in _STATES
        or (m := fields.one("msg_type", "msgType")) is None
        or m.value.strip().lower() == "cancel"
    ):
        return
    word, comma = "at" if place[0].isdigit() else "on", "," if "," in place else ""
    text = f"{capital(a(sort))} {word} {place}{comma} was listed as {state} at {at(when, on)}, {says(name)}."
    yield Rendered(
        text=text, fields=(description, sent, *fields.all("sender", "sender_name")[:1]), part="lead"
    )
    towns = [
        p.name for p in (area.places if area else ()) if re.search(rf"(?<!\w){re.escape(p.name)}$", place)
    ]
    if towns:
        yield Rendered(
            text=f"{capital(sort)} {state} in {towns[0]}", fields=(description,), part="danger headline"
        )


def _placed(words: str, area: Area | None) -> str:
    """An address with a comma before its town; '' for what is no address."""
    if not _ADDRESS.match(words):
        return ""
    for place in area.places if area else ():
        words = re.sub(rf"(?<![,\s])\s+{re.escape(place.name)}$", f", {place.name}", words)
    return words
