"""What other documents of a dossier bring to a story: a decision made here, what it means here, a second view, findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backread.draft import weighing
from backread.draft.desk import Desk
from backread.draft.fields import minutes
from backread.draft.from_fields import page_of
from backread.draft.reading import Told
from backread.draft.telling import Line
from backread.draft.weighing import Paragraph
from backread.text.forms.votes import votes_on
from backread.values.area import Area
from backread.values.capture import Capture
from backread.values.source import Genre

_RULES = re.compile(
    r"\b(?:owners?|residents?|people|a house|a home|a business|a county|each county)\b[^.]*\b(?:may|must|cannot|would)\b"
)
_COSTS = re.compile(r"\b(?:would|will) (?:cost|take)\b[^.]*\b(?:\$\d|months|years|weeks)")
_MOST_RULES = 2
_ALREADY_SAID = re.compile(r"\b(?:the deadline|the line|the plan|the rule) that [A-Z][^.“]*\.$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What minutes say of the story's subject. `lead` where the story's own source does not tell the vote."""

    lead: tuple[Line, ...] = ()
    headline: Line | None = None
    voices: tuple[tuple[Line, ...], ...] = ()
    tally: str = ""
    place: tuple[Line, ...] = ()

    @property
    def size(self) -> int:
        """Sentences."""
        return len(self.lead) + sum(len(lines) for lines in self.voices)

    def after(self, told: list[tuple[Line, ...]]) -> list[tuple[Line, ...]]:
        """The story's paragraphs with who was against, and why, behind the one that tells the vote."""
        for at, lines in enumerate(told):
            if self.tally and any(self.tally in line.text for line in lines):
                first = self.voices[0] if self.voices else ()
                if (
                    len(first) == len(lines) == 1
                ):  # Who was against stands with the vote, not in a paragraph of its own.
                    return [*told[:at], (*lines, *first), *self.voices[1:], *told[at + 1 :]]
                return [*told[: at + 1], *self.voices, *told[at + 1 :]]
        return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Paragraphs from other documents: what it counts here, what people may do, the other view, what was found."""

    local: tuple[Line, ...] = ()
    rules: tuple[tuple[Line, ...], ...] = ()
    critic: tuple[Line, ...] = ()
    found: tuple[Line, ...] = ()

    def __iter__(self) -> Iterator[tuple[Line, ...]]:
        return iter((self.local, *self.rules, self.critic, self.found))


def decides(capture: Capture) -> bool:
    """Whether a capture is told by its votes and not as running text."""
    return capture.genre is Genre.MINUTES


def decided(desk: Desk, lead: Capture, sources: Sequence[Capture]) -> Decided:
    """The vote of the first minutes that are on what the lead is on; nothing without one."""
    for capture in sources:
        for record in votes_on(capture, lead.text) if decides(capture) and capture is not lead else ():
            page = page_of(capture, area=desk.area, on=desk.on)
            if not any(minutes.is_of(page, line, record) for line in page.parts("vote again")):
                continue  # It did not carry, or what it does cannot be told.
            tally = next(f.value for f in capture.fields if f.record == record and f.name == "vote")
            first, *rest = minutes.decision(page, record, known="", first=True)
            if tally in lead.text:
                voices = tuple(rest) or _dissent(first)
                desk.said = " ".join(line.text for lines in voices for line in lines)
                return Decided(voices=voices, tally=tally)
            heads = [line for line in page.parts("headline") if minutes.is_of(page, line, record)]
            return Decided(
                lead=first[:1], headline=heads[0] if heads else None, place=minutes.room(page, first[0].text)
            )
    return Decided()


def _dissent(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    return tuple((line,) for line in lines if " voted no" in line.text)


def aside(desk: Desk, others: Sequence[tuple[Capture, Sequence[Paragraph]]]) -> Aside:
    """What the other documents bring, each used for one thing."""
    local: tuple[Line, ...] = ()
    rules: tuple[tuple[Line, ...], ...] = ()
    critic: tuple[Line, ...] = ()
    found: tuple[Line, ...] = ()
    for _, read in others:
        if not critic and weighing.is_critical(read):
            critic = _critic(desk, read)
        elif not local and (told := _local(read, desk.area)):
            local = desk.paragraph(told, foreign=True)
            rules = tuple(desk.paragraph(p[:2]) for p in _rules(read, told))
        elif not found and any(weighing.has_figure(t) for t in read[0]):
            found = (*desk.paragraph(read[0][:2], foreign=True), *_named_here(desk, read))
    return Aside(local=local, rules=rules, critic=critic, found=found)


def _local(read: Sequence[Paragraph], area: Area | None) -> tuple[Told, ...]:
    """The first sentences of a document that count something in the area by name, and the next paragraph's first figure."""
    if area is None:
        return ()
    for number, paragraph in enumerate(read):
        for index, told in enumerate(paragraph):
            if area.name in told.text and weighing.has_figure(told) and not weighing.leans(told):
                more = [t for p in read[number + 1 : number + 2] for t in p[:1] if weighing.has_figure(t)]
                return (*paragraph[index : index + 2], *more)
    return ()


def _rules(read: Sequence[Paragraph], told: Sequence[Told]) -> list[Paragraph]:
    """The paragraphs that say what people may and must, and what it costs them."""
    known = {t.paragraph for t in told}
    rest = [p for p in read if p[0].paragraph not in known and not weighing.leans(p[0])]
    ruling = [p for p in rest if _RULES.search(p[0].text)][:1]
    costing = [p for p in rest if p not in ruling and _COSTS.search(p[0].text)][:1]
    return [*ruling, *costing][:_MOST_RULES]


def _named_here(desk: Desk, read: Sequence[Paragraph]) -> tuple[Line, ...]:
    """What a document from elsewhere says of the area by name."""
    told = [t for p in read for t in p if desk.area and desk.area.name in t.text and not weighing.leans(t)]
    return desk.paragraph(told[:1])


def _critic(desk: Desk, read: Sequence[Paragraph]) -> tuple[Line, ...]:
    """Who objects to what; the words for it, the sentence that names the thing objected to first among them; what is wanted."""
    quoted = next((p for p in read if weighing.has_quote(p[0])), ())
    first = read[0][:1] if read[0] is not quoted else ()
    opening = tuple(_once(line) for line in desk.paragraph(first))
    wants = [t for p in read for t in p if re.match(r"The \w+ (?:asked|supports|wants|called for)\b", t.text)]
    return (*opening, *desk.paragraph(quoted[:2]), *desk.paragraph(wants[:2]))


def _once(line: Line) -> Line:
    """An objection without what the story has told of its object: "the deadline that so-and-so set at such a place"."""
    found = _ALREADY_SAID.search(line.text)
    if found is None:
        return line
    kept = line.text[: found.start()] + found.group().partition(" that ")[0]
    return Line(text=f"{kept}.", passages=line.passages)
