"""What the checks found on one sentence, as a colleague would say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backread.values.finding import Finding, Kind, Mark, Outcome
from backread.values.report import Checked
from backread.values.story import Sentence
from newsroom.desk.pages.paint import Piece, Span, pieces

WAVED = {Outcome.REFUTED: "wrong", Outcome.UNDECIDED: "unsure"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A piece of a suggested sentence: words that stay, or words that go (`was`) for words that come (`now`)."""

    text: str = ""
    was: str = ""
    now: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the new words do not fit above the old ones."""
        return len(self.now) > len(self.was) + 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """The one question of a sentence, or a finding beside it. `text` is the sentence under the suggestion, '' for none."""

    look: str
    word: str
    check: str
    messages: tuple[str, ...]
    edits: tuple[Edit, ...] = ()
    text: str = ""


def question(checked: Checked) -> Find | None:
    """The question asked first: the worst blocking finding; None of a sentence that asks nothing."""
    finding = checked.question
    return _find(finding, checked.sentence) if finding else None


def others(checked: Checked) -> tuple[Find, ...]:
    """What else blocks, and what is only advice, after the question."""
    first = checked.question
    told = [f for f in checked.findings if f is not first and (f.blocks or _is_advice(f))]
    return tuple(_find(f, checked.sentence) for f in told)


def quiet(checked: Checked) -> str:
    """The checks that found evidence for it, in one line; '' when none did."""
    names = [f.check for f in checked.findings if f.outcome is Outcome.SUPPORTED]
    return ", ".join(dict.fromkeys(names))


def waved(sentence: Sentence, findings: Iterable[Finding]) -> tuple[Piece, ...]:
    """The sentence's words, with the stretches that findings object to."""
    spans = [
        Span(start=m.start - sentence.start, end=m.end - sentence.start, tint=WAVED[f.outcome])
        for f in findings
        if f.blocks
        for m in f.marks
    ]
    return pieces(sentence.text, spans)


def suggested(sentence: Sentence, marks: Sequence[Mark]) -> tuple[Edit, ...]:
    """The sentence as pieces under every suggestion that lies in it; empty where there is none."""
    edits: list[Edit] = []
    at = 0
    for mark in sorted(marks, key=lambda m: m.start):
        start, end = mark.start - sentence.start, mark.end - sentence.start
        if mark.suggestion is None or start < at or end > len(sentence.text):
            continue
        edits += [
            Edit(text=sentence.text[at:start]),
            Edit(was=sentence.text[start:end], now=mark.suggestion),
        ]
        at = end
    return (*edits, Edit(text=sentence.text[at:])) if edits else ()


def _find(finding: Finding, sentence: Sentence) -> Find:
    edits = suggested(sentence, finding.marks)
    return Find(
        look=_look(finding),
        word="Advice" if finding.kind is Kind.ADVICE else finding.outcome.value.capitalize(),
        check=finding.check,
        messages=tuple(dict.fromkeys(mark.message for mark in finding.marks)),
        edits=edits,
        text="".join(edit.text or edit.now for edit in edits),
    )


def _look(finding: Finding) -> str:
    if finding.kind is Kind.ADVICE:
        return "advice"
    return "refuted" if finding.outcome is Outcome.REFUTED else "undecided"


def _is_advice(finding: Finding) -> bool:
    return finding.kind is Kind.ADVICE and finding.outcome is Outcome.REFUTED
