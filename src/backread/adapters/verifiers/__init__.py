"""Who judges whether passages carry a sentence: the small verifier that comes with Backread, and larger ones behind it.

A larger judge is asked beside the small one and can only make an answer stricter: see `stricter`.
"""

from __future__ import annotations

from pathlib import Path

from backread.adapters.language import Endpoint
from backread.adapters.verifiers.classifier import classifier
from backread.adapters.verifiers.judge import Judge
from backread.adapters.verifiers.small import small
from backread.adapters.verifiers.stricter import Stricter
from backread.config import Config
from backread.ports import Verifier

__all__ = ["from_config"]


def from_config(config: Config) -> Verifier:
    """The small verifier, with the judge that the settings name beside it. Raises ConfigError for one that is not there."""
    if not config.judge:
        return small()
    if config.judge == "endpoint":
        endpoint = Endpoint(config.endpoint, config.language_model, config.api_key)
        return Stricter(small(), Judge(endpoint, config.language_model))
    return Stricter(small(), classifier(Path(config.judge)))
