"""Learn who speaks: `python training/speakers.py DATA_FOLDER`, on `verification/polnear_train.jsonl.gz`.

A softmax over the mentions near each fully quoted content; mentions that overlap the annotated source are right.
Stochastic gradient ascent with a small pull to zero, seeds fixed. Writes `src/backread/text/speech/weights.json`.
Prints the accuracy on a fifth of the training articles that was held out; the development file is never read.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from backread.bench.quotes import is_quoted
from backread.bench.rows import json_lines
from backread.text.speech.features import Asked, Page, candidates, features

OUT = Path(__file__).parent.parent / "src" / "backread" / "text" / "speech" / "weights.json"
ROUNDS, RATE, PULL, LEAST = 12, 0.15, 1e-5, 0.02
Example = tuple[list[list[str]], list[bool]]


def main() -> None:
    """Train on four fifths, say how the rest went, then train on all and write."""
    folder = Path(sys.argv[1])
    rows = json_lines(folder / "verification" / "polnear_train.jsonl.gz")
    made = [(row["doc_hash"], list(examples(row))) for row in rows if row["primary"]]
    held = [e for doc, told in made if int(doc[0], 16) < 3 for e in told]
    rest = [e for doc, told in made if int(doc[0], 16) >= 3 for e in told]
    weights = learn(rest)
    print(f"held out: {share_right(held, weights):.4f} of {len(held)}; trained: {share_right(rest, weights):.4f} of {len(rest)}")  # fmt: skip
    final = {
        name: round(value, 3) for name, value in sorted(learn(rest + held).items()) if abs(value) >= LEAST
    }
    OUT.write_text(json.dumps(final, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{len(final)} weights in {OUT.name}")


def examples(row: dict[str, object]) -> Iterator[Example]:
    """The features of each candidate of each fully quoted content, and which are right."""
    page = Page(row["text"])
    gold = {}
    for told in row["attributions"]:
        for start, end in told["content"]:
            if told["source"] and is_quoted(page.text[start:end]):
                gold[start] = told["source"]
    before = None
    for quote in page.quotes:
        source = gold.get(quote.start - 1) or gold.get(quote.start)
        asked = Asked(page, quote, before)
        if source is None:
            continue
        there = candidates(asked)
        right = [any(m.start < e and s < m.end for s, e in source) for m in there]
        if any(right):
            yield [list(features(asked, m)) for m in there], right
            before = next(m for m, is_right in zip(there, right, strict=True) if is_right)


def learn(told: list[Example]) -> dict[str, float]:
    """Weights by feature."""
    weights: dict[str, float] = defaultdict(float)
    total: dict[str, float] = defaultdict(float)
    chance = random.Random(5)
    for turn in range(ROUNDS):
        chance.shuffle(told := list(told))
        rate = RATE / (1 + turn)
        for names, right in told:
            shares = _shares(names, weights)
            goal = sum(p for p, ok in zip(shares, right, strict=True) if ok)
            for held, share, ok in zip(names, shares, right, strict=True):
                pull = rate * ((share / goal if ok and goal > 1e-9 else 0.0) - share)
                if abs(pull) > 1e-5:
                    for name in held:
                        weights[name] += pull - PULL * weights[name]
        for name, value in weights.items():
            total[name] += value / ROUNDS
    return total


def share_right(told: list[Example], weights: dict[str, float]) -> float:
    """The share of examples whose best candidate is right."""
    return sum(right[max(range(len(names)), key=lambda n: sum(weights.get(f, 0) for f in names[n]))] for names, right in told) / max(len(told), 1)  # fmt: skip


def _shares(names: list[list[str]], weights: dict[str, float]) -> list[float]:
    scores = [sum(weights[name] for name in held) for held in names]
    most = max(scores)
    grown = [math.exp(score - most) for score in scores]
    return [g / sum(grown) for g in grown]


if __name__ == "__main__":
    main()
