"""Cut running text into sentences: nupunkt's boundaries, mended where news copy needs it.

A quotation of several sentences stays one: cut inside, half a quotation would stand without its speaker.
Offsets count code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import nupunkt

from backread.text.lexicon import WEEKDAY

_CLOCK = re.compile(r"[ap]\.m\.[”\"’]?\s+(?=[\"“]?[A-Z])")
_QUOTED_END = re.compile(r"\b(?:Inc|Co|Corp|Ltd|Jr|Sr|Bros|etc)\.[”\"]\s+(?=[A-Z“\"])|[”]\.(?=“)|[.?!]”(?=“)")
"""Where a quotation's end ends the sentence too, though an abbreviation or a lost space hides it."""
_DAY = re.compile(rf"\W*{WEEKDAY}|\W*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\W*[A-Z]{{2,4}}\b")


@lru_cache(maxsize=4096)
def split(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of the sentences, without the white space around them; together they hold every word."""
    ends = (0, *_paragraph_ends(text), len(text))
    whole = [span for first, last in pairwise(ends) for span in _quotations(text, first, last)]
    found = {*_boundaries(text), *_clocks(text), *_marked(text)}
    cuts = sorted({*ends, *(cut for cut in found if not _parts_speaker(text, cut))})
    spans = pairwise([*_outside(cuts, whole)])
    return tuple(_bare(text, start, end) for start, end in spans if text[start:end].strip())


_ASKS = re.compile(r"[?!][”\"]\s*\Z")
_SPEAKER = re.compile(
    r"(?:[A-Z][\w.’'-]*\s){1,4}(?:said|asked|added|wrote|says|told|continued|shouted|wondered)\b"
)


def _parts_speaker(text: str, cut: int) -> bool:
    """Whether a cut would part a quotation that asks or shouts from the one who says it: “Is it open?” Orde asked."""
    return bool(_ASKS.search(text[max(0, cut - 6) : cut])) and bool(_SPEAKER.match(text, cut))


def _outside(cuts: list[int], whole: list[tuple[int, int]]) -> Iterator[int]:
    """The cuts that fall into no quotation. Both lists are in order, so that no text is looked at twice."""
    at = 0
    for cut in cuts:
        while at < len(whole) and whole[at][1] <= cut:
            at += 1
        if at == len(whole) or not whole[at][0] < cut < whole[at][1]:
            yield cut


def _quotations(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The quotations of one paragraph, in order. One that nothing closes runs to its end, as copy of several paragraphs
    is set; but where the next mark opens another one, the closing mark was forgotten, and it holds nothing together."""
    marks = [m for m in _MARK.finditer(text, first, last) if not _is_measure(text, m.start())]
    if _is_nested([m.group() for m in marks]):
        yield from _outer(marks)
        return
    for mark, after in pairwise([*marks, None]):
        if mark is not None and _opens(text, mark):
            if after is None:
                yield mark.start(), last
            elif not _opens(text, after):
                yield mark.start(), after.end()


_MARK = re.compile(r"[“”\"]")


def _is_measure(text: str, at: int) -> bool:
    """Inches: a straight mark right after a digit that no straight mark before it has opened on its line."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return text[at] == '"' and line[-1:].isdigit() and line.count('"') % 2 == 0


def _opens(text: str, mark: re.Match[str]) -> bool:
    if mark.group() != '"':
        return mark.group() == "“"
    before, after = text[max(0, mark.start() - 1) : mark.start()], text[mark.end() : mark.end() + 1]
    return (not before or before.isspace() or before in "([—–-“‘'") and not (not after or after.isspace())


def _is_nested(marks: list[str]) -> bool:
    """Whether curly marks stand in each other and all of them close."""
    depth = deepest = 0
    for mark in marks:
        depth += {"“": 1, "”": -1}.get(mark, 0)
        deepest = max(deepest, depth)
        if depth < 0:
            return False
    return depth == 0 and deepest > 1 and '"' not in marks


def _outer(marks: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    depth = start = 0
    for mark in marks:
        start = mark.start() if depth == 0 else start
        depth += 1 if mark.group() == "“" else -1
        if depth == 0:
            yield start, mark.end()


_AFTER_TITLE = re.compile(
    r"(?<![\w.])(?:Lt|Sgt|Cpl|Capt|Cmdr|Det|Supt|Gov|Sen|Rep|Rev|Prof|Cllr|Insp|Messrs)\.\s*\Z"
)
"""A short title, which a name follows; nothing ends behind it."""


def _boundaries(text: str) -> list[int]:
    ends = (end for _, end in nupunkt.sent_spans(text))
    return [end for end in ends if not _AFTER_TITLE.search(text[max(0, end - 12) : end])]


def _clocks(text: str) -> list[int]:
    return [match.end() for match in _CLOCK.finditer(text) if not _DAY.match(text, match.end())]


_BEFORE_MARK = re.compile(r"(?P<word>[a-z]{3,})[.?!]\s+(?=“[A-Z])")
_TITLES = frozenset({"prof", "capt", "supt", "sens", "reps", "cmdr", "rev", "gov", "gen", "sen", "rep", "sgt", "maj", "det", "hon"})  # fmt: skip


def _marked(text: str) -> list[int]:
    """Ends that a quotation mark shows: after its closing, and before the next opening."""
    opened = [m.end() for m in _BEFORE_MARK.finditer(text) if _word_before(text, m) not in _TITLES]
    return [*opened, *(m.end() for m in _QUOTED_END.finditer(text))]


def _word_before(text: str, found: re.Match[str]) -> str:
    start = found.start()
    return text[start - 1 : found.end("word")].strip().lower() if start else found["word"]


def _paragraph_ends(text: str) -> list[int]:
    return [match.end() for match in re.finditer(r"\n\s*\n", text)]


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())
