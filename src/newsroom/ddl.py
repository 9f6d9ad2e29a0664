"""SQL of our own: statements of a file, and whether the database still says the same."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILES = (HERE / "ledger" / "ledger.sql", HERE / "stories" / "gate.sql", HERE / "stories" / "kept.sql")
TEMPORARY = "temp."
"""What a temporary table, trigger or view is called here: those of a connection stand before those of the database."""

Held = Mapping[str, str]
"""Everything a database holds: name to SQL."""
Structure = dict[str, tuple[tuple[Any, ...], ...]]
"""Each table's columns (name, type, whether it may be empty, default, place in the key) and foreign keys."""


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


def held(cursor: Any) -> dict[str, str]:
    """Everything this connection sees: of the database, and what is temporary under a name of its own."""
    cursor.execute("SELECT name, sql FROM main.sqlite_master WHERE sql IS NOT NULL")
    told = {str(name): str(sql) for name, sql in cursor.fetchall()}
    cursor.execute("SELECT name, sql FROM sqlite_temp_master WHERE sql IS NOT NULL")
    return told | {f"{TEMPORARY}{name}": str(sql) for name, sql in cursor.fetchall()}


def differences(held: Held) -> list[str]:
    """What the database says otherwise: a table or trigger that is missing or changed, and triggers, views and temporary
    things that are not ours: each could change what the others do."""
    told, ours = [], wanted()
    for name, statement in ours.items():
        if name not in held:
            told.append(f"{name} is missing")
        elif _plain(held[name]) != statement:
            told.append(f"{name} was changed")
    return told + [f"{kind} {name} is not ours" for name, kind in _strange(held, ours)]


def _strange(held: Held, ours: Held) -> Iterator[tuple[str, str]]:
    for name, statement in held.items():
        kind = re.match(
            r"\s*CREATE\s+(?:TEMP(?:ORARY)?\s+)?(TRIGGER|VIEW|TABLE|(?:UNIQUE\s+)?INDEX)",
            statement,
            re.IGNORECASE,
        )
        sort = kind.group(1).lower() if kind else "thing"
        # Tables are looked at by their structure; the ORM's indexes are named by no file.
        if name.startswith(TEMPORARY) or (name not in ours and not sort.endswith(("table", "index"))):
            yield name, sort


def structure(cursor: Any) -> Structure:
    """The columns and foreign keys of every table of the database."""
    cursor.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%%'")
    names = [str(name) for (name,) in cursor.fetchall()]
    return {name: _structure(cursor, name) for name in names}


def _structure(cursor: Any, table: str) -> tuple[tuple[Any, ...], ...]:
    cursor.execute(
        'SELECT name, upper(type), "notnull", dflt_value, pk FROM pragma_table_xinfo(%s) ORDER BY name',
        [table],
    )
    columns = [("column", *row) for row in cursor.fetchall()]
    cursor.execute(
        'SELECT "from", "table", "to", on_update, on_delete FROM pragma_foreign_key_list(%s) ORDER BY "from"',
        [table],
    )
    return (*columns, *(("foreign key", *row) for row in cursor.fetchall()))


def restructured(held: Structure, ours: Structure) -> list[str]:
    """Tables that are missing, are others than the program made, or are nobody's."""
    told = [f"table {name} is missing" for name in ours if name not in held]
    told += [f"table {name} is not ours" for name in held if name not in ours]
    for name in (name for name in ours if name in held):
        odd = sorted({row[1] for row in set(held[name]) ^ set(ours[name])})
        told += [f"table {name} was changed: {', '.join(odd)}"] if odd else []
    return told


def _name(statement: str) -> str:
    match = re.match(r"CREATE (?:TABLE|TRIGGER) (\w+)", statement)
    if match is None:
        raise ValueError(f"not a table or trigger: {statement[:60]}")
    return match.group(1)


def _plain(statement: str) -> str:
    return re.sub(r"\s+", " ", statement.strip().rstrip(";")).replace('"', "")
