"""True sentences made false in one place, the way copy goes wrong, and the same sentences trimmed as a reporter may.

An alteration takes a sentence (`Told`) and luck, and gives the sentence with one thing changed, or None where it has
no business. Words inside quotation marks are left alone by all but `quotes`. The same luck alters the same way.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from backread.text import dates, figures, names, quotations
from backread.text.dates import WEEKDAYS, Mention, MentionKind
from backread.text.names import Name, NameKind
from backread.text.numerals import WORD_NUMBER
from backread.text.spelled_days import MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence of a document. `plain` is as long, with what its paragraph quotes blanked out; `others` are the document's names."""

    text: str
    plain: str
    others: tuple[str, ...] = ()


class Swap(NamedTuple):
    """Words at [start, end) of a sentence and what stands there instead."""

    start: int
    end: int
    words: str


Alter = Callable[[Told, random.Random], str | None]

_WORDS = {
    "and": "or", "the": "this", "will": "may", "is": "was", "not": "always", "we": "they", "have": "had", "are": "were",
    "to": "toward", "people": "voters", "that": "which", "it": "he", "can": "must", "of": "from", "a": "one",
}  # fmt: skip
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FIGURE = rf"(?=[$£€]?\d|(?:{WORD_NUMBER})\b)"
_HEDGES = (
    (re.compile(rf"(?i)\b(?:about|approximately|roughly|around|nearly|almost|at least|at most|up to|as many as|an estimated"
                rf"|no more than|no fewer than|more than|fewer than|less than) (?!one\b){_FIGURE}"), ""),
    (re.compile(r"\b(?:may|might)(?= [a-z])(?! (?:not|only|have|be able))"), "will"),
    (re.compile(r"\b(?:is|are) (?:expected|likely|projected|planned) to\b"), "will"),
    (re.compile(r"\b(?:was|were) (?:expected|likely|projected|planned) to\b"), "would"),
    (re.compile(r"\b(?:allegedly|reportedly|apparently|probably|possibly|tentatively) "), ""),
    (re.compile(r"\b(?:alleged|tentative|preliminary|suspected) "), ""),
)  # fmt: skip
_SAID = (
    r"(?:said|says|told [^,]{2,40}?|testified|argued|believes?|estimated|estimates|warned|added|reported|reports"
    r"|wrote|noted|explained|advised|claimed|claims|contends?|contended)"
)
_WHO = r"(?:(?! (?:and|but|that|which|who|has|had|was|is|were|are|for) )[^,;:()]){2,60}?"
_SPEAKER = rf"{_WHO}(?:, {_WHO},| of {_WHO})?"
_CLAUSE = r"(?=(?:the|a|an|there|no|all|some|most|this|that|these|those)\b|[A-Z])"
_NAMED = r"(?:[Hh]e|[Ss]he|it|they|the [a-z]+(?: [a-z]+){0,2}|[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})"
_LED = (
    re.compile(rf"\A{_SPEAKER} {_SAID} that (?:{_CLAUSE}|(?=\d))"),
    re.compile(rf"\A{_SPEAKER} {_SAID} {_CLAUSE}(?!that |the following|no\b)"),
    re.compile(rf"\A(?:According to|In the view of|By the account of) {_WHO}, "),
)
_TRAILED = re.compile(rf", (?:according to [^,;]{{2,80}}|{_NAMED} {_SAID}|{_SAID} {_NAMED})(?=\.\Z)")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.?\s\Z")
_DAY = re.compile("|".join((*WEEKDAYS, *MONTHS)))
_IDLE = re.compile(
    r"[^\w]*(?:(?:and|or|of|the|in|at|for|with|from|to|on|by|a|an|near|nor|as|Mr|Mrs|Ms|Dr)\b[^\w]*)*\Z"
)
_MUTUAL = re.compile(r"\b(?:met|meet|meets|married|marry|between|tied|joined|and|both|borders?|beside)\b")
_TRIMS = (
    (re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.? (?=[A-Z])"), ""),
    (re.compile(r"\bapproximately\b"), "about"),
    (re.compile(r"\bprior to\b"), "before"),
    (re.compile(r"\bin order to\b"), "to"),
    (re.compile(r"\bpurchased\b"), "bought"),
    (re.compile(r"\bcommenced\b"), "began"),
    (re.compile(r"\bcannot\b"), "can't"),
    (re.compile(r"\b(do|does|did|is|was|are|were|has|have|had|could|would|should) not\b"), r"\1n't"),
    (re.compile(r"\b(?:said|says) that (?=[a-z])"), "said "),
    (re.compile(r"(?<=\w) (?:also|therefore|thereby) (?=[a-z])"), " "),
    (re.compile(r"(?<=\d) per ?cent\b"), "%"),
    (re.compile(r"(?<=[a-z]), and (?=[a-z])"), " and "),
)  # fmt: skip
"""What a reporter trims from a document's sentence, and what stands there then."""


def quotes(told: Told, luck: random.Random) -> str | None:
    """One word of a quotation replaced; bracketed words are the writer's own."""
    found = [q for q in quotations.find(told.text) if len(q.words.split()) >= 4]
    if not found:
        return None
    chosen = luck.choice(found)
    bare = re.sub(r"\[[^\]]*\]", lambda m: " " * len(m.group()), chosen.words)
    words = [m for m in re.finditer(r"(?<![\w’'])[A-Za-z]+(?![\w’'])", bare) if m.start() > 0]
    if not words:
        return None
    word = luck.choice([m for m in words if m.group() in _WORDS] or words)
    start = chosen.start + word.start()
    return _put(told, Swap(start, start + len(word.group()), _WORDS.get(word.group(), "somewhat")))


def numbers(told: Told, luck: random.Random) -> str | None:
    """One figure changed: a digit, the first where the figure is hedged, or a small number in words."""
    swaps = []
    for figure in figures.find(told.plain):
        digits = [m.start() for m in re.finditer(r"\d", figure.words)]
        spelled = re.match(rf"(?:{'|'.join(_COUNTS)})\b(?!-)", figure.words.lower())
        if figure.digits and digits:
            at = figure.start + (digits[0] if figure.hedge else luck.choice(digits))
            swaps.append(Swap(at, at + 1, luck.choice([d for d in "123456789" if d != told.text[at]])))
        elif spelled:
            instead = luck.choice([word for word in _COUNTS if word != spelled.group()])
            instead = instead.capitalize() if figure.words[0].isupper() else instead
            swaps.append(Swap(figure.start, figure.start + spelled.end(), instead))
    return _put(told, luck.choice(swaps)) if swaps else None


def days(told: Told, luck: random.Random) -> str | None:
    """One weekday, month or day of the month changed."""
    found = [m for m in dates.find(told.plain) if m.kind in (MentionKind.ABSOLUTE, MentionKind.WEEKDAY)]
    if not found:
        return None
    mention = luck.choice(found)
    changed = _other_day(mention, luck)
    return _put(told, Swap(mention.start, mention.end, changed)) if changed not in told.text else None


def _other_day(mention: Mention, luck: random.Random) -> str:
    if mention.kind is MentionKind.WEEKDAY:
        return _another(WEEKDAYS, mention.words, luck)
    if re.search("|".join(MONTHS), mention.words) and luck.random() < 0.5:
        return _another(MONTHS, mention.words, luck)
    instead = luck.choice([day for day in range(2, 28) if day != mention.day])
    return re.sub(rf"\b{mention.day}\b", str(instead), mention.words, count=1)


def _another(names_: Sequence[str], words: str, luck: random.Random) -> str:
    """The words with the first of the names exchanged for another."""
    return re.sub(
        "|".join(names_), lambda m: luck.choice([n for n in names_ if n != m.group()]), words, count=1
    )


def spelling(told: Told, luck: random.Random) -> str | None:
    """One letter of a name changed, or two changed over."""
    found = [
        (name.start + m.start() + 1)
        for name in _names(told)
        for m in re.finditer(r"(?<=[A-Za-z])[a-z]{3,}", name.words)
    ]
    return _put(told, _slip(told.text, luck.choice(found), luck)) if found else None


def another(told: Told, luck: random.Random) -> str | None:
    """One name given as another name of the document."""
    pairs = [
        (name, other) for name in _names(told) for other in told.others if _is_another(other, name, told.text)
    ]
    if not pairs:
        return None
    name, other = luck.choice(pairs)
    return _put(told, Swap(name.start, name.end, other))


def _names(told: Told) -> list[Name]:
    """The names of the sentence that are long enough to be misread and no day."""
    found = [n for n in names.find(told.plain) if re.fullmatch(r"[A-Z][A-Za-z ]{5,}", n.words)]
    return [n for n in found if not _DAY.search(n.words)]


def _is_another(name: str, chosen: Name, text: str) -> bool:
    """Whether a name of as many words shares none with the chosen one, nor stands in the sentence."""
    mine = {w.lower() for w in chosen.words.split()}
    theirs = name.lower().split()
    return len(theirs) == len(mine) and not mine & set(theirs) and name not in text


def _slip(text: str, at: int, luck: random.Random) -> Swap:
    if text[at] != text[at + 1] and luck.random() < 0.5:
        return Swap(at, at + 2, text[at + 1] + text[at])
    return Swap(at, at + 1, luck.choice([c for c in "aeiou" if c != text[at]]))


def hedges(told: Told, luck: random.Random) -> str | None:
    """A hedge taken away: "about" before a figure, "may" made "will", "allegedly" dropped."""
    swaps = [Swap(m.start(), m.end(), now) for kind, now in _HEDGES for m in kind.finditer(told.plain)]
    return _capital(_put(told, luck.choice(swaps)), told) if swaps else None


def roles(told: Told, luck: random.Random) -> str | None:
    """Two names changed over that are not told in one breath: who did it, and to whom."""
    found = [_titled(name, told.text) for name in names.find(told.plain) if name.kind is not NameKind.UNKNOWN]
    pairs = [
        (one, two)
        for at, one in enumerate(found)
        for two in found[at + 1 : at + 3]
        if _trade(one, two, told.plain[one.end : two.start])
    ]
    if not pairs:
        return None
    one, two = luck.choice(pairs)
    swapped = told.text[: one.start] + two.words + told.text[one.end : two.start] + one.words
    return swapped + told.text[two.end :]


def _titled(name: Name, text: str) -> Name:
    """The name with the "Mr." before it."""
    title = _TITLE.search(text[: name.start])
    start = title.start() if title else name.start
    return replace(name, start=start, words=text[start : name.end])


def _trade(one: Name, two: Name, between: str) -> bool:
    """Whether the two are of one kind, share no word, and something is told between them that has a direction."""
    shared = {*one.words.lower().split()} & {*two.words.lower().split()}
    is_told = not _IDLE.match(between) and not _MUTUAL.search(between) and ";" not in between
    return (
        one.kind is two.kind
        and is_told
        and not shared - {"mr.", "mrs.", "ms.", "dr.", "mr", "mrs", "ms", "dr"}
    )


def attribution(told: Told, luck: random.Random) -> str | None:
    """The words that say whose claim it is taken away; a sentence that quotes is left alone."""
    if told.plain != told.text or re.search('[“”"]', told.text):
        return None
    cuts = [m for m in (*(led.match(told.text) for led in _LED), _TRAILED.search(told.text)) if m]
    cuts = [m for m in cuts if len(told.text) - len(m.group()) >= 25]
    if not cuts:
        return None
    cut = luck.choice(cuts)
    return _capital(told.text[: cut.start()] + told.text[cut.end() :], told)


def trimmed(told: Told) -> str:
    """The sentence as a reporter may trim it without changing what it says; as it stands where there is nothing to trim."""
    swaps: list[Swap] = []
    for kind, now in _TRIMS:
        for match in kind.finditer(told.plain):
            if all(match.end() <= s.start or s.end <= match.start() for s in swaps):
                swaps.append(Swap(match.start(), match.end(), match.expand(now)))
    text = told.text
    for swap in sorted(swaps, reverse=True):
        text = text[: swap.start] + swap.words + text[swap.end :]
    return text[:1].upper() + text[1:]


def _put(told: Told, swap: Swap) -> str:
    return told.text[: swap.start] + swap.words + told.text[swap.end :]


def _capital(text: str, told: Told) -> str:
    return text[:1].upper() + text[1:] if told.text[:1].isupper() else text


ALTERATIONS: dict[str, Alter] = {
    "quotes": quotes,
    "numbers": numbers,
    "dates": days,
    "names": spelling,
    "another name": another,
    "hedges": hedges,
    "roles": roles,
    "attribution": attribution,
}
"""By kind. Its name is the check's whose business it is first, where there is one."""
