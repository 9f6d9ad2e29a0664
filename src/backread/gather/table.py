"""Tables: the header and a line a row, each cell a field named after its column, the row's number its record."""

from __future__ import annotations

import csv
from io import StringIO

from backread.gather.decode import decoded, stated_type
from backread.gather.reading import TRUNCATED, Reading, Sheet, capture_of, one_line
from backread.ports import Fetched
from backread.values.source import Source

EXTRACTOR = "table 1"
MOST_ROWS, MOST_COLUMNS, MOST_CELL = 20_000, 200, 10_000
_BETWEEN = " | "


def read(source: Source, fetched: Fetched) -> Reading:
    """One capture with the whole table; refused when it has no header or no row."""
    text = decoded(fetched.body, stated_type(fetched))
    if "\x00" in text:
        return Reading(refusal="It is not a table: it holds zero bytes.")
    try:
        rows = _rows(text)
    except csv.Error:
        return Reading(
            refusal="The table cannot be read: a cell of it has no end, or is longer than is read."
        )
    if len(rows) < 2:
        return Reading(refusal="The table has no rows under its header.")
    sheet = _sheet(rows[: MOST_ROWS + 1])
    cut = len(rows) > MOST_ROWS + 1
    capture = capture_of(
        source,
        fetched,
        sheet.text,
        EXTRACTOR,
        title=_title(fetched.url),
        fields=tuple(sheet.fields),
        flags=frozenset({TRUNCATED} if cut else ()),
    )
    notes = (f"The table has {len(rows) - 1:,} rows; the first {MOST_ROWS:,} are kept.",) if cut else ()
    return Reading(captures=(capture,), health=notes)


MOST_CELL_WORDS = 12
"""Words of a cell; a longer one is a sentence, and a table of many such is prose."""


def looks_like(text: str) -> bool:
    """Whether text is a table of at least two columns whose lines all have as many as the first."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    if len(lines) < 2 or lines[0].lstrip()[:1] in "<{[%":
        return False
    try:
        rows = list(csv.reader(lines, delimiter=_delimiter(lines[0])))
    except csv.Error:
        return False
    widths = {len(row) for row in rows}
    # Prose has commas too, and now and then as many in each of a few lines: cells of a table are not sentences.
    prose = sum(any(len(cell.split()) > MOST_CELL_WORDS for cell in row) for row in rows)
    if prose * 4 > len(rows):
        return False
    return len(widths) == 1 and widths.pop() > 1 and not lines[0].rstrip().endswith((".", ":"))


def _rows(text: str) -> list[list[str]]:
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    reader = csv.reader(StringIO(text.lstrip("\ufeff"), newline=""), delimiter=_delimiter(first))
    kept: list[list[str]] = []
    for row in reader:
        if any(cell.strip() for cell in row):
            kept.append([one_line(cell[:MOST_CELL]) for cell in row[:MOST_COLUMNS]])
        if len(kept) > MOST_ROWS + 1:
            break
    return kept


def _delimiter(line: str) -> str:
    return max(",;\t|", key=line.count)


def _sheet(rows: list[list[str]]) -> Sheet:
    sheet = Sheet()
    head = [name or f"column {number}" for number, name in enumerate(rows[0], 1)]
    sheet.write(_BETWEEN.join(head) + "\n")
    for record, row in enumerate(rows[1:], 1):
        for number, cell in enumerate(row):
            name = head[number] if number < len(head) else f"column {number + 1}"
            sheet.write(_BETWEEN if number else "")
            sheet.state(name, cell, record=record, end="")
        sheet.write("\n")
    return sheet


def _title(url: str) -> str:
    return url.partition("?")[0].rstrip("/").rpartition("/")[2].rpartition(".")[0].replace("%20", " ")
