"""CAP 1.1 and 1.2 alerts (OASIS), bare or wrapped in Atom or EDXL: text in fixed order, each value a field.

English is preferred where an alert speaks several languages. Nothing is guessed: a missing value has no field.
"""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from backread.gather.base import Page, Reading, capture_of, moment, refused
from backread.gather.xml import child, name_of, parse
from backread.ports import Fetched
from backread.values.capture import Capture
from backread.values.source import Genre, Source

EXTRACTOR = "alert/1"
_INFO = (
    ("event", "event", "Event"), ("headline", "headline", "Headline"), ("severity", "severity", "Severity"),
    ("urgency", "urgency", "Urgency"), ("certainty", "certainty", "Certainty"), ("onset", "onset", "Onset"),
    ("effective", "effective", "Effective"), ("expires", "expires", "Expires"), ("senderName", "sender", "Sender"),
    ("description", "description", "Description"), ("instruction", "instruction", "Instruction"), ("web", "web", "Web"), ("contact", "contact", "Contact"),
)  # fmt: skip
_HEAD = (("sent", "sent", "Sent"), ("status", "status", "Status"), ("msgType", "msg_type", "Message type"))


def read(source: Source, fetched: Fetched) -> Reading:
    """One capture an alert; several when a feed wraps several."""
    root = parse(fetched.body)
    if root is None:
        return refused(fetched, "it is not readable XML")
    alerts = [element for element in root.iter() if name_of(element) == "alert"]
    captures = tuple(c for element in alerts if (c := _capture(source, fetched, element, len(alerts))))
    if not captures:
        return refused(fetched, "it holds no alert with an event, a headline or a description")
    return Reading(captures=captures)


def _capture(source: Source, fetched: Fetched, alert: etree._Element, of: int) -> Capture | None:
    page = Page()
    for tag, name, label in _HEAD:
        if words := child(alert, tag):
            page.add(name, words, label=f"{label}: ")
    info = _info(alert)
    if info is not None:
        _read_info(page, info)
    names = {field.name for field in page.fields}
    if not names & {"event", "headline", "description"}:
        return None
    sender = child(alert, "sender")
    if "sender" not in names and sender:
        page.add("sender", sender, label="Sender: ")
    url = f"{fetched.url}#{child(alert, 'identifier')}" if of > 1 else fetched.url
    told = Fetched(
        url=url,
        status=fetched.status,
        body=fetched.body,
        media_type=fetched.media_type,
        headers=fetched.headers,
        taken=fetched.taken,
    )
    return capture_of(
        source, told, page, extractor=EXTRACTOR, genre=Genre.ALERT, title=_title(page), published=_sent(alert)
    )


def _info(alert: etree._Element) -> etree._Element | None:
    infos = [element for element in alert if name_of(element) == "info"]
    english = [i for i in infos if (child(i, "language") or "en").lower().startswith("en")]
    return next(iter(english or infos), None)


def _read_info(page: Page, info: etree._Element) -> None:
    for tag, name, label in _INFO:
        if words := _dressed(child(info, tag), tag):
            page.add(name, words, label=f"{label}: ")
    areas = [element for element in info if name_of(element) == "area"]
    for record, area in enumerate(areas, 1):
        if words := " ".join(child(area, "areaDesc").split()):
            page.add("area", words, label="Area: ", record=record)
        for code in (element for element in area if name_of(element) == "geocode"):
            if value := child(code, "value"):
                page.add(child(code, "valueName").lower() or "code", value, label="Code: ", record=record)


def _dressed(words: str, tag: str) -> str:
    """Long texts keep their paragraphs; the others stand on one line."""
    if tag in ("description", "instruction"):
        return "\n\n".join(" ".join(block.split()) for block in words.split("\n\n") if block.strip())
    return " ".join(words.split())


def _title(page: Page) -> str:
    told = {field.name: field.value for field in page.fields}
    return told.get("headline") or told.get("event") or ""


def _sent(alert: etree._Element) -> datetime | None:
    return moment(child(alert, "sent"))


def is_alert(body: bytes) -> bool:
    """Whether the first bytes speak of a CAP alert."""
    head = body[:4_000]
    return b"<alert" in head or (b":cap:1." in body[:20_000] and b"alert" in body[:20_000])
