"""The approval screen: what readers will be told, clause by clause, and what the signature binds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from backread.review.gate import reading_ms
from backread.review.refusal import Allowed, Refusals
from backread.review.statement import REASONS, top, words
from backread.values.canonical import Digest
from backread.values.decision import Decision
from backread.values.finding import Basis
from backread.values.person import Person
from backread.values.publication import Approval, Version
from backread.values.report import Checked, Report, State
from backread.values.statement import ClauseId, Statement
from backread.values.story import BlockKind
from newsroom.desk.pages.looks import decision_on, look
from newsroom.desk.pages.read import Why, why_not
from newsroom.desk.pages.times import near, seen

_WAITS = (ClauseId.CHECKED_AND_APPROVED, ClauseId.APPROVED, ClauseId.SECOND_APPROVAL, ClauseId.SINGLE_EDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What the screen is built from. `statement` is the one printed once this person has signed too.

    `approvals` are those of exactly this version, `needed` how many different people must sign.
    """

    story: str
    slug: str
    version: Version
    saved: datetime
    report: Report
    decisions: Mapping[Digest, Decision]
    person: Person
    approvals: Sequence[Approval]
    needed: int
    statement: Statement
    answer: Allowed | Refusals
    others: Sequence[Person]
    now: datetime
    zone: tzinfo
    is_brief: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseLine:
    """A clause as printed, why it may be, and whether it still waits for a signature."""

    id: str
    text: str
    why: str
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPrinted:
    """A clause that is not printed, and why; `numbers` are the sentences that stand in its way."""

    text: str
    why: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A signature that is there: whose, when, at which level."""

    name: str
    role: str
    at: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePage:
    """Everything the approval screen shows."""

    story: str
    slug: str
    number: int
    version: str
    headline: str
    deck: str
    settled: int
    total: int
    top: str
    full: tuple[str, ...]
    clauses: tuple[ClauseLine, ...]
    not_printed: tuple[NotPrinted, ...]
    why_not: tuple[Why, ...]
    may: bool
    who: str
    signers: tuple[Signer, ...]
    needed: int
    missing: int
    second: tuple[str, ...]
    others: tuple[str, ...]
    bound: tuple[tuple[str, str], ...]
    digest: str


def approve_page(signing: Signing) -> ApprovePage:
    """The screen for one person and one version."""
    report, version = signing.report, signing.version
    looks = [look(c, decision_on(c, signing.decisions)) for c in report.sentences]
    signed_by_me = any(a.approver == signing.person.id for a in signing.approvals)
    missing = signing.needed - len({a.approver for a in signing.approvals}) - (0 if signed_by_me else 1)
    return ApprovePage(
        story=signing.story,
        slug=signing.slug,
        number=version.number,
        version=f"Version {version.number}, saved {near(signing.saved, signing.now, signing.zone)}",
        headline=" ".join(report.story.words_of(BlockKind.HEADLINE)),
        deck=" ".join(report.story.words_of(BlockKind.DECK)),
        settled=sum(not mark.is_open for mark in looks),
        total=len(looks),
        top=" ".join(words(clause) for clause in top(signing.statement)),
        full=tuple(words(clause) for clause in signing.statement.clauses),
        clauses=_clauses(signing.statement),
        not_printed=_not_printed(signing),
        why_not=why_not(signing.answer),
        may=isinstance(signing.answer, Allowed),
        who=f"{signing.person.name}, {signing.person.title}",
        signers=tuple(_signer(a, signing.zone) for a in signing.approvals),
        needed=signing.needed,
        missing=max(0, missing),
        second=report.second_approver,
        others=tuple(f"{person.name}, {person.title}" for person in signing.others),
        bound=_bound(report, version),
        digest=version.digest,
    )


def unseen(
    report: Report, decisions: Mapping[Digest, Decision], approver: str
) -> tuple[tuple[int, str], ...]:
    """The sentences that keep "checked sentence by sentence" from being true, each with why."""
    told = ((c.sentence.index + 1, _unseen(c, decision_on(c, decisions), approver)) for c in report.sentences)
    return tuple((number, why) for number, why in told if why)


def _unseen(checked: Checked, decision: Decision | None, approver: str) -> str:
    if decision is None:
        return "not decided"
    if decision.by != approver:
        return "decided by someone else"
    if decision.seen_ms < reading_ms(checked.sentence):
        return "too short on screen"
    alone = checked.state is State.OPEN or checked.basis not in (Basis.VERBATIM, Basis.COMPUTED)
    return "settled with others" if decision.batch and alone else ""


def _clauses(statement: Statement) -> tuple[ClauseLine, ...]:
    return tuple(
        ClauseLine(id=str(c.id), text=words(c), why=REASONS[c.id], waits=c.id in _WAITS)
        for c in statement.clauses
    )


def _not_printed(signing: Signing) -> tuple[NotPrinted, ...]:
    ids = {clause.id for clause in signing.statement.clauses}
    told = []
    if ClauseId.CHECKED_AND_APPROVED not in ids:
        told.append(_not_checked(signing))
    if not any(a.digest for a in signing.approvals) and signing.needed > 1:
        told.append(NotPrinted(text="Second approval by …", why="No second approval is there yet."))
    if ClauseId.CORRECTED not in ids:
        told.append(NotPrinted(text="Corrected on …", why="There is no correction."))
    told.append(NotPrinted(text="Fact-checked", why="No entry of the ledger could prove it."))
    return tuple(told)


def _not_checked(signing: Signing) -> NotPrinted:
    left = () if signing.is_brief else unseen(signing.report, signing.decisions, signing.person.id)
    why = "A brief is signed as a whole."
    if not signing.is_brief:
        reasons = ", ".join(dict.fromkeys(why for _, why in left))
        why = f"{len(left)} of {len(signing.report.sentences)} sentences: {reasons}. Look at them with their passages, then keep them."
    return NotPrinted(
        text="Checked against its sources sentence by sentence …",
        why=why,
        numbers=tuple(number for number, _ in left),
    )


def _signer(approval: Approval, zone: tzinfo) -> Signer:
    return Signer(
        name=approval.approver_name,
        role=approval.role,
        at=seen(approval.approved_at, zone),
        level=str(approval.level),
    )


def _bound(report: Report, version: Version) -> tuple[tuple[str, str], ...]:
    kinds = [report.story.kind_of(c.sentence) for c in report.sentences]
    parts = [_told(kinds.count(kind), str(kind)) for kind in dict.fromkeys(kinds)]
    passages = {(p.capture, p.start, p.end) for c in report.sentences for p in c.sentence.passages}
    captures = {capture for capture, _, _ in passages}
    byline = " ".join(report.story.words_of(BlockKind.BYLINE))
    return (
        ("Words", ", ".join(parts)),
        ("Byline", byline or "none"),
        ("Evidence", f"{_count(len(passages), 'passage')} in {_count(len(captures), 'capture')}"),
        (
            "Checks",
            f"{len(report.ran)} ran on this version; {len(report.open)} sentences open after them",
        ),
        ("Version", str(version.number)),
    )


def _told(count: int, kind: str) -> str:
    return kind if count == 1 else f"{count} in {kind}s"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def standing(approvals: Iterable[Approval], version: Version) -> tuple[Approval, ...]:
    """The approvals of exactly this version."""
    return tuple(a for a in approvals if a.digest == version.digest)
