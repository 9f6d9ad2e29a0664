"""The newsroom's verbs, mounted on the one command line as `backread newsroom`."""

import typer

app = typer.Typer(no_args_is_help=True, help="The newsroom: init, run, gather, draft, publish, doctor.")


@app.callback()
def newsroom() -> None:
    """Run a newsroom on this machine."""
