"""The review screen: the story beside its evidence, one open question a sentence, what is left and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from backread.review.gate import BATCH, reading_ms
from backread.review.refusal import Allowed, Refusals
from backread.values.canonical import Digest
from backread.values.capture import CaptureId
from backread.values.decision import Act, Decision, decision_key
from backread.values.person import Person
from backread.values.report import Checked, Report
from newsroom.desk.pages.acts import Button, GroundChoice, after_alarm, buttons, grounds, is_batchable
from newsroom.desk.pages.evidence import Panel, missing, panels
from newsroom.desk.pages.findings import Find, others, question, quiet, waved
from newsroom.desk.pages.looks import Look, decision_on, look, side
from newsroom.desk.pages.paint import Piece
from newsroom.desk.pages.proof import proof, together
from newsroom.desk.pages.times import clock, near, sentence_end


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Somebody said that a check was wrong about a sentence: a person's id, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the review screen is built from: the story's row as plain values, its report, and what people decided.

    `changed` are the digests of decision keys of sentences that a person rewrote; `answer` is what the gate
    says of approving now; `legal` names the moves the story and the person allow (`review.states`);
    `alarms` are the false alarms by decision key and check.
    """

    story: str
    slug: str
    state: str
    owner: str
    due: datetime | None
    version: int
    saved: datetime
    report: Report
    decisions: Mapping[Digest, Decision]
    changed: frozenset[Digest]
    people: Mapping[str, Person]
    person: Person
    answer: Allowed | Refusals
    legal: frozenset[str]
    now: datetime
    zone: tzinfo
    returned: str = ""
    left_out: tuple[str, ...] = ()
    fallback: str = ""
    can_undo: bool = False
    is_brief: bool = False
    alarms: Mapping[tuple[Digest, str], Alarm] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence in the story, and its mark in the strip."""

    number: int
    kind: str
    look: Look
    side: str
    pieces: tuple[Piece, ...]
    why: str
    is_current: bool
    in_unit: bool
    alarm: str = ""

    @property
    def css(self) -> str:
        """The kind as the end of a class name."""
        return self.kind.replace(" ", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """A block of the story. One without sentences (byline, date line, credit) is only `label` and `words`."""

    kind: str
    lines: tuple[Line, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A sentence of the unit on screen: its key for the forms, and how long it must stand (ms)."""

    number: int
    key: Digest
    reading_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A reason why approving is not possible yet; `number` is the sentence to mend, 0 where it is none."""

    words: str
    number: int
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """Everything the review screen shows."""

    story: str
    slug: str
    state: str
    owner: str
    due: str
    version: str
    number: int
    total: int
    settled: int
    place: str
    text: str
    proof: str
    decided: str
    paras: tuple[Para, ...]
    strip: tuple[Line, ...]
    open: tuple[Line, ...]
    to_read: tuple[Line, ...]
    unit: tuple[Held, ...]
    batch: tuple[Held, ...]
    ask: Find | None
    alarm: str
    after_alarm: str
    others: tuple[Find, ...]
    quiet: str
    panels: tuple[Panel, ...]
    lost: bool
    captures: tuple[tuple[CaptureId, str], ...]
    buttons: tuple[Button, ...]
    grounds: tuple[GroundChoice, ...]
    why_not: tuple[Why, ...]
    may_approve: bool
    second: tuple[str, ...]
    legal: frozenset[str]
    previous_open: int
    next_open: int
    returned: str
    left_out: tuple[str, ...]
    fallback: str
    can_undo: bool

    @property
    def before(self) -> int:
        """The sentence before this one, the first at the beginning."""
        return max(1, self.number - 1)

    @property
    def after(self) -> int:
        """The sentence after this one, the last at the end."""
        return min(self.total, self.number + 1)


def read_page(sheet: Sheet, at: int | None) -> ReadPage:
    """The screen with sentence `at` current (1 is the first); the first that asks something where none is named."""
    looks = _looks(sheet)
    number = _current(looks, at)
    checked = sheet.report.sentences[number - 1]
    batch = _batch(sheet, looks, number)
    unit = batch if len(batch) > 1 else (checked,)
    lines = _lines(sheet, looks, number, unit)
    waiting = tuple(n for n, mark in enumerate(looks, 1) if mark.is_open)
    left = () if sheet.is_brief else not_read([n for n, mark in enumerate(looks, 1) if mark is Look.TO_READ])
    decision = decision_on(checked, sheet.decisions)
    choices = grounds(sheet.person, checked, sheet.report.captures)
    alarm = _alarm(checked, sheet)
    return ReadPage(
        story=sheet.story,
        slug=sheet.slug,
        state=sheet.state,
        owner=sheet.owner,
        due=near(sheet.due, sheet.now, sheet.zone) if sheet.due else "",
        version=f"Draft {sheet.version}, saved {clock(sheet.saved, sheet.zone)}",
        number=number,
        total=len(looks),
        settled=len(looks) - len(waiting),
        place=str(sheet.report.story.kind_of(checked.sentence)),
        text=checked.sentence.text,
        proof=_proof(unit, sheet),
        decided=_decided(decision, looks[number - 1], sheet),
        paras=_paras(sheet, lines),
        strip=lines,
        open=tuple(line for line in lines if line.look in (Look.REFUTED, Look.UNDECIDED)),
        to_read=tuple(line for line in lines if line.look is Look.TO_READ),
        unit=tuple(_held(c) for c in unit),
        batch=tuple(_held(c) for c in batch),
        ask=question(checked),
        alarm=_alarmed(alarm, sheet),
        after_alarm=after_alarm(sheet.person, checked, choices) if alarm else "",
        others=others(checked),
        quiet=quiet(checked),
        panels=panels(unit, sheet.report.captures, sheet.zone, context=0 if len(unit) > 1 else 1),
        lost=missing(unit, sheet.report.captures),
        captures=tuple((c.id, f"{c.source_name}: {c.title or c.url}") for c in sheet.report.captures),
        buttons=buttons(sheet.person, checked, len(batch)),
        grounds=choices,
        why_not=(*why_not(sheet.answer), *left),
        may_approve=isinstance(sheet.answer, Allowed) and not left,
        second=sheet.report.second_approver,
        legal=sheet.legal,
        previous_open=_turn([n for n in reversed(waiting) if n < number], waiting[-1:], number),
        next_open=_turn([n for n in waiting if n > number], waiting[:1], number),
        returned=sheet.returned,
        left_out=sheet.left_out,
        fallback=sheet.fallback,
        can_undo=sheet.can_undo,
    )


def next_number(sheet: Sheet, after: int) -> int:
    """Where an act on sentence `after` ends: the next that asks something, else where one was."""
    waiting = [n for n, mark in enumerate(_looks(sheet), 1) if mark.is_open]
    total = len(sheet.report.sentences)
    return _turn([n for n in waiting if n > after], tuple(waiting[:1]), min(max(1, after), total))


def _looks(sheet: Sheet) -> tuple[Look, ...]:
    return tuple(
        look(c, decision_on(c, sheet.decisions), changed=decision_key(c.sentence) in sheet.changed)
        for c in sheet.report.sentences
    )


def _current(looks: Sequence[Look], at: int | None) -> int:
    if at is not None:
        return min(max(1, at), len(looks))
    return next((n for n, mark in enumerate(looks, 1) if mark.is_open), 1)


def _batch(sheet: Sheet, looks: Sequence[Look], number: int) -> tuple[Checked, ...]:
    """The sentences that `Y` would keep: undecided, of this paragraph, proven plainly, at most BATCH with this one."""
    here = sheet.report.sentences[number - 1]
    if not is_batchable(here):
        return ()
    same = [c for c in sheet.report.sentences if c.sentence.block == here.sentence.block]
    ready = [c for c in same if is_batchable(c) and (looks[c.sentence.index] is Look.TO_READ or c is here)]
    if looks[number - 1] is not Look.TO_READ:
        return (here,)
    start = ready.index(here) // BATCH * BATCH
    return tuple(ready[start : start + BATCH])


def _lines(sheet: Sheet, looks: Sequence[Look], number: int, unit: Sequence[Checked]) -> tuple[Line, ...]:
    return tuple(
        Line(
            number=c.sentence.index + 1,
            kind=str(sheet.report.story.kind_of(c.sentence)),
            look=mark,
            side=side(mark, decision_on(c, sheet.decisions), sheet.people),
            pieces=waved(c.sentence, c.findings if mark in (Look.REFUTED, Look.UNDECIDED) else ()),
            why=_why(c, mark, sheet),
            is_current=c.sentence.index + 1 == number,
            in_unit=c in unit,
            alarm=_alarmed(_alarm(c, sheet), sheet) if mark in (Look.REFUTED, Look.UNDECIDED) else "",
        )
        for c, mark in zip(sheet.report.sentences, looks, strict=True)
    )


def _alarm(checked: Checked, sheet: Sheet) -> Alarm | None:
    asked = checked.question
    return sheet.alarms.get((decision_key(checked.sentence), asked.check)) if asked else None


def _alarmed(alarm: Alarm | None, sheet: Sheet) -> str:
    """Who called the question a false alarm, and when; '' where nobody did."""
    if alarm is None:
        return ""
    person = sheet.people.get(alarm.by)
    name = person.name if person else "someone"
    return f"Called a false alarm by {name}, {sentence_end(near(alarm.at, sheet.now, sheet.zone))}"


def _proof(unit: Sequence[Checked], sheet: Sheet) -> str:
    captures = sheet.report.captures
    return together(unit, captures) if len(unit) > 1 else proof(unit[0], captures)


def _why(checked: Checked, mark: Look, sheet: Sheet) -> str:
    if mark in (Look.REFUTED, Look.UNDECIDED):
        return checked.question.message if checked.question else "no check could prove it"
    return proof(checked, sheet.report.captures) if mark is Look.TO_READ else ""


def _paras(sheet: Sheet, lines: Iterable[Line]) -> tuple[Para, ...]:
    story = sheet.report.story
    by_block: dict[int, list[Line]] = {}
    for line in lines:
        by_block.setdefault(story.sentences[line.number - 1].block, []).append(line)
    return tuple(
        Para(kind=str(block.kind), lines=tuple(by_block.get(index, ())))
        if block.kind.has_sentences
        else Para(kind=str(block.kind), words=story.text[block.start : block.end])
        for index, block in enumerate(story.blocks)
    )


def _held(checked: Checked) -> Held:
    return Held(
        number=checked.sentence.index + 1,
        key=decision_key(checked.sentence),
        reading_ms=reading_ms(checked.sentence),
    )


def _decided(decision: Decision | None, mark: Look, sheet: Sheet) -> str:
    """Who settled it and when, in one line; '' where nobody did."""
    if decision is None or mark.is_open:
        return ""
    person = sheet.people.get(decision.by)
    done = mark.word.capitalize() if decision.act is not Act.KEEP else "Kept"
    at = near(decision.at, sheet.now, sheet.zone)
    said = f"{done} by {person.name if person else 'someone'}, {sentence_end(at)}"
    if decision.ground:
        said += f" Rests on: {decision.ground}."
    return said + (f" “{decision.reason}”" if decision.reason else "")


def why_not(answer: Allowed | Refusals) -> tuple[Why, ...]:
    """The refusals as lines of the page; none where it is allowed."""
    if isinstance(answer, Allowed):
        return ()
    return tuple(Why(words=r.words, number=_sentence(r.target), target=r.target) for r in answer.refusals)


def not_read(numbers: Sequence[int]) -> tuple[Why, ...]:
    """The reason that proven sentences are: nobody has looked at `numbers` and settled them. None where none is left.

    The gate lets an editor sign without; readers are then told "approved", never "checked". The desk does not offer it.
    """
    if not numbers:
        return ()
    words = f"{len(numbers)} sentences are" if len(numbers) > 1 else "1 sentence is"
    return (Why(words=f"{words} not read yet", number=numbers[0], target="read"),)


def _sentence(target: str) -> int:
    """The sentence a refusal points at ("s6" is the seventh), 0 for any other place."""
    return int(target[1:]) + 1 if target[:1] == "s" and target[1:].isdigit() else 0


def _turn(ahead: Sequence[int], around: Sequence[int], here: int) -> int:
    return ahead[0] if ahead else around[0] if around else here


def open_counts(report: Report, decisions: Mapping[Digest, Decision]) -> tuple[int, int, int]:
    """How many sentences are refuted, undecided, and still to be read."""
    marks = [look(c, decision_on(c, decisions)) for c in report.sentences]
    return tuple(marks.count(m) for m in (Look.REFUTED, Look.UNDECIDED, Look.TO_READ))  # type: ignore[return-value]
