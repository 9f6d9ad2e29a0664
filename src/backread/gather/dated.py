"""The day a document without markup bears, from its own first lines: a date line, "Released:", "Date:".

Only a whole date (day, month, year) counts, and only where it dates the document: on a line of little else, after a
word that says so, or in a place's date line. Rather nothing than a guess: a hearing's day or a deadline is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from backread.text import dates
from backread.text.dates import MentionKind

_LINES, _MOST = 14, 1_200
_SAYS_SO = re.compile(
    r"(?i)^\W*(?:date(?:d| issued| of (?:release|issue|report|publication))?|(?:for (?:immediate )?)?releas(?:e|ed)(?: date)?|published|posted|"
    r"issued|updated|filed|sent|minutes|recorded)\b"
)
_OTHER_DAY = re.compile(
    r"(?i)\b(?:effective|deadline|due|hearing|expires?|until|before|will|scheduled|next|opens?|closes?|by|embargo\w*|through|from|since)\b"
)
_TO_COME = re.compile(
    r"(?i)\b(?:effective|effect|deadline|due|hearing|expires?|until|before|will|scheduled|next|embargo\w*)\b"
)
"""What makes even a day after "Released:" or "Date of" another one."""
_PLACE = re.compile(r"^[A-Z][\w .,'’-]{1,50}?\s*(?:\(|,\s*|[—–-]+\s*)\s*$")
_LITTLE_ELSE = 48
"""Code points that a line may hold besides its date, and still be about nothing else."""
_FIRST = date(1990, 1, 1)


def day_in(text: str, taken: datetime) -> datetime | None:
    """Noon UTC of the day the first lines of `text` bear; None where they bear none, or one after `taken`."""
    said = [
        (says_so, day) for says_so, day in _days(text) if _FIRST <= day <= (taken + timedelta(days=2)).date()
    ]
    best = next((day for says_so, day in said if says_so), said[0][1] if said else None)
    return datetime.combine(best, time(12), UTC) if best else None


def _days(text: str) -> Iterator[tuple[bool, date]]:
    """Each day that dates the document, and whether a word says so."""
    lines = [line.strip() for line in text[:_MOST].split("\n")]
    for line in [line for line in lines if line][:_LINES]:
        whole = [m for m in dates.find(line) if m.kind is MentionKind.ABSOLUTE and m.year]
        if len(whole) != 1:
            continue
        rest = line[: whole[0].start] + " " + line[whole[0].end :]
        says_so = bool(_SAYS_SO.match(line)) and not _TO_COME.search(line[: whole[0].start])
        leads = bool(_PLACE.match(line[: whole[0].start])) and re.match(r"\s*[)—–-]", line[whole[0].end :])
        about = len(rest) <= _LITTLE_ELSE and not _OTHER_DAY.search(rest)
        day = dates.resolve(whole[0], date(2000, 1, 1)) if says_so or leads or about else None
        if day:
            yield says_so, day
