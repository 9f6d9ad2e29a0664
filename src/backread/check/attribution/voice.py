"""Whose words are these: opinion in the outlet's own voice, and claims that lost whoever made them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backread.check.attribution.sources import Said, alike, dossier, places
from backread.check.attribution.words import (
    ATTRIBUTED,
    BELIEVED,
    BLAMES,
    BOASTS,
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

_SAME_CLAIM, _SAME_BELIEF = 0.6, 0.85
"""The share of a sentence's words that a source's claim must hold to be the same one."""
_SAME_BLAME, _STEM = 0.5, 4
"""The same for blame, whose verb turns ("misled", "misleading"): so many letters of it must stand in the source."""
_GOVERNED = 0.8
"""The share of them that must stand behind the word that says it is believed."""
_ALL_IT_SAYS = 0.6
"""The share of the source's own words that the copy must hold: a belief in passing is no belief in all of it."""
_QUOTED = re.compile(r"[“”\"]|''|``")
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
    near = alike(words, dossier(sentence, context), _SAME_CLAIM, least=3)
    if near and all(one.speaks for one in near):
        yield _flat(sentence, match.start(), match.end(), near[0])


def boasts(sentence: Sentence, context: Context) -> Iterator[Verdict]:
    """Praise in the very words of somebody in a source, and of no record."""
    words = own_words(sentence, context)
    for match in () if ATTRIBUTED.search(words) else BOASTS.finditer(words):
        found = list(places(match.group(), dossier(sentence, context)))
        if found and all(one.is_claim(start, end) for one, start, end in found):
            yield _flat(sentence, match.start(), match.end(), found[0][0])


def blames(sentence: Sentence, context: Context) -> Iterator[Verdict]:
    """Blame told as a fact, where every source with that word has somebody say so."""
    words = own_words(sentence, context)
    match = BLAMES.search(words)
    if match is None or ATTRIBUTED.search(_block_before(sentence, context) + words):
        return
    stem = match["blame"].lower()[:_STEM]
    near = [one for one in alike(words, dossier(sentence, context), _SAME_BLAME, least=2) if stem in one.text.lower()]  # fmt: skip
    if near and all(one.speaks for one in near):
        yield _flat(sentence, match.start(), match.end(), near[0])


def _block_before(sentence: Sentence, context: Context) -> str:
    """The paragraph up to the sentence: who speaks there may speak on."""
    return context.story.text[context.story.blocks[sentence.block].start : sentence.start]


def beliefs(sentence: Sentence, context: Context) -> Iterator[Verdict]:
    """What every source that tells of it holds to be so, and the copy knows."""
    words = own_words(sentence, context)
    if any(pattern.search(sentence.text) for pattern in (ATTRIBUTED, BELIEVED, _HEDGED, _QUOTED)):
        return
    near = alike(words, dossier(sentence, context), _SAME_BELIEF)
    if near and all(_is_believed(words, one) for one in near):
        yield _flat(sentence, 0, len(sentence.text), near[0])


def _is_believed(words: str, one: Said) -> bool:
    """Whether the words stand behind "investigators believe", or before a closing ", police believe"."""
    wanted = {token.key for token in tokens(words)}
    told = tokens(one.bare)
    held = [token for token in told if token.key in wanted]
    if len(held) < _ALL_IT_SAYS * len(told):
        return False
    for match in BELIEVED.finditer(one.bare):
        behind = sum(token.start >= match.end() for token in held)
        if behind >= _GOVERNED * len(held) or match.end() == len(one.bare):
            return True
    return False


def _flat(sentence: Sentence, start: int, end: int, one: Said) -> Verdict:
    message = f"{one.capture.source_name} has somebody say this; the copy says it as a fact: name who"
    mark = Mark(
        start=sentence.start + start, end=sentence.start + end, message=message, evidence=(one.passage,)
    )
    return Verdict(outcome=Outcome.REFUTED, mark=mark)
