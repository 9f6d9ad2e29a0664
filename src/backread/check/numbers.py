"""Numbers: every figure stands in the passages its sentence cites, with its unit, its hedge and what it counts.

A wrong figure is the error readers remember. Each figure outside quotation marks, in digits or words, is
looked for in the paragraphs around the cited passages, then in the rest of the cited captures where it
counts the same thing. A lost "at least" or "about" is refuted, a fair rounding is supported and so is a
total done again, with the sum shown. Numbers that name a thing (telephone, room, road) must stand as they are.

What it cannot see: a right figure told of the wrong subject where both stand in one paragraph and count
nothing that tells them apart, and figures in pictures. Days and times belong to `dates`, quoted figures to `quotes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from backread.check.base import Check, Context, Window
from backread.check.scope import Stretch, Verdict, cited, day_of, findings, is_twin, own_words, whole
from backread.text import dates, figures, fold, sums
from backread.text.agreement import Agreement, agrees
from backread.text.derive import derived
from backread.text.figures import Figure, Identifier, stems
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Subject
from backread.values.story import Sentence

Seen = tuple[Figure, Stretch]
"""A figure of the evidence and the stretch it stands in."""


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """What every figure and every naming number of the sentence came to."""
    sentence = context.sentence(subject)
    text = own_words(sentence, context)
    claims = figures.find(text)
    near, far = cited(sentence, context), whole(context.cited(sentence))
    seen, elsewhere = _seen(near), _seen(far) if claims else []
    told = [_judge(claim, sentence, seen, elsewhere, context) for claim in claims]
    told += [_named(number, sentence, near, far, context) for number in figures.identifiers(text)]
    return findings(CHECK, subject, [verdict for verdict in told if verdict])


def _seen(stretches: Iterable[Stretch]) -> list[Seen]:
    return [(figure, stretch) for stretch in stretches for figure in figures.find(stretch.text)]


def _judge(
    claim: Figure, sentence: Sentence, seen: list[Seen], elsewhere: list[Seen], context: Context
) -> Verdict | None:
    answers = [(agrees(claim, figure), figure, stretch) for figure, stretch in seen]
    by_rank = sorted(answers, key=lambda answer: _preference(claim, answer[0], answer[1]))
    good = [answer for answer in by_rank if answer[0].outcome is Outcome.SUPPORTED]
    if good:
        return _swapped(claim, good, seen, sentence) or _supported(claim, sentence, good[0])
    hedged = [answer for answer in by_rank if answer[0].outcome in (Outcome.REFUTED, Outcome.UNDECIDED)]
    if hedged:
        return _hedge(claim, sentence, hedged[0])
    return (
        _computed(claim, sentence, seen)
        or _found_on(claim, sentence, elsewhere)
        or _worked_out(claim, sentence, seen, context)
        or _missing(claim, sentence, seen)
    )


def _worked_out(claim: Figure, sentence: Sentence, seen: list[Seen], context: Context) -> Verdict | None:
    """A length of time, a growth, a ratio or a score that the cited passages give, where no figure there says otherwise."""
    if any(_rivals(claim, f) and _counts_same(claim, f) and claim.counts for f, _ in seen):
        return None
    for stretch in dict.fromkeys(s for _, s in seen) or cited(sentence, context):
        on = context.story.date or day_of(stretch.capture, context)
        found = derived(claim, sentence.text, figures.find(stretch.text), dates.find(stretch.text), on)
        if found:
            evidence = tuple(stretch.passage(*span) for span in found.spans)
            place = (sentence.start + claim.start, sentence.start + claim.end)
            mark = Mark(start=place[0], end=place[1], message=found.shown, evidence=evidence)
            return Verdict(outcome=Outcome.SUPPORTED, mark=mark, basis=Basis.COMPUTED)
    return None


def _preference(claim: Figure, agreement: Agreement, figure: Figure) -> tuple[int, int]:
    return (0 if agreement.basis is Basis.VERBATIM else 1, 0 if _counts_same(claim, figure) else 1)


def _counts_same(claim: Figure, figure: Figure) -> bool:
    return bool(stems(claim.counts) & stems(figure.counts))


def _head(figure: Figure) -> str:
    """The stem of the first word counted, which decides when two figures in one paragraph could be swapped."""
    words = re.findall(r"[a-z’']{3,}", figure.counts.lower())
    return next(iter(stems(words[0])), "") if words else ""


def _swapped(
    claim: Figure, good: list[tuple[Agreement, Figure, Stretch]], seen: list[Seen], sentence: Sentence
) -> Verdict | None:
    """A right figure that counts something else, while the thing it counts here has another figure in the source."""
    head = _head(claim)
    if not head or claim.unit or any(not _head(f) or f.unit or _counts_same(claim, f) for _, f, _ in good):
        return None
    beside = {word for _, f, s in good for word in stems(s.text[max(0, f.start - 60) : f.end + 60])}
    others = [(f, s) for f, s in seen if _head(f) == head and f.value != claim.value and not f.unit]
    if not others or (head in beside and len(others) > 1):
        return None
    return _contradicted(claim, sentence, others[0])


def _supported(claim: Figure, sentence: Sentence, answer: tuple[Agreement, Figure, Stretch]) -> Verdict:
    agreement, figure, stretch = answer
    how = "as in the source" if agreement.basis is Basis.VERBATIM else f"{_said(figure)} in the source"
    return Verdict(
        outcome=Outcome.SUPPORTED,
        mark=_mark(claim, sentence, how, [(figure, stretch)]),
        basis=agreement.basis,
    )


def _hedge(claim: Figure, sentence: Sentence, answer: tuple[Agreement, Figure, Stretch]) -> Verdict:
    agreement, figure, stretch = answer
    suggestion = f"{figure.said.lower()} {claim.words}" if figure.said else claim.words
    if sentence.text[: claim.start].strip() == "" and suggestion[:1].isalpha():
        suggestion = suggestion[0].upper() + suggestion[1:]
    # The same large figure of the same thing is that figure, however the rest is told.
    same = claim.value == figure.value and claim.value >= 10 and _counts_same(claim, figure)
    twin = same or is_twin(sentence.text, stretch.sentence(figure.start, figure.end))
    return Verdict(
        outcome=agreement.outcome if twin else Outcome.UNDECIDED,
        mark=_mark(claim, sentence, agreement.reason, [(figure, stretch)], suggestion if twin else None),
    )


def _computed(claim: Figure, sentence: Sentence, seen: list[Seen]) -> Verdict | None:
    if not _may_be_derived(claim, sentence):
        return None
    for found in sums.sums([claim], [figure for figure, _ in seen]):
        evidence = [(f, s) for f, s in seen if any(f is part for part in found.parts)]
        return Verdict(
            outcome=Outcome.SUPPORTED,
            mark=_mark(claim, sentence, found.shown, evidence),
            basis=Basis.COMPUTED,
        )
    return None


_DERIVED = re.compile(
    r"\b(?:total|totals|totaling|combined|altogether|together|in all|rest|remaining|difference|rose|fell|increase|decrease"
    r"|more|fewer|less)\b(?! than (?:an? |\d|\$))"
)  # fmt: skip


def _may_be_derived(claim: Figure, sentence: Sentence) -> bool:
    """Small numbers add up to almost anything: only a sentence that speaks of a sum or a share may be computed."""
    if claim.unit in ("percent", "part"):
        return True
    return (claim.value >= 20 or bool(claim.unit)) and bool(_DERIVED.search(sentence.text))


def _found_on(claim: Figure, sentence: Sentence, elsewhere: list[Seen]) -> Verdict | None:
    """The same figure further off in a cited capture, when it counts the same or is too particular for chance."""
    for figure, stretch in elsewhere:
        agreement = agrees(claim, figure)
        particular = len(claim.words.strip("0,. $")) >= 4 and agreement.basis is Basis.VERBATIM
        if agreement.outcome is Outcome.SUPPORTED and (_counts_same(claim, figure) or particular):
            return _supported(claim, sentence, (agreement, figure, stretch))
        if agreement.outcome is Outcome.REFUTED and _counts_same(claim, figure):
            return _hedge(claim, sentence, (agreement, figure, stretch))
    return None


def _missing(claim: Figure, sentence: Sentence, seen: list[Seen]) -> Verdict | None:
    rivals = [(f, s) for f, s in seen if _rivals(claim, f)]
    if rivals:
        return _contradicted(
            claim, sentence, max(rivals, key=lambda rival: _closeness(claim, sentence, rival))
        )
    if claim.value == 1 and not claim.digits and not claim.unit:
        # "one" is as often an article as a figure; it is held against the source only where that counts otherwise.
        return None
    message = f"{claim.words} is not in the cited passages"
    return Verdict(outcome=Outcome.UNDECIDED, mark=_mark(claim, sentence, message, []))


def _closeness(claim: Figure, sentence: Sentence, rival: Seen) -> tuple[bool, int]:
    """First a figure in a source sentence that tells the same, then one that counts most of the same words."""
    figure, stretch = rival
    alike = stems(claim.counts) & stems(figure.counts)
    return is_twin(sentence.text, stretch.sentence(figure.start, figure.end)), len(alike)


def _rivals(claim: Figure, figure: Figure) -> bool:
    if claim.unit != figure.unit or (claim.other is None) != (figure.other is None):
        return False
    if claim.value == figure.value and claim.other == figure.other:
        return False
    if claim.other is not None:
        return True
    same = stems(claim.counts) & stems(figure.counts)
    return bool(same) if not claim.unit else bool(same) or not claim.counts or not figure.counts


def _contradicted(claim: Figure, sentence: Sentence, rival: Seen) -> Verdict:
    figure, stretch = rival
    suggestion = _said(figure) if not claim.said and figure.digits == claim.digits else None
    counted = f" {figure.counts}" if figure.counts else ""
    if not is_twin(sentence.text, stretch.sentence(figure.start, figure.end)):
        message = f"{claim.words} is not in the cited passages; they say {_said(figure)}{counted}"
        return Verdict(outcome=Outcome.UNDECIDED, mark=_mark(claim, sentence, message, [(figure, stretch)]))
    message = f"the source says {_said(figure)}{counted}, not {claim.words}"
    return Verdict(
        outcome=Outcome.REFUTED, mark=_mark(claim, sentence, message, [(figure, stretch)], suggestion)
    )


def _said(figure: Figure) -> str:
    return f"{figure.said.lower()} {figure.words}" if figure.said else figure.words


def _mark(
    claim: Figure, sentence: Sentence, message: str, evidence: list[Seen], suggestion: str | None = None
) -> Mark:
    return Mark(
        start=sentence.start + claim.start,
        end=sentence.start + claim.end,
        message=message,
        evidence=tuple(s.passage(max(0, f.start - f.lead), f.end) for f, s in evidence),
        suggestion=suggestion,
    )


def _named(
    number: Identifier,
    sentence: Sentence,
    near: tuple[Stretch, ...],
    far: tuple[Stretch, ...],
    context: Context,
) -> Verdict:
    start, end = sentence.start + number.start, sentence.start + number.end
    for stretch in (*near, *far, *whole(context.captures)):
        if where := _says(number, stretch):
            mark = Mark(start=start, end=end, message="as in the source", evidence=(stretch.passage(*where),))
            return Verdict(outcome=Outcome.SUPPORTED, mark=mark, basis=Basis.VERBATIM)
    if _is_known(number.words, context):
        return Verdict(
            outcome=Outcome.SUPPORTED, mark=Mark(start=start, end=end, message="a name of the coverage area")
        )
    for other, stretch in _alike(number, near):
        mark = Mark(
            start=start, end=end, message=f"the source says {other.words}, not {number.words}",
            evidence=(stretch.passage(other.start, other.end),), suggestion=other.words,
        )  # fmt: skip
        return Verdict(outcome=Outcome.REFUTED, mark=mark)
    return Verdict(
        outcome=Outcome.UNDECIDED, mark=Mark(start=start, end=end, message=f"{number.words} is in no capture")
    )


def _is_known(words: str, context: Context) -> bool:
    spellings = [name for place in (context.area.named if context.area else ()) for name in place.names]
    return any(fold.find(words, spelling) for spelling in (*spellings, *context.outlet))


def _says(number: Identifier, stretch: Stretch) -> tuple[int, int] | None:
    same = (i for i in figures.identifiers(stretch.text) if i.words == number.words)
    return next(((i.start, i.end) for i in same), None) or fold.find(
        number.words.lower(), stretch.text.lower()
    )


def _alike(number: Identifier, near: tuple[Stretch, ...]) -> Iterator[tuple[Identifier, Stretch]]:
    shape = re.sub(r"\d", "0", number.words)
    for stretch in near:
        for other in figures.identifiers(stretch.text):
            if re.sub(r"\d", "0", other.words) == shape and other.words != number.words:
                yield other, stretch


CHECK = Check(
    name="numbers",
    kind=Kind.PROOF,
    version="4",
    title="Every figure stands in the cited passages",
    run=run,
    window=Window.PARAGRAPH,
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ("Crews counted 31 herons.", ("Crews counted 31 herons on the flats.",), Outcome.SUPPORTED),
    ("Crews counted 13 herons.", ("Crews counted 31 herons on the flats.",), Outcome.REFUTED),
    ("Crews counted 31 herons.", ("Crews counted the herons on the flats.",), Outcome.UNDECIDED),
    ("Crews counted herons.", ("Crews counted 31 herons on the flats.",), Outcome.NOTHING_TO_CHECK),
)
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
