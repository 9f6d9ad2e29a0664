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
from backread.draft.fields import agenda, calendar, minutes, table
from backread.draft.reading import Told, paragraphs, sentences
from backread.draft.telling import Line, Telling, rendered_line
from backread.text.forms import Rendered, renderings
from backread.text.forms.alert_words import is_incident, says, speaker
from backread.text.forms.base import is_capitals, of_capture
from backread.text.forms.quake import NEAR
from backread.values.area import Area
from backread.values.capture import Capture
from backread.values.source import Genre

_TECHNICAL = re.compile(r"\dT\d\d:\d\d|\b[Ll]at:|https?:|\b\w+\.(?:gov|com|org)\b")
_CLOCK_CODE = re.compile(r"\d[AP]M\b")


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
            return f"{text[:-1]}, {says(speaker(self.capture))}." if plain else text
        return wording.attributed(text, self.capture, first=False)


_WRAPPED = re.compile(r"^[(\"“](?P<words>[^()\"“”]+[.?!])[)\"”]$")
_FORM_LABEL = re.compile(r"^(?:[A-Z][\w/]+ ){1,3}?(?:[Aa]ctions?|[Dd]etails|[Ii]nformation):\s+(?=[A-Z])")


def _bare(text: str) -> str:
    """An alert's sentence without the brackets or marks around it or the form's own label before it: nobody is quoted."""
    text = _FORM_LABEL.sub("", text)
    found = _WRAPPED.match(text)
    return found["words"] if found else text


def tell(capture: Capture, *, area: Area | None, on: dt.date) -> Telling | None:
    """A telling from the capture's fields; None when its kind has none or they do not make a lead."""
    teller = _TELLERS.get(capture.genre)
    if teller is None or not capture.fields:
        return None
    return teller(page_of(capture, area=area, on=on))


def page_of(capture: Capture, *, area: Area | None, on: dt.date) -> Page:
    """A capture with every sentence that its forms give."""
    return Page(capture=capture, on=on, area=area, rendered=renderings(capture, on, area))


def _alert(page: Page) -> Telling | None:
    lead = page.first("lead")
    if not lead:
        return None
    description, instruction = _field_lines(page, "description"), _field_lines(page, "instruction")
    issued = " issued " in lead[0].text or " updated " in lead[0].text or " canceled " in lead[0].text
    sent = () if issued else page.first("sent")
    headline = (None if page.parts("distance") else _alert_title(page)) or page.first("headline")[0]
    deck = () if page.parts("distance") else page.first("deck")
    shaken = page.parts("distance")
    body = (
        lead,
        (*shaken, *page.first("depth"), *page.first("quake")),
        (*description,),
        () if shaken else page.first("covers"),
        () if shaken else page.first("local"),
        page.parts("label"),
        instruction,
    )
    last = (*(() if shaken else page.first("grade")), *sent)
    missing = [
        *_missing(page, "description", (*description, *page.parts("label"))),
        *_missing(page, "instruction", instruction),
    ]
    return Telling(
        headline=headline,
        deck=deck[0] if deck else None,
        paragraphs=tuple(p for p in (*body, last) if p),
        left_out=tuple(missing),
    )


def _missing(page: Page, name: str, lines: Sequence[Line]) -> tuple[str, ...]:
    field = of_capture(page.capture).one(name)
    if field is not None and is_capitals(field.value) and lines:
        return (f"part of the alert's {name}: it is typed in capitals, which hide what is a name",)
    if lines:
        return ()
    if field is not None and is_capitals(field.value):
        return (f"the alert's {name}: it is typed in capitals, which hide what is a name",)
    return (f"the alert's {name}: it gives none that can be told",)


def _alert_title(page: Page) -> Line | None:
    """The alert's own headline, where it is one: not in capitals, not a code, days as seen from the story."""
    field = of_capture(page.capture).one("headline")
    if field is None or field.end <= field.start or is_incident(of_capture(page.capture)):
        return None
    told = sentences(page.capture, field.start, field.end)
    words = field.value.split()
    if len(told) != 1 or not 4 <= len(words) <= 18 or is_capitals(field.value) or " - " in field.value:
        return None
    if _CLOCK_CODE.search(field.value):
        return None
    lines = page.told(told, attribute=False)
    return lines[0] if lines else None


def _field_lines(page: Page, name: str) -> tuple[Line, ...]:
    """A field's own sentences; of one typed in capitals those that plain words can tell."""
    field = of_capture(page.capture).one(name)
    if calmed := page.parts(name):
        return calmed
    if field is None or field.end <= field.start or (page.parts("label") and name == "description"):
        return ()
    found = [
        told
        for paragraph in paragraphs(page.capture, field.start, field.end)
        for told in paragraph
        if len(told.text.split()) > 3 and not (page.parts("distance") and NEAR.search(told.text))
    ]
    return page.told(found, attribute=True)


_TELLERS: dict[Genre, Callable[[Page], Telling | None]] = {
    Genre.ALERT: _alert,
    Genre.AGENDA: agenda.tell,
    Genre.MINUTES: minutes.tell,
    Genre.CALENDAR: calendar.tell,
    Genre.TABLE: table.tell,
}
