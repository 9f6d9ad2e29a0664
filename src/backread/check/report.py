"""A report as one JSON object (the contract others rely on), and as lines a person reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from backread.values.capture import CaptureId, Passage
from backread.values.finding import Finding, Mark, Outcome
from backread.values.report import Checked, Report, State

Plain = dict[str, object]
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
Names = dict[CaptureId, str]


def to_plain(report: Report) -> Plain:
    """The object that `backread check --json` prints. Offsets count code points into `story.text`."""
    names = {capture.id: capture.url for capture in report.captures}
    story = report.story
    return {
        "story": {
            "text": story.text,
            "date": story.date.isoformat() if story.date else None,
            "blocks": [{"kind": str(b.kind), "start": b.start, "end": b.end} for b in story.blocks],
        },
        "sentences": [_sentence(checked, names) for checked in report.sentences],
        "findings": [_finding(finding, names) for finding in report.findings],
        "sources": [
            {"source": c.url, "name": c.source_name, "title": c.title, "terms": str(c.terms), "taken": c.taken.isoformat(), "flags": sorted(c.flags)}
            for c in report.captures
        ],
        "checks": {"ran": sorted(report.ran), "not_built": sorted(report.not_built)},
        "summary": {
            "sentences": len(report.sentences),
            "open": len(report.open),
            "proven": len(report.sentences) - len(report.open),
            "refuted": report.count(Outcome.REFUTED),
            "undecided": report.count(Outcome.UNDECIDED),
            "second_approver": list(report.second_approver),
        },
    }  # fmt: skip


def _sentence(checked: Checked, names: Names) -> Plain:
    sentence = checked.sentence
    return {
        "index": sentence.index,
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "state": str(checked.state),
        "basis": str(checked.basis),
        "findings": [_finding(finding, names) for finding in checked.findings],
    }


def _finding(finding: Finding, names: Names) -> Plain:
    return {
        "check": finding.check,
        "kind": str(finding.kind),
        "outcome": finding.outcome.value,
        "basis": str(finding.basis),
        **({} if finding.permille is None else {"permille": finding.permille}),
        "marks": [_mark(mark, names) for mark in finding.marks],
    }


def _mark(mark: Mark, names: Names) -> Plain:
    return {
        "start": mark.start,
        "end": mark.end,
        "message": mark.message,
        "evidence": [_passage(passage, names) for passage in mark.evidence],
        "suggestion": mark.suggestion,
    }


def _passage(passage: Passage, names: Names) -> Plain:
    source = names.get(passage.capture, str(passage.capture))
    return {"source": source, "start": passage.start, "end": passage.end, "quote": passage.text}


def lines(report: Report) -> Iterator[tuple[str, str]]:
    """The report as (style, line) pairs. Characters that could steer a terminal are shown by their number."""
    for style, line in _lines(report):
        yield style, _STEERING.sub(lambda match: f"<U+{ord(match.group()):04X}>", line)


def _lines(report: Report) -> Iterator[tuple[str, str]]:
    for checked in report.sentences:
        question = checked.question
        word = checked.basis or "proven"
        if checked.state is State.OPEN:
            word = question.outcome.value if question else "undecided"
        yield _STYLE.get(word, ""), f"{checked.sentence.index + 1:>3}  {word:<10} {checked.sentence.text}"
        yield from _told(checked.findings)
    for finding in report.findings:
        if finding.blocks:
            yield "bold red", f"story {finding.check}"
            yield from _told([finding])
    yield "bold", _summary(report)
    for reason in report.second_approver:
        yield "yellow", f"second approver: {reason}"
    if report.not_built:
        yield "dim", f"not built, not run: {', '.join(sorted(report.not_built))}"


def _told(findings: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    """What an editor must know: what blocks, and refuted advice."""
    for finding in findings:
        if finding.blocks or finding.outcome is Outcome.REFUTED:
            for mark in finding.marks:
                yield "", f"                 {finding.check}: {mark.message}"
                for passage in mark.evidence[:1]:
                    yield "dim", f"                   ← “{' '.join(passage.text.split())[:160]}”"


def _summary(report: Report) -> str:
    there = len(report.sentences)
    said = f"{there} sentences, {len(report.open)} open ({report.count(Outcome.REFUTED)} refuted, {report.count(Outcome.UNDECIDED)} undecided)"
    return f"{said}, {there - len(report.open)} proven, against {len(report.captures)} sources"


_STYLE = {
    "refuted": "bold red",
    "undecided": "yellow",
    "verbatim": "green",
    "computed": "green",
    "entailed": "green",
}
