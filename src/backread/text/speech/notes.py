"""Whose a quotation in a reporter's notes is: the one the line is about, unless somebody beside it is said to speak.

Notes are telegraphic: "Tom Beck, postman. Says he will stay. "..." Got a letter." A capital there opens a fragment
more often than a name, and the person is told once, at the head of the line or of the lines above it.
"""

from __future__ import annotations

import re

from backread.text.lexicon import CLOSED
from backread.text.speech.cues import is_cue
from backread.text.speech.mentions import Mention, MentionKind
from backread.text.speech.people import People

_UP = 12
"""Paragraphs of notes that are looked up: whom they are about is not told again in each."""
_ROLE_BEFORE = re.compile(r"\W*(?:[^\W\d_][\w’'&-]*[^\w.:;!?\"“”]+){0,8}(?:\(\w+\.?\)\s)?")
"""What may stand before the person a line opens with: a role, a firm and its street, an office that he retired from."""
_NO_PERSON = re.compile(r"(?i)\b(?:st|rd|ave|blvd|inn|hardware|pharmacy|bakery|cafe|garage|brothers)\Z")
"""How a street or a shop ends, which notes put before its owner: "Venn Hardware, Mill St — owner Iris Venn"."""
_LABEL = re.compile(r"[^\w\n]*(?P<name>[A-Z][\w’'-]+)(?:\s\([a-z][\w ]*\)|(?:\s[a-z]+){0,2}):")
"""A line that opens with one name alone: "Almeida afterward: ...", "Charlene (daughter): ..."."""


def topic(quoted: int, mention: Mention | None, known: People) -> str:
    """The person a quotation in notes belongs to by its place; '' where a mention is said to speak, or nobody is told."""
    if mention is not None and _speaks(mention, quoted, known):
        return ""
    paragraph = known.text.rfind("\n", 0, quoted) + 1
    if opener := _opener(paragraph, quoted, known):
        return opener
    if known.first(paragraph, quoted):
        return ""
    return known.topic or (_above(paragraph, known) if _leans(mention) else "")


def label(quoted: int, known: People) -> str:
    """The lone name a line of notes is labelled with; it may be a heading ("Advice:"), so it proves nothing against anybody."""
    paragraph = known.text.rfind("\n", 0, quoted) + 1
    found = _LABEL.match(known.text, paragraph, quoted)
    return found["name"] if found else ""


def _speaks(mention: Mention, quoted: int, known: People) -> bool:
    """Whether a named mention is a person with a verb of speaking or a colon; behind a full stop only the next words could be."""
    if mention.kind is not MentionKind.NAME:
        return False
    if not any(known.is_person(n) for n in known.within(mention.start, mention.end)):
        return False
    if mention.start > quoted and _ends(known.text[quoted : mention.start]):
        return False
    near = f"{known.text[max(0, mention.start - 14) : mention.start]} {known.text[mention.end : mention.end + 24]}"
    said = any(is_cue(word) for word in re.findall(r"[a-z]+", near))
    return said or known.text[mention.end : mention.end + 1] == ":"


def _ends(between: str) -> bool:
    """Whether the quotation closed with a full stop, so that what follows begins anew."""
    return re.search(r"[.!?][\"”]\s+\Z", between) is not None


def _leans(mention: Mention | None) -> bool:
    return mention is not None and mention.kind is MentionKind.PRONOUN


def _opener(start: int, end: int, known: People) -> str:
    """The person a line opens with, behind a role at most; '' for none."""
    people = (n for n in known.between(start, end) if known.is_person(n) and not _NO_PERSON.search(n.words))
    first = next(people, None)
    if first and _is_role(known.text[start : first.start]):
        return known.fullest(first.words)
    return ""


def _is_role(before: str) -> bool:
    """Whether the words before a line's first person are a role at most, and no clause ("Did not talk about Venn")."""
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", before)} - {"of", "the"}
    return _ROLE_BEFORE.fullmatch(before) is not None and not words & CLOSED


def _above(at: int, known: People) -> str:
    """The person whom the nearest line above that opens with one opens with; '' for none."""
    for _ in range(_UP):
        end = at
        at = known.text.rfind("\n", 0, max(0, end - 1)) + 1
        if found := _opener(at, end, known):
            return found
        if at == 0:
            break
    return ""
