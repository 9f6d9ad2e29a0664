"""`backread verify RECEIPT`: check a published story's receipt, offline."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

import typer

from backread.errors import BadInput
from backread.ledger.receipt import MAX_BYTES, Receipt
from backread.ledger.verdict import Verdict, judge
from backread.review.statement import words

KEY_BYTES = 32


def read(path: Path) -> Receipt:
    """The receipt at `path`: the file, or the folder of a published story. Raises BadInput."""
    found = path
    try:
        found = path / "receipt.json" if path.is_dir() else path
        with found.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as err:
        why = getattr(err, "strerror", None) or "It is no name of a file"
        raise BadInput(
            str(found), step="read the receipt", hint=f"{why}. Give the path of a receipt.json."
        ) from err
    try:
        return Receipt.parse(content)
    except BadInput as err:
        raise BadInput(str(found), step="read the receipt", hint=err.hint) from err


def _key(told: str) -> str:
    """A key as it was given. Raises BadInput for what can be none: a slip of the hand is no forged receipt."""
    try:
        if len(base64.b64decode(told, validate=True)) == KEY_BYTES:
            return told
    except ValueError:
        pass
    raise BadInput(
        f"--key {told}", step="read it as a key", hint="A key is 44 letters and signs that end in “=”."
    )


def verify(
    receipt: Path = typer.Argument(help="A receipt.json, or the folder of a published story."),  # noqa: B008
    key: list[str] = typer.Option(  # noqa: B008
        [], "--key", help="A key of the outlet that you know from elsewhere (base64); may be given again."
    ),
    as_json: bool = typer.Option(False, "--json", help="One JSON object on stdout."),
) -> None:
    """Check who approved a published story, and that the record of it was not changed."""
    known = [_key(one) for one in key]
    told = read(receipt)
    verdict = judge(told, known, says=words)
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
