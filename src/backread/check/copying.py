"""Copying: how much of the copy is another's words outside quotation marks, measured with each source.

Public records may be told in their own words when they are named; another newsroom's or a wire's sentences may not.
The limit goes by the source's terms: the longest run of words shared, and the share of the story's five-word runs.

What it cannot see: a paraphrase that keeps another's structure, and a source that is not among the captures.
"""

from __future__ import annotations

from dataclasses import dataclass

from backread.check.base import Check, Context, Window
from backread.text import quotations
from backread.text.wording import wording
from backread.values.capture import Capture
from backread.values.finding import Finding, Kind, Mark, Outcome, Scope, Subject
from backread.values.source import Terms
from backread.values.story import BlockKind

_RUN = 5


@dataclass(frozen=True, slots=True)
class Limit:
    """`run`: words in a row; `share`: per cent of the story's five-word runs. None: no limit."""

    run: int
    share: int


LIMITS: dict[Terms, Limit | None] = {
    Terms.PUBLIC_RECORD: None,
    Terms.RELEASE: None,
    Terms.OWN: None,
    Terms.WIRE: Limit(run=24, share=25),
    Terms.NEWSROOM: Limit(run=12, share=8),
    Terms.SOCIAL: Limit(run=16, share=15),
}
"""By the source's terms. Releases are written to be used, and the story says whose words they are."""


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """Refuted for each source whose words stand in the story beyond its limit."""
    limited = [(capture, limit) for capture in context.captures if (limit := LIMITS[capture.terms])]
    if not limited or not context.story.text:
        return (CHECK.says(subject, Outcome.NOTHING_TO_CHECK),)
    words, starts, ends = _own_words(context)
    free = frozenset[tuple[str, ...]]().union(
        *(_runs(c.text) for c in context.captures if LIMITS[c.terms] is None)
    )
    marks = [mark for capture, limit in limited if (mark := _over(words, starts, ends, capture, limit, free))]
    return (CHECK.says(subject, Outcome.REFUTED if marks else Outcome.SUPPORTED, *marks),)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of five words. What also stands in a free source was not copied from a limited one."""
    words = wording(text).words
    return frozenset(words[at : at + _RUN] for at in range(len(words) - _RUN + 1))


def _own_words(context: Context) -> tuple[list[str], list[int], list[int]]:
    """The story's words outside quotation marks in headline, deck, captions and paragraphs."""
    bare = quotations.outside(context.story.text)
    told = wording(bare)
    kept = [b for b in context.story.blocks if b.kind.has_sentences and b.kind is not BlockKind.STATEMENT]
    inside = [any(b.start <= at < b.end for b in kept) for at in told.starts]
    rows = [
        row
        for row, keep in zip(zip(told.words, told.starts, told.ends, strict=True), inside, strict=True)
        if keep
    ]
    return [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]


def _over(
    words: list[str],
    starts: list[int],
    ends: list[int],
    capture: Capture,
    limit: Limit,
    free: frozenset[tuple[str, ...]],
) -> Mark | None:
    runs = _runs(capture.text) - free
    shared = [tuple(words[at : at + _RUN]) in runs for at in range(len(words) - _RUN + 1)]
    if not any(shared):
        return None
    at, length = _longest(shared)
    share = round(100 * sum(shared) / len(shared))
    if length <= limit.run and share <= limit.share:
        return None
    message = (
        f"{length} words in a row and {share}% of the story stand in {capture.source_name} ({capture.terms})"
    )
    return Mark(start=starts[at], end=ends[at + length - 1], message=message)


def _longest(shared: list[bool]) -> tuple[int, int]:
    """Where the longest shared run begins, and how many words it has."""
    best, begin = (0, 0), None
    for at, hit in enumerate([*shared, False]):
        if hit and begin is None:
            begin = at
        elif not hit and begin is not None:
            best = max(best, (at - begin + _RUN - 1, -begin))
            begin = None
    return -best[1], best[0]


CHECK = Check(
    name="copying",
    kind=Kind.POLICY,
    version="1",
    title="No more of another's words than their terms allow",
    run=run,
    scopes=(Scope.STORY,),
    window=Window.STORY,
    outcomes=frozenset({Outcome.REFUTED, Outcome.SUPPORTED, Outcome.NOTHING_TO_CHECK}),
)
