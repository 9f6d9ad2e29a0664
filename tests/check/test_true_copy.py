"""True copy comes through: the demo's documents, sentence by sentence, each resting on itself; and real texts."""

from __future__ import annotations

import datetime as dt
import html
import random
import re
import sys
from pathlib import Path

import pytest

from check.alter import ALTERATIONS, measure, read
from newsroom.demo.world import documents

TODAY = dt.date(2026, 11, 25)


def _visible(body: bytes, charset: str) -> str:
    text = body.decode(charset)
    text = re.sub(r"(?s)<(script|style|head|nav|header|footer).*?</\1>", " ", text)
    text = re.sub(r"(?i)</(?:p|h\d|li|tr|div|figcaption|td)>|<br ?/?>", "\n\n", text)
    lines = html.unescape(re.sub(r"<[^>]+>", "", text)).split("\n\n")
    return "\n\n".join(re.sub(r"\s+", " ", line).strip() for line in lines if line.strip())


PAGES = [
    pytest.param(_visible(d.body, d.charset), id=d.file) for d in documents(TODAY) if "html" in d.media_type
]


@pytest.mark.parametrize("text", PAGES)
def test_a_document_of_the_demo_is_clean_when_it_rests_on_itself(
    text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["alter", "-v"])
    counts = measure([(text, TODAY - dt.timedelta(days=1))], random.Random(1))
    assert [c["false alarms"] for c in counts.values()] == [0, 0, 0, 0], capsys.readouterr().out


def test_alterations_of_the_demo_are_noticed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["alter", "-m"])
    texts = [(str(page.values[0]), TODAY - dt.timedelta(days=1)) for page in PAGES]
    counts = measure(texts, random.Random(3))
    for name in ALTERATIONS:
        assert counts[name]["altered"] >= 20 if name != "quotes" else counts[name]["altered"] >= 10
        assert counts[name]["noticed"] >= 0.9 * counts[name]["altered"], (name, capsys.readouterr().out)


@pytest.mark.shared
def test_real_texts_resting_on_themselves_stay_under_the_budget(shared: Path) -> None:
    counts = measure(read(shared / "data/verification/polnear_train.jsonl.gz", 25), random.Random(5))
    for name, count in counts.items():
        assert count["sentences"] > 500
        assert count["false alarms"] <= 0.003 * count["sentences"], name
        assert count["noticed"] >= 0.9 * count["altered"], name
