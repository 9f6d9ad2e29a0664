"""`backread bench NAME`: measure on your own files, and print one object of figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import typer
from rich.console import Console

from backread.errors import BadInput

Bench = Callable[[Path | None, int], Mapping[str, object]]
"""Takes a file or folder (None for benches that make their own) and a limit (0: none); answers with figures."""

BENCHES = ("inputs", "speed")
"""The engine's benches: each is `backread.bench.NAME.run`, imported only when asked for."""


def find(name: str) -> Bench:
    """The bench called `name`. Raises BadInput naming those there are."""
    if name in BENCHES:
        run: Bench = import_module(f"backread.bench.{name}").run
        return run
    offered: dict[str, Bench] = {}
    for entry in entry_points(group="backread.bench"):
        offered |= entry.load()
    if name in offered:
        return offered[name]
    there = ", ".join(sorted({*BENCHES, *offered}))
    raise BadInput(name, step="find a bench of that name", hint=f"There are: {there}.")


def bench(
    name: str = typer.Argument(help="Which bench: inputs, speed, ..."),
    path: Path = typer.Argument(None, help="The file or folder to measure on."),  # noqa: B008
    limit: int = typer.Option(0, min=0, help="Read at most so many rows; 0 reads all."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object on stdout."),
) -> None:
    """Measure one path of the program on your data."""
    figures = find(name)(path, limit)
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False))
        return
    console = Console()
    for key, figure in figures.items():
        console.print(f"{key:32} {figure}", highlight=False)
