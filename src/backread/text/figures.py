"""Figures in a text, in digits or words: value, unit, hedge and what they count.

Dates, times, years, telephone numbers, addresses and other numbers that only name a thing are no figures;
`identifiers` finds those. Offsets count code points. Values are exact decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest

from backread.text import dates, spoken
from backread.text.dates import MentionKind
from backread.text.measures import FRACTIONS, HEDGES, PARTS, UNIT, hedge_of, unit_of
from backread.text.numerals import ORDINALS, SCALES, WORD_NUMBER, value_of


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
_STRAIGHT = r"(?:(?:\s|-)(?:straight|consecutive|full|more|fewer|less|additional|extra|further|whole|working|business|calendar))?"
"""What may stand between a figure and its unit: "14 straight days"."""
_TAIL = rf"(?:{_STRAIGHT}(?:\s|-)?(?P<unit>{UNIT}))?"
_FEW = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|[1-9]|10)"
_NUMERIC = re.compile(
    rf"(?:(?<![\w.,#/])|(?<=\.\.\.))(?P<sign>[-−](?=\d))?(?P<money>[A-Z]{{0,3}}[$€£])?(?P<num>{_DIGITS})(?![\d/])"
    rf"(?P<frac>\s?[½¼¾⅓⅔⅛]|\s\d/\d)?(?P<scale>{_SCALE}|[KkMB](?![\w])|(?(money)m(?![\w])|(?!)))?(?(money)|{_TAIL})"
)
_SHARE = re.compile(
    rf"(?<![\w.,$€£/-])(?P<top>{_FEW})(?:\s[a-z]+)?\s(?:in|out\sof)(?:\severy)?\s(?P<bottom>{_FEW}|1[25]|20|25|50|100|1,?000|a\s(?:hundred|thousand|dozen))"
    rf"(?![\w/-]|[,.:]\d|\s?(?:{UNIT}|[ap]\.?m\b)|\s(?:games?|innings|periods?|rounds?|tries|sets))",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?<![\w.,#/$-])(?P<one>\d{1,3})\s?[-–]\s?(?P<two>\d{1,3})(?![\w/-]|,\d|\.\d)")
_ORDINAL = re.compile(r"(?<![\w.,])(?P<num>\d{1,4})(?:st|nd|rd|th)\b")
_WORDS = re.compile(rf"(?<![\w-])(?P<num>{WORD_NUMBER})(?P<scale>{_SCALE})?{_TAIL}(?![\w])", re.IGNORECASE)
_PART = re.compile(
    rf"(?<![\w-])(?:(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|\d)[\s-])?(?P<part>{'|'.join(sorted(PARTS, key=len, reverse=True))})(?![\w-])",
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
    r"(?!\s*\n\w[\w ]{0,30}:\s)[\s-]+(?P<words>(?:(?!(?:and|or|but|in|on|at|by|for|from|with|who|that|which|was|were|is|are|to|as|if|over|under|after|before|since|than|because|while|when|where)\b)[A-Za-z’'-]+(?:\s|(?![\w]))){1,5})"
)
_NO_NUMBER_ONE = re.compile(
    r"(?:\b(?:no|any|every|some|this|that|which|each|the|only|other|another|number|day|as|just)\s)\Z",
    re.IGNORECASE,
)

_NAMED = re.compile(
    r"(?:\b\d{3}[-.\s])?(?<![\d$.,-])\b\d{3}[-.]\d{4}\b(?!\.?\d)|\(\d{3}\)\s?\d{3}[-.]\d{4}"
    r"|\b(?:Room|Route|Road|Highway|Interstate|Suite|Box|Exit|Gate|Flight|District|Precinct|Ward|Section|Chapter|Article|Title|Item|Page|Bill|Case|Ordinance|Resolution|Proposition|Channel|Pier|Unit|Apt\.|No\.|Rule|Act|Amendment|Zone|Lot|Terminal|Building|Station|Engine|Grade|Boeing|Airbus|Type|Phase|Level)\s#?\d[\w.-]*\d|"
    r"\b(?:Room|Route|Road|Highway|Interstate|Suite|Box|Exit|Gate|Flight|District|Precinct|Ward|Section|Chapter|Article|Title|Item|Page|Bill|Case|Ordinance|Resolution|Proposition|Channel|Pier|Unit|Apt\.|No\.|Rule|Act|Amendment|Zone|Lot|Terminal|Building|Station|Engine|Grade|Boeing|Airbus|Type|Phase|Level)\s#?\d\b"
    r"|#\d+\b|\b(?!(?:under|over|mid|pre|post)-)[A-Za-z]{1,6}[-–.]?\d[\w-]*\b|\b\d+[A-Za-z]{1,3}\d+\w*\b|\b\d{5}-\d{4}\b|\b\d+(?:\.\d+){2,}\b"
    r"|\b\d{1,5}(?=\s(?:[NSEW]\.?\s)?(?:[A-Z][\w’'.]+\s){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Drive|Dr|Square|Plaza|Pike|Way|Court|Place|Highway|Parkway)\b)"
)


def find(text: str) -> tuple[Figure, ...]:
    """Every figure of `text`, in order, none overlapping."""
    return _find(text)


@lru_cache(maxsize=512)
def _find(text: str) -> tuple[Figure, ...]:
    taken = _apart(text)
    found: list[Figure] = []
    for reader in (_told, _slashes, _shares, _pairs, _ordinals, _parts, _numerics, _spelled, _in_order):
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
        # "1:06:41" is read as a length too: see `spoken`.
        if mention.kind is MentionKind.TIME and spoken.is_clock(text, mention.start):
            continue
        is_cell = mention.kind is MentionKind.YEAR and text[max(0, mention.start - 2) : mention.start] == "| "
        if mention.kind not in (MentionKind.RELATIVE, MentionKind.WEEKDAY) and not is_cell:
            apart.update(range(mention.start, mention.end))
    for named in identifiers(text):
        apart.update(range(named.start, named.end))
    return apart


def _figure(text: str, start: int, end: int, value: Decimal, unit: str, **more: object) -> Figure:
    before = _HEDGE.search(text[max(0, start - 40) : start])
    said = text[max(0, start - 40) : start][before.start() :].rstrip() if before else ""
    hedge = hedge_of(before["hedge"], unit) if before else ""
    said = said if before and (hedge or HEDGES[re.sub(r"\s+", " ", before["hedge"].lower())] == "") else ""
    after = _AFTER.match(text, end)
    if after and not before:
        hedge = next(kind for kind, words in after.groupdict().items() if words).replace("_", " ")
    counts = _counts(text, after.end() if after else end)
    unit = "" if unit == "year" and counts.startswith("old") else unit
    return Figure(
        start=start, end=end, value=value, unit=unit, hedge=hedge, said=said, counts=counts, words=text[start:end], **more  # type: ignore[arg-type]
    )  # fmt: skip


_AFTER = re.compile(
    r"\s(?:(?P<about>or so|or thereabouts|give or take)|(?P<at_least>(?:or|and) (?:more|over|above|older|higher|longer|greater|up))"
    r"|(?P<at_most>(?:or|and) (?:fewer|less|under|below|younger|lower|shorter)))(?=[\s.,;:)”\"]|\Z)(?!\sthan\b)",
    re.IGNORECASE,
)
"""A hedge after the figure: "2,300 or so", "65 or older"."""


def _counts(text: str, end: int) -> str:
    """The words after a figure that say what it counts; a table's row ends with its line."""
    row = text.rfind("\n", 0, end) + 1
    if text.startswith("\n", end) and " | " in text[row:end]:
        return ""
    counted = _COUNTED.match(text, end)
    return _OF_THEM.sub("", counted["words"].strip()) if counted else ""


_OF_THEM = re.compile(r"^of\s(?:(?:the|its|their|those|these|them|whom|which)\b\s?)?")


def _told(text: str) -> Iterator[Figure]:
    for told in spoken.find(text):
        yield _figure(
            text, told.start, told.end, told.value, told.unit, other=told.other, digits=told.digits, step=told.step
        )  # fmt: skip


def _numerics(text: str) -> Iterator[Figure]:
    for match in _NUMERIC.finditer(text):
        digits = match["num"].replace(",", "")
        scale = SCALES[(match["scale"] or "one").strip(" -\u00a0").lower()]
        value = (Decimal(digits) + _fraction(match["frac"])) * scale
        places = len(digits.partition(".")[2])
        unit = unit_of(match["unit"]) or (match["money"] or "")[-1:]
        of_what = bool(match["scale"]) and text[match.end() : match.end() + 4] == " of "
        sign = -1 if match["sign"] and (match.start() == 0 or text[match.start() - 1].isspace()) else 1
        found = _figure(
            text, match.start() if sign < 0 else match.start() + len(match["sign"] or ""), match.end(), sign * value, unit,
            step=_step(value, places, scale),
        )  # fmt: skip
        # "11.2 million of the jail's line" is no count of jails.
        yield replace(found, counts="") if of_what and not unit else found


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


def _shares(text: str) -> Iterator[Figure]:
    """ "Four in five", "one blossom in 10"; but not "two people in three cars"."""
    for match in _SHARE.finditer(text):
        top, bottom = value_of(match["top"]), value_of(match["bottom"].replace(",", ""))
        parted = (
            match.group().lower().count(" ") > 2 + match["bottom"].count(" ")
            and " out " not in match.group().lower()
        )
        if top >= bottom or (parted and not _ENDS_SHARE.match(text, match.end())):
            continue
        yield _figure(
            text, match.start(), match.end(), top / bottom, "part",
            digits=match["bottom"][:1].isdigit(), step=Decimal("0.001"),
        )  # fmt: skip


_ENDS_SHARE = re.compile(
    r"\s*(?:[,.;:)]|\Z)|\s(?:of|is|was|are|were|has|have|had|to|do|does|did|will|would|said|says|and|or|but)\b"
)


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
        if _is_no_part(text, match, part, count):
            continue
        top = Decimal(1) if count in ("", "a", "an") else value_of(count)
        yield _figure(
            text, match.start(), match.end(), top / PARTS[part], "part", digits=False, step=Decimal("0.001")
        )


_BEFORE_HALF = re.compile(r"\b(?:first|second|latter|last)\s\Z", re.IGNORECASE)


def _is_no_part(text: str, match: re.Match[str], part: str, count: str) -> bool:
    """ "The first half of the year" is a time, and "a fourth, counted for Orde" one more after three."""
    before = text[max(0, match.start() - 40) : match.start()]
    if part == "half" and _BEFORE_HALF.search(before):
        return True
    if count != "a" or part not in ORDINALS or _HEDGE.search(before):
        return False
    return text[match.end() : match.end() + 1] == "," or _is_next(text, match, ORDINALS[part])


_IN_TURN = re.compile(rf"(?i)\b(first|second|{'|'.join(ORDINALS)})\b")


def _is_next(text: str, match: re.Match[str], number: int) -> bool:
    """ "After a second and ... after a third": it goes on counting what the sentence counts, and is no part of anything."""
    if text.startswith(" of ", match.end()):
        return False
    before = re.split(r"[.!?\n]\s", text[max(0, match.start() - 200) : match.start()])[-1]
    told = [word.lower() for word in _IN_TURN.findall(before)]
    return bool(told) and {"first": 1, "second": 2, **ORDINALS}[told[-1]] == number - 1


def _spelled(text: str) -> Iterator[Figure]:
    for match in _WORDS.finditer(text):
        word = match["num"]
        if word.lower() == "one" and not match["scale"] and _is_pronoun(text, match):
            continue
        if _is_in_name(text, match):
            continue
        value = value_of(word) * SCALES[(match["scale"] or "one").strip(" -\u00a0").lower()]
        yield _figure(
            text, match.start(), match.end(), value, unit_of(match["unit"]), digits=False, step=_step(value, 0, Decimal(1))
        )  # fmt: skip


_BY_THE_CLOCK = re.compile(r"\b(?:at|before|after|by|until|till)\s\Z")
_LOWER_BEFORE = re.compile(r"[a-z’'][ \u00a0]\Z")


def _is_in_name(text: str, match: re.Match[str]) -> bool:
    """ "The Three Forks cooperative": capitals after a small word; a headline has capitals before it too."""
    is_named = match["num"][:1].isupper() and bool(re.match(r"[ \u00a0][A-Z][a-z]", text[match.end("num") :]))
    return is_named and bool(_LOWER_BEFORE.search(text[max(0, match.start() - 2) : match.start()]))


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    if _NO_NUMBER_ONE.search(before):
        return True
    if _BY_THE_CLOCK.search(before):
        return False
    return not match["unit"] and re.match(r"\s[a-z]|-[a-z]", text[match.end() :]) is None


_IDLE = frozenset("of the a an its their his her other more new such those these total all".split())  # noqa: SIM905


@lru_cache(maxsize=8192)
def stems(words: str) -> frozenset[str]:
    """The rough stems of the words a figure counts, to tell whether two figures count the same thing."""
    return frozenset(_stem(w) for w in re.findall(r"[a-z]{3,}", words.lower()) if w not in _IDLE)


def _stem(word: str) -> str:
    for ending, instead in (("ies", "y"), ("ses", "s"), ("ches", "ch"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word.removesuffix(ending) + instead
    return word
