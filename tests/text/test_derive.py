"""Figures that a reporter works out, and those that nothing gives."""

from __future__ import annotations

import datetime as dt

import pytest

from backread.text import dates, figures
from backread.text.derive import derived

FIRE = "The call came at 2:47 p.m. and the first engine arrived at 2:54 p.m. The fire was out at 7:40 p.m."
STAFF = "The plant has 145 workers now and would have 205 workers."
WATER = "The sample held 4,100 colonies. The limit is 200 colonies."
RECORD = "The old mark was May 9, 1977. The frost came on May 11, 2026."


@pytest.mark.parametrize(
    ("row", "sentence", "source", "shown"),
    [
        ("minutes later", "The first engine arrived seven minutes later.", FIRE, "from 2:47 p.m. to 2:54 p.m."),
        ("other minutes", "The first engine arrived nine minutes later.", FIRE, None),
        ("nearly hours", "It burned for nearly five hours.", FIRE, "from 2:47 p.m. to 7:40 p.m."),
        ("not that many", "It burned for nearly six hours.", FIRE, None),
        ("over midnight", "It ran for four hours.", "It ran from 10 p.m. to 2 a.m.", "from 10 p.m. to 2 a.m."),
        ("a length that nothing is said of", "The firm is seven minutes.", FIRE, None),
        ("days between dates", "It came two days later than the old mark.", "It was due May 9. It came May 11.", "from May 9 to May 11"),
        ("years", "It was the first in 16 years.", "The last was in 2010, this one in 2026.", "from 2010 to 2026"),
        ("a growth", "Staff would grow by about 41%.", STAFF, "from 145 to 205 is 41.4 percent"),
        ("a fall told as a growth", "Staff would grow by about 29%.", STAFF.replace("205", "103"), None),
        ("a growth told as a fall", "Staff would fall by about 41%.", "The plant had 145 workers and has 205 workers.", None),
        ("a fall", "Staff would fall by about 29%.", STAFF.replace("205", "103"), "from 145 to 103 is 29.0 percent"),
        ("either way", "Staff would change by more or less 29%, up or down.", STAFF.replace("205", "103"), "from 145 to 103 is 29.0 percent"),
        ("at most, just so many", "It burned for at most seven minutes.", FIRE, "from 2:47 p.m. to 2:54 p.m."),
        ("under, just so many", "It burned for under seven minutes.", FIRE, None),
        ("at least, just so many", "It burned for at least seven minutes.", FIRE, "from 2:47 p.m. to 2:54 p.m."),
        ("over, just so many", "It burned for more than seven minutes.", FIRE, None),
        ("another growth", "Staff would grow by about 52%.", STAFF, None),
        ("a share that nobody says grew", "The tank is 41% full.", STAFF, None),
        ("times as much", "That is more than 20 times the limit.", WATER, "4,100 is 20.5 times 200"),
        ("not that many times", "That is more than 30 times the limit.", WATER, None),
        ("a growth by a part", "Staff rose by a fifth.", "The plant had 150 workers and has 180 workers.", "from 150 to 180 is 20.0 percent"),
        ("a growth by another part", "Staff rose by a fourth, they say.", "The plant had 150 workers and has 180 workers.", None),
        ("a growth of what was added", "Staff is up about 41%.", "It will hire 60 people, which brings it to 205.", "60 more, to 205, is 41%"),
        ("an average", "The 37 gave 1,100 hours, an average of almost 30.", "The 37 gave about 1,100 hours, 37 of them.", "1,100 hours over 37 is 29.7"),
        ("another average", "The 37 gave 1,100 hours, an average of almost 40.", "The 37 gave about 1,100 hours, 37 of them.", None),
        ("years until the story", "A 98-year-old main broke.", "The main is from 1928.", "from 1928 to 2026"),
        ("other years until the story", "An 89-year-old main broke.", "The main is from 1928.", None),
        ("an age", "A 34-year-old man came.", "He was born on June 3, 1991.", "from June 3, 1991 to 2026"),
        ("an age he is yet to reach", "A 35-year-old man came.", "He was born on June 3, 1991.", None),
        ("a hundred years after", "It comes 100 years after.", "It burned in 1926.", "from 1926 to 2026"),
        ("other walls before the ninth", "She painted eight other walls.", "This is her ninth wall.", "ninth is one more than eight other"),
        ("other boats before the ninth", "She painted eight other boats.", "This is her ninth wall.", None),
        ("months on", "The line opens three months later.", "The store opens in May 2027 and the line in August 2027.", "from May 2027 to August 2027"),
        ("months with both ends", "It was sold over 14 months.", "It was sold from August 2025 through September 2026.", "from August 2025 to September 2026"),
        ("an hour without its half", "He called 20 minutes later.", "It was told at 5:30 p.m. He called at 5:50.", "from 5:30 p.m. to 5:50"),
        ("days of other years", "It came two days later than the old mark.", "The old mark was May 9, 1977. It froze May 11.", "from May 9, 1977 to May 11"),
        ("a lost vote told the other way", "They lost the motion, 3-2.", "Ayes 2, nays 3.", "2 and 3"),
        ("a won vote told the other way", "They won the motion, 3-2.", "Ayes 2, nays 3.", None),
        ("a score", "They won 3-2.", "Otters 3, Wolves 2.", "3 and 2"),
        ("another score", "They won 4-2.", "Otters 3, Wolves 2.", None),
        ("of other things", "That is five times as many boats.", "There are 40 boats and 8 cats.", None),
        ("a day that is none", "It came two days later.", "It was due Feb. 30. It came Feb. 28.", None),
    ],
)  # fmt: skip
def test_what_gives_a_figure(row: str, sentence: str, source: str, shown: str | None) -> None:
    claim = figures.find(sentence)[-1]
    told = figures.find(sentence)[:-1]
    found = derived(claim, sentence, figures.find(source), dates.find(source), dt.date(2026, 5, 12), told)
    assert (found.shown if found else None) == shown, row
    assert not found or all(part.words in source for part in found.parts)
