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
from backread.draft.reading import Told, paragraphs, sentences
from backread.draft.telling import Line, Telling, rendered_line
from backread.draft.title import title_line
from backread.text.forms import Rendered, renderings
from backread.text.forms.alert import speaker
from backread.text.forms.base import is_capitals, of_capture
from backread.text.forms.meeting import items
from backread.text.forms.votes import counted
from backread.values.area import Area
from backread.values.capture import Capture, Field
from backread.values.source import Genre

_TECHNICAL = re.compile(r"\dT\d\d:\d\d|\b[Ll]at:|https?:|\b\w+\.(?:gov|com|org)\b")
_CLOCK_CODE = re.compile(r"\d[AP]M\b")
_PROCEDURE = re.compile(r"^The motion\b|\b(?:moved|seconded)\b|^\W*\d+\.$")
_VOTE_SENTENCES = 4
_MOST_ENTRIES = 8
_MOST_ITEMS = 4
_ITEM_SENTENCES = 3


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
            return f"{text[:-1]}, {speaker(self.capture)} said." if plain else text
        return wording.attributed(text, self.capture, first=False)


def tell(capture: Capture, *, area: Area | None, on: dt.date) -> Telling | None:
    """A telling from the capture's fields; None when its kind has none or they do not make a lead."""
    teller = _TELLERS.get(capture.genre)
    if teller is None or not capture.fields:
        return None
    return teller(Page(capture=capture, on=on, area=area, rendered=renderings(capture, on, area)))


def _alert(page: Page) -> Telling | None:
    lead = page.first("lead")
    if not lead:
        return None
    description, instruction = _field_lines(page, "description"), _field_lines(page, "instruction")
    issued = " issued " in lead[0].text or " updated " in lead[0].text or " canceled " in lead[0].text
    sent = () if issued else page.first("sent")
    expiry = page.first("expiry") if issued else ()
    headline = _alert_title(page) or page.first("headline")[0]
    deck = page.first("deck")
    body = (
        lead,
        (*description,),
        page.first("covers"),
        page.first("local"),
        page.parts("label"),
        instruction,
    )
    last = (*page.first("grade"), *sent, *expiry)
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
    if lines:
        return ()
    if field is not None and is_capitals(field.value):
        return (f"the alert's {name}: it is typed in capitals, which hide what is a name",)
    return (f"the alert's {name}: it gives none that can be told",)


def _alert_title(page: Page) -> Line | None:
    """The alert's own headline, where it is one: not in capitals, not a code, days as seen from the story."""
    field = of_capture(page.capture).one("headline")
    if field is None or field.end <= field.start:
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
    field = of_capture(page.capture).one(name)
    if field is None or field.end <= field.start or (page.parts("label") and name == "description"):
        return ()
    found = [
        told
        for paragraph in paragraphs(page.capture, field.start, field.end)
        for told in paragraph
        if len(told.text.split()) > 3
    ]
    return page.told(found, attribute=True)


def _agenda(page: Page) -> Telling | None:
    lead, heads = page.first("lead"), page.parts("headline")
    if not lead or not heads:
        return None
    listed = items(page.capture)
    entries = page.parts("item")
    told = []
    for field, entry in zip(listed, entries, strict=True):
        prose = [t for p in paragraphs(page.capture, field.end, _item_end(page.capture, field)) for t in p]
        told.append((entry, *_agenda_prose(page, prose)))
    told = sorted(told, key=lambda p: (-min(len(p), 3), entries.index(p[0])))[:_MOST_ITEMS]
    also = page.parts("also")
    told_also = [(also[entries.index(p[0])], *p[1:]) for p in told[1:]]
    headline = heads[1 + entries.index(told[0][0])] if told and len(heads) > 1 else heads[0]
    deck = heads[0]
    return Telling(
        headline=headline,
        deck=deck if deck is not headline else None,
        paragraphs=(lead, *told[:1], *told_also),
        left_out=_routine(page.capture, len(listed), len(told)),
    )


def _agenda_prose(page: Page, prose: Sequence[Told]) -> tuple[Line, ...]:
    lines = page.told(prose[:_ITEM_SENTENCES], attribute=False)
    if not lines or wording.is_attributed(lines[0].text):
        return lines
    return (
        Line(text=f"{lines[0].text[:-1]}, according to the agenda.", passages=lines[0].passages),
        *lines[1:],
    )


def _item_end(capture: Capture, field: Field) -> int:
    """Where an item's text ends: at the next item, or a heading after it."""
    later = [f.start for f in of_capture(capture).all("item") if f.start > field.start]
    return min(later, default=min(len(capture.text), field.end + 1200))


def _routine(capture: Capture, listed: int, told: int) -> tuple[str, ...]:
    routine = len(of_capture(capture).all("item")) - listed
    notes = [f"{routine} routine items of the agenda"] if routine else []
    return (*notes, f"{listed - told} more items") if listed > told else tuple(notes)


def _minutes(page: Page) -> Telling | None:
    votes = page.parts("vote")
    heads = page.parts("headline")
    records = _voted(page.capture)
    if not votes or not heads or not records:
        return None
    ranked = sorted(records, key=lambda r: (-_heat(page.capture, r), r))
    ranked = [r for r in ranked if not _is_consent(page.capture, r)] or ranked
    told: list[tuple[Line, ...]] = []
    for record in ranked:
        known = " ".join(line.text for lines in told for line in lines)
        told.append(_vote_lines(page, record, known))
    best = next((h for h in heads if _spans(h) & _record_spans(page.capture, ranked[0])), heads[0])
    deck = next(
        (h for h in heads if len(told) > 1 and _spans(h) & _record_spans(page.capture, ranked[1])), None
    )
    draft = _draft_note(page.capture)
    return Telling(headline=best, deck=deck, paragraphs=tuple(p for p in (*told, draft) if p), left_out=())


def _voted(capture: Capture) -> tuple[int, ...]:
    return tuple(
        number
        for number, record in of_capture(capture).records()
        if record.one("vote") and record.one("motion") and number
    )


def _heat(capture: Capture, record: int) -> int:
    """How much a vote tells: who was against, money, and not the consent agenda."""
    fields = {f.name: f for f in capture.fields if f.record == record}
    count = counted(fields["vote"].value)
    return (3 * count[1] if count else 0) + 3 * ("amount" in fields) + (fields["motion"].value.count(" ") > 8)


def _is_consent(capture: Capture, record: int) -> bool:
    """Whether a vote is on the consent agenda, which is news only when there is no other."""
    return any(
        "consent" in f.value.lower() for f in capture.fields if f.record == record and f.name == "motion"
    )


def _record_spans(capture: Capture, record: int) -> set[tuple[int, int]]:
    return {(f.start, f.end) for f in capture.fields if f.record == record}


def _spans(line: Line) -> set[tuple[int, int]]:
    return {(p.start, p.end) for p in line.passages}


def _vote_lines(page: Page, record: int, known: str) -> tuple[Line, ...]:
    spans = _record_spans(page.capture, record)
    own = [f for f in page.capture.fields if f.record == record]
    votes = [line for line in page.parts("vote") if _spans(line) & spans]
    vote = next((line for line in votes if " voted " in line.text), votes[0] if votes else None)
    if vote is None:
        return ()
    nays = [line for line in page.parts("nays") if _spans(line) & spans][:1]
    if nays and all(
        name in known for name in re.split(r", as did |,? and |, ", nays[0].text.removesuffix(" voted no."))
    ):
        nays = [line for line in page.parts("nays again") if _spans(line) & spans][:1]
    start = (
        min(f.end for f in own if f.name == "item")
        if any(f.name == "item" for f in own)
        else min(f.start for f in own)
    )
    last = max(f.end for f in own)
    prose = [
        told
        for paragraph in paragraphs(page.capture, start, last)
        for told in paragraph
        if not _PROCEDURE.search(told.text)
    ]
    return (vote, *nays, *page.told(prose[:_VOTE_SENTENCES], attribute=False))


def _draft_note(capture: Capture) -> tuple[Line, ...]:
    words = "Draft until approved by the board"
    start = capture.text.find(words)
    if start < 0:
        return ()
    passage = capture.passage(start, start + len(words))
    return (Line(text=f"The minutes are marked “{words}.”", passages=(passage,)),)


def _calendar(page: Page) -> Telling | None:
    entries, heads = page.parts("entry"), page.parts("headline")
    if not entries:
        return None
    order = sorted(range(len(entries)), key=lambda i: _starts(page, entries[i]))[:_MOST_ENTRIES]
    told = [(entries[i], *_described(page, entries[i])) for i in order]
    deck = heads[order[1]] if len(order) > 1 else None
    return Telling(
        headline=heads[order[0]],
        deck=deck,
        paragraphs=tuple(told),
        left_out=(f"{len(entries) - len(order)} later dates",) if len(entries) > len(order) else (),
    )


def _starts(page: Page, line: Line) -> str:
    return min(
        (f.value for f in page.capture.fields if f.name == "start" and (f.start, f.end) in _spans(line)),
        default="9",
    )


def _described(page: Page, line: Line) -> tuple[Line, ...]:
    record = next((f.record for f in page.capture.fields if (f.start, f.end) in _spans(line)), None)
    field = next(
        (
            f
            for f in page.capture.fields
            if f.record == record and f.name == "description" and f.end > f.start
        ),
        None,
    )
    if field is None:
        return ()
    opened = tuple(o for o in page.parts("open") if _spans(o) == {(field.start, field.end)})
    found = (t for p in paragraphs(page.capture, field.start, field.end) for t in p)
    told = page.told(found, attribute=not opened)
    return (*opened, *told[1:]) if opened else told


def _table(page: Page) -> Telling | None:
    totals, rows = page.parts("total"), page.parts("row")
    if not rows:
        return None
    first = (totals or rows)[0]
    headline = title_line(page.capture) or Line(text=first.text.rstrip("."), passages=first.passages)
    shown = [line for line in rows if " no " not in line.text][:_MOST_ENTRIES]
    body = (totals, tuple(shown)) if totals else (tuple(shown),)
    return Telling(headline=headline, deck=None, paragraphs=tuple(p for p in body if p))


_TELLERS: dict[Genre, Callable[[Page], Telling | None]] = {
    Genre.ALERT: _alert,
    Genre.AGENDA: _agenda,
    Genre.MINUTES: _minutes,
    Genre.CALENDAR: _calendar,
    Genre.TABLE: _table,
}
