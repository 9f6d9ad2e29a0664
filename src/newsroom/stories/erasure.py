"""Erasing for good: the words of a story, or a capture. Two people and a reason, signed; digests, signatures and the ledger stay.

What cannot be erased is what the ledger and the signed rows say themselves: addresses, names of who acted, reasons,
corrections, the clauses of the statement. Copies elsewhere (backups, a reader's own) are out of reach.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from backread.errors import NotAllowed
from backread.ledger.entry import ActName, erasure_body
from backread.ports import Signer
from backread.review.refusal import Refusal
from backread.review.states import Move, StoryState, after, may_erase, may_move
from backread.values.canonical import Digest, canonical_bytes
from backread.values.person import Person
from backread.values.publication import Erasure, utc
from newsroom import failpoints
from newsroom.desk.models import Remark
from newsroom.ledger.actions import moment, record
from newsroom.sources.models import Capture
from newsroom.stories.models import Dossier, Draft, Story
from newsroom.stories.plain import remains_to_plain
from newsroom.stories.rows import rows

ERASED: dict[str, Any] = {
    "date": None, "parts": [["headline", [["Erased.", []]]], ["paragraph", [["Erased.", []]]]],
}  # fmt: skip
"""What is left of a draft: the words that kept.sql lets stand."""
TITLE = "Erased"
Remove = Callable[[Digest], None]
"""Removes a blob from the archive, where it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure removed, by digest or row. `shared` are words of this story that another one
    says too: they were erased with this story, and stay with that one."""

    removed: tuple[str, ...]
    shared: tuple[str, ...] = ()


def erase_story(
    *, story: Story, one: Person, two: Person, signer: Signer, reason: str, now: datetime
) -> Erased:
    """Erase the words of a story: of every version, every draft and every reason given on it. Raises NotAllowed.
    The caller has taken password and code of both; `signer` is the key that attests approvals.

    Where it is public, the next build leaves a notice at its address.
    """
    outlet = story.outlet_id
    _run("PRAGMA secure_delete=ON")
    with transaction.atomic():
        story.refresh_from_db(fields=["state"])
        _allowed(may_erase(one=one, two=two, reason=reason), story.title)
        _allowed(
            may_move(person=one, state=StoryState(story.state), move=Move.ERASE, reason=reason), story.title
        )
        words = _words(outlet, story.slug)
        drafts = [f"draft {pk}" for pk in story.draft_set.order_by("pk").values_list("pk", flat=True)]
        decisions = [
            f"decision {pk}" for pk in story.decision_set.order_by("pk").values_list("pk", flat=True)
        ]
        gone = [*words, *drafts, *decisions]
        _enter(_drawn(outlet, gone, one, two, reason, now, story=story.slug), signer)
        shared = [digest for digest in words if _is_said(digest)]
        for digest in words:
            if digest not in shared:
                _run("UPDATE gate_words SET content = NULL WHERE digest = %s", digest)
        Draft.objects.filter(story=story).update(told=ERASED, left_out=[])
        for row in story.decision_set.all():
            _run("UPDATE stories_decision SET told = json_set(told, '$.reason', '') WHERE id = %s", row.pk)
        Remark.objects.filter(story=story).update(reason="")
        state = after(StoryState(story.state), Move.ERASE)
        Story.objects.filter(pk=story.pk).update(title=TITLE, state=str(state), open_count=-1)
        failpoints.reach("erasing")
    _wipe()
    return Erased(removed=tuple(d for d in gone if d not in shared), shared=tuple(shared))


def erase_capture(
    *,
    outlet: str,
    capture: str,
    one: Person,
    two: Person,
    signer: Signer,
    reason: str,
    now: datetime,
    remove: Remove,
) -> Erased:
    """Erase what was seen: its text, its record and its name, of every capture of the outlet with the same text. Raises
    NotAllowed. `signer` as for a story. What another outlet of this newsroom saw is that one's own to erase.

    Sentences that quote it stay with their story; a page says that the copy was erased.
    """
    row = Capture.objects.filter(outlet_id=outlet, capture=capture).exclude(text="").first()
    if row is None:
        raise NotAllowed(capture[:20], step="erase it", hint="No capture of that id is kept.")
    _run("PRAGMA secure_delete=ON")
    with transaction.atomic():
        _allowed(may_erase(one=one, two=two, reason=reason), f"capture {capture[:12]}")
        same = list(Capture.objects.filter(outlet_id=outlet, text=row.text))
        ids = [held.capture for held in same]
        gone = list(dict.fromkeys([*ids, row.text, *(held.record for held in same)]))
        _enter(_drawn(outlet, gone, one, two, reason, now, capture=capture), signer)
        for held in same:
            held.told = remains_to_plain(held.told)
            held.url = held.text = held.record = ""
            held.grouped = True
            held.save(update_fields=["told", "url", "text", "record", "grouped"])
        _forget(outlet, frozenset(ids))
        failpoints.reach("erasing")
    _wipe()
    sweep(remove)
    return Erased(removed=tuple(gone))


def sweep(remove: Remove) -> None:
    """Remove the files of everything that was erased: again, where an erasure was killed before it had."""
    for (digest,) in rows("SELECT DISTINCT digest FROM gate_erasure"):
        if len(str(digest)) == 64 and not Capture.objects.filter(Q(text=digest) | Q(record=digest)).exists():
            remove(Digest(str(digest)))


def _words(outlet: str, story: str) -> list[str]:
    """The digests of a story's words, of all its versions."""
    held = rows("SELECT content FROM gate_version WHERE outlet = %s AND story = %s", outlet, story)
    return sorted({str(d) for (content,) in held for d in json.loads(str(content))["parts"].values()})


def _is_said(digest: str) -> bool:
    """Whether a story says these words that was not erased, at any outlet: gate.sql asks the same."""
    return bool(
        rows(
            "SELECT 1 FROM gate_version v WHERE instr(v.content, %s) AND NOT EXISTS ("
            " SELECT 1 FROM gate_erasure g JOIN ledger_entry e ON e.hash = g.entry WHERE g.digest = %s AND g.outlet = v.outlet"
            " AND json_extract(CAST(e.content AS TEXT), '$.body.story') IS v.story) LIMIT 1",
            digest,
            digest,
        )
    )


def _drawn(
    outlet: str, gone: Sequence[str], one: Person, two: Person, reason: str, now: datetime, **of: str
) -> Erasure:
    """The erasure as it is still to be signed, dated as its entry will be: asked inside the transaction of the act."""
    at = moment(outlet, now)
    return Erasure(outlet=outlet, by_one=one.id, by_two=two.id, digests=tuple(gone), reason=reason.strip(), at=at, **of)  # fmt: skip


def _enter(drawn: Erasure, signer: Signer) -> None:
    """Sign an erasure, and write its ledger entry and a row for each thing that it names."""
    drawn = replace(drawn, key=signer.key)
    made = replace(drawn, signature=signer(canonical_bytes(drawn.canonical())))  # type: ignore[arg-type]
    entry = record(outlet=made.outlet, at=made.at, actor=made.by_one, act=ActName.ERASURE, body=erasure_body(made))  # fmt: skip
    for digest in made.digests:
        _run(
            "INSERT INTO gate_erasure (outlet, digest, by_one, by_two, reason, at, entry) VALUES (%s, %s, %s, %s, %s, %s, %s)",
            made.outlet, digest, made.by_one, made.by_two, made.reason, utc(made.at), entry.hash,
        )  # fmt: skip


def _forget(outlet: str, ids: frozenset[str]) -> None:
    """Take what a dossier says in the words of these captures out of it; the next grouping says the rest anew."""
    for row in Dossier.objects.filter(outlet_id=outlet):
        if ids & set(row.told["captures"]):
            row.told |= {"title": TITLE, "local": [], "news": []}
            row.why = ""
            row.save(update_fields=["told", "why"])


def _wipe() -> None:
    """Nothing stays in what the database keeps beside its rows: freed pages are written over (secure_delete, switched on
    by each erasure before it begins), and the log with the old pages is emptied."""
    if not connection.in_atomic_block:
        _run("PRAGMA wal_checkpoint(TRUNCATE)")


def _allowed(answer: object, thing: str) -> None:
    if isinstance(answer, Refusal):
        raise NotAllowed(thing, step="erase it", hint=answer.words)


def _run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
