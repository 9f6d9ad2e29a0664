"""The legal moves of a story. Whatever is not listed here does not happen."""

from __future__ import annotations

from enum import StrEnum

from backread.review.refusal import Allowed, Refusal
from backread.values.person import Person, Role


class StoryState(StrEnum):
    """Where a story stands."""

    DRAFTED = "drafted"
    IN_REVIEW = "in review"
    RETURNED = "returned"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    TAKEN_DOWN = "taken down"
    KILLED = "killed"
    ERASED = "erased"


class Move(StrEnum):
    """What a person (or, for `publish` alone, the clock) does with a story."""

    OPEN = "open"
    EDIT = "edit"
    RETURN = "return"
    APPROVE = "approve"
    VOID = "void"
    SCHEDULE = "schedule"
    CANCEL = "cancel"
    PUBLISH = "publish"
    CORRECT = "correct"
    RETRACT = "retract"
    TAKE_DOWN = "take down"
    KILL = "kill"
    REVIVE = "revive"
    ERASE = "erase"


S, M = StoryState, Move
_DESK = frozenset({Role.REPORTER, Role.EDITOR, Role.STANDARDS})
_EDITORS = frozenset({Role.EDITOR, Role.STANDARDS})

MOVES: dict[tuple[StoryState, Move], StoryState] = {
    (S.DRAFTED, M.OPEN): S.IN_REVIEW,
    (S.DRAFTED, M.EDIT): S.IN_REVIEW,
    (S.DRAFTED, M.RETURN): S.RETURNED,
    (S.DRAFTED, M.KILL): S.KILLED,
    (S.IN_REVIEW, M.OPEN): S.IN_REVIEW,
    (S.IN_REVIEW, M.EDIT): S.IN_REVIEW,
    (S.IN_REVIEW, M.RETURN): S.RETURNED,
    (S.IN_REVIEW, M.KILL): S.KILLED,
    (S.IN_REVIEW, M.APPROVE): S.APPROVED,
    (S.RETURNED, M.OPEN): S.IN_REVIEW,
    (S.RETURNED, M.EDIT): S.IN_REVIEW,
    (S.RETURNED, M.KILL): S.KILLED,
    (S.KILLED, M.REVIVE): S.IN_REVIEW,
    # Another approval of the same version, and everything that voids one.
    (S.APPROVED, M.APPROVE): S.APPROVED,
    (S.APPROVED, M.VOID): S.IN_REVIEW,
    (S.APPROVED, M.EDIT): S.IN_REVIEW,
    (S.APPROVED, M.RETURN): S.RETURNED,
    (S.APPROVED, M.KILL): S.KILLED,
    (S.APPROVED, M.SCHEDULE): S.SCHEDULED,
    (S.APPROVED, M.PUBLISH): S.PUBLISHED,
    (S.SCHEDULED, M.CANCEL): S.IN_REVIEW,
    (S.SCHEDULED, M.EDIT): S.IN_REVIEW,
    (S.SCHEDULED, M.PUBLISH): S.PUBLISHED,
    # What is public is only ever superseded or withdrawn; a correction runs through review on its own version.
    (S.PUBLISHED, M.CORRECT): S.CORRECTED,
    (S.PUBLISHED, M.RETRACT): S.RETRACTED,
    (S.PUBLISHED, M.TAKE_DOWN): S.TAKEN_DOWN,
    (S.CORRECTED, M.CORRECT): S.CORRECTED,
    # A correction that waits for its time; the gate cancels nothing that is out.
    (S.CORRECTED, M.CANCEL): S.CORRECTED,
    (S.CORRECTED, M.RETRACT): S.RETRACTED,
    (S.CORRECTED, M.TAKE_DOWN): S.TAKEN_DOWN,
    (S.RETRACTED, M.TAKE_DOWN): S.TAKEN_DOWN,
    (S.RETRACTED, M.CORRECT): S.CORRECTED,
    # Words are erased where nothing waits to come out: what is approved or scheduled is taken back first.
    **{
        (state, M.ERASE): S.ERASED
        for state in (
            S.DRAFTED,
            S.IN_REVIEW,
            S.RETURNED,
            S.KILLED,
            S.PUBLISHED,
            S.CORRECTED,
            S.RETRACTED,
            S.TAKEN_DOWN,
        )
    },
}
"""Every legal move, listed by hand."""

MAY: dict[Move, frozenset[Role]] = {
    M.OPEN: _DESK,
    M.EDIT: _DESK,
    M.RETURN: _EDITORS,
    M.APPROVE: _EDITORS,
    M.VOID: _EDITORS,
    M.SCHEDULE: _EDITORS,
    M.CANCEL: _EDITORS,
    M.PUBLISH: _EDITORS,
    M.CORRECT: _EDITORS,
    M.RETRACT: _EDITORS,
    M.TAKE_DOWN: _EDITORS,
    M.KILL: _EDITORS,
    M.REVIVE: _EDITORS,
    M.ERASE: frozenset({Role.STANDARDS}),
}
"""Which roles may make a move."""

_REASONED = frozenset({M.RETURN, M.KILL, M.CANCEL, M.CORRECT, M.RETRACT, M.TAKE_DOWN, M.ERASE})


def after(state: StoryState, move: Move) -> StoryState | None:
    """Where `move` leads from `state`, None where it is not legal."""
    return MOVES.get((state, move))


def may_move(*, person: Person, state: StoryState, move: Move, reason: str = "") -> Allowed | Refusal:
    """Whether `person` may make `move` on a story in `state`, giving `reason` where one is owed."""
    if after(state, move) is None:
        return Refusal(words=f"A story that is {state} cannot be moved by “{move}”.")
    if not MAY[move] & person.roles:
        return Refusal(words=f"Your role may not {move} a story.")
    if move in _REASONED and not reason.strip():
        return Refusal(words="Say why.")
    return Allowed()


def may_erase(*, one: Person, two: Person, reason: str) -> Allowed | Refusal:
    """Whether these two may erase words or a capture for good: a standards editor, and another who edits."""
    if Role.STANDARDS not in one.roles:
        return Refusal(words="Only a standards editor may erase.")
    if one.id == two.id or not two.roles & _EDITORS:
        return Refusal(words="Another editor must agree: what is erased cannot be brought back.")
    if not reason.strip():
        return Refusal(words="Say why, without naming what is erased: the reason stays.")
    return Allowed()
