"""Citations: every sentence names passages that exist.

A sentence that names no passage gives a reader nothing to look at, whoever wrote it. The passages are resolved
here by the capture's id and compared word for word with the kept text, whoever chose them: a language model's
word for where it found something counts for nothing.

What it cannot see: whether the passage says what the sentence says; that is for the checks behind it.
"""

from __future__ import annotations

from backread.check.base import Check, Context
from backread.values.capture import Passage
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Subject


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """Refuted when a cited passage does not stand where it says, undecided when none is cited."""
    sentence = context.sentence(subject)
    lost = [passage for passage in sentence.passages if not _stands(passage, context)]
    if lost:
        message = f"{len(lost)} of {len(sentence.passages)} cited passages stand in no capture"
        return (
            CHECK.says(
                subject, Outcome.REFUTED, Mark(start=sentence.start, end=sentence.end, message=message)
            ),
        )
    if not sentence.passages:
        message = "no source is named for this sentence"
        return (
            CHECK.says(
                subject, Outcome.UNDECIDED, Mark(start=sentence.start, end=sentence.end, message=message)
            ),
        )
    mark = Mark(
        start=sentence.start, end=sentence.end, message="its passages stand", evidence=sentence.passages
    )
    return (CHECK.says(subject, Outcome.SUPPORTED, mark, basis=Basis.NONE),)


def _stands(passage: Passage, context: Context) -> bool:
    capture = context.by_id.get(passage.capture)
    return capture is not None and capture.holds(passage)


CHECK = Check(
    name="citations",
    kind=Kind.PROOF,
    version="1",
    title="Every sentence names passages that exist",
    run=run,
    outcomes=frozenset({Outcome.REFUTED, Outcome.UNDECIDED, Outcome.SUPPORTED}),
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ("The pier closes on Monday.", ("The pier closes on Monday.",), Outcome.SUPPORTED),
    ("The pier closes on Monday.", (), Outcome.UNDECIDED),
)
"""A sentence, the captures it rests on, and the outcome. A refuted one needs a false passage: see its tests."""
