"""Figures that are told in several words: lengths in parts, halves after a whole, what is spoken aloud, cents of a dollar.

"54 minutes 17 seconds", "an hour and a half", "two point four million", "seven nil", "18 cents of every dollar" and a
result's "0:54:17". `figures` reads these first, for each of their words alone would be another figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from backread.text.measures import UNIT, base_of, unit_of
from backread.text.numerals import SCALES, WORD_NUMBER, value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A figure read from several words, without its hedge; `other` is the second side of a score, `step` the value of one
    unit of its last digit."""

    start: int
    end: int
    value: Decimal
    unit: str = ""
    other: Decimal | None = None
    digits: bool = False
    step: Decimal = Decimal(1)


_COUNT = rf"(?:\d{{1,4}}|{WORD_NUMBER})"
_SHORT = {"s": "second", "h": "hour", "in": "inch", "oz": "ounce"}
_IN_PARTS = re.compile(
    rf"(?<![\w.,$€£/-])(?P<one>{_COUNT})[\s-]?(?P<big>{UNIT}|h(?=\s?\d)),?\s?(?:and\s)?(?P<two>{_COUNT})[\s-]?(?P<small>{UNIT}|(?:s|in|oz)\b)"
    rf"(?:,?\s?(?:and\s)?(?P<three>{_COUNT})[\s-]?(?P<last>{UNIT}|s\b))?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\w:.,-])(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)(?![\w:]|[.,]\d|\s?[ap]\.?m)"
)
_AND_HALF = re.compile(
    rf"(?<![\w.,$-])(?:(?P<count>{_COUNT})\sand\sa\s(?P<part>half|quarter)(?:\s(?P<scale>million|billion|thousand)\b)?(?:[\s-](?P<unit>{UNIT}))?"
    rf"|(?P<few>an?|{_COUNT})\s(?P<of>{UNIT}|million|billion)\sand\sa\s(?P<rest>half|quarter))(?![\w-])",
    re.IGNORECASE,
)
_DIGIT = r"(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine)"
_POINT = re.compile(
    rf"(?<![\w-])(?P<whole>{WORD_NUMBER}|nought)\spoint\s(?P<places>{_DIGIT}(?:\s{_DIGIT}){{0,3}})"
    rf"(?:[\s-](?P<scale>thousand|million|billion|trillion))?(?:[\s-](?P<unit>{UNIT}))?(?!\w)",
    re.IGNORECASE,
)
_NIL = re.compile(
    rf"(?<![\w-])(?P<one>\d{{1,2}}|{WORD_NUMBER})(?:\sto\s|\s|-)(?P<two>nil|nothing|zero)(?![\w-])",
    re.IGNORECASE,
)
_OF_DOLLAR = re.compile(
    rf"(?<![\w.,$-])(?P<count>{_COUNT})\s(?:(?P<cents>cents?)|pence|p)\s(?:of|on|out\sof|in|from)\s(?:every|each|the|a|any)\s(?(cents)dollar|pound)\b",
    re.IGNORECASE,
)
_HALVES = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}


def find(text: str) -> Iterator[Told]:
    """Every figure of several words; they may overlap, the earlier kinds being the surer."""
    for reader in (_of_dollar, _clock, _in_parts, _and_half, _point, _nil):
        yield from reader(text)


def _of_dollar(text: str) -> Iterator[Told]:
    for match in _OF_DOLLAR.finditer(text):
        value = value_of(match["count"]) / 100
        yield Told(start=match.start(), end=match.end(), value=value, unit="part", step=Decimal("0.001"))


def _clock(text: str) -> Iterator[Told]:
    """ "1:06:41" is an hour, six minutes and 41 seconds, or a moment of the day: `dates` reads it as that too."""
    for match in _CLOCK.finditer(text):
        hours, minutes, seconds = (int(part) for part in match.groups())
        value = Decimal(hours * 3600 + minutes * 60 + seconds)
        yield Told(start=match.start(), end=match.end(), value=value, unit="second", digits=True)


def _in_parts(text: str) -> Iterator[Told]:
    for match in _IN_PARTS.finditer(text):
        parts = [("one", "big"), ("two", "small")] + ([("three", "last")] if match["three"] else [])
        counted = [(value_of(match[count]), _unit(match[unit])) for count, unit in parts]
        if not _descend(counted):
            continue
        unit = counted[-1][1]
        value = sum((number * base_of(of)[1] for number, of in counted), Decimal(0)) / base_of(unit)[1]
        digits = match["one"][:1].isdigit()
        yield Told(start=match.start(), end=match.end(), value=value, unit=unit, digits=digits)


def _descend(counted: list[tuple[Decimal, str]]) -> bool:
    """Whether each part is a rest of the one before, in a smaller unit of its kind: "1 day and 48 hours" are two lengths."""
    if len({base_of(unit)[0] for _, unit in counted}) > 1:
        return False
    worth = [(number * base_of(unit)[1], base_of(unit)[1]) for number, unit in counted]
    return all(rest < before and one < before for (_, before), (rest, one) in pairwise(worth))


def is_clock(text: str, start: int) -> bool:
    """Whether "1:06:41" stands at `start`, with seconds and no half of the day."""
    return _CLOCK.match(text, start) is not None


def _unit(words: str) -> str:
    return _SHORT.get(words.lower()) or unit_of(words)


def _and_half(text: str) -> Iterator[Told]:
    for match in _AND_HALF.finditer(text):
        count, part = match["count"] or match["few"], match["part"] or match["rest"]
        whole = Decimal(1) if count.lower() in ("a", "an") else value_of(count)
        word = (match["scale"] or match["of"] or "").lower()
        scale = SCALES.get(word, Decimal(1))
        unit = unit_of(match["unit"]) or ("" if word in SCALES else unit_of(match["of"]))
        value = (whole + _HALVES[part.lower()]) * scale
        yield Told(start=match.start(), end=match.end(), value=value, unit=unit, step=scale / 10)


def _point(text: str) -> Iterator[Told]:
    for match in _POINT.finditer(text):
        places = "".join(_digit(word) for word in match["places"].lower().split())
        whole = Decimal(0) if match["whole"].lower() == "nought" else value_of(match["whole"])
        scale = SCALES[(match["scale"] or "one").lower()]
        value = (whole + Decimal(f"0.{places}")) * scale
        step = scale.scaleb(-len(places))
        yield Told(start=match.start(), end=match.end(), value=value, unit=unit_of(match["unit"]), step=step)


def _digit(word: str) -> str:
    return "0" if word in ("oh", "nought") else str(value_of(word))


def _nil(text: str) -> Iterator[Told]:
    """ "Seven nil": a vote or a score of which one side has none."""
    for match in _NIL.finditer(text):
        yield Told(start=match.start(), end=match.end(), value=value_of(match["one"]), other=Decimal(0))
