"""Who may be speaking: every mention of somebody in a paragraph, outside its quotations.

A mention is a name with the titles before it, a pronoun, or a description ("the woman", "a spokesman for the
county"). Offsets count code points into the text they were found in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from backread.text.lexicon import CLOSED, NOT_NAMES
from backread.text.speech.cues import PLAIN, SPEAKS


class MentionKind(StrEnum):
    """What a mention's words are."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention of somebody who may speak."""

    start: int
    end: int
    words: str
    kind: MentionKind


_PRONOUN = re.compile(
    r"\b(?:he|she|they|it|i|we|who|one|another|others|both|some|many|everyone)\b", re.IGNORECASE
)
_WORD = r"[^\W\d_][\w’'-]*\.?"
_CAPITAL = r"(?:[A-Z][\w’'&-]*\.?|[A-Z]\.)"
_NAME = re.compile(
    rf"(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ff]ormer|[Tt]hen-)\s(?:[a-z][\w-]*\s){{0,3}}?)?{_CAPITAL}"
    rf"(?:[ \u00a0](?:(?:of|de|la|del|van|von|der|bin|al|the|for|and the)[ \u00a0])?{_CAPITAL}|-[A-Z]\w+){{0,8}}"
)
_DESCRIPTION = re.compile(
    r"\b(?:the|a|an|his|her|their|its|our|my|one|another|some|several|two|three|many|most|other|this|that|these|those)\b"
    r"(?:\s(?!(?:of|for|to|in|on|at|by|with|from|as|that|who|and|or|was|were|is|are|had|has|have|will|would)\b)[a-z][\w’'-]*){1,4}",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b(?:the|a|an)\s\d{1,3}-year-old(?:\s(?!said|says|told|added)[a-z][\w-]*)?", re.IGNORECASE
)
_BARE = re.compile(
    r"\b(?:critics|supporters|opponents|officials|authorities|police|prosecutors|investigators|lawyers|attorneys|experts|analysts|researchers|"
    r"scientists|residents|neighbors|witnesses|protesters|activists|advocates|organizers|reporters|aides|sources|lawmakers|democrats|republicans|"
    r"deputies|firefighters|doctors|teachers|parents|students|workers|people|defense|management|counsel)\b",
    re.IGNORECASE,
)  # fmt: skip
_VERB = re.compile(rf"\s(?:{'|'.join(sorted(w for w in SPEAKS if w in PLAIN or w.endswith('ed')))})\b")
"""Where a description ends: "the engineer said"."""
_OPENERS = CLOSED | {"the", "but", "and"}


def find(text: str, start: int, end: int) -> tuple[Mention, ...]:
    """Every mention between `start` and `end` of a text whose quotations are blanked out, in order, none within another."""
    found: list[Mention] = []
    taken = bytearray(end - start)
    for mention in _all(text, start, end):
        stretch = slice(mention.start - start, mention.end - start)
        if not any(taken[stretch]):
            taken[stretch] = b"\x01" * (mention.end - mention.start)
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _all(text: str, start: int, end: int) -> Iterator[Mention]:
    for match in _NAME.finditer(text, start, end):
        yield from _name(match)
    for pattern, kind in ((_AGED, MentionKind.DESCRIPTION), (_DESCRIPTION, MentionKind.DESCRIPTION), (_BARE, MentionKind.DESCRIPTION), (_PRONOUN, MentionKind.PRONOUN)):  # fmt: skip
        for match in pattern.finditer(text, start, end):
            words = _VERB.split(match.group())[0]
            if " " in words or kind is MentionKind.PRONOUN or pattern is _BARE:
                yield Mention(start=match.start(), end=match.start() + len(words), words=words, kind=kind)


def _name(match: re.Match[str]) -> Iterator[Mention]:
    """The name without a word that only opens the sentence; nothing where no name is left."""
    at, words = match.start(), match.group()
    while first := re.match(rf"({_WORD})\s+", words):
        if first[1].lower().rstrip(".") not in _OPENERS or first[1].lower() in ("the", "a", "an", "his", "her", "their"):  # fmt: skip
            break
        at, words = at + first.end(), words[first.end() :]
    words = re.sub(r"[’']s?$", "", words.rstrip("."))
    capitals = [w for w in re.findall(r"[^\W\d_][\w’'-]*", words) if w[:1].isupper()]
    if any(w.lower() not in NOT_NAMES and w.lower() not in _OPENERS for w in capitals) or (
        capitals and words[:1].islower()
    ):
        yield Mention(start=at, end=at + len(words), words=words, kind=MentionKind.NAME)
