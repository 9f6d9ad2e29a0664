"""What people declare about AI, as the ledger tells it, and which sentences nobody declared anything about.

A row alone declares nothing. A declaration of a change stands until the change is undone, and goes on standing where
words of that change are in the story after all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backread.ledger.entry import ActName
from backread.review.statement import Declaration
from backread.values.draft import Hand
from newsroom.ledger.actions import told_of
from newsroom.stories import models
from newsroom.stories.plain import story_from_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The declarations on a story in their order, and how many of its sentences a person changed without one.

    `own_words` are the drafts that somebody made in their own words, as they state, with the name.
    """

    declarations: tuple[Declaration, ...]
    undeclared: int
    own_words: Mapping[int, str]


def declared(row: models.Story, drafts: Sequence[models.Draft]) -> Declared:
    """What is declared about the last of `drafts`, which are all of a story's, in order."""
    said = told_of(row.outlet_id, ActName.DECLARATION, row.slug)
    edits = told_of(row.outlet_id, ActName.EDIT, row.slug)
    texts = {draft.number: _texts(draft) for draft in drafts}
    line = _line(drafts[-1].number, {int(e["draft"]): int(e["back_to"]) for e in edits if e.get("back_to")})
    final = texts[drafts[-1].number]
    told = []
    for body in said:
        number = int(body.get("draft", 0))
        # Words that came in with an undone change and stand all the same were not taken back.
        is_gone = number > 0 and number not in line and not _new(texts, number) & set(final)
        told.append(Declaration(name=body["name"], ai=body["ai"], at_desk=number > 0, taken_back=is_gone))
    answered = {int(body["draft"]) for body in said if "draft" in body}
    answered |= {int(body["draft"]) for body in edits if body.get("suggestion")}
    known = _known(drafts, texts, line, answered)
    return Declared(
        declarations=tuple(told),
        undeclared=sum(sentence not in known for sentence in final),
        own_words={int(body["draft"]): body["name"] for body in said if "draft" in body and not body["ai"]},
    )


def _known(
    drafts: Sequence[models.Draft], texts: Mapping[int, tuple[str, ...]], line: set[int], answered: set[int]
) -> set[str]:
    """Every sentence that the first draft or a drafter wrote, or that came with an answer to who wrote it."""
    known = set(texts[drafts[0].number])
    for draft in drafts[1:]:
        if draft.number not in line:
            continue
        if draft.drafter.get("hand") != Hand.PERSON:
            known |= set(texts[draft.number])
        elif draft.number in answered:
            known |= _new(texts, draft.number)
    return known


def _line(number: int, back: Mapping[int, int]) -> set[int]:
    """The drafts that the words of draft `number` come down through: what was undone is not among them."""
    line: set[int] = set()
    while number > 0:
        to = back.get(number, 0)
        if 0 < to < number:
            number = to
        else:
            line.add(number)
            number -= 1
    return line


def _new(texts: Mapping[int, tuple[str, ...]], number: int) -> set[str]:
    return set(texts.get(number, ())) - set(texts.get(number - 1, ()))


def _texts(draft: models.Draft) -> tuple[str, ...]:
    return tuple(s.text for s in story_from_plain(draft.told).sentences)
