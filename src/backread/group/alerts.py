"""Which alerts are one event: the same office, the same danger, hours that overlap, sent together, both for the coverage area.

They become one dossier so that one story tells both. Nothing of them is made one: each keeps its own figures, hours and
places. An alert never joins a dossier that was there before, whose story may be out: a warning must not go unseen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from backread.text.forms.base import moment, of_capture
from backread.text.local import relevance
from backread.values.area import Area
from backread.values.capture import Capture
from backread.values.source import Genre

MOST = 4
"""So many alerts are one story; more would be a list."""

_TOGETHER = timedelta(hours=3)
_EVENT = re.compile(r"^(?P<danger>[a-z][a-z -]+) (?P<grade>warning|watch|advisory|statement)$")
_GRADES = ("warning", "watch", "advisory", "statement")


def joins(alert: Capture, members: Sequence[Capture], area: Area | None) -> bool:
    """Whether an alert is of one event with every member of a dossier."""
    if area is None or not 0 < len(members) < MOST or not relevance(alert, area):
        return False
    return all(_same(alert, member) and relevance(member, area) for member in members)


def grade(capture: Capture) -> int:
    """How grave an alert is by its name, the gravest 0; what is no alert, or has no such name, is 0 too."""
    found = _EVENT.match(_value(capture, "event")) if capture.genre is Genre.ALERT else None
    return _GRADES.index(found["grade"]) if found else 0


def _same(one: Capture, other: Capture) -> bool:
    if one.genre is not Genre.ALERT or other.genre is not Genre.ALERT or one.url == other.url:
        return False
    sender, danger = _value(one, "sender", "sender_name"), _danger(one)
    if (
        not sender
        or not danger
        or (sender, danger) != (_value(other, "sender", "sender_name"), _danger(other))
    ):
        return False
    # An update or a cancellation is the next thing that happens to one alert.
    if not all(
        _value(c, "msg_type", "msgType") in ("alert", "") and _value(c, "status") in ("actual", "")
        for c in (one, other)
    ):
        return False
    first, second = _hours(one), _hours(other)
    if first is None or second is None:
        return False
    return abs(first[0] - second[0]) <= _TOGETHER and first[1] < second[2] and second[1] < first[2]


def _danger(capture: Capture) -> str:
    """ "coastal flood" of a coastal flood warning; '' for an event that is no such thing."""
    found = _EVENT.match(_value(capture, "event"))
    return found["danger"] if found else ""


def _value(capture: Capture, *names: str) -> str:
    field = of_capture(capture).one(*names)
    return re.sub(r"\s+", " ", field.value).strip().lower() if field else ""


def _hours(capture: Capture) -> tuple[datetime, datetime, datetime] | None:
    """When it was sent, begins and ends; None where it does not say all three with their zone."""
    fields = of_capture(capture)
    held = [fields.one("sent"), fields.one("onset", "effective"), fields.one("ends", "expires")]
    sent, start, end = (moment(field.value) if field else None for field in held)
    if sent is None or start is None or end is None or not (sent.tzinfo and start.tzinfo and end.tzinfo):
        return None
    return sent, start, end
