"""Sentences from the items of an agenda: what each would do, and how far it has come.

An agenda decides nothing: an item "would" do what its own text says, or is "scheduled to" be taken up; never more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from backread.text import dates, sentences
from backread.text.forms.base import Rendered, a, capital, day, of_capture, the, words_of
from backread.text.forms.meeting import items, kind_of, subject
from backread.text.forms.motions import low
from backread.values.area import Area
from backread.values.capture import Capture, Field
from backread.values.source import Genre

_REACH = 1_200
_WOULD = re.compile(
    r"^The (?P<what>ordinance|resolution|measure|amendment|rule|bill|plan|policy|agreement|lease|permit|rezoning) would (?P<rest>.+)\.$"
)
_STAGE = re.compile(r"\b(?P<stage>first|second|third|final) reading\b")
_HEARING = re.compile(r"(?i)^public hearings?$")
_REPORT = re.compile(r"^(?:Report|Presentation|Update) (?:of|by|from) (?P<who>[^:]+): (?P<what>.+)$")
_OF = re.compile(r"^[a-z]+(?:ing|tion|ment|al|ase|air|val)? of\b")


def agenda(capture: Capture, on: date, area: Area | None) -> Iterator[Rendered]:
    """All sentences that the items of an agenda give, for a meeting on the story's day or after."""
    fields = of_capture(capture)
    body, when = fields.one("body"), fields.one("date")
    held_on = day(when.value) if when else None
    if capture.genre is not Genre.AGENDA or body is None or when is None or held_on is None or held_on < on:
        return
    for item in items(capture):
        yield from _item(capture, item, (body, when), dates.ap(held_on, on))


def is_for_hearing(capture: Capture, item: Field) -> bool:
    """Whether an item stands under the heading "Public hearing"."""
    return _heading(capture, item) is not None


def item_end(capture: Capture, item: Field) -> int:
    """Where an item's text ends: at the next item, or some way on."""
    later = [f.start for f in of_capture(capture).all("item") if f.start > item.start]
    return min([*later, item.end + _REACH, len(capture.text)])


def _item(capture: Capture, item: Field, meets: tuple[Field, Field], moment: str) -> Iterator[Rendered]:
    name, words = words_of(meets[0].value), _bare(item.value)
    used = (*meets, item)
    if would := _would(capture, item):
        field, what, rest = would
        yield Rendered(text=f"{capital(a(what))} before {the(name)} on {moment} would {rest}.", fields=(*used, field), part="would lead")  # fmt: skip
        yield Rendered(
            text=f"{capital(a(what))} on the agenda would {rest}.", fields=(item, field), part="would"
        )
    hearing, stage = _heading(capture, item), _STAGE.search(words)
    about = low(subject(item.value))
    if hearing:
        yield Rendered(text=f"{name} to hold hearing {moment} on {about}", fields=(*used, hearing), part="item headline")  # fmt: skip
        said = (
            f"A public hearing and its {stage.group()} are on the agenda."
            if stage
            else "A public hearing on it is on the agenda."
        )
        yield Rendered(text=said, fields=(item, hearing), part="stage")
    else:
        yield Rendered(text=f"{name} to take up {about} {moment}", fields=used, part="item headline")
        if stage:
            yield Rendered(text=f"Its {stage.group()} is on the agenda.", fields=(item,), part="stage")
    yield Rendered(text=f"The {kind_of(name)} is scheduled to {_taken_up(words)}.", fields=(meets[0], item), part="taken up")  # fmt: skip
    for said in _also(kind_of(name), _taken_up(words)):
        yield Rendered(text=said, fields=(meets[0], item), part="also taken up")


def _also(kind: str, act: str) -> Iterator[str]:
    """The ways a further item is told, so that no two paragraphs running open alike."""
    yield f"The {kind} is also scheduled to {act}."
    if act.startswith("take up "):
        yield f"Also on the agenda is {act[8:]}."
        yield f"The agenda also lists {act[8:]}."
        yield f"Another item is {act[8:]}."


def _taken_up(words: str) -> str:
    """What a body does with an item, by the item's own words."""
    if found := _REPORT.match(words):
        return f"hear a report by {found['who']} on {_with_article(low(found['what']))}"
    head, colon, _ = words.partition(": ")
    if not colon and head[:1].isalpha() and (head.startswith("Contract ") or _OF.match(low(head))):
        return f"take up {_with_article(low(head))}"
    return f"take up “{words}”"


def _with_article(words: str) -> str:
    if words.startswith("contract "):
        return f"a {words}"
    return f"the {words}" if _OF.match(words) else words


def _would(capture: Capture, item: Field) -> tuple[Field, str, str] | None:
    """The sentence of an item's own text that says what it would do."""
    end = item_end(capture, item)
    for first, last in sentences.split(capture.text[item.end : end]):
        start, stop = item.end + first, item.end + last
        words = re.sub(r"\s+", " ", capture.text[start:stop])
        if found := _WOULD.match(words):
            return Field(name="would", value=words, start=start, end=stop), found["what"], found["rest"]
    return None


def _heading(capture: Capture, item: Field) -> Field | None:
    """The heading "Public hearing" that an item stands under."""
    earlier = [f.end for f in of_capture(capture).all("item") if f.end <= item.start]
    start = max(earlier, default=0)
    for line in reversed(list(re.finditer(r"[^\n]+", capture.text[start : item.start]))):
        words = line.group().strip()
        if _HEARING.match(words):
            at = start + line.start()
            return Field(name="heading", value=words, start=at, end=at + len(line.group()))
    return None


def _bare(item: str) -> str:
    return re.sub(r"^\s*(?:\d+|[A-Z]|[IVX]+)[.)]\s+", "", words_of(item))
