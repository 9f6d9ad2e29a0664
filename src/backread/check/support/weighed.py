"""What the verifier and the features say together of one sentence. Without a verifier they say nothing."""

from __future__ import annotations

from dataclasses import dataclass

from backread.check.base import Context
from backread.check.support.evidence import choose
from backread.check.support.features import features
from backread.check.support.stack import stack
from backread.values.capture import Passage
from backread.values.story import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """`proves` and `refutes` are both false in between, and without a verifier. `uncovered` are places in the sentence."""

    proves: bool = False
    refutes: bool = False
    permille: int | None = None
    uncovered: tuple[tuple[int, int], ...] = ()
    evidence: tuple[Passage, ...] = ()


def weigh(sentence: Sentence, context: Context) -> Weighed:
    """Held against the whole captures it cites: the words that carry it may stand beside the cited ones."""
    ids = dict.fromkeys(p.capture for p in sentence.passages if p.capture in context.by_id)
    captures = tuple(context.by_id[id] for id in ids)
    if context.verifier is None or not captures:
        return Weighed()
    texts = tuple(capture.text for capture in captures)
    chosen = choose(sentence.text, texts)
    verdict = context.verifier([sentence.text], [texts])[0]
    block = [texts[c.text][c.start : c.end] for c in chosen]
    probability = stack().probability(features(sentence.text, block, texts, verdict))
    return Weighed(
        proves=probability >= stack().proven_from,
        refutes=probability <= stack().refuted_below,
        permille=round(1000 * probability),
        uncovered=verdict.uncovered,
        evidence=tuple(captures[c.text].passage(c.start, c.end) for c in chosen),
    )
