"""A larger classifier that a user has on the machine: MiniCheck, HHEM, LettuceDetect and their like, through `transformers`.

Off by default: `transformers` and torch are not installed with Backread, and nothing is fetched (the folder must be there). It
is asked beside the small verifier and can only make an answer stricter.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from backread.check.support.evidence import pack
from backread.errors import ConfigError
from backread.ports import Verdict

Classify = Callable[[Sequence[Mapping[str, str]]], Sequence[Sequence[Mapping[str, Any]]]]
"""Pairs of `text` (the evidence) and `text_pair` (the claim) to a list of label and score for each."""
_YES = frozenset({"1", "label_1", "supported", "support", "entailment", "consistent", "factual"})
"""What such classifiers call a claim that follows."""
_WORDS = 350
"""Words of evidence a larger classifier is shown."""


class Classifier:
    """A verifier on a text classifier that reads pairs."""

    def __init__(self, classify: Classify, name: str, version: str = "") -> None:
        self._classify, self.name, self.version = classify, name, version or "unknown"

    def __call__(self, claims: Sequence[str], evidence: Sequence[Sequence[str]]) -> Sequence[Verdict]:
        """A verdict a claim: the score of the label that says yes; 0 where no label does."""
        pairs = [
            {"text": pack(c, texts, _WORDS), "text_pair": c}
            for c, texts in zip(claims, evidence, strict=True)
        ]
        return [Verdict(probability=_yes(scores)) for scores in (self._classify(pairs) if pairs else ())]


def classifier(folder: Path) -> Classifier:
    """The classifier in a folder. Raises ConfigError when the folder or `transformers` is missing."""
    if not (folder / "config.json").is_file():
        raise ConfigError(
            str(folder),
            step="find a classifier in it",
            hint="Name a folder with its config.json and weights.",
        )
    try:
        transformers = importlib.import_module("transformers")
    except ImportError as err:
        raise ConfigError(
            "transformers", step="load it", hint="Install transformers and torch beside Backread."
        ) from err
    classify = transformers.pipeline(
        "text-classification", model=str(folder), top_k=None, truncation=True, local_files_only=True
    )
    return Classifier(
        classify, folder.name, str(getattr(classify.model.config, "_commit_hash", "") or "local")
    )


def _yes(scores: Sequence[Mapping[str, Any]]) -> float:
    told = [float(one["score"]) for one in scores if str(one["label"]).lower() in _YES]
    return min(max(told, default=0.0), 1.0)
