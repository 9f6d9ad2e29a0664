"""A story from running text: select, order, attribute and quote, in the sources' own words.

The order: the lead and what follows it at once; what it means here, from a document that names the area; the rest
of the lead source by weight; a second view where another source has a named critic; what other documents
of the dossier found; what comes next. A sentence is taken whole or not at all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from backread.draft import weaving, weighing
from backread.draft.decks import deck as deck_of
from backread.draft.desk import Desk
from backread.draft.reading import DATE_LINE, dropped, is_service, paragraphs
from backread.draft.telling import Line, Telling
from backread.draft.title import headline as headline_of
from backread.draft.weaving import Aside, Decided
from backread.draft.weighing import Paragraph
from backread.values.area import Area
from backread.values.capture import Capture

MOST_SENTENCES = 15
MOST_WOVEN = 23
"""With what other documents tell of the same thing."""
_LEAD_PARAGRAPHS = 2
_LOOKS_AHEAD = re.compile(r"\b(?:will|scheduled|open on|expects?|is asked|next)\b")


def tell(sources: Sequence[Capture], *, area: Area | None, on: dt.date) -> Telling | None:
    """A telling from the prose of `sources`, the lead first; None when the lead has no running text."""
    desk = Desk(on=on, area=area, zone=area.zone if area else dt.UTC)
    read = [(capture, paragraphs(capture)) for capture in sources if not weaving.decides(capture)]
    if not read or not read[0][1]:
        return None
    lead, own = read[0]
    decided = weaving.decided(desk, lead, sources)
    aside = weaving.aside(desk, [(c, p) for c, p in read[1:] if p])
    most = MOST_WOVEN if any(aside) or decided.size else MOST_SENTENCES
    room = most - sum(len(p) for p in aside) - decided.size
    here = None if any(aside) else area
    chosen = _chosen(own, max(room, _LEAD_PARAGRAPHS), here, most_each=2 if any(aside) else most)
    headline = decided.headline or headline_of(lead, own[0][0], area=area, on=on)
    told = [t for index in chosen for t in own[index][: chosen[index]]]
    return Telling(
        headline=headline,
        deck=deck_of(told, headline, area=area, on=on),
        paragraphs=_body(desk, own, chosen, aside, decided),
        left_out=_left_out(desk, lead, aside),
    )


def stated_place(capture: Capture) -> str:
    """The place in the capture's own date line, '' without one."""
    return next(
        (m["place"].strip(" ,.") for line in capture.text.split("\n") if (m := DATE_LINE.match(line))), ""
    )


def _chosen(own: Sequence[Paragraph], room: int, area: Area | None, *, most_each: int) -> dict[int, int]:
    """How many sentences of which of the lead's paragraphs are told, in their order of telling, within `room`.

    Below the lead `most_each` of a paragraph; what tells readers how to act is told whole and never cut.
    """
    chosen: dict[int, int] = {}
    serves = [index for index in range(len(own)) if any(is_service(told.text) for told in own[index])]

    def take(index: int, most: int) -> None:
        nonlocal room
        wanted = sorted({index, *weighing.needed(index, own)} - set(chosen))
        sizes = {number: min(len(own[number]), most) for number in wanted}
        if sum(sizes.values()) <= room:  # Whole or not at all: half a paragraph hangs in the air.
            chosen.update(sizes)
            room -= sum(sizes.values())

    for index in [*range(min(_LEAD_PARAGRAPHS, len(own))), *serves]:
        take(index, len(own[index]))
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
    desk: Desk, own: Sequence[Paragraph], chosen: dict[int, int], aside: Aside, decided: Decided
) -> tuple[tuple[Line, ...], ...]:
    """The paragraphs in order. A decision made here leads, with what it means here; elsewhere it follows its mention."""
    told = [lines for index, count in chosen.items() if (lines := desk.paragraph(own[index][:count]))]
    told = decided.after(told)
    cut = (
        len(told) - 1 if len(told) > _LEAD_PARAGRAPHS and _LOOKS_AHEAD.search(told[-1][0].text) else len(told)
    )
    if decided.lead:
        ordered = [
            decided.lead,
            *told[:1],
            aside.local,
            *aside.rules,
            *told[1:cut],
            aside.critic,
            aside.found,
            *told[cut:],
            decided.place,
        ]
    else:
        two = _LEAD_PARAGRAPHS
        ordered = [
            *told[:two],
            aside.local,
            *aside.rules,
            *told[two:cut],
            aside.critic,
            aside.found,
            *told[cut:],
        ]
    return tuple(paragraph for paragraph in ordered if paragraph)


def _left_out(desk: Desk, lead: Capture, aside: Aside) -> tuple[str, ...]:
    notes = list(desk.lost)
    if count := dropped(lead):
        notes.append(f"{count} sentence(s) with a phone number, an address on the web or words to a machine")
    if not aside.local and desk.area and not weighing.names_area(lead.text, desk.area):
        notes.append("a paragraph on what it means here: no document counts anything in the area by name")
    if not aside.critic:
        notes.append("a second view: no other source has a named critic")
    return tuple(notes)
