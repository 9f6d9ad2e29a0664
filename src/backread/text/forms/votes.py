"""Sentences from the fields of minutes: what was decided, how the vote went and who was against.

The count is given as the minutes give it. A motion that did not pass is never said to have, and minutes that are a draft
are called so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from backread.text import dates
from backread.text.alignment import keys
from backread.text.forms.base import Fields, Rendered, capital, day, of_capture, series, words_of
from backread.text.forms.meeting import kind_of, the_body
from backread.text.forms.motions import act_of, headed, hearing_day, low, thing, told_act
from backread.values.area import Area
from backread.values.capture import Capture, Field

__all__ = ["act_of", "counted", "is_consent", "of_record", "voted", "votes", "votes_on"]

_COUNT = re.compile(r"^\s*(\d{1,2})\s*[-–—to]+\s*(\d{1,2})\s*$")
_DRAFT = re.compile(r"(?i)\bdraft\b[^.\n]{0,20}\buntil approved\b")
_SPENDS = re.compile(r"^(?:spend|pay|award|buy|fund|purchase|hire|allocate|appropriate|set aside)\b")
_HEAD_WORDS = 16
_REACH = 120
_SPEAKERS = re.compile(r"\s*(?P<said>[A-Z][a-z]+ (?:people|residents|speakers) spoke\.)(?=\s)")
_LOST = re.compile(
    r"(?i)\b(?:fail(?:ed|s)?|defeated|rejected|lost|did not|not (?:carried|passed|adopted|approved)|tabled|withdrawn|for lack)\b"
)
_ON_SUBJECT = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vote:
    """One motion that passed, as a story tells it."""

    name: str
    tally: str
    act: str
    used: tuple[Field, ...]
    item: Field | None
    amount: Field | None
    when: Field | None
    moment: str


def votes(capture: Capture, on: date, area: Area | None) -> Iterator[Rendered]:
    """All sentences that the votes in a capture's fields give."""
    fields = of_capture(capture)
    body, when = fields.one("body"), fields.one("date")
    if body is None:
        return
    for _, record in fields.records():
        if vote := _read(record, body, when, capture, on):
            yield from _sentences(vote, capture)
            yield from _heads(vote, on)
        yield from _against(record, capture, area)
    yield from _place(fields)
    yield from _spoke(fields, capture)


def counted(vote: str) -> tuple[int, int] | None:
    """Ayes and nays of a vote such as "4-1"; None when it is not one."""
    found = _COUNT.match(vote)
    return (int(found[1]), int(found[2])) if found else None


def voted(capture: Capture) -> tuple[int, ...]:
    """The records that hold a motion and its vote."""
    return tuple(
        number
        for number, record in of_capture(capture).records()
        if record.one("vote") and record.one("motion") and number
    )


def is_consent(capture: Capture, record: int) -> bool:
    """Whether a vote is on the consent agenda, which is news only when there is no other."""
    return any(
        "consent" in f.value.lower() for f in capture.fields if f.record == record and f.name == "motion"
    )


def votes_on(capture: Capture, text: str) -> tuple[int, ...]:
    """The votes of minutes that are on what `text` is on: the name their heading gives it stands there, or nearly all its words."""
    there, plain = keys(text), " ".join(text.lower().split())
    found = []
    for record in voted(capture):
        item = of_record(capture, record).one("item")
        if item is None or is_consent(capture, record):
            continue
        head, words = headed(item.value)[0], keys(item.value)
        named = len(keys(head)) > 2 and head.lower() in plain
        if named or (len(words) > 2 and len(words & there) >= _ON_SUBJECT * len(words)):
            found.append(record)
    return tuple(found)


def of_record(capture: Capture, record: int) -> Fields:
    """The fields of one repeated thing."""
    return Fields(f for f in capture.fields if f.record == record)


def _read(record: Fields, body: Field, when: Field | None, capture: Capture, on: date) -> _Vote | None:
    motion, vote, item = record.one("motion"), record.one("vote"), record.one("item")
    count = counted(vote.value) if vote else None
    if motion is None or vote is None or count is None or count[0] <= count[1] or _failed(vote, capture):
        return None
    held_on = day(when.value) if when else None
    act, used = told_act(motion, item, capture, on, held_on or on)
    if not act:
        return None
    moment = dates.ap(held_on, on) if held_on else ""
    return _Vote(
        name=the_body(words_of(body.value)),
        tally=f"{count[0]}-{count[1]}",
        act=act,
        used=(body, *used, vote),
        item=item,
        amount=record.one("amount"),
        when=when,
        moment=moment if moment in dates.WEEKDAYS or not moment else f"on {moment}",
    )


def _failed(vote: Field, capture: Capture) -> bool:
    """Whether the words before a vote say that it did not carry, as 3-2 does not where four are needed."""
    before = capture.text[max(0, vote.start - _REACH) : max(0, vote.start)]
    clause = re.split(r"[.\n]", before)[-1]
    after = re.split(r"[.\n]", capture.text[vote.end : vote.end + _REACH])[0] if vote.end > 0 else ""
    return bool(_LOST.search(clause) or _LOST.search(after))


def _sentences(vote: _Vote, capture: Capture) -> Iterator[Rendered]:
    yield Rendered(text=f"The vote was {vote.tally} to {vote.act}.", fields=vote.used[1:], part="vote bare")
    yield Rendered(
        text=f"The {kind_of(vote.name)} voted {vote.tally} to {vote.act}.",
        fields=vote.used,
        part="vote again",
    )
    if vote.when is None or not vote.moment:
        return
    comma = "," if re.search(r", \d{4}$", vote.moment) else ""
    used = (*vote.used, vote.when)
    for name in dict.fromkeys((_short(vote.name), vote.name)):
        text = f"{name} voted {vote.tally} {vote.moment}{comma} to {vote.act}"
        yield Rendered(text=f"{text}.", fields=used, part="vote")
        if found := _DRAFT.search(capture.text):
            marked = Field(name="draft", value=found.group(), start=found.start(), end=found.end())
            said = ", according to draft minutes of the meeting."
            yield Rendered(text=f"{text}{said}", fields=(*used, marked), part="vote draft")


def _heads(vote: _Vote, on: date) -> Iterator[Rendered]:
    """Headlines of the kinds there are, the most telling first, and the same as a deck."""
    name, used = _short(vote.name), vote.used
    agrees = "" if name.endswith("ers") else "s"
    if vote.item and (found := hearing_day(vote.act, on)):
        subject = low(headed(vote.item.value)[0])
        used = (*used, vote.item)
        yield Rendered(text=f"{name} set{agrees} {found} hearing on {subject}", fields=used, part="headline")
        yield Rendered(text=f"Public hearing on {subject} set for {found}", fields=used, part="deck")
        return
    if vote.item and vote.amount and _SPENDS.match(vote.act):
        amount = words_of(vote.amount.value)
        used = (*used, vote.item, vote.amount)
        yield Rendered(text=f"{name} approve{agrees} {amount} for {thing(vote.item.value)}, {vote.tally}", fields=used, part="headline")  # fmt: skip
        yield Rendered(text=f"{capital(kind_of(vote.name))} also approves {amount} for {thing(vote.item.value)}, {vote.tally}", fields=used, part="deck")  # fmt: skip
        return
    whole = f"{name} vote{agrees} {vote.tally} to {vote.act}"
    if vote.item and len(whole.split()) > _HEAD_WORDS:
        whole, used = f"{name} vote{agrees} {vote.tally} on {thing(vote.item.value)}", (*used, vote.item)
    yield Rendered(text=whole, fields=used, part="headline")


def _against(record: Fields, capture: Capture, area: Area | None) -> Iterator[Rendered]:
    """Who voted no, each in full or by surname: which of them depends on who was named before."""
    nays, vote = record.all("nays", "nay"), record.one("vote")
    split = [name for field in nays for name in re.split(r"\s*(?:,|;|\band\b)\s*", words_of(field.value))]
    names = [name for name in split if name and not name.isdigit()]
    if not names or not vote or len(names) > 4:
        return
    ways = [dict.fromkeys((_in_full(name, capture, area), (name, None))) for name in names]
    for shown in product(*ways):
        fields = tuple(field for _, field in shown if field)
        yield Rendered(text=_no([words for words, _ in shown]), fields=(*nays, vote, *fields), part="nays")


def _no(names: list[str]) -> str:
    """Two people with their titles are not run together, so that neither title is read with the other's name."""
    if sum(" " in name for name in names) < 2:
        return f"{series(names)} voted no."
    return f"{names[0]} voted no, as did {series(names[1:])}."


def _in_full(name: str, capture: Capture, area: Area | None) -> tuple[str, Field | None]:
    """A member's role and full name and where the minutes say it; the bare surname where the area does not know exactly one."""
    known = [p for p in (area.people if area else ()) if p.name.split()[-1] == name]
    full = f"{known[0].role} {known[0].name}" if len(known) == 1 else ""
    start = capture.text.find(full) if full else -1
    if start < 0:
        return name, None
    return full, Field(name="name", value=full, start=start, end=start + len(full))


def _spoke(fields: Fields, capture: Capture) -> Iterator[Rendered]:
    """How many people spoke, and when in the meeting."""
    for item in fields.all("item"):
        found = _SPEAKERS.match(capture.text, item.end) if item.end > 0 else None
        if found and item.value.strip().lower().startswith("public comment"):
            said = Field(name="spoke", value=found["said"], start=found.start("said"), end=found.end("said"))
            yield Rendered(
                text=f"{found['said'][:-1]} during public comment.", fields=(item, said), part="spoke"
            )


def _place(fields: Fields) -> Iterator[Rendered]:
    """Where the room is that a motion names."""
    place = fields.one("place")
    room, comma, where = words_of(place.value).partition(", ") if place else ("", "", "")
    if place and comma and re.match(r"\d", where):
        yield Rendered(text=f"The {room} is at {where}.", fields=(place,), part="place")


def _short(name: str) -> str:
    """A body as a headline says it: "Pellam County commissioners", "City Council"."""
    return re.sub(r"^The ", "", name).replace("Board of County Commissioners", "commissioners")
