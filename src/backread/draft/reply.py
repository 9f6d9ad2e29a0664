"""Read a language model's reply strictly: it is a stranger's text that must fit the schema to the letter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from backread.draft.request import UNSEEN
from backread.errors import BadReply
from backread.text.sentences import split
from backread.values.capture import Passage
from backread.values.story import BlockKind, Citation, Origin, Part, Words

LARGEST = 200_000
"""Characters. A longer reply is refused unread."""

_MARKUP = re.compile(
    r"</?[A-Za-z!][^>]*>|\*\*|```|\]\(|^#|&#?\w+;|\{\{|\[\[|[\[(]p\d+(?:\s*,\s*p\d+)*[\])]"
    r"|\b[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:mailto|javascript|data|tel):\S|\b[\w-]+(?:\.[a-z-]{2,})+/",
    re.IGNORECASE,
)


def read(text: str, passages: Mapping[str, Passage]) -> tuple[Part, ...]:
    """The reply as story parts with citations. Raises BadReply with every fault in words."""
    reply = _object(text)
    faults: list[str] = []
    headline = _sentence(reply.get("headline"), "headline", passages, faults)
    deck = _sentence(reply.get("deck"), "deck", passages, faults)
    paragraphs = _paragraphs(reply, passages, faults)
    _keys(reply, {"headline", "deck", "paragraphs"}, "the reply", faults)
    if faults:
        raise _bad("; ".join(faults[:12]))
    parts: list[Part] = [(BlockKind.HEADLINE, (headline,)), (BlockKind.DECK, (deck,))]
    return (*parts, *((BlockKind.PARAGRAPH, told) for told in paragraphs))


def _bad(hint: str) -> BadReply:
    return BadReply("the language model's reply", step="use it", hint=f"{hint}.")


def _object(text: str) -> dict[str, object]:
    if len(text) > LARGEST:
        raise _bad(f"It has {len(text):,} characters, and {LARGEST:,} is the most")
    try:
        reply = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as err:
        raise _bad("It is not one JSON object, with each key once") from err
    if not isinstance(reply, dict):
        raise _bad("It is not one JSON object")
    return reply


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose keys stand once: of two, a reader and a program could each take another."""
    told = dict(pairs)
    if len(told) < len(pairs):
        raise ValueError("a key stands twice")
    return told


def _shown(names: Sequence[str]) -> str:
    """Words of the reply inside a message: three at most, each cut, nothing unprintable."""
    return ", ".join(repr(name[:40]) for name in names[:3])


def _keys(told: Mapping[str, object], wanted: set[str], name: str, faults: list[str]) -> None:
    if extra := sorted(set(told) - wanted):
        faults.append(f"{name} has keys that nobody asked for: {_shown(extra)}")
    if lacking := sorted(wanted - set(told)):
        faults.append(f"{name} lacks {', '.join(lacking)}")


def _paragraphs(
    reply: Mapping[str, object], passages: Mapping[str, Passage], faults: list[str]
) -> list[tuple[Words, ...]]:
    told = reply.get("paragraphs")
    if not isinstance(told, list) or not 1 <= len(told) <= 16:
        faults.append("paragraphs are not a list of 1 to 16")
        return []
    made = []
    for number, paragraph in enumerate(told, 1):
        if not isinstance(paragraph, list) or not 1 <= len(paragraph) <= 6:
            faults.append(f"paragraph {number} is not a list of 1 to 6 sentences")
            continue
        names = [f"sentence {number}.{at}" for at in range(1, len(paragraph) + 1)]
        told_here = [_sentence(s, n, passages, faults) for s, n in zip(paragraph, names, strict=True)]
        made.append(tuple(one for words in told_here for one in _apart(words)))
    return made


def _apart(words: Words) -> tuple[Words, ...]:
    """The unit is the sentence: two in one text become two, each with the same citations."""
    return tuple(
        Words(text=words.text[start:end], citations=words.citations) for start, end in split(words.text)
    )


def _sentence(told: object, name: str, passages: Mapping[str, Passage], faults: list[str]) -> Words:
    if not isinstance(told, dict):
        faults.append(f"{name} is not an object with text and passages")
        return Words(text=name)
    _keys(told, {"text", "passages"}, name, faults)
    text = told.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > 600:
        faults.append(f"{name} has no text of 1 to 600 characters")
        return Words(text=name)
    if trouble := _trouble(text):
        faults.append(f"{name} {trouble}")
    return Words(text=" ".join(text.split()), citations=_cited(told.get("passages"), name, passages, faults))


def _trouble(text: str) -> str:
    """Markup, links, and characters that a reader cannot see."""
    if _MARKUP.search(text):
        return "holds markup or a link"
    if UNSEEN.search(text.replace("\n", " ")):
        return "holds invisible characters"
    return ""


def _cited(
    ids: object, name: str, passages: Mapping[str, Passage], faults: list[str]
) -> tuple[Citation, ...]:
    if not isinstance(ids, list) or not 1 <= len(ids) <= 6 or not all(isinstance(i, str) for i in ids):
        faults.append(f"{name} does not name 1 to 6 passages")
        return ()
    unknown = [i for i in ids if i not in passages]
    if unknown:
        faults.append(f"{name} names passages that do not exist: {_shown(unknown)}")
    return tuple(
        Citation(passage=passages[i], origin=Origin.DRAFTER) for i in dict.fromkeys(ids) if i in passages
    )
