"""What newsroom.toml says of an outlet, its people and its sources, read strictly: nothing is guessed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backread.errors import BadInput
from backread.gather import SOURCES
from backread.values.person import Role
from backread.values.source import Genre, Terms

MOST_BYTES = 2_000_000
LONGEST = 120
"""Characters of a name or a place; an address may be longer."""
OUTLET = {"id": str, "name": str, "responsible": str, "timezone": str, "place": str}
OUTLET_MAY = {"address": str, "report": str, "single_editor": bool, "approver_is_not_drafter": bool}
PERSON = {"name": str, "username": str, "role": str}
SOURCE = {"id": str, "name": str, "kind": str, "url": str, "terms": str, "genre": str, "every_minutes": int, "promise_hours": int}  # fmt: skip
SOURCE_MAY = {"agency": str, "reserves_ai": bool, "confidential": bool}
_REPORT = re.compile(r"|[^\s@:/?]+@[^\s@:/?]+|https://[^\s]+")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

BEGINNING = """\
# Your newsroom: the outlet, the people who sign in, and what it reads. Then: backread newsroom init

[outlet]
id = "our-paper"
name = ""
responsible = ""      # the person who answers for what is published; without one nothing is
timezone = "America/New_York"
place = ""            # as a date line says it
# report = "corrections@our-paper.example"      where readers tell you of errors: a mail address, or a form's https address

[[person]]
name = ""
username = ""
role = "editor"       # reporter, editor, standards or admin

# [[source]]
# id = "commission"
# name = "Board of County Commissioners"
# kind = "page"
# url = "https://commission.example/minutes"
# terms = "public record"
# genre = "minutes"
# every_minutes = 60
# promise_hours = 24
"""
"""What `init` writes where nothing stands yet."""


def read_plan(path: Path) -> dict[str, Any]:
    """The tables of the file at `path`. Raises BadInput in one sentence for the first thing that is wrong."""
    told = _toml(path)
    strange = set(told) - {"outlet", "person", "source"}
    _hold(not strange, path, f"It has a table “{min(strange, default='')}” that no newsroom has.")
    outlet = told.get("outlet")
    _hold(isinstance(outlet, dict), path, "It has no table [outlet].")
    _fields(path, "the outlet", outlet, OUTLET, OUTLET_MAY)
    _zone(path, outlet["timezone"])
    _hold(bool(_REPORT.fullmatch(outlet.get("report", ""))), path, "“report” of the outlet is no mail address and no https address.")  # fmt: skip
    people, sources = _rows(path, told, "person"), _rows(path, told, "source")
    _hold(bool(people), path, "It names nobody who could sign in: add a [[person]].")
    for person in people:
        _person(path, person)
    for source in sources:
        _source(path, source)
    _once(path, [p["username"] for p in people], "username")
    _once(path, [s["id"] for s in sources], "source")
    _once(path, [s["url"] for s in sources], "address")
    return {"outlet": outlet, "person": people, "source": sources}


def _toml(path: Path) -> dict[str, Any]:
    try:
        _hold(path.stat().st_size <= MOST_BYTES, path, f"It is longer than {MOST_BYTES} bytes.")
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as err:
        raise BadInput(str(path), step="read it", hint=f"The system says: {err.strerror}.") from err
    except UnicodeDecodeError as err:
        raise BadInput(str(path), step="read it", hint="It is not text in UTF-8.") from err
    except (ValueError, RecursionError) as err:
        line = re.search(r"at line (\d+)", str(err))
        where = f"Line {line[1]} breaks off or goes wrong" if line else "It breaks off or goes wrong"
        raise BadInput(str(path), step="read it as TOML", hint=f"{where}.") from err


def _rows(path: Path, told: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows = told.get(name, [])
    _hold(isinstance(rows, list) and all(isinstance(row, dict) for row in rows), path, f"Write each {name} as [[{name}]].")  # fmt: skip
    return rows


def _fields(path: Path, what: str, row: Mapping[str, Any], must: Mapping[str, type], may: Mapping[str, type]) -> None:  # fmt: skip
    for name, kind in must.items():
        _hold(name in row, path, f"{what} has no “{name}”.")
        filled = type(row[name]) is kind and (kind is not str or bool(row[name].strip()))
        _hold(
            filled, path, f"“{name}” of {what} is {'empty' if row[name] == '' else 'not of the right kind'}."
        )
        _hold(kind is not str or _is_line(row[name]), path, f"“{name}” of {what} is no line of at most {LONGEST} characters that can be seen.")  # fmt: skip
    for name in sorted(set(row) - set(must)):
        _hold(name in may, path, f"{what} has a field “{name}” that is unknown.")
        _hold(type(row[name]) is may[name], path, f"“{name}” of {what} is not of the right kind.")
        _hold(may[name] is not str or _is_line(row[name]), path, f"“{name}” of {what} is no line of at most {LONGEST} characters that can be seen.")  # fmt: skip
    slug = str(row.get("id") or row.get("username") or "")
    _hold(bool(_SLUG.fullmatch(slug)) and len(slug) <= 50, path, f"“{slug}” is no name of lower-case letters, digits and hyphens.")  # fmt: skip


def _is_line(words: str) -> bool:
    return (len(words) <= LONGEST or _is_web(words)) and words.isprintable()


def _person(path: Path, row: Mapping[str, Any]) -> None:
    _fields(path, f"the person “{row.get('username', '')}”", row, PERSON, {})
    _hold(row["role"] in set(Role), path, f"“{row['role']}” is no role: {', '.join(Role)}.")


def _source(path: Path, row: Mapping[str, Any]) -> None:
    what = f"the source “{row.get('id', '')}”"
    _fields(path, what, row, SOURCE, SOURCE_MAY)
    for name, known in (("kind", set(SOURCES)), ("terms", set(Terms)), ("genre", set(Genre))):
        _hold(row[name] in known, path, f"“{row[name]}” is no {name} of {what}: {', '.join(sorted(known))}.")
    _hold(1 <= row["every_minutes"] <= 525_600 and 1 <= row["promise_hours"] <= 8_760, path, f"Times of {what} are from a minute to a year.")  # fmt: skip
    _hold(_is_web(row["url"]), path, f"The address of {what} is none of the web.")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= 600


def _zone(path: Path, name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as err:
        raise BadInput(str(path), step="use it", hint=f"There is no time zone “{name}”.") from err


def _once(path: Path, names: list[str], what: str) -> None:
    twice = [name for name in names if names.count(name) > 1]
    _hold(not twice, path, f"The {what} “{min(twice, default='')}” is there twice.")


def _hold(right: bool, path: Path, why: str) -> None:
    if not right:
        raise BadInput(str(path), step="use it", hint=why[:1].upper() + why[1:])
