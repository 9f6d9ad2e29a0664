"""The story of minutes: the weightiest decision first, then who was against and why, one speaker a paragraph."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from backread.draft import weighing
from backread.draft.reading import Told, paragraphs
from backread.draft.telling import Line, Telling, spans
from backread.text.forms.base import of_capture
from backread.text.forms.table import dollars_of
from backread.text.forms.votes import counted, is_consent, voted
from backread.values.capture import Capture, Field

if TYPE_CHECKING:
    from backread.draft.from_fields import Page

_PROCEDURE = re.compile(
    r"^The motion\b|\b(?:moved|seconded)\b|^\W*\d+\.$|^The (?:board|council|commission|committee) (?:considered|discussed|took up)\b"
)
_SPOKE = re.compile(r"(?i)^public comment")
_NEXT = re.compile(r"\b[Nn]ext (?:regular |special )?meeting\b")
_MOST_VOTES = 4
_CONTEXT, _QUOTES = 2, 2
_HEARING_HEAT = 7.0


def tell(page: Page) -> Telling | None:
    """A telling of minutes; None when no vote of theirs can be told."""
    ranked = sorted(voted(page.capture), key=lambda r: (-_heat(page.capture, r), r))
    ranked = [r for r in ranked if not is_consent(page.capture, r)] or ranked
    ranked = [r for r in ranked if _of(page, "headline", r) and _of(page, "vote again", r)]
    if not ranked:
        return None
    told: list[tuple[Line, ...]] = []
    for record in ranked[:_MOST_VOTES]:
        told += decision(page, record, known=_words(told), first=not told)
    deck = _of(page, "deck", ranked[1]) if len(ranked) > 1 else ()
    last = (*_spoke(page), *_ends(page, _words(told)))
    left = len(voted(page.capture)) - len(ranked[:_MOST_VOTES])
    return Telling(
        headline=_of(page, "headline", ranked[0])[0],
        deck=deck[0] if deck else None,
        paragraphs=tuple(p for p in (*told, *last) if p),
        left_out=(f"{left} more vote(s), the consent agenda among them",) if left else (),
    )


def decision(page: Page, record: int, *, known: str, first: bool) -> Iterator[tuple[Line, ...]]:
    """One decision: what was decided and what it is about; who was against, with what they said; other voices."""
    vote = (
        _of(page, "vote draft", record) or _of(page, "vote", record)
        if first
        else _of(page, "vote again", record)
    )
    prose = _prose(page, record)
    quoted = [told for told in prose if weighing.has_quote(told)][:_QUOTES]
    context = [told for told in prose if told not in quoted][:_CONTEXT]
    against = _nays(page, record, known)
    voices = list(_voices(page, quoted, f"{known} {_words([against])}"))
    answered = [lines for lines in voices if against and _surname(lines[0].text) in against[0].text][:1]
    yield (*vote[:1], *page.told(context, attribute=False), *(() if answered else against))
    for lines in voices:
        yield (*against, *lines) if lines in answered else lines


def _of(page: Page, part: str, record: int) -> tuple[Line, ...]:
    """The forms' lines of one kind that rest on one record's motion or vote."""
    return tuple(line for line in page.parts(part) if is_of(page, line, record))


def is_of(page: Page, line: Line, record: int) -> bool:
    """Whether a line rests on the words of one record."""
    return bool(spans(line) & {(f.start, f.end) for f in page.capture.fields if f.record == record})


def _heat(capture: Capture, record: int) -> float:
    """How much a vote tells: the money, who was against, a hearing for everybody; the consent agenda little."""
    fields = {f.name: f for f in capture.fields if f.record == record}
    count = counted(fields["vote"].value)
    amount = dollars_of(fields["amount"].value) if "amount" in fields else 0
    heat = math.log10(amount) if amount > 1 else 0.0
    heat = max(heat, _HEARING_HEAT if "hearing" in fields["motion"].value else 0.0)
    return heat + (count[1] if count else 0) + (fields["motion"].value.count(" ") > 8)


def _prose(page: Page, record: int) -> tuple[Told, ...]:
    own = [f for f in page.capture.fields if f.record == record]
    items = [f.end for f in own if f.name == "item"]
    start, last = min(items) if items else min(f.start for f in own), max(f.end for f in own)
    return tuple(
        told
        for paragraph in paragraphs(page.capture, start, last)
        for told in paragraph
        if not _PROCEDURE.search(told.text)
    )


def _nays(page: Page, record: int, known: str) -> tuple[Line, ...]:
    """Who voted no: in full who was not named before, by surname who was."""
    lines = _of(page, "nays", record)
    fitting = [line for line in lines if _is_named_right(line.text, known)]
    return tuple((fitting or list(lines))[:1])


def _is_named_right(text: str, known: str) -> bool:
    names = re.split(
        r",? and |, ", text.replace(" voted no, as did ", " and ").replace(" voted no.", "").rstrip(".")
    )
    return all((name.split()[-1] in known) == (" " not in name) for name in names)


def _voices(page: Page, quoted: Sequence[Told], known: str) -> Iterator[tuple[Line, ...]]:
    for told in quoted:
        for line in page.told([told], attribute=False):
            text = _by_surname(line.text, page, known)
            known = f"{known} {text}"
            yield (Line(text=text, passages=line.passages),)


def _by_surname(text: str, page: Page, known: str) -> str:
    """A speaker who was named in full before is called by surname."""
    for person in page.area.people if page.area else ():
        full = f"{person.role} {person.name}"
        if full in known:
            text = text.replace(full, person.name.split()[-1])
    return text


def _surname(text: str) -> str:
    found = re.search(r"(?P<name>[A-Z][\w’'-]+) said\b", text)
    return found["name"] if found else "\0"


def _spoke(page: Page) -> Iterator[tuple[Line, ...]]:
    """What the public came to speak about."""
    for field in of_capture(page.capture).all("item"):
        if _SPOKE.match(field.value):
            told = [t for p in paragraphs(page.capture, field.end, _until(page.capture, field)) for t in p]
            lines = page.told([t for t in told if not _NEXT.search(t.text)][:2], attribute=False)
            opening = page.first("spoke")
            yield (*opening, *lines[1:]) if opening else lines


def _ends(page: Page, known: str) -> Iterator[tuple[Line, ...]]:
    """Where to go and when the body meets next."""
    told = (t for p in paragraphs(page.capture) for t in p if _NEXT.search(t.text))
    yield (*room(page, known), *page.told(list(told)[:1], attribute=False))


def room(page: Page, known: str) -> tuple[Line, ...]:
    """Where the room is that the story names."""
    return tuple(p for p in page.parts("place") if p.text.partition(" is at ")[0][4:] in known)[:1]


def _until(capture: Capture, field: Field) -> int:
    later = [f.start for f in of_capture(capture).all("item") if f.start > field.start]
    return min(later, default=len(capture.text))


def _words(told: Iterable[tuple[Line, ...]]) -> str:
    return " ".join(line.text for lines in told for line in lines)
