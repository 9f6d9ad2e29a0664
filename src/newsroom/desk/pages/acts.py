"""What a person may do with the sentence they look at, and why not where they may not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backread.review.gate import APPROVERS, BATCH, may_decide
from backread.review.refusal import Refusal
from backread.values.capture import Capture, CaptureId
from backread.values.decision import Act, Ground
from backread.values.finding import Basis, Outcome
from backread.values.person import Person
from backread.values.report import Checked, State
from backread.values.source import Genre, Terms

_WORDS = {
    Ground.RECORD: "a record of ours: note, recording, document",
    Ground.CITED_BY_HAND: "the passage I cited by hand",
    Ground.PUBLIC_RECORD_SEEN: "a public record I have seen",
    Ground.COMMON_KNOWLEDGE: "common knowledge",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An act with its key. `hint` says what it does, or in short why not; `why` says that in full, '' where it may be done."""

    name: str
    key: str
    word: str
    hint: str
    allowed: bool
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundChoice:
    """One ground of a take-over: whether it may be given here, why not, and the captures it may name."""

    value: str
    word: str
    allowed: bool
    why_not: str
    captures: tuple[tuple[CaptureId, str], ...] = ()


def buttons(person: Person, checked: Checked, batch: int) -> tuple[Button, ...]:
    """The acts bar, always in the same places. `batch` sentences would be kept by `Y`."""
    refuted = checked.question is not None and checked.question.outcome is Outcome.REFUTED
    keep = may_decide(person=person, checked=checked, act=Act.KEEP)
    strike = may_decide(person=person, checked=checked, act=Act.STRIKE)
    take, over = _release(person, checked, refuted)
    if refuted and isinstance(keep, Refusal):
        keep = Refusal(
            words="The sentence is refuted: change it or strike it, or a standards editor overrides it."
        )
    return (
        _button("keep", "K", "Keep", keep, "and go on", refused="not while open"),
        Button(
            name="paragraph", key="Y", word="Paragraph", allowed=batch > 0, hint=_batch_words(checked, batch),
            why="" if batch else "Only sentences proven word for word or computed are kept a paragraph at a time.",
        ),
        _button("change", "C", "Change", strike, "checked again"),
        _button("strike", "S", "Strike", strike, "takes it out"),
        _button(
            "override" if refuted else "take", "T", "Override" if refuted else "Take over", take, over, refused=over
        ),
    )  # fmt: skip


def grounds(person: Person, checked: Checked, captures: Iterable[Capture]) -> tuple[GroundChoice, ...]:
    """The grounds of a take-over. Those that need a capture list the ones that may be named, what the sentence cites first."""
    cited = [p.capture for p in checked.sentence.passages]
    captures = tuple(sorted(captures, key=lambda c: cited.index(c.id) if c.id in cited else len(cited)))
    return tuple(_choice(ground, person, checked, captures) for ground in _WORDS)


def after_alarm(person: Person, checked: Checked, choices: Iterable[GroundChoice]) -> str:
    """What is possible for a sentence whose question was called a false alarm: that releases nothing by itself."""
    refuted = checked.question is not None and checked.question.outcome is Outcome.REFUTED
    if refuted:
        return "A standards editor may let it stand with T, and a reason; or change it with C."
    if not APPROVERS & person.roles:
        return "An editor may let it stand with T; or change it with C."
    cited = {p.capture for p in checked.sentence.passages}
    open_ = [choice for choice in choices if choice.allowed]
    if any(capture in cited for choice in open_ for capture, _ in choice.captures):
        return "T lets it stand on the record it cites, in your name; or change it with C."
    if open_:
        return "T lets it stand in your name; or change it with C."
    return "Cite the words that say it with E; T then lets it stand on them. Or change it with C."


def is_batchable(checked: Checked) -> bool:
    """Whether `Y` may settle it with others: proven word for word, or computed."""
    return checked.state is State.PROVEN and checked.basis in (Basis.VERBATIM, Basis.COMPUTED)


def _choice(ground: Ground, person: Person, checked: Checked, captures: tuple[Capture, ...]) -> GroundChoice:
    fitting = [c for c in captures if _fits(ground, c)]
    answer = may_decide(
        person=person,
        checked=checked,
        act=Act.TAKE_OVER,
        ground=ground,
        reason="asked",
        capture=fitting[0] if fitting else None,
    )
    why_not = answer.words if isinstance(answer, Refusal) else ""
    return GroundChoice(
        value=ground.value,
        word=_WORDS[ground],
        allowed=not why_not,
        why_not=why_not,
        captures=tuple((c.id, _named(c, checked)) for c in fitting),
    )


def _named(capture: Capture, checked: Checked) -> str:
    cited = any(p.capture == capture.id for p in checked.sentence.passages)
    return f"{capture.source_name}: {capture.title or capture.url}{' (cited here)' if cited else ''}"


def _fits(ground: Ground, capture: Capture) -> bool:
    if ground is Ground.RECORD:
        return capture.terms is Terms.OWN or capture.genre is Genre.NOTES
    return ground is Ground.PUBLIC_RECORD_SEEN and capture.terms is Terms.PUBLIC_RECORD


def _release(person: Person, checked: Checked, refuted: bool) -> tuple[object, str]:
    if checked.state is State.PROVEN:
        return Refusal(words="The sentence has its source: keep, change or strike it."), "it has its source"
    if refuted:
        answer = may_decide(person=person, checked=checked, act=Act.OVERRIDE, reason="asked")
        return answer, "standards editor, with a reason" if not isinstance(
            answer, Refusal
        ) else "standards editor only"
    answer = may_decide(
        person=person, checked=checked, act=Act.TAKE_OVER, ground=Ground.COMMON_KNOWLEDGE, reason="asked"
    )
    # Which ground it needs is said in the form; here only a missing role closes the door.
    closed = isinstance(answer, Refusal) and answer.words.startswith("Only ")
    return (answer if closed else None), "editors only" if closed else "with a reason"


def _button(name: str, key: str, word: str, answer: object, hint: str, *, refused: str = "") -> Button:
    allowed = not isinstance(answer, Refusal)
    return Button(
        name=name, key=key, word=word, allowed=allowed, hint=hint if allowed else refused or "not your role",
        why=answer.words if isinstance(answer, Refusal) else "",
    )  # fmt: skip


def _batch_words(checked: Checked, batch: int) -> str:
    if batch:
        return f"keeps {batch} proven" if batch > 1 else "keeps this one"
    if checked.state is State.PROVEN and not is_batchable(checked):
        return "decide this one alone"
    return f"proven ones, up to {BATCH}"
