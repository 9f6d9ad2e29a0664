"""The demo world's documents as captures, read by a few plain rules of the tests' own.

So the drafter is tested on what the documents say, whatever the readers of `gather` do with their furniture.
"""

from __future__ import annotations

import csv
import re
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path
from typing import Any

import icalendar
from lxml import etree, html

import newsroom.demo
from backread.group.area import read_area
from backread.values.canonical import digest_of
from backread.values.capture import Capture, Field
from backread.values.source import Genre, Terms
from newsroom.demo import world
from newsroom.demo.dates import resolve

AREA = read_area(Path(newsroom.demo.__file__).parent / "area.toml")
_CAP = {"senderName": "sender", "areaDesc": "area", "msgType": "msg_type"} | {
    n: n for n in ["event", "headline", "description", "instruction", "severity", "urgency", "certainty", "onset", "effective", "expires", "sent", "status"]
}  # fmt: skip


class _Page:
    """Text that grows, with the fields found in it."""

    def __init__(self, text: str = "") -> None:
        self.text, self.fields = text, list[Field]()

    def add(self, name: str, value: str, record: int = 0, *, shown: str = "", glue: str = "\n\n") -> None:
        start = len(self.text)
        self.text += (shown or value) + glue
        self.fields.append(
            Field(name=name, value=value, start=start, end=start + len(shown or value), record=record)
        )

    def mark(self, name: str, shown: str, record: int = 0, *, value: str = "", after: int = 0) -> None:
        start = self.text.index(shown, after)
        self.fields.append(
            Field(name=name, value=value or shown, start=start, end=start + len(shown), record=record)
        )


def captures(today: date) -> tuple[Capture, ...]:
    """All documents of `today` that are pages, PDFs, alerts, calendars or tables."""
    sources = {entry["id"]: entry for entry in world.read_toml("newsroom.toml")["source"]}
    return tuple(
        _capture(document, sources[document.source], today)
        for document in world.documents(today)
        if "rss" not in document.media_type
    )


def _capture(document: world.Document, source: dict[str, Any], today: date) -> Capture:
    page, title, published = _read(document, source["genre"], today)
    return Capture(
        source=document.source,
        source_name=source["name"],
        url=document.url,
        taken=datetime.combine(today, time(9), tzinfo=world.zone()),
        media_type=document.media_type,
        payload=digest_of(document.body),
        text=page.text,
        extractor="tests",
        title=title,
        published=published,
        terms=Terms(source["terms"]),
        genre=Genre(source["genre"]),
        agency=source["agency"],
        fields=tuple(page.fields),
        reserves_ai="noai" in document.headers.get("X-Robots-Tag", ""),
    )


def _read(document: world.Document, genre: str, today: date) -> tuple[_Page, str, datetime | None]:
    if document.media_type == "application/pdf":
        raw = resolve(
            world._HERE.joinpath("documents", document.file).read_text("utf-8"), today, world.zone()
        )
        head, _, text = raw.partition("---\n")
        page = _Page(re.sub(r"(?m)^#+ ", "", text))
        return (_agenda(page) if genre == "agenda" else page), re.findall("title: (.*)", head)[0], None
    if "cap" in document.media_type:
        return _alert(document.body)
    if "calendar" in document.media_type:
        return _calendar(document.body), "District calendar", None
    if "csv" in document.media_type:
        return _table(document.body.decode()), "setback-line-parcels", None
    return _html(document, genre)


def _html(document: world.Document, genre: str) -> tuple[_Page, str, datetime | None]:
    tree = html.fromstring(document.body.decode(document.charset))
    stated = tree.xpath('//meta[@property="article:published_time"]/@content')
    titles = [*tree.xpath('//meta[@property="og:title"]/@content'), tree.findtext(".//title")]
    for hidden in tree.xpath(
        '//script|//style|//aside|//*[contains(@style,"none") or contains(@style,"1px")]'
    ):
        hidden.drop_tree()
    roots = tree.xpath('//article|//div[@id="content"]')
    parts = []
    for element in roots[0].iter("p", "h1", "h2", "figcaption", "td", "th") if roots else ():
        for line in element.xpath(".//br"):
            line.tail = "\n" + (line.tail or "")
        parts.append(re.sub(r"[ \t]+", " ", element.text_content()).strip())
    page = _Page("\n\n".join(part for part in parts if part))
    published = datetime.fromisoformat(stated[0]) if stated else None
    return (_minutes(page) if genre == "minutes" else page), titles[0], published


def _minutes(page: _Page) -> _Page:
    page.mark("body", "Pellam County Board of County Commissioners")
    _dated(page)
    sections = list(re.finditer(r"(?m)^\d\. (.*)$", page.text))
    for record, head in enumerate(sections, 1):
        end = sections[record].start() if record < len(sections) else len(page.text)
        body = page.text[head.end() : end]
        page.mark("item", head[1], record, after=head.start())
        moved = re.search(r"moved (to .*?)\. [A-Z]", body)
        if not moved:
            continue
        page.mark("motion", moved[1], record, after=head.end())
        page.mark("vote", re.findall(r"passed (\d-\d)", body)[0], record, after=head.end())
        for nays in re.findall(r"with (.*?) voting no", body):
            page.mark("nays", nays, record, after=head.end())
        for amount in re.findall(r"\$[\d,.]*\d(?: million)?", moved[1])[:1]:
            page.mark("amount", amount, record, after=head.end())
    return page


def _agenda(page: _Page) -> _Page:
    page.mark("body", "Port Sorrel City Council")
    _dated(page)
    page.mark("time", "6:30 p.m.", value="18:30:00")
    page.mark("place", "Council Chamber, City Hall, 40 Harbor Street, Port Sorrel")
    for record, item in enumerate(re.finditer(r"(?m)^\d+\. (.*)$", page.text), 1):
        page.mark("item", item[1], record, after=item.start())
    return page


def _dated(page: _Page) -> None:
    day = re.findall(r"\w+day, \w+ \d+, \d{4}", page.text)[0]
    page.mark("date", day, value=datetime.strptime(day, "%A, %B %d, %Y").date().isoformat())  # noqa: DTZ007


def _alert(body: bytes) -> tuple[_Page, str, datetime | None]:
    page, title, sent = _Page(), "", None
    for element in etree.fromstring(body).iter(etree.Element):
        name, value = etree.QName(element).localname, (element.text or "").strip()
        if name == "geocode":
            scheme, code = (child.text for child in element)
            page.add(scheme.lower(), code)
        elif name in _CAP and value:
            page.add(_CAP[name], value, 1 if name == "areaDesc" else 0)
            title = value if name == "headline" else title
            sent = datetime.fromisoformat(value) if name == "sent" else sent
    return page, title, sent


def _calendar(body: bytes) -> _Page:
    page = _Page()
    for record, event in enumerate(icalendar.Calendar.from_ical(body).walk("VEVENT"), 1):
        for name, key in (("summary", "SUMMARY"), ("start", "DTSTART"), ("location", "LOCATION"), ("description", "DESCRIPTION")):  # fmt: skip
            held = event[key]
            page.add(name, held.dt.isoformat() if hasattr(held, "dt") else str(held), record)
    return page


def _table(text: str) -> _Page:
    head, *rows = csv.reader(StringIO(text))
    page = _Page(",".join(head) + "\n")
    for record, row in enumerate(rows, 1):
        for name, value in zip(head, row, strict=True):
            page.add(name, value, record, glue="\n" if name == head[-1] else ",")
    return page
