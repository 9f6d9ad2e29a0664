"""The command line: `check`, `verify`, `bench`, and the verbs that other packages mount.

stdout carries results, stderr talk and progress. Exit 0: nothing open. 1: something open. 2: could not do the work,
and stderr says in one sentence why. 130: stopped by Ctrl-C.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
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


_Usage: type[Exception] = typer.BadParameter.__bases__[0]
"""Whatever is wrong with the words of a command; Typer exports only this child of it."""
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LONGEST = 600
"""Characters of a sentence on stderr; the middle of a longer one is left out."""


def main() -> None:
    """Run the command line and exit. Whatever goes wrong on purpose is one sentence on stderr and exit code 2."""
    raise SystemExit(_code(lambda: _run(sys.argv[1:])))


def mount() -> None:
    """Put the verbs of other packages beside the engine's; done again, it changes nothing."""
    mounted = {group.name for group in app.registered_groups}
    for verb in entry_points(group="backread.verbs"):
        if verb.name not in mounted:
            app.add_typer(verb.load(), name=verb.name)


def _run(words: list[str]) -> int:
    mount()
    return int(app(words, prog_name="backread", standalone_mode=False) or 0)


def _code(run: Callable[[], int]) -> int:
    """The exit code of `run`, with what it refused told."""
    try:
        return run()
    except BackreadError as err:
        return _tell(str(err))
    except _Usage as err:
        return _misused(err)
    except typer.Abort:
        return _tell("The answer: could not read it. Nothing was done; start again and answer each question.")
    except KeyboardInterrupt:
        return 130
    except OSError as err:
        thing = str(err.filename or "The system")
        return _tell(f"{thing}: could not work with it. The system says: {err.strerror or err}.")


def _misused(err: Exception) -> int:
    """Tell what is wrong with the words of a command; without any words, the help."""
    ctx = getattr(err, "ctx", None)
    path = ctx.command_path if ctx else "backread"
    if type(err).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(f"{err}\n")
        return 2
    why = re.sub(r"\s+", " ", err.format_message()).strip()  # type: ignore[attr-defined]
    return _tell(f"{path}: {why.rstrip('.')}. See `{path} --help`.")


def _tell(words: str) -> int:
    """One sentence on stderr, on one line, with nothing in it that would act on a terminal."""
    seen = _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), words)
    if len(seen) > LONGEST:
        seen = f"{seen[: LONGEST // 2]} … {seen[-LONGEST // 2 :]}"
    sys.stderr.write(f"{seen}\n")
    return 2


if __name__ == "__main__":
    main()
