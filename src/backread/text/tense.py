"""Whether the words around a mention of time say that it is over or to come."""

from __future__ import annotations

import re

_FUTURE = re.compile(
    r"\b(?:will|would|shall|is (?:scheduled|set|expected|due|to)|are (?:scheduled|set|expected|due|to)|scheduled|plans?|"
    r"begins?|starts?|opens?|closes?|takes effect|meets?|upcoming|deadline|expires?|next|set for)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|has|said|told|\w{2,}ed|held|met|took|began|won|lost|came|went|made|found|since)\b"
)


def is_past(text: str, start: int, end: int) -> bool | None:
    """What the words around a mention say: True it is over, False it is to come, None when they do not tell."""
    left = re.split(r"[.;:“”\"\n]\s", text[max(0, start - 90) : start])[-1]
    right = re.split(r"[.;:“”\"\n](?:\s|\Z)", text[end : end + 60])[0]
    left = re.sub(r"\bbe \w+", "be", left)
    near = left[-45:] + " | " + right[:30]
    if re.search(r"\b(?:until|through|by)\s+\Z", left):
        return None if _PAST.search(left) else False
    future, past = bool(_FUTURE.search(near)), bool(_PAST.search(left) or _PAST.search(right))
    return None if future == past else past
