"""What people declare about AI and who drafted, as the ledger tells it, and which sentences nobody declared anything about.

A row alone declares nothing, and drafted nothing. A declaration of a change stands until the change is undone, and goes on standing where
words of that change are in the story after all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backread.ledger.entry import ActName
from backread.review.statement import Declaration
from backread.values.draft import Drafter, Hand
from newsroom.ledger.actions import told_of
from newsroom.stories import models
from newsroom.stories.plain import drafter_from_plain, drafter_of, story_from_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The declarations on a story in their order, and how many of its sentences a person changed without one.

    `drafting` are the acts that wrote its drafts: those of the ledger, and a language model's that only a row tells of.
    `own_words` are the drafts that somebody made in their own words, as they state, with the name.
    """

    declarations: tuple[Declaration, ...]
    drafting: tuple[Drafter, ...]
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
    acts = [
        (int(body.get("draft", 1)), drafter_of(body))
        for body in told_of(row.outlet_id, ActName.DRAFT, row.slug)
    ]
    drafted = {number for number, drafter in acts if drafter.hand is not Hand.PERSON}
    known = _known(texts, line, answered, drafted)
    return Declared(
        declarations=tuple(told),
        drafting=_drafting([drafter for _, drafter in acts], drafts),
        undeclared=sum(sentence not in known for sentence in final),
        own_words={int(body["draft"]): body["name"] for body in said if "draft" in body and not body["ai"]},
    )


def _drafting(entered: Sequence[Drafter], drafts: Sequence[models.Draft]) -> tuple[Drafter, ...]:
    """What the ledger says of who drafted. Rules that only a row names wrote nothing; a language model did, to be strict."""
    told = {(d.language_model, str(d.exchange)) for d in entered if d.hand is Hand.LANGUAGE_MODEL}
    in_rows = (drafter_from_plain(draft.drafter) for draft in drafts if draft.drafter)
    models_ = (d for d in in_rows if d.hand is Hand.LANGUAGE_MODEL)
    return (*entered, *(d for d in models_ if (d.language_model, str(d.exchange)) not in told))


def _known(
    texts: Mapping[int, tuple[str, ...]], line: set[int], answered: set[int], drafted: set[int]
) -> set[str]:
    """Every sentence of the first draft, or that a drafter wrote by the ledger, or that came with an answer to who wrote it."""
    known = set(texts[min(texts)])
    for number in line:
        if number in drafted:
            known |= set(texts[number])
        elif number in answered:
            known |= _new(texts, number)
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
