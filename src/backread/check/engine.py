"""Run every check over a story, and say for each sentence whether it is open or proven.

A check that raises did not answer: its subject gets an undecided finding that says so, and the check does not count as
run. Nothing missing ever makes an answer friendlier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from backread.check import CHECKS
from backread.check.base import Check, Context
from backread.check.cache import FindingCache, Findings, finding_key, moved, world_digest
from backread.check.harm import needs_second
from backread.ports import Verifier
from backread.values.area import Area
from backread.values.canonical import Digest
from backread.values.capture import Capture
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Scope, Subject
from backread.values.picture import Picture, Provenance
from backread.values.report import Checked, Report, State
from backread.values.story import Story

_LONGEST = 4_000
"""Code points. Nothing longer is a sentence; checking it could take minutes, so it stays open unread."""

Progress = Callable[[int, int], None]
"""Told how many subjects are done, of how many."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class _Task:
    check: Check
    subject: Subject


def check_story(
    story: Story,
    captures: tuple[Capture, ...],
    *,
    area: Area | None = None,
    verifier: Verifier | None = None,
    pictures: tuple[Picture, ...] = (),
    outlet: tuple[str, ...] = (),
    provenances: Mapping[str, Provenance] | None = None,
    cache: FindingCache | None = None,
    checks: tuple[Check, ...] = CHECKS,
    on_progress: Progress | None = None,
    is_late: Callable[[], bool] = _never,
) -> Report:
    """Check `story` against `captures` and report. Never raises for what a check does wrong.

    `is_late` is asked before each check: once it says yes, what is left is undecided, and those checks did not run.
    """
    context = Context(
        story=story, captures=captures, area=area, verifier=verifier, pictures=pictures, outlet=outlet,
        provenances=provenances or {},
    )  # fmt: skip
    tasks = [_Task(check, subject) for check in checks for subject in _subjects(check, story)]
    world = world_digest(context) if cache else Digest("")
    found: dict[Subject, list[Finding]] = {}
    failed: set[str] = set()
    for number, task in enumerate(tasks):
        trouble = "had no time left" if is_late() else _unreadable(task.subject, context)
        findings, answered = (
            ((_did_not_run(task, context, trouble),), False)
            if trouble
            else _answer(task, context, cache, world)
        )
        found.setdefault(task.subject, []).extend(findings)
        failed |= set() if answered else {task.check.name}
        if on_progress:
            on_progress(number + 1, len(tasks))
    return _report(context, found, checks, failed)


def _subjects(check: Check, story: Story) -> Iterator[Subject]:
    if Scope.SENTENCE in check.scopes:
        yield from (Subject(scope=Scope.SENTENCE, index=s.index) for s in story.sentences)
    if Scope.BLOCK in check.scopes:
        yield from (
            Subject(scope=Scope.BLOCK, index=index)
            for index, b in enumerate(story.blocks)
            if not b.kind.has_sentences
        )
    if Scope.STORY in check.scopes:
        yield Subject(scope=Scope.STORY)


def _answer(
    task: _Task, context: Context, cache: FindingCache | None, world: Digest
) -> tuple[Findings, bool]:
    """The findings, and whether the check answered. Kept findings are moved to where the words stand now."""
    base = _base(task.subject, context)
    key = finding_key(task.check, task.subject, context, world) if cache else Digest("")
    kept = cache.get(key) if cache else None
    if kept is not None:
        return moved(kept, base, task.subject), True
    try:
        findings = task.check.run(task.subject, context)
        trouble = "" if findings else "gave no answer"
    except Exception as err:  # noqa: BLE001 - any fault of a check is news about the check: undecided, and said so
        findings, trouble = (), f"broke: {type(err).__name__}"
    if trouble:
        return (_did_not_run(task, context, trouble),), False
    if cache:
        cache.put(key, moved(findings, -base, task.subject))
    return findings, True


def _unreadable(subject: Subject, context: Context) -> str:
    """Why a sentence is not even looked at; '' when it is."""
    if subject.scope is not Scope.SENTENCE or len(context.sentence(subject).text) <= _LONGEST:
        return ""
    return f"reads no sentence of more than {_LONGEST:,} characters"


def _base(subject: Subject, context: Context) -> int:
    if subject.scope is Scope.SENTENCE:
        return context.sentence(subject).start
    return context.block(subject).start if subject.scope is Scope.BLOCK else 0


def _did_not_run(task: _Task, context: Context, trouble: str) -> Finding:
    """Undecided, whatever the check's kind would block: proof for a sentence, so that it stays open."""
    start = _base(task.subject, context)
    place = (
        context.sentence(task.subject).end
        if task.subject.scope is Scope.SENTENCE
        else len(context.story.text)
    )
    mark = Mark(start=start, end=place, message=f"the check “{task.check.name}” {trouble}; nothing is known")
    kind = Kind.ADVICE if task.check.kind is Kind.ADVICE else Kind.PROOF
    return Finding(
        check=task.check.name, kind=kind, subject=task.subject, outcome=Outcome.UNDECIDED, marks=(mark,)
    )


def _report(
    context: Context, found: dict[Subject, list[Finding]], checks: tuple[Check, ...], failed: set[str]
) -> Report:
    sentences = []
    for sentence in context.story.sentences:
        findings = tuple(found.pop(Subject(scope=Scope.SENTENCE, index=sentence.index), ()))
        state, basis = _state(findings)
        sentences.append(Checked(sentence=sentence, state=state, basis=basis, findings=findings))
    rest = tuple(f for findings in found.values() for f in findings)
    return Report(
        story=context.story,
        captures=context.captures,
        sentences=tuple(sentences),
        findings=rest,
        ran=frozenset(c.name for c in checks if c.built and c.name not in failed),
        not_built=frozenset(c.name for c in checks if not c.built),
        second_approver=needs_second(context.story),
    )


def _state(findings: Findings) -> tuple[State, Basis]:
    """Proven only when something proves it and nothing blocks; the plainest basis that `support` gave."""
    if any(f.blocks for f in findings):
        return State.OPEN, Basis.NONE
    proofs = [
        f
        for f in findings
        if f.kind is Kind.PROOF and f.outcome is Outcome.SUPPORTED and f.basis is not Basis.NONE
    ]
    bases = [f.basis for f in proofs if f.check == "support"] or [f.basis for f in proofs]
    return (State.PROVEN, bases[0]) if bases else (State.OPEN, Basis.NONE)
