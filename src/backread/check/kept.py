"""Findings as plain JSON values, to be kept beside a story and read back unchanged.

Reading back is strict: a finding that lost a part is refused, so that it is found again rather than believed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from backread.check.cache import Findings
from backread.errors import BadInput
from backread.values.capture import CaptureId, Passage
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Scope, Subject


def to_words(findings: Findings) -> str:
    """The findings as one line of JSON."""
    return json.dumps([_plain(finding) for finding in findings], ensure_ascii=True, sort_keys=True)


def from_words(words: str) -> Findings:
    """The findings that `to_words` wrote. Raises BadInput for anything else."""
    try:
        return tuple(_finding(told) for told in json.loads(words))
    except (ValueError, KeyError, TypeError, AttributeError) as err:
        raise BadInput("a kept finding", step="read it back", hint="Check the story again.") from err


def _plain(finding: Finding) -> Mapping[str, object]:
    return {
        "basis": str(finding.basis),
        "check": finding.check,
        "kind": str(finding.kind),
        "marks": [_plain_mark(mark) for mark in finding.marks],
        "outcome": finding.outcome.value,
        "permille": finding.permille,
        "subject": [str(finding.subject.scope), finding.subject.index, finding.subject.capture],
    }


def _plain_mark(mark: Mark) -> Mapping[str, object]:
    return {
        "end": mark.end,
        "evidence": [[str(p.capture), p.start, p.text] for p in mark.evidence],
        "message": mark.message,
        "start": mark.start,
        "suggestion": mark.suggestion,
    }


def _finding(told: Mapping[str, object]) -> Finding:
    scope, index, capture = _list(told["subject"])
    return Finding(
        check=_words(told["check"]),
        kind=Kind(_words(told["kind"])),
        subject=Subject(
            scope=Scope(_words(scope)),
            index=_number(index),
            capture=CaptureId(_words(capture)) if capture else None,
        ),
        outcome=Outcome(_words(told["outcome"])),
        marks=tuple(_mark(mark) for mark in _list(told["marks"])),
        basis=Basis(_words(told["basis"])),
        permille=_permille(told["permille"]),
    )


def _mark(told: Mapping[str, object]) -> Mark:
    suggestion = told["suggestion"]
    return Mark(
        start=_number(told["start"]),
        end=_number(told["end"]),
        message=_words(told["message"]),
        evidence=tuple(_passage(*_list(passage)) for passage in _list(told["evidence"])),
        suggestion=None if suggestion is None else _words(suggestion),
    )


def _passage(capture: object, start: object, text: object) -> Passage:
    return Passage(capture=CaptureId(_words(capture)), start=_number(start), text=_words(text))


def _words(told: object) -> str:
    if not isinstance(told, str):
        raise TypeError("words expected")
    return told


def _permille(told: object) -> int | None:
    return None if told is None else _number(told)


def _number(told: object) -> int:
    if not isinstance(told, int) or isinstance(told, bool):
        raise TypeError("a number expected")
    return told


def _list(told: object) -> list:  # type: ignore[type-arg]
    if not isinstance(told, list):
        raise TypeError("a list expected")
    return told
