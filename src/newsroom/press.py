"""From rows to the public site: the record of each publication that the builder verifies.

The builder trusts nothing of this: it recomputes every digest and verifies every signature before it writes a file.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from backread.adapters.signing import FileSigner
from backread.errors import LedgerError, PublishError
from backread.ledger.checkpoint import Proof, sign
from backread.ledger.keys import KeyRole
from backread.ledger.receipt import Kept, Logged, Receipt, Remains, Withheld
from backread.publish.grounds import BRIEF, ON_WORD, brief_by
from backread.publish.record import (
    Earlier,
    Evidence,
    Excerpt,
    Past,
    PublicRecord,
    Standing,
    Trust,
    seen,
)
from backread.publish.site import Built, Stale, build, standing, update
from backread.publish.voice import Voice
from backread.review import statement
from backread.review.statement import Corrected
from backread.values.canonical import Digest
from backread.values.capture import Capture
from backread.values.decision import Decision, decision_key
from backread.values.finding import Basis
from backread.values.publication import (
    PARTS,
    Approval,
    Entry,
    Publication,
    Version,
    Withdrawal,
    WithdrawalKind,
)
from backread.values.report import Report
from backread.values.source import Terms
from backread.values.words import Copy
from newsroom import due, failpoints
from newsroom.accounts.models import Outlet as OutletRow
from newsroom.ledger.actions import checkpoint, inclusion
from newsroom.sources.models import Capture as CaptureRow
from newsroom.store import DjangoStore
from newsroom.stories import rows
from newsroom.stories.models import Story
from newsroom.stories.plain import decided, decision_from_plain, remains_from_plain
from newsroom.trust import trust as trust_of

VOICE = Voice(
    words=statement.words, top=statement.top, reasons=statement.REASONS, refuses=statement.outlet_text
)


def site(
    *,
    store: DjangoStore,
    outlet: OutletRow,
    home: Path,
    now: datetime,
    whole: bool = False,
    turn: int = due.RECORDS_IN_TURN,
) -> Built:
    """Build the public site: the stories something happened to, and `turn` more in turn; all of them with `whole`, or
    where the last build's manifest does not hold. Raises PublishError when rows do not hold together.

    One build at a time: the desk and the worker are two processes, and what was read last must be written last.
    """
    with _alone(home / "site.lock"):
        trust, reached = trust_of(outlet, home), due.reached(outlet.pk, now)
        notes = _Notes(outlet.pk, trust.origin, FileSigner.at(home, KeyRole.LOG))
        held = None if whole else standing(home / "site", trust=trust, voice=VOICE)
        wanted = due.stories(held, outlet.pk, home / "site", now, turn=turn) if held else None
        before = held.reached if held else {}
        reached["waiting"] = due.waiting(before, wanted, outlet.pk, now)
        reached["looked"] = (
            reached["at"] if wanted is None or turn >= due.AT_ONCE else before.get("looked", "")
        )
        how: dict[str, Any] = {
            "trust": trust, "voice": VOICE, "now": now, "step": failpoints.step, "reached": reached
        }  # fmt: skip
        # All records are read before the first file is written: rows that do not hold together stop the build there.
        found = list(_records(store, outlet, trust, notes, now, wanted))
        failpoints.reach("build")
        if held is not None and wanted is not None:
            with contextlib.suppress(Stale):
                return update(held, found, home / "site", checkpoint=notes.newest, **how)
            found = list(_records(store, outlet, trust, notes, now, None))
        return build(found, home / "site", checkpoint=notes.newest, **how)


def look_again(*, store: DjangoStore, outlet: OutletRow, home: Path, now: datetime) -> Built | None:
    """Bring out what waited for its time, and verify the next stories in turn again, record and files, when that is due;
    None when neither is, or nothing stands."""
    held = standing(home / "site", trust=trust_of(outlet, home), voice=VOICE)
    if held is None or not (due.is_one_due(held, now) or due.is_time_to_look(held, now)):
        return None
    return site(store=store, outlet=outlet, home=home, now=now, turn=due.AT_ONCE)


class _Notes:
    """Signed notes of the ledger's head: one for the whole build, a newer one from the first record that is newer."""

    def __init__(self, outlet: str, origin: str, signer: FileSigner) -> None:
        self._outlet, self._origin, self._signer = outlet, origin, signer
        self._sign()

    def covering(self, seq: int) -> str:
        """A note of a ledger that holds entry `seq`: the desk goes on while a long build reads."""
        if seq >= self._size:
            self._sign()
        return self.newest

    def _sign(self) -> None:
        head = checkpoint(self._outlet, self._origin)
        self._size, self.newest = head.size, sign(head, self._signer)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    # Held by the process, so that a killed one leaves no lock behind.
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _records(
    store: DjangoStore, outlet: OutletRow, trust: Trust, notes: _Notes, now: datetime, wanted: set[str] | None
) -> Iterable[PublicRecord]:
    """The records of the stories that are wanted; None: of all."""
    # Asked for once where all stories are wanted, and of each where a few are: neither reads what it does not need.
    void, ended = (
        (rows.voided(outlet.pk), rows.ended(outlet.pk)) if wanted is None else ({}, frozenset[str]())
    )
    stories: Iterable[str] = [""] if wanted is None else sorted(wanted)
    for story, id_, content, entry in (row for one in stories for row in rows.standing(outlet.pk, now, one)):
        if wanted is not None:
            void, ended = rows.voided(outlet.pk, story), rows.ended(outlet.pk, id_)
        try:
            row = Story.objects.filter(outlet=outlet, slug=story).first()
            made, gone = rows.publication_from(json.loads(content)), rows.withdrawn(id_)
            if gone is None and id_ in ended:
                raise LookupError("the ledger tells of its withdrawal, and the row is gone")
            entered = rows.entry(entry)
            yield _record(store, trust, notes.covering(entered.seq), made, row or story, entered, gone, void)
        except (AttributeError, LookupError, TypeError, ValueError, ObjectDoesNotExist, LedgerError) as err:
            # Rows that were written by hand. Nothing is built until somebody has looked: stricter than leaving one out.
            raise PublishError(
                f"story {story}",
                step="read its record",
                hint="Its rows do not hold together: run `backread newsroom doctor`.",
            ) from err


def _record(
    store: DjangoStore,
    trust: Trust,
    note: str,
    publication: Publication,
    story: Story | str,
    entry: Entry,
    withdrawal: Withdrawal | None,
    void: Mapping[str, int],
) -> PublicRecord:
    slug = story if isinstance(story, str) else story.slug
    version = rows.version(publication.outlet, slug, publication.version)
    contents = rows.contents_of(version)
    approvals, entries = _counted(rows.approvals_of(version, void, before=entry.seq), publication, entry)
    captures: tuple[Capture, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    gone: tuple[Remains, ...] = ()
    decided_ = b""
    # What was taken down names nothing that it rests on; what was erased cannot.
    is_down = withdrawal is not None and withdrawal.kind is WithdrawalKind.TAKEDOWN
    if set(contents) == set(PARTS) and not is_down:
        report = store.report_on(Copy.read(contents).story)
        rests = next((a for a in approvals if a.id == publication.approval), None)
        held = {} if isinstance(story, str) or rests is None else _decisions(story, rests)
        decided_ = decided(report, held)
        words_of = _on_word(version, approvals, held, report)
        captures, evidence = _cited(report), tuple(_evidence(report, words_of))
        gone = _erased(publication.outlet, report)
    past = rows.past(publication)
    earlier = seen(past, publication)
    told = statement.printed(
        version.clauses,
        outlet=trust.outlet.name,
        digest=version.digest,
        approvals=approvals,
        zone=trust.outlet.zone,
        single_editor=any(a.alone for a in approvals),
        corrections=_fixes(publication, earlier),
    )
    receipt = Receipt(
        outlet_name=trust.outlet.name,
        address=trust.outlet.address,
        origin=trust.origin,
        version=version,
        statement=tuple((clause, statement.words(clause)) for clause in told.clauses),
        approvals=approvals,
        publication=publication,
        keys=trust.keys,
        evidence=_told(approvals, captures),
        logged=tuple(_proof(publication.outlet, e, note) for e in (*entries, entry)),
    )
    return PublicRecord(
        # Not as a row calls it: the name that was signed is the address.
        slug=version.story,
        topic="county",
        version=version,
        contents=contents,
        approvals=approvals,
        publication=publication,
        entries=tuple(
            e.content() for e in (*entries, entry, *_ends(publication, version, [*captures, *gone], past))
        ),
        statement=told,
        evidence=evidence,
        decided=decided_,
        sources=(*map(Kept.of, captures), *gone),
        receipt=receipt,
        first_published=earlier[0].published if earlier else publication.not_before,
        withdrawal=withdrawal,
        past=past,
    )


def _counted(
    approvals: Iterable[Approval], made: Publication, entry: Entry
) -> tuple[tuple[Approval, ...], tuple[Entry, ...]]:
    """The approvals that this publication rests on, with their entries: given before it, and good at its time."""
    told = [(a, rows.entry_of(a)) for a in approvals]
    held = [
        (a, e)
        for a, e in told
        if a.id == made.approval
        or (
            e.seq < entry.seq
            and a.approved_at <= made.not_before < a.expires_at
            and a.correction == made.correction
        )
    ]
    return tuple(a for a, _ in held), tuple(e for _, e in held)


def _cited(report: Report) -> tuple[Capture, ...]:
    cited = {p.capture for s in report.story.sentences for p in s.passages}
    return tuple(c for c in report.captures if c.id in cited)


_Word = tuple[Standing, str, str]
"""How a sentence stands on a person's word: the standing, whose, and why."""


def _decisions(story: Story, approval: Approval) -> dict[Digest, Decision]:
    """The decisions that held when this approval was given."""
    told = (decision_from_plain(d.told) for d in story.decision_set.filter(undone=False).order_by("pk"))
    return {d.key: d for d in told if d.at <= approval.approved_at}


def _on_word(
    version: Version, approvals: Iterable[Approval], held: Mapping[Digest, Decision], report: Report
) -> dict[Digest, _Word]:
    """Sentences that rested on somebody's word when these words were approved, by decision key; of a brief, all.

    Names are those that were signed: an account that is called otherwise since, or by hand, changes no page.
    """
    if (author := brief_by(version)) is not None:
        whole = (Standing.TAKEN_OVER, author, BRIEF)
        return {decision_key(s): whole for s in report.story.sentences}
    names = {a.approver: a.approver_name for a in approvals}
    return {
        key: (ON_WORD[d.act], d.by_name or names.get(d.by, ""), d.reason)
        for key, d in held.items()
        if d.act in ON_WORD
    }


def _fixes(publication: Publication, earlier: Iterable[Earlier]) -> list[Corrected]:
    """The corrections that stand, the oldest first."""
    told = [Corrected(at=e.published, words=e.correction) for e in earlier if e.correction]
    mine = (
        [Corrected(at=publication.not_before, words=publication.correction)] if publication.correction else []
    )
    return told + mine


def _evidence(report: Report, on_word: Mapping[Digest, _Word]) -> Iterable[Evidence]:
    held = {c.id: c for c in report.captures}
    for checked in report.sentences:
        excerpts = tuple(
            Excerpt(passage=p, before=held[p.capture].text[: p.start], after=held[p.capture].text[p.end :])
            for p in checked.sentence.passages
            if p.capture in held
        )
        standing, by, why = on_word.get(decision_key(checked.sentence), (Standing.PROVEN, "", ""))
        basis = checked.basis if standing is Standing.PROVEN else Basis.NONE
        yield Evidence(
            sentence=checked.sentence.index, standing=standing, basis=basis, excerpts=excerpts, by_name=by, reason=why,
            erased=any(p.capture not in held for p in checked.sentence.passages),
        )  # fmt: skip


def _ends(
    publication: Publication, version: Version, cited: Iterable[Capture | Remains], past: Iterable[Past]
) -> Iterable[Entry]:
    """The entries of what ended: its withdrawal, cancellations before it, erasures of its words and of what it rests on."""
    held = [str(c.id) if isinstance(c, Capture) else c.capture for c in cited]
    ids = (publication.id, *(p.publication.id for p in past if p.cancelled or p.withdrawn))
    ends = (end for id_ in ids if (end := rows.withdrawal_entry(id_)) is not None)
    return (*ends, *rows.erasures_of(version), *rows.erasures_of_captures(version.outlet, held))


def _erased(outlet: str, report: Report) -> tuple[Remains, ...]:
    """The captures that the words rest on and that were erased, as they are listed: without title and address."""
    held = {c.id for c in report.captures}
    ids = dict.fromkeys(
        p.capture for s in report.story.sentences for p in s.passages if p.capture not in held
    )
    found = CaptureRow.objects.filter(outlet=outlet, capture__in=list(ids), text="")
    return tuple(remains_from_plain(row.capture, row.told) for row in found)


def _told(approvals: Iterable[Approval], captures: Iterable[Capture]) -> tuple[Kept | Withheld, ...]:
    """What was approved with the words: by name what may be told, by its digest alone what may not."""
    # Of an own note not even the title is told: a confidential one may name whom it is from.
    known: dict[str, Kept | Withheld] = {
        str(kept.leaf): Withheld(leaf=kept.leaf) if capture.terms is Terms.OWN else kept
        for capture, kept in ((c, Kept.of(c)) for c in captures)
    }
    roots = dict.fromkeys(a.evidence_root for a in approvals)
    content = next((found for root in roots if (found := rows.words_of(root)) is not None), None)
    if content is None:
        return tuple(known.values())
    return tuple(known.get(leaf) or Withheld(leaf=Digest(leaf)) for leaf in json.loads(content))


def _proof(outlet: str, entry: Entry, note: str) -> Logged:
    size = int(note.split("\n")[1])
    proof = Proof(index=entry.seq, hashes=inclusion(outlet, entry.seq, size), note=note)
    return Logged(entry=entry.content(), proof=proof.text())
