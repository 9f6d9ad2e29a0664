"""The approval screen: what readers will be told, clause by clause, and what the signature binds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from backread.review.gate import reading_ms
from backread.review.refusal import Allowed, Refusals
from backread.review.statement import REASONS, top, words
from backread.values.canonical import Digest
from backread.values.decision import Decision, decision_key
from backread.values.finding import Basis
from backread.values.person import Person
from backread.values.publication import Approval, Version
from backread.values.report import Checked, Report, State
from backread.values.statement import Clause, ClauseId, Statement
from backread.values.story import BlockKind
from newsroom.desk.pages.looks import Look, decision_on, look
from newsroom.desk.pages.read import Why, why_not
from newsroom.desk.pages.times import near, seen

_WAITS = (ClauseId.CHECKED_AND_APPROVED, ClauseId.APPROVED, ClauseId.SECOND_APPROVAL, ClauseId.SINGLE_EDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What the screen is built from. `statement` is the one printed once this person has signed too.

    `approvals` are those of exactly this version, `needed` how many different people must sign; `own_words` are the
    drafts that somebody changed without AI, as they state, with the name. `shown` is what the form carries back, so
    that nothing is signed but what stood here.
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
    draft: int
    is_brief: bool = False
    residue: Sequence[Residue] = ()
    own_words: Mapping[int, str] = field(default_factory=dict)
    changed: frozenset[Digest] = frozenset()
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Residue:
    """Words that a tool left in the copy: what they are, in which draft, as which sentence, and whether they are gone."""

    message: str
    words: str
    draft: int
    number: int
    is_gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseLine:
    """A clause as printed, and why it may be. `state` is how far it is proven, in words, with its mark in `look`."""

    id: str
    text: str
    why: str
    state: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What speaks against signing now and nobody has answered; it closes no door. `numbers` are sentences to look at."""

    head: str
    words: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLine:
    """A sentence of the whole text, with its mark where a person stands for its words."""

    number: int
    text: str
    look: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBlock:
    """A block of the whole text: its kind, and its sentences, or its words where it has none. `place` is the date line
    that its first sentence stands behind."""

    kind: str
    lines: tuple[SignedLine, ...] = ()
    words: str = ""
    place: str = ""


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
    body: tuple[SignedBlock, ...]
    matters: tuple[Matter, ...]
    unread: int
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
    saw: str


def approve_page(signing: Signing) -> ApprovePage:
    """The screen for one person and one version."""
    report, version = signing.report, signing.version
    left = () if signing.is_brief else _unread(signing)
    looks = [look(c, decision_on(c, signing.decisions)) for c in report.sentences]
    signed_by_me = any(a.approver == signing.person.id for a in signing.approvals)
    missing = signing.needed - len({a.approver for a in signing.approvals}) - (0 if signed_by_me else 1)
    return ApprovePage(
        story=signing.story,
        slug=signing.slug,
        number=version.number,
        version=f"Draft {signing.draft}, saved {near(signing.saved, signing.now, signing.zone)}",
        headline=" ".join(report.story.words_of(BlockKind.HEADLINE)),
        deck=" ".join(report.story.words_of(BlockKind.DECK)),
        body=_body(signing),
        matters=(*_clash(signing), *_not_read(left)),
        unread=len(left),
        settled=sum(not mark.is_open for mark in looks),
        total=len(looks),
        top=" ".join(words(clause) for clause in top(signing.statement)),
        full=tuple(words(clause) for clause in signing.statement.clauses),
        clauses=_clauses(signing),
        not_printed=_not_printed(signing),
        why_not=why_not(signing.answer),
        may=isinstance(signing.answer, Allowed),
        who=f"{signing.person.name}, {signing.person.title}",
        signers=tuple(_signer(a, signing.zone) for a in signing.approvals),
        needed=signing.needed,
        missing=max(0, missing),
        second=report.second_approver,
        others=tuple(f"{person.name}, {person.title}" for person in signing.others),
        bound=_bound(report, version, signing.draft),
        digest=version.digest,
        saw=signing.shown,
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


def _clauses(signing: Signing) -> tuple[ClauseLine, ...]:
    return tuple(
        ClauseLine(id=str(c.id), text=words(c), why=REASONS[c.id], state=state, look=look_)
        for c in signing.statement.clauses
        for state, look_ in [_state(c, signing)]
    )


def _state(clause: Clause, signing: Signing) -> tuple[str, str]:
    """How far a clause is proven, in words, and its mark. What somebody states is never called true."""
    if clause.id is ClauseId.SUPPLIED:
        against = _is_denied(clause) and bool(signing.residue)
        stated = f"stated by {clause.parameters['name']}"
        return (f"{stated}, and something speaks against it", "undecided") if against else (stated, "taken")
    if clause.id is ClauseId.BRIEF:
        return f"stated by {clause.parameters['name']}", "taken"
    if clause.id in _WAITS:
        return "true once you have signed", "toread"
    return "true", "supported"


def _is_denied(clause: Clause) -> bool:
    return clause.id is ClauseId.SUPPLIED and not clause.parameters["ai"]


def _clash(signing: Signing) -> Iterable[Matter]:
    """Somebody states that no AI was used, and the words that came in speak otherwise."""
    stated = [str(c.parameters["name"]) for c in signing.statement.clauses if _is_denied(c)]
    stated += [signing.own_words[r.draft] for r in signing.residue if r.draft in signing.own_words]
    names = list(dict.fromkeys(stated))
    if not names or not signing.residue:
        return
    told = "; ".join(
        f"“{r.words}” in sentence {r.number} of draft {r.draft} ({r.message}; {'changed since' if r.is_gone else 'still there'})"
        for r in signing.residue
    )
    who = " and ".join(names)
    yield Matter(
        head=f"{who} {'states' if len(names) == 1 else 'state'} that no AI was used; the words say otherwise",
        words=f"The residue check found {told}. Readers will be told what was stated. Ask {who} before you sign, or return the story with R.",
    )


def _unread(signing: Signing) -> tuple[int, ...]:
    return tuple(
        c.sentence.index + 1
        for c in signing.report.sentences
        if look(c, decision_on(c, signing.decisions)) is Look.TO_READ
    )


def _not_read(left: tuple[int, ...]) -> Iterable[Matter]:
    if left:
        yield Matter(
            head=f"{_count(len(left), 'sentence')} nobody has read",
            words="The checks have nothing against them, and no person has looked. Signed now, readers are told “Approved by”, never “Checked”.",
            numbers=left,
        )


def _body(signing: Signing) -> tuple[SignedBlock, ...]:
    """What is signed below headline and deck, to the last block, in its order."""
    story = signing.report.story
    told: dict[int, list[SignedLine]] = {}
    for checked in signing.report.sentences:
        told.setdefault(checked.sentence.block, []).append(_line(checked, signing))
    body: list[SignedBlock] = []
    place = ""
    for index, block in enumerate(story.blocks):
        words = story.text[block.start : block.end]
        if block.kind in (BlockKind.HEADLINE, BlockKind.DECK):
            continue
        if block.kind is BlockKind.DATE_LINE:
            place = words
        elif block.kind is BlockKind.PARAGRAPH:
            # As readers will see it: the date line opens the first paragraph.
            body.append(SignedBlock(kind=str(block.kind), lines=tuple(told.get(index, ())), place=place))
            place = ""
        elif block.kind.has_sentences:
            body.append(SignedBlock(kind=str(block.kind), lines=tuple(told.get(index, ()))))
        else:
            body.append(SignedBlock(kind=str(block.kind), words=words))
    return (*body, *([SignedBlock(kind=str(BlockKind.DATE_LINE), words=place)] if place else []))


def _line(checked: Checked, signing: Signing) -> SignedLine:
    changed = decision_key(checked.sentence) in signing.changed
    mark = look(checked, decision_on(checked, signing.decisions), changed=changed)
    plain = mark in (Look.SUPPORTED, Look.QUOTED, Look.COMPUTED)
    return SignedLine(
        number=checked.sentence.index + 1,
        text=checked.sentence.text,
        look="" if plain else mark.value,
        word="" if plain else mark.word,
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


def _bound(report: Report, version: Version, draft: int) -> tuple[tuple[str, str], ...]:
    kinds = [report.story.kind_of(c.sentence) for c in report.sentences]
    parts = [_told(kinds.count(kind), str(kind)) for kind in dict.fromkeys(kinds)]
    passages = {(p.capture, p.start, p.end) for c in report.sentences for p in c.sentence.passages}
    captures = {capture for capture, _, _ in passages}
    byline = " ".join(report.story.words_of(BlockKind.BYLINE))
    sources = dict.fromkeys(f"{c.source_name} ({c.terms})" for c in report.captures if c.id in captures)
    return (
        ("Words", ", ".join(parts)),
        ("Byline", byline or "none"),
        ("Evidence", f"{_count(len(passages), 'passage')} in {_count(len(captures), 'capture')}"),
        ("Sources", "; ".join(sources) or "none"),
        (
            "Checks",
            f"{len(report.ran)} ran on these words; {_count(len(report.open), 'sentence')} open after them",
        ),
        ("Version", f"{version.number}: draft {draft}, frozen once it is signed"),
    )


def _told(count: int, kind: str) -> str:
    return kind if count == 1 else f"{count} in {kind}s"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def standing(approvals: Iterable[Approval], version: Version) -> tuple[Approval, ...]:
    """The approvals of exactly this version."""
    return tuple(a for a in approvals if a.digest == version.digest)
