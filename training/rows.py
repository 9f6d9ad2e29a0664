"""The rows a verifier learns from: claim, evidence block, label, the words at fault where they are known, and their set.

Only sets whose licence lets weights ship are read: DeFacto (MIT), FIB without the documents held back for measuring
(CC BY 4.0), WiCE (ODC-BY), the conjunction set (MIT), and our own claims (CC0).
"""

from __future__ import annotations

import difflib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from backread.bench.claims import Claim, read_claims
from backread.bench.rows import json_lines
from backread.check.support.evidence import pack
from backread.text.sentences import split

HELD = "0123"
"""Last digits of the `doc_hash` of FIB documents that only measure."""
STOP = "4"
"""The last digit of those that training stops by."""
OURS = Path(__file__).parent.parent / "data" / "claims" / "written"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim with its evidence.

    `faults` are the stretches of the claim that are wrong: empty for a true claim, None where nobody marked them. `group` is
    the document, `origin` the set, `weight` how much the row counts.
    """

    claim: str
    evidence: str
    label: int
    faults: tuple[Span, ...] | None = None
    group: str
    origin: str
    weight: float = 1.0


def genuine(folder: Path) -> Iterator[Row]:
    """Claims that people or systems wrote and people judged, for learning."""
    yield from defacto(folder / "defacto_train.jsonl.gz")
    for row in json_lines(folder / "fib.jsonl.gz"):
        if row["label"] is not None and row["doc_hash"][-1] not in HELD + STOP:
            yield _row(row, "fib", 0.6)
    for row in json_lines(folder / "wice_tokens_train.jsonl.gz"):
        marks = _flagged(str(row["claim"]), row["extra"]["claim_tokens"], row["extra"]["non_supported"])
        yield _row(row, "wice", 1.0, marks)


def defacto(path: Path) -> Iterator[Row]:
    """Summaries and their corrections; what the correction took out is at fault."""
    rows = {str(row["id"]): row for row in json_lines(path) if row["label"] is not None}
    for id, row in rows.items():
        mended = rows.get(f"{id}-fix")
        yield _row(
            row, "defacto", 1.0, taken_out(str(row["claim"]), str(mended["claim"])) if mended else None
        )


def taken_out(claim: str, mended: str) -> tuple[Span, ...]:
    """The stretches of `claim` whose words the mended claim has not."""
    mine = [(m.start(), m.end()) for m in re.finditer(r"\S+", claim)]
    other = mended.split()
    steps = difflib.SequenceMatcher(None, [claim[s:e] for s, e in mine], other, autojunk=False).get_opcodes()
    return tuple((mine[a][0], mine[b - 1][1]) for step, a, b, _, _ in steps if step != "equal" and b > a)


def extractive(folder: Path, keep: str, seed: int = 3, each: int = 6, most: int = 120) -> Iterator[Row]:
    """Sentences cut from FIB's news as true; the same with one fact of the document put in the place of another as false.

    `keep` are the last digits of the documents read, `most` the words of their evidence blocks.
    """
    chance = random.Random(seed)
    seen = {
        r["doc_hash"]: r["source"] for r in json_lines(folder / "fib.jsonl.gz") if r["doc_hash"][-1] in keep
    }
    for group, source in seen.items():
        yield from alterations(source, group, "cut", chance, each, most)


def alterations(
    source: str, group: str, origin: str, chance: random.Random, each: int, most: int
) -> Iterator[Row]:
    """Up to `each` sentences of a source, and an altered twin of each that can be altered."""
    cut = [source[s:e] for s, e in split(source) if 8 <= len(source[s:e].split()) <= 45]
    for sentence in chance.sample(cut, min(each, len(cut))):
        yield Row(claim=sentence, evidence=pack(sentence, [source], most), label=1, faults=(), group=group, origin=origin)  # fmt: skip
        if told := altered(sentence, source, chance):
            claim, span = told
            yield Row(claim=claim, evidence=pack(claim, [source], most), label=0, faults=(span,), group=group, origin=origin)  # fmt: skip


def conjunctions(folder: Path, most: int, seed: int = 3) -> Iterator[Row]:
    """A sample of the conjunction pairs, alike of both labels."""
    told = list(json_lines(folder / "entail_conj.jsonl.gz"))
    random.Random(seed).shuffle(told)
    for label in (0, 1):
        for row in [r for r in told if r["label"] == label][: most // 2]:
            yield _row(row, "conj", 0.7)


def own() -> Iterator[tuple[str, Row]]:
    """Our claims, each with its split: "train", "dev" or "test", by its document."""
    for claim in read_claims(OURS):
        faults: tuple[Span, ...] | None = ()
        if not claim.is_true:
            faults = tuple(_where(claim.text, claim.words)) or None
        yield claim.split, Row(claim=claim.text, evidence=pack(claim.text, [claim.passage]), label=int(claim.is_true), faults=faults, group=claim.document, origin="ours", weight=1.5)  # fmt: skip


def own_claims(wanted: str) -> Iterator[Claim]:
    """Our claims of a split as they were written."""
    return (claim for claim in read_claims(OURS) if claim.split == wanted)


def own_passages(wanted: str) -> Iterator[tuple[str, str]]:
    """Document and passage of our claims of a split, each passage once."""
    seen = {(c.document, c.passage) for c in read_claims(OURS) if c.split == wanted}
    yield from sorted(seen)


def _where(claim: str, words: str) -> Iterator[Span]:
    """Where the marked words stand; several are parted by "/", "..." or ";"."""
    for part in re.split(r"\s*(?:\.\.\.|…|/|;)\s*", words):
        at = claim.find(part) if part else -1
        if at >= 0:
            yield at, at + len(part)


def _flagged(claim: str, tokens: Sequence[str], flags: Sequence[bool]) -> tuple[Span, ...] | None:
    spans, at = list[Span](), 0
    for token, wrong in zip(tokens, flags, strict=True):
        found = claim.find(token, at)
        if found < 0:
            return None
        at = found + len(token)
        if wrong:
            spans.append((found, at))
    return tuple(spans)


def _row(row: dict[str, object], origin: str, weight: float, faults: tuple[Span, ...] | None = None) -> Row:
    claim, label = str(row["claim"]), int(str(row["label"]))
    return Row(claim=claim, evidence=pack(claim, [str(row["source"])]), label=label, faults=() if label else faults, group=str(row["doc_hash"]), origin=origin, weight=weight)  # fmt: skip


_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*\d|(?<![\w.,])\d(?![\w.,])")
_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b")  # fmt: skip
_NOUN = re.compile(r"(?<=\bthe )[a-z]{4,}\b")
_TURNS = (
    (r"\b(is|are|was|were|has|have|will|would|can|could|should|did|does)\b(?! not)", r"\1 not"),
    (r"\b(is|are|was|were|has|have|will|would|can|could|should|did|does) not\b", r"\1"),
    (r"\b(?:may|might|could)\b", "will"),
    (r"\bmore than\b", "less than"),
    (r"\bbefore\b", "after"),
    (r"\bafter\b", "before"),
    (r"\bincreased?\b", "fell"),
    (r"\brose\b", "fell"),
    (r"\bfell\b", "rose"),
    (r"\bfirst\b", "last"),
    (r"\b(?:some|many|several)\b", "all"),
    (r"\ball\b", "most"),
    (r"\b(?:alleged|allegedly|reportedly|nearly|about|around|up to|at least) ", ""),
)
"""Words that turn a sentence, and what they are turned to."""


def altered(sentence: str, source: str, chance: random.Random) -> tuple[str, Span] | None:
    """One fact exchanged for another of the same document, or the sense turned, with its place; None where nothing can be."""
    ways = [_NAME, _NUMBER, _DAY, _NOUN, None]
    chance.shuffle(ways)
    for way in ways:
        told = _turned(sentence, chance) if way is None else _exchanged(sentence, source, way, chance)
        if told:
            return told
    return None


def _exchanged(
    sentence: str, source: str, way: re.Pattern[str], chance: random.Random
) -> tuple[str, Span] | None:
    mine = list(way.finditer(sentence))
    others = sorted({m.group() for m in way.finditer(source)} - {m.group() for m in mine})
    if not mine or not others:
        return None
    at, word = chance.choice(mine), chance.choice(others)
    return sentence[: at.start()] + word + sentence[at.end() :], (at.start(), at.start() + len(word))


def _turned(sentence: str, chance: random.Random) -> tuple[str, Span] | None:
    ways = [(m, put) for pattern, put in _TURNS for m in re.finditer(pattern, sentence)]
    if not ways:
        return None
    at, put = chance.choice(ways)
    word = at.expand(put)
    end = at.start() + len(word)
    return sentence[: at.start()] + word + sentence[at.end() :], (at.start(), max(end, at.start() + 1))
