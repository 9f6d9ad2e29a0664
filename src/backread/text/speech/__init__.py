"""Who said each quotation of a text: the mention that speaks, picked among all that stand near.

Each mention is weighed by features of where it stands (`features`), the weights learned on PolNeAR's training
articles (E. Newell, D. Margolin, D. Ruths, "An Attribution Relations Corpus for Political News", LREC 2018). It
answers for every quotation that has somebody beside it; `margin` says how sure.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from backread.text.quotations import Quotation
from backread.text.speech.features import Asked, Page, candidates, features
from backread.text.speech.mentions import Mention, MentionKind

__all__ = ["Mention", "MentionKind", "Speech", "attribute"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A quotation with who said it: `speaker` is None where nobody stands near. `share` (0 to 1) is its weight among all."""

    quotation: Quotation
    speaker: Mention | None
    share: float = 0.0


def attribute(text: str) -> tuple[Speech, ...]:
    """Every quotation of `text` with its speaker's mention, in order; offsets are code points of `text`."""
    page, found, before = Page(text), [], None
    for quote in page.quotes:
        speech = _pick(Asked(page, quote, before))
        found.append(speech)
        before = speech.speaker or before
    return tuple(found)


def _pick(asked: Asked) -> Speech:
    weighed = [(weight(asked, mention), mention) for mention in candidates(asked)]
    if not weighed:
        return Speech(quotation=asked.quote, speaker=None)
    most = max(score for score, _ in weighed)
    total = sum(math.exp(score - most) for score, _ in weighed)
    score, best = max(weighed, key=lambda pair: pair[0])
    return Speech(quotation=asked.quote, speaker=best, share=math.exp(score - most) / total)


def weight(asked: Asked, mention: Mention) -> float:
    """The sum of the weights of the features that hold."""
    known = weights()
    return sum(known.get(name, 0.0) for name in features(asked, mention))


@cache
def weights() -> Mapping[str, float]:
    """The learned weights by feature."""
    told = json.loads(files("backread.text.speech").joinpath("weights.json").read_text("utf-8"))
    return {str(name): float(value) for name, value in told.items()}
