"""Alerts that were really sent: the whole ones give a draft with nothing open, the broken ones say what is missing."""

from __future__ import annotations

import base64
import gzip
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from backread.check import dates, names, numbers, quotes
from backread.check.base import Context
from backread.draft.rule import draft
from backread.errors import DraftError
from backread.values.area import Area, Place
from backread.values.canonical import digest_of
from backread.values.capture import Capture, Field
from backread.values.dossier import Dossier
from backread.values.finding import Scope, Subject
from backread.values.source import Genre

WHOLE = {
    "australia.cap": "Australia/Sydney",
    "bushfire_valid.edxlde": "Australia/Sydney",
    "canada_signed.cap": "America/Regina",
    "earthquake.cap": "Etc/GMT+5",
    "earthquake_signed.cap": "America/Los_Angeles",
    "wcatwc-warning.cap": "America/Anchorage",
    "weather.cap": "America/Denver",
    "xee.cap": "America/Los_Angeles",
}
"""The whole alerts, and the time zone of a place that each one covers."""

_NAMES = {"senderName": "sender", "areaDesc": "area", "msgType": "msg_type"} | {
    n: n for n in ["event", "headline", "description", "instruction", "severity", "urgency", "certainty", "onset", "effective", "expires", "sent", "status"]
}  # fmt: skip
_PARSER = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)


def _capture(name: str, body: bytes) -> Capture:
    """The first message of an alert, read by name alone."""
    text, fields, infos, areas = "", list[Field](), 0, 0
    tree = etree.fromstring(body, _PARSER)
    for element in tree.iter(etree.Element) if tree is not None else ():
        tag, value = etree.QName(element).localname, (element.text or "").strip()
        infos += tag == "info"
        areas += tag == "areaDesc"
        if tag not in _NAMES or not value or infos > 1:
            continue
        lines = (re.sub(r"\s+", " ", line).strip() for line in re.sub(r"<br ?/>", "\n", value).split("\n"))
        shown = "\n".join(lines)
        record = areas if tag == "areaDesc" else 0
        fields.append(Field(name=_NAMES[tag], value=shown, start=len(text), end=len(text) + len(shown), record=record))  # fmt: skip
        text += shown + "\n\n"
    sent = next((datetime.fromisoformat(f.value) for f in fields if f.name == "sent"), None)
    return Capture(
        source="alerts",
        source_name="State Alert Office",
        url=f"https://alerts.example/{name}",
        taken=sent or datetime(2012, 1, 1, tzinfo=UTC),
        published=sent,
        media_type="application/cap+xml",
        payload=digest_of(body),
        text=text,
        extractor="tests",
        genre=Genre.ALERT,
        fields=tuple(fields),
    )


@pytest.fixture(scope="module")
def alerts(shared: Path) -> dict[str, Capture]:
    with gzip.open(shared / "data/ingest/cap/alerts.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["name"]: _capture(row["name"], base64.b64decode(row["body_b64"])) for row in rows}


def _area(held: Capture, zone: str = "UTC") -> Area:
    """An area that the alert covers: its own first place."""
    named = re.findall(r"[A-Z]\w+(?: [A-Z]\w+)*", next(f.value for f in held.fields if f.name == "area"))
    return Area(name="Coverland", timezone=zone, places=(Place(name=named[0], kind="town"),))


@pytest.mark.shared
@pytest.mark.parametrize("name", list(WHOLE))
def test_whole_alerts_have_nothing_open(name: str, alerts: dict[str, Capture]) -> None:
    held = alerts[name]
    area = _area(held, WHOLE[name])
    on = held.taken.astimezone(area.zone).date()
    made = draft(Dossier(id=name, title=name, captures=(held.id,)), [held], area=area, on=on)
    context = Context(story=made.story, captures=(held,), area=area)
    assert len(made.story.sentences) >= 4
    for sentence in made.story.sentences:
        assert sentence.passages, sentence.text
        assert all(held.holds(passage) for passage in sentence.passages)
        for check in (quotes.CHECK, numbers.CHECK, dates.CHECK, names.CHECK):
            found = check.run(Subject(scope=Scope.SENTENCE, index=sentence.index), context)
            assert not [f for f in found if f.blocks], (sentence.text, found)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "lead"),
    [
        pytest.param(
            "canada_errors.cap", "Environment Canada updated a thunderstorm alert", id="times, no words"
        ),
        pytest.param("noaa_errors.cap", "A flood warning", id="words in capitals"),
        pytest.param(
            "invalid.cap", "The State Alert Office issued a storm alert for New York", id="no sender"
        ),
    ],
)
def test_broken_alerts_are_drafted_from_what_they_have(
    name: str, lead: str, alerts: dict[str, Capture]
) -> None:
    held = alerts[name]
    made = draft(
        Dossier(id=name, title=name, captures=(held.id,)), [held], area=_area(held), on=held.taken.date()
    )
    assert lead in made.story.text
    assert made.left_out
    assert all(held.holds(p) for s in made.story.sentences for p in s.passages)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["no_optional_fields.cap", "no_id.atom", "invalid_element.atom"])
def test_alerts_without_anything_to_tell_say_so(name: str, alerts: dict[str, Capture]) -> None:
    held = alerts[name]
    with pytest.raises(DraftError, match=r"serve as a source|do not make a lead"):
        draft(Dossier(id=name, title=name, captures=(held.id,)), [held], area=None, on=date(2012, 1, 1))
