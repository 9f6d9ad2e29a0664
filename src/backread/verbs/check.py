"""`backread check STORY --against SOURCE...`: check any story against any sources, without a newsroom."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, date, datetime
from pathlib import Path

import typer
from rich.console import Console

from backread.adapters.verifiers import from_config
from backread.check import CHECKS
from backread.check.base import Check
from backread.check.engine import check_story
from backread.check.report import lines, to_plain
from backread.check.style import in_house, read_rules
from backread.config import Config
from backread.errors import BadInput
from backread.gather.files import read_words
from backread.gather.local import read_file
from backread.gather.photo import provenances
from backread.group.area import read_area
from backread.text.blocks import Parsed, parse
from backread.text.cite import propose
from backread.values.capture import Capture
from backread.values.report import Report

_FORMS = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".json": "json", ".txt": "txt"}

SECONDS = 300.0
"""What checking one story may take; what is left then is undecided, and the report says which checks did not run."""


def check(
    story: Path = typer.Argument(help="The story: .txt, .md, .html or .json."),  # noqa: B008
    against: list[Path] = typer.Option([], "--against", help="A source it rests on; repeat for each."),  # noqa: B008
    on: str = typer.Option(
        "", "--date", help="The date line's day as YYYY-MM-DD; relative days are counted from it."
    ),
    area: str = typer.Option("", "--area", help="The coverage area: a name or a TOML file."),
    house: Path | None = typer.Option(None, "--house", help="Your own style rules: a TOML file."),  # noqa: B008
    as_json: bool = typer.Option(False, "--json", help="One JSON object on stdout."),
) -> None:
    """Check every sentence of a story against its sources. Exit 1 when anything is open."""
    checks = in_house(CHECKS, read_rules(house)) if house else CHECKS
    report = examine(story, against, on=_day(on), area=area, checks=checks)
    if as_json:
        typer.echo(json.dumps(to_plain(report), ensure_ascii=False))
    else:
        console = Console(highlight=False, soft_wrap=True)
        for style, line in lines(report):
            console.print(line, style=style, markup=False)
    if not report.is_clear:
        raise typer.Exit(1)


def examine(
    story: Path, against: list[Path], *, on: date | None = None, area: str = "", checks: tuple[Check, ...] = CHECKS,
) -> Report:  # fmt: skip
    """Read the files and check. Raises BadInput for the first that cannot be read."""
    parsed = read_story(story, on)
    captures = _captures(against)
    known = read_area(area) if area else None
    late = time.monotonic() + SECONDS
    return check_story(
        propose(parsed.story, captures),
        captures,
        area=known,
        pictures=parsed.pictures,
        provenances=provenances(parsed.pictures, story.parent),
        checks=checks,
        verifier=from_config(Config.read(os.environ)),
        is_late=lambda: time.monotonic() > late,
    )


def read_story(path: Path, on: date | None) -> Parsed:
    """The story in a file. Raises BadInput in one sentence."""
    if path.suffix.lower() not in _FORMS:
        raise BadInput(
            str(path), step="read it as a story", hint=f"Hand in one of {', '.join(sorted(_FORMS))}."
        )
    try:
        return parse(read_words(path), _FORMS[path.suffix.lower()], on=on)
    except BadInput as err:
        if err.thing == str(path):
            raise
        raise BadInput(str(path), step=err.step, hint=err.hint) from err


def _captures(paths: list[Path]) -> tuple[Capture, ...]:
    taken = datetime.now(UTC)
    return tuple({c.id: c for path in paths for c in read_file(path, taken=taken)}.values())


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as err:
        raise BadInput(f"--date {words}", step="read it as a day", hint="Write it as YYYY-MM-DD.") from err
