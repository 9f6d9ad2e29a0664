"""A story as the gate is asked about it: its report, decisions, clauses and approvals, read from rows.

Everything here only reads. What is missing in the rows is missing in the case, and the gate then says no.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from backread.check import CHECKS
from backread.errors import NotAllowed
from backread.review.gate import Rules, Settlement, may_approve, reviewed, settled
from backread.review.refusal import Allowed, Refusals
from backread.review.statement import Corrected, Record, Used, printed, signed_clauses
from backread.review.states import StoryState
from backread.values.canonical import Digest, canonical_bytes
from backread.values.capture import Capture
from backread.values.decision import Decision, decision_key
from backread.values.person import Level, Person
from backread.values.publication import Approval, Version
from backread.values.report import Checked, Report
from backread.values.source import Terms
from backread.values.statement import Clause, Statement
from backread.values.words import Copy
from newsroom.accounts.models import Membership
from newsroom.desk.declared import Declared, declared
from newsroom.desk.models import Remark
from newsroom.desk.room import Room
from newsroom.people import now_at
from newsroom.stories import models, rows
from newsroom.stories.plain import decision_body, decision_from_plain

CORRECTION = "correction"
"""The remark that opens a correction of a published story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A story with everything the gate and the screens ask about it.

    `version` is the frozen version where these words were frozen, else the one that freezing would make;
    `frozen` says which. `approvals` are those of exactly this version that nothing voids. `fix` is the text of
    the correction that is open, '' where none is.
    """

    row: models.Story
    head: models.Draft
    report: Report
    decisions: Mapping[Digest, Decision]
    changed: frozenset[Digest]
    people: Mapping[str, Person]
    declared: Declared
    clauses: tuple[Clause, ...]
    version: Version
    frozen: bool
    approvals: tuple[Approval, ...]
    rules: Rules
    drafter: str
    fix: str

    @property
    def state(self) -> StoryState:
        """Where the story stands."""
        return StoryState(self.row.state)

    @property
    def needed(self) -> int:
        """How many different people have to approve."""
        return self.rules.signatures(self.report)

    def checked(self, key: str) -> Checked:
        """The sentence that a decision key means. Raises NotAllowed when the words are not there any more."""
        found = next((c for c in self.report.sentences if decision_key(c.sentence) == key), None)
        if found is None:
            raise NotAllowed(
                "this sentence",
                step="decide on it",
                hint="Its words or passages were changed meanwhile: look at it again.",
            )
        return found

    def answer(self, person: Person, now: datetime) -> Allowed | Refusals:
        """What the gate says of approving now."""
        return may_approve(
            person=person,
            report=self.report,
            decisions=self.decisions,
            people=self.people,
            version=self.version,
            clauses=self.clauses,
            approvals=self.approvals,
            drafter=self.drafter,
            rules=self.rules,
            now=now,
            brief=self.row.is_brief,
        )

    def is_reviewed(self, person: Person) -> bool:
        """Whether the record supports S2a for this person."""
        return not self.row.is_brief and reviewed(self.report, self.decisions, person.id)

    def statement(self, person: Person, room: Room, now: datetime) -> Statement:
        """The statement as it would be printed once `person` has signed too."""
        mine = Approval(
            outlet=self.version.outlet, story=self.version.story, version=self.version.number, digest=self.version.digest,
            approver=person.id, approver_name=person.name, role=person.title, level=Level.B,
            evidence_root=Digest(""), checks_digest=Digest(""), decisions_digest=Digest(""), ledger_head=Digest(""),
            nonce="", approved_at=now, expires_at=now, reviewed=self.is_reviewed(person), signature="to come",
        )  # fmt: skip
        fixes = [Corrected(at=now, words=self.fix)] if self.fix else []
        return printed(
            self.version.clauses,
            outlet=room.outlet.name,
            digest=self.version.digest,
            approvals=(*self.approvals, mine),
            zone=room.zone,
            single_editor=room.outlet.single_editor,
            corrections=fixes,
        )


def case(room: Room, row: models.Story, *, anew: bool = False) -> Case:
    """The case of one story."""
    head, report = row.head, room.report(row, anew=anew)
    drafts = list(row.draft_set.order_by("number"))
    decisions, people = decisions_of(row), people_of(room.outlet.pk)
    told = declared(row, drafts)
    clauses = signed_clauses(_record(room, row, drafts, report, decisions, people, told))
    version, frozen = _version(room.outlet.pk, row.slug, report, clauses)
    return Case(
        row=row,
        head=head,
        report=report,
        decisions=decisions,
        changed=_changed(report, told.first),
        people=people,
        declared=told,
        clauses=clauses,
        version=version,
        frozen=frozen,
        approvals=rows.approvals_of(version) if frozen else (),
        rules=Rules(
            required=frozenset(check.name for check in CHECKS if check.built),
            approver_is_not_drafter=room.outlet.approver_is_not_drafter,
            single_editor=room.outlet.single_editor,
        ),
        drafter=head.by or drafts[0].by,
        fix=open_correction(row),
    )


def decisions_of(row: models.Story) -> dict[Digest, Decision]:
    """The last decision on each key, in the order of the ledger. A row alone decides nothing, nor does one of a decision
    that was taken back, or that another came after; where the row of the last one is gone, nobody has decided."""
    rows_ = [decision_from_plain(d.told) for d in row.decision_set.filter(undone=False).order_by("pk")]
    held = {(d.by, canonical_bytes(decision_body(d))): d for d in rows_}
    found: dict[Digest, Decision] = {}
    for by, key, told in rows.decided(row.outlet_id, row.slug) if held else ():
        found.pop(Digest(key), None)
        if (decision := held.get((by, told))) is not None:
            found[decision.key] = decision
    return found


def people_of(outlet: str) -> dict[str, Person]:
    """Everybody at the outlet, by id, under the name and with the roles that were signed."""
    rows, said = (
        Membership.objects.filter(outlet_id=outlet).select_related("person"),
        now_at(outlet, settings.HOME),
    )
    found = (row.person.as_said(said) for row in rows)
    return {person.id: person for person in found}


def open_correction(row: models.Story) -> str:
    """What the open correction says, '' where none is open. A publication closes it."""
    last = Remark.objects.filter(story=row, move__in=[CORRECTION, "published"]).last()
    return last.reason if last and last.move == CORRECTION else ""


def _record(
    room: Room,
    row: models.Story,
    drafts: list[models.Draft],
    report: Report,
    decisions: Mapping[Digest, Decision],
    people: Mapping[str, Person],
    told: Declared,
) -> Record:
    states = [settled(c, decisions.get(decision_key(c.sentence))) for c in report.sentences]
    on_word = sum(state in (Settlement.TAKEN_OVER, Settlement.OVERRIDDEN) for state in states)
    brief_by = people[drafts[0].by].name if row.is_brief and drafts[0].by in people else ""
    return Record(
        outlet=room.outlet.name,
        drafting=told.drafting,
        sources=tuple(_used(c) for c in cited(report)),
        first=told.first,
        final=tuple(c.sentence.text for c in report.sentences),
        declarations=told.declarations,
        undeclared=told.undeclared,
        on_word=len(states) if row.is_brief else on_word,
        brief_by=brief_by,
    )


def cited(report: Report) -> tuple[Capture, ...]:
    """The captures that a sentence of the story rests on: what is listed with it."""
    ids = {p.capture for c in report.sentences for p in c.sentence.passages}
    return tuple(capture for capture in report.captures if capture.id in ids)


def _used(capture: Capture) -> Used:
    own = capture.terms is Terms.OWN
    return Used(
        capture=capture.id,
        name=capture.source_name,
        cited=True,
        own=own,
        reporter=capture.byline if own else "",
    )


def _changed(report: Report, first: tuple[str, ...]) -> frozenset[Digest]:
    left = Counter(first)
    changed = set()
    for checked in report.sentences:
        if left[checked.sentence.text] > 0:
            left[checked.sentence.text] -= 1
        else:
            changed.add(decision_key(checked.sentence))
    return frozenset(changed)


def _version(outlet: str, slug: str, report: Report, clauses: tuple[Clause, ...]) -> tuple[Version, bool]:
    """The head version where it holds exactly these words and clauses, else the next one."""
    held = rows.rows(
        "SELECT number, digest FROM gate_version WHERE outlet = %s AND story = %s ORDER BY number DESC LIMIT 1", outlet, slug
    )  # fmt: skip
    number, digest = held[0] if held else (0, "")
    parts = Copy(story=report.story).digests()
    there = Version(outlet=outlet, story=slug, number=max(1, int(number)), parts=parts, clauses=clauses)
    if held and there.digest == digest:
        return there, True
    return replace(there, number=int(number) + 1), False
