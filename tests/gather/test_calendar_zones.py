"""A calendar whose time zone block is whole, torn or missing gives the same moment; a zone nobody knows gives none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backread.gather import read
from backread.ports import Fetched
from backread.values.source import Source

SOURCE = Source(id="board", name="Board", kind="calendar", address="https://board.example/c.ics")
CHICAGO = "TZID:America/Chicago\nBEGIN:STANDARD\nDTSTART:20231105T070000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0600\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:20240310T080000\nTZOFFSETFROM:-0600\nTZOFFSETTO:-0500\nEND:DAYLIGHT\n"
ZERO = (
    "TZID:UTC\nBEGIN:STANDARD\nDTSTART:20240101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nEND:STANDARD\n"
)


def start(zones: str, zone: str) -> str:
    """The start of the one entry, as its field gives it."""
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{zones}BEGIN:VEVENT\nUID:1\nSUMMARY:Hearing on the pier\nDTSTART;TZID={zone}:20240509T083000\nEND:VEVENT\nEND:VCALENDAR\n"
    reading = read(
        SOURCE,
        Fetched(
            url=SOURCE.address,
            status=200,
            body=text.encode(),
            media_type="text/calendar",
            headers={},
            taken=datetime(2024, 5, 1, 9, tzinfo=UTC),
        ),
    )
    (capture,) = reading.captures
    return next(field.value for field in capture.fields if field.name == "start")


@pytest.mark.parametrize(
    ("zones", "zone", "moment"),
    [
        pytest.param(f"BEGIN:VTIMEZONE\n{CHICAGO}END:VTIMEZONE\n", "America/Chicago", "2024-05-09T08:30:00-05:00", id="whole"),
        pytest.param(f"BEGIN:VTIMEZONE\n{ZERO}{CHICAGO}END:VTIMEZONE\n", "America/Chicago", "2024-05-09T08:30:00-05:00", id="two zones in one block"),
        pytest.param("", "America/Chicago", "2024-05-09T08:30:00-05:00", id="no block"),
        pytest.param(f"BEGIN:VTIMEZONE\n{ZERO}{CHICAGO}END:VTIMEZONE\n", "Pellam/Harbor", "2024-05-09T08:30:00", id="torn, and an unknown name"),
    ],
)  # fmt: skip
def test_the_moment_of_an_entry(zones: str, zone: str, moment: str) -> None:
    assert start(zones, zone) == moment
