"""From rows to the public site: what one approval needs, and the record of each publication that the builder verifies.

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
from django.db import connection

from backread.adapters.signing import FileSigner
from backread.errors import LedgerError, NotAllowed, PublishError
from backread.ledger.checkpoint import Proof, sign
from backread.ledger.entry import ActName
from backread.ledger.keys import Key, KeyRole, Registry
from backread.ledger.receipt import Kept, Logged, Receipt, evidence_root
from backread.publish.record import (
    Earlier,
    Evidence,
    Excerpt,
    Outlet,
    PublicRecord,
    SourceShown,
    Standing,
    Trust,
)
from backread.publish.site import Built, build
from backread.publish.voice import Voice
from backread.review import statement
from backread.review.gate import Rules, may_approve
from backread.review.refusal import Refusals
from backread.review.statement import Corrected, Record, Used
from backread.values.canonical import Digest, canonical_digest
from backread.values.capture import Capture
from backread.values.decision import Act, decision_key
from backread.values.finding import Basis
from backread.values.person import Level, Person
from backread.values.publication import (
    PARTS,
    Approval,
    Entry,
    Publication,
    Version,
    Withdrawal,
    WithdrawalKind,
    utc,
)
from backread.values.report import Report
from backread.values.source import Terms
from backread.values.statement import Clause, ClauseId
from backread.values.words import Copy
from newsroom import failpoints
from newsroom.accounts.models import Outlet as OutletRow
from newsroom.accounts.models import Person as People
from newsroom.ledger.actions import checkpoint, inclusion
from newsroom.ledger.models import LedgerEntry
from newsroom.store import DjangoStore
from newsroom.stories import actions
from newsroom.stories.models import Draft, Story
from newsroom.stories.plain import decision_from_plain, drafter_from_plain, story_from_plain

VOICE = Voice(
    words=statement.words, top=statement.top, reasons=statement.REASONS, refuses=statement.outlet_text
)
REQUIRED = frozenset(
    {
        "citations",
        "quotes",
        "numbers",
        "dates",
        "names",
        "support",
        "copying",
        "residue",
        "claims about ourselves",
    }
)
"""Checks that must have run before a version may be approved: every built one that can hold a sentence open."""


def approve(*, store: DjangoStore, story: Story, person: Person, home: Path, now: datetime) -> Approval:
    """Approve a story's newest draft as `person`, whose password and code the caller has taken.

    Raises NotAllowed with every reason against it.
    """
    report = store.report(story)
    draft = story.head
    copy = Copy(story=report.story)
    signed = statement.signed_clauses(_made(story, report))
    held = _head_version(story.outlet_id, story.slug)
    number = (
        held.number
        if held and held.parts == copy.digests() and held.clauses == signed
        else (held.number if held else 0) + 1
    )
    version = Version(
        outlet=story.outlet_id, story=story.slug, number=number, parts=copy.digests(), clauses=signed
    )
    rules = _rules(story.outlet)
    answer = may_approve(
        person=person, report=report, decisions={}, people={person.id: person}, version=version, clauses=signed,
        approvals=_approvals(version, _voided(version.outlet)), drafter=draft.by, rules=rules, now=now,
    )  # fmt: skip
    if isinstance(answer, Refusals):
        raise NotAllowed(story.slug, step="approve it", hint=" ".join(r.words for r in answer.refusals))
    if held is None or held.number != number:
        version = actions.freeze_version(
            outlet=story.outlet_id, story=story.slug, copy=copy, clauses=signed, drafter=draft.by, now=now
        )
    return actions.approve(
        version=version,
        person=person,
        signer=FileSigner.at(home, KeyRole.ATTESTATION),
        needed=rules.signatures(report),
        evidence_root=evidence_root(_kept(c) for c in _cited(report)),
        checks_digest=canonical_digest(sorted(report.ran)),
        decisions_digest=canonical_digest([]),
        reviewed=False,
        now=now,
    )


def site(*, store: DjangoStore, outlet: OutletRow, home: Path, now: datetime) -> Built:
    """Build the public site from the current publication of every story. Raises PublishError when rows do not hold together.

    One build at a time: the desk and the worker are two processes, and what was read last must be written last.
    """
    with _alone(home / "site.lock"):
        trust = _trust(outlet, home)
        note = sign(checkpoint(outlet.pk, trust.origin), FileSigner.at(home, KeyRole.LOG))
        found = list(_records(store, outlet, trust, note, now))
        failpoints.reach("build")
        return build(
            found, home / "site", trust=trust, voice=VOICE, now=now, checkpoint=note, step=failpoints.step
        )


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    # Held by the process, so that a killed one leaves no lock behind.
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def missing(approval: Approval) -> int:
    """How many more people must approve before it can be published."""
    rows = _rows("SELECT MAX(needed), COUNT(DISTINCT approver) FROM gate_approval WHERE outlet = %s AND story = %s AND digest = %s",
                 approval.outlet, approval.story, approval.digest)  # fmt: skip
    return max(0, int(rows[0][0]) - int(rows[0][1]))


def _records(
    store: DjangoStore, outlet: OutletRow, trust: Trust, note: str, now: datetime
) -> Iterable[PublicRecord]:
    void = _voided(outlet.pk)
    for story, id_, content, entry in _standing(outlet.pk, now):
        try:
            row = Story.objects.filter(outlet=outlet, slug=story).first()
            made, gone = _publication(content), _withdrawn(id_)
            yield _record(store, trust, note, made, row or story, entry, gone, void)
        except (LookupError, TypeError, ValueError, ObjectDoesNotExist, LedgerError) as err:
            # Rows that were written by hand. Nothing is built until somebody has looked: stricter than leaving one out.
            raise PublishError(
                f"story {story}",
                step="read its record",
                hint="Its rows do not hold together: run `backread newsroom doctor`.",
            ) from err


def _standing(outlet: str, now: datetime) -> list[tuple[str, str, str, str]]:
    """Of each story the publication that readers see now: the last that is due and was not cancelled before it ran.

    A correction that waits for its time, or was cancelled, leaves what stood before it standing.
    """
    rows = _rows(
        "SELECT story, id, content, entry FROM gate_publication p WHERE outlet = %s AND not_before <= %s"
        " AND NOT EXISTS (SELECT 1 FROM gate_withdrawal w WHERE w.publication = p.id AND w.kind = 'cancel')"
        " ORDER BY story, (SELECT seq FROM ledger_entry e WHERE e.hash = p.entry), made_at",
        outlet,
        utc(now),
    )
    return list({row[0]: (row[0], row[1], row[2], row[3]) for row in rows}.values())


def _record(
    store: DjangoStore,
    trust: Trust,
    note: str,
    publication: Publication,
    story: Story | str,
    entry: str,
    withdrawal: Withdrawal | None,
    void: frozenset[str],
) -> PublicRecord:
    slug = story if isinstance(story, str) else story.slug
    version = _version(publication.outlet, slug, publication.version)
    contents = _contents(version)
    approvals = _approvals(version, void)
    captures: tuple[Capture, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    if set(contents) == set(PARTS):
        report = store.report_on(Copy.read(contents).story)
        words_of = {} if isinstance(story, str) else _on_word(story, approvals, report)
        captures, evidence = _cited(report), tuple(_evidence(report, words_of))
    earlier = _earlier(publication)
    told = statement.printed(
        version.clauses,
        outlet=trust.outlet.name,
        digest=version.digest,
        approvals=approvals,
        zone=trust.outlet.zone,
        single_editor=not isinstance(story, str) and story.outlet.single_editor,
        corrections=_fixes(publication, earlier),
    )
    entries = [*_entries_of(approvals), _entry(entry)]
    receipt = Receipt(
        outlet_name=trust.outlet.name,
        address=trust.outlet.address,
        origin=trust.origin,
        version=version,
        statement=tuple((clause, statement.words(clause)) for clause in told.clauses),
        approvals=approvals,
        publication=publication,
        keys=trust.keys,
        evidence=tuple(_kept(c) for c in captures),
        logged=tuple(_proof(publication.outlet, e, note) for e in entries),
    )
    return PublicRecord(
        slug=slug,
        topic="county",
        version=version,
        contents=contents,
        approvals=approvals,
        publication=publication,
        entries=tuple(e.content() for e in entries),
        statement=told,
        evidence=evidence,
        sources=tuple(_shown(c) for c in captures),
        receipt=receipt,
        first_published=earlier[0].published if earlier else publication.not_before,
        withdrawal=withdrawal,
        earlier=earlier,
    )


def _made(story: Story, report: Report) -> Record:
    """What is on record about how the story was made."""
    drafts = list(story.draft_set.order_by("number"))
    first: Draft = drafts[0]
    return Record(
        outlet=story.outlet.name,
        drafting=tuple(drafter_from_plain(d.drafter) for d in drafts),
        sources=tuple(
            Used(capture=c.id, name=c.source_name, cited=True, own=c.terms is Terms.OWN, reporter=c.byline)
            for c in _cited(report)
        ),
        first=tuple(s.text for s in story_from_plain(first.told).sentences),
        final=tuple(s.text for s in report.story.sentences),
        declarations=tuple(
            statement.Declaration(name=d.name, ai=d.ai) for d in story.declaration_set.order_by("pk")
        ),
    )


def _rules(outlet: OutletRow) -> Rules:
    return Rules(
        required=REQUIRED,
        approver_is_not_drafter=outlet.approver_is_not_drafter,
        single_editor=outlet.single_editor,
    )


def _cited(report: Report) -> tuple[Capture, ...]:
    cited = {p.capture for s in report.story.sentences for p in s.passages}
    return tuple(c for c in report.captures if c.id in cited)


_Word = tuple[Standing, str, str]
"""How a sentence stands on a person's word: the standing, whose, and why."""


def _on_word(story: Story, approvals: tuple[Approval, ...], report: Report) -> dict[Digest, _Word]:
    """Sentences that rested on somebody's word when these words were approved, by decision key; of a brief, all."""
    names = {p.username: p.name for p in People.objects.filter(membership__outlet=story.outlet)}
    if story.is_brief:
        by = names.get(story.draft_set.order_by("number")[0].by, "")
        whole = (Standing.TAKEN_OVER, by, "A brief, signed as a whole.")
        return {decision_key(s): whole for s in report.story.sentences}
    last = max((a.approved_at for a in approvals), default=None)
    found: dict[Digest, _Word] = {}
    for row in story.decision_set.filter(undone=False).order_by("pk"):
        decision = decision_from_plain(row.told)
        if last is None or decision.at > last:
            continue
        found.pop(decision.key, None)
        standing = {Act.TAKE_OVER: Standing.TAKEN_OVER, Act.OVERRIDE: Standing.OVERRIDDEN}.get(decision.act)
        if standing is not None:
            found[decision.key] = (standing, names.get(decision.by, ""), decision.reason)
    return found


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
            sentence=checked.sentence.index, standing=standing, basis=basis, excerpts=excerpts, by_name=by, reason=why
        )  # fmt: skip


def _kept(capture: Capture) -> Kept:
    return Kept(
        capture=capture.id,
        payload=capture.payload,
        text=capture.text_digest,
        url=capture.url,
        title=capture.title,
        taken=capture.taken,
    )


def _shown(capture: Capture) -> SourceShown:
    return SourceShown(capture=capture.id, name=capture.source_name, title=capture.title, url=capture.url, taken=capture.taken,
                       terms=capture.terms, reporter=capture.byline if capture.terms is Terms.OWN else "")  # fmt: skip


def _trust(row: OutletRow, home: Path) -> Trust:
    """What the builder holds records against. A key counts only when its private half lies in the newsroom's folder:
    whoever writes the database alone cannot add one."""
    outlet = Outlet(
        id=row.pk, name=row.name, address=row.address, responsible=row.responsible, place=row.place.title(),
        timezone=row.timezone, report=f"desk@{row.pk}.example", topics={"county": "County"},
    )  # fmt: skip
    entries = (
        Entry.parse(bytes(e.content))
        for e in LedgerEntry.objects.filter(outlet=row.pk, act=str(ActName.KEY)).order_by("seq")
    )
    own = {FileSigner.at(home, role).key for role in KeyRole}
    stated = (Key(id=str(e.body["key"]), role=KeyRole(str(e.body["role"])), since=e.at) for e in entries)
    keys = tuple(key for key in stated if key.id in own)
    return Trust(outlet=outlet, keys=Registry(keys=keys), origin=f"{row.address.split('//', 1)[-1]}/ledger")


def _head_version(outlet: str, story: str) -> Version | None:
    rows = _rows("SELECT MAX(number) FROM gate_version WHERE outlet = %s AND story = %s", outlet, story)
    return _version(outlet, story, int(rows[0][0])) if rows[0][0] else None


def _version(outlet: str, story: str, number: int) -> Version:
    rows = _rows(
        "SELECT content FROM gate_version WHERE outlet = %s AND story = %s AND number = %s",
        outlet,
        story,
        number,
    )
    told = json.loads(str(rows[0][0]))
    clauses = tuple(
        Clause(
            id=ClauseId(c["id"]),
            parameters={k: tuple(v) if isinstance(v, list) else v for k, v in c["parameters"].items()},
        )
        for c in told["clauses"]
    )
    return Version(
        outlet=told["outlet"],
        story=told["story"],
        number=told["number"],
        parts=told["parts"],
        clauses=clauses,
    )


def _contents(version: Version) -> dict[str, bytes]:
    found = {}
    for part, digest in version.parts.items():
        rows = _rows("SELECT content FROM gate_words WHERE digest = %s", digest)
        if rows and rows[0][0] is not None:
            found[part] = bytes(rows[0][0])
    return found


def _approvals(version: Version, void: frozenset[str]) -> tuple[Approval, ...]:
    rows = _rows(
        "SELECT content, signature FROM gate_approval a WHERE outlet = %s AND story = %s AND version = %s AND digest = %s"
        " AND NOT EXISTS (SELECT 1 FROM gate_voiding v WHERE v.approval = a.id) ORDER BY approved_at",
        version.outlet, version.story, version.number, version.digest,
    )  # fmt: skip
    found = (_approval(str(content), str(signature)) for content, signature in rows)
    return tuple(approval for approval in found if approval.id not in void)


def _voided(outlet: str) -> frozenset[str]:
    """Approvals that the ledger calls void: the row that says so can be deleted, its entry only by breaking the chain."""
    entries = LedgerEntry.objects.filter(outlet=outlet, act=str(ActName.VOIDING))
    return frozenset(str(Entry.parse(bytes(e.content)).body["approval"]) for e in entries)


def _approval(content: str, signature: str) -> Approval:
    told: dict[str, Any] = json.loads(content)
    told.pop("act")
    moments = {name: datetime.fromisoformat(told[name]) for name in ("approved_at", "expires_at")}
    return Approval(**{**told, **moments, "level": Level(told["level"]), "signature": signature})


def _publication(content: object) -> Publication:
    told: dict[str, Any] = json.loads(str(content))
    return Publication(**{**told, "not_before": datetime.fromisoformat(told["not_before"])})


def _withdrawn(publication: object) -> Withdrawal | None:
    rows = _rows(
        "SELECT outlet, kind, by_whom, reason, at, content FROM gate_withdrawal WHERE publication = %s",
        publication,
    )
    if not rows:
        return None
    outlet, kind, by, reason, at, content = rows[0]
    return Withdrawal(
        outlet=str(outlet), publication=Digest(str(publication)), kind=WithdrawalKind(str(kind)), by=str(by),
        by_name=json.loads(str(content))["by_name"], reason=str(reason), at=datetime.fromisoformat(str(at)),
    )  # fmt: skip


def _earlier(publication: Publication) -> tuple[Earlier, ...]:
    """What readers saw before, the oldest first; what was cancelled before it ran they never saw."""
    found: list[Earlier] = []
    before = publication.supersedes
    while before:
        held = _publication(_rows("SELECT content FROM gate_publication WHERE id = %s", before)[0][0])
        gone = _withdrawn(before)
        if gone is None or gone.kind is not WithdrawalKind.CANCEL:
            found.append(
                Earlier(
                    version=held.version,
                    digest=held.digest,
                    published=held.not_before,
                    correction=held.correction,
                )
            )
        before = held.supersedes
    return tuple(reversed(found))


def _needed(version: Version) -> int:
    rows = _rows(
        "SELECT MAX(needed) FROM gate_approval WHERE outlet = %s AND story = %s AND digest = %s",
        version.outlet,
        version.story,
        version.digest,
    )
    return int(rows[0][0] or 1)


def _entries_of(approvals: Iterable[Approval]) -> Iterable[Entry]:
    for approval in approvals:
        yield _entry(str(_rows("SELECT entry FROM gate_approval WHERE id = %s", approval.id)[0][0]))


def _entry(hash_: str) -> Entry:
    return Entry.parse(bytes(LedgerEntry.objects.get(hash=hash_).content))


def _proof(outlet: str, entry: Entry, note: str) -> Logged:
    size = int(note.split("\n")[1])
    proof = Proof(index=entry.seq, hashes=inclusion(outlet, entry.seq, size), note=note)
    return Logged(entry=entry.content(), proof=proof.text())


def _rows(query: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
