"""Lay a sentence beside the words it rests on: which of its words stand there, which do not.

Words are compared folded, in lower case and by a light stem; words that carry no content (articles, prepositions,
auxiliaries) are left out. Offsets count code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from backread.text.fold import fold

_IDLE_WORDS = """
a an the of to in on at by for from with without as and or but nor so if than then that which who
whom whose this these those it its he she they them his her their him is are was were be been being
has have had do does did will would shall should can could may might must not no also only just
there here when while where after before until since during over under into out up down off about
through between among against per via each every both all any some such other another more most very
own same i we you our your my me us s t
"""
IDLE = frozenset(_IDLE_WORDS.split())
"""Words without content of their own; negation and hedges are compared apart (see check `support`)."""

_WORD = re.compile(r"[$€£]?\d[\d,.:/]*\d|[$€£]?\d+%?|[^\W\d_]+(?:'[^\W\d_]+)*")
_ENDINGS = (
    "ational",
    "ization",
    "ements",
    "ations",
    "ement",
    "ation",
    "ments",
    "ings",
    "ment",
    "ies",
    "ing",
    "ied",
    "ers",
    "ed",
    "es",
    "er",
    "ly",
    "s",
)
_SAME = {
    "said": "say", "says": "say", "told": "say", "saying": "say", "voted": "vote", "votes": "vote", "held": "hold", "met": "meet",
    "gave": "give", "given": "give", "paid": "pay", "built": "build", "began": "begin", "begun": "begin", "went": "go", "made": "make",
    "took": "take", "taken": "take", "found": "find", "left": "leave", "led": "lead", "sent": "send", "spoke": "speak",
    "wrote": "write", "written": "write", "drew": "draw", "drawn": "draw", "men": "man", "women": "woman", "people": "person",
    "children": "child", "percent": "%", "per cent": "%",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word with content: where it stands and how it compares."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """`share` of the content words that stand in the evidence (1.0 when there are none), and those that do not."""

    share: float
    missing: tuple[Token, ...]


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[Token, ...]:
    """The words with content in `text`, in order."""
    folded = fold(text)
    found = []
    for match in _WORD.finditer(folded.text):
        key = stem(match.group().lower())
        if key and match.group().lower() not in IDLE:
            start, end = folded.original(*match.span())
            found.append(Token(start=start, end=end, key=key))
    return tuple(found)


@lru_cache(maxsize=8192)
def keys(text: str) -> frozenset[str]:
    """The words with content as they compare."""
    return frozenset(token.key for token in tokens(text))


def align(sentence: str, evidence: Iterable[str], known: frozenset[str] = frozenset()) -> Alignment:
    """How much of `sentence` stands in the evidence texts, or among the `known` words."""
    there = known.union(*(keys(text) for text in evidence))
    wanted = tokens(sentence)
    missing = tuple(token for token in wanted if token.key not in there)
    return Alignment(share=1 - len(missing) / len(wanted) if wanted else 1.0, missing=missing)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A light stem: irregular forms by table, regular endings cut while three letters stay."""
    word = word.removesuffix("'s").removesuffix("s'")
    if word in _SAME:
        return _SAME[word]
    if not word.isalpha():
        return word.rstrip(".:/")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            cut = word[: -len(ending)]
            cut = cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "sl" else cut
            return (cut + "y" if ending in ("ies", "ied") else cut).rstrip("e") or cut
    return word.rstrip("e") if len(word) > 3 else word
