"""SQL of our own: statements of a file, and whether the database still says the same."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

HERE = Path(__file__).parent
FILES = (HERE / "ledger" / "ledger.sql", HERE / "stories" / "gate.sql", HERE / "stories" / "kept.sql")


def statements(path: Path) -> list[str]:
    """The statements of a file, each complete, comments left out."""
    told, pending = [], ""
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.strip().startswith("--"):
            pending += line + "\n"
            if sqlite3.complete_statement(pending):
                told.append(pending.strip().rstrip(";"))
                pending = ""
    return told


def wanted() -> dict[str, str]:
    """Every table and trigger by name, as the files say."""
    return {_name(statement): _plain(statement) for path in FILES for statement in statements(path)}


def renewed() -> list[str]:
    """Statements that make every trigger anew, for a database whose tables stand already."""
    told = []
    for path in FILES:
        for statement in statements(path):
            if statement.startswith("CREATE TRIGGER"):
                told += [f"DROP TRIGGER IF EXISTS {_name(statement)}", statement]
    return told


def differences(held: dict[str, str]) -> list[str]:
    """What the database says otherwise: a table or trigger that is missing or changed. `held` is name to SQL."""
    told = []
    for name, statement in wanted().items():
        if name not in held:
            told.append(f"{name} is missing")
        elif _plain(held[name]) != statement:
            told.append(f"{name} was changed")
    return told


def _name(statement: str) -> str:
    match = re.match(r"CREATE (?:TABLE|TRIGGER) (\w+)", statement)
    if match is None:
        raise ValueError(f"not a table or trigger: {statement[:60]}")
    return match.group(1)


def _plain(statement: str) -> str:
    return re.sub(r"\s+", " ", statement.strip().rstrip(";")).replace('"', "")
