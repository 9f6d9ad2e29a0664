"""Cut running text into sentences: nupunkt's boundaries, mended where news copy needs it.

A quotation of several sentences stays one: cut inside, half a quotation would stand without its speaker.
Offsets count code points.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

import nupunkt

_CLOCK = re.compile(r"[ap]\.m\.\s+(?=[\"“]?[A-Z])")
_DAY = re.compile(
    r"\W*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\W*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\W*[A-Z]{2,4}\b"
)


@lru_cache(maxsize=4096)
def split(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of the sentences, without the white space around them; together they hold every word."""
    ends = set(_paragraph_ends(text))
    cuts = sorted({0, len(text), *ends, *_boundaries(text), *_clocks(text)})
    spans: list[tuple[int, int]] = []
    inside = _Quotation()
    for start, end in pairwise(cuts):
        if spans and start not in ends and inside.is_open:
            spans[-1] = (spans[-1][0], end)
        else:
            inside = _Quotation()
            spans.append((start, end))
        inside.read(text[start:end])
    return tuple(_bare(text, start, end) for start, end in spans if text[start:end].strip())


class _Quotation:
    """Whether a quotation that began in the words read so far has not ended. Counts, so that no word is read twice."""

    def __init__(self) -> None:
        self._curly = self._straight = 0

    def read(self, words: str) -> None:
        self._curly += words.count("“") - words.count("”")
        self._straight += words.count('"')

    @property
    def is_open(self) -> bool:
        return self._curly > 0 or self._straight % 2 == 1


def _boundaries(text: str) -> list[int]:
    return [end for _, end in nupunkt.sent_spans(text)]


def _clocks(text: str) -> list[int]:
    return [match.end() for match in _CLOCK.finditer(text) if not _DAY.match(text, match.end())]


def _paragraph_ends(text: str) -> list[int]:
    return [match.end() for match in re.finditer(r"\n\s*\n", text)]


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())
