"""Small checked stories for the tests of the desk: every state a sentence can have, and what people decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from backread.review.refusal import Allowed, Refusals
from backread.values.canonical import Digest, digest_of
from backread.values.capture import Capture
from backread.values.decision import Act, Decision, Ground, decision_key
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Scope, Subject
from backread.values.person import Person, Role
from backread.values.report import Checked, Report, State
from backread.values.source import Genre, Terms
from backread.values.story import BlockKind, Citation, Origin, Story, Words
from newsroom.desk.pages.read import Sheet

ZONE = ZoneInfo("America/New_York")
NOW = dt.datetime(2026, 11, 24, 20, 0, tzinfo=dt.UTC)
EDITOR = Person(id="iv", name="Ines Varga", roles=frozenset({Role.EDITOR}))
REPORTER = Person(id="tr", name="Tobias Rhee", roles=frozenset({Role.REPORTER}))
STANDARDS = Person(id="do", name="Delphine Okafor", roles=frozenset({Role.STANDARDS}))
PEOPLE = {person.id: person for person in (EDITOR, REPORTER, STANDARDS)}

LINES = (
    "The harbor dock closes on Friday.",
    "At least 31 homes lost water.",
    "The board voted 4-1 to mend the pier.",
    "“We will mend it by spring,” Anselm Dacre said.",
    "The pier is 212 feet long.",
    "It opened in 1998.",
)


def capture(text: str = "\n".join(LINES), *, terms: Terms = Terms.PUBLIC_RECORD) -> Capture:
    """A document with these lines."""
    return Capture(
        source="harbor",
        source_name="Harbor Office",
        url="https://harbor.example/notice",
        taken=NOW,
        media_type="text/plain",
        payload=digest_of(text.encode()),
        text=text,
        extractor="test/1",
        title="Notice",
        terms=terms,
        genre=Genre.NOTES if terms is Terms.OWN else Genre.RELEASE,
    )


NOTICE = capture()


def story(*blocks: tuple[BlockKind, Sequence[str]]) -> Story:
    """A story whose sentences cite the notice where their words stand in it."""
    return Story.of(
        [(kind, [Words(text=text, citations=_cites(text)) for text in texts]) for kind, texts in blocks]
    )


def _cites(text: str) -> tuple[Citation, ...]:
    at = NOTICE.text.find(text)
    if at < 0:
        return ()
    return (Citation(passage=NOTICE.passage(at, at + len(text)), origin=Origin.DRAFTER),)


def finding(
    number: int,
    outcome: Outcome,
    *,
    check: str = "numbers",
    told: Story,
    words: str = "",
    fix: str | None = None,
) -> Finding:
    """A finding on sentence `number` (0 is the first), marking `words` of it."""
    sentence = told.sentences[number]
    start = sentence.start + (sentence.text.index(words) if words else 0)
    end = start + len(words) if words else sentence.end
    mark = Mark(start=start, end=end, message="the notice says otherwise", suggestion=fix)
    subject = Subject(scope=Scope.SENTENCE, index=number)
    return Finding(check=check, kind=Kind.PROOF, subject=subject, outcome=outcome, marks=(mark,))


def report(
    told: Story, *, asks: dict[int, Finding] | None = None, entailed: frozenset[int] = frozenset()
) -> Report:
    """Every sentence proven word for word, but for those that `asks` names and those that only follow."""
    asks = asks or {}
    return Report(
        story=told,
        captures=(NOTICE,),
        sentences=tuple(
            Checked(sentence=s, state=State.OPEN, basis=Basis.NONE, findings=(asks[s.index],))
            if s.index in asks
            else Checked(
                sentence=s,
                state=State.PROVEN,
                basis=Basis.ENTAILED if s.index in entailed else Basis.VERBATIM,
                findings=(_proof(s.index),),
            )
            for s in told.sentences
        ),
        findings=(),
        ran=frozenset({"support"}),
    )


def _proof(index: int) -> Finding:
    return Finding(
        check="support",
        kind=Kind.PROOF,
        subject=Subject(scope=Scope.SENTENCE, index=index),
        outcome=Outcome.SUPPORTED,
        basis=Basis.VERBATIM,
    )


def decision(
    checked: Checked, act: Act = Act.KEEP, *, by: str = "iv", seen_ms: int = 60_000, batch: str = ""
) -> Decision:
    """A decision that holds."""
    taken = act in (Act.TAKE_OVER, Act.OVERRIDE)
    return Decision(
        key=decision_key(checked.sentence),
        act=act,
        by=by,
        at=NOW,
        reason="seen it" if taken else "",
        ground=Ground.PUBLIC_RECORD_SEEN if act is Act.TAKE_OVER else Ground.NONE,
        capture=NOTICE.id if act is Act.TAKE_OVER else None,
        seen_ms=seen_ms,
        batch=batch,
    )


def sheet(
    told: Report,
    *,
    decisions: dict[Digest, Decision] | None = None,
    person: Person = EDITOR,
    answer: Allowed | Refusals | None = None,
) -> Sheet:
    """The review screen's input for this report."""
    return Sheet(
        story="harbor-1",
        slug="Harbor",
        state="in review",
        owner="iv",
        due=None,
        version=1,
        saved=NOW,
        report=told,
        decisions=decisions or {},
        changed=frozenset(),
        people=PEOPLE,
        person=person,
        answer=answer or Allowed(),
        legal=frozenset(),
        now=NOW,
        zone=ZONE,
    )
