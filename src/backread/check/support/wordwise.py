"""Which words of a sentence its passages do not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from backread.check.base import Context
from backread.check.scope import Stretch
from backread.check.support.sense import Bearing, bearing, in_order, turned
from backread.text import dates, figures, names, quotations
from backread.text.alignment import keys, stem, tokens
from backread.text.lexicon import ABBREVIATED_BODIES
from backread.text.sentences import split
from backread.text.wording import locate, wording
from backread.values.capture import Passage

_SAYING = "marked said say says told added according report statement release agency office department spokesman spokeswoman"
_ATTRIBUTION = frozenset(stem(word) for word in _SAYING.split())
_TAIL = re.compile(
    r",?\s+(?:according to [^,;]{2,90}|(?:the |an? )?(?:[^,;.]|(?<=\b[A-Z])\.){2,80}? (?:said|says|found|wrote|shows?|added|told [^,;.]{2,40})"
    r"(?:\s(?:in|on|at|during)\s[^,;]{2,60})?)\.?$"
)
_LEAD = re.compile(r"^According to [^,;]{2,90},\s+")
_SEAM = re.compile(r"[;—:]\s*|, (?:and|but|which|who)\b")
_OCCURRENCES = 4


def stands_verbatim(sentence: str, stretches: tuple[Stretch, ...]) -> tuple[Passage, ...]:
    """The stretches that hold the sentence, or the sentence without who said it, word for word and unturned; else empty."""
    for words in dict.fromkeys((sentence, _without_attribution(sentence, stretches))):
        for stretch in stretches if words else ():
            for found in _places(words, stretch.text):
                if not turned(stretch.text, found[0][0], found[-1][1]):
                    return tuple(stretch.passage(start, end) for start, end in found)
    return ()


def _places(words: str, text: str) -> Iterator[tuple[tuple[int, int], ...]]:
    """Where the words stand in `text`, the first few times."""
    offset = 0
    for _ in range(_OCCURRENCES):
        found = locate(wording(words), wording(text[offset:]))
        if not found:
            return
        yield tuple((start + offset, end + offset) for start, end in found)
        offset += found[0][1]


def not_so(
    sentence: str, stretches: tuple[Stretch, ...], context: Context
) -> tuple[tuple[int, int, str], ...]:
    """The clauses whose words stand in the passages but not in this sense, each with the word in the way ('': the order)."""
    bare = quotations.outside(sentence)
    core = _without_attribution(bare, stretches) or bare
    begin = bare.find(core)
    words = _sought(bare, begin, begin + len(core))
    exempt = _about(stretches) | _loose(bare, context)
    sources = [s.text[start:end] for s in stretches for start, end in split(s.text)]
    if _is_told(words, sources, exempt) is None:
        return ()
    told = []
    for start, end in _clauses(core, begin):
        part = tuple(word for word in words if start <= word.start < end)
        trouble = _is_told(part, sources, exempt) if part else None
        if trouble is not None:
            told.append((part[0].start, part[-1].end, trouble))
    return tuple(told)


def _sought(bare: str, start: int, end: int) -> tuple[Bearing, ...]:
    """The words to look for: dates move freely in a sentence and are left to their own check."""
    free = [(mention.start, mention.end) for mention in dates.find(bare)]
    return tuple(w for w in bearing(bare) if start <= w.start < end and not _inside(w.start, free))


def _loose(bare: str, context: Context) -> frozenset[str]:
    """What need not stand in the same source sentence: first names and titles, and figures, which may be written anew."""
    figured = [(figure.start, figure.end) for figure in figures.find(bare)]
    leading = [tokens(bare[name.start : name.end])[:-1] for name in names.find(bare, context.area)]
    counted = [t.key for t in tokens(bare) if _inside(t.start, figured)]
    return frozenset(token.key for part in leading for token in part) | frozenset(counted)


def _is_told(words: tuple[Bearing, ...], sources: list[str], exempt: frozenset[str]) -> str | None:
    """None when one source sentence says it so; else the word in the way of the one that comes nearest."""
    trouble = ""
    for source in sources:
        found = in_order(words, source, exempt)
        if found is None:
            return None
        trouble = trouble or found
    return trouble


def _clauses(core: str, begin: int) -> Iterator[tuple[int, int]]:
    """The parts of a sentence that may rest on different source sentences."""
    at = 0
    for match in _SEAM.finditer(core):
        yield begin + at, begin + match.start()
        at = match.end()
    yield begin + at, begin + len(core)


def missing(sentence: str, stretches: tuple[Stretch, ...], context: Context) -> tuple[tuple[int, int], ...]:
    """The stretches of `sentence` that no cited paragraph says, as offsets into it."""
    bare = quotations.outside(sentence)
    apart = _apart(bare)
    there = frozenset[str]().union(*(keys(stretch.text) for stretch in stretches)) | _about(stretches)
    named = frozenset[str]().union(*(keys(stretch.capture.text) for stretch in stretches))
    name_spans = [(name.start, name.end) for name in names.find(bare, context.area)]
    lost = [
        (token.start, token.end)
        for token in tokens(bare)
        if token.key not in there
        and not _inside(token.start, apart)
        and not (_inside(token.start, name_spans) and token.key in named)
    ]
    return _joined(lost, sentence)


def _without_attribution(sentence: str, stretches: tuple[Stretch, ...]) -> str:
    """The sentence without a lead or tail that says whose words they are; '' when it names somebody unknown here."""
    bare = _LEAD.sub("", _TAIL.sub("", sentence))
    told = sentence.replace(bare, " ")
    known = _about(stretches) | frozenset[str]().union(*(keys(s.capture.text) for s in stretches))
    return bare if bare != sentence and keys(told) <= known and len(keys(bare)) >= 2 else ""


def _about(stretches: tuple[Stretch, ...]) -> frozenset[str]:
    """Words that say whose the passages are."""
    told = {w for s in stretches for w in (s.capture.title, s.capture.source_name, s.capture.agency) if w}
    told |= {long for s in stretches for long in _bodies(s.capture.text)}
    return _ATTRIBUTION.union(*(keys(words) for words in told))


@lru_cache(maxsize=256)
def _bodies(text: str) -> tuple[str, ...]:
    """The bodies that a text names by their short form."""
    return tuple(
        long
        for long, shorts in ABBREVIATED_BODIES.items()
        if any(re.search(rf"\b{re.escape(short)}\b", text) for short in shorts)
    )


def _apart(words: str) -> list[tuple[int, int]]:
    """Figures and dates, which their own checks answer for."""
    found = [(figure.start, figure.end) for figure in figures.find(words)]
    return found + [(mention.start, mention.end) for mention in dates.find(words)]


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _joined(spans: list[tuple[int, int]], sentence: str) -> tuple[tuple[int, int], ...]:
    """Neighbours as one stretch, so that an editor is asked once."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if (
            joined
            and not re.search(r"[,;:—]", sentence[joined[-1][1] : start])
            and start - joined[-1][1] < 12
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
