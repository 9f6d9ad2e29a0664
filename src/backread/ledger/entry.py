"""The acts that a ledger records, and the strict reading of an entry's bytes.

An entry holds strings, integers, lists and objects only: two programs may not print one truth in two ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from backread.errors import LedgerError
from backread.values.publication import Approval, Entry, Erasure, Publication, Withdrawal, utc

MAX_BYTES = 1_000_000
"""An entry is an act, not a document; anything longer is not read."""


class ActName(StrEnum):
    """The acts of people and story versions."""

    DRAFT = "draft"
    DECLARATION = "declaration"
    DECISIONS = "decision batch"
    EDIT = "edit"
    VERSION = "version"
    APPROVAL = "approval"
    VOIDING = "voiding"
    PUBLICATION = "publication"
    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"
    ERASURE = "erasure"
    KEY = "key"
    ROLE = "role"
    SETTING = "setting"
    CHECKPOINT = "checkpoint"
    BACKUP = "backup"
    RESTORE = "restore"
    CAPTURES = "captures"


def checked_body(body: Mapping[str, object], *, act: str) -> Mapping[str, object]:
    """`body` when it holds strings, integers, lists and objects only. Raises LedgerError naming the act."""
    if (where := _strange(body)) is not None:
        raise LedgerError(
            f"entry {act!r}",
            step="write it",
            hint=f"A body holds strings, integers, lists and objects only; {where} is something else.",
        )
    return body


def read(content: bytes) -> Entry:
    """The entry in `content`, to the byte. Raises ValueError for anything that `append` would not have written."""
    if len(content) > MAX_BYTES:
        raise ValueError("an entry is never that long")
    try:
        entry = Entry.parse(content)
    except RecursionError as err:
        raise ValueError("the entry is nested too deeply") from err
    typed = all(isinstance(told, str) for told in (entry.outlet, entry.actor, entry.act, entry.previous))
    if not typed or type(entry.seq) is not int or not isinstance(entry.body, dict):
        raise ValueError("a field of the entry has the wrong type")
    if entry.act not in set(ActName) or _strange(entry.body) is not None:
        raise ValueError("the entry holds an act or a value that no ledger writes")
    return entry


def _strange(value: object, where: str = "body") -> str | None:
    if isinstance(value, str) or type(value) is int:
        return None
    if isinstance(value, Mapping):
        found = (_strange(inner, f"{where}.{key}") for key, inner in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        found = (_strange(inner, f"{where}[{index}]") for index, inner in enumerate(value))
    else:
        return where
    return next((strange for strange in found if strange is not None), None)


def approval_body(approval: Approval) -> dict[str, object]:
    """What the ledger says of an approval: enough to tie the signed statement to this entry."""
    return {
        "approval": approval.id,
        "approver": approval.approver,
        "digest": approval.digest,
        "level": str(approval.level),
        "needed": approval.needed,
        "signature": approval.signature,
        "story": approval.story,
        "version": approval.version,
    }


def publication_body(publication: Publication) -> dict[str, object]:
    """What the ledger says of a publication."""
    return {
        "approval": publication.approval,
        "digest": publication.digest,
        "not_before": utc(publication.not_before),
        "publication": publication.id,
        "story": publication.story,
        "supersedes": publication.supersedes,
        "version": publication.version,
    }


def withdrawal_body(withdrawal: Withdrawal) -> dict[str, object]:
    """What the ledger says of a withdrawal."""
    return {
        "by_name": withdrawal.by_name,
        "key": withdrawal.key,
        "kind": str(withdrawal.kind),
        "publication": withdrawal.publication,
        "reason": withdrawal.reason,
        "signature": withdrawal.signature,
    }


def erasure_body(erasure: Erasure) -> dict[str, object]:
    """What the ledger says of an erasure; whose it is and when stand in the entry itself."""
    of = {"story": erasure.story} if erasure.story else {"capture": erasure.capture}
    return of | {
        "by_two": erasure.by_two,
        "digests": list(erasure.digests),
        "key": erasure.key,
        "reason": erasure.reason,
        "signature": erasure.signature,
    }


def erasure_of(entry: Entry) -> Erasure:
    """The erasure that an entry tells of, whoever wrote it. Raises ValueError where it tells of none, or leaves out
    something of it, its signature too."""
    told = entry.body
    names = ("by_two", "reason", "key", "signature", *(name for name in ("story", "capture") if name in told))
    fields = {name: told.get(name) for name in names}
    digests = told.get("digests")
    if not isinstance(digests, list) or not all(isinstance(s, str) for s in (*fields.values(), *digests)):
        raise ValueError("the entry lacks something of an erasure")
    made = Erasure(outlet=entry.outlet, by_one=entry.actor, at=entry.at, digests=tuple(digests), **fields)  # type: ignore[arg-type]
    if entry.act != ActName.ERASURE or dict(told) != erasure_body(made):
        raise ValueError("the entry says more than an erasure")
    return made
