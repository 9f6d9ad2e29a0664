"""Claims about ourselves: only the computed statement may say how a story was made.

Newsrooms have printed "reviewed by an editor" under stories nobody had read, and compliance with guidelines that do
not exist. So the copy itself may not speak of it: the statement, computed from the record, is the only place.

What it cannot see: a claim worded so unusually that no pattern knows it. A story about another newsroom's review or
about AI is not a claim about ourselves; such sentences name who they speak of and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from backread.check.base import Check, Context
from backread.values.finding import Finding, Kind, Mark, Outcome, Subject
from backread.values.source import Terms
from backread.values.story import BlockKind, Sentence

_MADE = r"(?:generated|written|produced|drafted|created|assembled|compiled|prepared|reported)"
_SEEN = r"(?:reviewed|approved|edited|checked|verified|fact-checked|vetted|proofread)"
_OURS = r"our (?:own )?(?:\w+ )?(?:editors?|reporters?|journalists?|staff|team|newsroom|desk|fact[- ]checkers?|copy desk)"
_US = r"(?:this|our|these)\s(?:article|story|report|post|piece|content|summary|coverage|newsroom|reporting|stories|articles)"
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "the copy says how it was made; only the computed statement may",
        re.compile(rf"(?i)\b{_US}\b.{{0,40}}\b{_MADE}\b|\b{_MADE}\b.{{0,20}}\b(?:with|by|using)\b.{{0,20}}\b(?:AI|artificial intelligence)\b(?: assistance| tools?| writing)"),
    ),
    (
        "the copy says it was reviewed; only the record can",
        re.compile(rf"(?i)\b(?:{_US}|it|this)\b[^.]{{0,40}}\b(?:was|has been|have been|is|are|were)\b[^.]{{0,30}}\b{_SEEN}\b[^.]{{0,60}}\b(?:human|editors?|journalists?|newsroom|before publication|our (?:staff|team))\b|\bhuman[- ](?:reviewed|edited|written|verified)\b|\bfact[- ]checked\b(?! by [A-Z])"),
    ),
    (
        "the copy says that we checked it; only the record can",
        re.compile(rf"(?i)\b{_SEEN}\b[^.]{{0,20}}\bby {_OURS}\b|\b{_OURS}\b[^.]{{0,30}}\b(?:{_SEEN}|confirmed)\b|\bwe (?:have )?(?:independently )?(?:{_SEEN}|confirmed)\b"),
    ),
    (
        "no compliance claim that the record does not prove",
        re.compile(r"(?i)\b(?:in (?:accordance|compliance|line) with|compl(?:y|ies|iant) with|certified (?:by|under)|follows?|adheres? to)\b[^.]{0,40}\b(?:FTC|FCC|EU AI Act|press council|code of ethics|(?:AI|editorial|journalis\w+|industry|publishing|newsroom) (?:guidelines?|standards))\b"),
    ),
    (
        "the copy speaks of our own tools; only the computed statement may",
        re.compile(r"(?i)\b(?:uses?|using|employs?)\b[^.]{0,20}\bAI (?:writing |drafting |editing )?(?:tools?|assistance)\b|\bAI[- ](?:generated|assisted|written)\b[^.]{0,20}\b(?:article|story|report|content)\b|\bmay contain errors\b|\bguaranteed? (?:accurate|true)\b"),
    ),
)  # fmt: skip
"""What is looked for, with the words an editor is told."""


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """Refuted with a mark for each claim. A typed statement is refuted as a whole."""
    sentence = context.sentence(subject)
    marks = (*_marks(_unquoted(sentence.text), sentence.start), *_by_name(sentence, context))
    if context.story.kind_of(sentence) is BlockKind.STATEMENT and not marks:
        message = "a typed statement; only the computed one is printed"
        marks = (Mark(start=sentence.start, end=sentence.end, message=message),)
    return (CHECK.says(subject, Outcome.REFUTED if marks else Outcome.NOTHING_TO_CHECK, *marks),)


def _unquoted(words: str) -> str:
    """What others say of themselves is a quotation, and no claim of ours."""
    return re.sub(r"“[^”]*”", lambda match: " " * len(match.group()), words)


def _by_name(sentence: Sentence, context: Context) -> Iterator[Mark]:
    """The outlet named as having checked something, with no record of its own beside it."""
    if any(capture.terms is Terms.OWN for capture in context.cited(sentence)):
        return
    for name in filter(None, context.outlet):
        said = rf"{re.escape(name)}(?:[’']s \w+)?(?: has| have)? (?:independently )?(?:{_SEEN}|confirmed)\b|\b{_SEEN} by {re.escape(name)}\b"
        for match in re.finditer(said, _unquoted(sentence.text), re.IGNORECASE):
            message = "the copy says that we checked it; cite our own record of it, or strike it"
            yield Mark(
                start=sentence.start + match.start(), end=sentence.start + match.end(), message=message
            )


def _marks(words: str, start: int) -> Iterator[Mark]:
    for message, pattern in PATTERNS:
        for match in pattern.finditer(words):
            yield Mark(start=start + match.start(), end=start + match.end(), message=message)


CHECK = Check(
    name="claims about ourselves",
    kind=Kind.POLICY,
    version="2",
    title="Only the computed statement says how a story was made",
    run=run,
    outcomes=frozenset({Outcome.REFUTED, Outcome.NOTHING_TO_CHECK}),
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ("This article was reviewed and approved by a human editor.", (), Outcome.REFUTED),
    ("The auditor reviewed the budget in May.", (), Outcome.NOTHING_TO_CHECK),
)
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
