"""Whose words are these: opinion in the outlet's own voice, and claims that lost whoever made them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backread.check.attribution.sources import Said, alike, dossier, places
from backread.check.attribution.words import (
    ATTRIBUTED,
    BELIEVED,
    EFFECT,
    LITERAL,
    OPINIONS,
    Group,
)
from backread.check.base import Context
from backread.check.scope import Verdict, own_words
from backread.text.alignment import tokens
from backread.values.finding import Mark, Outcome
from backread.values.story import Sentence

_SAME_CLAIM, _SAME_BELIEF = 0.6, 0.75
"""The share of a sentence's words that a source's claim must hold to be the same one."""
_GOVERNED = 0.6
"""The share of them that must stand behind the word that says it is believed."""
_AT_THE_END = 30
"""Characters: ", police believe." closes a sentence that is all belief."""
_HEDGED = re.compile(
    r"(?i)\b(?:may|might|could|appear\w*|apparent\w*|possibl\w*|probabl\w*|likely|perhaps|seem\w*|suggest\w*|unclear|whether|if|would)\b"
)


def opinions(sentence: Sentence, context: Context) -> Iterator[Verdict]:
    """A verdict for each judging or adorning phrase that nobody is said to say."""
    words = own_words(sentence, context)
    if ATTRIBUTED.search(words):
        return
    for group in OPINIONS:
        for match in group.pattern.finditer(words):
            if not any(m.start() < match.end() and match.start() < m.end() for m in LITERAL.finditer(words)):
                yield from _judged(match, group, sentence, context)


def _judged(match: re.Match[str], group: Group, sentence: Sentence, context: Context) -> Iterator[Verdict]:
    """Refuted where somebody in a source says it, undecided where nobody does; a record's own words are its own."""
    found = list(places(match.group(), dossier(sentence, context)))
    if any(not one.is_claim(start, end) for one, start, end in found):
        return
    if found:
        yield _flat(sentence, match.start(), match.end(), found[0][0])
        return
    message = group.message.format(match.group())
    mark = Mark(start=sentence.start + match.start(), end=sentence.start + match.end(), message=message)
    yield Verdict(outcome=Outcome.UNDECIDED, mark=mark)


def effects(sentence: Sentence, context: Context) -> Iterator[Verdict]:
    """An effect told as coming, where every source that tells of it has somebody say so."""
    words = own_words(sentence, context)
    match = EFFECT.search(words)
    if match is None or ATTRIBUTED.search(_block_before(sentence, context) + words):
        return
    near = alike(words, dossier(sentence, context), _SAME_CLAIM)
    if near and all(one.speaks for one in near):
        yield _flat(sentence, match.start(), match.end(), near[0])


def _block_before(sentence: Sentence, context: Context) -> str:
    """The paragraph up to the sentence: who speaks there may speak on."""
    return context.story.text[context.story.blocks[sentence.block].start : sentence.start]


def beliefs(sentence: Sentence, context: Context) -> Iterator[Verdict]:
    """What every source that tells of it holds to be so, and the copy knows."""
    words = own_words(sentence, context)
    if any(pattern.search(words) for pattern in (ATTRIBUTED, BELIEVED, _HEDGED)):
        return
    near = alike(words, dossier(sentence, context), _SAME_BELIEF)
    if near and all(_is_believed(words, one) for one in near):
        yield _flat(sentence, 0, len(sentence.text), near[0])


def _is_believed(words: str, one: Said) -> bool:
    """Whether the words stand behind "investigators believe", or before a closing ", police believe"."""
    wanted = {token.key for token in tokens(words)}
    held = [token for token in tokens(one.bare) if token.key in wanted]
    for match in BELIEVED.finditer(one.bare):
        behind = sum(token.start >= match.end() for token in held)
        if held and (behind >= _GOVERNED * len(held) or match.end() >= len(one.bare) - _AT_THE_END):
            return True
    return False


def _flat(sentence: Sentence, start: int, end: int, one: Said) -> Verdict:
    message = f"{one.capture.source_name} has somebody say this; the copy says it as a fact: name who"
    mark = Mark(
        start=sentence.start + start, end=sentence.start + end, message=message, evidence=(one.passage,)
    )
    return Verdict(outcome=Outcome.REFUTED, mark=mark)
