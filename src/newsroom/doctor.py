"""What could be wrong with a newsroom, looked at one by one. Empty means: nothing was found wrong."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor

from backread.adapters.signing import FileSigner, key_file
from backread.errors import ConfigError
from backread.ledger import chain
from backread.ledger.entry import ActName
from backread.ledger.keys import KeyRole
from backread.values.publication import Entry
from newsroom import ddl
from newsroom.accounts import codes
from newsroom.accounts.models import Membership, Outlet
from newsroom.jobs.models import MOST_TRIES, Attempt
from newsroom.ledger.actions import contents, roles
from newsroom.ledger.models import LedgerEntry
from newsroom.sources.models import Source
from newsroom.stories.sound import unsound
from newsroom.trust import keys as keys_of
from newsroom.trust import stated

LEAST_DISK = 500_000_000
"""Bytes that should be free: captures only ever grow."""
SLIP = timedelta(minutes=5)
FRESH = "fresh"
"""The name of a connection to an empty database in memory."""


def ailments(home: Path, now: datetime) -> list[str]:
    """Everything that is wrong, in words that say what to do."""
    return [*tables(), *clock(now), *disk(home), *attempts(), *(w for o in Outlet.objects.all() for w in outlet(home, o))]  # fmt: skip


def tables() -> list[str]:
    """Tables and triggers that differ from what they should be, switches that are off, and a database that is damaged."""
    with connection.cursor() as cursor:
        told = ddl.differences(ddl.held(cursor))
        told += ddl.restructured(ddl.structure(cursor), _made_new())
        cursor.execute("PRAGMA integrity_check(1)")
        (state,) = cursor.fetchone()
        told += [] if state == "ok" else [f"the database is damaged ({state}): restore a backup"]
        return told + _switches(cursor) + _orphans(cursor)


SWITCHES = {"foreign_keys": 1, "recursive_triggers": 1, "ignore_check_constraints": 0, "writable_schema": 0}
"""What a connection of this program has on (1) and off (0). Each connection has its own: this looks at the program's."""


def _switches(cursor: Any) -> list[str]:
    told = []
    for name, wanted in SWITCHES.items():
        cursor.execute(f"PRAGMA {name}")
        if cursor.fetchone()[0] != wanted:
            told.append(f"{name} is {'off' if wanted else 'on'} on the program's connection")
    return told


def _orphans(cursor: Any) -> list[str]:
    """Rows that point nowhere: written while foreign keys were switched off."""
    cursor.execute("PRAGMA foreign_key_check")
    return sorted(
        {f"{table} has rows that point at none of {parent}" for table, _, parent, _ in cursor.fetchall()}
    )


@lru_cache(maxsize=1)
def _made_new() -> ddl.Structure:
    """The tables as this program makes them, in a database of their own that is gone afterwards."""
    own = connections[DEFAULT_DB_ALIAS]
    fresh = type(own)({**own.settings_dict, "NAME": ":memory:"}, alias=FRESH)
    connections[FRESH] = fresh
    try:
        executor = MigrationExecutor(fresh)
        executor.migrate(executor.loader.graph.leaf_nodes())
        with fresh.cursor() as cursor:
            return ddl.structure(cursor)
    finally:
        fresh.close()
        del connections[FRESH]


def outlet(home: Path, row: Outlet) -> list[str]:
    """The ledger, the keys and the people of one outlet."""
    return [*ledger(row), *keys(home, row), *acts(home, row), *people(home, row)]


def ledger(row: Outlet) -> list[str]:
    """Whether every entry follows from the one before."""
    told = chain.verify(contents(row.pk), outlet=row.pk)
    return [f"ledger of {row}: entry {told.seq}: {told.why}"] if isinstance(told, chain.Broken) else []


def acts(home: Path, row: Outlet) -> list[str]:
    """Rows of the gate that nobody signed, that the ledger tells otherwise, or whose row is gone."""
    try:
        return unsound(row.pk, keys_of(row.pk, home))
    except (ConfigError, ValueError) as err:
        return [f"the approvals of {row} cannot be verified: {err}"]


def keys(home: Path, row: Outlet) -> list[str]:
    """Whether both keys can be used, and are the ones the ledger names."""
    entries = LedgerEntry.objects.filter(outlet=row.pk, act=str(ActName.KEY))
    named = {(e.body["role"], e.body["key"]) for e in (Entry.parse(bytes(r.content)) for r in entries)}
    wrong = []
    for role in KeyRole:
        try:
            key = FileSigner(key_file(home, role)).key
        except ConfigError as err:
            wrong.append(str(err))
            continue
        if (str(role), key) not in named:
            wrong.append(f"the {role} key in {key_file(home, role)} is not the one the ledger names: nothing can be published with it")  # fmt: skip
    return wrong


def _stated(home: Path, row: Outlet) -> Mapping[str, str] | None:
    try:
        return stated(row.pk, keys_of(row.pk, home))
    except (ConfigError, ValueError):
        # What is wrong with the keys, `keys` tells.
        return None


def people(home: Path, row: Outlet) -> list[str]:
    """Whether somebody answers for the outlet, and everybody who signs in has the role that the ledger gave them and a
    code secret of their own."""
    wrong = [] if row.responsible.strip() else [f"{row} has no responsible person; nothing is published"]
    told_of = _stated(home, row)
    if told_of is None:
        wrong.append(
            f"nothing signed says what readers are told of {row}: set it up again with its plan; nothing is published until then"
        )
    wrong += [
        f"the row of {row.pk} says another {name} than the ledger: readers are told the ledger's, “{told}”"
        for name, told in (told_of or {}).items()
        if str(getattr(row, name)) != told
    ]
    given = roles(row.pk)
    for held in Membership.objects.filter(outlet=row).select_related("person"):
        if held.roles != [given.get(held.person.username)]:
            wrong.append(
                f"the row of {held.person.username} says other roles than the ledger: {', '.join(held.roles) or 'none'}"
            )
        path = codes.secret_file(home, held.person.username)
        if not path.exists():
            wrong.append(f"{held.person.username} has no code secret and cannot sign in")
        elif path.stat().st_mode & 0o077:
            wrong.append(f"others can read {path}: chmod 600 {path}")
    return wrong


def sources(row: Outlet) -> list[str]:
    """Sources whose last look went wrong: bad news from outside, not an illness of the newsroom."""
    ill = Source.objects.filter(outlet=row).exclude(trouble="").order_by("slug")
    return [f"source {source.slug}: {source.trouble}" for source in ill]


def attempts() -> list[str]:
    """Steps that failed five times and wait for a person."""
    rows = Attempt.objects.filter(tries__gte=MOST_TRIES)
    return [f"{a.kind} {a.subject}: set aside after {a.tries} tries: {a.last_error}" for a in rows]


def clock(now: datetime) -> list[str]:
    """Whether the clock stands before something that was written already."""
    last = LedgerEntry.objects.order_by("-seq").first()
    at = Entry.parse(bytes(last.content)).at if last else datetime.min.replace(tzinfo=UTC)
    return [f"the clock says {now:%Y-%m-%d %H:%M} UTC, the ledger is at {at:%Y-%m-%d %H:%M} already: set the clock"] if at > now + SLIP else []  # fmt: skip


def disk(home: Path) -> list[str]:
    """Whether there is room for more captures."""
    free = shutil.disk_usage(home).free
    return [f"only {free // 1_000_000} MB are free below {home}"] if free < LEAST_DISK else []
