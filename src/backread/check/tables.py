"""Whether a figure of a table is told of another of its rows: nine thousand votes that the table has for somebody else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backread.check.counted import Evidence, Seen
from backread.check.worked import cell, label
from backread.text.figures import Figure


def told_of_another_row(claim: Figure, good: Sequence[Seen], evidence: Evidence) -> tuple[Seen, str] | None:
    """The figure that the table has for the one the sentence names, and that one; None where nothing is wrong.

    Only where every agreeing figure stands in a table, its own row is named nowhere near, and exactly one other row is
    named between the figure before and this one.
    """
    if any(cell(seen) is None for seen in good):
        return None
    before, after = _around(claim, evidence)
    rows = _rows(good[0])
    mine = {label(seen) for seen in good}
    if any(_is_named(row, before + after) for row in mine):
        return None
    others = [row for row in rows if row not in mine and _is_named(row, before)]
    if len(others) != 1:
        return None
    is_of_last = others[0] in _rows_of_last(claim, evidence) and not _is_named(others[0], _last_part(before))
    if is_of_last:
        return None
    column = (cell(good[0]) or (0, 0))[1]
    capture = good[0].stretch.capture
    theirs = [s for s in evidence.far if s.stretch.capture == capture and label(s) == others[0]]
    same = [s for s in theirs if (cell(s) or (0, 0))[1] == column]
    return (same[0], others[0]) if same and all(s.figure.value != claim.value for s in theirs) else None


def _rows_of_last(claim: Figure, evidence: Evidence) -> set[str]:
    """The rows that have the figure which the sentence tells just before this one."""
    last = max((c for c in evidence.claims if c.end <= claim.start), key=lambda c: c.end, default=None)
    return {label(seen) for _, seen in evidence.far_answers.get(last, ()) if cell(seen)} if last else set()


def _last_part(words: str) -> str:
    """What follows the last "and": in "4 inches, at Orde Airport, and 34 on the pass" the airport is of the figure before."""
    return re.split(r"\band\b|;", words)[-1]


def _around(claim: Figure, evidence: Evidence) -> tuple[str, str]:
    """The words from the figure before to this one, and from this one to the next."""
    words = evidence.sentence.text
    first = max((c.end for c in evidence.claims if c.end <= claim.start), default=0)
    last = min((c.start for c in evidence.claims if c.start >= claim.end), default=len(words))
    return words[first : claim.start], words[claim.end : last]


def _rows(seen: Seen) -> list[str]:
    lines = (line for line in seen.stretch.capture.text.split("\n") if " | " in line)
    return list(dict.fromkeys(line.split(" | ", 1)[0] for line in lines))


def _is_named(row: str, words: str) -> bool:
    """Whether words name a row: its label, or for a person the last name before a bracket."""
    bare = re.sub(r"\s*\(.*?\)", "", row).strip()
    names = re.findall(r"[A-Z][\w’'-]{2,}", bare)
    return bool(names) and re.search(rf"\b{re.escape(names[-1])}\b", words) is not None
