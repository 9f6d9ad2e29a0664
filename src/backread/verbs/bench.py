"""`backread bench NAME`: measure on your own files, and print one object of figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import TextIO

import typer
from rich.console import Console

from backread.errors import BadInput

Bench = Callable[[Path | None, int], Mapping[str, object]]
"""Takes a file or folder (None for benches that make their own) and a limit (0: none); answers with figures."""

Scored = Callable[[Mapping[str, object]], None]
"""Takes the row of one thing measured."""

BENCHES = (
    "claims",
    "clean",
    "edits",
    "extractive",
    "incidents",
    "inputs",
    "peers",
    "quotes",
    "speed",
    "support",
)
"""The engine's benches: each is `backread.bench.NAME.run`, imported only when asked for."""

_BESIDE = ("targets", "not_measured")
"""Keys of an object of figures that are no figures: what is asked of them, and what is left out and why."""

SCORING = frozenset({"claims", "clean", "edits", "extractive", "incidents", "peers", "quotes", "support"})
"""Those that also hand out a row for each thing they measure, to a third argument."""

SEVERAL = frozenset({"peers"})
"""Those that take several files or folders, one after the other: their figures stand under the name of each."""


def find(name: str) -> Bench:
    """The bench called `name`: the engine's part, then those that other packages offer under the same name.

    Raises BadInput naming those there are.
    """
    parts: list[Bench] = [import_module(f"backread.bench.{name}").run] if name in BENCHES else []
    offered = entry_points(group="backread.bench")
    parts += [entry.load() for entry in offered if entry.name == name]
    if not parts:
        there = ", ".join(sorted({*BENCHES, *(entry.name for entry in offered)}))
        raise BadInput(name, step="find a bench of that name", hint=f"There are: {there}.")
    return lambda path, limit: joined([part(path, limit) for part in parts])


def joined(parts: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The figures of all parts as one object; `targets` and `not_measured` of all of them stand at its end."""
    figures = {key: told for part in parts for key, told in part.items() if key not in _BESIDE}
    for key in _BESIDE:
        beside: dict[str, object] = {}
        for part in parts:
            told = part.get(key)
            beside |= told if isinstance(told, Mapping) else {}
        figures |= {key: beside} if beside else {}
    return figures


def line(key: str, figure: object, target: object) -> str:
    """A figure with its target: seconds are at most that many, rates at least."""
    if not isinstance(figure, int | float) or not isinstance(target, int | float):
        return f"{key:32} {figure}"
    is_rate = key.endswith("per_s") or key.endswith("per_cpu_s")
    held = figure >= target if is_rate else figure <= target
    asked = f"{'at least' if is_rate else 'at most'} {target:g}"
    return f"{key:32} {figure!s:>10}   {asked:<18} {'held' if held else 'MISSED'}"


def bench(
    name: str = typer.Argument(help="Which bench: inputs, speed, ..."),
    path: list[Path] = typer.Argument(None, help="The file or folder to measure on; peers takes several."),  # noqa: B008
    limit: int = typer.Option(0, min=0, help="Read at most so many rows; 0 reads all."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object on stdout."),
    scores: Path = typer.Option(None, "--scores", help="Write a JSON line for each thing measured."),  # noqa: B008
) -> None:
    """Measure one path of the program on your data."""
    paths: Sequence[Path | None] = path or [None]
    if len(paths) > 1 and name not in SEVERAL:
        hint = f"Only {', '.join(sorted(SEVERAL))} takes several."
        raise BadInput(f"{len(paths)} paths", step=f"measure {name} on them", hint=hint)
    figures = (
        _scored(name, paths, limit, scores) if scores else joined([find(name)(one, limit) for one in paths])
    )
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False))
        return
    targets, left = figures.get("targets"), figures.get("not_measured")
    asked = targets if isinstance(targets, Mapping) else {}
    console = Console(soft_wrap=True)
    for key, figure in flat({key: value for key, value in figures.items() if key not in _BESIDE}):
        console.print(line(key, figure, asked.get(key)), highlight=False, markup=False)
    for key, why in left.items() if isinstance(left, Mapping) else ():
        console.print(f"{key:32} not measured: {why}", highlight=False, markup=False)


def flat(figures: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """Every figure with its whole name: "recall.quotes"."""
    for key, value in figures.items():
        if isinstance(value, Mapping) and value:
            yield from flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _scored(name: str, paths: Sequence[Path | None], limit: int, scores: Path) -> Mapping[str, object]:
    """Run it with its rows written to `scores`. Raises BadInput for a bench without rows, or a file that cannot be written."""
    if name not in SCORING:
        hint = f"Leave --scores away; {', '.join(sorted(SCORING))} have rows."
        raise BadInput(name, step="write a row for each thing measured", hint=hint)
    run = import_module(f"backread.bench.{name}").run
    try:
        with scores.open("w", encoding="utf-8") as out:
            return joined([run(path, limit, lambda row: _write(row, out)) for path in paths])
    except OSError as err:
        raise BadInput(str(scores), step="write the scores", hint=f"The system says: {err.strerror or err}.") from err  # fmt: skip


def _write(row: Mapping[str, object], out: TextIO) -> None:
    out.write(json.dumps(row, ensure_ascii=False) + "\n")
