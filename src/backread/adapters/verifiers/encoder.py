"""The small verifier's forward pass, on numpy alone.

A transformer encoder (J. Devlin and others, "BERT: Pre-training of Deep Bidirectional Transformers", NAACL 2019) with two
answers. Our own, as it is eighty lines and the usual runtime reports home by default: see ADR 0018. Weights come as whole
numbers of eight bits with a scale a row, and are spread to 32-bit floats when they are read (about 90 MB).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

Array = NDArray[numpy.float32]
HEADS, LAYERS, NEARLY_NOTHING = 12, 6, numpy.float32(1e-12)
SCALE = ".scale"
"""What the name of a matrix's scales ends in, beside its own name."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """The weights by name, as `training/export.py` writes them; matrices are (from, to)."""

    weights: Mapping[str, Array]

    @classmethod
    def read(cls, content: bytes) -> Encoder:
        """From a file of arrays; no code in it is run."""
        with numpy.load(io.BytesIO(content), allow_pickle=False) as held:
            whole = {name: held[name] for name in held.files}
        return cls(
            {
                name: _spread(array, whole.get(name + SCALE))
                for name, array in whole.items()
                if not name.endswith(SCALE)
            }
        )

    def judge(self, ids: Sequence[int], claim: int) -> tuple[float, list[float]]:
        """Probabilities: the pair is carried; each piece of the claim is at fault.

        `ids` are the pieces of claim and evidence with the marks around them, of which the first `claim` are the claim's.
        """
        told = self._encoded(ids, claim)
        faults = told[:claim] @ self.weights["fault"] + self.weights["fault.bias"]
        heed = _softmax(faults)
        pooled = numpy.concatenate([told[0], heed @ told[:claim], told[:claim].mean(axis=0)])
        carried = float(pooled @ self.weights["answer"] + self.weights["answer.bias"])
        return chance(carried), [chance(float(fault)) for fault in faults[1 : claim - 1]]

    def _encoded(self, ids: Sequence[int], claim: int) -> Array:
        w = self.weights
        kinds = numpy.arange(len(ids)) >= claim
        x = w["word"][list(ids)] + w["place"][: len(ids)] + w["kind"][kinds.astype(int)]
        x = _normal(x, w["start"], w["start.bias"])
        for layer in range(LAYERS):
            x = self._layer(x, f"{layer}.")
        return x

    def _layer(self, x: Array, name: str) -> Array:
        w = self.weights
        query, key, value = (_heads(self._linear(x, f"{name}{part}")) for part in ("query", "key", "value"))
        heed = _softmax(query @ key.transpose(0, 2, 1) / numpy.float32(query.shape[2] ** 0.5))
        mixed = (heed @ value).transpose(1, 0, 2).reshape(x.shape)
        x = _normal(x + self._linear(mixed, f"{name}mix"), w[f"{name}mixed"], w[f"{name}mixed.bias"])
        wide = self._linear(_bent(self._linear(x, f"{name}wide")), f"{name}narrow")
        return _normal(x + wide, w[f"{name}end"], w[f"{name}end.bias"])

    def _linear(self, x: Array, name: str) -> Array:
        return x @ self.weights[name] + self.weights[f"{name}.bias"]


def chance(logit: float) -> float:
    """A logit as a probability."""
    return float(1 / (1 + numpy.exp(-logit)))


def _spread(array: NDArray[numpy.generic], scale: NDArray[numpy.generic] | None) -> Array:
    told = array.astype(numpy.float32)
    return told if scale is None else numpy.ascontiguousarray(told * scale.astype(numpy.float32))


def _heads(x: Array) -> Array:
    return x.reshape(len(x), HEADS, -1).transpose(1, 0, 2)


def _softmax(x: Array) -> Array:
    told = numpy.exp(x - x.max(axis=-1, keepdims=True))
    return numpy.asarray(told / told.sum(axis=-1, keepdims=True), dtype=numpy.float32)


def _normal(x: Array, weight: Array, bias: Array) -> Array:
    far = x - x.mean(axis=-1, keepdims=True)
    spread = numpy.sqrt((far * far).mean(axis=-1, keepdims=True) + NEARLY_NOTHING)
    return numpy.asarray(far / spread * weight + bias, dtype=numpy.float32)


def _bent(x: Array) -> Array:
    """GELU (D. Hendrycks, K. Gimpel, 2016), its error function by formula 7.1.26 of Abramowitz and Stegun (within 2e-7)."""
    at = numpy.abs(x) * numpy.float32(0.5**0.5)
    t = 1 / (1 + numpy.float32(0.3275911) * at)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * numpy.float32(1.061405429)))))  # fmt: skip
    tail = numpy.float32(0.5) * poly * numpy.exp(-at * at)
    return numpy.asarray(numpy.where(x >= 0, x * (1 - tail), x * tail), dtype=numpy.float32)
