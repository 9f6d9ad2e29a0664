"""How well sentences cut from a document are told from the same sentences with one fact altered.

On rows as for `support`, of which only the sources are read, each document once; those whose `doc_hash` ends in 0 to 3,
which nothing learns from, where the rows have one. True are up to six sentences a document as they stand; false the same
with one number, date or name altered by `backread.bench.alter`. What `--scores` writes are rows that `support` and `peers` read.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from backread.bench.alter import ALTERATIONS, Told
from backread.bench.clean import Scored
from backread.bench.edits import FEWEST_WORDS
from backread.bench.rows import read_rows
from backread.bench.support import figures, judge
from backread.text import names, quotations
from backread.text.sentences import split
from backread.values.finding import Outcome

HELD = "0123"
"""The last digits of the `doc_hash` of documents that only measure."""
EACH, LONGEST = 6, 45
"""Sentences of one document, and words of a sentence, at most."""
_FACTS = ("numbers", "dates", "names", "another name")


def run(path: Path | None, limit: int, scored: Scored = lambda _: None) -> Mapping[str, object]:
    """Judge the sentences of each held document, at most `limit` documents. Raises BadInput for a file without rows."""
    sources = dict[str, str]()
    for row in read_rows(path, 0, ("source",)):
        key = str(row.get("doc_hash", row["source"]))
        if "doc_hash" not in row or key[-1] in HELD:
            sources.setdefault(key, str(row["source"]))
    told: list[tuple[float, Outcome, bool]] = []
    for key, source in list(sources.items())[: limit or None]:
        for number, (kind, claim) in enumerate(_rows(key, source)):
            score, outcome = judge(claim, source)
            told.append((score, outcome, kind == "true"))
            row = {
                "id": f"{key}/{number}",
                "kind": kind,
                "claim": claim,
                "source": source,
                "label": int(kind == "true"),
            }
            scored({**row, "score": round(score, 4), "outcome": outcome.value})
    return {"documents": len(sources), **figures(told)}


def _rows(key: str, source: str) -> Iterator[tuple[str, str]]:
    """Kind and words of each sentence judged; luck depends on the document alone."""
    luck = random.Random(key)  # noqa: S311 - a fixed draw, not a secret
    others = tuple(sorted({name.words for name in names.find(source)}))
    cut = [source[s:e] for s, e in split(source) if FEWEST_WORDS <= len(source[s:e].split()) <= LONGEST]
    for sentence in luck.sample(cut, min(EACH, len(cut))):
        yield "true", sentence
        told = Told(text=sentence, plain=quotations.outside(sentence), others=others)
        ways = [(kind, ALTERATIONS[kind](told, luck)) for kind in luck.sample(_FACTS, len(_FACTS))]
        yield from [(kind, text) for kind, text in ways if text and text != sentence][:1]
