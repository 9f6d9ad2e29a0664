"""The release rules of checks.md, each with both answers, and what an approval asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backread.review import gate
from backread.review.gate import Allowed, Refusal, Refusals, Rules, Settlement
from backread.values.canonical import Digest, digest_of
from backread.values.capture import Capture, CaptureId
from backread.values.decision import Act, Decision, Ground, decision_key
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Scope, Subject
from backread.values.person import Level, Person, Role
from backread.values.publication import Approval, Version
from backread.values.report import Checked, Report, State
from backread.values.source import Genre, Terms
from backread.values.statement import Clause, ClauseId
from backread.values.story import BlockKind, Citation, Origin, Sentence, Story, Words
from backread.values.words import Copy

NOW = datetime(2026, 10, 16, 10, tzinfo=UTC)
R, U, OK, NO = Outcome.REFUTED, Outcome.UNDECIDED, Outcome.SUPPORTED, Outcome.NOTHING_TO_CHECK
ADA = Person(id="ada", name="Ada Quillfeather", roles=frozenset({Role.EDITOR}))
STAN = Person(id="stan", name="Stan Merriweather", roles=frozenset({Role.STANDARDS}))
REP = Person(id="rep", name="Rhoda Pike", roles=frozenset({Role.REPORTER}))
ADMIN = Person(id="root", name="Amos Root", roles=frozenset({Role.ADMIN}))
PEOPLE = {p.id: p for p in (ADA, STAN, REP, ADMIN)}

PUBLIC = Capture(
    source="memo", source_name="County memo", url="https://c.example/1", taken=NOW, media_type="text/plain",
    payload=digest_of(b"1"), text="The pier stood empty all day.", extractor="made",
)  # fmt: skip
NOTE = replace(PUBLIC, source="note", payload=digest_of(b"2"), terms=Terms.OWN, genre=Genre.NOTES)
RIVAL = replace(PUBLIC, source="rival", payload=digest_of(b"3"), terms=Terms.NEWSROOM)


def finding(check: str, outcome: Outcome, kind: Kind = Kind.PROOF, scope: Scope = Scope.SENTENCE) -> Finding:
    """One answer of a check, with something to say when it holds the sentence open."""
    marks = (Mark(start=0, end=1, message=f"{check} asks"),) if outcome in (R, U) else ()
    return Finding(
        check=check, kind=kind, subject=Subject(scope=scope, index=0), outcome=outcome, marks=marks
    )


def checked(
    *found: tuple[str, Outcome] | Finding, text: str = "The pier stood empty.", hand: bool = False
) -> Checked:
    """A sentence whose checks answered so; the four that common knowledge asks for say nothing unless named."""
    given = [f if isinstance(f, Finding) else finding(*f) for f in found]
    named = {f.check for f in given}
    rest = [finding(c, NO) for c in ("quotes", "numbers", "dates", "names") if c not in named]
    findings = (*given, *rest)
    is_open = any(f.blocks for f in findings)
    passage = PUBLIC.passage(0, 8)
    origin = Origin.EDITOR if hand else Origin.DRAFTER
    sentence = Sentence(
        index=0, text=text, start=0, block=0, citations=(Citation(passage=passage, origin=origin),)
    )
    state = State.OPEN if is_open else State.PROVEN
    return Checked(
        sentence=sentence, state=state, basis=Basis.NONE if is_open else Basis.ENTAILED, findings=findings
    )


G, A = Ground, Act
OPEN_QUOTE, OPEN_NUMBER = checked(("quotes", U)), checked(("numbers", U))
OPEN_SUPPORT = checked(("support", U))


@pytest.mark.parametrize(
    ("subject", "ground", "capture", "allowed"),
    [
        pytest.param(OPEN_QUOTE, G.RECORD, NOTE, True, id="quote: attached record"),
        pytest.param(checked(("quotes", U), hand=True), G.CITED_BY_HAND, None, True, id="quote: cited by hand"),
        pytest.param(OPEN_QUOTE, G.CITED_BY_HAND, None, False, id="quote: said cited, but by the drafter"),
        pytest.param(OPEN_QUOTE, G.RECORD, None, False, id="quote: record named, none attached"),
        pytest.param(OPEN_QUOTE, G.RECORD, PUBLIC, False, id="quote: a public page is no record of ours"),
        pytest.param(OPEN_QUOTE, G.PUBLIC_RECORD_SEEN, PUBLIC, False, id="quote: public record seen"),
        pytest.param(OPEN_QUOTE, G.COMMON_KNOWLEDGE, None, False, id="quote: common knowledge"),
        pytest.param(OPEN_QUOTE, G.NONE, None, False, id="quote: nothing"),
        pytest.param(checked(("speakers", U)), G.PUBLIC_RECORD_SEEN, PUBLIC, False, id="speaker: public record"),
        pytest.param(OPEN_NUMBER, G.RECORD, NOTE, True, id="number: attached record"),
        pytest.param(OPEN_NUMBER, G.PUBLIC_RECORD_SEEN, PUBLIC, True, id="number: public record seen"),
        pytest.param(OPEN_NUMBER, G.PUBLIC_RECORD_SEEN, None, False, id="number: public record, none named"),
        pytest.param(OPEN_NUMBER, G.PUBLIC_RECORD_SEEN, RIVAL, False, id="number: another paper"),
        pytest.param(OPEN_NUMBER, G.COMMON_KNOWLEDGE, None, False, id="number: common knowledge"),
        pytest.param(checked(("dates", U)), G.PUBLIC_RECORD_SEEN, PUBLIC, True, id="date: public record seen"),
        pytest.param(checked(("names", U)), G.COMMON_KNOWLEDGE, None, False, id="name: common knowledge"),
        pytest.param(checked(("quotes", U), ("numbers", U)), G.PUBLIC_RECORD_SEEN, PUBLIC, False, id="quote and number"),
        pytest.param(OPEN_SUPPORT, G.COMMON_KNOWLEDGE, None, True, id="plain sentence: common knowledge"),
        pytest.param(OPEN_SUPPORT, G.NONE, None, False, id="plain sentence: nothing"),
        pytest.param(OPEN_SUPPORT, G.PUBLIC_RECORD_SEEN, PUBLIC, True, id="plain sentence: public record"),
        pytest.param(checked(("support", U), ("numbers", OK)), G.COMMON_KNOWLEDGE, None, False, id="holds a figure"),
        pytest.param(checked(("support", U), ("speakers", OK)), G.COMMON_KNOWLEDGE, None, False, id="holds a speaker"),
        pytest.param(checked(("support", U), text="It has 3 piers."), G.COMMON_KNOWLEDGE, None, False, id="a digit unseen"),
        pytest.param(checked(("support", U), text="It was “fine”."), G.COMMON_KNOWLEDGE, None, False, id="a quotation unseen"),
        pytest.param(checked(("support", U), text="He stole boats."), G.COMMON_KNOWLEDGE, None, False, id="an accusation"),
        pytest.param(
            checked(("support", U), finding("harm", OK, Kind.POLICY)), G.COMMON_KNOWLEDGE, None, False, id="harm answered"
        ),
        pytest.param(
            checked(("support", U), finding("harm", U, Kind.ADVICE)), G.COMMON_KNOWLEDGE, None, True, id="harm not built"
        ),
        pytest.param(
            replace(OPEN_SUPPORT, findings=OPEN_SUPPORT.findings[:1]), G.COMMON_KNOWLEDGE, None, False, id="names never ran"
        ),
        pytest.param(checked(("numbers", R)), G.RECORD, NOTE, False, id="refuted is not taken over"),
        pytest.param(checked(finding("residue", R, Kind.POLICY)), G.RECORD, NOTE, False, id="policy is not taken over"),
        pytest.param(checked(), G.RECORD, NOTE, False, id="proven needs no word"),
        pytest.param(replace(checked(), state=State.OPEN), G.RECORD, NOTE, False, id="open, and no check says why"),
    ],
)  # fmt: skip
def test_what_releases_an_open_sentence(
    subject: Checked, ground: Ground, capture: Capture | None, allowed: bool
) -> None:
    told = gate.may_decide(
        person=ADA, checked=subject, act=A.TAKE_OVER, ground=ground, reason="I was there", capture=capture
    )
    assert isinstance(told, Allowed) is allowed
    assert allowed or (isinstance(told, Refusal) and told.words.endswith(".") and told.target == "s0")


@pytest.mark.parametrize(
    ("person", "subject", "act", "reason", "allowed"),
    [
        pytest.param(REP, checked(), A.KEEP, "", True, id="a reporter keeps what is proven"),
        pytest.param(REP, OPEN_SUPPORT, A.KEEP, "", False, id="nobody keeps what is open"),
        pytest.param(ADMIN, checked(), A.KEEP, "", False, id="an admin is not the desk"),
        pytest.param(REP, checked(("numbers", R)), A.CHANGE, "", True, id="anyone at the desk changes"),
        pytest.param(REP, checked(("numbers", R)), A.STRIKE, "", True, id="anyone at the desk strikes"),
        pytest.param(REP, OPEN_SUPPORT, A.TAKE_OVER, "so", False, id="a reporter takes nothing over"),
        pytest.param(ADA, OPEN_SUPPORT, A.TAKE_OVER, " ", False, id="not without a reason"),
        pytest.param(STAN, checked(("numbers", R)), A.OVERRIDE, "the source is wrong", True, id="standards overrides"),
        pytest.param(STAN, checked(("numbers", R)), A.OVERRIDE, "", False, id="not without a reason either"),
        pytest.param(ADA, checked(("numbers", R)), A.OVERRIDE, "so", False, id="an editor does not override"),
        pytest.param(STAN, OPEN_SUPPORT, A.OVERRIDE, "so", False, id="undecided is not overridden"),
        pytest.param(STAN, checked(), A.OVERRIDE, "so", False, id="proven is not overridden"),
    ],
)  # fmt: skip
def test_who_may_do_what(person: Person, subject: Checked, act: Act, reason: str, allowed: bool) -> None:
    told = gate.may_decide(person=person, checked=subject, act=act, ground=G.COMMON_KNOWLEDGE, reason=reason)
    assert isinstance(told, Allowed) is allowed


def decided(subject: Checked, act: Act, **told: Any) -> Decision:
    """A decision of Ada's on exactly this sentence."""
    fields = {
        "key": decision_key(subject.sentence),
        "act": act,
        "by": "ada",
        "at": NOW,
        "seen_ms": 60_000,
    } | told
    return Decision(**fields)


WORD = {"reason": "I was there", "ground": G.RECORD, "capture": CaptureId(NOTE.id)}


@pytest.mark.parametrize(
    ("subject", "decision", "state"),
    [
        pytest.param(checked(), None, Settlement.PROVEN, id="proven, undecided on"),
        pytest.param(OPEN_SUPPORT, None, Settlement.OPEN, id="open, undecided on"),
        pytest.param(checked(), decided(checked(), A.KEEP), Settlement.PROVEN, id="kept"),
        pytest.param(checked(), decided(checked(), A.STRIKE), Settlement.OPEN, id="to be struck, still there"),
        pytest.param(OPEN_SUPPORT, decided(OPEN_SUPPORT, A.KEEP), Settlement.OPEN, id="kept while open"),
        pytest.param(OPEN_QUOTE, decided(OPEN_QUOTE, A.TAKE_OVER, **WORD), Settlement.TAKEN_OVER, id="taken over"),
        pytest.param(
            OPEN_QUOTE, decided(OPEN_QUOTE, A.TAKE_OVER, **WORD | {"capture": None}), Settlement.OPEN, id="record lost"
        ),
        pytest.param(
            OPEN_QUOTE, decided(OPEN_QUOTE, A.TAKE_OVER, **WORD, key=digest_of(b"x")), Settlement.OPEN, id="other words"
        ),
        pytest.param(
            checked(("numbers", R)), decided(checked(("numbers", R)), A.OVERRIDE, reason="so"), Settlement.OVERRIDDEN,
            id="overridden",
        ),
        pytest.param(checked(("numbers", R)), decided(checked(("numbers", R)), A.TAKE_OVER, **WORD), Settlement.OPEN, id="refuted"),
    ],
)  # fmt: skip
def test_settled(subject: Checked, decision: Decision | None, state: Settlement) -> None:
    assert gate.settled(subject, decision) is state


# An approval.

CLAUSES = (Clause(id=ClauseId.RULE_PROSE, parameters={"sources": 1}),)
RULES = Rules(required=frozenset({"quotes", "numbers"}))


def report(*subjects: Checked, ran: Iterable[str] = ("quotes", "numbers", "names"), **told: Any) -> Report:
    """A report on a story of these sentences."""
    story = Story.of(
        [
            (
                BlockKind.PARAGRAPH,
                [Words(text=s.sentence.text, citations=s.sentence.citations) for s in subjects],
            )
        ]
    )
    placed = tuple(replace(s, sentence=story.sentences[i]) for i, s in enumerate(subjects))
    fields: dict[str, Any] = {
        "story": story,
        "captures": (),
        "sentences": placed,
        "findings": (),
        "ran": frozenset(ran),
    }
    return Report(**fields | told)


def version(of: Report, clauses: tuple[Clause, ...] = CLAUSES) -> Version:
    """The version of a report's story."""
    return Version(
        outlet="packet", story="s1", number=1, parts=Copy(story=of.story).digests(), clauses=clauses
    )


def approval(of: Version, by: str = "ada", **told: Any) -> Approval:
    """An approval of a version, signed by nobody in particular."""
    fields: dict[str, Any] = {
        "outlet": of.outlet, "story": of.story, "version": of.number, "digest": of.digest, "approver": by,
        "approver_name": by, "role": "editor", "level": Level.B, "evidence_root": Digest(""), "checks_digest": Digest(""),
        "decisions_digest": Digest(""), "ledger_head": Digest(""), "nonce": "n", "approved_at": NOW - timedelta(minutes=1),
        "expires_at": NOW + timedelta(days=1), "signature": "signed",
    }  # fmt: skip
    return Approval(**fields | told)


PLAIN = report(checked())
BROKEN = report(checked(), findings=(finding("images", R, Kind.POLICY, Scope.PICTURE),))


def ask(of: Report = PLAIN, person: Person = ADA, rules: Rules = RULES, **told: Any) -> Allowed | Refusals:
    """Whether `person` may approve a story that is otherwise in order."""
    fields: dict[str, Any] = {
        "decisions": {}, "people": PEOPLE, "version": version(of), "clauses": CLAUSES, "approvals": (), "drafter": "", "now": NOW,
    }  # fmt: skip
    return gate.may_approve(person=person, report=of, rules=rules, **fields | told)


def test_a_story_in_order_may_be_approved() -> None:
    assert ask() == Allowed()


QUOTED = report(OPEN_QUOTE)
BY_ADA = decided(QUOTED.sentences[0], A.TAKE_OVER, **WORD)
WRONG = report(checked(("numbers", R)))
BY_STAN = decided(WRONG.sentences[0], A.OVERRIDE, reason="so", by="stan")


@pytest.mark.parametrize(
    ("told", "words", "target"),
    [
        pytest.param({"person": REP}, "Only an editor", "approve", id="a reporter"),
        pytest.param({"person": ADMIN}, "Only an editor", "approve", id="an admin"),
        pytest.param(
            {"rules": replace(RULES, approver_is_not_drafter=True), "drafter": "ada"}, "does not approve", "approve", id="own story"
        ),
        pytest.param({"approvals": (approval(version(PLAIN)),)}, "another editor", "approve", id="twice"),
        pytest.param({"of": report(checked(), ran=["quotes"])}, "numbers has not answered", "checks", id="a check did not run"),
        pytest.param({"of": report(OPEN_QUOTE)}, "Sentence 1 is open: quotes asks", "s0", id="an open sentence"),
        pytest.param(
            {"of": QUOTED, "decisions": {BY_ADA.key: replace(BY_ADA, by="rep")}}, "Sentence 1", "s0", id="taken over by a reporter"
        ),
        pytest.param(
            {"of": QUOTED, "decisions": {BY_ADA.key: replace(BY_ADA, by="ghost")}}, "Sentence 1", "s0", id="taken over by nobody"
        ),
        pytest.param({"of": WRONG, "decisions": {BY_STAN.key: replace(BY_STAN, by="ada")}}, "Sentence 1", "s0", id="overridden by an editor"),
        pytest.param({"of": BROKEN}, "images asks", "b0", id="a picture holds it open"),
        pytest.param({"version": version(report(checked(text="Other words.")))}, "after they were checked", "story", id="other words"),
        pytest.param({"version": version(PLAIN, ()), "clauses": ()}, "how the story was made", "made", id="no S1"),
        pytest.param({"clauses": ()}, "not the one the record gives", "made", id="another statement"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_of_an_approval(told: dict[str, Any], words: str, target: str) -> None:
    found = ask(**told)
    assert isinstance(found, Refusals)
    assert [(r.target, words in r.words) for r in found.refusals if r.target == target] == [(target, True)]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"of": QUOTED, "decisions": {BY_ADA.key: BY_ADA}}, id="taken over by an editor"),
        pytest.param({"of": WRONG, "decisions": {BY_STAN.key: BY_STAN}}, id="overridden by standards"),
        pytest.param({"of": report(OPEN_QUOTE), "brief": True}, id="a brief, taken over whole"),
        pytest.param(
            {"rules": replace(RULES, approver_is_not_drafter=True, single_editor=True), "drafter": "ada"},
            id="one editor alone",
        ),
        pytest.param({"approvals": (approval(version(PLAIN), "stan"),)}, id="second to another"),
        pytest.param({"approvals": (approval(version(PLAIN), expires_at=NOW),)}, id="again after it expired"),
    ],
)
def test_what_does_not(told: dict[str, Any]) -> None:
    assert ask(**told) == Allowed()


def test_empty_requirements_are_an_error() -> None:
    with pytest.raises(ValueError, match="no requirements"):
        Rules(required=frozenset())
    with pytest.raises(ValueError, match="no requirements"):
        Rules(required=frozenset({"quotes"}), needed=0)
    with pytest.raises(ValueError, match="without sentences"):
        ask(of=report())
    with pytest.raises(ValueError, match="no requirements"):
        gate.may_publish(version=version(PLAIN), approvals=(), needed=0, now=NOW)
    with pytest.raises(ValueError, match="no refusals"):
        Refusals(refusals=())


ATTRIBUTED = report(checked(("attribution", U)))


@pytest.mark.parametrize(
    ("of", "rules", "count"),
    [
        pytest.param(PLAIN, RULES, 1, id="one"),
        pytest.param(PLAIN, replace(RULES, needed=2), 2, id="the outlet asks for two"),
        pytest.param(report(checked(), second_approver=("harm",)), RULES, 2, id="harm asks"),
        pytest.param(ATTRIBUTED, RULES, 2, id="an accusation was open"),
        pytest.param(ATTRIBUTED, replace(RULES, single_editor=True), 1, id="there is only one"),
    ],
)
def test_how_many_must_sign(of: Report, rules: Rules, count: int) -> None:
    assert rules.signatures(of) == count


V = version(PLAIN)


@pytest.mark.parametrize(
    ("approvals", "needed", "allowed"),
    [
        pytest.param([approval(V)], 1, True, id="one of one"),
        pytest.param([], 1, False, id="none"),
        pytest.param([approval(V)], 2, False, id="one of two"),
        pytest.param([approval(V), approval(V)], 2, False, id="the same person twice"),
        pytest.param([approval(V), approval(V, "stan")], 2, True, id="two people"),
        pytest.param([approval(V, digest=digest_of(b"x"))], 1, False, id="other words"),
        pytest.param([approval(V, story="s2")], 1, False, id="another story"),
        pytest.param([approval(V, signature="")], 1, False, id="not signed"),
        pytest.param([approval(V, expires_at=NOW)], 1, False, id="expired"),
        pytest.param([approval(V, approved_at=NOW + timedelta(hours=1))], 1, False, id="from the future"),
    ],
)
def test_may_publish(approvals: list[Approval], needed: int, allowed: bool) -> None:
    told = gate.may_publish(version=V, approvals=approvals, needed=needed, now=NOW)
    assert isinstance(told, Allowed) is allowed


# S2a.


def proven(text: str, basis: Basis) -> Checked:
    """A proven sentence."""
    return replace(checked(text=text), basis=basis)


SIX = report(*(proven(f"Line number {n} here.", Basis.VERBATIM) for n in range(6)))


def keeps(of: Report, **told: Any) -> dict[Digest, Decision]:
    """Every sentence kept by Ada."""
    made = [replace(decided(subject, A.KEEP), **told) for subject in of.sentences]
    return {d.key: d for d in made}


def batches(of: Report, size: int) -> dict[Digest, Decision]:
    """Every sentence kept in batches."""
    made = [decided(s, A.KEEP, batch=f"b{i // size}") for i, s in enumerate(of.sentences)]
    return {d.key: d for d in made}


ENTAILED = report(proven("It follows.", Basis.ENTAILED))


@pytest.mark.parametrize(
    ("of", "decisions", "true"),
    [
        pytest.param(SIX, keeps(SIX), True, id="each alone"),
        pytest.param(SIX, batches(SIX, 5), True, id="five at a time"),
        pytest.param(SIX, batches(SIX, 6), False, id="six at a time"),
        pytest.param(SIX, keeps(SIX, seen_ms=399), False, id="too short for four words"),
        pytest.param(SIX, keeps(SIX, seen_ms=400), True, id="just long enough"),
        pytest.param(SIX, dict(list(keeps(SIX).items())[1:]), False, id="one not decided"),
        pytest.param(SIX, keeps(SIX, by="stan"), False, id="by somebody else"),
        pytest.param(SIX, keeps(SIX, act=A.STRIKE), False, id="to be struck"),
        pytest.param(ENTAILED, keeps(ENTAILED), True, id="entailed, alone"),
        pytest.param(ENTAILED, keeps(ENTAILED, batch="b"), False, id="entailed, in a batch"),
        pytest.param(QUOTED, {BY_ADA.key: BY_ADA}, True, id="taken over, alone"),
        pytest.param(QUOTED, {BY_ADA.key: replace(BY_ADA, batch="b")}, False, id="taken over, in a batch"),
        pytest.param(report(), {}, False, id="no sentences"),
    ],
)
def test_reviewed(of: Report, decisions: dict[Digest, Decision], true: bool) -> None:
    assert gate.reviewed(of, decisions, "ada") is true
