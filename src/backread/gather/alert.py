"""Alerts of the Common Alerting Protocol, 1.1 and 1.2, alone or wrapped in Atom, EDXL or anything else.

Elements are known by their local names: senders get the namespace wrong, and readers must be warned all the same.
An alert that says its piece in several languages is kept in English where it has English, and the capture says so.
An Atom entry with `cap:` elements and no alert inside is read for the fields it has.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from lxml import etree

from backread.gather.decode import stated_type
from backread.gather.facts import moment
from backread.gather.markup import TooMuch, html_tree, local, xml_tree
from backread.gather.reading import Follow, Reading, Sheet, capture_of, one_line, tidy
from backread.gather.walk import told_flags, words_of
from backread.ports import Fetched
from backread.values.capture import Capture
from backread.values.source import Genre, Source

EXTRACTOR = "alert 2"
MOST_ALERTS, MOST_AREAS, MOST_INFOS = 500, 300, 40
_FIRST = (("event", "event", "Event"), ("headline", "headline", "Headline"))
_SHORT = (
    ("severity", "severity", "Severity"),
    ("urgency", "urgency", "Urgency"),
    ("certainty", "certainty", "Certainty"),
    ("onset", "onset", "Onset"),
    ("effective", "effective", "Effective"),
    ("expires", "expires", "Expires"),
)
_HEAD = (("sent", "sent", "Sent"), ("msgtype", "msg_type", "Message type"), ("status", "status", "Status"))
_LAST = (("web", "web", "Web"), ("contact", "contact", "Contact"))
_LONG = (("description", "description", "Description"), ("instruction", "instruction", "Instruction"))


def read(source: Source, fetched: Fetched) -> Reading:
    """A capture for every alert in the document; links to alerts elsewhere are to be followed."""
    if source.genre is Genre.ARTICLE:
        source = replace(source, genre=Genre.ALERT)  # what nobody said is told by the bytes
    try:
        root = xml_tree(fetched.body, stated_type(fetched))
    except TooMuch as err:
        return Reading(refusal=f"The alert cannot be read. {err}")
    alerts = [e for e in root.iter() if local(e) == "alert"][:MOST_ALERTS]
    entries = [] if alerts else [e for e in root.iter() if local(e) in ("entry", "item")][:MOST_ALERTS]
    captures = [c for e in (alerts or entries) if (c := _capture(source, fetched, e, len(alerts or entries)))]
    follow = tuple(_links(entries))
    if captures or follow:
        return Reading(
            captures=tuple({c.id: c for c in captures}.values()), follow=follow, health=_health(root)
        )
    if not alerts and not entries:
        return Reading(refusal="There is no alert in the document: no element is called “alert”.")
    return Reading(refusal="The alert says nothing: it names no event, headline, description or area.")


def looks_like(head: bytes) -> bool:
    """Whether XML speaks of CAP."""
    return b"emergency:cap" in head or b"<alert" in head or b"incident.com/cap" in head


def _capture(source: Source, fetched: Fetched, alert: Any, of: int) -> Capture | None:
    infos = [e for e in alert if local(e) == "info"][:MOST_INFOS]
    spoken, notes = _spoken(infos)
    sheet = Sheet()
    _lines(sheet, alert, spoken or [alert])
    if not {"event", "headline", "description", "area", "title", "summary"} & {f.name for f in sheet.fields}:
        return None
    if notes:
        sheet.write(f"\nAlso issued in: {notes}\n")
    head = _first(spoken, "headline") or _first(spoken, "event") or _of(alert, "title")
    return capture_of(
        source,
        fetched,
        sheet.text,
        EXTRACTOR,
        title=head or _of(alert, "event"),
        published=moment(_of(alert, "sent") or _of(alert, "published"), fetched.taken),
        language=_first(spoken, "language") or source.language,
        fields=tuple(sheet.fields),
        flags=told_flags(sheet.text),
        url=_address(fetched.url, alert, of),
        # One of several: a change in another alert of the document does not make this one new.
        payload=etree.tostring(alert, encoding="utf-8", with_tail=False) if of > 1 else None,
    )


def _address(url: str, alert: Any, of: int) -> str:
    """Several alerts of one document are told apart by their own identifiers."""
    identity = one_line(_of(alert, "identifier") or _of(alert, "id"))
    return url if of == 1 or not identity else f"{url.partition('#')[0]}#{identity.replace(' ', '%20')}"


def _spoken(infos: list[Any]) -> tuple[list[Any], str]:
    """The parts in the language that is kept, and the other languages in words."""
    languages = [(_of(info, "language") or "en").lower() for info in infos]
    english = [info for info, language in zip(infos, languages, strict=True) if language.startswith("en")]
    if english or not infos:
        others = dict.fromkeys(language for language in languages if not language.startswith("en"))
        return english, ", ".join(others)
    kept = [info for info, language in zip(infos, languages, strict=True) if language == languages[0]]
    return kept, ", ".join(dict.fromkeys(x for x in languages if x != languages[0]))


def _lines(sheet: Sheet, alert: Any, infos: list[Any]) -> None:
    several = len(infos) > 1
    areas = 0
    for number, info in enumerate(infos, 1):
        if several and number > 1:
            sheet.write("\n")
        _named(sheet, info, _FIRST)
        if local(info) in ("entry", "item"):
            _named(sheet, info, (("title", "headline", "Headline"),))
        areas = _areas(sheet, info, areas)
        _named(sheet, info, _SHORT)
        if number == 1:
            _named(sheet, alert if alert is not info else info, _HEAD)
        _sender(sheet, info, alert)
        _named(sheet, info, _LAST)
        _parameters(sheet, info)
        for name, field, label in (*_LONG, ("summary", "description", "Description")):
            if words := _plain(_of(info, name)):
                sheet.state(field, words, label=f"\n{label}:\n\n", end="\n")


def _named(sheet: Sheet, element: Any, names: tuple[tuple[str, str, str], ...]) -> None:
    for name, field, label in names:
        sheet.state(field, one_line(_of(element, name)), label=f"{label}: ")


def _sender(sheet: Sheet, info: Any, alert: Any) -> None:
    """Its name where it has one; its address is a field only where there is none."""
    name = one_line(_of(info, "sendername"))
    sheet.state("sender", name or one_line(_of(alert, "sender")), label="Sender: ")


def _areas(sheet: Sheet, info: Any, before: int) -> int:
    held = [e for e in info if local(e) == "area"][:MOST_AREAS]
    number = before
    for number, area in enumerate(held, before + 1):
        sheet.state("area", one_line(_of(area, "areadesc")), record=number, label="Area: ")
        for scheme, code in _pairs(area, "geocode"):
            sheet.state(scheme.lower(), code, record=number, label=f"{scheme} code: ")
    if not held:
        for description in [e for e in info if local(e) == "areadesc"]:
            number += 1
            sheet.state("area", one_line(description.text or ""), record=number, label="Area: ")
    return number


_TOLD = {
    "eventtime": "event_time",
    "eventorigintime": "event_time",
    "eventendingtime": "ends",
    "magnitude": "magnitude",
    "eventpreliminarymagnitude": "preliminary_magnitude",
    "depth": "depth",
    "eventdepth": "depth",
}
"""Parameters that readers are told of, by the field they become."""


def _parameters(sheet: Sheet, info: Any) -> None:
    for name, value in list(_pairs(info, "parameter"))[:60]:
        field, told = _told(name, value)
        sheet.state(field, told, shown=value, label=f"{name}: ")


def _told(name: str, value: str) -> tuple[str, str]:
    """The field a parameter becomes, with its value; a moment that says no zone stays a mere parameter."""
    field = _TOLD.get(name.lower(), "")
    if field not in ("event_time", "ends"):
        return (field, value) if field else ("parameter", f"{name}={value}")
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return "parameter", f"{name}={value}"
    return (field, found.isoformat()) if found.tzinfo else ("parameter", f"{name}={value}")


def _pairs(element: Any, name: str) -> Iterator[tuple[str, str]]:
    for pair in (e for e in element if local(e) == name):
        key, value = one_line(_of(pair, "valuename")), one_line(_of(pair, "value"))
        if key and value and len(key) < 80:
            yield key, value[:2000]


def _of(element: Any, name: str) -> str:
    found = next((e for e in element if local(e) == name), None)
    return (
        _CODE.sub(_declared, "".join(str(w) for w in found.itertext())).strip() if found is not None else ""
    )


_CODE = re.compile(r"&(?P<name>[A-Za-z_][\w.-]{0,40});")


def _declared(found: re.Match[str]) -> str:
    """What stands for an entity that nobody may declare is a code, not a word of the alert."""
    return found[0] if f"{found['name']};" in html.entities.html5 else ""


def _first(infos: list[Any], name: str) -> str:
    return next((words for info in infos if (words := one_line(_of(info, name)))), "")


def _plain(words: str) -> str:
    """Descriptions sometimes hold HTML in disguise."""
    if "<" not in words or ">" not in words:
        return tidy(words)
    try:
        return words_of(html_tree(words))
    except TooMuch:
        return tidy(words)


def _links(entries: list[Any]) -> Iterator[Follow]:
    for entry in entries:
        for link in (e for e in entry if local(e) == "link"):
            url = (link.get("href") or link.text or "").strip()
            if url.startswith(("https://", "http://")) and link.get("rel", "alternate") == "alternate":
                yield Follow(url=url, title=one_line(_of(entry, "title")))
                break


def _health(root: Any) -> tuple[str, ...]:
    space = root.tag.partition("}")[0].lstrip("{") if "}" in str(root.tag) else ""
    if local(root) == "alert" and "emergency:cap:" not in space:
        return (f"The alert's namespace is not one of CAP ({space or 'none'}).",)
    return ()
