"""What the builder and doctor hold records against: the outlet as it names itself, and the keys it may sign with."""

from __future__ import annotations

from pathlib import Path

from backread.adapters.signing import FileSigner
from backread.ledger.entry import ActName
from backread.ledger.keys import Key, KeyRole, Registry
from backread.publish.record import Outlet, Trust
from backread.values.publication import Entry
from newsroom.accounts.models import Outlet as OutletRow
from newsroom.ledger.models import LedgerEntry


def trust(row: OutletRow, home: Path) -> Trust:
    """What a record of this outlet is held against. Raises ConfigError when a key cannot be read."""
    outlet = Outlet(
        id=row.pk, name=row.name, address=row.address, responsible=row.responsible, place=row.place.title(),
        timezone=row.timezone, report=f"desk@{row.pk}.example", topics={"county": "County"},
    )  # fmt: skip
    seal = FileSigner.at(home, KeyRole.LOG).secret("what the builder remembers of the site")
    return Trust(
        outlet=outlet, keys=keys(row.pk, home), origin=f"{row.address.split('//', 1)[-1]}/ledger", seal=seal
    )


def keys(outlet: str, home: Path) -> Registry:
    """The key history of an outlet. A key counts only when its private half lies in the newsroom's folder: whoever
    writes the database alone cannot add one."""
    entries = (
        Entry.parse(bytes(e.content))
        for e in LedgerEntry.objects.filter(outlet=outlet, act=str(ActName.KEY)).order_by("seq")
    )
    own = {FileSigner.at(home, role).key for role in KeyRole}
    stated = (Key(id=str(e.body["key"]), role=KeyRole(str(e.body["role"])), since=e.at) for e in entries)
    return Registry(keys=tuple(key for key in stated if key.id in own))
