"""The verifier that comes with Backread: 22 million parameters, no network, no graphics card, no runtime of others.

A cross-encoder on MiniLM-L6 (W. Wang and others, "MiniLM: Deep Self-Attention Distillation", NeurIPS 2020), trained as
`training/verifier.py` says on the sets that `weights/CARD.md` names. It reads a sentence and one block of the evidence. It is
one voice among several in `check.support` and never the only one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path

from backread.adapters.verifiers.encoder import Encoder
from backread.adapters.verifiers.wordpiece import Piece, pieces, vocabulary_of
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
    """Judges sentences by the weights in a folder. Thread-safe; they are loaded at the first question, in a fraction of a second."""

    name = "backread-small"

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder
        self._judged = lru_cache(maxsize=20_000)(self._judge)

    @cached_property
    def version(self) -> str:
        """The first twelve digits of the weights' SHA-256."""
        return hashlib.sha256(self._bytes("verifier.npz")).hexdigest()[:12]

    def __call__(self, claims: Sequence[str], evidence: Sequence[Sequence[str]]) -> Sequence[Verdict]:
        """A verdict a claim; each is kept in this process by what was read."""
        return [
            self._judged(claim, pack(claim, texts)) for claim, texts in zip(claims, evidence, strict=True)
        ]

    def forget(self) -> None:
        """Keep no verdict any more: for measuring."""
        self._judged.cache_clear()

    def _judge(self, claim: str, block: str) -> Verdict:
        told, shown = pieces(claim, self._vocabulary), pieces(block, self._vocabulary)
        if not told or not shown or len(told) > _CLAIM_MOST:
            return Verdict(probability=0.0, doubt=1.0, uncovered=((0, len(claim)),) if claim else ())
        carried, faults = self._encoder.judge(*self._given(told, shown[: LONGEST - 3 - len(told)]))
        spans = [(p.start, p.end) for p, fault in zip(told, faults, strict=True) if fault >= _AT_FAULT]
        return Verdict(probability=carried, doubt=max(faults), uncovered=_joined(spans))

    def _given(self, told: Sequence[Piece], shown: Sequence[Piece]) -> tuple[list[int], int]:
        """The pieces of a pair with the marks around them, and how many of them are the claim's, marks included."""
        first, last = self._vocabulary["[CLS]"], self._vocabulary["[SEP]"]
        return [first, *(p.id for p in told), last, *(p.id for p in shown), last], len(told) + 2

    def _bytes(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError as err:
            raise ConfigError(str(self._folder / name), step="read the verifier's weights", hint="Install Backread again.") from err  # fmt: skip

    @cached_property
    def _vocabulary(self) -> Mapping[str, int]:
        return vocabulary_of(self._bytes("vocab.txt"))

    @cached_property
    def _encoder(self) -> Encoder:
        return Encoder.read(self._bytes("verifier.npz"))


@cache
def small() -> SmallVerifier:
    """The one of this process."""
    return SmallVerifier()


def _joined(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Pieces that touch or have one letter between them as one stretch."""
    joined = list[tuple[int, int]]()
    for start, end in spans:
        if joined and start - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
