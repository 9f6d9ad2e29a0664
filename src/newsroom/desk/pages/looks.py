"""How a sentence looks: one word, one mark, one colour for each state (the table in the desk's help)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from backread.review.gate import Settlement, settled
from backread.values.canonical import Digest
from backread.values.decision import Act, Decision, decision_key
from backread.values.finding import Basis, Outcome
from backread.values.person import Person
from backread.values.report import Checked

_QUOTES = re.compile('["“”„«»]')


class Look(StrEnum):
    """The marks. The value is the symbol's id and the end of its class."""

    REFUTED = "refuted"
    UNDECIDED = "undecided"
    TO_READ = "toread"
    SUPPORTED = "supported"
    QUOTED = "quoted"
    COMPUTED = "computed"
    CHANGED = "changed"
    TAKEN_OVER = "taken"
    OVERRIDDEN = "overridden"
    STRUCK = "struck"

    @property
    def word(self) -> str:
        """What it is called."""
        return {"toread": "to read", "taken": "taken over"}.get(self.value, self.value)

    @property
    def is_open(self) -> bool:
        """Whether it comes forward: something is still to be done."""
        return self in (Look.REFUTED, Look.UNDECIDED, Look.TO_READ)


def look(checked: Checked, decision: Decision | None, *, changed: bool = False) -> Look:
    """The mark of a sentence under `decision`; `changed` says that a person rewrote it at the desk."""
    decision = decision if decision and decision.key == decision_key(checked.sentence) else None
    state = settled(checked, decision)
    if state is Settlement.OPEN:
        question = checked.question
        return Look.REFUTED if question and question.outcome is Outcome.REFUTED else Look.UNDECIDED
    if state is Settlement.TAKEN_OVER:
        return Look.TAKEN_OVER
    if state is Settlement.OVERRIDDEN:
        return Look.OVERRIDDEN
    if decision is None:
        return Look.TO_READ
    return Look.CHANGED if changed else proven(checked)


def proven(checked: Checked) -> Look:
    """Which of the three quiet marks a proven sentence has."""
    if checked.basis is Basis.COMPUTED:
        return Look.COMPUTED
    quotes = any(f.check == "quotes" and f.outcome is Outcome.SUPPORTED for f in checked.findings)
    return Look.QUOTED if quotes and _QUOTES.search(checked.sentence.text) else Look.SUPPORTED


def initials(name: str) -> str:
    """ "Ines Varga" as "IV"."""
    return "".join(word[0] for word in name.split()[:3]).upper()


def side(mark: Look, decision: Decision | None, people: Mapping[str, Person]) -> str:
    """The word in the margin: the state, and whose hand where a person stands for it."""
    if decision is None or mark not in (Look.CHANGED, Look.TAKEN_OVER, Look.OVERRIDDEN):
        return mark.word
    person = people.get(decision.by)
    return f"{mark.word} · {initials(person.name)}" if person else mark.word


def decision_on(checked: Checked, decisions: Mapping[Digest, Decision]) -> Decision | None:
    """The decision that holds for these words resting on these passages."""
    found = decisions.get(decision_key(checked.sentence))
    return found if found is None or found.act in tuple(Act) else None
