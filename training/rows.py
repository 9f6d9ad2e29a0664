"""The rows a verifier learns from and is calibrated on: claim, evidence block, label, and where they come from.

Only sets whose licence lets weights ship are read: DeFacto (MIT), FIB without the documents held back for measuring
(CC BY 4.0), WiCE (ODC-BY), the conjunction set (MIT), and our own claims (CC0).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backread.bench.claims import read_claims
from backread.bench.rows import json_lines
from backread.check.support.evidence import pack
from backread.text.sentences import split

HELD = "0123"
"""First digits of the `doc_hash` of FIB documents that only measure."""
OURS = Path(__file__).parent.parent / "data" / "claims" / "written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim with its evidence. `group` is its document, `origin` its set, `weight` how much it counts."""

    claim: str
    evidence: str
    label: int
    group: str
    origin: str
    weight: float = 1.0


def genuine(folder: Path) -> Iterator[Row]:
    """Claims that people or systems wrote and people judged."""
    yield from _set(folder / "defacto_train.jsonl.gz", "defacto")
    for row in json_lines(folder / "fib.jsonl.gz"):
        if row["label"] is not None and row["doc_hash"][0] not in HELD:
            yield _row(row, "fib", 0.5)


def extractive(folder: Path, seed: int = 3) -> Iterator[Row]:
    """Sentences cut from FIB's news as true; the same with another document's name or figure put in as false."""
    chance = random.Random(seed)
    seen: dict[str, str] = {
        r["doc_hash"]: r["source"]
        for r in json_lines(folder / "fib.jsonl.gz")
        if r["doc_hash"][0] not in HELD
    }
    for group, source in seen.items():
        cut = [source[s:e] for s, e in split(source) if 8 <= len(source[s:e].split()) <= 45]
        for sentence in chance.sample(cut, min(4, len(cut))):
            yield Row(claim=sentence, evidence=pack(sentence, [source]), label=1, group=group, origin="cut")
            altered = _altered(sentence, source, chance)
            if altered:
                yield Row(
                    claim=altered, evidence=pack(altered, [source]), label=0, group=group, origin="altered"
                )


def conjunctions(folder: Path, most: int = 2000, seed: int = 3) -> Iterator[Row]:
    """A sample of the conjunction pairs, alike of both labels."""
    told = list(json_lines(folder / "entail_conj.jsonl.gz"))
    random.Random(seed).shuffle(told)
    for label in (0, 1):
        for row in [r for r in told if r["label"] == label][: most // 2]:
            yield _row(row, "conj", 0.5)


def own() -> Iterator[tuple[str, Row]]:
    """Our claims, each with its split: "train", "dev" or "test", by its document."""
    for claim in read_claims(OURS):
        yield claim.split, Row(claim=claim.text, evidence=pack(claim.text, [claim.passage]), label=int(claim.is_true), group=claim.document, origin="ours", weight=1.5)  # fmt: skip


def _set(path: Path, origin: str) -> Iterator[Row]:
    for row in json_lines(path):
        if row["label"] is not None:
            yield _row(row, origin, 1.0)


def _row(row: dict[str, object], origin: str, weight: float) -> Row:
    claim = str(row["claim"])
    return Row(claim=claim, evidence=pack(claim, [str(row["source"])]), label=int(row["label"]), group=str(row["doc_hash"]), origin=origin, weight=weight)  # fmt: skip


_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*\d|(?<![\w.,])\d(?![\w.,])")


def _altered(sentence: str, source: str, chance: random.Random) -> str:
    """One name or figure exchanged for another of the same document; '' where there is none."""
    patterns = [_NAME, _NUMBER]
    chance.shuffle(patterns)
    for pattern in patterns:
        mine = list(pattern.finditer(sentence))
        others = sorted({m.group() for m in pattern.finditer(source)} - {m.group() for m in mine})
        if mine and others:
            at = chance.choice(mine)
            return sentence[: at.start()] + chance.choice(others) + sentence[at.end() :]
    return ""
