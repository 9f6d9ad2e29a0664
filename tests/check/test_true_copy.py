"""True copy comes through: the demo's documents, sentence by sentence, each resting on itself; and real texts."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from backread.bench.clean import blockers
from backread.bench.edits import TRUE, Document, Row, captured, read
from backread.bench.rows import read_rows
from backread.check import dates, names, numbers, quotes
from newsroom.demo.world import documents

TODAY = dt.date(2026, 11, 25)
CHECKS = (quotes.CHECK, numbers.CHECK, dates.CHECK, names.CHECK)


def _visible(body: bytes, charset: str) -> str:
    text = body.decode(charset)
    text = re.sub(r"(?s)<(script|style|head|nav|header|footer).*?</\1>", " ", text)
    text = re.sub(r"(?i)</(?:p|h\d|li|tr|div|figcaption|td)>|<br ?/?>", "\n\n", text)
    lines = html.unescape(re.sub(r"<[^>]+>", "", text)).split("\n\n")
    return "\n\n".join(re.sub(r"\s+", " ", line).strip() for line in lines if line.strip())


def _document(name: str, text: str, day: dt.date) -> Document:
    return Document(name=name, capture=captured(name, text, day), date=day)


PAGES = [
    _document(d.file, _visible(d.body, d.charset), TODAY - dt.timedelta(days=1))
    for d in documents(TODAY)
    if "html" in d.media_type
]


def _objections(rows: Iterable[Row]) -> list[tuple[str, str]]:
    return [(name, row.text) for row in rows for name in blockers(row.checked) if name != "nothing"]


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in PAGES])
def test_a_document_of_the_demo_is_clean_when_it_rests_on_itself(page: Document) -> None:
    assert _objections(row for row in read(page, CHECKS) if row.is_true) == []


def _noticed(rows: Iterable[Row]) -> tuple[Counter[str], Counter[str]]:
    """How many sentences were altered of each kind, and of how many the check of that name says so."""
    altered: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    for row in rows:
        altered[row.kind] += 1
        noticed[row.kind] += row.kind in blockers(row.checked)
    return altered, noticed


def test_alterations_of_the_demo_are_noticed() -> None:
    altered, noticed = _noticed(row for page in PAGES for row in read(page, CHECKS) if not row.is_true)
    for check in CHECKS:
        assert altered[check.name] >= (10 if check is quotes.CHECK else 20), altered
        assert noticed[check.name] >= 0.9 * altered[check.name], (check.name, altered, noticed)


@pytest.mark.shared
def test_real_texts_resting_on_themselves_stay_under_the_budget(shared: Path) -> None:
    there = read_rows(shared / "data/verification/polnear_train.jsonl.gz", 25, ("id", "text", "date"))
    texts = [_document(row["id"], row["text"], dt.date.fromisoformat(row["date"])) for row in there]
    rows = [row for text in texts for row in read(text, CHECKS)]
    true = [row for row in rows if row.kind == TRUE]
    altered, noticed = _noticed(row for row in rows if not row.is_true)
    alarms = Counter(name for name, _ in _objections(true))
    assert len(true) > 500
    for check in CHECKS:
        assert alarms[check.name] <= 0.003 * len(true), (check.name, alarms)
        assert noticed[check.name] >= 0.9 * altered[check.name] > 0, (check.name, altered, noticed)
