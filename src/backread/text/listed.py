"""Counts of what a text lists: names after "Ayes:", items joined by commas, lines of a list, days of the week.

A reporter counts them ("three places", "5-2"). What a list counts is told by the words before it: those of its sentence,
or the line over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from backread.text.dates import WEEKDAYS
from backread.text.figures import Figure, stems
from backread.text.numerals import WORD_NUMBER, value_of
from backread.text.sentences import split

MOST = 40
"""Items of one list that are counted; a longer one is a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list: how many items, where it stands, and the words that say what it lists."""

    count: int
    start: int
    end: int
    lead: str


_ITEM = r"[^\s,;:.()][^,;:.()\n]{0,60}"
_JOINED = re.compile(rf"(?P<items>{_ITEM}(?:,\s{_ITEM}){{1,{MOST}}},?\s(?:and|or)\s{_ITEM})")
_COLON = re.compile(r"(?P<lead>[^\n.:]{2,80}):\s(?P<items>[A-Z][^\n.:;]{2,400}?)(?=\.(?:\s|\Z)|\n|\Z|;)")
_PAIR = re.compile(r"(?P<lead>\b[a-z]+ of )(?P<items>[A-Z][\w’'-]+ and [A-Z][\w’'-]+)")
_LINE = re.compile(r"(?P<mark>[-*•–]|\d{1,2}[.)])\s+\S|[A-Z][^\n:]{2,60}:\s\S")
_EVERY = re.compile(rf"\b({'|'.join(WEEKDAYS)})s\b")
_SEAM = re.compile(r",?\s(?:and|or)\s(?=[A-Z])|[,;]\s(?:and\s)?")


@lru_cache(maxsize=256)
def find(text: str) -> tuple[Listed, ...]:
    """Every list of `text`."""
    return (*_inline(text), *_lines(text), *_weekdays(text))


def gives(claim: Figure, told: str, listed: Listed) -> bool:
    """Whether a list may be what `claim` counts: as many, and said to be of such things where its words tell.

    `told` is the sentence of the claim; "the father of two" counts what "father of" lists.
    """
    if listed.count != claim.value or claim.other is not None or claim.unit not in ("", "day", "ordinal"):
        return False
    before = told[max(0, claim.start - 30) : claim.start].lower()
    lead = listed.lead.lower().rstrip(": ")
    counted = stems(f"{claim.unit} {claim.counts}") - {"ordinal"}
    follows = len(lead) > 3 and before.rstrip().endswith(lead[-12:].lstrip())
    return follows or bool(counted & stems(lead))


def fields_apart(text: str, claim: Figure) -> bool:
    """Whether a record has the two sides of a score in fields of one name: "shots: 44" and "shots: 27"."""
    names = [set(re.findall(rf"\b(\w[\w ]{{1,30}}): {side}\b", text)) for side in (claim.value, claim.other)]
    return bool(names[0] & names[1])


def vote(text: str) -> tuple[int, int] | None:
    """The sides of a vote that a text lists by name or tells in words: "Ayes: Orde, Pell. Nay: Lisk."; None for none."""
    if said := _SAID.search(text):
        return int(value_of(said["ayes"])), int(value_of(said["nays"]))
    sides = [
        (bool(_AYE.search(found.lead)), bool(_NAY.search(found.lead)), found.count) for found in _named(text)
    ]
    ayes = next((count for aye, _, count in sides if aye), None)
    nays = next((count for _, nay, count in sides if nay), None)
    return (ayes, nays) if ayes is not None and nays is not None else None


_SAID = re.compile(
    rf"(?i)\b(?P<ayes>{WORD_NUMBER}|\d{{1,3}}) (?:yes|for|in favou?r|ayes?)\b,? (?:and )?(?P<nays>{WORD_NUMBER}|\d{{1,3}}) (?:no|against|opposed|nays?|noes)\b"
)
_AYE = re.compile(r"(?i)\b(?:ayes?|yes|yeas?|for|in favou?r)\s*\Z")
_NAY = re.compile(r"(?i)\b(?:nays?|no|noes|against|opposed)\s*\Z")


def _named(text: str) -> Iterator[Listed]:
    for match in _COLON.finditer(text):
        lead = match["lead"]
        yield Listed(
            count=_count(match["items"]), start=match.start("items"), end=match.end("items"), lead=lead
        )


def _inline(text: str) -> Iterator[Listed]:
    yield from (found for found in _named(text) if 1 < found.count <= MOST)
    for start, end in split(text):
        for match in _JOINED.finditer(text, start, end):
            yield Listed(
                count=_count(match["items"]),
                start=match.start(),
                end=match.end(),
                lead=text[start : match.end()],
            )
        for match in _PAIR.finditer(text, start, end):
            yield Listed(count=2, start=match.start("items"), end=match.end(), lead=match["lead"])


def _count(items: str) -> int:
    return sum(bool(item.strip()) for item in _SEAM.split(items))


def _lines(text: str) -> Iterator[Listed]:
    """Lines in a row that begin alike: bullets, numbers, or a name and a colon; the line over them is their lead."""
    at, over = 0, ""
    rows = [(line, bool(_LINE.match(line))) for line in text.split("\n")]
    for is_item, group in groupby(rows, key=lambda row: row[1]):
        lines = [line for line, _ in group]
        size = sum(len(line) + 1 for line in lines)
        if is_item and 2 <= len(lines) <= MOST:
            yield Listed(count=len(lines), start=at, end=at + size - 1, lead=over)
        over = next((line for line in reversed(lines) if line.strip()), over)
        at += size


def _weekdays(text: str) -> Iterator[Listed]:
    """The days of every week that one paragraph names: "Tuesdays ..., Thursdays ... and Saturdays"."""
    at = 0
    for line in text.split("\n"):
        days = {match[1] for match in _EVERY.finditer(line)}
        if len(days) > 1:
            yield Listed(count=len(days), start=at, end=at + len(line), lead="days of the week")
        at += len(line) + 1
