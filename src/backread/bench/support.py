"""How well sentences are told that follow from their source, on rows of a claim, a source and a label.

The proof checks look at each sentence of a claim, its passages found as for any uncited copy. The score of a sentence
(0 to 1) ranks it: refuted below undecided below supported, and among equals by the verifier's word, or without one by the
share of its words that its passages hold. A claim's score is its lowest sentence's. Balanced accuracy takes undecided as
unsupported. Rows with a `doc_hash` are told again without those whose first digit is even: the half that calibrates.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from backread.adapters.verifiers.small import small
from backread.bench import SEEN
from backread.bench.clean import Scored
from backread.bench.rows import read_rows
from backread.check import CHECKS
from backread.check.engine import check_story
from backread.text.alignment import keys
from backread.text.cite import propose
from backread.text.sentences import split
from backread.values.canonical import digest_of
from backread.values.capture import Capture
from backread.values.finding import Kind, Outcome
from backread.values.report import Checked
from backread.values.story import BlockKind, Story, Words

PROOFS = tuple(check for check in CHECKS if check.kind is Kind.PROOF and check.built)


def run(path: Path | None, limit: int, scored: Scored = lambda _: None) -> Mapping[str, object]:
    """Judge each labelled row. Raises BadInput for a file that holds no such rows."""
    rows = [r for r in read_rows(path, limit, ("id", "source", "claim", "label")) if r["label"] is not None]
    told: list[tuple[float, Outcome, bool]] = []
    began = time.process_time()
    for row in rows:
        score, outcome = judge(str(row["claim"]), str(row["source"]))
        told.append((score, outcome, bool(row["label"])))
        scored(
            {"id": row["id"], "score": round(score, 4), "outcome": outcome.value, "label": int(row["label"])}
        )
    pace = round(len(rows) / max(time.process_time() - began, 1e-9), 1)
    half = [one for row, one in zip(rows, told, strict=True) if measures(str(row.get("doc_hash", "0")))]
    beside = {"measuring_half": figures(half)} if half else {}
    return {
        **figures(told),
        **beside,
        "claims_per_second": pace,
        "verifier": f"{small().name} {small().version}",
    }


def measures(document: str) -> bool:
    """Whether a document of a development file measures: the others, its first hexadecimal digit even, calibrate."""
    return document[:1] in set("13579bdf")


def judge(claim: str, source: str) -> tuple[float, Outcome]:
    """The score and the outcome of the claim's worst sentence, the small verifier asked."""
    capture = captured(source)
    story = Story.of([(BlockKind.PARAGRAPH, [Words(text=claim[s:e]) for s, e in split(claim)])], date=SEEN.date())  # fmt: skip
    report = check_story(propose(story, (capture,)), (capture,), checks=PROOFS, verifier=small())
    told = ((score_of(c), outcome_of(c)) for c in report.sentences)
    return min(told, default=(0.0, Outcome.UNDECIDED), key=lambda one: one[0])


def figures(told: Sequence[tuple[float, Outcome, bool]]) -> dict[str, Any]:
    """Balanced accuracy, AUROC, F1 of unsupported, coverage."""
    true = [outcome is Outcome.SUPPORTED for _, outcome, label in told if label]
    false = [outcome is Outcome.SUPPORTED for _, outcome, label in told if not label]
    recall, specific = sum(true) / max(len(true), 1), 1 - sum(false) / max(len(false), 1)
    caught, alarms = len(false) - sum(false), len(true) - sum(true)
    return {
        "n": len(told),
        "balanced_accuracy": round((recall + specific) / 2, 4),
        "auroc": round(auroc([(score, label) for score, _, label in told]), 4),
        "error_of_decided": round(
            _wrong(told) / max(sum(o is not Outcome.UNDECIDED for _, o, _ in told), 1), 4
        ),
        "f1_unsupported": round(2 * caught / max(2 * caught + alarms + sum(false), 1), 4),
        "coverage": round(sum(o is not Outcome.UNDECIDED for _, o, _ in told) / max(len(told), 1), 4),
    }


def _wrong(told: Sequence[tuple[float, Outcome, bool]]) -> int:
    return sum(o is not Outcome.UNDECIDED and (o is Outcome.SUPPORTED) is not label for _, o, label in told)


def auroc(pairs: Sequence[tuple[float, bool]]) -> float:
    """The chance that a true claim scores above a false one; ties count half. 0.5 where one kind is missing."""
    ranked = sorted(score for score, _ in pairs)
    first = {score: at for at, score in reversed(list(enumerate(ranked)))}
    last = {score: at for at, score in enumerate(ranked)}
    true = [(first[s] + last[s]) / 2 + 1 for s, label in pairs if label]
    false = len(pairs) - len(true)
    return (sum(true) - len(true) * (len(true) + 1) / 2) / (len(true) * false) if true and false else 0.5


def outcome_of(checked: Checked) -> Outcome:
    """What the checks came to on a sentence: its question's outcome, supported where it is proven."""
    return checked.question.outcome if checked.question else (Outcome.SUPPORTED if checked.basis else Outcome.UNDECIDED)  # fmt: skip


def score_of(checked: Checked) -> float:
    """How well a sentence is held, 0 to 1: by its outcome and what the verifier made of it, else by its words in its passages."""
    weighed = next((f.permille / 1000 for f in checked.findings if f.permille is not None), None)
    if weighed is not None:
        return 0.2 * weighed if outcome_of(checked) is Outcome.REFUTED else weighed
    wanted = keys(checked.sentence.text)
    held = frozenset[str]().union(*(keys(p.text) for p in checked.sentence.passages))
    share = len(wanted & held) / max(len(wanted), 1)
    base, room = {Outcome.REFUTED: (0.0, 0.2), Outcome.UNDECIDED: (0.2, 0.6)}.get(
        outcome_of(checked), (0.8, 0.2)
    )
    return base + room * share


def captured(text: str) -> Capture:
    """A source as a capture."""
    return Capture(
        source="source", source_name="the source", url="file:///source.txt", taken=SEEN, media_type="text/plain",
        payload=digest_of(text.encode("utf-8", "replace")), text=text, extractor="bench",
    )  # fmt: skip
