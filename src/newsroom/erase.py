"""`backread newsroom erase`: the words of a story, or a capture, for good. Two people, each with password and code, and a reason."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from backread.errors import BadInput, NotAllowed
from newsroom import opened
from newsroom.verbs import HOME, JSON, say

if TYPE_CHECKING:
    from backread.values.person import Person
    from newsroom.accounts.models import Outlet
    from newsroom.stories.erasure import Erased


def erase(
    what: str = typer.Argument(help="A story's slug, as `drafts` lists it, or a capture's id."),
    user: str = typer.Option(..., "--as", help="The standards editor: a username."),
    second: str = typer.Option(..., "--with", help="Another editor who agrees: a username."),
    reason: str = typer.Option(..., "--reason", help="Why; it stays, so it names nothing of what goes."),
    home: Path = HOME,
    as_json: bool = JSON,
) -> None:
    """Erase the words of a story, or a capture, for good. Digests, signatures and the ledger stay; backups are not reached."""
    config = opened.ready(home)
    from backread.adapters.signing import FileSigner
    from backread.archive.blobs import FolderBlobs
    from backread.ledger.keys import KeyRole
    from newsroom import press
    from newsroom.stories.erasure import erase_capture, erase_story
    from newsroom.stories.models import Story

    outlet = opened.outlet()
    story = Story.objects.filter(outlet=outlet, slug=what).first()
    capture = "" if story else _capture(outlet, what)
    now = datetime.now(UTC)
    one, two = _people(outlet, (user, second), config.home, now)
    signer = FileSigner.at(config.home, KeyRole.ATTESTATION)
    gone: Erased
    if story is not None:
        gone = erase_story(story=story, one=one, two=two, signer=signer, reason=reason, now=now)
    else:
        remove = FolderBlobs(config.home / "captures").remove
        gone = erase_capture(
            outlet=outlet.pk, capture=capture, one=one, two=two, signer=signer, reason=reason, now=now, remove=remove
        )  # fmt: skip
    built = press.site(
        store=opened.store(config), outlet=outlet, home=config.home, now=datetime.now(UTC), whole=True
    )
    for refused in built.refused:
        say(str(refused))
    _tell(gone, as_json)
    if built.refused:
        raise typer.Exit(1)


def _capture(outlet: Outlet, what: str) -> str:
    from newsroom.sources.models import Capture

    found = list(
        Capture.objects.filter(outlet=outlet, capture=what).exclude(text="").values_list("capture", flat=True)
    )
    if not found:
        raise BadInput(
            what[:80], step="erase it", hint="No story has that slug and no capture that id: `drafts` lists stories, a receipt names captures."
        )  # fmt: skip
    return str(found[0])


def _people(outlet: Outlet, names: tuple[str, str], home: Path, now: datetime) -> tuple[Person, Person]:
    """The two people, each with password and code. All is asked before any of it is judged."""
    from newsroom.accounts import codes
    from newsroom.accounts.models import Person as PersonRow

    told = [
        (
            name,
            typer.prompt(f"Password of {name}", hide_input=True, err=True),
            typer.prompt(f"One-time code of {name}", err=True),
        )
        for name in names
    ]
    known = []
    for name, password, code in told:
        row = PersonRow.objects.filter(username=name).first()
        if row is None or not row.check_password(password) or not codes.accept(row, code, home=home, now=now):
            raise NotAllowed(
                "two people", step="sign in", hint="A user, password or code is wrong, or the code was used before."
            )  # fmt: skip
        known.append(row.at(outlet.pk))
    return known[0], known[1]


def _tell(gone: Erased, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"removed": list(gone.removed), "shared": list(gone.shared)}))
    for name in [] if as_json else gone.removed:
        typer.echo(f"erased  {name}")
    for name in gone.shared:
        say(f"{name[:12]} stays: another story says the same words.")
    say("Backups and copies that others hold are not reached.")
