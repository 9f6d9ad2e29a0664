"""`backread verify RECEIPT`: check a published story's receipt, offline."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer

from backread.errors import BadInput
from backread.ledger.receipt import MAX_BYTES, Receipt
from backread.ledger.verdict import Verdict, judge
from backread.review.statement import words


def read(path: Path) -> Receipt:
    """The receipt at `path`: the file, or the folder of a published story. Raises BadInput."""
    found = path / "receipt.json" if path.is_dir() else path
    try:
        with found.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as err:
        raise BadInput(
            str(found), step="read the receipt", hint=f"{err.strerror}. Give the path of a receipt.json."
        ) from err
    return Receipt.parse(content)


def verify(
    receipt: Path = typer.Argument(help="A receipt.json, or the folder of a published story."),  # noqa: B008
    key: list[str] = typer.Option(  # noqa: B008
        [], "--key", help="A key of the outlet that you know from elsewhere (base64); may be given again."
    ),
    as_json: bool = typer.Option(False, "--json", help="One JSON object on stdout."),
) -> None:
    """Check who approved a published story, and that the record of it was not changed."""
    told = read(receipt)
    verdict = judge(told, key, says=words)
    if as_json:
        typer.echo(json.dumps(as_object(told, verdict), ensure_ascii=False))
    else:
        for step in verdict.steps:
            typer.echo(f"{'holds' if step.passed else 'FAILS'}  {step.name}: {step.words}")
        for _, line in told.statement:
            sys.stderr.write(f"{line}\n")
    raise typer.Exit(verdict.exit_code)


def as_object(told: Receipt, verdict: Verdict) -> dict[str, object]:
    """What `--json` prints."""
    return {
        "holds": verdict.holds,
        "outlet": told.outlet_name,
        "story": told.version.story,
        "digest": told.version.digest,
        "steps": [{"name": s.name, "passed": s.passed, "words": s.words} for s in verdict.steps],
        "statement": [line for _, line in told.statement],
    }
