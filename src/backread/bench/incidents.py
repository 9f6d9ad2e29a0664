"""Whether known failures are caught, and their mended twins let through.

A case is caught when each finding it expects is there. A clean story (one that expects none) or a twin is a false
alarm when any sentence of it is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from backread.adapters.verifiers.small import small
from backread.bench.clean import Scored, blockers, objections
from backread.bench.folders import Case, met, read_cases
from backread.values.report import Report


def run(path: Path | None, limit: int, scored: Scored = lambda _: None) -> Mapping[str, object]:
    """Check each case and its twin. Raises BadInput for a folder without stories."""
    cases, clean, missed, alarms = 0, 0, [], []
    for case in read_cases(path, limit):
        if case.expected:
            cases += 1
            lacking = _lacking(case)
            missed += [case.name] if lacking else []
            scored({"id": case.name, "outcome": "missed" if lacking else "caught", "lacking": lacking})
        for name, report in _mended(case):
            clean += 1
            alarms += [name] if report.open else []
            scored({"id": name, "outcome": "open" if report.open else "clear", "open": _open(report)})
    return {
        "cases": cases,
        "caught": cases - len(missed),
        "clean": clean,
        "false_alarms": len(alarms),
        "missed": missed,
        "alarmed": alarms,
    }


def _lacking(case: Case) -> list[str]:
    report = case.check(case.story, small())
    return [f"{' or '.join(sorted(e.checks))} on “{e.text}”" for e in case.expected if not met(e, report)]


def _mended(case: Case) -> list[tuple[str, Report]]:
    if case.twin:
        return [(f"{case.name}/twin", case.check(case.twin, small()))]
    return [] if case.expected else [(case.name, case.check(case.story, small()))]


def _open(report: Report) -> list[Mapping[str, object]]:
    return [{"text": c.sentence.text, "checks": blockers(c), "messages": objections(c)} for c in report.open]
