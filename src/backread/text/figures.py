"""Figures in a text, in digits or words: value, unit, hedge and what they count; and whether two of them agree.

Dates, times, years, telephone numbers, addresses and other numbers that only name a thing are no figures;
`identifiers` finds those. Offsets count code points. Values are exact decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, zip_longest

from backread.text import dates
from backread.text.dates import MentionKind
from backread.text.numerals import ORDINALS, SCALES, WORD_NUMBER, value_of
from backread.values.finding import Basis, Outcome

FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "1/3", "⅔": "2/3", "⅛": "0.125"}
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
          "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
          "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10}  # fmt: skip
_UNITS = {
    "percent": "percent", "per cent": "percent", "%": "percent", "percentage point": "point", "foot": "foot",
    "feet": "foot", "ft": "foot", "inch": "inch", "mile": "mile", "mph": "mph", "acre": "acre", "gallon": "gallon",
    "degree": "degree", "hour": "hour", "minute": "minute", "second": "second", "day": "day", "week": "week", "month": "month",
    "year": "year", "decade": "decade", "ton": "ton", "pound": "pound", "kilometer": "kilometer", "meter": "meter",
    "milliliter": "milliliter", "liter": "liter", "cent": "cent", "dollar": "$", "euro": "€", "yard": "yard",
}  # fmt: skip

HEDGES = {
    "at least": "at least", "no fewer than": "at least", "no less than": "at least", "a minimum of": "at least",
    "more than": "more than", "over": "more than", "greater than": "more than", "above": "more than", "upwards of": "more than",
    "at most": "at most", "no more than": "at most", "up to": "at most", "as many as": "at most", "as much as": "at most",
    "fewer than": "less than", "less than": "less than", "under": "less than", "below": "less than",
    "about": "about", "around": "about", "roughly": "about", "approximately": "about", "some": "about", "an estimated": "about",
    "estimated": "about", "nearly": "nearly", "almost": "nearly", "close to": "nearly", "just under": "nearly",
    "just over": "more than", "a little more than": "more than", "a little over": "more than", "well over": "more than",
    "slightly more than": "more than", "only": "", "exactly": "", "just": "",
}  # fmt: skip
"""The words that hedge a figure, and the class each belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. `hedge` is its class ("at least", "about", ...), `said` the hedge's own words, `counts` the words
    it counts, `start` and `end` frame figure and unit without the hedge. `other` is the second half of a vote or score.
    `digits` says that it stands in digits; `step` is the value of one unit of its last written digit.
    """

    start: int
    end: int
    value: Decimal
    unit: str = ""
    hedge: str = ""
    counts: str = ""
    said: str = ""
    words: str = ""
    other: Decimal | None = None
    digits: bool = True
    step: Decimal = Decimal(1)

    @property
    def lead(self) -> int:
        """How many characters before `start` the hedge takes, with its space."""
        return len(self.said) + 1 if self.said else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number that names a thing: a telephone number, a room, a road, an address, a case."""

    start: int
    end: int
    words: str


_SCALE = r"(?:\s|-)?(?:thousand|million|billion|trillion|bn)\b"
# Twelve digits and six places are enough for any budget, and keep decimals exact.
_DIGITS = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?(?![\d])|\d{1,12}(?:\.\d{1,6})?(?!\d)|\.\d{1,6}(?!\d)"
_TAIL = (
    r"(?:(?:\s|-)?(?P<unit>percentage\spoints?|percent|per\scent|%|feet|foot|ft\b|inch(?:es)?|miles?|mph|acres?|gallons?|degrees?"
    r"|hours?|minutes?|seconds?|days?|weeks?|months?|years?|decades?|tons?|pounds?|kilometers?|meters?|milliliters?|liters?"
    r"|cents?|dollars?|euros?|yards?)(?!\w))?"
)
_NUMERIC = re.compile(
    rf"(?:(?<![\w.,#/])|(?<=\.\.\.))(?P<sign>[-−](?=\d))?(?P<money>[A-Z]{{0,3}}[$€£])?(?P<num>{_DIGITS})(?![\d/])"
    rf"(?P<frac>\s?[½¼¾⅓⅔⅛]|\s\d/\d)?(?P<scale>{_SCALE}|[KkMB](?![\w]))?{_TAIL}"
)
_PAIR = re.compile(r"(?<![\w.,#/$-])(?P<one>\d{1,3})\s?[-–]\s?(?P<two>\d{1,3})(?![\w/-]|,\d|\.\d)")
_ORDINAL = re.compile(r"(?<![\w.,])(?P<num>\d{1,4})(?:st|nd|rd|th)\b")
_WORDS = re.compile(rf"(?<![\w-])(?P<num>{WORD_NUMBER})(?P<scale>{_SCALE})?{_TAIL}(?![\w])", re.IGNORECASE)
_PART = re.compile(
    rf"(?<![\w-])(?:(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|\d)[\s-])?(?P<part>{'|'.join(sorted(_PARTS, key=len, reverse=True))})(?![\w-])",
    re.IGNORECASE,
)
_SLASH = re.compile(
    r"(?<![\w.,/])(?<!\d\s)(?P<top>\d{1,2})/(?P<bottom>\d{1,2})(?![\w/])|(?<![\w])(?P<sign>[½¼¾⅓⅔⅛])"
)
_IN_ORDER = re.compile(rf"(?<![\w-])(?P<num>{'|'.join(ORDINALS)})(?![\w-])", re.IGNORECASE)
_HEDGE = re.compile(
    rf"(?<![\w])(?P<hedge>{'|'.join(sorted(HEDGES, key=len, reverse=True))})(?:\sa\stotal\sof)?\s\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[\s-]+(?P<words>(?:(?!(?:and|or|but|in|on|at|by|for|from|with|who|that|which|was|were|is|are|to|as|if)\b)[A-Za-z’'-]+(?:\s|(?![\w]))){1,5})"
)
_NO_NUMBER_ONE = re.compile(
    r"(?:\b(?:no|any|every|some|this|that|which|each|the|only|other|another|number|day|as|just)\s)\Z",
    re.IGNORECASE,
)

_NAMED = re.compile(
    r"(?:\b\d{3}[-.\s])?(?<![\d$.,-])\b\d{3}[-.]\d{4}\b(?!\.?\d)|\(\d{3}\)\s?\d{3}[-.]\d{4}"
    r"|\b(?:Room|Route|Road|Highway|Interstate|Suite|Box|Exit|Gate|Flight|District|Precinct|Ward|Section|Chapter|Article|Title|Item|Page|Bill|Case|Ordinance|Resolution|Proposition|Channel|Pier|Unit|Apt\.|No\.|Rule|Act|Amendment|Zone|Lot|Terminal|Building|Station|Engine|Grade|Boeing|Airbus|Type|Phase|Level)\s#?\d[\w.-]*\d|"
    r"\b(?:Room|Route|Road|Highway|Interstate|Suite|Box|Exit|Gate|Flight|District|Precinct|Ward|Section|Chapter|Article|Title|Item|Page|Bill|Case|Ordinance|Resolution|Proposition|Channel|Pier|Unit|Apt\.|No\.|Rule|Act|Amendment|Zone|Lot|Terminal|Building|Station|Engine|Grade|Boeing|Airbus|Type|Phase|Level)\s#?\d\b"
    r"|#\d+\b|\b[A-Za-z]{1,6}[-–.]?\d[\w-]*\b|\b\d+[A-Za-z]{1,3}\d+\w*\b|\b\d{5}-\d{4}\b|\b\d+(?:\.\d+){2,}\b"
    r"|\b\d{1,5}(?=\s(?:[NSEW]\.?\s)?(?:[A-Z][\w’'.]+\s){1,3}(?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Boulevard|Blvd\.|Lane|Drive|Dr\.|Square|Plaza|Pike|Way|Court|Place|Highway|Parkway)\b)"
)


def find(text: str) -> tuple[Figure, ...]:
    """Every figure of `text`, in order, none overlapping."""
    return _find(text)


@lru_cache(maxsize=512)
def _find(text: str) -> tuple[Figure, ...]:
    taken = _apart(text)
    found: list[Figure] = []
    for reader in (_slashes, _pairs, _ordinals, _parts, _numerics, _spelled, _in_order):
        for figure in reader(text):
            stretch = range(figure.start, figure.end)
            if not taken.intersection(stretch):
                taken.update(stretch)
                found.append(figure)
    return tuple(_ranged(text, sorted(found, key=lambda figure: figure.start)))


def _ranged(text: str, found: list[Figure]) -> Iterator[Figure]:
    for figure, after in zip_longest(found, found[1:]):
        between = text[figure.end : after.start] if after else ""
        if after and not figure.unit and after.unit and between in (" to ", " or ", "-", "–"):
            yield replace(figure, unit=after.unit, counts=after.counts)
        else:
            yield figure


def identifiers(text: str) -> tuple[Identifier, ...]:
    """Numbers that name something, in order: telephone numbers, rooms, roads, street addresses, case numbers."""
    return tuple(Identifier(start=m.start(), end=m.end(), words=m.group()) for m in _NAMED.finditer(text))


def _apart(text: str) -> set[int]:
    apart: set[int] = set()
    for mention in dates.find(text):
        if mention.kind not in (MentionKind.RELATIVE, MentionKind.WEEKDAY):
            apart.update(range(mention.start, mention.end))
    for named in identifiers(text):
        apart.update(range(named.start, named.end))
    return apart


def _figure(text: str, start: int, end: int, value: Decimal, unit: str, **more: object) -> Figure:
    before = _HEDGE.search(text[max(0, start - 40) : start])
    said = text[max(0, start - 40) : start][before.start() :].rstrip() if before else ""
    hedge, said = _hedge(before["hedge"].lower(), said, unit) if before else ("", "")
    counted = _COUNTED.match(text, end)
    counts = (
        re.sub(r"^of\s(?:the|its|their|those|these)?\s?", "", counted["words"].strip()) if counted else ""
    )
    unit = "" if unit == "year" and counts.startswith("old") else unit
    return Figure(
        start=start, end=end, value=value, unit=unit, hedge=hedge, said=said, counts=counts, words=text[start:end], **more  # type: ignore[arg-type]
    )  # fmt: skip


_SPANS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})


def _hedge(words: str, said: str, unit: str) -> tuple[str, str]:
    """ "Over five years" is a time and "under 38 orders" a reason: small words hedge only where they measure."""
    words = re.sub(r"\s+", " ", words)
    if (words == "over" and unit in _SPANS) or (words in ("under", "below", "above") and not unit):
        return "", ""
    return HEDGES[words], said


def _numerics(text: str) -> Iterator[Figure]:
    for match in _NUMERIC.finditer(text):
        digits = match["num"].replace(",", "")
        scale = SCALES[(match["scale"] or "one").strip(" -\u00a0").lower()]
        value = (Decimal(digits) + _fraction(match["frac"])) * scale
        places = len(digits.partition(".")[2])
        unit = _unit(match["unit"]) or (match["money"] or "")[-1:]
        sign = -1 if match["sign"] and (match.start() == 0 or text[match.start() - 1].isspace()) else 1
        yield _figure(
            text, match.start() if sign < 0 else match.start() + len(match["sign"] or ""), match.end(), sign * value, unit,
            step=_step(value, places, scale),
        )  # fmt: skip


def _step(value: Decimal, places: int, scale: Decimal) -> Decimal:
    if places or scale > 1:
        return scale.scaleb(-places)
    step = Decimal(1)
    while value and value < 10**24 and value % (step * 10) == 0:
        step *= 10
    return step


def _fraction(words: str | None) -> Decimal:
    if not words or not words.strip():
        return Decimal(0)
    words = FRACTIONS.get(words.strip(), words.strip())
    top, _, bottom = words.partition("/")
    return Decimal(top) / Decimal(bottom or 1) if Decimal(bottom or 1) else Decimal(0)


def _pairs(text: str) -> Iterator[Figure]:
    for match in _PAIR.finditer(text):
        one, two = Decimal(match["one"]), Decimal(match["two"])
        yield _figure(text, match.start(), match.end(), one, "", other=two)


def _ordinals(text: str) -> Iterator[Figure]:
    for match in _ORDINAL.finditer(text):
        yield _figure(text, match.start(), match.end(), Decimal(match["num"]), "ordinal")


def _in_order(text: str) -> Iterator[Figure]:
    for match in _IN_ORDER.finditer(text):
        value = Decimal(ORDINALS[match["num"].lower()])
        yield _figure(text, match.start(), match.end(), value, "ordinal", digits=False)


def _slashes(text: str) -> Iterator[Figure]:
    for match in _SLASH.finditer(text):
        value = _fraction(match["sign"] or match.group())
        if value:
            yield _figure(text, match.start(), match.end(), value, "part", step=Decimal("0.001"))


def _parts(text: str) -> Iterator[Figure]:
    for match in _PART.finditer(text):
        part, count = match["part"].lower(), (match["count"] or "").lower()
        follows = re.match(r"\s(?:of|the|as|a)\b|[,.;]|\Z", text[match.end() :])
        # "the third man" and "a quarter later" are no parts; "two-thirds" and "a third of" are.
        if not (part.endswith("s") or part == "half" or (count and follows)) or (part == "seconds"):
            continue
        if part == "half" and not (count or follows):
            continue
        if part.endswith("s") and not count:
            continue
        top = Decimal(1) if count in ("", "a", "an") else value_of(count)
        yield _figure(
            text, match.start(), match.end(), top / _PARTS[part], "part", digits=False, step=Decimal("0.001")
        )


def _spelled(text: str) -> Iterator[Figure]:
    for match in _WORDS.finditer(text):
        word = match["num"]
        if word.lower() == "one" and not match["scale"] and _is_pronoun(text, match):
            continue
        value = value_of(word) * SCALES[(match["scale"] or "one").strip(" -\u00a0").lower()]
        yield _figure(
            text, match.start(), match.end(), value, _unit(match["unit"]), digits=False, step=_step(value, 0, Decimal(1))
        )  # fmt: skip


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    if _NO_NUMBER_ONE.search(text[max(0, match.start() - 12) : match.start()]):
        return True
    return not match["unit"] and re.match(r"\s[a-z]|-[a-z]", text[match.end() :]) is None


def _unit(words: str | None) -> str:
    if not words:
        return ""
    words = re.sub(r"\s+", " ", words.lower())
    return (
        _UNITS.get(words)
        or _UNITS.get(words.removesuffix("s"))
        or _UNITS.get(words.removesuffix("es"))
        or words
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Whether one figure says what another says, how that was proven, and why not in words an editor understands."""

    outcome: Outcome
    basis: Basis = Basis.NONE
    reason: str = ""


_YES = Agreement(outcome=Outcome.SUPPORTED, basis=Basis.VERBATIM)
_COMPUTED = Agreement(outcome=Outcome.SUPPORTED, basis=Basis.COMPUTED)
_APART = Agreement(outcome=Outcome.NOTHING_TO_CHECK)
_LOWER, _UPPER, _NEAR = ("at least", "more than"), ("at most", "less than"), ("about", "nearly")


def agrees(claim: Figure, evidence: Figure) -> Agreement:
    """Whether `claim` may stand on `evidence`: supported, refuted when the hedge says something else, undecided when the
    hedge cannot be told, nothing to check when the two speak of different values or units."""
    if not _comparable(claim, evidence):
        return _APART
    if (claim.value, claim.other) == (evidence.value, evidence.other):
        return _hedges(claim, evidence)
    return _COMPUTED if _rounds(claim, evidence) else _APART


def _comparable(claim: Figure, evidence: Figure) -> bool:
    if "ordinal" in (claim.unit, evidence.unit) and claim.unit != evidence.unit:
        return False
    if (claim.other is None) != (evidence.other is None):
        return False
    if {claim.unit, evidence.unit} == {"part", "percent"}:
        return True
    if claim.unit == evidence.unit:
        return True
    # A table's bare cell carries its unit in the head of its column; a bare figure in copy may leave it out.
    bare = (evidence.unit or evidence.counts) == "" or (claim.unit or claim.counts) == ""
    return bare and not (claim.unit == "" and _is_share(evidence.unit))


def _is_share(unit: str) -> bool:
    return unit in ("percent", "point", "part", "$", "€", "£")


def _hedges(claim: Figure, evidence: Figure) -> Agreement:
    mine, theirs = claim.hedge, evidence.hedge
    if mine == theirs or (not theirs and mine in ("at least", "at most", "about")):
        return _YES
    if theirs and not mine:
        return Agreement(outcome=Outcome.REFUTED, reason=f"“{evidence.said.lower()}” is gone")
    if not theirs:
        return Agreement(
            outcome=Outcome.REFUTED,
            reason=f"the source says {evidence.words}, not “{claim.said} {claim.words}”",
        )
    if (theirs, mine) in (
        ("more than", "at least"),
        ("less than", "at most"),
        ("nearly", "about"),
        ("nearly", "less than"),
    ):
        return _YES
    if (theirs in _LOWER and mine in _UPPER) or (theirs in _UPPER and mine in _LOWER):
        return Agreement(
            outcome=Outcome.REFUTED,
            reason=f"the source says “{evidence.said.lower()}”, not “{claim.said.lower()}”",
        )
    return Agreement(
        outcome=Outcome.UNDECIDED,
        reason=f"the source says “{evidence.said.lower()}”, not “{claim.said.lower()}”",
    )


def _rounds(claim: Figure, evidence: Figure) -> bool:
    """Whether `claim` is a fair rounding of an exact `evidence`: coarser, of the same unit, hedged the right way."""
    if not _may_round(claim, evidence):
        return False
    mine, theirs = _share(claim), _share(evidence)
    over = theirs / mine - 1
    if claim.hedge in _LOWER:
        most = Decimal(1) if claim.value.normalize().as_tuple().digits == (1,) else Decimal("0.25")
        return evidence.hedge in ("", *_LOWER) and Decimal(0) < over <= most
    if evidence.hedge:
        return False
    if claim.hedge in ("nearly", "less than"):
        return Decimal("-0.1") <= over < 0
    if claim.hedge == "about":
        return abs(over) <= Decimal("0.07")
    # "$4.2 million" for $4,187,300: rounded as its own digits show, when it is written with a scale.
    return claim.step >= 1000 and claim.value >= 10**6 and abs(theirs - mine) <= claim.step / 2


def _may_round(claim: Figure, evidence: Figure) -> bool:
    if claim.value <= 0 or evidence.value <= 0 or claim.other is not None or claim.unit == "ordinal":
        return False
    if claim.unit == "part":
        return evidence.unit in ("part", "percent")
    dozens = claim.words.lower().endswith("dozen")
    round_enough = (
        dozens
        or (claim.value >= 10 and claim.step > evidence.step)
        or (claim.step < 1 and claim.step > evidence.step)
    )
    return claim.unit == evidence.unit and round_enough


def _share(figure: Figure) -> Decimal:
    return figure.value / 100 if figure.unit == "percent" else figure.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A derived figure done again: `shown` is the arithmetic in words, `parts` the figures it was computed from."""

    claim: Figure
    parts: tuple[Figure, ...]
    shown: str


_PARTS_MOST, _TERMS_MOST = 12, 6


def sums(claims: Sequence[Figure], evidence: Sequence[Figure]) -> tuple[Sum, ...]:
    """Each claim that a total, a difference or a percentage of the evidence's figures gives, with the sum shown.

    Only figures of the same unit that count the same thing are added; at most twelve of them are tried.
    """
    return tuple(found for claim in claims if (found := _derived(claim, evidence)))


def _derived(claim: Figure, evidence: Sequence[Figure]) -> Sum | None:
    alike = [
        f
        for f in evidence
        if f.unit == claim.unit and not f.hedge and f.other is None and _same_thing(claim, f)
    ]
    alike = alike[:_PARTS_MOST] if claim.unit not in ("percent", "part", "ordinal") else []
    for size in range(min(_TERMS_MOST, len(alike)), 1, -1):
        for parts in combinations(alike, size):
            if sum(f.value for f in parts) == claim.value:
                return Sum(
                    claim=claim, parts=parts, shown=f"{' + '.join(f.words for f in parts)} = {claim.words}"
                )
    for more, less in ((a, b) for a in alike for b in alike if a.value > b.value):
        if more.value - less.value == claim.value:
            return Sum(claim=claim, parts=(more, less), shown=f"{more.words} − {less.words} = {claim.words}")
    return _percentage(claim, evidence)


def _percentage(claim: Figure, evidence: Sequence[Figure]) -> Sum | None:
    if claim.unit not in ("percent", "part"):
        return None
    plain = [f for f in evidence if f.unit in ("", "$") and not f.hedge and f.other is None and f.value > 1]
    near = claim.step / 200 if claim.unit == "percent" else _share(claim) * Decimal("0.05")
    for part, whole in (
        (a, b) for a in plain[:_PARTS_MOST] for b in plain[:_PARTS_MOST] if a.value < b.value
    ):
        # Among many figures some two give any percentage: they must count the same, or be the only two.
        alike = part.unit == whole.unit and (
            len(plain) == 2 or bool(stems(part.counts) & stems(whole.counts))
        )
        if alike and abs(part.value / whole.value - _share(claim)) <= max(near, _slack(claim)):
            return Sum(
                claim=claim, parts=(part, whole), shown=f"{part.words} of {whole.words} is {claim.words}"
            )
    return None


def _slack(claim: Figure) -> Decimal:
    return _share(claim) * Decimal("0.05") if claim.hedge else Decimal(0)


def _same_thing(claim: Figure, evidence: Figure) -> bool:
    if claim.unit and claim.unit != "ordinal":
        return True
    return bool(stems(claim.counts) & stems(evidence.counts))


_IDLE = frozenset("of the a an its their his her other more new such those these total all".split())  # noqa: SIM905


def stems(words: str) -> frozenset[str]:
    """The rough stems of the words a figure counts, to tell whether two figures count the same thing."""
    return frozenset(_stem(w) for w in re.findall(r"[a-z]{3,}", words.lower()) if w not in _IDLE)


def _stem(word: str) -> str:
    for ending, instead in (("ies", "y"), ("ses", "s"), ("ches", "ch"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word.removesuffix(ending) + instead
    return word
