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
from backread.draft.reading import DATE_LINE, Told, dropped, paragraphs
from backread.draft.telling import Line, Telling
from backread.draft.title import lead_line, title_line
from backread.draft.weighing import Paragraph
from backread.values.area import Area
from backread.values.capture import Capture

MOST_SENTENCES = 15
_LEAD_PARAGRAPHS = 2
_DECK_WORDS = 26
_LOOKS_AHEAD = re.compile(r"\b(?:will|scheduled|open on|expects?|is asked|next)\b")
_NOT_A_DECK = re.compile(r"\bsaid\b|\baccording to\b|\bsays\b|presumed|accusation|\b[ap]\.m\.$|\bPhoto\b")


@dataclass(slots=True)
class _Desk:
    """What the drafter holds while it writes one story."""

    on: dt.date
    area: Area | None
    zone: dt.tzinfo
    named: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)

    def line(self, told: Told, *, attribute: bool) -> Line | None:
        """A sentence as the story says it; None when its day cannot be told."""
        text = wording.told_from(told, self.on, wording.own_day(told.capture, self.zone))
        if text is None:
            self.lost.append(f"“{told.text}”: the day it means could not be told")
            return None
        if attribute:
            text = self._attributed(text, told.capture)
        if self._is_named(text, told.capture):
            self.named.add(wording.agency(told.capture))
        return Line(text=text, passages=(told.passage,))

    def paragraph(self, among: Sequence[Told], *, foreign: bool = False) -> tuple[Line, ...]:
        """A paragraph's lines; its claims attributed once, at the first sentence that does not attribute itself."""
        lines: list[Line] = []
        covered = False
        for told in among:
            attribute = not covered and (foreign or self._claims(told))
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
    deck_told = _deck(own)
    aside = _aside(desk, others, own)
    room = MOST_SENTENCES - sum(len(p) for p in aside)
    chosen = _chosen(own, room, deck_told, area, most_each=2 if any(aside) else room)
    body = _body(desk, own, chosen, deck_told, aside)
    deck = desk.line(deck_told, attribute=False) if deck_told else None
    deck = Line(text=deck.text.rstrip("."), passages=deck.passages) if deck else None
    headline = title_line(lead) or lead_line(own[0][0])
    return Telling(
        headline=headline, deck=deck, paragraphs=body, left_out=_left_out(desk, lead, aside, others)
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


def _aside(
    desk: _Desk, others: Sequence[tuple[Capture, Sequence[Paragraph]]], own: Sequence[Paragraph]
) -> _Aside:
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


def _deck(own: Sequence[Paragraph]) -> Told | None:
    """A whole, short sentence below the lead that tells something new and quotes nobody."""
    for paragraph in own[1:]:
        for index, told in enumerate(paragraph):
            short = 6 <= len(told.text.split()) <= _DECK_WORDS
            alone = len(paragraph) > 1 and index in (0, len(paragraph) - 1)
            if short and alone and _stands(told) and (index or not weighing.leans(paragraph[1])):
                return told
    return None


def _stands(told: Told) -> bool:
    return (
        not weighing.leans(told)
        and not weighing.has_quote(told)
        and told.text.endswith(".")
        and not told.text.startswith(("For ", "Anyone", "Members", "People with"))
        and not _NOT_A_DECK.search(told.text)
    )


def _chosen(
    own: Sequence[Paragraph], room: int, deck: Told | None, area: Area | None, *, most_each: int
) -> dict[int, int]:
    """How many sentences of which of the lead's paragraphs are told, within `room`; below the lead `most_each`."""
    chosen: dict[int, int] = {}

    def take(index: int) -> None:
        nonlocal room
        for number in sorted(weighing.needed(index, own) | {index}):
            if number not in chosen and room > 0:
                size = len([t for t in own[number] if t is not deck])
                most = room if number < _LEAD_PARAGRAPHS else min(room, most_each)
                chosen[number] = min(size, most)
                room -= chosen[number]

    for index in range(min(_LEAD_PARAGRAPHS, len(own))):
        take(index)
    ranked = sorted(range(len(own)), key=lambda i: (-weighing.weight(own[i], area, i, own), i))
    for index in ranked:
        if index not in chosen and room > 0:
            take(index)
    return {index: count for index, count in chosen.items() if count}


def _body(
    desk: _Desk, own: Sequence[Paragraph], chosen: dict[int, int], deck: Told | None, aside: _Aside
) -> tuple[tuple[Line, ...], ...]:
    told = []
    for index in sorted(chosen):
        kept = [t for t in own[index] if t is not deck][: chosen[index]]
        told.append(desk.paragraph(kept))
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
