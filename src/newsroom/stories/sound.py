"""Whether the gate's rows hold together: each with its content, its signature and its ledger entry, and each entry with its row.

The triggers refuse such rows, and the builder writes nothing on them; whoever dropped the triggers finds them named here.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from backread.ledger.entry import ActName, approval_body, erasure_of, publication_body, withdrawal_body
from backread.ledger.keys import KeyRole, Registry, verify
from backread.values.canonical import canonical_bytes, digest_of
from backread.values.publication import (
    Approval,
    Entry,
    Erasure,
    Publication,
    Withdrawal,
    WithdrawalKind,
    missing,
    utc,
)
from newsroom.accounts.models import Outlet
from newsroom.ledger.models import LedgerEntry
from newsroom.sources.models import Capture
from newsroom.stories import rows

_UNREADABLE = (AttributeError, LookupError, TypeError, ValueError, LedgerEntry.DoesNotExist)


def unsound(outlet: str, keys: Registry) -> list[str]:
    """Every row that does not hold together, named, in words; none where all do."""
    return [
        *_approvals(outlet, keys),
        *_publications(outlet),
        *_withdrawals(outlet, keys),
        *_erasures(outlet, keys),
        *_emptied(outlet, keys),
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
    return keys.attests(made.key, made.at, canonical_bytes(made.canonical()), made.signature)


def _erasures(outlet: str, keys: Registry) -> Iterator[str]:
    names = ("digest", "by_one", "by_two", "reason", "at", "entry")
    for row in _table("gate_erasure", names, outlet):
        try:
            entry = rows.entry(str(row["entry"]))
        except _UNREADABLE:
            yield f"erasure of {row['digest'][:12]}: the ledger has no entry of it"
            continue
        told = (outlet, row["by_one"], row["by_two"], row["reason"], row["at"])
        said = (entry.outlet, entry.actor, entry.body.get("by_two"), entry.body.get("reason"), utc(entry.at))
        if told != said or row["digest"] not in _digests(entry):
            yield f"erasure of {row['digest'][:12]}: the ledger entry says something else"
    held = _ids("SELECT digest FROM gate_erasure WHERE outlet = %s", outlet)
    for entry in _entries_of_erasures(outlet):
        if _erasure(entry, keys) is None:
            yield f"entry {entry.seq} of the ledger calls itself an erasure, and its signature does not fit: nobody erased what it names"
        for digest in sorted(_digests(entry) - held):
            yield f"entry {entry.seq} of the ledger tells of an erasure, and its row is gone: {digest[:40]}"


def _emptied(outlet: str, keys: Registry) -> Iterator[str]:
    """Stories and captures that are empty, and that no erasure of theirs names which two people signed."""
    made = [told for entry in _entries_of_erasures(outlet) if (told := _erasure(entry, keys)) is not None]
    empty = _ids("SELECT digest FROM gate_words WHERE content IS NULL")
    wanted: set[str] = set()
    for whose, story, number, content in rows.rows("SELECT outlet, story, number, content FROM gate_version"):
        named = {d for told in made if (told.outlet, told.story) == (whose, story) for d in told.digests}
        try:
            parts = {str(digest) for digest in json.loads(str(content))["parts"].values()}
        except _UNREADABLE:
            yield f"version {number} of {story}: its content cannot be read"
            continue
        wanted |= parts - named
        if whose == outlet and parts & empty - named:
            yield f"version {number} of {story}: words of it are gone, and nobody signed an erasure of this story's"
    there = _ids("SELECT digest FROM gate_words WHERE content IS NOT NULL")
    for digest in sorted({d for told in made if told.story for d in told.digests} & there - wanted):
        yield f"words {digest[:12]}: they were erased, and are there again"
    named = {digest for told in made if told.capture for digest in told.digests}
    for id_, text in Capture.objects.filter(outlet_id=outlet).values_list("capture", "text"):
        if not text and id_ not in named:
            yield f"capture {id_[:12]}: its text is gone, and nobody signed an erasure of it"
        elif text and id_ in named:
            yield f"capture {id_[:12]}: it was erased, and is there again"


def _entries_of_erasures(outlet: str) -> Iterator[Entry]:
    found = LedgerEntry.objects.filter(outlet=outlet, act=str(ActName.ERASURE)).order_by("seq")
    for row in found:
        # The chain, which doctor looks at too, says more of an entry that cannot be read.
        with contextlib.suppress(*_UNREADABLE):
            yield Entry.parse(bytes(row.content))


def _erasure(entry: Entry, keys: Registry) -> Erasure | None:
    """The erasure that an entry tells of, where the outlet's key signed it; None else."""
    try:
        made = erasure_of(entry)
    except ValueError:
        return None
    signed = canonical_bytes(made.canonical())  # type: ignore[arg-type]
    return made if keys.attests(made.key, made.at, signed, made.signature) else None


def _digests(entry: Entry) -> frozenset[str]:
    told = entry.body.get("digests")
    return frozenset(map(str, told)) if isinstance(told, list) else frozenset()


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
    # Of each outlet's erasures `_erasures` says whether they were signed; of a row of no outlet nobody would.
    outlets = set(Outlet.objects.values_list("pk", flat=True))
    erased = {str(digest) for outlet, digest in rows.rows("SELECT outlet, digest FROM gate_erasure") if outlet in outlets}  # fmt: skip
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


def _ids(query: str, *values: object) -> frozenset[str]:
    return frozenset(str(id_) for (id_,) in rows.rows(query, *values))


def _table(table: str, names: Iterable[str], outlet: str) -> Iterator[dict[str, Any]]:
    columns = tuple(names)
    # Table and column names are this module's own words, never a caller's.
    query = f"SELECT {', '.join(columns)} FROM {table} WHERE outlet = %s"  # noqa: S608
    for row in rows.rows(query, outlet):
        yield dict(zip(columns, row, strict=True))
