"""True figures told otherwise than the source has them pass; the false ones beside them are held."""

from __future__ import annotations

import pytest

from backread.check.numbers import CHECK
from backread.values.finding import Outcome
from check.stories import outcome

RACE = "category | name | age | time\nMen | Tor Lisk | 31 | 1:06:41\nWheelchair | Ada Orde | 38 | 0:54:17"
AUDIT = "The median time from page to first truck was 7 min 10 s in spring and 8 min 40 s in autumn. The slowest took 13 min 5 s."
MINUTES = "LISK: The new pump is two point four million. PELL: That is carried, seven nil. We had gusts of 58 miles an hour at the pier."
RULES = "First offense: a letter. Second: $1,000 fine. Third: the permit lapses for 30 days. Officer Orde has 34 yrs at the office."
TRAFFIC = "The bridge carried about 2,300 vehicles a day. Members aged 65 or older pay nothing."
BUDGET = "line | adopted | proposed\nBuses | 3250000 | 3510000\nBridges and piers | 880000 | 700000"
SNOW = "station | elevation (feet) | snow (inches) | observer\nPellam Pass | 4310 | 34.5 | a camera\nOrde Airport | 1210 | 4.0 | staff"
CROP = "| Variety | 2024 (thousand bushels) | 2025 (thousand bushels) |\n|---|---|---|\n| Redfall | 410 | 266 |\n| All | 1,000 | 750 |"
BEETLE = "The beetle is 4.1 millimeters long. Its cave is 2.6 miles from the road."
CREWS = "Active members fell from 312 to 261 over two years. The orchards had about 640 pickers, compared with 870 last year."
HALLS = "Together the halls are open 264 hours a week. It is proposed to reduce this to 219 from 1 June. The median wait was 7 min 10 s."
BRIDGE = "The bridge will reopen with a limit of 15 tons. The old limit was 20 tons. Turnout was 39 percent. The last vote, in 2024, drew 28.5 percent."
FARES = "The book of ten tickets stays at $52. An adult single rises from $6.40 to $6.70."
GUARD = "Wyn Orde, crossing guard. Born 2 Feb 1947. Started in 1985."


def passes(sentence: str, source: str) -> bool:
    """Whether the check leaves a sentence alone."""
    return outcome(CHECK, sentence, source) in (Outcome.SUPPORTED, Outcome.NOTHING_TO_CHECK)


@pytest.mark.parametrize(
    ("source", "true", "false"),
    [
        pytest.param(RACE, "Ada Orde won the wheelchair race in 54 minutes 17 seconds.", "Ada Orde won the wheelchair race in 54 minutes 27 seconds.", id="a result's clock"),
        pytest.param(RACE, "Ada Orde won the wheelchair race in just under 55 minutes.", "Ada Orde won the wheelchair race in just under 54 minutes.", id="hedged"),
        pytest.param(AUDIT, "In spring it was seven minutes 10 seconds.", "In spring it was seven minutes 40 seconds.", id="short units"),
        pytest.param(AUDIT, "The slowest took just over 13 minutes.", "The slowest took just over 14 minutes.", id="parts rounded"),
        pytest.param(MINUTES, "A new pump would cost $2.4 million.", "A new pump would cost $4.2 million.", id="spoken point"),
        pytest.param(MINUTES, "The motion was carried 7-0.", "The motion was carried 6-1.", id="seven nil"),
        pytest.param(MINUTES, "Gusts reached 58 mph at the pier.", "Gusts reached 85 mph at the pier.", id="miles an hour"),
        pytest.param(RULES, "A fine of $1,000 follows a second offense.", "A fine of $10,000 follows a second offense.", id="money before second"),
        pytest.param(RULES, "A letter follows a first offense, a fine a second, and the permit lapses for 30 days after a third.", "A letter follows a first offense, a fine a second, and the permit lapses for 20 days after a third.", id="after a third"),
        pytest.param(RULES, "Officer Orde has 34 years at the office.", "Officer Orde has 43 years at the office.", id="short years"),
        pytest.param(TRAFFIC, "The 2,300 or so vehicles that crossed it each day face a detour.", "The 3,200 or so vehicles that crossed it each day face a detour.", id="or so"),
        pytest.param(TRAFFIC, "About 2,300 vehicles crossed it each day.", "Some 2,300 or more vehicles crossed it, at least 2,400 vehicles a day.", id="or so is about"),
        pytest.param(TRAFFIC, "Members who are at least 65 pay nothing.", "Members who are at most 65 pay nothing.", id="or older"),
        pytest.param(BUDGET, "Buses would rise 8 percent, to $3.51 million.", "Buses would rise 8 percent, to $3.15 million.", id="the last cell of a row"),
    ],
)  # fmt: skip
def test_in_other_words(source: str, true: str, false: str) -> None:
    assert (passes(true, source), passes(false, source)) == (True, False)


@pytest.mark.parametrize(
    ("source", "true", "false"),
    [
        pytest.param(SNOW, "The storm buried Pellam Pass under nearly 3 feet.", "The storm buried Pellam Pass under nearly 2 feet.", id="the unit of a column"),
        pytest.param(SNOW, "Pellam Pass lies at 4,310 feet.", "Pellam Pass lies at 4,310 meters and had 3 yards of snow.", id="another unit"),
        pytest.param(SNOW, "Stations measured between 4 inches, at Orde Airport, and 34.5 inches on the pass.", "The pass had 4 inches and Orde Airport 34.5 inches.", id="the row of the figure before"),
        pytest.param(CROP, "The harvest of Redfall came to 266,000 bushels.", "The harvest of Redfall came to 266 bushels, or 262,000.", id="thousands of a column"),
        pytest.param(CROP, "The harvest came to 750,000 bushels, down from a million.", "The harvest came to 750,000 bushels, down from 10,000.", id="a million"),
        pytest.param(BEETLE, "The beetle is about four millimeters long.", "The beetle is about five millimeters long.", id="rounded to a whole unit"),
        pytest.param(BEETLE, "The beetle is about four millimeters long.", "The beetle is four millimeters long.", id="rounded without a hedge"),
    ],
)  # fmt: skip
def test_in_a_table_and_rounded(source: str, true: str, false: str) -> None:
    assert (passes(true, source), passes(false, source)) == (True, False)


@pytest.mark.parametrize(
    ("source", "true", "false"),
    [
        pytest.param(CREWS, "The number of active members dropped by 51 to 261.", "The number of active members dropped by 61 to 261.", id="from and to"),
        pytest.param(CREWS, "The number of active members dropped by 51.", "The number of active members rose by 51.", id="the other way"),
        pytest.param(CREWS, "The orchards had about 640 pickers, 230 fewer than last year.", "The orchards had about 640 pickers, 330 fewer than last year.", id="compared with"),
        pytest.param(HALLS, "The halls are to lose 45 hours a week.", "The halls are to lose 54 hours a week.", id="reduce this to"),
        pytest.param(HALLS, "The halls will open for 45 fewer hours a week.", "The halls will open for 45 more hours a week.", id="fewer before the unit"),
        pytest.param(BRIDGE, "The bridge will reopen with a limit of 15 tons, 5 less than before.", "The bridge will reopen with a limit of 15 tons, 6 less than before.", id="in the unit before"),
        pytest.param(BRIDGE, "Turnout was 39 percent, more than 10 points higher than in 2024.", "Turnout was 39 percent, more than 11 points higher than in 2024.", id="points"),
        pytest.param(FARES, "A book of ten stays at $52, or $5.20 a trip.", "A book of ten stays at $52, or $5.30 a trip.", id="apiece"),
        pytest.param(GUARD, "Wyn Orde, at the age of 79, does it for the last time.", "Wyn Orde, at the age of 97, does it for the last time.", id="an age from the day of birth"),
    ],
)  # fmt: skip
def test_worked_out(source: str, true: str, false: str) -> None:
    assert (passes(true, source), passes(false, source)) == (True, False)
