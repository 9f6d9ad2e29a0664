"""Whose voice a quotation is: the mention that speaks, followed back to a name.

"she said" is the last woman or man named as speaking nearby, "the mayor" the one person with that role, "Orde" the
"Tamsin Orde" named before. Where two could be meant it says so by saying nothing: a wrong name costs more than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from backread.text import names, quotations
from backread.text.lexicon import CLOSED
from backread.text.names import Name, NameKind
from backread.text.quotations import Quotation
from backread.text.speech import Mention, MentionKind, Speech, attribute

SURE = 0.6
"""The share of the weight that a mention must have to be taken as the one who speaks."""

_BODY = re.compile(
    r"(?i)\b(?:statement|release|report|letter|notice|memo|filing|complaint|lawsuit|study|survey|department|authority|office|agency|company|board|"
    r"council|commission|committee|union|district|county|city|state|court|police|school|hospital|institute|group|campaign|website|email|post|sign|"
    r"document|order|ruling|policy|ordinance|agenda|minutes|petition|book|law|rule|plan|service)\b"
)  # fmt: skip


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
    known = _people(text)
    found: list[Voice] = []
    for speech in attribute(text):
        voice = _voice(text, speech, known, found)
        is_named = voice.mention is not None and voice.mention.kind is MentionKind.NAME and voice.name
        topic = _topic(text, speech.quotation.start, known) if by_topic and not is_named else ""
        found.append(replace(voice, kind=VoiceKind.PERSON, name=topic) if topic else voice)
    return tuple(found)


@lru_cache(maxsize=64)
def _people(text: str) -> tuple[Name, ...]:
    """The names outside quotations, and each later last name of a person, also where it opens a sentence."""
    plain = quotations.outside(text)
    found = {name.start: name for name in names.find(plain)}
    full = {n.words.split()[-1]: n for n in found.values() if n.kind is NameKind.PERSON and " " in n.words}
    taken = {at for name in found.values() for at in range(name.start, name.end)}
    for match in re.finditer(r"\b[A-Z][\w’'-]+", plain):
        last = re.sub(r"[’']s?$", "", match.group())
        if last in full and match.start() not in taken:
            end = match.start() + len(last)
            found[match.start()] = Name(start=match.start(), end=end, words=last, kind=NameKind.PERSON)
    return tuple(found[start] for start in sorted(found))


def _topic(text: str, at: int, known: Sequence[Name]) -> str:
    """The person a paragraph of notes opens with; else the one person its first line names; '' for neither."""
    paragraph = text.rfind("\n", 0, at) + 1
    first = next((n for n in known if paragraph <= n.start < at and _is_person(n)), None)
    if first and not re.search(r"\w", text[paragraph : first.start]):
        return _fullest(first.words, known)
    head = _distinct([n for n in known if n.end <= text.find("\n") and _is_person(n)], known)
    return head[0] if len(head) == 1 and not first else ""


def nearby(text: str, at: int) -> tuple[str, ...]:
    """The people named in the paragraph of an offset before it, and in the paragraph before that one."""
    known = _people(text)
    earlier = text.rfind("\n\n", 0, max(0, text.rfind("\n\n", 0, at)))
    return tuple(_distinct([n for n in known if earlier <= n.start < at and _is_person(n)], known))


def is_same(one: str, other: str) -> bool:
    """Whether two names may be one person's: equal, one the other's part, or the same last name with no other first."""
    if names.same(one, other):
        return True
    mine, theirs = _parts(one), _parts(other)
    if not mine or not theirs or mine[-1] != theirs[-1]:
        return False
    return len(mine) == 1 or len(theirs) == 1 or mine[0][0] == theirs[0][0]


def _voice(text: str, speech: Speech, known: Sequence[Name], before: Sequence[Voice]) -> Voice:
    mention = speech.speaker if speech.share >= SURE else None
    kind, name = _named(text, mention, known, before) if mention else (VoiceKind.UNNAMED, "")
    return Voice(quotation=speech.quotation, mention=mention, kind=kind, name=name, share=speech.share)


def _named(
    text: str, mention: Mention, known: Sequence[Name], before: Sequence[Voice]
) -> tuple[VoiceKind, str]:
    if beside := _beside(text, mention, known):
        return VoiceKind.PERSON, _fullest(beside.words, known)
    if mention.kind is MentionKind.PRONOUN or _AGED.match(mention.words):
        return _of_pronoun(text, mention, known, before)
    here = [n for n in known if n.start < mention.end and mention.start < n.end]
    people = [n for n in here if _is_person(n)]
    if people:
        return VoiceKind.PERSON, _fullest(people[-1].words, known)
    if mention.kind is MentionKind.NAME:
        words = re.sub(r"^(?:the|a|an)\s", "", mention.words, flags=re.IGNORECASE)
        return (VoiceKind.BODY if here or _BODY.search(words) else VoiceKind.UNNAMED), words
    return _of_description(text, mention, known)


_AGED = re.compile(r"(?i)(?:the|an?)\s\d{1,3}-year-old")
_ROLE = re.compile(r"(?:[’']s)?,?\s(?:(?:the|its|their|his|her|a|an)\s)?(?:[a-z][\w-]*\s){0,4}|,\s")
"""What may stand between a role or a body and the name it belongs to: "Wolves coach Paul", "his daughter, Kirsty"."""


def _beside(text: str, mention: Mention, known: Sequence[Name]) -> Name | None:
    """The person named right behind a role: only where the mention itself names nobody."""
    if mention.kind is MentionKind.PRONOUN or any(
        _is_person(n) and " " in n.words and n.start < mention.end and mention.start < n.end for n in known
    ):
        return None
    behind = (n for n in known if n.kind is NameKind.PERSON and 0 <= n.start - mention.end <= 40)
    after = next(behind, None)
    return after if after and _ROLE.fullmatch(text[mention.end : after.start]) else None


def _of_pronoun(
    text: str, mention: Mention, known: Sequence[Name], before: Sequence[Voice]
) -> tuple[VoiceKind, str]:
    """ "she": the one person named in the paragraph before it; else the last voice, where nobody else came between."""
    if mention.words.lower() not in ("he", "she", "i") and not _AGED.match(mention.words):
        return VoiceKind.UNNAMED, ""
    paragraph = text.rfind("\n", 0, mention.start) + 1
    people = _distinct([n for n in known if paragraph <= n.start < mention.start and _is_person(n)], known)
    last = next((v for v in reversed(before) if v.kind is VoiceKind.PERSON), None)
    if len(people) == 1:
        return VoiceKind.PERSON, people[0]
    if last and (not people or last.name in people):
        between = text[last.quotation.end : mention.start].count("\n\n")
        return (VoiceKind.PERSON, last.name) if people or between <= 2 else (VoiceKind.UNNAMED, "")
    if people:
        return VoiceKind.UNNAMED, ""
    earlier = text.rfind("\n", 0, max(0, text.rfind("\n\n", 0, paragraph))) + 1
    people = _distinct([n for n in known if earlier <= n.start < paragraph and _is_person(n)], known)
    return (VoiceKind.PERSON, people[0]) if len(people) == 1 else (VoiceKind.UNNAMED, "")


def _of_description(text: str, mention: Mention, known: Sequence[Name]) -> tuple[VoiceKind, str]:
    """ "the mayor": the one person with that role; "the department": a body."""
    head = mention.words.lower().split()[-1]
    people = _distinct([n for n in known if _is_person(n) and _has_role(text, n, head)], known)
    if len(people) == 1:
        return VoiceKind.PERSON, people[0]
    if _BODY.search(head):
        return VoiceKind.BODY, re.sub(r"^(?:the|a|an|its|their)\s", "", mention.words, flags=re.IGNORECASE)
    return VoiceKind.UNNAMED, ""


def _has_role(text: str, name: Name, head: str) -> bool:
    """Whether the role is said beside the name: as its title, behind a comma, in brackets."""
    return head in name.role.lower().split() or bool(
        re.match(rf"(?i)\s\((?:the\s)?{re.escape(head)}\)", text[name.end : name.end + 40])
    )


_NO_PERSON = re.compile(r"(?i)\b(?:day|monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|easter|eve|january|february|march|april|june|july|august|september|october|november|december)$")  # fmt: skip


def _is_person(name: Name) -> bool:
    if _NO_PERSON.search(name.words):
        return False
    return name.kind is NameKind.PERSON or (name.kind is NameKind.UNKNOWN and not _BODY.search(name.words))


def _fullest(words: str, known: Sequence[Name]) -> str:
    """The longest form of a name in the text that ends as it does."""
    forms = _forms(tuple(known)).get((_parts(words) or [""])[-1], ())
    return max([words, *(form for form in forms if names.same(form, words))], key=len)


@lru_cache(maxsize=64)
def _forms(known: tuple[Name, ...]) -> dict[str, tuple[str, ...]]:
    """Every form of the people's names, by the last word."""
    found: dict[str, dict[str, None]] = {}
    for name in known:
        if _is_person(name) and (parts := _parts(name.words)):
            found.setdefault(parts[-1], {})[name.words] = None
    return {last: tuple(forms) for last, forms in found.items()}


def _distinct(found: Sequence[Name], known: Sequence[Name]) -> list[str]:
    """The people named, each once, by the fullest name; a lone word that is nobody's last name is passed over."""
    people: list[str] = []
    for name in found:
        full = _fullest(name.words, known)
        if name.kind is NameKind.PERSON or " " in full:
            people += [full] if not any(is_same(full, other) for other in people) else []
    return people


_TITLES = frozenset({"jr", "sr", "mr", "mrs", "ms", "miss", "dr", "rev", "sgt", "lt", "capt", "cllr", "councillor", "councillors", "judge", "chief", "sir"})  # fmt: skip


def _parts(name: str) -> list[str]:
    words = [w.lower() for w in re.findall(r"[^\W\d_][\w’'-]*", name)]
    return [w for w in words if w not in CLOSED and w not in _TITLES]
