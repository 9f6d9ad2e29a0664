"""Whose name may stand over a story: a person at the desk, or the desk itself.

Invented bylines and stolen ones have both been printed. Who is at the desk is told by the outlet's own names and by
its own records (a list of accounts, a reporter's signed notes); a name in anybody else's document proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from backread.check.base import Context
from backread.check.scope import Verdict
from backread.text import fold
from backread.values.capture import Capture, Passage
from backread.values.finding import Basis, Mark, Outcome
from backread.values.source import Terms
from backread.values.story import Block, BlockKind

_LEAD = re.compile(r"(?i)(?:story |words |text )?by:?\s+")
_SEAM = re.compile(r"\s*(?:,|;|\||\band\b|&|\bwith\b)\s*")
_DESK = re.compile(r"(?i)\b(?:desk|staff|newsroom|editors|reporters)\b")
_ROLE = re.compile(r"(?i)(?:(?:senior|chief|city|county|sports|staff|news|political|deputy|managing)\s)*(?:reporter|editor|writer|correspondent|photographer|columnist)s?")  # fmt: skip


def judged(block: Block, context: Context) -> list[Verdict]:
    """What each name of a byline came to; none for any other block."""
    if block.kind is not BlockKind.BYLINE:
        return []
    words = context.story.text[block.start : block.end]
    return [_judge(words[start:end], block.start + start, context) for start, end in _names(words)]


def _names(words: str) -> Iterator[tuple[int, int]]:
    lead = _LEAD.match(words)
    at = lead.end() if lead else 0
    for seam in [*_SEAM.finditer(words, at), None]:
        end = seam.start() if seam else len(words)
        if words[at:end].strip() and not _ROLE.fullmatch(words[at:end].strip()):
            yield at, end
        at = seam.end() if seam else end


def _judge(name: str, start: int, context: Context) -> Verdict:
    end = start + len(name)
    if _DESK.search(name) or any(fold.find(name.lower(), own.lower()) for own in context.outlet):
        return Verdict(
            outcome=Outcome.SUPPORTED,
            mark=Mark(start=start, end=end, message="one of the desk"),
            basis=Basis.VERBATIM,
        )
    for capture in context.captures:
        if (found := _signed(name, capture)) is not None:
            message = f"one of the desk, as {capture.source_name} has it"
            mark = Mark(start=start, end=end, message=message, evidence=found)
            return Verdict(outcome=Outcome.SUPPORTED, mark=mark, basis=Basis.VERBATIM)
    message = f"nobody at the desk is known as {name}"
    return Verdict(outcome=Outcome.UNDECIDED, mark=Mark(start=start, end=end, message=message))


def _signed(name: str, capture: Capture) -> tuple[Passage, ...] | None:
    """Where one of the outlet's own records names the person; None for anybody else's document."""
    if capture.terms is not Terms.OWN:
        return None
    where = fold.find(name, capture.text)
    if where:
        return (capture.passage(*where),)
    return () if fold.find(name, capture.byline) else None
