"""What people declare about AI and who drafted, as the ledger tells it, and which sentences nobody declared anything about.

A row alone declares nothing, and drafted nothing: a draft's words are those whose digest stands in the entry of the act,
and what is declared of a change is declared of the words that its entry names. A declaration of a change stands until
the change is undone, and goes on standing where its words are in the story after all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backread.ledger.entry import ActName
from backread.review.statement import Declaration
from backread.values.canonical import canonical_digest, digest_of
from backread.values.draft import Drafter, Hand
from newsroom.ledger.actions import told_of
from newsroom.stories import models
from newsroom.stories.plain import drafter_from_plain, drafter_of, story_from_plain

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The declarations on a story in their order, and how many of its sentences a person changed without one.

    `drafting` are the acts that wrote its drafts: those of the ledger, and a language model's that only a row tells of.
    `first` are the sentences of the first draft, none where its row is not what was drafted. `own_words` are the drafts
    that somebody made in their own words, as they state, with the name.
    """

    declarations: tuple[Declaration, ...]
    drafting: tuple[Drafter, ...]
    first: tuple[str, ...]
    undeclared: int
    own_words: Mapping[int, str]


def declared(row: models.Story, drafts: Sequence[models.Draft]) -> Declared:
    """What is declared about the last of `drafts`, which are all of a story's, in order."""
    drafted, said, edits = (told_of(row.outlet_id, act, row.slug) for act in (ActName.DRAFT, ActName.DECLARATION, ActName.EDIT))  # fmt: skip
    line = _line(drafts[-1].number, {int(e["draft"]): int(e["back_to"]) for e in edits if e.get("back_to")})
    final = _texts(drafts[-1])
    digests = {digest_of(text.encode()) for text in final}
    came = _first((int(e["draft"]), str(e.get("words", ""))) for e in edits if "draft" in e)
    written = _written(drafts, drafted)
    answered = {int(body["draft"]) for body in said if "draft" in body}
    answered |= {int(body["draft"]) for body in edits if body.get("suggestion")}
    known = {text for number in line for text in written.get(number, ())}
    named = {came.get(number, "") for number in line & answered}
    return Declared(
        declarations=tuple(_declaration(body, line, came, digests) for body in said),
        drafting=_drafting([drafter_of(body) for body in drafted], drafts),
        first=written.get(drafts[0].number, ()),
        undeclared=sum(text not in known and digest_of(text.encode()) not in named for text in final),
        own_words={int(body["draft"]): body["name"] for body in said if "draft" in body and not body["ai"]},
    )


def _declaration(body: Body, line: set[int], came: Mapping[int, str], digests: set[str]) -> Declaration:
    number = int(body.get("draft", 0))
    # Words that came in with an undone change and stand all the same were not taken back; nor were those nobody can name.
    is_gone = number > 0 and number not in line and came.get(number, "") not in digests | {""}
    return Declaration(name=body["name"], ai=body["ai"], at_desk=number > 0, taken_back=is_gone)


def _written(drafts: Sequence[models.Draft], drafted: Sequence[Body]) -> dict[int, tuple[str, ...]]:
    """By number: the sentences of each draft whose row is, to the digest, what a drafter wrote by the ledger."""
    told = _first((int(body.get("draft", 1)), str(body.get("words", ""))) for body in drafted)
    return {d.number: _texts(d) for d in drafts if told.get(d.number) == canonical_digest(d.told)}


def _first(told: Iterable[tuple[int, str]]) -> dict[int, str]:
    """By number the first that was said: what is entered later of the same draft changes nothing."""
    found: dict[int, str] = {}
    for number, words in told:
        found.setdefault(number, words)
    return found


def _drafting(entered: Sequence[Drafter], drafts: Sequence[models.Draft]) -> tuple[Drafter, ...]:
    """What the ledger says of who drafted. Rules that only a row names wrote nothing; a language model did, to be strict."""
    told = {(d.language_model, str(d.exchange)) for d in entered if d.hand is Hand.LANGUAGE_MODEL}
    in_rows = (drafter_from_plain(draft.drafter) for draft in drafts if draft.drafter)
    models_ = (d for d in in_rows if d.hand is Hand.LANGUAGE_MODEL)
    return (*entered, *(d for d in models_ if (d.language_model, str(d.exchange)) not in told))


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


def _texts(draft: models.Draft) -> tuple[str, ...]:
    return tuple(s.text for s in story_from_plain(draft.told).sentences)
