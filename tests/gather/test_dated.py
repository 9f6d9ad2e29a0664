"""The day that a document without markup bears."""

from datetime import UTC, date, datetime

import pytest

from backread.gather.dated import day_in

TAKEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
TOLD = "The road office closed the bridge on Monday."


@pytest.mark.parametrize(
    ("row", "text", "day"),
    [
        ("alone on a line", f"Marl Road Office\n\nMarch 3, 2026\n\n{TOLD}", date(2026, 3, 3)),
        ("with its weekday", f"Marl Road Office\nTuesday, 3 March 2026\n\n{TOLD}", date(2026, 3, 3)),
        ("after a word that says so", f"FOR IMMEDIATE RELEASE: March 3, 2026\n{TOLD}", date(2026, 3, 3)),
        ("a label before another day", f"Budget year 7/1/2025\nReleased: 2026-03-03\n{TOLD}", date(2026, 3, 3)),
        ("a place's date line", f"Bridge shut\n\nMARL (March 3, 2026) — {TOLD}", date(2026, 3, 3)),
        ("a place with a comma", f"Bridge shut\n\nMarl, March 3, 2026 — {TOLD}", date(2026, 3, 3)),
        ("a meeting's own line", f"# Minutes of March 3, 2026\n\n{TOLD}", date(2026, 3, 3)),
        ("in markdown", f"**Date:** 3 March 2026\n\n{TOLD}", date(2026, 3, 3)),
        ("no date", f"Marl Road Office\n\n{TOLD}", None),
        ("no year", f"Marl Road Office\nMarch 3\n\n{TOLD}", None),
        ("a day in the running text", f"The road office said that on March 3, 2026, it closed the old bridge on Vetch Lane.\n{TOLD}", None),
        ("a deadline", f"Comments due March 3, 2026\n\n{TOLD}", None),
        ("a hearing to come", f"Hearing: March 3, 2026\n\n{TOLD}", None),
        ("the day of a hearing", f"Date of hearing: March 3, 2026\n\n{TOLD}", None),
        ("a release to come", f"Released: embargoed until March 3, 2026 at the county's annual meeting in Marl\n\n{TOLD}", None),
        ("an update to come", f"Updated speed limits on Vetch Lane and five other lanes take effect March 3, 2026\n\n{TOLD}", None),
        ("a release by somebody", f"Released by the road office of Marl County on March 3, 2026\n\n{TOLD}", date(2026, 3, 3)),
        ("minutes of a long name", f"Minutes of the regular meeting of the board of trustees, Tuesday, March 3, 2026\n\n{TOLD}", date(2026, 3, 3)),
        ("two days on a line", f"March 3, 2026 - April 4, 2026\n\n{TOLD}", None),
        ("after it was seen", f"December 3, 2026\n\n{TOLD}", None),
        ("too long ago", f"March 3, 1926\n\n{TOLD}", None),
        ("below the first lines", "a line\n\n" * 20 + f"March 3, 2026\n\n{TOLD}", None),
        ("a day that is none", f"February 30, 2026\n\n{TOLD}", None),
        ("nothing", "", None),
    ],
)  # fmt: skip
def test_the_day_it_bears(row: str, text: str, day: date | None) -> None:
    found = day_in(text, TAKEN)
    assert (found.date() if found else None) == day, row
