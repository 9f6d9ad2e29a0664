"""Forms: the sentence each field makes, and that a changed word or field is no longer computed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backread.text.forms import computed, renderings
from backread.values.area import Area
from backread.values.capture import Capture, Field
from backread.values.source import Genre
from group.hand_made import AREA, DAY, capture, fielded

ALERT = [
    ("event", "Coastal Flood Warning", 0),
    ("area", "Quillon", 0),
    ("area", "Alder Bay", 0),
    ("onset", "2026-11-24T18:00:00-05:00", 0),
    ("expires", "2026-11-25T06:00:00-05:00", 0),
    ("sent", "2026-11-23T20:40:00-05:00", 0),
    ("sender", "Sound Weather Office", 0),
    ("severity", "Severe", 0),
    ("certainty", "Likely", 0),
    ("status", "Actual", 0),
]
AGENDA = [
    ("body", "Alder Bay City Council", 0),
    ("date", "2026-12-08", 0),
    ("time", "18:30:00", 0),
    ("place", "Council Chamber, 40 Pier Street", 0),
    ("item", "1. Call to order", 1),
    ("item", "2. Ordinance 26-14: registration of short-term rentals", 2),
]
MINUTES = [
    ("body", "Dunmere County Board of County Commissioners", 0),
    ("date", "2026-11-23", 0),
    ("item", "Bridge", 1),
    ("motion", "to pay the county's $1.3 million share", 1),
    ("vote", "4-1", 1),
    ("nays", "Wrexley", 1),
    ("motion", "to close the pier", 2),
    ("vote", "2-3", 2),
]
SPENT = [
    *MINUTES[:2],
    ("item", "Library: Sunday hours in Quillon", 1),
    ("motion", "to spend $9,000 on clerks", 1),
    ("amount", "$9,000", 1),
    ("vote", "3-2", 1),
]
HEARD = [
    *MINUTES[:2],
    ("place", "Chamber, 12 Pier Street, Alder Bay", 0),
    ("item", "Shore line: public hearing", 1),
    ("motion", "to accept the memo and to set a public hearing for 6 p.m. on Friday, December 4, 2026", 1),
    ("vote", "5-0", 1),
]
CALENDAR = [
    ("summary", "Open house", 1),
    ("start", "2026-12-03T17:30:00-05:00", 1),
    ("location", "Quillon School", 1),
    ("summary", "Planning day, no school", 2),
    ("start", "2026-12-07", 2),
    ("summary", "Past fair", 3),
    ("start", "2026-11-01", 3),
]
SCHOOL = [
    ("calendar", "Dunmere School District", 0),
    ("summary", "Early dismissal at all schools", 1),
    ("start", "2026-11-27T12:30:00-05:00", 1),
    ("location", "All schools in Dunmere County", 1),
    ("description", "All schools dismiss at 12:30 p.m. for training. Buses leave then.", 1),
    ("summary", "Planning day, no school", 2),
    ("start", "2026-12-07", 2),
    ("summary", "School Board regular meeting", 3),
    ("start", "2026-12-02T18:00:00-05:00", 3),
    ("location", "Quillon School", 3),
    *[
        row
        for number, at in enumerate(("2026-11-26", "2026-12-03", "2026-12-10", "2026-12-24"), 4)
        for row in (
            ("summary", "Free tutoring", number),
            ("start", f"{at}T16:00:00-05:00", number),
            ("end", f"{at}T17:00:00-05:00", number),
        )
    ],
]
TABLE = [
    ("town", "Quillon", 1),
    ("parcels", "97", 1),
    ("town", "Quillon", 2),
    ("parcels", "51", 2),
    ("town", "Alder Bay", 3),
    ("parcels", "n/a", 3),
    ("town", "Total", 4),
    ("parcels", "212", 4),
]


def _texts(held: Capture, on: date = DAY) -> list[str]:
    return [rendered.text for rendered in renderings(held, on, AREA)]


@pytest.mark.parametrize(
    ("rows", "genre", "sentence"),
    [
        pytest.param(ALERT, Genre.ALERT, "A coastal flood warning runs from 6 p.m. Tuesday to 6 a.m. Wednesday for Quillon and Alder Bay, the Sound Weather Office said.", id="alert in effect"),
        pytest.param(ALERT, Genre.ALERT, "The office, which rated the threat as severe, issued the warning at 8:40 p.m. Monday.", id="alert sent, and how grave"),
        pytest.param(ALERT, Genre.ALERT, "In Dunmere County, the alert names Alder Bay and Quillon.", id="alert here"),
        pytest.param(AGENDA, Genre.AGENDA, "The Alder Bay City Council will meet at 6:30 p.m. Dec. 8 in the Council Chamber, 40 Pier Street.", id="meeting"),
        pytest.param(AGENDA, Genre.AGENDA, "On the agenda: Ordinance 26-14: registration of short-term rentals.", id="agenda item"),
        pytest.param(MINUTES, Genre.MINUTES, "The Dunmere County Board of County Commissioners voted 4-1 Monday to pay the county’s $1.3 million share.", id="vote"),
        pytest.param(MINUTES, Genre.MINUTES, "The board voted 4-1 to pay the county’s $1.3 million share.", id="vote, the body known"),
        pytest.param(SPENT, Genre.MINUTES, "Dunmere County commissioners approve $9,000 for Sunday hours in Quillon, 3-2", id="headline of money"),
        pytest.param(SPENT, Genre.MINUTES, "Dunmere County commissioners voted 3-2 Monday to spend $9,000 on clerks.", id="vote, the body in short"),
        pytest.param(HEARD, Genre.MINUTES, "The board voted 5-0 to set a public hearing on the shore line for 6 p.m. Friday, Dec. 4.", id="what a hearing is on"),
        pytest.param(HEARD, Genre.MINUTES, "Dunmere County commissioners set Dec. 4 hearing on shore line", id="headline of a hearing"),
        pytest.param(HEARD, Genre.MINUTES, "The Chamber is at 12 Pier Street, Alder Bay.", id="where the room is"),
        pytest.param(MINUTES, Genre.MINUTES, "Wrexley voted no.", id="nay by surname where the minutes give no more"),
        pytest.param(CALENDAR, Genre.CALENDAR, "An open house is scheduled for 5:30 p.m. Dec. 3 at Quillon School.", id="calendar entry"),
        pytest.param(CALENDAR, Genre.CALENDAR, "A planning day (no school) is scheduled for Dec. 7.", id="all-day entry"),
        pytest.param(SCHOOL, Genre.CALENDAR, "An early dismissal at all schools is set for Friday and a planning day, with no school, for Monday, Dec. 7, according to the Dunmere School District calendar.", id="what changes, together"),
        pytest.param(SCHOOL, Genre.CALENDAR, "Early dismissal set for Friday at all schools in Dunmere County", id="headline of a change"),
        pytest.param(SCHOOL, Genre.CALENDAR, "On Friday, all schools dismiss at 12:30 p.m. for training.", id="what a change says of itself"),
        pytest.param(SCHOOL, Genre.CALENDAR, "The School Board will meet at 6 p.m. Wednesday, Dec. 2, at Quillon School.", id="a body meets"),
        pytest.param(SCHOOL, Genre.CALENDAR, "Free tutoring is scheduled from 4 to 5 p.m. Thursdays through Dec. 10.", id="week for week"),
        pytest.param(TABLE, Genre.TABLE, "The table counts 148 parcels for Quillon.", id="two rows summed"),
        pytest.param(TABLE, Genre.TABLE, "The table counts 212 parcels in all.", id="total row as it stands"),
    ],
)  # fmt: skip
def test_sentences(rows: list[tuple[str, str, int]], genre: Genre, sentence: str) -> None:
    held = fielded(rows, genre=genre)
    assert sentence in _texts(held)
    found = computed(sentence, [held], DAY, AREA)
    assert found is not None
    assert found[0] is held
    assert found[1].fields
    assert computed(sentence.replace(" ", "  ", 1), [held], DAY, AREA) is None


@pytest.mark.parametrize(
    ("rows", "genre", "words"),
    [
        pytest.param(MINUTES, Genre.MINUTES, "close the pier", id="a motion that failed is not passed"),
        pytest.param(
            [*CALENDAR, ("status", "CANCELLED", 1)],
            Genre.CALENDAR,
            "house",
            id="what is called off is not scheduled",
        ),
        pytest.param(
            [
                *CALENDAR[:1],
                ("start", "2026-12-03", 1),
                ("summary", "CANCELED: Board meeting", 2),
                ("start", "2026-12-04", 2),
            ],
            Genre.CALENDAR,
            "oard",
            id="called off by its title",
        ),
        pytest.param(
            [*MINUTES[:4], ("vote", "3-2 failed for lack of four votes", 1)],
            Genre.MINUTES,
            "share",
            id="a count that is none",
        ),
        pytest.param(
            [
                *MINUTES[:2],
                ("item", "Fees: rentals", 1),
                ("motion", "to approve a fee of $150", 1),
                ("amount", "$150", 1),
                ("vote", "4-1", 1),
            ],
            Genre.MINUTES,
            "approve $150 for",
            id="a fee is not spent",
        ),
        pytest.param(CALENDAR, Genre.CALENDAR, "Past fair", id="what is over is not scheduled"),
        pytest.param(TABLE, Genre.TABLE, "Alder Bay", id="a row without a number is not counted"),
        pytest.param(AGENDA, Genre.AGENDA, "Call to order", id="routine is not news"),
        pytest.param([*ALERT[:-1], ("status", "Test", 0)], Genre.ALERT, "", id="a test alert says nothing"),
    ],
)
def test_what_is_not_said(rows: list[tuple[str, str, int]], genre: Genre, words: str) -> None:
    assert not [text for text in _texts(fielded(rows, genre=genre)) if words in text]


@pytest.mark.parametrize(
    ("on", "verb"),
    [
        pytest.param(date(2026, 11, 22), "will be in effect", id="before"),
        pytest.param(date(2026, 11, 24), "runs from", id="on its day, sent before"),
        pytest.param(date(2026, 11, 27), "was in effect", id="after"),
    ],
)
def test_tense_follows_the_storys_day(on: date, verb: str) -> None:
    assert any(verb in text for text in _texts(fielded(ALERT, genre=Genre.ALERT), on))


def test_a_vote_that_did_not_carry_is_not_told() -> None:
    """Three to two fails where four are needed: the words around the count say so."""
    text = "Board\nPier\nAda Corr moved to close the pier. The motion failed 3-2."
    at = {words: text.index(words) for words in ("Board", "Pier", "to close the pier", "3-2")}
    fields = [
        Field(name=name, value=words, start=at[words], end=at[words] + len(words), record=record)
        for name, words, record in (("body", "Board", 0), ("item", "Pier", 1), ("motion", "to close the pier", 1), ("vote", "3-2", 1))
    ]  # fmt: skip
    held = replace(capture(text), genre=Genre.MINUTES, fields=tuple(fields))
    assert not [t for t in _texts(held) if "close the pier" in t]
    carried = replace(held, text=text.replace("failed", "passed"))
    assert "The board voted 3-2 to close the pier." in _texts(carried)


def test_a_changed_field_is_not_computed() -> None:
    sentence = "The table counts 148 parcels for Quillon."
    changed = [("parcels", "52", 2) if row == ("parcels", "51", 2) else row for row in TABLE]
    assert computed(sentence, [fielded(changed, genre=Genre.TABLE)], DAY, AREA) is None


EASTERN = Area(name="Dunmere County", timezone="America/New_York", places=AREA.places)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        pytest.param({}, "A coastal flood warning runs from 6 p.m. Tuesday to 6 a.m. EST Wednesday for Quillon and Alder Bay, the Sound Weather Office said.", id="the zone said once"),
        pytest.param({"expires": "2026-11-24T23:00:00-05:00"}, "A coastal flood warning runs from 6 p.m. to 11 p.m. EST Tuesday for Quillon and Alder Bay, the Sound Weather Office said.", id="the day said once"),
        pytest.param({"onset": "2026-11-24T23:00:00+00:00"}, "A coastal flood warning runs from 6 p.m. Tuesday to 6 a.m. EST Wednesday for Quillon and Alder Bay, the Sound Weather Office said.", id="from UTC"),
        pytest.param({"msg_type": "Cancel"}, "The Sound Weather Office canceled a coastal flood warning for Quillon and Alder Bay at 8:40 p.m. EST Monday.", id="canceled"),
        pytest.param({"sender": "w-nws.webmaster@alerts.example"}, "A coastal flood warning for Quillon and Alder Bay was issued at 8:40 p.m. EST Monday.", id="nobody named"),
        pytest.param({"sender": "NWS Quillon VT"}, "A coastal flood warning runs from 6 p.m. Tuesday to 6 a.m. EST Wednesday for Quillon and Alder Bay, the National Weather Service in Quillon said.", id="an office's code"),
        pytest.param({"sender": "NWS AlderBay (Eastern Dunmere)"}, "A coastal flood warning runs from 6 p.m. Tuesday to 6 a.m. EST Wednesday for Quillon and Alder Bay, the National Weather Service in Eastern Dunmere said.", id="two words run together"),
        pytest.param({"event": "COASTAL FLOOD", "headline": "COASTAL FLOOD WARNING"}, "Coastal flood warning for Quillon and Alder Bay", id="the headline calls it a warning"),
        pytest.param({"area": "NORTHERN DUNMERE COUNTY IN VERMONT, WESTERN TARROW COUNTY IN VERMONT"}, "Coastal flood warning for northern Dunmere County and western Tarrow County in Vermont", id="counties in capitals"),
        pytest.param({"area": "Sunken Pier Fire", "headline": "Sunken Pier Fire", "event": "Fire"}, "Fire alert: Sunken Pier Fire", id="an incident's name"),
        pytest.param({"instruction": "MOVE TO HIGHER GROUND NOW AT 5 PM. STAY INDOORS UNTIL THE STORM PASSES. CALL RUTH ORDE."}, "The office advised people to stay indoors until the storm passes.", id="plain words in capitals"),
        pytest.param({"severity": "Minor"}, "The office issued the warning at 8:40 p.m. EST Monday.", id="a grade that tells a reader nothing"),
        pytest.param({"description": "SIZE: 7000 ha"}, "The size is listed as 7,000 hectares.", id="hectares"),
        pytest.param({"event": "Earthquake", "magnitude": "4.1", "event_time": "2026-11-24T13:05:40+00:00", "description": "An earthquake with magnitude 4.1 occurred near Tarrow, VT at 13:05:40.1 UTC on Nov 24, 2026."}, "An earthquake of magnitude 4.1 occurred near Tarrow, VT, at 8:05 a.m. EST Tuesday, the Sound Weather Office said.", id="an earthquake by the local clock"),
        pytest.param({"event": "Earthquake", "magnitude": "4.1", "event_time": "2026-11-24T13:05:40+00:00", "area": "2 miles (3 km) WSW of Tarrow; 9 miles (14 km) N of QUILLON; 70 miles (112 km) E of Fell"}, "It was centered 2 miles (3 km) west-southwest of Tarrow, and 9 miles (14 km) north of Quillon.", id="how far from here"),
        pytest.param({"preliminary_magnitude": "7.1", "event_time": "2026-11-24T13:05:40+00:00"}, "The alert follows an earthquake with a preliminary magnitude of 7.1 at 8:05 a.m. EST Tuesday.", id="a preliminary figure stays one"),
    ],
)  # fmt: skip
def test_an_alert_in_readers_words(changed: dict[str, str], sentence: str) -> None:
    rows = [row for row in ALERT if row[0] not in changed]
    held = fielded([*rows, *((name, value, 0) for name, value in changed.items())], genre=Genre.ALERT)
    texts = [rendered.text for rendered in renderings(held, DAY, EASTERN)]
    assert sentence in texts, texts


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param({"msg_type": "Cancel"}, "in effect", id="canceled is not in effect"),
        pytest.param({"instruction": "CALL RUTH ORDE AT THE HARBOR."}, "all ruth", id="a name in capitals"),
        pytest.param({"instruction": "STAY INDOORS TONIGHT BECAUSE THE STORM IS NEAR."}, "tonight", id="a day in capitals"),
        pytest.param({"description": "THE WARNING CONTINUES FOR\nQUILLON."}, "continues", id="a sentence broken off"),
        pytest.param({"preliminary_magnitude": "7.1", "event": "Earthquake", "event_time": "2026-11-24T13:05:40+00:00"}, "7.1", id="a preliminary figure is no headline"),
        pytest.param({"magnitude": "strong", "event": "Earthquake", "event_time": "2026-11-24T13:05:40+00:00"}, "strong", id="no figure"),
        pytest.param({"description": "SIZE: 0 ha"}, "hectare", id="no size"),
    ],
)  # fmt: skip
def test_what_an_alert_does_not_say(changed: dict[str, str], words: str) -> None:
    rows = [row for row in ALERT if row[0] not in changed]
    held = fielded([*rows, *((name, value, 0) for name, value in changed.items())], genre=Genre.ALERT)
    assert not [r.text for r in renderings(held, DAY, EASTERN) if words in r.text]
