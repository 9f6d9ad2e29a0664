"""Alerts that were really sent, the whole way: read as a source is, grouped, drafted by rule, put through every check.

The whole ones leave no sentence open and read as copy an editor could print; the broken ones give a draft from the
fields they have, or say in one sentence what is missing.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backread.check.engine import check_story
from backread.draft.rule import draft
from backread.errors import DraftError
from backread.gather import Reading, read_safely
from backread.gather.local import read_file
from backread.group.dossiers import assign, worth_a_story
from backread.ports import Fetched
from backread.text.forms.base import is_capitals
from backread.values.area import Area, Place
from backread.values.capture import Capture
from backread.values.dossier import Dossier
from backread.values.draft import Draft, Hand
from backread.values.report import Report
from backread.values.source import Genre, Source

MOMENT = datetime(2026, 11, 24, 9, tzinfo=UTC)
SOURCE = Source(
    id="alerts", name="Alerts", kind="alert", address="https://alerts.example/a.xml", genre=Genre.ALERT
)


def _towns(*names: str) -> tuple[Place, ...]:
    return tuple(Place(name=name, kind="town") for name in names)


AREAS = {
    "australia.cap": Area(name="Lockhart Shire", timezone="Australia/Sydney", places=_towns("Lockhart", "Yerong Creek")),
    "bushfire_valid.edxlde": Area(name="Blayney Shire", timezone="Australia/Sydney", places=_towns("Blayney", "Neville")),
    "canada_signed.cap": Area(name="Northern Saskatchewan", timezone="America/Regina", places=_towns("La Ronge")),
    "earthquake.cap": Area(name="American Samoa", timezone="Pacific/Pago_Pago", places=_towns("Pago Pago")),
    "earthquake_signed.cap": Area(name="Sonoma County", state="CA", timezone="America/Los_Angeles", places=_towns("Santa Rosa")),
    "wcatwc-warning.cap": Area(name="Aleutians West", state="AK", timezone="America/Anchorage", places=_towns("Dutch Harbor")),
    "weather.cap": Area(name="Lewis and Clark County", state="MT", timezone="America/Denver", places=_towns("Helena"), codes=frozenset({("UGC", "MTZ014")})),
    "xee.cap": Area(name="Tuolumne County", state="CA", timezone="America/Los_Angeles", places=_towns("Sonora"), codes=frozenset({("SAME", "006109")})),
}  # fmt: skip
"""The whole alerts, each with a coverage area that it covers."""

SAID = {
    "australia.cap": (
        "Structure fire out of control in Yerong Creek",
        "A structure fire at 12 Cox Street, Yerong Creek, was listed as out of control at 12:04 a.m. AEDT Thursday, the NSW Rural Fire Service said.",
        "The incident is in the Lockhart council area.",
    ),
    "bushfire_valid.edxlde": (
        "Scrub fire under control in Neville",
        "A scrub fire on Kentuckey Road, Neville, was listed as under control at 1:30 p.m. AEDT Monday,",
        "A fire has started, the fire service said. There is no immediate danger.",
        "The size is listed as 12 hectares.",
    ),
    "canada_signed.cap": (
        "Snowfall warning for La Ronge",
        "is in effect from 3:26 p.m. Thursday to 7:26 a.m. CST Friday for La Ronge,",
        "Environment Canada advised people to monitor for further updates to this alert.",
    ),
    "earthquake.cap": (
        "Magnitude 6.3 earthquake near Neiafu, Tonga",
        "occurred near Neiafu, Tonga, at 12:25 p.m. SST Monday, the U.S. Geological Survey said.",
        "and 211 miles (340 km) southwest of Pago Pago, American Samoa.",
    ),
    "earthquake_signed.cap": (
        "Magnitude 1.3 earthquake near The Geysers",
        "at 6:33 p.m. PDT Monday",
        "26 miles (42 km) north-northwest of Santa Rosa.",
    ),
    "wcatwc-warning.cap": (
        "Tsunami warning for coastal areas between and including Unimak Pass, Alaska, to Amchitka Pass, Alaska",
        "is in effect from 3:36 a.m. to 4:36 a.m. AKDT Friday for coastal areas",
        "an earthquake with a preliminary magnitude of 7.1 at 2:55 a.m. AKDT Friday.",
    ),
    "weather.cap": (
        "Flash flooding possible Monday in Central and Southern Lewis and Clark",
        "from 4:07 a.m. to noon MDT Monday",
        "Flash flooding is a very dangerous situation,",
    ),
    "xee.cap": (
        "Severe thunderstorm warning for Tuolumne County",
        "at 2:57 p.m. PDT Tuesday.",
        "The weather service advised people to take cover in a substantial shelter until the storm passes.",
    ),
}
"""The headline's beginning and words of the body, by file."""

_CODE = re.compile(
    r"\dT\d\d:|&\w+;|&xxe|https?:|\b[A-Z]{2}[CZ]\d{3}\b|\bLat:|\b\d\d:\d\d:\d\d|  |\b[NSEW]{3} of\b|\bha\b"
)
_CLOCK = re.compile(r"(?:\d [ap]\.m\.|\bnoon|\bmidnight)(?! (?:to\b|[A-Z]\w+day to\b|[A-Z]{3,4}\b))")


@pytest.fixture(scope="module")
def readings(shared: Path) -> dict[str, Reading]:
    return {name: _read(body) for name, body in _bodies(shared).items()}


def _bodies(shared: Path) -> dict[str, bytes]:
    with gzip.open(shared / "data/ingest/cap/alerts.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["name"]: base64.b64decode(row["body_b64"]) for row in rows}


def _read(body: bytes) -> Reading:
    fetched = Fetched(url=SOURCE.address, status=200, body=body, media_type="application/xml", headers={}, taken=MOMENT)  # fmt: skip
    return read_safely(SOURCE, fetched)


def _told(reading: Reading, area: Area) -> tuple[Draft, Report]:
    """The local dossier of a reading, drafted on the alert's own day and checked with everything there is."""
    held = reading.captures
    dossier = next(d for d in assign(held, (), area) if worth_a_story(d, held)[0])
    lead = next(c for c in held if c.id == dossier.captures[0])
    assert lead.published is not None
    made = draft(dossier, held, area=area, on=lead.published.astimezone(area.zone).date())
    return made, check_story(made.story, held, area=area)


@pytest.mark.shared
@pytest.mark.parametrize("name", list(AREAS))
def test_a_whole_alert_is_told_and_nothing_is_open(name: str, readings: dict[str, Reading]) -> None:
    made, report = _told(readings[name], AREAS[name])
    asked = [(c.sentence.text, f.check, f.message) for c in report.open for f in c.findings if f.blocks]
    assert not asked
    assert made.drafter.hand is Hand.RULE_FIELDS
    assert {"support", "numbers", "dates", "names", "quotes", "citations"} <= report.ran
    assert len(made.story.sentences) >= 3


@pytest.mark.shared
@pytest.mark.parametrize("name", list(AREAS))
def test_it_reads_as_copy(name: str, readings: dict[str, Reading]) -> None:
    made, _ = _told(readings[name], AREAS[name])
    headline, *words = SAID[name]
    first = made.story.sentences[0].text
    assert first.startswith(headline)
    assert all(said in made.story.text for said in words), made.story.text
    told = [sentence.text for sentence in made.story.sentences]
    assert not [t for t in told if is_capitals(t) or _CODE.search(t)]
    assert not [t for t in told if _CLOCK.search(t)], "a time without its zone"
    assert len(told) == len(set(told)), "a sentence is told twice"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "lead"),
    [
        pytest.param("canada_errors.cap", "Environment Canada updated a thunderstorm alert for Windsor, Leamington", id="times, no words"),
        pytest.param("noaa_errors.cap", "A flood warning is in effect from 11:52 p.m. Saturday to 11:15 p.m. EDT Aug. 11 for Humboldt", id="words in capitals"),
        pytest.param("invalid.cap", "A storm alert for New York was issued at 8:09 p.m. EDT Monday.", id="no sender"),
        pytest.param("weather_invalid.atom", "A flash flood watch is in effect from 6:07 a.m. to 2 p.m. EDT Monday", id="an entry of a feed"),
    ],
)  # fmt: skip
def test_a_broken_alert_is_drafted_from_what_it_has(name: str, lead: str, readings: dict[str, Reading]) -> None:  # fmt: skip
    area = Area(name="Coverland", timezone="America/New_York", places=_towns("Windsor", "New York", "Humboldt", "Lewis and Clark"))  # fmt: skip
    made, report = _told(readings[name], area)
    assert lead in made.story.text
    assert made.left_out
    assert not report.open


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "missing"),
    [
        pytest.param("no_optional_fields.cap", "names no event, headline, description or area", id="refused at once"),
        pytest.param("no_id.atom", "Its fields do not make a lead (there are: headline)", id="a headline alone"),
        pytest.param("invalid_element.atom", "No field of it could be read", id="an entry without fields"),
    ],
)  # fmt: skip
def test_an_alert_with_nothing_to_tell_says_what_is_missing(name: str, missing: str, readings: dict[str, Reading]) -> None:  # fmt: skip
    assert missing in (readings[name].refusal or _refusal(readings[name].captures))


def _refusal(held: tuple[Capture, ...]) -> str:
    (capture,) = held
    with pytest.raises(DraftError) as told:
        draft(Dossier(id="d", title="Alert", captures=(capture.id,)), held, area=None, on=MOMENT.date())
    return str(told.value)


@pytest.mark.shared
def test_all_fifteen_end_as_captures_or_one_refusal(readings: dict[str, Reading]) -> None:
    assert len(readings) == 15
    for name, reading in readings.items():  # the table, with -s
        print(f"\n{name:24} {len(reading.captures)} capture(s)  {reading.refusal}", end="")
    assert all(bool(r.captures) != bool(r.refusal) for r in readings.values())
    assert [name for name, r in readings.items() if r.refusal] == ["no_optional_fields.cap"]


@pytest.mark.shared
def test_an_alert_read_as_a_file_is_told_the_same(
    shared: Path, tmp_path: Path, readings: dict[str, Reading]
) -> None:
    """A person may hand `backread check` an alert's file: nothing of it depends on how it came in."""
    for name, area in AREAS.items():
        path = tmp_path / f"{name}.xml"
        path.write_bytes(_bodies(shared)[name])
        held = read_file(path, taken=MOMENT, safely=False)
        made, report = _told(Reading(captures=held), area)
        assert not report.open, name
        assert made.story.text == _told(readings[name], area)[0].story.text
