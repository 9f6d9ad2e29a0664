"""True days and hours told otherwise than the source has them pass; the false ones beside them are held."""

from __future__ import annotations

import datetime as dt

import pytest

from backread.check.dates import CHECK
from backread.values.finding import Outcome
from check.stories import outcome

OCTOBER = dt.date(2026, 10, 23)
CHIEF = "LISK: The first was Orde Drug on the sixth of August. Then Pell Pharmacy on the nineteenth, and Orde Drug again on the twenty-seventh."
CLERK = "PELL: It is adopted. School starts on Tuesday, January the twentieth. The review is the eighteenth of February."
RECALL = "Heaters made after March 1, 2026, carry a dot. The arena could have ice by January 2027. The contract expires Feb 28, 2027."
HEAD = "Graham Pell, head teacher, crossed there himself, 1989-95. His hip operation was due 2/24."
PANTRY = "The pantry will open Thursday as always, 2 to 6. Deputies stood by until polls closed at 8 p.m."


@pytest.mark.parametrize(
    ("source", "true", "false"),
    [
        pytest.param(CHIEF, "Orde Drug was entered on Aug. 6.", "Orde Drug was entered on Aug. 7.", id="spoken"),
        pytest.param(CHIEF, "Pell Pharmacy was entered on Aug. 19.", "Pell Pharmacy was entered on Sept. 19.", id="a bare day after it"),
        pytest.param(CLERK, "School starts on Jan. 20.", "School starts on Jan. 12.", id="the month first"),
        pytest.param(CLERK, "The review is on February 18.", "The review is on February 8.", id="of the month"),
        pytest.param(RECALL, "Heaters made after March 1 carry a dot.", "Heaters made after March 11 carry a dot.", id="a year that is over"),
        pytest.param(RECALL, "The arena could have ice by January.", "The arena could have ice by May.", id="a month to come"),
        pytest.param(RECALL, "The contract expires on Feb. 28.", "The contract will expire on Feb. 28, 2026.", id="a day to come"),
        pytest.param(RECALL, "The contract expires on Feb. 28.", "The contract expired on Feb. 28 last year.", id="of last year"),
        pytest.param(HEAD, "Pell was himself seen across from 1989 to 1995.", "Pell was himself seen across from 1989 to 1998.", id="a span of years"),
        pytest.param(HEAD, "The hip operation was due Feb. 24.", "The hip operation was due Feb. 14.", id="a slash"),
        pytest.param(PANTRY, "The pantry will open Thursday from 2 to 6 p.m.", "The pantry will open Thursday from 3 to 7 p.m.", id="hours without their half"),
        pytest.param(PANTRY, "Deputies stood by until polls closed at 8.", "Deputies stood by until polls closed at 9.", id="an hour without its half in the story"),
    ],
)  # fmt: skip
def test_a_day_or_an_hour(source: str, true: str, false: str) -> None:
    said = [outcome(CHECK, sentence, source, date=OCTOBER) is Outcome.SUPPORTED for sentence in (true, false)]
    assert said == [True, False]
