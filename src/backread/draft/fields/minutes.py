"""The story of minutes: what was decided, the weightiest first, who was against and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backread.draft.reading import paragraphs
from backread.draft.telling import Line, Telling, spans
from backread.text.forms.base import of_capture
from backread.text.forms.votes import counted
from backread.values.capture import Capture

if TYPE_CHECKING:
    from backread.draft.from_fields import Page

_PROCEDURE = re.compile(r"^The motion\b|\b(?:moved|seconded)\b|^\W*\d+\.$")
_VOTE_SENTENCES = 4


def tell(page: Page) -> Telling | None:
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
    best = next((h for h in heads if spans(h) & _record_spans(page.capture, ranked[0])), heads[0])
    deck = next(
        (h for h in heads if len(told) > 1 and spans(h) & _record_spans(page.capture, ranked[1])), None
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


def _vote_lines(page: Page, record: int, known: str) -> tuple[Line, ...]:
    own_spans = _record_spans(page.capture, record)
    own = [f for f in page.capture.fields if f.record == record]
    votes = [line for line in page.parts("vote") if spans(line) & own_spans]
    vote = next((line for line in votes if " voted " in line.text), votes[0] if votes else None)
    if vote is None:
        return ()
    nays = [line for line in page.parts("nays") if spans(line) & own_spans][:1]
    if nays and all(
        name in known for name in re.split(r", as did |,? and |, ", nays[0].text.removesuffix(" voted no."))
    ):
        nays = [line for line in page.parts("nays again") if spans(line) & own_spans][:1]
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
