"""Acts of people at the desk. Each is one transaction with its ledger entry; the engine's rules decide, nothing here does."""

from newsroom.desk.actions.sentences import (
    cite,
    decide,
    keep_paragraph,
    note,
    raise_alarm,
    rewrite,
    strike,
    undo,
)
from newsroom.desk.actions.signing import WrongCode, approve, open_correction, shown, withdraw
from newsroom.desk.actions.stories import assign, move, set_aside, start, start_brief, start_by_hand

__all__ = [
    "WrongCode",
    "approve",
    "assign",
    "cite",
    "decide",
    "keep_paragraph",
    "move",
    "note",
    "open_correction",
    "raise_alarm",
    "rewrite",
    "set_aside",
    "shown",
    "start",
    "start_brief",
    "start_by_hand",
    "strike",
    "undo",
    "withdraw",
]
