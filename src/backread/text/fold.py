"""Text as it compares: typographic quotes, dashes, spaces and ellipses made alike, case untouched.

Every folded character knows the stretch of the original it came from, so a match can be shown where it
stands. Offsets count code points.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SAME = {
    **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("‐‑‒–−﹣－", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}
_DASH = r"\s*(?:—|―|--+)\s*|\s+[-–−]\s+"
_ELLIPSIS = r"\s*(?:…|\.(?:\s?\.){2,})\s*"
_PIECE = re.compile(
    rf"{_DASH}|{_ELLIPSIS}|\s+|[{re.escape(''.join(_SAME))}]|[^\s\u0300-\u036f][\u0300-\u036f]+"
)
_IS_ELLIPSIS = re.compile(rf"(?:{_ELLIPSIS})\Z")
_IS_DASH = re.compile(rf"(?:{_DASH})\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """`text` as it compares; `offsets[i]` and `ends[i]` frame its character i in the original."""

    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original stretch behind the folded stretch from `start` to `end` (not empty)."""
        return self.offsets[start], self.ends[end - 1]


@lru_cache(maxsize=256)
def fold(text: str) -> Folded:
    """`text` folded. Linear in its length; kept for the texts folded last."""
    pieces: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    done = 0
    for piece in _PIECE.finditer(text):
        start, end = piece.span()
        _keep(text, done, start, pieces, offsets, ends)
        instead = _instead(piece.group())
        pieces.append(instead)
        offsets.extend([start] * len(instead))
        ends.extend([end] * len(instead))
        done = end
    _keep(text, done, len(text), pieces, offsets, ends)
    return Folded(text="".join(pieces), offsets=tuple(offsets), ends=tuple(ends))


def find(needle: str, haystack: str) -> tuple[int, int] | None:
    """Where `needle` stands in `haystack` as whole words, verbatim after folding; the first place, in original offsets."""
    wanted = fold(needle).text.strip()
    where = fold(haystack)
    at = where.text.find(wanted) if wanted else -1
    while at >= 0:
        if _whole(where.text, at, at + len(wanted)):
            return where.original(at, at + len(wanted))
        at = where.text.find(wanted, at + 1)
    return None


def _keep(text: str, start: int, end: int, pieces: list[str], offsets: list[int], ends: list[int]) -> None:
    if start < end:
        pieces.append(text[start:end])
        offsets.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))


def _instead(piece: str) -> str:
    if piece in _SAME:
        return _SAME[piece]
    if _IS_ELLIPSIS.match(piece):
        return " ... "
    if _IS_DASH.match(piece):
        return " - "
    if piece.isspace():
        return " "
    return unicodedata.normalize("NFC", piece)


def _whole(text: str, start: int, end: int) -> bool:
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    after = end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum())
    return before and after
