"""Numbers: every figure stands in the passages its sentence cites, with its unit, its hedge and what it counts.

A wrong figure is the error readers remember. Each figure outside quotation marks, in digits or words, is
looked for in the paragraphs around the cited passages, then in the rest of the cited captures where it
counts the same thing, then, where a search chose the citations, in the other captures. A lost "at least" or
"about" is refuted, a fair rounding is supported and so is what a reporter works out (a total, a difference, a
share, a length of time, an age, a count of what is listed), with the sum shown; but where the cited sentence has
another figure in that place, no arithmetic explains it away. Numbers that name a thing (telephone, room, road)
must stand as they are.

What it cannot see: a right figure told of the wrong subject where both stand in one paragraph and count
nothing that tells them apart (of a table's rows it can, where one is named), that two figures which give a
third belong together, and figures in pictures. Days and times belong to `dates`, quoted figures to `quotes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from backread.check.base import Check, Context, Window
from backread.check.counted import Answer, Evidence, Seen, counts_same, head, is_name
from backread.check.scope import Stretch, Verdict, findings, is_twin, own_words, whole
from backread.check.tables import told_of_another_row
from backread.check.worked import EARNS, before, product, worked_out
from backread.text import figures, fold, sums
from backread.text.figures import Figure, Identifier, stems
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Subject
from backread.values.story import Sentence


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """What every figure and every naming number of the sentence came to."""
    sentence = context.sentence(subject)
    text = own_words(sentence, context)
    claims = figures.find(text)
    evidence = Evidence(sentence=sentence, context=context, claims=claims)
    told = [_judge(claim, evidence) for claim in claims]
    told += [_named(number, sentence, evidence.paragraphs, context) for number in figures.identifiers(text)]
    return findings(CHECK, subject, [verdict for verdict in told if verdict])


def _judge(claim: Figure, evidence: Evidence) -> Verdict | None:
    answers = evidence.near_answers[claim]
    good = [answer for answer in answers if answer[0].outcome is Outcome.SUPPORTED]
    if good:
        return _swapped(claim, good, evidence) or _supported(claim, evidence, good)
    if len(evidence.claims) > _MOST:
        return _plainly_missing(claim, evidence)
    hedged = [answer for answer in answers if not evidence.is_told(answer[1], claim)]
    return (
        (_found_on(claim, evidence, hedged) or _hedge(claim, evidence, hedged[0]) if hedged else None)
        or _found_on(claim, evidence, [])
        or _earned(claim, evidence)
        or _numbered(claim, evidence)
        or worked_out(claim, evidence)
        or _supposed(claim, evidence)
        or _missing(claim, evidence)
    )


_MOST = 60
"""Figures of one sentence that are looked for beyond the cited words at most: no sentence of news has more."""


def _swapped(claim: Figure, good: list[Answer], evidence: Evidence) -> Verdict | None:
    """A right figure that counts something else, while the thing it counts here has another figure in the source."""
    wanted = head(claim) if claim.value != 1 or claim.digits else ""
    if (
        not wanted
        or claim.unit
        or any(not head(s.figure) or s.figure.unit or counts_same(claim, s.figure) for _, s in good)
    ):
        return None
    beside = {
        word
        for _, s in good
        for word in stems(s.stretch.text[max(0, s.figure.start - 60) : s.figure.end + 60])
    }
    others = [
        s
        for s in evidence.near
        if head(s.figure) == wanted and s.figure.value != claim.value and not s.figure.unit
    ]
    if not others or (wanted in beside and len(others) > 1):
        return None
    return _contradicted(claim, evidence, others[0])


def _supported(claim: Figure, evidence: Evidence, good: list[Answer]) -> Verdict:
    if wrong := told_of_another_row(claim, [s for _, s in good], evidence):
        message = f"the source has {wrong[0].said} for {wrong[1]}, not {claim.words}"
        return Verdict(outcome=Outcome.REFUTED, mark=_mark(claim, evidence.sentence, message, [wrong[0]]))
    agreement, seen = good[0]
    how = "as in the source" if agreement.basis is Basis.VERBATIM else f"{seen.said} in the source"
    mark = _mark(claim, evidence.sentence, how, [seen])
    return Verdict(outcome=Outcome.SUPPORTED, mark=mark, basis=agreement.basis)


def _hedge(claim: Figure, evidence: Evidence, answer: Answer) -> Verdict:
    agreement, seen = answer
    figure, sentence = seen.figure, evidence.sentence
    suggestion = f"{figure.said.lower()} {claim.words}" if figure.said else claim.words
    if sentence.text[: claim.start].strip() == "" and suggestion[:1].isalpha():
        suggestion = suggestion[0].upper() + suggestion[1:]
    # The same large figure of the same thing is that figure, however the rest is told.
    same = claim.value == figure.value and claim.value >= 10 and counts_same(claim, figure)
    twin = same or evidence.is_twin(seen)
    return Verdict(
        outcome=agreement.outcome if twin else Outcome.UNDECIDED,
        mark=_mark(claim, sentence, agreement.reason, [seen], suggestion if twin else None),
    )


_LARGE, _KIN = 100, 2


def _found_on(claim: Figure, evidence: Evidence, hedged: list[Answer]) -> Verdict | None:
    """The same figure further off: where it counts the same, is too particular for chance, or is of the same as the sentence.

    Where the cited paragraph has it with another hedge, only one of the same words and unit may say otherwise.
    """
    if evidence.rivals(claim):
        return None
    twins = any(evidence.is_twin(seen) for _, seen in hedged)
    for answer in evidence.far_answers[claim]:
        agreement, seen = answer
        if twins and not is_twin(_clause(claim, evidence.sentence), seen.around):
            continue
        if agreement.outcome is Outcome.SUPPORTED and _is_of_it(claim, answer, evidence):
            return _supported(claim, evidence, [answer])
        if agreement.outcome is Outcome.REFUTED and counts_same(claim, seen.figure) and not hedged:
            return _hedge(claim, evidence, answer)
    return None


def _clause(claim: Figure, sentence: Sentence) -> str:
    """The clause of the sentence that a figure stands in."""
    seams = [0, *(m.start() for m in re.finditer(r"[;—]|, (?:and|but)\b", sentence.text)), len(sentence.text)]
    first = max(at for at in seams if at <= claim.start)
    return sentence.text[first : min(at for at in seams if at >= claim.end)]


def _is_of_it(claim: Figure, answer: Answer, evidence: Evidence) -> bool:
    agreement, seen = answer
    exact = agreement.basis is Basis.VERBATIM
    if counts_same(claim, seen.figure) or (exact and _is_particular(claim, seen, evidence)):
        return True
    if claim.other is not None and _VOTE.search(evidence.sentence.text) and _VOTE.search(seen.around.text):
        return True
    bare = not seen.figure.counts or bool(claim.unit)
    return bare and evidence.is_kin(seen, 1 if exact and claim.value >= _LARGE else _KIN)


_VOTE = re.compile(
    r"(?i)\b(?:vot\w+|carried|passe[sd]|approv\w+|fail\w*|motion|ayes?|nays?|adopt\w*|reject\w*)\b"
)


def _is_particular(claim: Figure, seen: Seen, evidence: Evidence) -> bool:
    """Whether so exact a figure does not come twice by chance: of four digits, or of two and large in a cited document."""
    digits = len(claim.words.strip("0,. $"))
    is_cited = any(stretch.capture is seen.stretch.capture for stretch in evidence.paragraphs)
    return digits >= 4 or (
        digits >= 2 and claim.value >= 1000 and is_cited and claim.hedge == seen.figure.hedge
    )


def _earned(claim: Figure, evidence: Evidence) -> Verdict | None:
    """ "$10,000 at 3% earns $10,300": what is had in the end is told as what it earned."""
    words = evidence.sentence.text
    rates = [s.figure for s in (*evidence.near, *evidence.far)]
    told = [*evidence.claims, *before(evidence.sentence, evidence.context)]
    if not EARNS.search(words[: claim.start]) or not (found := sums.product(claim, rates, told, grown=True)):
        return None
    return Verdict(
        outcome=Outcome.REFUTED,
        mark=_mark(claim, evidence.sentence, f"{found.shown}: that is not what it earns", []),
    )


_NUMBERED = r"(?:Grade|Year|District|Ward|Precinct|Phase|Level|Amendment|Division|Circuit|Battalion|Annual)"
_ORDERED = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)


def _numbered(claim: Figure, evidence: Evidence) -> Verdict | None:
    """ "A 10th-grader" where the source has "Grade 10"."""
    if claim.unit != "ordinal":
        return None
    wanted = re.compile(rf"(?i)\b{_NUMBERED}\s{claim.value}\b")
    for stretch in (*evidence.paragraphs, *evidence.captures):
        if (found := wanted.search(stretch.text)) and found.group().split()[
            0
        ].lower() in evidence.sentence.text.lower():
            mark = _mark(claim, evidence.sentence, f"{found.group()} in the source", [])
            return Verdict(outcome=Outcome.SUPPORTED, mark=mark, basis=Basis.COMPUTED)
    return None


def _in_order(words: str, stretch: Stretch) -> tuple[int, int] | None:
    """Where "District 3" is told as "3rd District" or "third district"; None where it is not, and for any other number."""
    told = re.fullmatch(rf"(?P<what>{_NUMBERED})\s(?P<number>\d{{1,3}})", words)
    if told is None:
        return None
    number = int(told["number"])
    spelt = _ORDERED[number] if 0 < number < len(_ORDERED) else "-"
    found = re.search(rf"(?i)\b(?:{number}(?:st|nd|rd|th)|{spelt})[\s-]{told['what']}", stretch.text)
    return found.span() if found else None


_SUPPOSE = re.compile(
    r"(?i)\b(?:an?|each|every|some(?:one|body)|any(?:one|body)|those|people|who)\b[^.;]{0,60}"
    r"\b(?:puts?|put(?:ting)?|deposits?|borrows?|saves?|invests?|spends?|pays?|owes?|buys?|(?:assessed|valued) at|worth|earn(?:s|ing)?|with)\b[^.;]{0,20}\Z"
)


def _supposed(claim: Figure, evidence: Evidence) -> Verdict | None:
    """ "A member who puts in $10,000": an example, where the sentence reckons with it and a rate of the sources."""
    words = evidence.sentence.text
    if not _SUPPOSE.search(words[: claim.start]):
        return None
    rates = [s.figure for s in (*evidence.near, *evidence.far)]
    if any(product(other, rates, [claim], words) for other in evidence.claims if other is not claim):
        mark = _mark(claim, evidence.sentence, "an example, reckoned with a rate of the source", [])
        return Verdict(outcome=Outcome.SUPPORTED, mark=mark, basis=Basis.COMPUTED)
    return None


def _missing(claim: Figure, evidence: Evidence) -> Verdict | None:
    rivals = [s for s in evidence.near if _rivals(claim, s.figure) and not evidence.is_told(s, claim)]
    contradicted = (
        _contradicted(claim, evidence, max(rivals, key=lambda s: _closeness(claim, evidence, s)))
        if rivals
        else None
    )
    # "One" is as often an article as a figure, "a fourth" one more, "the two" those told of: held against the source only where that says otherwise.
    if _is_loose(claim, evidence.sentence):
        return contradicted if contradicted and contradicted.outcome is Outcome.REFUTED else None
    return contradicted or _plainly_missing(claim, evidence)


def _plainly_missing(claim: Figure, evidence: Evidence) -> Verdict:
    message = f"{claim.words} is not in the cited passages"
    return Verdict(outcome=Outcome.UNDECIDED, mark=_mark(claim, evidence.sentence, message, []))


_THE = re.compile(r"(?i)\b(?:the|these|those|all)\s\Z")


def _is_loose(claim: Figure, sentence: Sentence) -> bool:
    if claim.digits:
        return False
    if (
        not claim.unit
        and not claim.counts
        and claim.value <= 10
        and _THE.search(sentence.text[: claim.start])
    ):
        return True
    one_more = claim.unit == "ordinal" and re.search(r"(?i)\ba\s\Z", sentence.text[: claim.start])
    return (claim.value == 1 and not claim.unit) or (
        bool(one_more) and not re.match(r"\s(?:straight|consecutive|time)\b", sentence.text[claim.end :])
    )


def _closeness(claim: Figure, evidence: Evidence, rival: Seen) -> tuple[bool, int]:
    """First a figure in a source sentence that tells the same, then one that counts most of the same words."""
    return evidence.is_twin(rival), len(stems(claim.counts) & stems(rival.figure.counts))


def _rivals(claim: Figure, figure: Figure) -> bool:
    if claim.unit != figure.unit or (claim.other is None) != (figure.other is None):
        return False
    if claim.value == figure.value and claim.other == figure.other:
        return False
    if is_name(figure):
        return False
    if claim.other is not None:
        return True
    same = counts_same(claim, figure)
    return same if not claim.unit else same or not claim.counts or not figure.counts


def _contradicted(claim: Figure, evidence: Evidence, rival: Seen) -> Verdict:
    figure = rival.figure
    suggestion = rival.said if not claim.said and figure.digits == claim.digits else None
    counted = f" {figure.counts}" if figure.counts else ""
    if not evidence.is_twin(rival):
        message = f"{claim.words} is not in the cited passages; they say {rival.said}{counted}"
        return Verdict(outcome=Outcome.UNDECIDED, mark=_mark(claim, evidence.sentence, message, [rival]))
    message = f"the source says {rival.said}{counted}, not {claim.words}"
    return Verdict(
        outcome=Outcome.REFUTED, mark=_mark(claim, evidence.sentence, message, [rival], suggestion)
    )


def _mark(
    claim: Figure, sentence: Sentence, message: str, evidence: list[Seen], suggestion: str | None = None
) -> Mark:
    return Mark(
        start=sentence.start + claim.start,
        end=sentence.start + claim.end,
        message=message,
        evidence=tuple(seen.passage for seen in evidence),
        suggestion=suggestion,
    )


def _named(number: Identifier, sentence: Sentence, near: tuple[Stretch, ...], context: Context) -> Verdict:
    start, end = sentence.start + number.start, sentence.start + number.end
    for stretch in (*near, *whole(context.cited(sentence)), *whole(context.captures)):
        if where := _says(number, stretch) or _in_order(number.words, stretch):
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
    version="8",
    title="Every figure stands in the cited passages",
    run=run,
    window=Window.STORY,
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ("Crews counted 31 herons.", ("Crews counted 31 herons on the flats.",), Outcome.SUPPORTED),
    ("Crews counted 13 herons.", ("Crews counted 31 herons on the flats.",), Outcome.REFUTED),
    ("Crews counted 31 herons.", ("Crews counted the herons on the flats.",), Outcome.UNDECIDED),
    ("Crews counted herons.", ("Crews counted 31 herons on the flats.",), Outcome.NOTHING_TO_CHECK),
)
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
