"""Writing an entry: part of the act, in its transaction, last. If it cannot be written, the act does not happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from backread.errors import LedgerError
from backread.ledger import chain, entry, merkle
from backread.ledger.checkpoint import Checkpoint
from backread.values.publication import Entry
from newsroom.ledger.models import LedgerEntry


def record(*, outlet: str, at: datetime, actor: str, act: entry.ActName, body: Mapping[str, object]) -> Entry:
    """Append one entry inside the caller's transaction, and its Merkle nodes. Raises LedgerError outside one."""
    if not transaction.get_connection().in_atomic_block:
        raise LedgerError(
            f"the entry {act!s}", step="write it", hint="It belongs into the transaction of its act."
        )
    previous = _last(outlet)
    made = chain.append(
        previous, outlet=outlet, at=_not_before(previous, at), actor=actor, act=act, body=body
    )
    content = made.content()
    if len(content) > entry.MAX_BYTES:
        # No reader takes a longer one: written, it would break the chain for good.
        raise LedgerError(
            f"the entry {act!s}", step="write it", hint="It is too long: an entry is an act, say it shorter."
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (outlet, seq, hash, previous, act, content) VALUES (%s, %s, %s, %s, %s, %s)",
            [outlet, made.seq, made.hash, made.previous, str(act), content],
        )
        for node in merkle.append(lambda level, index: _node(outlet, level, index), made.seq, content):
            cursor.execute(
                "INSERT INTO ledger_node (outlet, level, place, hash) VALUES (%s, %s, %s, %s)",
                [outlet, node.level, node.index, node.hash],
            )
    return made


def moment(outlet: str, at: datetime) -> datetime:
    """The time that an act of now is dated: `at`, or the last entry's where the clock stepped back. An act's rows and
    its entry say the same, so it is asked inside the transaction of the act."""
    return _not_before(_last(outlet), at)


def _last(outlet: str) -> Entry | None:
    last = LedgerEntry.objects.filter(outlet=outlet).order_by("-seq").first()
    return Entry.parse(bytes(last.content)) if last else None


def _not_before(previous: Entry | None, at: datetime) -> datetime:
    # Clocks may step back by a little; a ledger's times never do.
    return max(at, previous.at) if previous else at


def root_of(leaves: Iterable[bytes]) -> str:
    """The Merkle root of a batch that is logged as one entry, hexadecimal."""
    nodes: dict[tuple[int, int], bytes] = {}
    size = 0
    for leaf in leaves:
        for node in merkle.append(lambda level, index: nodes[level, index], size, leaf):
            nodes[node.level, node.index] = node.hash
        size += 1
    return merkle.root(lambda level, index: nodes[level, index], size).hex()


def contents(outlet: str) -> Iterator[bytes]:
    """The bytes of every entry of an outlet, in order."""
    for row in LedgerEntry.objects.filter(outlet=outlet).order_by("seq").iterator():
        yield bytes(row.content)


def told_of(outlet: str, act: entry.ActName, story: str) -> tuple[Mapping[str, Any], ...]:
    """The bodies of the entries of an act on a story, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT content FROM ledger_entry WHERE outlet = %s AND act = %s AND instr(CAST(content AS TEXT), %s) ORDER BY seq",
            [outlet, str(act), f'"story":"{story}"'],
        )
        found = [Entry.parse(bytes(content)) for (content,) in cursor.fetchall()]
    return tuple(made.body for made in found if made.body.get("story") == story)


def roles(outlet: str) -> Mapping[str, str]:
    """The role of each person, by username, as the ledger tells it last."""
    told = LedgerEntry.objects.filter(outlet=outlet, act=str(entry.ActName.ROLE)).order_by("seq")
    bodies = (Entry.parse(bytes(row.content)).body for row in told)
    return {str(body["person"]): str(body["role"]) for body in bodies}


def head(outlet: str) -> str:
    """The hash of the last entry; 64 zeros when there is none."""
    last = LedgerEntry.objects.filter(outlet=outlet).order_by("-seq").first()
    return last.hash if last else "0" * 64


def checkpoint(outlet: str, origin: str) -> Checkpoint:
    """The head of the Merkle tree over an outlet's entries, to be signed."""
    # Entries have no gaps: the last one's place says how many there are, and counting would read them all.
    last = LedgerEntry.objects.filter(outlet=outlet).order_by("-seq").first()
    size = last.seq + 1 if last else 0
    return Checkpoint(
        origin=origin, size=size, root=merkle.root(lambda level, index: _node(outlet, level, index), size)
    )


def inclusion(outlet: str, seq: int, size: int) -> tuple[bytes, ...]:
    """The proof that entry `seq` stands in the tree of `size`."""
    return merkle.inclusion(lambda level, index: _node(outlet, level, index), seq, size)


def _node(outlet: str, level: int, index: int) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT hash FROM ledger_node WHERE outlet = %s AND level = %s AND place = %s",
            [outlet, level, index],
        )
        row = cursor.fetchone()
    if row is None:
        raise LedgerError(
            outlet, step=f"read node {level}, {index} of its tree", hint="Run `backread newsroom doctor`."
        )
    return bytes(row[0])
