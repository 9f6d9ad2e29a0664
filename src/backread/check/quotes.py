"""Quotes: every quotation stands, word for word, in a capture.

A reader takes quotation marks as a promise: these are the words. So each quotation is looked for in the
captures, the cited ones first, after folding typographic marks, spaces, dashes, ellipses, a bracketed
insertion, a capital at the start and the comma or period inside the closing mark. A changed word is refuted
with the difference shown, and so is a quotation stitched from two places. One that is in no capture at all
is undecided: it may come from a call nobody has written down yet. A machine's summary of documents is no capture:
people have denied what such summaries had them say.

What it cannot see: who said it (`speakers`), what was left out around it, and a translation. Commas and
periods between the same words are not compared.
"""

from __future__ import annotations

from backread.check.base import Check, Context, Window
from backread.check.scope import Verdict, findings, sources
from backread.text import quotations
from backread.text.wording import Match, Wording, closest, locate, wording
from backread.values.capture import Capture, Passage
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Subject
from backread.values.story import Sentence

_TITLE_WORDS = 3


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """What every quotation that begins, runs or ends in the sentence came to."""
    sentence = context.sentence(subject)
    verdicts = [_judge(start, end, sentence, context) for start, end in _quoted(sentence, context)]
    return findings(CHECK, subject, verdicts)


def _quoted(sentence: Sentence, context: Context) -> list[tuple[int, int]]:
    """The quoted stretches of a sentence, in the story's offsets, read in the light of its whole paragraph."""
    block = context.story.blocks[sentence.block]
    stretches = []
    for quotation in quotations.find(context.story.text[block.start : block.end]):
        start = max(block.start + quotation.start, sentence.start)
        end = min(block.start + quotation.end, sentence.end)
        if start < end and _has_words(context.story.text[start:end]):
            stretches.append((start, end))
    return stretches


def _has_words(quoted: str) -> bool:
    """Whether anything but the writer's own brackets and ellipses stands between the marks."""
    return any(word not in ("...", "[]") for word in wording(quoted).words)


def _judge(start: int, end: int, sentence: Sentence, context: Context) -> Verdict:
    wanted = wording(context.story.text[start:end])
    known = dict.fromkeys((*context.cited(sentence), *context.captures))
    captures = sources(known)
    for capture in captures:
        if found := locate(wanted, wording(capture.text)):
            return _stands(start, end, capture, found)
    near = [(match, capture) for capture in captures if (match := closest(wanted, wording(capture.text)))]
    if near:
        match, capture = max(near, key=lambda pair: pair[0].share)
        return _differs(start, end, wanted, match, capture)
    summary = next((c for c in known if c not in captures and locate(wanted, wording(c.text))), None)
    message = (
        f"only in {summary.source_name}, a machine's summary, which is no source"
        if summary
        else "in no capture"
    )
    return Verdict(outcome=Outcome.UNDECIDED, mark=Mark(start=start, end=end, message=message))


def _stands(start: int, end: int, capture: Capture, found: tuple[tuple[int, int], ...]) -> Verdict:
    evidence = tuple(capture.passage(*stretch) for stretch in found)
    mark = Mark(start=start, end=end, message=f"word for word in {capture.source_name}", evidence=evidence)
    return Verdict(outcome=Outcome.SUPPORTED, mark=mark, basis=Basis.VERBATIM)


def _differs(start: int, end: int, wanted: Wording, match: Match, capture: Capture) -> Verdict:
    evidence: tuple[Passage, ...] = tuple(capture.passage(*stretch) for stretch in match.stretches)
    if match.stitched:
        message = f"stitched together from {len(evidence)} places in {capture.source_name}"
    else:
        message = f"not the words in {capture.source_name}: {difference(match)}"
    return Verdict(
        outcome=Outcome.REFUTED, mark=Mark(start=start, end=end, message=message, evidence=evidence)
    )


def difference(match: Match) -> str:
    """The first differences in words: "‘protect’ in the source, ‘save’ here"."""
    told = []
    for theirs, mine in match.changes[:3]:
        if theirs and mine:
            told.append(f"the source says ‘{theirs}’, not ‘{mine}’")
        elif theirs:
            told.append(f"‘{theirs}’ was left out")
        else:
            told.append(f"‘{mine}’ was added")
    return "; ".join(told)


CHECK = Check(
    name="quotes",
    kind=Kind.PROOF,
    version="2",
    title="Every quotation stands word for word in a capture",
    run=run,
    window=Window.PARAGRAPH,
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    (
        "“We will save the pier,” Tamsin Orde said.",
        ("“We will save the pier,” Orde said.",),
        Outcome.SUPPORTED,
    ),
    (
        "“We will save the pier,” Tamsin Orde said.",
        ("“We will protect the pier,” Orde said.",),
        Outcome.REFUTED,
    ),
    ("“We will save the pier,” Tamsin Orde said.", ("The pier closes on Monday.",), Outcome.UNDECIDED),
    ("Tamsin Orde said the pier will stay.", ("The pier will stay.",), Outcome.NOTHING_TO_CHECK),
)
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
