"""Which words of a sentence its passages do not say."""

from __future__ import annotations

import re

from backread.check.base import Context
from backread.check.scope import Stretch
from backread.text import dates, figures, names, quotations
from backread.text.alignment import keys, stem, tokens
from backread.text.wording import locate, wording
from backread.values.capture import Passage

_SAYING = "marked said say says told added according wrote report statement release agency office department spokesman spokeswoman"
_ATTRIBUTION = frozenset(stem(word) for word in _SAYING.split())
_TAIL = re.compile(
    r",?\s+(?:according to [^,;]{2,90}|(?:the |an? )?[^,;.]{2,80}? (?:said|says|found|wrote|shows?|added|told [^,;.]{2,40})"
    r"(?:\s(?:in|on|at|during)\s[^,;]{2,60})?)\.?$"
)
_LEAD = re.compile(r"^According to [^,;]{2,90},\s+")


def stands_verbatim(sentence: str, stretches: tuple[Stretch, ...]) -> tuple[Passage, ...]:
    """The stretches that hold the sentence, or the sentence without who said it, word for word; empty if none does."""
    for words in dict.fromkeys((sentence, _without_attribution(sentence, stretches))):
        for stretch in stretches:
            found = locate(wording(words), wording(stretch.text)) if words else None
            if found:
                return tuple(stretch.passage(start, end) for start, end in found)
    return ()


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
    return bare if bare != sentence and keys(told) <= known and len(keys(bare)) >= 3 else ""


def _about(stretches: tuple[Stretch, ...]) -> frozenset[str]:
    """Words that say whose the passages are."""
    told = {w for s in stretches for w in (s.capture.title, s.capture.source_name, s.capture.agency) if w}
    return _ATTRIBUTION.union(*(keys(words) for words in told))


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
