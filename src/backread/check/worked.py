"""What a sentence's figure comes to when it is worked out from the evidence: sums, shares, lengths of time, counts.

The cited paragraphs are tried first, then the captures further off, there only what is of the same as the sentence. A
figure that the cited paragraph gives otherwise is never explained away: see `check.numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from backread.check.base import Context
from backread.check.changes import changed, measured_as_before
from backread.check.counted import Evidence, Seen
from backread.check.scope import Stretch, Verdict, day_of, is_kin
from backread.text import dates, listed, sums
from backread.text.dates import Mention
from backread.text.derive import AGED, derived
from backread.text.figures import Figure
from backread.text.sums import Sum
from backread.values.capture import Passage
from backread.values.finding import Basis, Mark, Outcome
from backread.values.story import Sentence

_CUE = re.compile(
    r"(?i)\b(?<!the )(?:total(?:s|ing|ling)?|combined|altogether|together|in all|rest|remaining|remainder|difference|gap|margin|lead|led|leads|ahead|short"
    r"|r[io]ses?|risen|falls?|fell|fallen|increased?s?|decreased?s?|climb(?:s|ed)?|jump(?:s|ed)?|drop(?:s|ped)?|gain(?:s|ed)?|cut|raise[sd]?|up|down"
    r"|gr[eo]ws?|grown|shr[aiu]nks?|shrunk|los(?:e|es|ing)|lost|longer|shorter|more|fewer|less|higher|lower|over (?:budget|the)|under budget|above|below|part(?:s|ed)?|apart|later|earlier)\b(?! than (?:an? |\d|\$))"
)
_PARTED = re.compile(r"(?i)\b(?:of (?:them|those|which|whom)|including|among them)\b")
_REST = re.compile(r"(?i)\b(?:rest|remaining|remainder|others?|left|all but)\b")
_SAME = re.compile(r"(?i)\b(?:same|that|this|those|these|which)\b")
_FEW = 20
"""Small numbers add up to almost anything: below this only what the sentence binds to another figure of its own counts."""


def worked_out(claim: Figure, evidence: Evidence) -> Verdict | None:
    """The figure as the evidence gives it when worked out, with the arithmetic shown; None where it does not."""
    for found in _ways(claim, evidence):
        return found
    return None


def _ways(claim: Figure, evidence: Evidence) -> Iterator[Verdict]:
    told = told_beside(claim, evidence)
    claim = measured_as_before(claim, told, evidence.sentence.text)
    rivals = [seen.figure for seen in evidence.rivals(claim)]
    for group in _groups(claim, evidence):
        yield from _summed(claim, group, told, evidence, rivals)
    for change in changed(claim, evidence, told):
        if rivals and not any(end.figure is rival for end in (change.old, change.new) for rival in rivals):
            continue
        yield _verdict(claim, evidence, change.shown, [change.old.passage, change.new.passage])
    if not rivals:
        yield from _listed(claim, evidence)
        yield from _derived(claim, told, evidence)


def told_beside(claim: Figure, evidence: Evidence) -> list[Figure]:
    """The other figures of the sentence; those of the sentence before too, where it speaks of "the same deposit"."""
    told = [other for other in evidence.claims if other is not claim and other.other is None]
    if _SAME.search(evidence.sentence.text):
        told += before(evidence.sentence, evidence.context)
    return told


def before(sentence: Sentence, context: Context) -> list[Figure]:
    """The figures of the sentence before."""
    from backread.text import figures

    if sentence.index == 0:
        return []
    earlier = context.story.sentences[sentence.index - 1]
    return [figure for figure in figures.find(earlier.text) if figure.other is None]


_OF_TOTAL = re.compile(r"\sof (?:the total|the sum|it all|that)\b")
Group = Sequence[Seen]
"""Figures that may be reckoned with each other: a paragraph's, a table's row or column, a capture's of the same."""


def _groups(claim: Figure, evidence: Evidence) -> Iterator[Group]:
    yield evidence.near
    for stretch in evidence.captures:
        mine = [s for s in evidence.far if s.stretch is stretch]
        yield from _rows(mine, evidence)
        of_total = claim.unit in ("part", "percent") and _OF_TOTAL.match(evidence.sentence.text, claim.end)
        alike = [s for s in mine if cell(s) is None and (of_total or evidence.is_kin(s))]
        yield [*evidence.near, *alike] if of_total else alike


def _rows(seen: list[Seen], evidence: Evidence) -> Iterator[Group]:
    """The cells of each row whose label the sentence names, or that is the whole; then those of each column of such rows."""
    cells = [s for s in seen if cell(s) is not None]
    rows = [list(group) for _, group in groupby(cells, key=lambda s: cell(s) and cell(s)[0])]  # type: ignore[index]
    mine = [row for row in rows if _is_whole(row[0]) or is_kin(evidence.words, label(row[0]))]
    yield from mine
    for number in range(max((len(row) for row in mine), default=0)):
        yield [row[number] for row in mine if len(row) > number]


_WHOLE = re.compile(r"(?i)\W*(?:all|total|overall|sum|grand total|combined)\b")


def _is_whole(seen: Seen) -> bool:
    return _WHOLE.match(label(seen)) is not None


def cell(seen: Seen) -> tuple[int, int] | None:
    """The place of a figure's row in its stretch, and the number of its cell; None outside a table."""
    text, at = seen.stretch.text, seen.figure.start
    first = text.rfind("\n", 0, at) + 1
    last = text.find("\n", at)
    row = text[first : last if last >= 0 else len(text)]
    return (first, text.count(" | ", first, at)) if " | " in row else None


def label(seen: Seen) -> str:
    """What a table's row is called: its first cell."""
    found = cell(seen)
    return seen.stretch.text[found[0] :].split(" | ", 1)[0] if found else ""


def _summed(
    claim: Figure, group: Group, told: list[Figure], evidence: Evidence, rivals: list[Figure]
) -> Iterator[Verdict]:
    """The sums that give the claim. Where the cited words have another figure in its place, that must be part of the sum."""
    figures, words = [s.figure for s in group if _may_be_part(s, told)], evidence.sentence.text
    cued = _CUE.search(words) is not None
    ways: list[Callable[[], Sum | None]] = [
        lambda: sums.share(claim, figures, told),
        lambda: sums.share(claim, figures, told, of_rest=True) if _REST.search(words) else None,
        lambda: sums.bound(claim, figures, told, adds=False) if cued else None,
        lambda: sums.bound(claim, figures, told, adds=True) if cued or _PARTED.search(words) else None,
        lambda: product(claim, figures, told, words),
    ]
    in_table = bool(group) and all(cell(seen) is not None for seen in group)
    if cued and not rivals and (claim.value >= _FEW or claim.unit or in_table):
        ways += [lambda: sums.total(claim, figures), lambda: sums.difference(claim, figures)]
    for way in ways:
        if (found := way()) and (
            not rivals or any(part is rival for part in found.parts for rival in rivals)
        ):
            yield _verdict(
                claim,
                evidence,
                found.shown,
                [s.passage for s in group if any(s.figure is f for f in found.parts)],
            )


def _may_be_part(seen: Seen, told: list[Figure]) -> bool:
    """Bare small numbers are of anything: they are reckoned with in a table, in "11 of 22", or where the sentence tells them."""
    figure = seen.figure
    if figure.unit or figure.counts or figure.value >= 1000 or figure.step < 1:
        return True
    of_more = seen.stretch.text.startswith(" of ", figure.end)
    return of_more or cell(seen) is not None or sums.is_told(figure, told)


_HOLDS = re.compile(r"(?i)\b(?:has|have|had|holds?|to|total|worth|becomes?|with)\s(?:a total of\s)?\Z")
EARNS = re.compile(r"(?i)\b(?:earn(?:s|ed)?|gain(?:s|ed)?|makes?|made|interest of|saves?|saved)\s\Z")


def product(claim: Figure, figures: Sequence[Figure], told: Sequence[Figure], words: str) -> Sum | None:
    """A percentage of a figure told beside it; what is then had in all only where the words say that it is had."""
    found = sums.product(claim, figures, told)
    return found or (
        sums.product(claim, figures, told, grown=True) if _HOLDS.search(words[: claim.start]) else None
    )


def _listed(claim: Figure, evidence: Evidence) -> Iterator[Verdict]:
    words = evidence.sentence.text
    for stretch in (*evidence.paragraphs, *evidence.captures):
        for found in listed.find(stretch.text) if 2 <= claim.value <= listed.MOST else ():
            around = stretch.text[found.start : found.end]
            if listed.gives(claim, words, found) and is_kin(evidence.words, f"{found.lead} {around}"):
                yield _verdict(
                    claim,
                    evidence,
                    f"the source lists {found.count}",
                    [stretch.passage(found.start, found.end)],
                )
        if claim.other is not None and listed.fields_apart(stretch.text, claim):
            yield _verdict(claim, evidence, "two fields of one name in the source", [])
        sides = listed.vote(stretch.text) if claim.other is not None else None
        if sides and claim.other is not None and set(sides) == {int(claim.value), int(claim.other)}:
            yield _verdict(claim, evidence, f"the source lists {sides[0]} for and {sides[1]} against", [])


def _derived(claim: Figure, told: list[Figure], evidence: Evidence) -> Iterator[Verdict]:
    for stretches, least in ((evidence.paragraphs, 0), (evidence.captures, 1)):
        for group in ([stretch] for stretch in stretches):
            yield from _derived_of(claim, told, evidence, group, least)
        yield from _derived_of(claim, told, evidence, stretches, least)


def _derived_of(
    claim: Figure, told: list[Figure], evidence: Evidence, stretches: Iterable[Stretch], least: int
) -> Iterator[Verdict]:
    """From one stretch or from several together; further off only what shares words with the sentence."""
    sentence, places = evidence.sentence, {}
    figures: list[Figure] = []
    times: list[Mention] = []
    for stretch in stretches:
        for found in (
            *(s.figure for s in evidence.far if s.stretch is stretch),
            *(s.figure for s in evidence.near if s.stretch is stretch),
        ):
            if is_kin(evidence.words, stretch.paragraph(found.start, found.end), least=least):
                figures.append(found)
                places[id(found)] = stretch
        for mention in dates.find(stretch.text):
            is_age = claim.counts.startswith("old") or AGED.search(sentence.text[: claim.start]) is not None
            whole = is_age or claim.unit == "year"
            near = stretch.paragraph if whole else _sentence_of(stretch)
            if is_kin(evidence.words, near(mention.start, mention.end), least=least):
                times.append(mention)
                places[id(mention)] = stretch
    on = evidence.context.story.date or next((day_of(s.capture, evidence.context) for s in stretches), None)
    answer = derived(claim, sentence.text, figures, times, on, told) if on else None
    if answer:
        passages = [places[id(p)].passage(p.start, p.end) for p in answer.parts if id(p) in places]
        yield _verdict(claim, evidence, answer.shown, passages)


def _sentence_of(stretch: Stretch) -> Callable[[int, int], str]:
    return lambda start, end: stretch.sentence(start, end).text


def _verdict(claim: Figure, evidence: Evidence, shown: str, passages: Sequence[Passage]) -> Verdict:
    start = evidence.sentence.start
    mark = Mark(start=start + claim.start, end=start + claim.end, message=shown, evidence=tuple(passages))
    return Verdict(outcome=Outcome.SUPPORTED, mark=mark, basis=Basis.COMPUTED)
