"""Writes the generated pages of the reference from the program itself; with --check, fails when they drifted.

Run with: python docs/reference/generate.py [--check]
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import typer.main

from backread.check import CHECKS
from backread.check.base import Check
from backread.cli import app
from backread.config import Config
from backread.values.finding import Outcome, Scope

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
    """All checks in a table, a page each behind it."""
    lines = [
        "# Checks",
        "",
        "In the order an editor reads them. *Proof* and *policy* can hold a sentence open; *advice* never does.",
        "",
        "| check | kind | version | what it holds copy to |",
        "|---|---|---|---|",
        *(_listed(check) for check in CHECKS),
        "",
        "How often each is right is [measured](measured.md); how to make one is told in [write a check](../howto/write-a-check.md).",
    ]
    return "\n".join(lines).rstrip() + "\n"


def _listed(check: Check) -> str:
    if not check.built:
        return f"| {check.name} | not built | | {check.title} |"
    return f"| [{check.name}](checks/{slug(check)}.md) | {check.kind} | {check.version} | {check.title} |"


def slug(check: Check) -> str:
    """The name of a check's page, without its ending."""
    return check.name.replace(" ", "-")


def page(check: Check) -> str:
    """One check: its docstring, what it looks at, and an example of each thing it can say."""
    told = inspect.getdoc(import_module(check.run.__module__)) or ""
    looks = " and ".join(f"a {scope}" if scope is not Scope.STORY else "the story" for scope in check.scopes)
    says = ", ".join(sorted((outcome.value for outcome in check.outcomes), key=RANKS.index))
    lines = [
        f"# {check.name[0].upper()}{check.name[1:]}",
        "",
        f"*{check.kind}, version {check.version}.* Looks at {looks}, reads the {check.window}. Says: {says}.",
        "",
        told,
        "",
        *_examples(check),
        "[All checks](../checks.md)",
    ]
    return "\n".join(lines).rstrip() + "\n"


RANKS = [outcome.value for outcome in sorted(Outcome, key=lambda outcome: outcome.rank)]


def _examples(check: Check) -> list[str]:
    """The check's EXAMPLES, the worst outcome first. They are tested, so they hold."""
    there = getattr(import_module(check.run.__module__), "EXAMPLES", ())
    lines = ["## Examples", ""] if there else []
    for copy, sources, outcome in sorted(there, key=lambda example: example[2].rank):
        lines += [f"### {outcome.value[0].upper()}{outcome.value[1:]}", "", "Copy:", "", *_block(copy)]
        for number, source in enumerate(sources, 1):
            lines += ["Source:" if len(sources) == 1 else f"Source {number}:", "", *_block(source)]
        lines += [] if sources else ["No source.", ""]
    return lines


def _block(words: str) -> list[str]:
    """Words as they stand: indented, so that no mark in them is read as markup."""
    return [*("    " + line for line in words.split("\n")), ""]


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
    read = set(re.findall(r'"(BACKREAD_\w+)"', told))
    if read != set(SETTINGS):
        raise SystemExit(f"settings out of step with backread.config: {sorted(read ^ set(SETTINGS))}")
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


PAGES: dict[str, Callable[[], str]] = {
    "command-line.md": command_line,
    "checks.md": checks,
    "settings.md": settings,
    **{f"checks/{slug(check)}.md": partial(page, check) for check in CHECKS if check.built},
}


def stale() -> list[Path]:
    """Pages of checks that are no more."""
    return sorted(path for path in (HERE / "checks").glob("*.md") if f"checks/{path.name}" not in PAGES)


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check say which have drifted."""
    drifted = [f"checks/{path.name}" for path in stale()]
    for name, written in PAGES.items():
        words, path = NOTE + written(), HERE / name
        if "--check" not in arguments:
            path.parent.mkdir(exist_ok=True)
            path.write_text(words, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != words:
            drifted.append(name)
    if "--check" not in arguments:
        for path in stale():
            path.unlink()
        return 0
    if drifted:
        sys.stderr.write(
            f"{', '.join(drifted)}: out of step with the program. Run `make docs` and commit the result.\n"
        )
    return 1 if drifted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
