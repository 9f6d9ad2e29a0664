"""Claim sets side by side: our checks and the offline checkers that PyPI has, each asked about every sentence of a claim.

A set is a file of rows `{id, source, claim, label}`, a folder of our own claims (its test documents), or the folder that
`bench edits` reads (its sentences, true and altered, against their whole document). The peers are
a developer's own installation (`requirements/peers.txt`) and are imported only here, one after the other. One that is
not there, or breaks, is named with the reason under `not_measured`; it never gets a row. All are judged alike: a claim
is its worst sentence, what a peer calls supported ranks above what it does not, and within both by the peer's score.
"""

from __future__ import annotations

import atexit
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import Any

from backread.bench.claims import read_claims
from backread.bench.clean import Scored
from backread.bench.edits import read_documents, versions
from backread.bench.rows import read_rows
from backread.bench.support import figures, judge
from backread.text.sentences import split
from backread.values.finding import Outcome

Answer = tuple[bool, float]
"""Whether a peer calls a sentence supported, and its own score, 0 to 1."""

Ask = Callable[[str, str], Answer]
"""A peer ready to be asked about a sentence and a source."""

OURS = "backread"
_PROBE = ("The board closed the pier.", "The board met on Monday. The board closed the pier.")
_HIGHER = ("balanced_accuracy", "auroc")
"""Figures of which ours is told as a multiple of a peer's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One claim with its source, true or not."""

    id: str
    source: str
    claim: str
    is_true: bool


def run(path: Path | None, limit: int, scored: Scored = lambda _: None) -> Mapping[str, object]:
    """Judge one set by ours and by every peer there is. Raises BadInput for a path that holds no claims."""
    name, rows = read_set(path, limit)
    here, absent = ready()
    ours = _measure(rows, judge, _telling(scored, name, OURS))
    told: dict[str, object] = {"n": len(rows), OURS: ours}
    for peer, ask in here.items():
        try:
            theirs = _measure(rows, _judging(ask), _telling(scored, name, peer))
        except Exception as err:  # noqa: BLE001 - whatever a peer breaks with is news about the peer, told in one line
            absent |= {f"{name}, {peer}": _why(err)}
            continue
        told[peer] = {"version": version(peer), **theirs, **ratios(ours, theirs)}
    return {name: told, "not_measured": absent}


def ratios(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, float]:
    """Our figures over a peer's: above 1 we are ahead."""
    return {f"ours_over_{key}": round(ours[key] / theirs[key], 3) for key in _HIGHER if theirs[key]}


def read_set(path: Path | None, limit: int) -> tuple[str, list[Labelled]]:
    """A set's name and its labelled claims, at most `limit` (0: all). Raises BadInput."""
    if path is not None and path.is_dir():
        there = _altered(path) if (path / "claims/written").is_dir() else _ours(path)
        return ("edits" if (path / "claims/written").is_dir() else path.name), list(
            islice(there, limit or None)
        )
    rows = [
        Labelled(id=str(r["id"]), source=str(r["source"]), claim=str(r["claim"]), is_true=bool(r["label"]))
        for r in read_rows(path, limit, ("id", "source", "claim", "label"))
        if r["label"] is not None
    ]
    return (path.name.split(".")[0] if path else ""), rows


def _ours(folder: Path) -> Iterator[Labelled]:
    for claim in read_claims(folder):
        if claim.split == "test":
            yield Labelled(id=claim.id, source=claim.passage, claim=claim.text, is_true=claim.is_true)


def _altered(folder: Path) -> Iterator[Labelled]:
    """The sentences of `bench edits`, each against its whole document."""
    for document in read_documents(folder):
        told = ((v.texts[at], v.is_true) for v in versions(document) for at in v.places)
        for number, (text, is_true) in enumerate(told):
            yield Labelled(id=f"{document.name}/{number}", source=document.capture.text, claim=text, is_true=is_true)  # fmt: skip


Judge = Callable[[str, str], tuple[float, Outcome]]


def _measure(rows: Sequence[Labelled], judged: Judge, tell: Callable[[Labelled, float, Outcome], None]) -> dict[str, Any]:  # fmt: skip
    told: list[tuple[float, Outcome, bool]] = []
    began = time.process_time()
    for row in rows:
        score, outcome = judged(row.claim, row.source)
        told.append((score, outcome, row.is_true))
        tell(row, score, outcome)
    spent = max(time.process_time() - began, 1e-9)
    return {
        **{key: value for key, value in figures(told).items() if key != "n"},
        "claims_per_second": round(len(rows) / spent, 1),
    }


def _telling(scored: Scored, name: str, peer: str) -> Callable[[Labelled, float, Outcome], None]:
    def tell(row: Labelled, score: float, outcome: Outcome) -> None:
        scored({"id": row.id, "set": name, "peer": peer, "score": round(score, 4), "outcome": outcome.value, "label": int(row.is_true)})  # fmt: skip

    return tell


def _judging(ask: Ask) -> Judge:
    """A peer as a judge of claims: the worst sentence counts; no sentence is unsupported."""

    def judged(claim: str, source: str) -> tuple[float, Outcome]:
        answers = [ask(claim[start:end], source) for start, end in split(claim)]
        is_supported, score = min(answers, default=(False, 0.0))
        outcome = Outcome.SUPPORTED if is_supported else Outcome.REFUTED
        return (0.5 if is_supported else 0.0) + min(max(score, 0.0), 1.0) / 2, outcome

    return judged


@lru_cache(maxsize=1)
def _ready() -> tuple[dict[str, Ask], dict[str, str]]:
    here: dict[str, Ask] = {}
    absent: dict[str, str] = {}
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    for peer, prepare in PEERS.items():
        try:
            version(peer)
            ask = prepare()
            ask(*_PROBE)
            here[peer] = ask
        except PackageNotFoundError:
            absent[peer] = "it is not installed (see requirements/peers.txt)"
        except Exception as err:  # noqa: BLE001 - whatever a peer breaks with is news about the peer, told in one line
            absent[peer] = _why(err)
    return here, absent


def ready() -> tuple[dict[str, Ask], dict[str, str]]:
    """The peers that answer on this computer, and why the others do not. Nothing is fetched for them."""
    here, absent = _ready()
    return dict(here), dict(absent)


def _why(err: Exception) -> str:
    return f"it broke: {type(err).__name__}: {' '.join(str(err).split())[:160]}"


def groundcheck() -> Ask:
    """GroundCheck: facts in slots, looked up among facts of the source."""
    package = import_module("groundcheck")
    checker = package.GroundCheck()

    def ask(sentence: str, source: str) -> Answer:
        report = checker.verify(sentence, [package.Memory(id="source", text=source)])
        return bool(report.passed), float(report.confidence)

    return ask


def groundrails() -> Ask:
    """groundrails' lexical grounder with its frozen weights, without WordNet where that is not installed."""
    package, lexical = import_module("groundrails"), import_module("groundrails.lexical")
    import_module("loguru").logger.disable("groundrails")
    home = tempfile.TemporaryDirectory(prefix="backread-")
    atexit.register(home.cleanup)
    package.init(
        wordnet=False, home=home.name
    )  # it writes its settings there, else into the folder one stands in
    if not _has_wordnet():
        lexical._WN.update(mod=None, cache={})  # its own state for "no WordNet", or it would fetch it

    def ask(sentence: str, source: str) -> Answer:
        # The sets are English; its guess at a short sentence's language would refuse some.
        told = package.grounding_document([sentence], [("source", source)], ignore_language=True)
        (entry,) = told["claims"]
        return bool(entry["grounded"]), float(entry["score"])

    return ask


def _has_wordnet() -> bool:
    data = import_module("nltk.data")
    try:
        data.find("corpora/wordnet.zip")
    except LookupError:
        return False
    return True


def hallucination_gate() -> Ask:
    """hallucination-gate in its mode without downloaded weights; the paragraphs are its chunks, the sentence its query."""
    gate = import_module("hallucination_gate").HallucinationGate(quality_mode="ci", policy="balanced")

    def ask(sentence: str, source: str) -> Answer:
        chunks = [part.strip() for part in source.split("\n\n") if part.strip()]
        answer = gate.check(sentence, sentence, context=chunks)
        return bool(answer.released), min((float(c["support_score"]) for c in answer.claims), default=0.0)

    return ask


def newsrag() -> Ask:
    """newsrag's guards on a claim: its `assist`, with the sentence as the draft whose claim it checks."""
    package = import_module("newsrag")

    def ask(sentence: str, source: str) -> Answer:
        draft = json.dumps({"answer": sentence, "claims": [sentence]})
        rag = package.NewsroomRAG(generate=lambda prompt: draft)
        rag.add(package.Source(id="source", title="source", text=source))
        claims = package.assist(rag, sentence, critic=False).claims
        return (bool(claims[0].supported), float(claims[0].similarity)) if claims else (False, 0.0)

    return ask


PEERS: dict[str, Callable[[], Ask]] = {
    "groundcheck": groundcheck,
    "groundrails": groundrails,
    "hallucination-gate": hallucination_gate,
    "newsrag": newsrag,
}
"""By the name PyPI knows them by. Each is made ready once, and asked one sentence before it counts as there."""
