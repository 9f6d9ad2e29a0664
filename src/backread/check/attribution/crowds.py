"""Critics say: a crowd that speaks, where nobody in it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backread.check.attribution.sources import Said, dossier
from backread.check.attribution.words import ATTRIBUTED, CROWDS
from backread.check.base import Context
from backread.check.scope import Verdict, own_words
from backread.text import names
from backread.text.names import Name, NameKind
from backread.text.sentences import split
from backread.values.finding import Basis, Mark, Outcome
from backread.values.story import Sentence


def crowds(sentence: Sentence, context: Context) -> Iterator[Verdict]:
    """One verdict for the crowd of a sentence: fine where somebody is named beside it, or a source has the same crowd."""
    match = CROWDS.search(own_words(sentence, context))
    if match is None or _is_named(match, sentence, context):
        return
    start, end = sentence.start + match.start(), sentence.start + match.end()
    same = next((one for one in dossier(sentence, context) if _has(match, one)), None)
    if same:
        message = f"{same.capture.source_name} names nobody either: find one who says so"
        mark = Mark(start=start, end=end, message=message, evidence=(same.passage,))
        yield Verdict(outcome=Outcome.SUPPORTED, mark=mark, basis=Basis.VERBATIM)
        return
    who = " ".join(match.group().strip(" ,.;:—–").split())
    message = f"who says so? “{who}” names nobody, and no source has them: name one, or take it out"
    yield Verdict(outcome=Outcome.UNDECIDED, mark=Mark(start=start, end=end, message=message))


def _is_named(match: re.Match[str], sentence: Sentence, context: Context) -> bool:
    """Whether somebody with a name speaks for the crowd: before it, behind it in its paragraph, or, for critics, in the next one."""
    story = context.story
    block = story.blocks[sentence.block]
    before = sentence.text[: match.start()]
    behind = story.text[sentence.start + match.end() : block.end]
    if (
        _names(before)
        or _speaker(behind)
        or ((match["some"] or "").lower().startswith("others") and ATTRIBUTED.search(before))
    ):
        return True
    after = story.blocks[sentence.block + 1 : sentence.block + 2] if match["crowd"] else ()
    return any(_opens_with_speaker(story.text[b.start : b.end]) for b in after)


def _opens_with_speaker(text: str) -> bool:
    start, end = next(iter(split(text)), (0, 0))
    return ATTRIBUTED.search(text, start, end) is not None and _names(text[start:end])


def _names(text: str) -> bool:
    return any(_is_somebody(name) for name in names.find(text))


def _is_somebody(name: Name) -> bool:
    """Whether a name may be somebody's: "Ann Orde of the Pier League" is, whatever it is taken for."""
    return name.kind is not NameKind.PLACE or " of " in name.words


def _speaker(text: str) -> bool:
    """Whether a name stands beside a verb of speaking, or a crowd is opened up: "critics, among them Ann Orde"."""
    return any(_is_somebody(name) and _is_beside(text, name) for name in names.find(text))


def _is_beside(text: str, name: Name) -> bool:
    before, after = text[max(0, name.start - 40) : name.start], text[name.end : name.end + 60]
    return bool(ATTRIBUTED.search(after) or _OPENED.search(before))


_OPENED = re.compile(r"\b(?:said|told|by|to|from|including|among them|such as|like)\s(?:\w+\s){0,3}\Z")


def _has(match: re.Match[str], one: Said) -> bool:
    """Whether a sentence of a source has a crowd of the same kind speak in its own voice."""
    return any(_kind(theirs) == _kind(match) for theirs in CROWDS.finditer(one.bare))


def _kind(match: re.Match[str]) -> str:
    """The kind of a crowd: those against, those for, those who know, some people."""
    return next(
        kind for kind in ("critics", "knowing", "supporters", "some", "it", "seen", "views") if match[kind]
    )
