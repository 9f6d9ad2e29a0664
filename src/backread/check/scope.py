"""What a sentence may rest on, as exact stretches: its passages, each widened to the paragraph around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from functools import lru_cache

from backread.check.base import Check, Context
from backread.text import dates, quotations
from backread.text.alignment import keys, stem
from backread.text.sentences import split
from backread.values.capture import Capture, Passage
from backread.values.finding import Basis, Finding, Mark, Outcome, Subject
from backread.values.story import BlockKind, Origin, Sentence

_BREAK = re.compile(r"\n[^\S\n]*\n")
_PARAGRAPH_MOST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of a capture's text. `start` counts code points into it."""

    capture: Capture
    start: int
    text: str

    def sentence(self, start: int, end: int) -> Passage:
        """The source sentence around a place, counted in this stretch."""
        around = ((s, e) for s, e in split(self.text) if s < end and start < e)
        first, last = next(around, (start, end))
        return self.passage(min(first, start), max(last, end))

    def paragraph(self, start: int, end: int) -> str:
        """The words of the paragraph around a place, counted in this stretch."""
        first, last = paragraph(self.text, start, end)
        return self.text[first:last]

    def passage(self, start: int, end: int) -> Passage:
        """The passage from `start` to `end`, counted in this stretch."""
        return self.capture.passage(self.start + start, self.start + end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a check found at one place of a sentence, before findings are made of it."""

    outcome: Outcome
    mark: Mark
    basis: Basis = Basis.NONE


def cited(sentence: Sentence, context: Context) -> tuple[Stretch, ...]:
    """The paragraphs around the passages a sentence cites, each once; passages that do not stand are left out."""
    frames: dict[tuple[str, int, int], Stretch] = {}
    for passage in sentence.passages:
        capture = context.by_id.get(passage.capture)
        if capture and capture.holds(passage):
            start, end = paragraph(capture.text, passage.start, passage.end)
            frames.setdefault(
                (capture.id, start, end), Stretch(capture=capture, start=start, text=capture.text[start:end])
            )
    return tuple(frames.values())


def whole(captures: Iterable[Capture]) -> tuple[Stretch, ...]:
    """Whole captures as stretches."""
    return tuple(Stretch(capture=capture, start=0, text=capture.text) for capture in captures)


def others(sentence: Sentence, context: Context) -> tuple[Stretch, ...]:
    """The captures a sentence does not cite, where a search chose all that it does: what the search missed stands there.

    Where the drafter or an editor chose, only what was chosen counts.
    """
    if not sentence.citations or any(citation.origin is not Origin.FOUND for citation in sentence.citations):
        return ()
    ids = {passage.capture for passage in sentence.passages}
    return whole(capture for capture in context.captures if capture.id not in ids)


_SUMS_UP = (BlockKind.HEADLINE, BlockKind.DECK, BlockKind.CAPTION)


def summed_up(sentence: Sentence, context: Context) -> tuple[Stretch, ...]:
    """For a headline, a deck or a caption: the paragraphs that the story's body rests on, for it sums the body up."""
    if context.story.kind_of(sentence) not in _SUMS_UP or not sentence.citations:
        return ()
    body = (s for s in context.story.sentences if context.story.kind_of(s) is BlockKind.PARAGRAPH)
    return tuple({(f.capture.id, f.start): f for told in body for f in cited(told, context)}.values())


def own_words(sentence: Sentence, context: Context) -> str:
    """The sentence with quoted words blanked out; a quotation may have opened in the sentence before."""
    block = context.story.blocks[sentence.block]
    plain = quotations.outside(context.story.text[block.start : block.end])
    return plain[sentence.start - block.start : sentence.end - block.start]


def paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph around a stretch: to the blank lines, or to the line's ends where that is too long."""
    first, last = _between_blank_lines(text, start, end)
    if last - first > _PARAGRAPH_MOST:
        first = max(first, text.rfind("\n", 0, start) + 1)
        line_end = text.find("\n", end)
        last = min(last, line_end if line_end >= 0 else len(text))
    return min(first, start), max(last, end)


def day_of(capture: Capture, context: Context) -> date:
    """The day a capture's words are seen from: its own date, else when it was taken, in the area's zone."""
    zone: tzinfo = context.area.zone if context.area else UTC
    if capture.published:
        # A document's own date is written for its own readers; only a moment in UTC is turned to the area's day.
        published = capture.published
        return (
            published.astimezone(zone).date()
            if published.utcoffset() == UTC.utcoffset(None)
            else published.date()
        )
    return capture.taken.astimezone(zone).date()


def days_of(capture: Capture, context: Context) -> tuple[date, ...]:
    """The days a capture's "Monday" may be counted from: one, but for a file handed in.

    When such a file was read says nothing of when its words were written: the days its head tells will do, and the
    story's own where it bears none.
    """
    on = day_of(capture, context)
    if not capture.url.startswith("file:"):
        return (on,)
    told = _head_days(capture.text, on if capture.published else context.story.date or on)
    bare = [context.story.date] if context.story.date and capture.published is None else []
    return tuple(dict.fromkeys([*bare, *told, on]))


_HEAD = 400
"""Code points in which a document says of what day it is."""


@lru_cache(maxsize=256)
def _head_days(text: str, near: date) -> tuple[date, ...]:
    """The whole dates in a document's head that lie within a year of `near`."""
    named = [m for m in dates.find(text[:_HEAD]) if m.kind is dates.MentionKind.ABSOLUTE and m.year]
    days = [day for mention in named if (day := dates.resolve(mention, near))]
    return tuple(dict.fromkeys(day for day in days if abs((day - near).days) <= 366))


TWIN = 0.5
"""The share of a sentence's words that a source sentence must hold for its other figure or day to contradict it."""


def is_twin(sentence: str, passage: Passage) -> bool:
    """Whether the source sentence around `passage` tells what `sentence` tells, so that a difference is an error.

    In a paragraph of many figures another figure contradicts nothing: it may be of something else.
    """
    wanted = {word for word in keys(sentence) if not word[:1].isdigit()}
    return len(wanted & keys(passage.text)) >= TWIN * len(wanted)


_NAMED = re.compile(r"(?<=[a-z,;:] )[A-Z][a-z’']{2,}")


_DAYS = frozenset(stem(name.lower()) for name in (*dates.WEEKDAYS, *dates.MONTHS))


def is_kin(sentence: str, words: str, *, least: int = 1) -> bool:
    """Whether `words` share at least `least` words with content with the sentence; a name counts twice, a day not at all."""
    shared = {word for word in keys(sentence) & keys(words) if not word[:1].isdigit()} - _DAYS
    named = {stem(name.lower()) for name in _NAMED.findall(words)} if shared else set()
    return len(shared) + len(shared & named) >= least


def findings(check: Check, subject: Subject, verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """One finding per outcome, worst first, with a mark per place; nothing to check when there are none."""
    told = list(verdicts)
    if not told:
        return (check.says(subject, Outcome.NOTHING_TO_CHECK),)
    made = []
    for outcome in Outcome:
        alike = [verdict for verdict in told if verdict.outcome is outcome]
        if alike:
            made.append(check.says(subject, outcome, *(v.mark for v in alike), basis=_basis(outcome, alike)))
    return tuple(made)


def _basis(outcome: Outcome, verdicts: list[Verdict]) -> Basis:
    if outcome is not Outcome.SUPPORTED:
        return Basis.NONE
    return Basis.COMPUTED if any(v.basis is Basis.COMPUTED for v in verdicts) else Basis.VERBATIM


def _between_blank_lines(text: str, start: int, end: int) -> tuple[int, int]:
    first = 0
    lead = text[max(0, start - _PARAGRAPH_MOST) : start]
    for match in _BREAK.finditer(lead):
        first = max(0, start - _PARAGRAPH_MOST) + match.end()
    first = first or max(0, start - _PARAGRAPH_MOST)
    after = _BREAK.search(text, end, min(len(text), end + _PARAGRAPH_MOST))
    return first, after.start() if after else min(len(text), end + _PARAGRAPH_MOST)
