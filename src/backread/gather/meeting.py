"""What an agenda or minutes plainly state, as fields over the text: body, date, time, place, items, motions, votes.

A light reader for the common form: a heading with the body and the day, numbered items, "X moved to ...", "The motion passed
4-1, with NAME voting no." What is worded otherwise has no field, and the drafter then treats the page as prose.
"""

from __future__ import annotations

import re
from datetime import datetime

from backread.gather.base import Page
from backread.values.source import Genre

_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?P<day>[A-Z][a-z]+ \d{1,2}, \d{4})")
_TIME = re.compile(r"\b(?P<hour>\d{1,2})(?::(?P<minute>\d\d))? (?P<half>[ap])\.?m\.?")
_PLACE = re.compile(
    r"(?m)^(?:Place|Location|Where)?:? ?(?P<place>[^\n]*\b(?:Chambers?|Hall|Room|Center|Auditorium|Library|School)\b[^\n]*)$"
)
_ITEM = re.compile(r"(?m)^\d{1,2}\.\s(?P<item>[^\n]+)$")
_MOVED = re.compile(r"moved (?P<motion>to .*?)\.(?=\s+[A-Z]|\s*$)", re.DOTALL)
_PASSED = re.compile(r"(?i)(?:passed|carried|approved|failed)[^.\d]{0,20}(?P<vote>\d{1,2}-\d{1,2})")
_NAYS = re.compile(r"with (?P<nays>.*?) voting no")
_AMOUNT = re.compile(r"\$[\d,.]*\d(?: (?:million|billion))?")


def mark(page: Page, genre: Genre, body: str) -> None:
    """Add the fields of an agenda or of minutes to `page`; its text stays as it is."""
    _head(page, body, genre)
    heads = list(_ITEM.finditer(page.text))
    for record, head in enumerate(heads, 1):
        page.mark("item", head["item"].strip(), record=record, after=head.start())
        if genre is Genre.MINUTES:
            end = heads[record].start() if record < len(heads) else len(page.text)
            _motion(page, head.end(), end, record)


def _head(page: Page, body: str, genre: Genre) -> None:
    found = _body(page.text, body)
    if found:
        page.mark("body", found)
    if day := _DAY.search(page.text):
        value = _iso(day["day"])
        if value:
            page.mark("date", day.group(), value=value)
    if genre is Genre.AGENDA:
        if time := _TIME.search(page.text):
            page.mark("time", time.group(), value=_clock(time))
        if place := _PLACE.search(page.text, _TIME.search(page.text).end() if _TIME.search(page.text) else 0):  # type: ignore[union-attr]
            page.mark("place", place["place"].strip(), after=place.start())


def _body(text: str, body: str) -> str:
    """The body as the page spells it: its full name where it stands, else a heading line that names a body."""
    if body and body in text:
        return body
    match = re.search(
        r"(?m)^(?P<body>[A-Z][\w' .&-]*\b(?:Commissioners|Council|Commission|Board|Committee|Authority)\b[\w' ]*)$",
        text,
    )
    return match["body"].strip() if match else ""


def _motion(page: Page, start: int, end: int, record: int) -> None:
    words = page.text[start:end]
    moved, passed = _MOVED.search(words), _PASSED.search(words)
    if not moved or not passed:
        return
    page.mark("motion", moved["motion"], record=record, after=start)
    page.mark("vote", passed["vote"], record=record, after=start)
    if nays := _NAYS.search(words):
        page.mark("nays", nays["nays"], record=record, after=start)
    if amount := _AMOUNT.search(moved["motion"]):
        page.mark("amount", amount.group(), record=record, after=start)


def _iso(words: str) -> str:
    try:
        return datetime.strptime(words, "%B %d, %Y").date().isoformat()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return ""


def _clock(time: re.Match[str]) -> str:
    hour = int(time["hour"]) % 12 + (12 if time["half"] == "p" else 0)
    return f"{hour:02}:{int(time['minute'] or 0):02}:00"
