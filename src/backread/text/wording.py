"""The words of a text without its marks, to tell a quotation that stands in a source from one that nearly does.

`locate` finds a quotation word for word (parts joined by an ellipsis in order, a bracketed insertion
standing for up to eight words); `closest` finds the stretch that comes nearest, with the words that differ.
Both are bounded: a hostile text costs no more than a long one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match as Block
from difflib import SequenceMatcher
from functools import lru_cache

from backread.text.fold import fold

_WORD = re.compile(r"\[[^\[\]\n]{1,80}\]\w*|\.\.\.|[$€£]?\w+(?:['.,:/&@-]\w+)*(?:%|'(?=\s|\Z))?")
_GAP = "..."
_ANY = "[]"
_BRACKET_MOST, _GAP_MOST, _OCCURRENCES, _WORDS_MOST = 8, 250, 400, 600
_ENOUGH = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of a text, lower case and folded; `starts` and `ends` frame each in the original text."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    places: dict[str, list[int]]

    def stretch(self, first: int, last: int) -> tuple[int, int]:
        """The original stretch from word `first` up to, not including, word `last`."""
        return self.starts[first], self.ends[last - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A near match: `share` of the wanted words found, `changes` as (source words, wanted words), `stretches` in the source."""

    share: float
    changes: tuple[tuple[str, str], ...]
    stretches: tuple[tuple[int, int], ...]
    stitched: bool = False


@lru_cache(maxsize=128)
def wording(text: str) -> Wording:
    """The words of `text`, its ellipses as "..." and its bracketed insertions as "[]"."""
    folded = fold(text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    places: dict[str, list[int]] = {}
    for match in _WORD.finditer(folded.text):
        for word in _read(match.group()):
            places.setdefault(word, []).append(len(words))
            words.append(word)
            start, end = folded.original(*match.span())
            starts.append(start)
            ends.append(end)
    return Wording(words=tuple(words), starts=tuple(starts), ends=tuple(ends), places=places)


def locate(wanted: Wording, source: Wording) -> tuple[tuple[int, int], ...] | None:
    """Where `wanted` stands word for word in `source`: a stretch for each part between ellipses, in order; else None."""
    return next(places(wanted, source), None)


def places(wanted: Wording, source: Wording) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every place where `wanted` stands word for word in `source`, in order, each as `locate` gives it."""
    parts = _parts(wanted.words)
    for first in _begin(parts[0], source) if parts else ():
        found = [first]
        for part in parts[1:]:
            after = next(_begin(part, source, found[-1][1], found[-1][1] + _GAP_MOST), None)
            if after is None:
                break
            found.append(after)
        else:
            yield tuple(source.stretch(*stretch) for stretch in found)


def closest(wanted: Wording, source: Wording) -> Match | None:
    """The stretch of `source` that most of the words of `wanted` come from; None below three words or three fifths."""
    words = [w for w in wanted.words if w not in (_GAP, _ANY)][:_WORDS_MOST]
    if len(words) < 3:
        return None
    best = max(
        (_compare(words, source, at) for at in _diagonals(words, source)), key=lambda m: m.share, default=None
    )
    stitched = _stitched(words, source)
    if stitched and (best is None or stitched.share > best.share):
        return stitched
    return best if best and best.share >= _ENOUGH and _has_weight(words, best) else None


def _has_weight(words: Sequence[str], match: Match) -> bool:
    """A short match of small words alone is chance ("of the ... in the")."""
    changed = {word for _, mine in match.changes for word in mine.split()}
    kept = [word for word in words if word not in changed]
    return len(kept) >= 2 and sum(len(word) >= 4 for word in kept) >= 2


def _read(word: str) -> Iterator[str]:
    if word == "...":
        yield _GAP
    elif word.startswith("["):
        inside, _, tail = word[1:].partition("]")
        if len(inside) == 1 and tail:
            yield (inside + tail).lower()
        else:
            yield _ANY
    else:
        # A hyphen or dash between words is written in many ways: compare the words on both sides.
        yield from (part.lower().replace(",", "").strip("'") for part in re.split(r"-", word) if part)


def _parts(words: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word == _GAP:
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if any(word != _ANY for word in part)]


def _begin(
    part: Sequence[str], source: Wording, low: int = 0, high: int | None = None
) -> Iterator[tuple[int, int]]:
    """Each place where `part` stands; it starts at its rarest sure word, so that common words cost nothing."""
    plain = [w for w in part if w != _ANY]
    anchor = 0
    while part[anchor] == _ANY:
        anchor += 1
    if _ANY not in part:
        rare = min(range(len(part)), key=lambda i: len(source.places.get(part[i], ())))
        for place in source.places.get(part[rare], ()):
            start = place - rare
            if (
                start >= low
                and (high is None or start <= high)
                and source.words[start : start + len(part)] == tuple(part)
            ):
                yield start, start + len(part)
        return
    for place in source.places.get(plain[0], ())[:_OCCURRENCES]:
        if place >= low and (high is None or place <= high):
            end = _follow(part, anchor, source.words, place)
            if end is not None:
                yield place, end


def _follow(part: Sequence[str], at: int, words: Sequence[str], place: int) -> int | None:
    """Where `part` from its word `at` ends when it starts at `place`; "[]" stands for up to eight words or none."""
    ends = {place}
    loose = False
    for word in part[at:]:
        if word == _ANY:
            loose = True
            continue
        reach = _BRACKET_MOST if loose else 0
        ends = {
            e + skip + 1
            for e in ends
            for skip in range(reach + 1)
            if words[e + skip : e + skip + 1] == (word,)
        }
        loose = False
        if not ends:
            return None
    return min(ends)


def _diagonals(words: Sequence[str], source: Wording) -> list[int]:
    votes: Counter[int] = Counter()
    for index, word in enumerate(words):
        places = source.places.get(word, ())
        weight = 2 if len(places) <= 5 else 1
        for place in places[:_OCCURRENCES]:
            votes[(place - index) // 4] += weight
    both = Counter({at: count + votes[at + 1] for at, count in votes.items()})
    return [at * 4 for at, _ in both.most_common(3)]


def _compare(words: Sequence[str], source: Wording, at: int) -> Match:
    slack = 4 + len(words) // 3
    low, high = max(0, at - slack), min(len(source.words), at + len(words) + slack + 8)
    window = source.words[low:high]
    blocks = SequenceMatcher(None, words, window, autojunk=False).get_matching_blocks()
    blocks = [block for block in blocks if block.size]
    if not blocks:
        return Match(share=0.0, changes=(), stretches=())
    changes = tuple(_changes(words, window, blocks))
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
    spread = max(last - first - len(words), 0)
    share = sum(block.size for block in blocks) / (len(words) + spread / 2)
    return Match(share=share, changes=changes, stretches=(source.stretch(low + first, low + last),))


def _changes(
    words: Sequence[str], window: Sequence[str], blocks: Sequence[Block]
) -> Iterator[tuple[str, str]]:
    mine, theirs = 0, -1
    for a, b, size in blocks:
        said = (
            " ".join(window[theirs:b])
            if theirs is not None
            else " ".join(window[max(0, b - a) : b])
            if a
            else ""
        )
        if said or words[mine:a]:
            yield said, " ".join(words[mine:a])
        mine, theirs = a + size, b + size
    if words[mine:]:
        yield " ".join(window[theirs : theirs + len(words) - mine]), " ".join(words[mine:])


def _stitched(words: Sequence[str], source: Wording) -> Match | None:
    """Two or three runs of at least three words from different places that make up the whole quotation."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(words) and len(runs) < 4:
        place, size = _longest(words, at, source)
        if size < 3:
            return None
        runs.append((place, place + size))
        at += size
    if at < len(words) or not 2 <= len(runs) <= 3:
        return None
    return Match(share=0.99, changes=(), stretches=tuple(source.stretch(*run) for run in runs), stitched=True)


def _longest(words: Sequence[str], at: int, source: Wording) -> tuple[int, int]:
    best = (0, 0)
    for place in source.places.get(words[at], ())[:_OCCURRENCES]:
        size = 0
        while at + size < len(words) and source.words[place + size : place + size + 1] == (words[at + size],):
            size += 1
        if size > best[1]:
            best = (place, size)
    return best
