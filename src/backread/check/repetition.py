"""Repetition: the same fact told twice.

A story that tells its reader on Saturday's meeting three times was stitched together, not written. The later sentence
is marked, and the earlier one named. That the headline, the deck and the opening share their fact is how news is
written; told again further down, it counts. Advice only: it never holds a sentence open.

What it cannot see: the same fact in quite other words.
"""

from __future__ import annotations

from itertools import pairwise

from backread.check.base import Check, Context, Window
from backread.text.alignment import Token, keys, tokens
from backread.values.finding import Finding, Kind, Mark, Outcome, Subject
from backread.values.story import BlockKind, Sentence

_MOST, _LEAST_WORDS = 0.72, 3
_MUCH, _RUN = 0.6, 5
"""Less is enough where so many words with content follow one another as they did before."""
_TOP = (BlockKind.HEADLINE, BlockKind.DECK)


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """Refuted on the later sentence when almost all of its words with content were told before."""
    sentence = context.sentence(subject)
    words = _told(sentence)
    if context.story.kind_of(sentence) in _TOP or len(words) < _LEAST_WORDS:
        return (CHECK.says(subject, Outcome.NOTHING_TO_CHECK),)
    body = [s for s in context.story.sentences[: sentence.index] if _counts(s, sentence, context)]
    for earlier in body:
        if _is_same(words, earlier):
            message = f"told already in sentence {earlier.index + 1}: “{_short(earlier.text)}”"
            mark = Mark(start=sentence.start, end=sentence.end, message=message)
            return (CHECK.says(subject, Outcome.REFUTED, mark),)
    return (CHECK.says(subject, Outcome.NOTHING_TO_CHECK),)


def _counts(earlier: Sentence, later: Sentence, context: Context) -> bool:
    """The top of the story may share its fact with the first paragraph, not with what comes further down."""
    if context.story.kind_of(earlier) not in _TOP:
        return True
    first = next(
        (s.block for s in context.story.sentences if context.story.kind_of(s) is BlockKind.PARAGRAPH), -1
    )
    return later.block != first


def _told(sentence: Sentence) -> tuple[Token, ...]:
    return tokens(sentence.text)


def _is_same(later: tuple[Token, ...], earlier: Sentence) -> bool:
    """Almost all words told before, and some of them side by side: two sentences on one subject are no repetition."""
    before = keys(earlier.text)
    share = sum(token.key in before for token in later) / len(later)
    if share < _MUCH:
        return False
    beside = {(one.key, two.key) for one, two in pairwise(_told(earlier))}
    run = _longest([(one.key, two.key) in beside for one, two in pairwise(later)])
    return run > 1 and (share >= _MOST or run >= _RUN)


def _longest(pairs: list[bool]) -> int:
    """Words in the longest run of neighbours that were neighbours before; 1 when there are none."""
    best = run = 1
    for together in pairs:
        run = run + 1 if together else 1
        best = max(best, run)
    return best


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:77].rsplit(" ", 1)[0] + " ..."


CHECK = Check(
    name="repetition",
    kind=Kind.ADVICE,
    version="2",
    title="No fact is told twice",
    run=run,
    window=Window.STORY,
    outcomes=frozenset({Outcome.REFUTED, Outcome.NOTHING_TO_CHECK}),
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ("The pier closes on Monday for repairs. On Monday the pier closes for repairs.", (), Outcome.REFUTED),
    ("The pier closes on Monday for repairs.", (), Outcome.NOTHING_TO_CHECK),
)
"""A paragraph, the captures it rests on, and the outcome of its last sentence: one for each it can return."""
