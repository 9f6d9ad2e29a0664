"""Learn the stack that weighs the features, and set its two thresholds: `python training/stack.py DATA_FOLDER OUT.json [WEIGHTS]`.

It learns on documents that the verifier never learned from: our dev claims, the calibrating half of DeFacto's and WiCE's
development files (first digit of `doc_hash` even), one of sixteen of FIB's documents, and the true sentences of the tuning
stories with altered twins. All regimes in one set: a threshold of one does not hold in another. What another check holds
open, or support settles without a verifier, is left out: there the stack has no say. The thresholds are set on predictions
for documents that the trees which made them had not seen. Needs scikit-learn.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy
from rows import STOP, altered, own_claims
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from backread.adapters.verifiers.small import WEIGHTS, SmallVerifier
from backread.bench import SEEN
from backread.bench.folders import read_cases
from backread.bench.rows import json_lines
from backread.bench.support import PROOFS, auroc, captured
from backread.check.engine import check_story
from backread.check.support.evidence import choose
from backread.check.support.features import NAMES, features
from backread.text.cite import propose
from backread.text.sentences import split
from backread.values.finding import Basis, Outcome
from backread.values.story import BlockKind, Story, Words

STORIES = Path(__file__).parent.parent / "data" / "stories" / "tuning"
SEED, TREES, RATE, LEAVES, LEAST = 7, 90, 0.08, 6, 12
_DIRECTION = {
    "carried": 1,
    "doubt": -1,
    "held": 1,
    "in_one": 1,
    "lost": -1,
    "lost_anywhere": -1,
    "beside": 1,
    "run": 1,
    "figures": -1,
    "names": -1,
}
"""The only way a feature may speak: more of it for (1) or against (-1) the sentence."""
PROVEN_ERROR, REFUTED_ERROR = 0.08, 0.05
"""Of sentences called proven, or called wrong, the share that may be so by mistake in the mixed set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A claim, the texts it is held against, its label, document, and set."""

    claim: str
    texts: tuple[str, ...]
    label: int
    group: str
    origin: str


def main() -> None:
    """Learn, set the thresholds, and say what they reach by set."""
    data, out = (Path(word) for word in sys.argv[1:3])
    weights_at = Path(sys.argv[3]) if len(sys.argv) > 3 else WEIGHTS
    every = list(calibrating(data / "verification"))
    cases = [case for case in every if has_a_say(case)]
    print(f"{len(every)} cases, of which the stack decides {len(cases)}", flush=True)
    seen = numpy.array(looked_at(cases, weights_at))
    labels = numpy.array([case.label for case in cases])
    weights = numpy.array(weigh(cases))
    groups = [case.group for case in cases]
    chances = numpy.zeros(len(cases))
    for learn, test in GroupKFold(5, shuffle=True, random_state=SEED).split(seen, labels, groups):
        chances[test] = fit(seen[learn], labels[learn], weights[learn]).predict_proba(seen[test])[:, 1]
    proven, refuted = thresholds(chances, labels, weights)
    for origin in sorted({case.origin for case in cases}):
        told(
            origin,
            [n for n, case in enumerate(cases) if case.origin == origin],
            chances,
            labels,
            seen,
            proven,
            refuted,
        )
    told("all", list(range(len(cases))), chances, labels, seen, proven, refuted)
    out.write_text(json.dumps(written(fit(seen, labels, weights), proven, refuted)) + "\n")


def calibrating(folder: Path) -> Iterator[Case]:
    """Every case that the stack learns from."""
    for claim in own_claims("dev"):
        yield Case(
            claim=claim.text,
            texts=(claim.passage,),
            label=int(claim.is_true),
            group=claim.document,
            origin="ours",
        )
    for name in ("defacto_dev", "wice_claim_dev"):
        for row in json_lines(folder / f"{name}.jsonl.gz"):
            if row["label"] is not None and int(row["doc_hash"][0], 16) % 2 == 0:
                yield _case(row, name)
    chance, sources = random.Random(SEED), dict[str, str]()
    for row in json_lines(folder / "fib.jsonl.gz"):
        if row["label"] is not None and row["doc_hash"][-1] == STOP and row["level"] == "sentence":
            sources[row["doc_hash"]] = row["source"]
            if row["label"] or chance.random() < 0.5:
                yield _case(row, "fib")
    for group, source in sources.items():
        cut = [source[s:e] for s, e in split(source) if 8 <= len(source[s:e].split()) <= 45]
        for sentence in chance.sample(cut, min(5, len(cut))):
            yield from _twins(sentence, (source,), group, "cut", chance)
    yield from stories(chance)


def stories(chance: random.Random) -> Iterator[Case]:
    """The sentences of the tuning stories beside the captures that are found for them, and their altered twins."""
    for case in read_cases(STORIES):
        texts = {capture.id: capture.text for capture in case.captures}
        for sentence in propose(case.story.story, case.captures).sentences:
            there = tuple(dict.fromkeys(texts[p.capture] for p in sentence.passages))
            if there and len(sentence.text.split()) >= 4:
                yield from _twins(sentence.text, there, case.name, "stories", chance)


def has_a_say(case: Case) -> bool:
    """Whether it is the stack that decides: nothing else holds the claim open, and support leaves it to words or to the verifier."""
    captures = tuple(captured(text) for text in dict.fromkeys(case.texts))
    words = [Words(text=case.claim[s:e]) for s, e in split(case.claim)]
    story = propose(Story.of([(BlockKind.PARAGRAPH, words)], date=SEEN.date()), captures)
    for checked in check_story(story, captures, checks=PROOFS).sentences:
        support = [f for f in checked.findings if f.check == "support"]
        others = [f for f in checked.findings if f.blocks and f.check != "support"]
        settled = any(
            f.outcome is Outcome.REFUTED or f.basis in (Basis.VERBATIM, Basis.COMPUTED) for f in support
        )
        if others or settled:
            return False
    return True


def _twins(
    sentence: str, texts: tuple[str, ...], group: str, origin: str, chance: random.Random
) -> Iterator[Case]:
    yield Case(claim=sentence, texts=texts, label=1, group=group, origin=origin)
    if told := altered(sentence, " ".join(texts), chance):
        yield Case(claim=told[0], texts=texts, label=0, group=group, origin=origin)


def _case(row: dict[str, object], origin: str) -> Case:
    return Case(claim=str(row["claim"]), texts=(str(row["source"]),), label=int(str(row["label"])), group=str(row["doc_hash"]), origin=origin)  # fmt: skip


def looked_at(cases: list[Case], weights: Path) -> list[tuple[float, ...]]:
    """The features of each case, the verifier asked as it is at run time."""
    verifier, found = SmallVerifier(weights), list[tuple[float, ...]]()
    for case in cases:
        verdict = verifier([case.claim], [case.texts])[0]
        block = [case.texts[c.text][c.start : c.end] for c in choose(case.claim, case.texts)]
        found.append(features(case.claim, block, case.texts, verdict))
    return found


def weigh(cases: list[Case]) -> list[float]:
    """Each set counts alike, and in it true and false alike."""
    counts: dict[tuple[str, int], int] = {}
    for case in cases:
        counts[case.origin, case.label] = counts.get((case.origin, case.label), 0) + 1
    return [100.0 / counts[case.origin, case.label] for case in cases]


def fit(seen: numpy.ndarray, labels: numpy.ndarray, weights: numpy.ndarray) -> HistGradientBoostingClassifier:
    """The trees; small, and each feature bound to its direction."""
    told = HistGradientBoostingClassifier(
        learning_rate=RATE, max_iter=TREES, max_leaf_nodes=LEAVES, min_samples_leaf=LEAST, l2_regularization=2.0,
        monotonic_cst=[_DIRECTION.get(name, 0) for name in NAMES], early_stopping=False, random_state=SEED,
    )  # fmt: skip
    return told.fit(seen, labels, sample_weight=weights)


def thresholds(chances: numpy.ndarray, labels: numpy.ndarray, weights: numpy.ndarray) -> tuple[float, float]:
    """The lowest probability from which, and the highest up to which, the answers keep within their error."""
    steps = numpy.linspace(0.02, 0.98, 97)

    def error(chosen: numpy.ndarray, wrong: int) -> float:
        return float(weights[chosen & (labels == wrong)].sum() / max(weights[chosen].sum(), 1e-9))

    proven = next(
        (s for s in steps if all(error(chances >= t, 0) <= PROVEN_ERROR for t in steps if s <= t <= 0.9)),
        0.98,
    )
    refuted = next(
        (s for s in steps[::-1] if error(chances <= s, 1) <= REFUTED_ERROR and (chances <= s).any()), 0.0
    )
    return round(float(proven), 3), round(float(refuted), 3)


def told(
    origin: str,
    at: list[int],
    chances: numpy.ndarray,
    labels: numpy.ndarray,
    seen: numpy.ndarray,
    proven: float,
    refuted: float,
) -> None:
    """One line on a set."""
    c, y = chances[at], labels[at]
    up, down = c >= proven, c <= refuted
    wrong = (up & (y == 0)).sum() + (down & (y == 1)).sum()
    print(
        f"{origin:15} n {len(at):5} auroc {auroc(list(zip(c, y == 1, strict=True))):.3f} (verifier alone "
        f"{auroc(list(zip(seen[at, 0], y == 1, strict=True))):.3f}) true proven {(up & (y == 1)).sum() / max((y == 1).sum(), 1):.3f} false proven "
        f"{(up & (y == 0)).sum() / max((y == 0).sum(), 1):.3f} decided {(up | down).mean():.3f} wrong of decided {wrong / max((up | down).sum(), 1):.3f}"
    )  # fmt: skip


def written(trees: HistGradientBoostingClassifier, proven: float, refuted: float) -> dict[str, object]:
    """The stack as `check.support.stack` reads it."""
    nodes = [[_node(node) for node in one[0].nodes] for one in trees._predictors]
    return {"features": NAMES, "start": round(float(trees._baseline_prediction.ravel()[0]), 6), "proven_from": proven, "refuted_below": refuted, "trees": nodes}  # fmt: skip


def _node(node: object) -> list[float]:
    if node["is_leaf"]:
        return [-1, 0, 0, 0, round(float(node["value"]), 6)]
    return [
        int(node["feature_idx"]),
        round(float(node["num_threshold"]), 6),
        int(node["left"]),
        int(node["right"]),
        0,
    ]


if __name__ == "__main__":
    main()
