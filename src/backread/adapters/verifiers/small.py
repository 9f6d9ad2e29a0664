"""The verifier that comes with Backread: 22 million parameters, eight-bit weights, no network, no graphics card.

A cross-encoder on MiniLM-L6 (W. Wang and others, "MiniLM: Deep Self-Attention Distillation", NeurIPS 2020), trained as
`training/verifier.py` says on the sets that `weights/CARD.md` names. It reads a sentence and one block of the evidence. It is
one voice among several in `check.support` and never the only one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path

import numpy
import onnxruntime

from backread.adapters.verifiers.wordpiece import Piece, pieces, read_vocabulary
from backread.check.support.evidence import pack
from backread.errors import ConfigError
from backread.ports import Verdict

WEIGHTS = Path(__file__).parent / "weights"
LONGEST = 224
"""Word pieces of one pair, as in training."""
_CLAIM_MOST = 150
"""Pieces of a claim. A longer one leaves no room for evidence and is not judged: probability 0."""
_AT_FAULT = 0.5
"""The probability from which a piece counts as not covered."""


class SmallVerifier:
    """Judges sentences by the weights in a folder. Thread-safe; loading takes about half a second, once."""

    name = "backread-small"

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder
        self._judged = lru_cache(maxsize=20_000)(self._judge)

    @cached_property
    def version(self) -> str:
        """The first twelve digits of the weights' SHA-256."""
        return hashlib.sha256(self._bytes).hexdigest()[:12]

    def __call__(self, claims: Sequence[str], evidence: Sequence[Sequence[str]]) -> Sequence[Verdict]:
        """A verdict a claim; each is kept in this process by what was read."""
        return [
            self._judged(claim, pack(claim, texts)) for claim, texts in zip(claims, evidence, strict=True)
        ]

    def _judge(self, claim: str, block: str) -> Verdict:
        told, shown = pieces(claim, self._vocabulary), pieces(block, self._vocabulary)
        if not told or not shown or len(told) > _CLAIM_MOST:
            return Verdict(probability=0.0, doubt=1.0, uncovered=((0, len(claim)),) if claim else ())
        answer, faults = self._run(told, shown[: LONGEST - 3 - len(told)])
        chances = [_chance(fault) for fault in faults]
        spans = [(p.start, p.end) for p, c in zip(told, chances, strict=True) if c >= _AT_FAULT]
        return Verdict(probability=_chance(answer), doubt=max(chances), uncovered=_joined(spans))

    def _run(self, told: Sequence[Piece], shown: Sequence[Piece]) -> tuple[float, list[float]]:
        """Logits: the claim is carried; each of its pieces is at fault."""
        first, last = self._vocabulary["[CLS]"], self._vocabulary["[SEP]"]
        ids = [first, *(p.id for p in told), last, *(p.id for p in shown), last]
        kinds = [0] * (len(told) + 2) + [1] * (len(shown) + 1)
        given = {"ids": [ids], "mask": [[1] * len(ids)], "kinds": [kinds]}
        answer, faults = self._session.run(
            None, {k: numpy.array(v, dtype=numpy.int64) for k, v in given.items()}
        )
        return float(answer[0]), [float(fault) for fault in faults[0][1 : len(told) + 1]]

    @cached_property
    def _bytes(self) -> bytes:
        try:
            return (self._folder / "verifier.onnx").read_bytes()
        except OSError as err:
            raise ConfigError(str(self._folder / "verifier.onnx"), step="read the verifier's weights", hint="Install Backread again.") from err  # fmt: skip

    @cached_property
    def _vocabulary(self) -> Mapping[str, int]:
        return read_vocabulary(self._folder / "vocab.txt")

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        wishes = onnxruntime.SessionOptions()
        wishes.intra_op_num_threads, wishes.inter_op_num_threads, wishes.log_severity_level = 1, 1, 3
        return onnxruntime.InferenceSession(self._bytes, wishes, providers=["CPUExecutionProvider"])


@cache
def small() -> SmallVerifier:
    """The one of this process."""
    return SmallVerifier()


def _chance(logit: float) -> float:
    return float(1 / (1 + numpy.exp(-logit)))


def _joined(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Pieces that touch or have one letter between them as one stretch."""
    joined = list[tuple[int, int]]()
    for start, end in spans:
        if joined and start - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
