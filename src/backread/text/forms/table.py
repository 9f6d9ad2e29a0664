"""Sentences from the rows of a table: what it counts for each label, summed over the rows that share it.

Only columns whose head is a plain plural word ("parcels") or dollars are told. A sum is told only of rows
that all state a number; the table's own total row stands as it is and is never added to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from backread.text.forms.base import Rendered, of_capture, words_of
from backread.values.area import Area
from backread.values.capture import Capture, Field
from backread.values.source import Genre

_TOTAL = re.compile(r"(?i)^(?:grand )?total\b")
_PLURAL = re.compile(r"^[a-z]{3,}s$")
_DOLLARS = re.compile(r"^(?P<what>[a-z_ ]+?)[_ ](?:in[_ ])?dollars$")
_COUNT = re.compile(r"^\$?\d[\d,]*(?:\.\d+)?$")


def table(capture: Capture, on: date, area: Area | None) -> Iterator[Rendered]:
    """A sentence for each label and countable column of a table."""
    if capture.genre is not Genre.TABLE:
        return
    rows = _rows(capture)
    for column in dict.fromkeys(name for row in rows for name in row[1]):
        for label, (fields, total) in _sums(rows, column).items():
            if sentence := _told(label, column, total):
                yield Rendered(text=sentence, fields=fields, part="total" if _TOTAL.match(label) else "row")


def _rows(capture: Capture) -> list[tuple[Field, dict[str, Field]]]:
    rows = []
    for number, _ in of_capture(capture).records():
        cells = [f for f in capture.fields if f.record == number and f.value.strip()]
        if number and cells:
            rows.append((cells[0], {f.name.strip().lower(): f for f in cells[1:]}))
    return rows


def _sums(
    rows: list[tuple[Field, dict[str, Field]]], column: str
) -> dict[str, tuple[tuple[Field, ...], Decimal]]:
    sums: dict[str, tuple[tuple[Field, ...], Decimal]] = {}
    spoilt: set[str] = set()
    for label, cells in rows:
        words = words_of(label.value)
        number = _number(cells[column].value) if column in cells else None
        if number is None:
            spoilt.add(words)
            continue
        fields, total = sums.get(words, ((), Decimal(0)))
        sums[words] = ((*fields, label, cells[column]), total + number)
    return {words: found for words, found in sums.items() if words not in spoilt}


def _number(value: str) -> Decimal | None:
    if not _COUNT.match(value.strip()):
        return None
    try:
        return Decimal(value.strip().lstrip("$").replace(",", ""))
    except InvalidOperation:
        return None


def _told(label: str, column: str, total: Decimal) -> str:
    money = _DOLLARS.match(column)
    if money and total:
        amount, what = dollars(total), money["what"].replace("_", " ")
        where = "in all" if _TOTAL.match(label) else f"for {label}"
        return f"The table gives {_an(what)} of {amount} {where}."
    if _PLURAL.match(column) and total == total.to_integral_value():
        if total == 1:
            return ""
        count = f"{int(total):,}" if total else "no"
        return (
            f"The table counts {count} {column} in all."
            if _TOTAL.match(label)
            else f"The table counts {count} {column} for {label}."
        )
    return ""


def dollars(amount: Decimal) -> str:
    """An amount as newsrooms write it, never rounded: "$118.6 million", "$86,500"."""
    millions = amount / Decimal(1_000_000)
    if millions >= 1 and millions == millions.quantize(Decimal("0.1")):
        return f"${millions.quantize(Decimal('0.1')).normalize():f} million"
    return f"${amount:,f}"


def _an(words: str) -> str:
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"


def dollars_of(words: str) -> float:
    """The dollars an amount such as "$1.3 million" says; 0 when it says none."""
    found = re.search(r"\$(?P<number>\d[\d,]*(?:\.\d+)?)(?: (?P<scale>million|billion))?", words)
    if found is None:
        return 0.0
    scale = {"million": 1e6, "billion": 1e9}.get(found["scale"] or "", 1.0)
    return float(found["number"].replace(",", "")) * scale
