"""Which captures say the same in the same words, and how: linked, never merged.

Two documents that share their wording but differ in a number, a date or a place are two things from one
template (two towns under two alerts), not copies of one. A rewrite shares sentences and figures with an earlier
text of another source. What this cannot see is a rewrite in wholly other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from backread.group.shingles import Index, containment, sketch
from backread.values.capture import Capture, by_id
from backread.values.dossier import Likeness, Link
from backread.values.source import Genre, Terms

_LEAST = 0.2
_SAME = 0.95
_TEMPLATE = 0.35
_TELLING = re.compile(r"\$?\d[\d,.:/-]*\d|\d|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_PROPER = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+(?: [A-Z][a-z]+)+")


def links(captures: Iterable[Capture]) -> tuple[Link, ...]:
    """The links among `captures`, each from the earlier to the later, the strongest first for each later one."""
    ordered = sorted(captures, key=lambda c: (c.published or c.taken, c.taken, c.id))
    known = by_id(ordered)
    index, found = Index(), []
    for capture in ordered:
        mark = sketch(capture.text)
        for name, _ in index.sharing(mark, _LEAST):
            earlier = known[type(capture.id)(name)]
            if link := like(earlier, capture):
                found.append(link)
        index.add(capture.id, mark)
    return tuple(found)


def like(earlier: Capture, later: Capture) -> Link | None:
    """How `later` is like `earlier`; None when they share too little."""
    share = containment(sketch(earlier.text), sketch(later.text))
    if share < _LEAST:
        return None
    differ = differing(earlier.text, later.text)
    likeness = _likeness(earlier, later, share, differ)
    if likeness is None:
        return None
    return Link(earlier=earlier.id, later=later.id, likeness=likeness, reason=_reason(share, differ))


def differing(one: str, other: str) -> tuple[str, ...]:
    """Numbers, weekdays and names that stand in only one of two texts, the first few in order."""
    first, second = _telling(one), _telling(other)
    return tuple(sorted(first ^ second))


def _likeness(earlier: Capture, later: Capture, share: float, differ: tuple[str, ...]) -> Likeness | None:
    if earlier.url == later.url:
        return Likeness.LATER_VERSION
    if share >= _SAME and not differ:
        return Likeness.SAME_TEXT
    if later.terms in (Terms.NEWSROOM, Terms.WIRE) and earlier.source != later.source:
        return Likeness.REWRITE
    if earlier.genre is Genre.ALERT or earlier.source_name == later.source_name:
        return Likeness.SAME_TEMPLATE if share >= _TEMPLATE else None
    return Likeness.REWRITE if not _only_in(later.text, earlier.text) else Likeness.SAME_TEMPLATE


def _telling(text: str) -> frozenset[str]:
    return frozenset(m.group().rstrip(".,:") for m in _TELLING.finditer(text)) | frozenset(
        m.group() for m in _PROPER.finditer(text)
    )


def _only_in(one: str, other: str) -> frozenset[str]:
    return frozenset(m.group() for m in _TELLING.finditer(one)) - frozenset(
        m.group() for m in _TELLING.finditer(other)
    )


def _reason(share: float, differ: tuple[str, ...]) -> str:
    words = f"{round(share * 100)}% of the shorter one's five-word stretches are the same"
    return f"{words}; they differ in {', '.join(differ[:4])}" if differ else f"{words}; no figure differs"
