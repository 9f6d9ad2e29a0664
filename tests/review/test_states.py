"""The moves of a story: what is listed happens, and nothing else."""

from __future__ import annotations

import pytest

from backread.review.refusal import Allowed, Refusal
from backread.review.states import MAY, MOVES, Move, StoryState, after, may_erase, may_move
from backread.values.person import Person, Role

ADA = Person(id="ada", name="Ada Quillfeather", roles=frozenset({Role.EDITOR}))
REP = Person(id="rep", name="Rhoda Pike", roles=frozenset({Role.REPORTER}))
STAN = Person(id="stan", name="Stan Orrick", roles=frozenset({Role.STANDARDS}))
S, M = StoryState, Move


@pytest.mark.parametrize(
    ("person", "state", "move", "reason", "allowed"),
    [
        pytest.param(ADA, S.IN_REVIEW, M.APPROVE, "", True, id="approve in review"),
        pytest.param(ADA, S.DRAFTED, M.PUBLISH, "", False, id="publish a draft"),
        pytest.param(ADA, S.IN_REVIEW, M.PUBLISH, "", False, id="publish without approval"),
        pytest.param(ADA, S.KILLED, M.APPROVE, "", False, id="approve what was killed"),
        pytest.param(ADA, S.PUBLISHED, M.EDIT, "", False, id="edit what is public"),
        pytest.param(ADA, S.TAKEN_DOWN, M.CORRECT, "so", False, id="correct what was taken down"),
        pytest.param(REP, S.IN_REVIEW, M.EDIT, "", True, id="a reporter edits"),
        pytest.param(REP, S.IN_REVIEW, M.APPROVE, "", False, id="a reporter does not approve"),
        pytest.param(REP, S.IN_REVIEW, M.KILL, "so", False, id="a reporter does not kill"),
        pytest.param(ADA, S.IN_REVIEW, M.KILL, " ", False, id="kill without a reason"),
        pytest.param(ADA, S.PUBLISHED, M.RETRACT, "it was wrong", True, id="retract"),
        pytest.param(ADA, S.SCHEDULED, M.CANCEL, "", False, id="cancel without a reason"),
        pytest.param(
            STAN, S.PUBLISHED, M.ERASE, "a court says so", True, id="standards erases what is public"
        ),
        pytest.param(STAN, S.KILLED, M.ERASE, " ", False, id="erase without a reason"),
        pytest.param(STAN, S.SCHEDULED, M.ERASE, "so", False, id="erase what waits to come out"),
        pytest.param(STAN, S.ERASED, M.REVIVE, "", False, id="bring back what was erased"),
        pytest.param(ADA, S.PUBLISHED, M.ERASE, "so", False, id="an editor does not erase"),
    ],
)
def test_moves(person: Person, state: StoryState, move: Move, reason: str, allowed: bool) -> None:
    told = may_move(person=person, state=state, move=move, reason=reason)
    assert isinstance(told, Allowed if allowed else Refusal)


def test_every_move_has_a_rule_and_every_state_is_reached() -> None:
    assert set(MAY) == set(Move) == {move for _, move in MOVES}
    assert set(MOVES.values()) | {S.DRAFTED} == set(StoryState)


def test_nothing_is_public_without_an_approval_on_the_way() -> None:
    seen, todo = {S.DRAFTED}, [S.DRAFTED]
    while todo:
        state = todo.pop()
        for move in Move:
            target = after(state, move)
            if move is not M.APPROVE and target is not None and target not in seen:
                seen.add(target)
                todo.append(target)
    assert not seen & {S.APPROVED, S.SCHEDULED, S.PUBLISHED, S.CORRECTED}


@pytest.mark.parametrize(
    ("one", "two", "reason", "why"),
    [
        pytest.param(STAN, ADA, "a court says so", "", id="standards and an editor"),
        pytest.param(STAN, STAN, "so", "Another editor", id="one person twice"),
        pytest.param(STAN, REP, "so", "Another editor", id="standards and a reporter"),
        pytest.param(ADA, STAN, "so", "Only a standards editor", id="an editor asks"),
        pytest.param(STAN, ADA, " ", "Say why", id="no reason"),
    ],
)
def test_two_people_erase(one: Person, two: Person, reason: str, why: str) -> None:
    told = may_erase(one=one, two=two, reason=reason)
    assert isinstance(told, Refusal if why else Allowed)
    assert why in getattr(told, "words", "")
