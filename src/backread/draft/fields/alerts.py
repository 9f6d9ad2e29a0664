"""The story of an alert, and of the others of its event: the danger, how long it lasts, what it does, what to do, who says so.

Each alert keeps its own figures and hours and is told by itself; nothing of two is made one. Each time is told once, the
issuer in full once, the moment of issue at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from backread.draft import weighing
from backread.draft.reading import Told, paragraphs, sentences
from backread.draft.telling import Line, Telling
from backread.text.forms.alert_words import is_incident, kind
from backread.text.forms.base import Fields, is_capitals, of_capture
from backread.text.forms.danger import infinitive
from backread.text.forms.quake import NEAR
from backread.values.capture import Capture
from backread.values.source import Genre

if TYPE_CHECKING:
    from backread.draft.from_fields import Page

_CLOCK_CODE = re.compile(r"\d[AP]M\b")
_HITS = re.compile(
    r"(?i)\b(?:road|street|highway|causeway|bridge|homes?|houses?|power|schools?|ferry|drivers?)\b.*\b(?:may|will|could|is|are)\b"
)
"""What reaches people's roads and houses; it is told before what a gauge reads."""

Paragraph = tuple[Line, ...]


def standing(lead: Capture, others: Iterable[Capture]) -> list[Capture]:
    """The other alerts of a dossier that stand beside its lead: no copy of one, and of each the newest wording."""
    newest: dict[str, Capture] = {}
    for other in sorted(others, key=lambda c: (c.published or c.taken, c.taken)):
        if other.genre is Genre.ALERT and other.url != lead.url and other.fields:
            newest[other.url] = other
    once = {_identity(other): other for other in newest.values() if _identity(other) != _identity(lead)}
    return list(once.values())


def _identity(alert: Capture) -> tuple[str, ...]:
    """What makes an alert one alert, wherever it was read: what, where, from when to when."""
    held = ("event", "area", "onset", "effective", "expires")
    return tuple(" ".join(f.value.lower().split()) for f in alert.fields if f.name in held)


def tell(page: Page, others: Sequence[Page] = ()) -> Telling | None:
    """A telling of an alert and of those beside it; None when its fields do not make a lead."""
    lead = page.first("lead")
    if not lead:
        return None
    body = _body(page, opening=True)
    beside = [other for other in others if other.first("lead")]
    more = [paragraph for other in beside for paragraph in _beside(other)]
    opened = _sent(page)
    issued = (*opened, *(line for told in beside for line in _sent(told, again=bool(opened))))
    unsaid = [note for told in (page, *beside) for note in _unsaid(told)]
    told = (*body, *more, issued)
    return Telling(
        headline=_headline(page),
        deck=None,
        paragraphs=tuple(p for p in told if p),
        left_out=tuple(dict.fromkeys(unsaid)),
    )


def _body(page: Page, *, opening: bool) -> list[Paragraph]:
    """Lead, what hits people, what else is known, what to do."""
    shaken = page.parts("distance")
    danger = page.first("danger") if opening else page.first("danger again")
    first, rest = _first(page, danger, opening), _description(page, bool(danger))
    quake = (*shaken, *page.first("depth"), *page.first("quake"))
    more = (*rest, *page.parts("label"))
    said = " ".join(line.text for line in (*first, *more))
    places = (
        ()
        if shaken
        else tuple(line for line in (*page.first("covers"), *page.first("local")) if _adds(line, said))
    )
    return [first, quake, more, places, _advice(page)]


def _beside(page: Page) -> tuple[Paragraph, Paragraph]:
    """A further alert in two paragraphs: which, where, how long and how bad; then what else it says and what to do."""
    first, *rest = _body(page, opening=False)
    return first, tuple(line for paragraph in rest for line in paragraph)


def _first(page: Page, danger: Paragraph, opening: bool) -> Paragraph:
    """The danger and how long the warning runs; else what is in effect; of what was only issued also when it ends."""
    if danger and not opening:
        return (*page.first("hours again"), *danger)
    if danger:
        return (*danger, *page.first("hours"))
    lead = page.first("lead")
    return (*lead, *page.first("expiry")) if _is_issue(lead[0]) else lead


def _is_issue(line: Line) -> bool:
    return any(f" {verb} " in line.text for verb in ("issued", "updated"))


def _adds(line: Line, said: str) -> bool:
    """Whether a line on places names one that the story has not named."""
    named = re.findall(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*", line.text.partition(" names ")[2] or line.text)
    return any(name not in said for name in named)


def _sent(page: Page, *, again: bool = False) -> Paragraph:
    """Who issued it and when, where the lead has not told; `again` behind a sentence that has named who."""
    lead = page.first("danger") or page.first("lead")
    sent = page.first("sent")
    moment = sent[0].text.rpartition(" at ")[2].rstrip(".") if sent else ""
    told = _is_issue(lead[0]) or " canceled " in lead[0].text or bool(moment and moment in lead[0].text)
    return () if told else (page.first("sent again") if again else ()) or sent


def _headline(page: Page) -> Line:
    if page.parts("distance"):
        return page.first("headline")[0]
    found = page.first("danger headline")
    return found[0] if found else _own_title(page) or page.first("headline")[0]


def _own_title(page: Page) -> Line | None:
    """The alert's own headline, where it is one: no label, not in capitals, not a code, days as seen from the story."""
    fields = of_capture(page.capture)
    field = fields.one("headline")
    if field is None or field.end <= field.start or is_incident(fields):
        return None
    told = sentences(page.capture, field.start, field.end)
    words = field.value.split()
    if len(told) != 1 or not 4 <= len(words) <= 14 or is_capitals(field.value) or " - " in field.value:
        return None
    if _CLOCK_CODE.search(field.value) or _is_label(field.value, fields):
        return None
    lines = page.told(told, attribute=False)
    return lines[0] if lines else None


def _is_label(title: str, fields: Fields) -> bool:
    """Whether a title only says what the alert is called, and where and until when."""
    return title.lower().startswith(kind(fields)[1])


def _description(page: Page, opened: bool) -> Paragraph:
    """A description's own sentences without the one that opened the story; what hits people first, where it stands alone."""
    lines = _field_lines(page, "description", attribute=not opened)
    if not opened:
        return lines
    lines = lines[1:]
    if page.parts("description") or any(weighing.leans_on(line.text) for line in lines):
        return lines
    return tuple(sorted(lines, key=lambda line: not _HITS.search(line.text)))


def _field_lines(page: Page, name: str, *, attribute: bool = True) -> Paragraph:
    """A field's own sentences; of one typed in capitals those that plain words can tell."""
    field = of_capture(page.capture).one(name)
    if calmed := page.parts(name):
        return calmed
    if field is None or field.end <= field.start or (page.parts("label") and name == "description"):
        return ()
    return page.told(_tellable(page, field.start, field.end, name), attribute=attribute)


def _tellable(page: Page, start: int, end: int, name: str) -> list[Told]:
    shaken = page.parts("distance")
    return [
        told
        for paragraph in paragraphs(page.capture, start, end)
        for told in paragraph
        if len(told.text.split()) > 3
        and not (shaken and NEAR.search(told.text))
        and not (name == "instruction" and infinitive(told.text.strip('"“”')))
    ]


def _advice(page: Page) -> Paragraph:
    """What people are advised to do, once with a name to it, then what an instruction says besides."""
    said = page.parts("advice")
    field = of_capture(page.capture).one("instruction")
    # What is the case stands before what to do about it, where the instruction has it so.
    stated = bool(field and not infinitive(field.value.strip('"“” ').split(". ")[0]))
    more = [
        line
        for line in _field_lines(page, "instruction", attribute=stated or not said)
        if not _is_advised(line)
    ]
    return (*more, *said) if stated else (*said, *more)


def _is_advised(line: Line) -> bool:
    return bool(infinitive(re.sub(r", [^,]{3,80} said\.$", ".", line.text)))


def _unsaid(page: Page) -> list[str]:
    described = (*_field_lines(page, "description"), *page.parts("label"), *page.parts("danger"))
    return [*_missing(page, "description", described), *_missing(page, "instruction", _advice(page))]


def _missing(page: Page, name: str, lines: Sequence[Line]) -> tuple[str, ...]:
    field = of_capture(page.capture).one(name)
    if field is not None and is_capitals(field.value):
        part = "part of " if lines else ""
        return (f"{part}the alert's {name}: it is typed in capitals, which hide what is a name",)
    return () if lines else (f"the alert's {name}: it gives none that can be told",)
