"""Replacing a key: the new one is entered in the ledger, the old one's public half is kept, and then they change places.

Killed anywhere in between, the same command goes on where it stopped: a half-replaced key signs nothing that counts.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import typer
from django.db import transaction

from backread.adapters.signing import FileSigner, key_file, retire
from backread.errors import ConfigError
from backread.ledger.entry import ActName
from backread.ledger.keys import Key, KeyRole
from backread.values.publication import Entry


def rotate(*, outlet: str, home: Path, role: KeyRole, by: str, now: datetime) -> str:
    """Replace the key of this role; the new key's id. What the old one signed keeps its proof, and it proves nothing newer.

    Raises ConfigError when the old key was never entered in this outlet's ledger.
    """
    from newsroom import failpoints
    from newsroom.ledger.actions import moment, record
    from newsroom.people import now_at, state_of
    from newsroom.trust import entered, keys, stated, statement

    path = key_file(home, role)
    waiting = path.with_name(f"{role}.next.pem")
    old, new = FileSigner(path), FileSigner(waiting) if waiting.exists() else FileSigner.create(waiting)
    failpoints.reach("new key")
    with transaction.atomic():
        held = entered(outlet)
        if old.key not in held:
            raise ConfigError(str(path), step="replace this key", hint="The ledger does not know it: run `backread newsroom doctor`.")  # fmt: skip
        at = held[new.key].at if new.key in held else moment(outlet, now)
        if new.key not in held:
            body = {"key": new.key, "replaces": old.key, "role": str(role)}
            record(outlet=outlet, at=at, actor=by, act=ActName.KEY, body=body)
            # The new key signs again what readers are told of the outlet: what was signed, not what a row says.
            if role is KeyRole.ATTESTATION and (told := stated(outlet, keys(outlet, home))) is not None:
                again = {"changed": ["key"]} | statement(outlet, told, at, new)
                record(outlet=outlet, at=at, actor=by, act=ActName.SETTING, body=again)
            for post in now_at(outlet, home).values() if role is KeyRole.ATTESTATION else ():
                state_of(outlet=outlet, person=post.person, name=post.name, roles=post.roles, signer=new, by=by, now=at)  # fmt: skip
    failpoints.reach("key entered")
    retire(home, _served(old.key, role, held[old.key], at))
    failpoints.reach("key retired")
    waiting.replace(path)
    _keep_name(path.parent)
    return new.key


def _served(key: str, role: KeyRole, entry: Entry, until: datetime) -> Key:
    return Key(id=key, role=role, since=entry.at, until=until)


def _keep_name(folder: Path) -> None:
    """The rename itself must survive a power cut too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rotate_key(
    role: KeyRole = typer.Argument(help="Which: the key that attests approvals, or the one that signs the log."),  # noqa: B008
    home: Path = typer.Option(None, "--home", help="The newsroom's folder (default: BACKREAD_HOME, else newsroom-home)."),  # noqa: B008
) -> None:  # fmt: skip
    """Replace a signing key. What was signed keeps its proof; the whole site is built again with the new key history."""
    from datetime import UTC

    from newsroom import opened

    config = opened.ready(home)
    outlet = opened.outlet()
    key = rotate(outlet=outlet.pk, home=config.home, role=role, by="admin", now=datetime.now(UTC))
    from newsroom import press

    built = press.site(
        store=opened.store(config), outlet=outlet, home=config.home, now=datetime.now(UTC), whole=True
    )
    typer.echo(key)
    if built.refused:
        raise built.refused[0]
