"""News value: reasons an editor would give, each with its points and the words that show it.

The points rank a queue; they never decide truth. The rules are listed by hand, the weightiest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from backread.values.capture import Capture
from backread.values.dossier import Reason

_RULES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    (
        "safety",
        25,
        re.compile(
            r"(?i)\b(?:flood(?:ing)?|fire|evacuat\w+|boil-water|advisory|warning|emergency|unsafe|outbreak|crash|shooting|tornado|hurricane|bacteria)\b"
        ),
    ),
    (
        "a deadline or a date to act on",
        15,
        re.compile(r"(?i)\b(?:deadline|by (?:[A-Z][a-z]+\.? \d+)|will close|public hearing|expires?)\b"),
    ),
    (
        "a vote",
        15,
        re.compile(
            r"\b(?:voted?|passed|approved|adopted)\b[^.]{0,40}\b\d{1,2}-\d{1,2}\b|\bordinance\b",
            re.IGNORECASE,
        ),
    ),
    ("public money", 12, re.compile(r"\$\d[\d,.]*(?: (?:million|billion))?")),
    (
        "people's homes",
        12,
        re.compile(r"(?i)\b(?:\d[\d,]* (?:homes|parcels|families|customers|people)|vacated|rentals)\b"),
    ),
    ("a charge or an arrest", 12, re.compile(r"(?i)\b(?:arrested|charged with|indicted|count of)\b")),
    (
        "schools, roads or services",
        8,
        re.compile(r"(?i)\b(?:school|road|bridge|detour|library|bus|beach(?:es)?)\b"),
    ),
    ("people who disagree", 6, re.compile(r"(?i)\b(?:criticized|opposed|voting no|disagree\w*|objected)\b")),
)


def news_value(captures: Iterable[Capture], local: bool) -> tuple[int, tuple[Reason, ...]]:
    """Points from 0 to 100, and the reasons with the passage that shows each. Nothing local is worth at most 10."""
    held = tuple(captures)
    points, reasons = (20 if local else 0), []
    for words, weight, pattern in _RULES:
        for capture in held:
            if found := pattern.search(capture.text):
                points += weight
                reasons.append(Reason(words=words, passages=(capture.passage(found.start(), found.end()),)))
                break
    return min(points, 100 if local else 10), tuple(reasons)
