"""Who may release what, and when a version may be approved. Pure functions over what is present.

Why a reader cares: this is the one place where a sentence that no source proves can still reach print, so
every way through is written down here, and whatever is missing (a finding, a capture, a reason, a role)
only ever makes the answer a no. What it cannot see: whether a reason given is a true one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from backread.review.refusal import Allowed, Refusal, Refusals
from backread.values.canonical import Digest
from backread.values.capture import Capture
from backread.values.decision import Act, Decision, Ground, decision_key
from backread.values.finding import Basis, Finding, Kind, Outcome
from backread.values.person import Person, Role
from backread.values.publication import Approval, Version
from backread.values.report import Checked, Report, State
from backread.values.source import Genre, Terms
from backread.values.statement import Clause, Statement
from backread.values.story import Origin, Sentence
from backread.values.words import Copy

__all__ = [
    "Allowed",
    "Refusal",
    "Refusals",
    "may_approve",
    "may_decide",
    "may_publish",
    "reviewed",
    "settled",
]

QUOTED = frozenset({"quotes", "speakers"})
"""Released only by an attached record, or a passage cited by hand."""
STATED = frozenset({"numbers", "dates", "names"})
"""Released by those, or by a public record that was seen."""
ACCUSING = frozenset({"attribution", "harm"})
"""These ask for a second approver, whatever else releases them."""
DESK = frozenset({Role.REPORTER, Role.EDITOR, Role.STANDARDS})
APPROVERS = frozenset({Role.EDITOR, Role.STANDARDS})
BATCH = 5
"""So many proven sentences may be kept with one press; more cannot be read at a glance."""
WORDS_PER_MINUTE = 600

_ACCUSES = re.compile(
    r"\b(accus|alleg|arrest|assault|blam|charg|cheat|convict|corrupt|crim|defraud|embezzl|fraud|guilt|indict"
    r"|kill|lied|lying|murder|negligen|rape|scam|steal|stole|suspect|theft|thief|violat)",
    re.IGNORECASE,
)
_QUOTES = re.compile('["“”„«»‹›]')
_FIGURE = re.compile(r"\d")


class Settlement(StrEnum):
    """The one state a sentence is in, once people have had their say."""

    OPEN = "open"
    PROVEN = "proven"
    TAKEN_OVER = "taken over"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """An outlet's settings for approval. `required` names the checks that must have run."""

    required: frozenset[str]
    needed: int = 1
    approver_is_not_drafter: bool = False
    single_editor: bool = False

    def __post_init__(self) -> None:
        if not self.required or self.needed < 1:
            raise ValueError("no requirements: refusing rather than waving through")

    def signatures(self, report: Report) -> int:
        """How many different people must approve: one more where harm asks, unless one editor works alone."""
        asked = 2 if _asks_for_second(report) else 1
        return 1 if self.single_editor else max(self.needed, asked)


def may_decide(
    *,
    person: Person,
    checked: Checked,
    act: Act,
    ground: Ground = Ground.NONE,
    reason: str = "",
    capture: Capture | None = None,
) -> Allowed | Refusal:
    """Whether `person` may do `act` on this sentence, resting on `ground` and, where it needs one, `capture`."""
    allowed = {Act.TAKE_OVER: APPROVERS, Act.OVERRIDE: frozenset({Role.STANDARDS})}.get(act, DESK)
    target = f"s{checked.sentence.index}"
    if not allowed & person.roles:
        who = (
            "a standards editor"
            if act is Act.OVERRIDE
            else "an editor"
            if allowed is APPROVERS
            else "the desk"
        )
        return Refusal(words=f"Only {who} may {act} a sentence.", target=target)
    if act in (Act.CHANGE, Act.STRIKE):
        return Allowed()
    why = _unreleased(checked, act, ground, reason, seen=capture is not None)
    why = why or _wrong_capture(ground if act is Act.TAKE_OVER else Ground.NONE, capture)
    return Refusal(words=why, target=target) if why else Allowed()


def settled(checked: Checked, decision: Decision | None) -> Settlement:
    """The sentence's state under `decision`; a decision that the rules do not bear out leaves it as checked.

    A sentence that a person wants changed or struck is open until the words are changed.
    """
    found = Settlement.PROVEN if checked.state is State.PROVEN else Settlement.OPEN
    if decision is None or decision.key != decision_key(checked.sentence):
        return found
    if decision.act in (Act.CHANGE, Act.STRIKE):
        return Settlement.OPEN
    seen = decision.capture is not None
    if _unreleased(checked, decision.act, decision.ground, decision.reason, seen=seen):
        return found
    return {Act.TAKE_OVER: Settlement.TAKEN_OVER, Act.OVERRIDE: Settlement.OVERRIDDEN}.get(
        decision.act, found
    )


def may_approve(
    *,
    person: Person,
    report: Report,
    decisions: Mapping[Digest, Decision],
    people: Mapping[str, Person],
    version: Version,
    clauses: tuple[Clause, ...],
    approvals: Iterable[Approval],
    drafter: str,
    rules: Rules,
    now: datetime,
    brief: bool = False,
) -> Allowed | Refusals:
    """Whether `person` may add an approval to `version`; every reason against it, with where to mend it.

    `clauses` are those the statement computes now (S1*, S3*); `people` are the signed-in people by id;
    `drafter` is the id of the person who wrote it, '' for a machine. A `brief` is taken over as a whole:
    its sentences need no decision. Raises ValueError for a story without sentences.
    """
    if not report.sentences:
        raise ValueError("a story without sentences cannot be approved")
    mine = (
        a for a in approvals if a.digest == version.digest and a.approver == person.id and now < a.expires_at
    )
    refusals = [
        *_approver(person, drafter, rules, already=any(mine)),
        *_unrun(report, rules),
        *([] if brief else _open(report, decisions, people)),
        *_wrong_words(report, version, clauses),
    ]
    return Refusals(refusals=tuple(refusals)) if refusals else Allowed()


def may_publish(
    *, version: Version, approvals: Iterable[Approval], needed: int, now: datetime
) -> Allowed | Refusals:
    """Whether `version` has `needed` unexpired approvals of exactly its digest, by different people.

    Raises ValueError for needed < 1. Signatures are verified again by the builder.
    """
    if needed < 1:
        raise ValueError("no requirements: refusing rather than waving through")
    signers = {
        a.approver
        for a in approvals
        if a.digest == version.digest
        and (a.outlet, a.story, a.version) == (version.outlet, version.story, version.number)
        and a.signature
        and a.approved_at <= now < a.expires_at
    }
    if len(signers) >= needed:
        return Allowed()
    have = "no approval" if not signers else f"{len(signers)} of {needed} approvals"
    return Refusals(refusals=(Refusal(words=f"Version {version.number} has {have}.", target="approve"),))


def reading_ms(sentence: Sentence) -> int:
    """How long a sentence must stand on screen, in milliseconds: 600 words a minute."""
    return max(1, len(sentence.text.split())) * 60_000 // WORDS_PER_MINUTE


def reviewed(report: Report, decisions: Mapping[Digest, Decision], approver: str) -> bool:
    """Whether S2a is true: every sentence decided by `approver` and on screen for its reading time, open ones alone.

    Batches hold at most BATCH sentences, all proven word for word or computed.
    """
    batches: dict[str, int] = {}
    for checked in report.sentences:
        decision = decisions.get(decision_key(checked.sentence))
        if decision is None or decision.by != approver or settled(checked, decision) is Settlement.OPEN:
            return False
        if decision.seen_ms < reading_ms(checked.sentence):
            return False
        if decision.batch:
            batches[decision.batch] = batches.get(decision.batch, 0) + 1
            if checked.state is State.OPEN or checked.basis not in (Basis.VERBATIM, Basis.COMPUTED):
                return False
    return bool(report.sentences) and all(size <= BATCH for size in batches.values())


def _unreleased(checked: Checked, act: Act, ground: Ground, reason: str, *, seen: bool) -> str | None:
    blocking = [finding for finding in checked.findings if finding.blocks]
    refuted = [finding for finding in blocking if finding.outcome is Outcome.REFUTED]
    if checked.state is State.PROVEN and not blocking:
        return None if act is Act.KEEP else "The sentence is proven: keep, change or strike it."
    if act is Act.KEEP:
        return "The sentence is open: change it, strike it or take it over."
    if not reason.strip():
        return "Say why."
    if act is Act.OVERRIDE:
        return None if refuted else "Only a refuted sentence is overridden; this one can be taken over."
    if refuted:
        return f"{refuted[0].check} found evidence against it: change or strike it, or a standards editor overrides it."
    if not blocking:
        return "It is open, but no check says why: check it again."
    return next((why for f in blocking if (why := _not_by(f, ground, checked, seen=seen))), None)


def _not_by(finding: Finding, ground: Ground, checked: Checked, *, seen: bool) -> str | None:
    by_hand = any(citation.origin is Origin.EDITOR for citation in checked.sentence.citations)
    if ground is Ground.RECORD:
        return None if seen else "Attach the record it rests on."
    if ground is Ground.CITED_BY_HAND:
        return None if by_hand else "Cite the passage it rests on."
    if finding.check in QUOTED:
        return "A quotation is released only by an attached record or a passage cited by hand."
    if ground is Ground.PUBLIC_RECORD_SEEN:
        return None if seen else "Name the capture of the public record you saw."
    if finding.check in STATED:
        return "A figure, date or name needs an attached record, a passage cited by hand, or a public record seen."
    if ground is Ground.COMMON_KNOWLEDGE:
        return None if _is_plain(checked) else _NOT_PLAIN
    return "Say what it rests on."


_NOT_PLAIN = "Common knowledge holds no quotation, figure, name or accusation."


def _is_plain(checked: Checked) -> bool:
    answered = {
        f.check: f.outcome for f in checked.findings if f.check in QUOTED | STATED and f.kind is Kind.PROOF
    }
    if any(answered.get(check) is not Outcome.NOTHING_TO_CHECK for check in ("quotes", *STATED)):
        return False
    if any(outcome is not Outcome.NOTHING_TO_CHECK for outcome in answered.values()):
        return False
    if any(
        f.check in ACCUSING and f.kind is not Kind.ADVICE and f.outcome is not Outcome.NOTHING_TO_CHECK
        for f in checked.findings
    ):
        return False
    words = checked.sentence.text
    return not (_QUOTES.search(words) or _FIGURE.search(words) or _ACCUSES.search(words))


def _wrong_capture(ground: Ground, capture: Capture | None) -> str | None:
    if capture is None:
        return None
    if ground is Ground.RECORD and not (capture.terms is Terms.OWN or capture.genre is Genre.NOTES):
        return "An attached record is the outlet's own note, recording or document."
    if ground is Ground.PUBLIC_RECORD_SEEN and capture.terms is not Terms.PUBLIC_RECORD:
        return f"{capture.source_name} is not a public record."
    return None


def _asks_for_second(report: Report) -> bool:
    taken = (f for checked in report.sentences for f in checked.findings if f.check in ACCUSING and f.blocks)
    return bool(report.second_approver) or any(taken)


def _approver(person: Person, drafter: str, rules: Rules, *, already: bool) -> Iterable[Refusal]:
    if not APPROVERS & person.roles:
        yield Refusal(words="Only an editor may approve.", target="approve")
    if rules.approver_is_not_drafter and not rules.single_editor and person.id == drafter:
        yield Refusal(words="Whoever wrote a story does not approve it at this outlet.", target="approve")
    if already:
        yield Refusal(words="You have approved this version; another editor is needed now.", target="approve")


def _unrun(report: Report, rules: Rules) -> Iterable[Refusal]:
    for check in sorted(rules.required - report.ran):
        yield Refusal(words=f"The check {check} has not answered: check the story again.", target="checks")


def _open(
    report: Report, decisions: Mapping[Digest, Decision], people: Mapping[str, Person]
) -> Iterable[Refusal]:
    for checked in report.sentences:
        decision = decisions.get(decision_key(checked.sentence))
        state = settled(checked, decision)
        if state is Settlement.OPEN or (decision and not _was_entitled(decision, state, people)):
            question = checked.question.message if checked.question else ""
            number = checked.sentence.index + 1
            yield Refusal(
                words=f"Sentence {number} is open{': ' + question if question else '.'}",
                target=f"s{checked.sentence.index}",
            )
    for finding in report.blocking:
        yield Refusal(
            words=finding.message or f"{finding.check} holds the story open.", target=_where(finding)
        )


def _was_entitled(decision: Decision, state: Settlement, people: Mapping[str, Person]) -> bool:
    if state is Settlement.PROVEN:
        return True
    person = people.get(decision.by)
    wanted = frozenset({Role.STANDARDS}) if state is Settlement.OVERRIDDEN else APPROVERS
    return person is not None and bool(person.roles & wanted)


def _where(finding: Finding) -> str:
    return f"b{finding.subject.index}" if finding.subject.index >= 0 else "story"


def _wrong_words(report: Report, version: Version, clauses: tuple[Clause, ...]) -> Iterable[Refusal]:
    told = Copy(story=report.story).digests()
    if any(version.parts[part] != told[part] for part in ("headline", "deck", "body", "byline", "citations")):
        yield Refusal(
            words="The words were changed after they were checked: check them again.", target="story"
        )
    if not Statement(clauses=version.clauses).says_how_made:
        yield Refusal(
            words="Nothing on record says how the story was made: declare who wrote it.", target="made"
        )
    if [c.canonical() for c in version.clauses] != [c.canonical() for c in clauses]:
        yield Refusal(
            words="The statement is not the one the record gives now: make a new version.", target="made"
        )
