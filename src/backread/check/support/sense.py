"""Whether words that stand in a source mean the same there: nothing before them turns them, nothing between them is lost.

"The pier will close" stands, word for word, in "Officials denied that the pier will close". And every word of "The board
approved the plan" stands in "The board was asked to approve the plan". So a stretch proves only where it begins as a
clause begins, and a sentence that leaves words out proves only in the source's order, with no governing word left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from backread.text.alignment import IDLE, stem, tokens

_GOVERNORS = """
    not never no nobody nothing none neither nor without cannot deny denied denies reject rejected rejects refuse refused refuses fail
    failed fails false untrue hoax rumor rumour doubt doubts doubted refute refuted dispute disputed disputes wrongly mistake mistaken
    mistakenly if unless whether until would could may might should expected expects asked asks ask urged urges considered considers
    consider considering proposed proposes propose proposal plans planned plan wants want wanted seeks sought seek hopes hope hoped
    intends intended intend likely unlikely possible possibly perhaps probably alleged allegedly alleges accused accuses suspected
    claimed claims believed believes believe reportedly apparently yet nearly almost except only some few most half partly partially
    stopped stop stops delayed delay delays postponed canceled cancelled threatened threatens threaten motion petition request requested
    rather instead barely hardly unclear unknown imagine suppose supposed supposedly will must need
"""
GOVERNORS = frozenset(stem(word) for word in _GOVERNORS.split())
"""What governs the words after it: lost, the rest says something else."""

_BEARING = """or all every each both any many several other another more less than after before since because during against over under
    between off up down out own same very again once why how"""
BEARING = GOVERNORS | {stem(word) for word in _BEARING.split()}
"""What changes a sentence when it is put in, small as it is."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DAYS = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_LEADING = frozenset(
    ["that", "and", "but", "said", "says", "while", "when", "then", "also", "as", "the", "a", "an", *_DAYS]
)
"""Words after which a clause may begin without a mark."""

_FOLLOWERS = IDLE | {"said", "says", "according", *_DAYS}
"""Words before which a clause may end without a mark."""

_CLAUSE_ENDS = re.compile(r"[;—]|[.:?!][”\"’)]*\s|\n\s*\n|, (?:and|but|while)\b")
_TURNS_AFTER = re.compile(r"(?i)^[\s,]*(?:if|unless|until|only|except|but not|was false|is false|is not|was not|is unknown|the \w+ (?:said|says), (?:is|was) not)\b|^[^;—.]{0,80}?\b(?:if|unless|by mistake)\b")  # fmt: skip
_ATTACHES = frozenset(
    ["of", "with", "by", "for", "to", "from", "against", "who", "whose", "than", "in", "at", "on"]
)


@dataclass(frozen=True, slots=True)
class Bearing:
    """A word that bears on what a sentence says: how it compares, and where it stands."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def bearing(text: str) -> tuple[Bearing, ...]:
    """The words with content, and the small ones that change a sentence, in order."""
    found = {t.start: Bearing(t.key, t.start, t.end) for t in tokens(text)}
    for match in _WORD.finditer(text):
        small = match.group().lower().replace("’", "'")
        key = "not" if small.endswith("n't") else stem(small)
        if key == "not" or (small in IDLE and key in BEARING and not _is_name(match)):
            found[match.start()] = Bearing(key, match.start(), match.end())
    return tuple(found[at] for at in sorted(found))


def _is_name(match: re.Match[str]) -> bool:
    """The month of May, a man called Will: capitals where no sentence begins."""
    return match.group() in ("May", "Will") and match.start() > 0


def turned(text: str, start: int, end: int) -> str:
    """The word of `text` that turns the stretch from `start` to `end` into something else; '' when it stands free."""
    lead, tail = _lead(text, start), text[end : end + 60]
    for word in reversed(bearing(lead)):
        if word.key in GOVERNORS:
            return lead[word.start : word.end]
    if after := _after(tail):
        return after
    if not _begins(lead):
        return lead.split()[-1]
    return "" if _ends(tail) else tail.split()[0]


def _lead(text: str, start: int) -> str:
    """What stands before a stretch in its own clause."""
    before = text[max(0, start - 300) : start]
    cuts = list(_CLAUSE_ENDS.finditer(before))
    return before[cuts[-1].end() :] if cuts else before


def _begins(lead: str) -> bool:
    """Whether a clause may begin after these words."""
    bare = lead.rstrip(" \t")
    if not bare or not bare[-1].isalnum():
        return True
    last = bare.split()[-1].lower()
    return last in _LEADING or last.isdigit()


def _ends(tail: str) -> bool:
    """Whether a clause may end before these words."""
    bare = tail.lstrip(" \t")
    if not bare or not bare[0].isalnum() or bare[0].isdigit():
        return True
    word = _WORD.match(bare)
    return word is not None and word.group().lower() in _FOLLOWERS


def in_order(wanted: tuple[Bearing, ...], text: str, exempt: frozenset[str]) -> str | None:
    """None when the wanted words stand in `text` in their order with no governing word left out; else the word that
    stands in the way, '' when it is the order. Words in `exempt` need not stand there."""
    there = bearing(text)
    keys = {word.key for word in there}
    sought = [word.key for word in wanted if word.key in keys or word.key not in exempt]
    if not sought:
        return None
    trouble: str | None = ""
    for first, last in _runs(sought, there):
        lead = _lead(text, there[first].start)
        lost = [
            words[w.start : w.end]
            for words, told in ((lead, bearing(lead)), (text, there[first : last + 1]))
            for w in told
            if w.key in GOVERNORS and w.key not in sought
        ]
        after = _after(text[there[last].end :])
        if not lost and not after and _may_lead(lead):
            return None
        trouble = after or next(iter(lost), "")
    return trouble


def _after(tail: str) -> str:
    """The words behind a stretch that turn it; '' when none do."""
    found = _TURNS_AFTER.match(tail[:90])
    return found.group().split()[-1].strip(" ,") if found else ""


def _may_lead(lead: str) -> bool:
    """Whether these words may be left out before a clause: titles, an adjective, what ends in a mark."""
    words = lead.split()
    while words and words[-1][:1].isupper() and words[-1][-1:].isalnum():
        words.pop()
    if not words or _begins(" ".join(words)):
        return True
    return len(words) == 2 and words[0].lower() in _LEADING and words[1].lower() not in _ATTACHES


def _runs(sought: list[str], there: tuple[Bearing, ...]) -> Iterator[tuple[int, int]]:
    """The tightest stretches of words, as first and last index, that hold the sought ones in order; at most five."""
    at = 0
    for _ in range(5 if sought else 0):
        last = at - 1
        for key in sought:
            last = next((n for n in range(last + 1, len(there)) if there[n].key == key), len(there))
            if last == len(there):
                return
        first = last + 1
        for key in reversed(sought):
            first = next(n for n in range(first - 1, -1, -1) if there[n].key == key)
        yield first, last
        at = first + 1
