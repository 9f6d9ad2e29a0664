"""Whose voice a quotation is: the mention that speaks, followed back to a name.

"she said" is the last woman or man named as speaking nearby, "the mayor" the one person with that role, "Orde" the
"Tamsin Orde" named before. Where two could be meant it says so by saying nothing: a wrong name costs more than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from backread.text.names import NameKind
from backread.text.quotations import Quotation
from backread.text.speech import Mention, MentionKind, Speech, attribute, notes
from backread.text.speech.people import People, is_body, people

SURE = 0.6
"""The share of the weight that a mention must have to be taken as the one who speaks."""


class VoiceKind(StrEnum):
    """Who speaks: a named person, a body or document, or somebody without a name."""

    PERSON = "person"
    BODY = "body"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A quotation and whose it is. `name` is the fullest form in the text, '' where it cannot be told."""

    quotation: Quotation
    mention: Mention | None
    kind: VoiceKind
    name: str = ""
    share: float = 0.0


@lru_cache(maxsize=64)
def voices(text: str, *, by_topic: bool = False) -> tuple[Voice, ...]:
    """Every quotation of `text` with its voice, in order.

    `by_topic`: in notes a paragraph is about the one it opens with, or the one the first line names; "she" is that one.
    """
    known = people(text)
    found: list[Voice] = []
    last: Voice | None = None
    for speech in attribute(text):
        voice = _voice(speech, known, last)
        found.append(_in_notes(voice, known) if by_topic else voice)
        last = found[-1] if found[-1].kind is VoiceKind.PERSON else last
    return tuple(found)


def _in_notes(voice: Voice, known: People) -> Voice:
    """The voice by the line of notes it stands in, where nobody is said to speak."""
    if topic := notes.topic(voice.quotation.start, voice.mention, known):
        return replace(voice, kind=VoiceKind.PERSON, name=topic)
    label = notes.label(voice.quotation.start, known)
    return (
        replace(voice, kind=VoiceKind.UNNAMED, name=label)
        if label and voice.kind is VoiceKind.UNNAMED
        else voice
    )


def nearby(text: str, at: int) -> tuple[str, ...]:
    """The people named in the paragraph of an offset before it, and in the nearest of the three above that names any."""
    known, first = people(text), max(0, text.rfind("\n\n", 0, at))
    for _ in range(3):
        end, first = first, max(0, text.rfind("\n\n", 0, first))
        if known.named(first, end):
            break
    return known.named(first, at)


def _voice(speech: Speech, known: People, last: Voice | None) -> Voice:
    mention = speech.speaker if speech.share >= SURE else None
    kind, name = _named(mention, known, last) if mention else (VoiceKind.UNNAMED, "")
    return Voice(quotation=speech.quotation, mention=mention, kind=kind, name=name, share=speech.share)


def _named(mention: Mention, known: People, last: Voice | None) -> tuple[VoiceKind, str]:
    if beside := _beside(mention, known):
        return VoiceKind.PERSON, known.fullest(beside)
    if mention.kind is MentionKind.PRONOUN or _AGED.match(mention.words):
        return _of_pronoun(mention, known, last)
    here = known.within(mention.start, mention.end)
    found = [n for n in here if known.is_person(n)]
    if found:
        return VoiceKind.PERSON, known.fullest(found[-1].words)
    if mention.kind is MentionKind.NAME:
        words = re.sub(r"^(?:the|a|an)\s", "", mention.words, flags=re.IGNORECASE)
        return (VoiceKind.BODY if here or is_body(words) else VoiceKind.UNNAMED), words
    return _of_description(mention, known)


_AGED = re.compile(r"(?i)(?:the|an?)\s\d{1,3}-year-old")
_ROLE = re.compile(r"(?:[’']s)?,?\s(?:(?:the|its|their|his|her|a|an)\s)?(?:[a-z][\w-]*\s){0,4}|,\s")
"""What may stand between a role or a body and the name it belongs to: "Wolves coach Paul", "his daughter, Kirsty"."""


def _beside(mention: Mention, known: People) -> str:
    """The person named right behind a role, '' for none: only where the mention itself names nobody."""
    here = known.within(mention.start, mention.end)
    if mention.kind is MentionKind.PRONOUN or any(known.is_person(n) and " " in n.words for n in here):
        return ""
    behind = (n for n in known.between(mention.end, mention.end + 41) if n.kind is NameKind.PERSON)
    after = next(behind, None)
    return after.words if after and _ROLE.fullmatch(known.text[mention.end : after.start]) else ""


def _of_pronoun(mention: Mention, known: People, last: Voice | None) -> tuple[VoiceKind, str]:
    """ "she": the one person named in the paragraph before it; else the last voice, where nobody else came between."""
    if mention.words.lower() not in ("he", "she", "i") and not _AGED.match(mention.words):
        return VoiceKind.UNNAMED, ""
    paragraph = known.text.rfind("\n", 0, mention.start) + 1
    found = known.named(paragraph, mention.start)
    if len(found) == 1:
        return VoiceKind.PERSON, found[0]
    if not found and last and (other := _told_since(paragraph, known, last)):
        return VoiceKind.PERSON, other
    if last and (not found or last.name in found):
        between = known.text[last.quotation.end : mention.start].count("\n\n")
        return (VoiceKind.PERSON, last.name) if found or between <= 2 else (VoiceKind.UNNAMED, "")
    if found:
        return VoiceKind.UNNAMED, ""
    earlier = known.text.rfind("\n", 0, max(0, known.text.rfind("\n\n", 0, paragraph))) + 1
    found = known.named(earlier, paragraph)
    return (VoiceKind.PERSON, found[0]) if len(found) == 1 else (VoiceKind.UNNAMED, "")


def _told_since(paragraph: int, known: People, last: Voice) -> str:
    """The one person whom the paragraph before names, where the last voice spoke before that one; '' for none."""
    above = known.text.rfind("\n", 0, max(0, known.text.rfind("\n\n", 0, paragraph))) + 1
    found = known.named(above, paragraph)
    return found[0] if len(found) == 1 and last.quotation.end < above else ""


def _of_description(mention: Mention, known: People) -> tuple[VoiceKind, str]:
    """ "the mayor": the one person with that role; "the department": a body."""
    head = mention.words.lower().split()[-1]
    found = known.with_role(head)
    if len(found) == 1:
        return VoiceKind.PERSON, found[0]
    if is_body(head):
        return VoiceKind.BODY, re.sub(r"^(?:the|a|an|its|their)\s", "", mention.words, flags=re.IGNORECASE)
    return VoiceKind.UNNAMED, ""
