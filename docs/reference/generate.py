"""Writes the generated pages of the reference from the program itself; with --check, fails when they drifted.

Run with: python docs/reference/generate.py [--check]
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import typer.main

from backread.check import CHECKS
from backread.cli import app
from backread.config import Config

HERE = Path(__file__).parent
NOTE = "<!-- Written by docs/reference/generate.py from the program; do not edit. -->\n\n"


def verbs(command: Any, name: str, level: int = 2) -> list[str]:
    """A section a verb, its options as a table, its own verbs below it."""
    lines = [f"{'#' * level} `{name}`", "", (command.help or "").strip(), ""]
    rows = [row for parameter in command.params if (row := _row(parameter))]
    if rows:
        lines += ["| option | meaning | default |", "|---|---|---|", *rows, ""]
    below = getattr(command, "commands", {})
    for child in sorted(below):
        lines += verbs(below[child], f"{name} {child}", level + 1)
    return lines


def _row(parameter: Any) -> str:
    opts = [*parameter.opts, *parameter.secondary_opts]
    if "--help" in opts:
        return ""
    names = " ".join(f"`{name if name.startswith('-') else name.upper()}`" for name in opts)
    default = "" if parameter.default in (None, False, ()) or parameter.required else f"`{parameter.default}`"
    return f"| {names} | {(getattr(parameter, 'help', '') or '').replace('|', '/')} | {default} |"


def command_line() -> str:
    """Every verb with its options."""
    for verb in entry_points(group="backread.verbs"):
        app.add_typer(verb.load(), name=verb.name)
    root = typer.main.get_command(app)
    head = [
        "# Command line",
        "",
        "stdout carries results, stderr talk and progress. Exit codes: 0 nothing open, 1 something open, 2 could not do the work, 130 stopped by Ctrl-C.",
        "",
    ]
    return "\n".join([*head, *verbs(root, "backread")]).rstrip() + "\n"


def checks() -> str:
    """A section a check, from its docstring."""
    lines = [
        "# Checks",
        "",
        "In the order an editor reads them. *Proof* and *policy* can hold a sentence open; *advice* never does.",
        "",
    ]
    for check in CHECKS:
        lines += [f"## {check.name}", ""]
        if not check.built:
            lines += [
                f"{check.title}. *Not built yet*: answers undecided, as advice, and is never counted as run.",
                "",
            ]
            continue
        told = inspect.getdoc(import_module(check.run.__module__)) or ""
        lines += [f"*{check.kind}, version {check.version}.*", "", told, ""]
    return "\n".join(lines).rstrip() + "\n"


SETTINGS = {
    "BACKREAD_HOME": "the newsroom's folder: database, captures, keys, site (default `newsroom-home`)",
    "BACKREAD_MODEL_URL": "base URL of an OpenAI-compatible endpoint; with BACKREAD_MODEL it switches the drafter to `prose`",
    "BACKREAD_MODEL": "the language model's name at that endpoint",
    "BACKREAD_MODEL_KEY": "the key for it, sent in a header only, never stored or logged",
    "BACKREAD_RECORDINGS": "a folder of recorded exchanges that answers instead of an endpoint",
    "BACKREAD_JUDGE": "a second voice in the checks, which can only make them stricter: `endpoint`, or the folder of a larger classifier",
}


def settings() -> str:
    """Every setting the engine reads."""
    told = inspect.getsource(Config)
    missing = [name for name in SETTINGS if name not in told]
    if missing or told.count("BACKREAD_") < len(dataclasses.fields(Config)) - 2:
        raise SystemExit(f"settings out of step with backread.config: {missing}")
    rows = [f"| `{name}` | {meaning} |" for name, meaning in SETTINGS.items()]
    return (
        "\n".join(
            [
                "# Settings",
                "",
                "Read from the environment, once, at the start.",
                "",
                "| name | meaning |",
                "|---|---|",
                *rows,
            ]
        )
        + "\n"
    )


PAGES = {"command-line.md": command_line, "checks.md": checks, "settings.md": settings}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check say which have drifted."""
    drifted = []
    for name, page in PAGES.items():
        words, path = NOTE + page(), HERE / name
        if "--check" not in arguments:
            path.write_text(words, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != words:
            drifted.append(name)
    if drifted:
        sys.stderr.write(
            f"{', '.join(drifted)}: out of step with the program. Run `make docs` and commit the result.\n"
        )
    return 1 if drifted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
