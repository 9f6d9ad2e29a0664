"""The gate's rows read back as values: versions, approvals, publications, withdrawals. Nothing here is trusted; the builder checks it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from backread.ledger.entry import ActName
from backread.publish.record import Past
from backread.values.canonical import Digest, canonical_bytes
from backread.values.person import Level
from backread.values.publication import Approval, Entry, Publication, Version, Withdrawal, WithdrawalKind, utc
from backread.values.statement import Clause, ClauseId
from newsroom.ledger.models import LedgerEntry


def rows(query: str, *values: object) -> list[tuple[Any, ...]]:
    """Every row of a query on the application's connection."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def version(outlet: str, story: str, number: int) -> Version:
    """One version of a story. Raises LookupError where there is none."""
    ((content,),) = rows(
        "SELECT content FROM gate_version WHERE outlet = %s AND story = %s AND number = %s", outlet, story, number
    ) or [(None,)]  # fmt: skip
    if content is None:
        raise LookupError(f"no version {number} of {story}")
    told = json.loads(str(content))
    return Version(
        outlet=told["outlet"],
        story=told["story"],
        number=told["number"],
        parts=told["parts"],
        clauses=tuple(map(_clause, told["clauses"])),
    )


def head_version(outlet: str, story: str) -> Version | None:
    """The newest version of a story, None before the first."""
    ((number,),) = rows(
        "SELECT MAX(number) FROM gate_version WHERE outlet = %s AND story = %s", outlet, story
    )
    return version(outlet, story, int(number)) if number else None


def words_of(digest: str) -> bytes | None:
    """The content kept under a digest; None where it was never kept, or erased."""
    found = rows("SELECT content FROM gate_words WHERE digest = %s", digest)
    return bytes(found[0][0]) if found and found[0][0] is not None else None


def contents_of(told: Version) -> dict[str, bytes]:
    """The words of a version by part. Left out is a part that is not there any more, and one that was erased of this story,
    by the ledger, and is there again or still: another story says the same."""
    gone = {digest for entry in _erasures_of(told) for digest in _named(entry)}
    found = {part: words_of(digest) for part, digest in told.parts.items() if digest not in gone}
    return {part: content for part, content in found.items() if content is not None}


def approvals_of(
    told: Version, void: Mapping[str, int] | None = None, *, before: int | None = None
) -> tuple[Approval, ...]:
    """The approvals of exactly this version that nothing voids, the earliest first; `void` as `voided` says.

    With `before`, the place of a publication's entry in the ledger: what was voided after it. A correction that waits
    ends the approval of what stands for any further use, and leaves what was published with it standing.
    """
    found = rows(
        "SELECT content, signature, EXISTS (SELECT 1 FROM gate_voiding v WHERE v.approval = a.id) FROM gate_approval a"
        " WHERE outlet = %s AND story = %s AND version = %s AND digest = %s ORDER BY approved_at",
        told.outlet, told.story, told.number, told.digest,
    )  # fmt: skip
    void = voided(told.outlet) if found and void is None else void or {}
    given = []
    for content, signature, has_row in found:
        approval = approval_from(json.loads(str(content)), str(signature))
        entered = void.get(approval.id)
        # A row without its entry says nothing about when: it voids for all time.
        is_later = entered is not None and before is not None and entered > before
        if is_later or (entered is None and not has_row):
            given.append(approval)
    return tuple(given)


def voided(outlet: str, story: str = "") -> dict[str, int]:
    """Approvals, of one story or of all, that the ledger calls void, each with the place of the first entry that says
    so: the row can be deleted, its entry only by breaking the chain."""
    found = _entered(outlet, ActName.VOIDING, f'"story":"{story}"' if story else "")
    return {str(entry.body["approval"]): entry.seq for entry in reversed(found)}


def decided(outlet: str, story: str) -> tuple[tuple[str, str, bytes], ...]:
    """Who decided what on a story, by the ledger, the oldest first: the person, the key, and the decision as its entry
    tells it. What its person took back is not among them, whatever a row says of it."""
    stands: list[tuple[str, str, bytes]] = []
    for entry in _entered(outlet, ActName.DECISIONS, f'"story":"{story}"'):
        if entry.body.get("story") != story:
            continue
        for told in entry.body.get("decisions", ()):
            stands.append((entry.actor, str(told["key"]), canonical_bytes(told)))
        for key in entry.body.get("keys", ()) if entry.body.get("undone") else ():
            _take_back(stands, entry.actor, str(key))
    return tuple(stands)


def _take_back(stands: list[tuple[str, str, bytes]], by: str, key: str) -> None:
    """Take out the last decision of this person on this key: one that was made twice and taken back once stands."""
    mine = [place for place, told in enumerate(stands) if told[:2] == (by, key)]
    if mine:
        del stands[mine[-1]]


def _entered(outlet: str, act: ActName, words: str) -> list[Entry]:
    """The entries of an act, the oldest first, that hold these words in their canonical form; all of them for ''."""
    found = rows(
        "SELECT content FROM ledger_entry WHERE outlet = %s AND act = %s AND instr(CAST(content AS TEXT), %s) ORDER BY seq",
        outlet, str(act), words,
    )  # fmt: skip
    return [Entry.parse(bytes(content)) for (content,) in found]


def approval_from(told: Mapping[str, Any], signature: str) -> Approval:
    """An approval from its canonical form."""
    kept: dict[str, Any] = {key: value for key, value in told.items() if key != "act"}
    moments = {name: datetime.fromisoformat(told[name]) for name in ("approved_at", "expires_at")}
    return Approval(**{**kept, **moments, "level": Level(told["level"]), "signature": signature})


def publication(id_: str, *, outlet: str = "", story: str = "") -> Publication:
    """A publication by its id, of this outlet and story where they are named. Raises LookupError where there is none."""
    found = rows("SELECT content FROM gate_publication WHERE id = %s", id_)
    made = publication_from(json.loads(str(found[0][0]))) if found else None
    if made is None or (outlet and made.outlet != outlet) or (story and made.story != story):
        raise LookupError(f"no publication {id_[:12]}")
    return made


def publication_from(told: Mapping[str, Any]) -> Publication:
    """A publication from its canonical form."""
    return Publication(**{**told, "not_before": datetime.fromisoformat(told["not_before"])})


def withdrawn(id_: str) -> Withdrawal | None:
    """The end of a publication; None while it stands."""
    found = rows(
        "SELECT outlet, kind, by_whom, reason, at, content FROM gate_withdrawal WHERE publication = %s", id_
    )
    if not found:
        return None
    outlet, kind, by, reason, at, content = found[0]
    told = json.loads(str(content))
    return Withdrawal(
        outlet=str(outlet), publication=Digest(id_), kind=WithdrawalKind(str(kind)), by=str(by),
        by_name=told["by_name"], reason=str(reason), at=datetime.fromisoformat(str(at)), key=told.get("key", ""), signature=told.get("signature", ""),
    )  # fmt: skip


def ended(outlet: str, publication: str = "") -> frozenset[str]:
    """Publications, this one or all, that the ledger calls withdrawn: a row that is deleted brings nothing back to readers."""
    found = _entered(outlet, ActName.WITHDRAWAL, publication)
    return frozenset(str(entry.body["publication"]) for entry in found)


def withdrawal_entry(id_: str) -> Entry | None:
    """The ledger entry of a withdrawal, as its row names it; None while the publication stands."""
    found = rows("SELECT entry FROM gate_withdrawal WHERE publication = %s", id_)
    return entry(str(found[0][0])) if found else None


def erasures_of(told: Version) -> tuple[Entry, ...]:
    """The ledger entries of what was erased of a version's words: those of its story, and those that the rows of gone words name."""
    lost = erasures(told.outlet, [digest for digest in told.parts.values() if words_of(digest) is None])
    return tuple({entry.hash: entry for entry in (*_erasures_of(told), *lost)}.values())


def _erasures_of(told: Version) -> list[Entry]:
    """Entries that name words of this version as erased of its story: a row that is deleted brings nothing back."""
    found = _entered(told.outlet, ActName.ERASURE, f'"story":"{told.story}"')
    parts = frozenset(map(str, told.parts.values()))
    return [entry for entry in found if entry.body.get("story") == told.story and parts & _named(entry)]


def erasures_of_captures(outlet: str, captures: Iterable[str]) -> tuple[Entry, ...]:
    """The ledger entries of the erasures that name these captures, by the ledger or by a row; each once."""
    ids = frozenset(captures)
    found = [entry for entry in _entered(outlet, ActName.ERASURE, '"capture":"') if ids & _named(entry)]
    return tuple({entry.hash: entry for entry in (*found, *erasures(outlet, sorted(ids)))}.values())


def _named(entry: Entry) -> frozenset[str]:
    digests = entry.body.get("digests")
    return frozenset(map(str, digests)) if isinstance(digests, list) else frozenset()


def erasures(outlet: str, lost: Iterable[str]) -> tuple[Entry, ...]:
    """The ledger entries of an outlet's erasures that name these words or captures, each once, as their rows say."""
    query = "SELECT entry FROM gate_erasure WHERE outlet = %s AND digest = %s"
    found = (rows(query, outlet, digest) for digest in lost)
    return tuple(entry(str(hash_)) for hash_ in dict.fromkeys(row[0] for row_ in found for row in row_))


def past(made: Publication) -> tuple[Past, ...]:
    """Every publication before this one of its story, the oldest first, each with the approvals it rests on."""
    found: list[Past] = []
    before = made.supersedes
    while before:
        held, gone = publication(before), withdrawn(before)
        if any(held.id == told.publication.id for told in found):
            raise ValueError("a publication supersedes itself")
        if gone is None and ended(held.outlet, held.id):
            raise ValueError("the ledger tells of the withdrawal of what it supersedes, and the row is gone")
        cancelled = gone if gone is not None and gone.kind is WithdrawalKind.CANCEL else None
        ended_ = None if cancelled else gone
        found.append(Past(publication=held, approvals=_rests_on(held), cancelled=cancelled, withdrawn=ended_))
        before = held.supersedes
    return tuple(reversed(found))


def _rests_on(made: Publication) -> tuple[Approval, ...]:
    """The approvals that a publication of before rests on: of its words and correction, for its time, and not voided before
    it was entered."""
    ((hash_,),) = rows("SELECT entry FROM gate_publication WHERE id = %s", made.id)
    words = version(made.outlet, made.story, made.version)
    given = approvals_of(words, voided(made.outlet, made.story), before=entry(str(hash_)).seq)
    return tuple(
        a
        for a in given
        if a.correction == made.correction and a.approved_at <= made.not_before < a.expires_at
    )


def standing(outlet: str, now: datetime, story: str = "") -> list[tuple[str, str, str, str]]:
    """Of each story, or of this one, the publication that readers see now (story, id, content, entry): the last that is due and was not cancelled.

    A correction that waits for its time, or was cancelled, leaves what stood before it standing. What was out is not
    cancelled any more: a row that says so hides nothing, and the builder refuses it.
    """
    # Two statements, so that asking for one story reads the rows of one story.
    of_story = " AND story = %s" if story else ""
    found = rows(
        f"SELECT story, id, content, entry FROM gate_publication p WHERE outlet = %s{of_story} AND not_before <= %s"  # noqa: S608
        " AND NOT EXISTS (SELECT 1 FROM gate_withdrawal w WHERE w.publication = p.id AND w.kind = 'cancel' AND w.at < p.not_before)"
        " ORDER BY story, (SELECT seq FROM ledger_entry e WHERE e.hash = p.entry), made_at",
        *([outlet, story] if story else [outlet]),
        utc(now),
    )
    return list({row[0]: (row[0], row[1], row[2], row[3]) for row in found}.values())


def entry_of(approval: Approval) -> Entry:
    """The ledger entry of an approval, as its row names it. Raises LookupError, LedgerEntry.DoesNotExist or ValueError."""
    return entry(str(rows("SELECT entry FROM gate_approval WHERE id = %s", approval.id)[0][0]))


def entry(hash_: str) -> Entry:
    """A ledger entry by its hash. Raises LedgerEntry.DoesNotExist, or ValueError for one that was changed."""
    return Entry.parse(bytes(LedgerEntry.objects.get(hash=hash_).content))


def _clause(told: Mapping[str, Any]) -> Clause:
    parameters = {k: tuple(v) if isinstance(v, list) else v for k, v in told["parameters"].items()}
    return Clause(id=ClauseId(told["id"]), parameters=parameters)
