"""Hours that the evidence tells without saying which half of the day: "at 10" in notes, "open 2 to 6"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from backread.check.base import Context
from backread.check.scope import Stretch, cited, is_kin, others, whole
from backread.values.capture import Passage
from backread.values.story import Sentence

_HOURS = ("twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_HOUR = rf"(?:1[0-2]|[1-9]|{'|'.join(_HOURS)})"
_AT = re.compile(
    rf"\b(?:at|till|until|by|before|after|from|around|about)\s(?P<hour>{_HOUR})"
    r"(?=[.,;:)]?(?:\s(?:on|in|sharp|o[’']clock|every|most|and|the|he|she|they)\b|[\n\"”]|\s[A-Z]|\Z)|[.,;)])"
)
_RANGE = re.compile(
    rf"(?<![\w$€£.,:-])(?P<first>{_HOUR})(?:\sto\s|\s?[-–]\s?)(?P<last>{_HOUR})(?=[.,;)]?(?:\s[A-Z]|[\n\"”]|\Z)|[.,;)])"
)
_OPEN = re.compile(
    r"(?i)\b(?:open\w*|hours|from|clos\w+|daily|every|as always|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\b[^.\n]{0,30}\Z"
)
_NEAR, _FAR = 2, 4
"""The words that the source sentence must share with the story's; in a capture that nobody cites, its paragraph."""


def bare_hour(time: dt.time, sentence: Sentence, context: Context) -> Passage | None:
    """Where the evidence tells the full hour of `time` in a sentence that tells the same; None where it does not."""
    if time.minute:
        return None
    for stretch in (*cited(sentence, context), *whole(context.cited(sentence))):
        for start, end, hour in _hours(stretch.text):
            if hour == time.hour % 12 and is_kin(
                sentence.text, stretch.sentence(start, end).text, least=_NEAR
            ):
                return stretch.passage(start, end)
    return _elsewhere(time, sentence, others(sentence, context))


def _elsewhere(time: dt.time, sentence: Sentence, stretches: tuple[Stretch, ...]) -> Passage | None:
    for stretch in stretches:
        for start, end, hour in _hours(stretch.text):
            if hour == time.hour % 12 and is_kin(sentence.text, stretch.paragraph(start, end), least=_FAR):
                return stretch.passage(start, end)
    return None


def _hours(text: str) -> Iterator[tuple[int, int, int]]:
    """The start, the end and the hour, of twelve, of every bare hour."""
    for match in _AT.finditer(text):
        yield *match.span(), _number(match["hour"])
    for match in _RANGE.finditer(text):
        if _OPEN.search(text[max(0, match.start() - 60) : match.start()]):
            yield *match.span("first"), _number(match["first"])
            yield *match.span("last"), _number(match["last"])


def _number(word: str) -> int:
    return _HOURS.index(word) if word in _HOURS else int(word) % 12
