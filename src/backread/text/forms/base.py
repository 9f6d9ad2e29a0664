"""What every form shares: the sentence it renders, and how fields are read and put into words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from backread.text import dates
from backread.values.area import Area
from backread.values.capture import Capture, Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A sentence and the fields it was made from. `part` says what it is for: "headline", "deck", "lead", "body"."""

    text: str
    fields: tuple[Field, ...]
    part: str = "body"


Form = Callable[[Capture, date, Area | None], Iterable[Rendered]]
"""All sentences of one kind that a capture's fields give, seen from a story dated `date`."""


class Fields:
    """A capture's fields by name, in one record or in the document itself."""

    __slots__ = ("_held",)

    def __init__(self, fields: Iterable[Field]) -> None:
        self._held = tuple(fields)

    def all(self, *names: str) -> tuple[Field, ...]:
        """Every field of one of these names that says something, in document order."""
        return tuple(field for field in self._held if field.name in names and field.value.strip())

    def one(self, *names: str) -> Field | None:
        """The first field of the first of these names that is there."""
        return next((found[0] for name in names if (found := self.all(name))), None)

    def records(self) -> Iterator[tuple[int, Fields]]:
        """The repeated things, in order of their number."""
        for number in sorted({field.record for field in self._held}):
            yield number, Fields(field for field in self._held if field.record == number)


def of_capture(capture: Capture) -> Fields:
    """The fields of `capture`."""
    return Fields(capture.fields)


def words_of(value: str) -> str:
    """A field's words on one line, without a full stop at the end."""
    return re.sub(r"\s+", " ", value).strip().rstrip(".").strip()


def is_capitals(text: str) -> bool:
    """Whether words are typed in capitals throughout, which hides which of them are names."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def lowered(title: str) -> str:
    """A title's words as they stand inside a sentence: "Coastal Flood Warning" becomes "coastal flood warning"."""
    return words_of(title).lower()


def a(words: str) -> str:
    """`words` after the fitting article."""
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


def capital(words: str) -> str:
    """`words` with a capital at the start."""
    return words[:1].upper() + words[1:]


def series(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; semicolons where a member holds a comma."""
    if len(words) < 2:
        return "".join(words)
    if any("," in word for word in words):
        return "; ".join(words[:-1]) + f"; and {words[-1]}"
    return f"{', '.join(words[:-1])} and {words[-1]}"


def the(name: str) -> str:
    """An agency's name with its article where it takes one: "the Sheriff's Office", but "Environment Canada"."""
    if re.match(r"(?:the|The)\s", name):
        return f"the {name[4:]}"
    takes = r"\b(?:Board|Office|Department|Council|Commission|Authority|District|Service|Center|Centre|Survey|Bureau|Agency|Institute|Association|Division|Committee|Administration|Court)\b"
    return f"the {name}" if re.search(takes, name) and not name.isupper() else name


def moment(value: str, area: Area | None = None) -> datetime | None:
    """A field's moment, read as it is written, with its own offset; None when it is not one."""
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    if "T" not in value and " " not in value.strip():
        return None
    # An alert in UTC must be told in the readers' own time; without an area its own offset stands.
    return found.astimezone(area.zone) if area and area.timezone != "UTC" and found.tzinfo else found


def day(value: str) -> date | None:
    """A field's day; None when it is not one."""
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None


def clock(value: str) -> time | None:
    """A field's time of day, from ISO form; None when it is not one."""
    try:
        return time.fromisoformat(value.strip())
    except ValueError:
        return None


def at(when: datetime, on: date) -> str:
    """ "6 p.m. Tuesday", with the zone's letters when it is UTC."""
    zone = " UTC on" if when.utcoffset() is not None and when.tzname() == "UTC" else ""
    return f"{dates.ap_time(when.time())}{zone} {dates.ap(when.date(), on)}"


def closed(sentence: str) -> str:
    """`sentence` with one full stop at the end, commas after a year kept tidy."""
    sentence = sentence.strip()
    return sentence if sentence.endswith((".", "?", "!", ".”")) else f"{sentence}."


def dated(words: str, rest: str) -> str:
    """`words` and `rest`, with the comma that a year before `rest` asks for."""
    comma = "," if re.search(r", (?:19|20)\d\d$", words) and rest and not rest.startswith((",", ".")) else ""
    return f"{words}{comma}{rest}"
