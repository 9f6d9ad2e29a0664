"""Whether the gate's rows hold together: each with its content, its signature and its ledger entry, and each entry with its row.

The triggers refuse such rows, and the builder writes nothing on them; whoever dropped the triggers finds them named here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from backread.ledger.entry import ActName, approval_body, publication_body, withdrawal_body
from backread.ledger.keys import KeyRole, Registry, verify
from backread.values.canonical import canonical_bytes, digest_of
from backread.values.publication import Approval, Entry, Publication, Withdrawal, WithdrawalKind, missing, utc
from newsroom.ledger.models import LedgerEntry
from newsroom.stories import rows

_UNREADABLE = (AttributeError, LookupError, TypeError, ValueError, LedgerEntry.DoesNotExist)


def unsound(outlet: str, keys: Registry) -> list[str]:
    """Every row that does not hold together, named, in words; none where all do."""
    return [
        *_approvals(outlet, keys),
        *_publications(outlet),
        *_withdrawals(outlet, keys),
        *_words(),
        *_without_row(outlet),
    ]


def _approvals(outlet: str, keys: Registry) -> Iterator[str]:
    names = (
        "id",
        "story",
        "version",
        "digest",
        "approver",
        "needed",
        "approved_at",
        "expires_at",
        "entry",
        "content",
        "signature",
    )
    for row in _table("gate_approval", names, outlet):
        for why in _wrong_approval(row, outlet, keys):
            yield f"approval {row['id'][:12]} of {row['story']}: {why}"


def _wrong_approval(row: dict[str, Any], outlet: str, keys: Registry) -> Iterator[str]:
    try:
        made = rows.approval_from(json.loads(str(row["content"])), str(row["signature"]))
        told = (made.id, made.outlet, made.story, made.version, made.digest, made.approver, made.needed, utc(made.approved_at), utc(made.expires_at))  # fmt: skip
    except _UNREADABLE:
        yield "its signed statement cannot be read"
        return
    if told != (
        row["id"],
        outlet,
        *(row[n] for n in ("story", "version", "digest", "approver", "needed", "approved_at", "expires_at")),
    ):
        yield "the row says something else than the statement that was signed"
    if not keys.holds(made.key, KeyRole.ATTESTATION, made.approved_at):
        yield "its key is not one of this outlet's"
    elif not verify(made.key, canonical_bytes(made.canonical()), made.signature):  # type: ignore[arg-type]
        yield "its signature does not fit: nobody approved this"
    yield from _misentered(
        str(row["entry"]), ActName.APPROVAL, approval_body(made), made.approver, row["approved_at"]
    )


def _publications(outlet: str) -> Iterator[str]:
    names = (
        "id",
        "story",
        "version",
        "digest",
        "approval",
        "not_before",
        "made_at",
        "supersedes",
        "entry",
        "content",
    )
    for row in _table("gate_publication", names, outlet):
        for why in _wrong_publication(row, outlet):
            yield f"publication {row['id'][:12]} of {row['story']}: {why}"


def _wrong_publication(row: dict[str, Any], outlet: str) -> Iterator[str]:
    try:
        made = rows.publication_from(json.loads(str(row["content"])))
        told = (
            made.id,
            made.outlet,
            made.story,
            made.version,
            made.digest,
            made.approval,
            utc(made.not_before),
            made.supersedes,
        )
    except _UNREADABLE:
        yield "its content cannot be read"
        return
    if told != (
        row["id"],
        outlet,
        *(row[n] for n in ("story", "version", "digest", "approval", "not_before", "supersedes")),
    ):
        yield "the row says something else than its content"
    yield from _misentered(str(row["entry"]), ActName.PUBLICATION, publication_body(made), "", row["made_at"])
    if (more := missing(_given(made))) or made.approval not in {a.id for a in _given(made)}:
        yield f"{max(more, 1)} more had to approve it"


def _given(made: Publication) -> tuple[Approval, ...]:
    """The approvals of exactly these words that can be read, void ones too: a voiding may have come later."""
    found = rows.rows(
        "SELECT content, signature FROM gate_approval WHERE outlet = %s AND story = %s AND version = %s AND digest = %s",
        made.outlet, made.story, made.version, made.digest,
    )  # fmt: skip
    try:
        return tuple(
            rows.approval_from(json.loads(str(content)), str(signature)) for content, signature in found
        )
    except _UNREADABLE:
        return ()


def _withdrawals(outlet: str, keys: Registry) -> Iterator[str]:
    names = ("publication", "by_whom", "at", "entry", "kind")
    for row in _table("gate_withdrawal", names, outlet):
        name = f"withdrawal of {row['publication'][:12]}"
        try:
            made, out = (
                rows.withdrawn(row["publication"]),
                rows.publication(row["publication"], outlet=outlet),
            )
        except _UNREADABLE:
            yield f"{name}: it cannot be read, or there is no such publication"
            continue
        if made is not None:
            for why in _misentered(
                str(row["entry"]), ActName.WITHDRAWAL, withdrawal_body(made), made.by, row["at"]
            ):
                yield f"{name}: {why}"
            if not _is_signed(made, keys):
                yield f"{name}: its signature does not fit: nobody withdrew it so"
            if made.kind is WithdrawalKind.CANCEL and made.at >= out.not_before:
                yield f"{name}: it was out already, and is called cancelled"


def _is_signed(made: Withdrawal, keys: Registry) -> bool:
    held = keys.holds(made.key, KeyRole.ATTESTATION, made.at)
    return held and verify(made.key, canonical_bytes(made.canonical()), made.signature)


def _misentered(hash_: str, act: ActName, body: dict[str, object], actor: str, at: str) -> Iterator[str]:
    try:
        entry = rows.entry(hash_)
    except _UNREADABLE:
        yield "the ledger has no entry of it"
        return
    if (entry.act, dict(entry.body)) != (str(act), body) or (actor and entry.actor != actor):
        yield "the ledger entry says something else"
    if utc(entry.at) != at:
        yield f"it is dated {at}, its ledger entry {utc(entry.at)}"


def _words() -> Iterator[str]:
    erased = {str(digest) for (digest,) in rows.rows("SELECT digest FROM gate_erasure")}
    for digest, content in rows.rows("SELECT digest, content FROM gate_words"):
        if content is None and digest not in erased:
            yield f"words {digest[:12]}: they were emptied, and no erasure says so"
        elif content is not None and digest_of(bytes(content)) != digest:
            yield f"words {digest[:12]}: they are not the words of that digest"


def _without_row(outlet: str) -> Iterator[str]:
    """Entries of the ledger whose row is gone: hidden, or lost."""
    held = {
        ActName.APPROVAL: _ids("SELECT id FROM gate_approval"),
        ActName.PUBLICATION: _ids("SELECT id FROM gate_publication"),
        ActName.WITHDRAWAL: _ids("SELECT publication FROM gate_withdrawal"),
        ActName.VOIDING: _ids("SELECT approval FROM gate_voiding"),
        ActName.VERSION: _ids("SELECT story || ' ' || number FROM gate_version"),
    }
    for row in LedgerEntry.objects.filter(outlet=outlet, act__in=[str(act) for act in held]).order_by("seq"):
        try:
            entry = Entry.parse(bytes(row.content))
            subject, act = _subject(entry), ActName(entry.act)
        except _UNREADABLE:
            # The chain, which doctor looks at too, says more of an entry that cannot be read.
            continue
        if subject not in held.get(act, frozenset()):
            yield f"entry {entry.seq} of the ledger tells of a {act}, and its row is gone: {subject[:40]}"


def _subject(entry: Entry) -> str:
    body = entry.body
    name = {ActName.PUBLICATION: "publication", ActName.WITHDRAWAL: "publication"}.get(
        ActName(entry.act), "approval"
    )
    return f"{body['story']} {body['number']}" if entry.act == ActName.VERSION else str(body[name])


def _ids(query: str) -> frozenset[str]:
    return frozenset(str(id_) for (id_,) in rows.rows(query))


def _table(table: str, names: Iterable[str], outlet: str) -> Iterator[dict[str, Any]]:
    columns = tuple(names)
    # Table and column names are this module's own words, never a caller's.
    query = f"SELECT {', '.join(columns)} FROM {table} WHERE outlet = %s"  # noqa: S608
    for row in rows.rows(query, outlet):
        yield dict(zip(columns, row, strict=True))
