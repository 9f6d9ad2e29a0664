"""What the builder and doctor hold records against: the outlet as it names itself, and the keys it may sign with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from backread.adapters.signing import FileSigner, retired
from backread.errors import ConfigError
from backread.ledger.entry import ActName
from backread.ledger.keys import Key, KeyRole, Registry, verify
from backread.ports import Signer
from backread.publish.record import Outlet, Trust
from backread.values.canonical import canonical_bytes
from backread.values.publication import Entry, utc
from newsroom.accounts.models import Outlet as OutletRow
from newsroom.ledger.models import LedgerEntry

SHOWN = ("name", "responsible", "place", "timezone", "address", "report")
"""What readers are told of an outlet."""


def trust(row: OutletRow, home: Path) -> Trust:
    """What a record of this outlet is held against. Raises ConfigError when a key cannot be read, or nothing that was
    signed says what readers are told of the outlet."""
    registry = keys(row.pk, home)
    told = stated(row.pk, registry)
    if told is None:
        raise ConfigError(
            row.pk, step="say whose site this is", hint="Nothing in the ledger that was signed names this outlet: set it up again with its plan (`backread newsroom init`)."
        )  # fmt: skip
    outlet = Outlet(
        id=row.pk, name=told["name"], address=told["address"], responsible=told["responsible"], place=told["place"].title(),
        timezone=told["timezone"], report=told["report"], topics={"county": "County"},
    )  # fmt: skip
    seal = FileSigner.at(home, KeyRole.LOG).secret("what the builder remembers of the site")
    origin = f"{told['address'].split('//', 1)[-1]}/ledger"
    return Trust(outlet=outlet, keys=registry, origin=origin, seal=seal)


def statement(outlet: str, told: Mapping[str, str], at: datetime, signer: Signer) -> dict[str, object]:
    """What the ledger is told, of this moment, of what readers are told of the outlet, signed as approvals are."""
    signature = signer(_signed(outlet, told, at, signer.key))
    return {"key": signer.key, "outlet": dict(told), "signature": signature}


def stated(outlet: str, registry: Registry) -> Mapping[str, str] | None:
    """What readers are told of the outlet, as the ledger's last entry on it that was signed says; None where none was."""
    entries = LedgerEntry.objects.filter(outlet=outlet, act=str(ActName.SETTING)).order_by("-seq")
    for kept in entries.iterator():
        entry = Entry.parse(bytes(kept.content))
        told, key = entry.body.get("outlet"), str(entry.body.get("key", ""))
        if not isinstance(told, Mapping) or set(told) != set(SHOWN):
            continue
        plain = {name: str(value) for name, value in told.items()}
        signature = str(entry.body.get("signature", ""))
        # Whoever writes the database can append an entry; the time in what is signed keeps an old one from being used again.
        ours = registry.holds(key, KeyRole.ATTESTATION, entry.at)
        if ours and verify(key, _signed(outlet, plain, entry.at, key), signature):
            return plain
    return None


def _signed(outlet: str, told: Mapping[str, str], at: datetime, key: str) -> bytes:
    return canonical_bytes({"act": "setting", "at": utc(at), "id": outlet, "key": key, "outlet": dict(told)})


def keys(outlet: str, home: Path) -> Registry:
    """The key history of an outlet. A key counts only when the newsroom's folder knows it: by its private half, or, once
    it was replaced, by its public half and the time it served. Whoever writes the database alone cannot add one.

    Raises ConfigError when a key cannot be read.
    """
    past = {key.id: key for key in retired(home)}
    own = {FileSigner.at(home, role).key for role in KeyRole} | set(past)
    return Registry(keys=tuple(_key(entry, past) for id_, entry in entered(outlet).items() if id_ in own))


def entered(outlet: str) -> dict[str, Entry]:
    """The ledger's first entry of each key, by its id, the oldest first. One that is appended later says nothing: whoever
    holds the database could end a key with it, and with the key all that it signed."""
    rows = LedgerEntry.objects.filter(outlet=outlet, act=str(ActName.KEY)).order_by("seq")
    found: dict[str, Entry] = {}
    for entry in (Entry.parse(bytes(row.content)) for row in rows):
        found.setdefault(str(entry.body["key"]), entry)
    return found


def _key(entry: Entry, past: Mapping[str, Key]) -> Key:
    id_, role = str(entry.body["key"]), KeyRole(str(entry.body["role"]))
    gone = past.get(id_)
    # Of what the ledger and the folder say, the narrower counts.
    since = max(entry.at, gone.since) if gone else entry.at
    return Key(id=id_, role=gone.role if gone else role, since=since, until=gone.until if gone else None)
