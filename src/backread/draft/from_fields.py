"""A story from the fields of an alert, an agenda, minutes, a calendar or a table.

Each kind has its order of telling. Sentences come from forms, and from the document's own prose where a field or
an item frames it; nothing is said that no field or sentence states.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from backread.draft import wording
from backread.draft.fields import agenda, alerts, calendar, minutes, table
from backread.draft.reading import Told
from backread.draft.telling import Line, Telling, rendered_line
from backread.text.forms import Rendered, renderings
from backread.text.forms.alert_words import says, short, speaker
from backread.text.forms.base import is_capitals
from backread.values.area import Area
from backread.values.capture import Capture
from backread.values.source import Genre

_TECHNICAL = re.compile(r"\dT\d\d:\d\d|\b[Ll]at:|https?:|\b\w+\.(?:gov|com|org)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One capture on the drafter's desk, with every sentence its forms give."""

    capture: Capture
    on: dt.date
    area: Area | None
    rendered: tuple[Rendered, ...]

    def parts(self, part: str) -> tuple[Line, ...]:
        """The forms' lines for one part of a story."""
        return tuple(rendered_line(r, self.capture) for r in self.rendered if r.part == part)

    def first(self, part: str) -> tuple[Line, ...]:
        """The first of them, or none."""
        return self.parts(part)[:1]

    def told(self, found: Iterable[Told], *, attribute: bool) -> tuple[Line, ...]:
        """Sentences of the document itself, days resolved, attributed at the first that needs it."""
        zone = self.area.zone if self.area else dt.UTC
        lines: list[Line] = []
        for sentence in found:
            text = wording.told_from(sentence, self.on, wording.own_day(self.capture, zone))
            if text is None or is_capitals(text):
                continue
            if self.capture.genre is Genre.ALERT:
                text = _bare(text)
            if _TECHNICAL.search(text):
                continue
            if attribute and not lines:
                text = self._attributed(text)
            lines.append(Line(text=text, passages=(sentence.passage,)))
        return tuple(lines)

    def _attributed(self, text: str) -> str:
        """An alert's words are its sender's, who need not be the source it was read at."""
        if self.capture.genre is Genre.ALERT and not self.capture.agency:
            plain = text.endswith(".") and not wording.is_attributed(text)
            return f"{text[:-1]}, {says(short(speaker(self.capture)))}." if plain else text
        return wording.attributed(text, self.capture, first=False)


_WRAPPED = re.compile(r"^[(\"“](?P<words>[^()\"“”]+[.?!])[)\"”]$")
_FORM_LABEL = re.compile(r"^(?:[A-Z][\w/]+ ){1,3}?(?:[Aa]ctions?|[Dd]etails|[Ii]nformation):\s+(?=[A-Z])")


def _bare(text: str) -> str:
    """An alert's sentence without the brackets or marks around it or the form's own label before it: nobody is quoted."""
    text = _FORM_LABEL.sub("", text)
    found = _WRAPPED.match(text)
    return found["words"] if found else text


def tell(
    capture: Capture, *, area: Area | None, on: dt.date, others: Sequence[Capture] = ()
) -> Telling | None:
    """A telling from the capture's fields; None when its kind has none or they do not make a lead.

    `others` are the dossier's other captures: further alerts of one event are told in the same story.
    """
    teller = _TELLERS.get(capture.genre)
    if teller is None or not capture.fields:
        return None
    page = page_of(capture, area=area, on=on)
    if capture.genre is Genre.ALERT:
        beside = alerts.standing(capture, others)
        return alerts.tell(page, [page_of(other, area=area, on=on) for other in beside])
    return teller(page)


def page_of(capture: Capture, *, area: Area | None, on: dt.date) -> Page:
    """A capture with every sentence that its forms give."""
    return Page(capture=capture, on=on, area=area, rendered=renderings(capture, on, area))


_TELLERS: dict[Genre, Callable[[Page], Telling | None]] = {
    Genre.ALERT: alerts.tell,
    Genre.AGENDA: agenda.tell,
    Genre.MINUTES: minutes.tell,
    Genre.CALENDAR: calendar.tell,
    Genre.TABLE: table.tell,
}
