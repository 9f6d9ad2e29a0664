"""A story from running text: select, order, attribute and quote, in the sources' own words.

The order: the lead and what follows it at once; what it means here, from a document that names the area; the rest
of the lead source by weight; a second view where another source has a named critic; what other documents
of the dossier found; what comes next. A sentence is taken whole or not at all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from backread.draft import weighing, wording
from backread.draft.decks import deck as deck_of
from backread.draft.reading import DATE_LINE, Told, dropped, is_service, paragraphs
from backread.draft.telling import Line, Telling
from backread.draft.title import headline as headline_of
from backread.draft.weighing import Paragraph
from backread.values.area import Area
from backread.values.capture import Capture

MOST_SENTENCES = 15
_LEAD_PARAGRAPHS = 2
_ATTRIBUTED_FOR = 3
"""So many sentences an attribution covers: one bolted to every fact reads like a receipt."""
_SLOGAN = re.compile(
    r", which (?:the |an? )?[\w’ ]{2,60} (?:called|calls|described as|dubbed) “[^”]*?[.]?”\.?$"
)
"""What somebody calls its own doing is left out."""
_LOOKS_AHEAD = re.compile(r"\b(?:will|scheduled|open on|expects?|is asked|next)\b")


@dataclass(slots=True)
class _Desk:
    """What the drafter holds while it writes one story."""

    on: dt.date
    area: Area | None
    zone: dt.tzinfo
    named: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    since: int = _ATTRIBUTED_FOR

    def line(self, told: Told, *, attribute: bool) -> Line | None:
        """A sentence as the story says it; None when its day cannot be told."""
        text = wording.told_from(told, self.on, wording.own_day(told.capture, self.zone))
        text = _SLOGAN.sub(".", text) if text else text
        if text is None:
            self.lost.append(f"“{told.text}”: the day it means could not be told")
            return None
        if attribute and not is_service(text):
            text = self._attributed(text, told.capture)
        elif wording.agency(told.capture) in self.named:
            text = wording.again(text, told.capture)
        self.since = 0 if wording.is_attributed(text) else self.since + 1
        if self._is_named(text, told.capture):
            self.named.add(wording.agency(told.capture))
        return Line(text=text, passages=(told.passage,))

    def paragraph(self, among: Sequence[Told], *, foreign: bool = False) -> tuple[Line, ...]:
        """A paragraph's lines; its claims attributed once, at the first sentence that does not attribute itself."""
        lines: list[Line] = []
        covered = any(wording.is_attributed(told.text) for told in among[1:3])
        for told in among:
            attribute = not covered and (foreign or (self._claims(told) and self.since >= _ATTRIBUTED_FOR))
            line = self.line(told, attribute=attribute)
            if line is None:
                break  # What follows may lean on the sentence that is lost.
            covered = covered or wording.is_attributed(line.text)
            lines.append(line)
        return tuple(lines)

    def _claims(self, told: Told) -> bool:
        return not wording.is_attributed(told.text)

    def _attributed(self, text: str, capture: Capture) -> str:
        return wording.attributed(text, capture, first=wording.agency(capture) not in self.named)

    @staticmethod
    def _is_named(text: str, capture: Capture) -> bool:
        return wording.agency(capture) in text or (
            "Sheriff" in wording.agency(capture) and wording.short_name(capture)[4:] in text
        )


def tell(sources: Sequence[Capture], *, area: Area | None, on: dt.date) -> Telling | None:
    """A telling from the prose of `sources`, the lead first; None when the lead has no running text."""
    zone = area.zone if area else dt.UTC
    desk = _Desk(on=on, area=area, zone=zone)
    read = [(capture, paragraphs(capture)) for capture in sources]
    if not read or not read[0][1]:
        return None
    lead, own = read[0]
    others = [(c, p) for c, p in read[1:] if p]
    aside = _aside(desk, others)
    room = MOST_SENTENCES - sum(len(p) for p in aside)
    chosen = _chosen(own, room, area, most_each=2 if any(aside) else room)
    body = _body(desk, own, chosen, aside)
    headline = headline_of(lead, own[0][0], area=area, on=on)
    told = [t for index in chosen for t in own[index][: chosen[index]]]
    return Telling(
        headline=headline,
        deck=deck_of(told, headline, area=area, on=on),
        paragraphs=body,
        left_out=_left_out(desk, lead, aside, others),
    )


def stated_place(capture: Capture) -> str:
    """The place in the capture's own date line, '' without one."""
    return next(
        (m["place"].strip(" ,.") for line in capture.text.split("\n") if (m := DATE_LINE.match(line))), ""
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Aside:
    """Paragraphs from other documents: what it means here, the other view, what was found."""

    local: tuple[Line, ...] = ()
    critic: tuple[Line, ...] = ()
    found: tuple[Line, ...] = ()

    def __iter__(self) -> Iterator[tuple[Line, ...]]:
        return iter((self.local, self.critic, self.found))


def _aside(desk: _Desk, others: Sequence[tuple[Capture, Sequence[Paragraph]]]) -> _Aside:
    local: tuple[Line, ...] = ()
    critic: tuple[Line, ...] = ()
    found: tuple[Line, ...] = ()
    for _, read in others:
        if not critic and weighing.is_critical(read):
            critic = _critic(desk, read)
        elif not local and (told := _local(read, desk.area)):
            local = desk.paragraph(told, foreign=True)
        elif not found and any(weighing.has_figure(t) for t in read[0]):
            found = desk.paragraph(read[0][:2], foreign=True)
    return _Aside(local=local, critic=critic, found=found)


def _local(read: Sequence[Paragraph], area: Area | None) -> tuple[Told, ...]:
    """The first sentences of a document that count something in the area by name."""
    if area is None:
        return ()
    for paragraph in read:
        for index, told in enumerate(paragraph):
            if area.name in told.text and weighing.has_figure(told) and not weighing.leans(told):
                return paragraph[index : index + 2]
    return ()


def _critic(desk: _Desk, read: Sequence[Paragraph]) -> tuple[Line, ...]:
    quoted = next((p for p in read if weighing.has_quote(p[0])), ())
    first = read[0][:1] if read[0] is not quoted else ()
    return (*desk.paragraph(first), *desk.paragraph(quoted[:1]))


def _chosen(own: Sequence[Paragraph], room: int, area: Area | None, *, most_each: int) -> dict[int, int]:
    """How many sentences of which of the lead's paragraphs are told, in their order of telling, within `room`.

    Below the lead `most_each` of a paragraph; what tells readers how to act is told whole and never cut.
    """
    chosen: dict[int, int] = {}
    serves = [index for index in range(len(own)) if any(is_service(told.text) for told in own[index])]

    def take(index: int, most: int) -> None:
        nonlocal room
        for number in sorted(weighing.needed(index, own) | {index}):
            if number not in chosen and room > 0:
                chosen[number] = min(len(own[number]), most, room)
                room -= chosen[number]

    for index in [*range(min(_LEAD_PARAGRAPHS, len(own))), *serves]:
        take(index, room)
    for index in sorted(range(len(own)), key=lambda i: (-weighing.weight(own[i], area, i, own), i)):
        if index not in chosen and room > 0:
            take(index, most_each)
    order = _ordered(sorted(index for index, count in chosen.items() if count), own, serves)
    return {index: chosen[index] for index in order}


def _ordered(kept: Sequence[int], own: Sequence[Paragraph], serves: Sequence[int]) -> list[int]:
    """The lead; then what people should do; then what touches them before what it costs; at the end how to reach somebody."""
    lead, rest = list(kept[:1]), [index for index in kept[1:] if index not in serves]
    first = [index for index in rest if weighing.directs(own[index])]
    rest = [index for index in rest if index not in first]
    for at in range(len(rest) - 1):
        one, two = rest[at], rest[at + 1]
        if weighing.touches(own[two]) and not weighing.touches(own[one]) and "$" in own[one][0].text:
            rest[at], rest[at + 1] = two, one
    last = [index for index in kept[1:] if index in serves]
    # What should be done may be told with the number to call: then it moves up with it.
    first += [index for index in last if weighing.directs(own[index])]
    return [*lead, *first, *rest, *(index for index in last if index not in first)]


def _body(
    desk: _Desk, own: Sequence[Paragraph], chosen: dict[int, int], aside: _Aside
) -> tuple[tuple[Line, ...], ...]:
    told = [desk.paragraph(own[index][:count]) for index, count in chosen.items()]
    told = [lines for lines in told if lines]
    head, rest = told[:_LEAD_PARAGRAPHS], told[_LEAD_PARAGRAPHS:]
    cut = len(rest) - 1 if rest and _LOOKS_AHEAD.search(rest[-1][0].text) else len(rest)
    ordered = [*head, aside.local, *rest[:cut], aside.critic, aside.found, *rest[cut:]]
    return tuple(paragraph for paragraph in ordered if paragraph)


def _left_out(
    desk: _Desk, lead: Capture, aside: _Aside, others: Sequence[tuple[Capture, Sequence[Paragraph]]]
) -> tuple[str, ...]:
    notes = list(desk.lost)
    if count := dropped(lead):
        notes.append(f"{count} sentence(s) with a phone number, an address on the web or words to a machine")
    if not aside.local and desk.area and not weighing.names_area(lead.text, desk.area):
        notes.append("a paragraph on what it means here: no document counts anything in the area by name")
    if not aside.critic:
        notes.append("a second view: no other source has a named critic")
    return tuple(notes)
