"""The command line: `check`, `verify`, `bench`, and the verbs that other packages mount.

stdout carries results, stderr talk and progress. Exit 0: nothing open. 1: something open. 2: could not do the work.
"""

from __future__ import annotations

import sys
from importlib.metadata import entry_points

import typer

from backread import __version__
from backread.errors import BackreadError
from backread.verbs.bench import bench
from backread.verbs.check import check
from backread.verbs.verify import verify

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A linter and a newsroom for news copy that has to be true.",
)


@app.callback(invoke_without_command=True)
def root(version: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
    """Gather, keep, draft, check, review, publish, and prove it."""
    if version:
        typer.echo(f"backread {__version__}")
        raise typer.Exit


app.command("check")(check)
app.command("verify")(verify)
app.command("bench")(bench)


def main() -> None:
    """Run the command line; a stated error becomes one sentence on stderr and exit code 2."""
    for verb in entry_points(group="backread.verbs"):
        app.add_typer(verb.load(), name=verb.name)
    try:
        app()
    except BackreadError as err:
        sys.stderr.write(f"{err}\n")
        raise SystemExit(2) from err


if __name__ == "__main__":
    main()
