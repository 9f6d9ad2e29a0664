"""Write the trained verifier for use: `python training/export.py RUN_FOLDER WEIGHTS_FOLDER OUT_FOLDER`.

From `best.pt` in RUN_FOLDER the arrays that `backread.adapters.verifiers.encoder` reads, matrices as whole numbers of eight
bits with a scale for each column, and the vocabulary of WEIGHTS_FOLDER. Needs torch.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy
import torch

from backread.adapters.verifiers.encoder import LAYERS, SCALE
from backread.adapters.verifiers.small import LONGEST

_LAYER = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value", "mix": "attention.output.dense",
    "mixed": "attention.output.LayerNorm", "wide": "intermediate.dense", "narrow": "output.dense", "end": "output.LayerNorm",
}  # fmt: skip
"""Our names of a layer's parts, and those of the base weights."""


def main() -> None:
    """Write, and say how large it is."""
    run, weights, out = (Path(word) for word in sys.argv[1:4])
    held = torch.load(run / "best.pt")
    arrays = dict(named({name: value.float().numpy() for name, value in held.items()}))
    out.mkdir(parents=True, exist_ok=True)
    numpy.savez_compressed(out / "verifier.npz", **dict(small(arrays)))
    shutil.copy(weights / "vocab.txt", out / "vocab.txt")
    print(f"{(out / 'verifier.npz').stat().st_size / 1e6:.1f} MB")


def named(held: dict[str, numpy.ndarray]) -> Iterator[tuple[str, numpy.ndarray]]:
    """Every array by our name; matrices turned to (from, to)."""
    start = "encoder.embeddings"
    yield "word", held[f"{start}.word_embeddings.weight"]
    yield "place", held[f"{start}.position_embeddings.weight"][:LONGEST]
    yield "kind", held[f"{start}.token_type_embeddings.weight"]
    yield from _pair("start", held, f"{start}.LayerNorm")
    for layer in range(LAYERS):
        for name, theirs in _LAYER.items():
            yield from _pair(f"{layer}.{name}", held, f"encoder.encoder.layer.{layer}.{theirs}")
    for name in ("fault", "answer"):
        yield name, held[f"{name}.weight"][0]
        yield f"{name}.bias", held[f"{name}.bias"][0]


def _pair(name: str, held: dict[str, numpy.ndarray], theirs: str) -> Iterator[tuple[str, numpy.ndarray]]:
    yield name, held[f"{theirs}.weight"].T if held[f"{theirs}.weight"].ndim == 2 else held[f"{theirs}.weight"]
    yield f"{name}.bias", held[f"{theirs}.bias"]


def small(arrays: dict[str, numpy.ndarray]) -> Iterator[tuple[str, numpy.ndarray]]:
    """Matrices in eight bits: a scale for each column, for the vocabulary for each row."""
    for name, array in arrays.items():
        if array.ndim < 2 or array.size < 10_000:
            yield name, array.astype(numpy.float32)
            continue
        scale = numpy.abs(array).max(axis=1 if name in ("word", "place") else 0, keepdims=True) / 127
        yield name, numpy.round(array / scale).astype(numpy.int8)
        yield name + SCALE, scale.astype(numpy.float32)


if __name__ == "__main__":
    main()
