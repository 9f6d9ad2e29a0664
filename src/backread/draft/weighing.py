"""Choose what to tell: which paragraphs, in what order, and what each one needs to be understood."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from backread.draft.reading import Told
from backread.text import quotations
from backread.values.area import Area

Paragraph = tuple[Told, ...]

_LEANING = re.compile(
    r"^[“\"]?(?:He|She|They|It|This|That|These|Those|His|Her|Their|Its|But|And|Also|However|Both|Neither|The (?:grant|report|number))\b"
)
_PEOPLE = (
    r"(?:Customers|Residents|People|Drivers|Owners|Boaters|Swimmers|Parents|Families|Students|Riders|Renters|Voters"
    r"|Tenants|Patients|Businesses|Households|Passengers|Pet owners|Taxpayers)"
)
_DIRECTS = re.compile(rf"^{_PEOPLE}\b[^.]{{0,40}}? (?:should|must|are (?:asked|advised|told|ordered))\b")
_TOUCHES = re.compile(rf"^{_PEOPLE}\b[^.]{{0,40}}? (?:should|must|may|can|will|would|are)\b")
_FULL = re.compile(r"\b(?:[A-Z][a-z’']+ )+(?P<last>[A-Z][a-z’']+)\b")
_FUTURE = re.compile(r"\b(?:will|scheduled|may apply|open on)\b")
_STAGED = re.compile(r"\b(?:attended|spoke (?:after|before|at)|gathered|welcomed|closed to the public)\b")
_FIGURE = re.compile(r"\$?\d")
_CRITIC = re.compile(
    r"\b(?:criticized|criticised|opposes?|opposed|objects?|objected|disagrees?|disputed|condemned)\b"
)
_SPEAKER = re.compile(
    r"\bsaid (?P<name>[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+)|(?P<before>[A-Z][a-z]+ [A-Z][a-z]+) said\b"
)


def names_area(text: str, area: Area | None) -> bool:
    """Whether a sentence names the coverage area or a place of it, as whole words."""
    if area is None:
        return False
    return any(
        re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
        for place in area.named
        for name in place.names
    )


def leans(told: Told) -> bool:
    """Whether a sentence cannot stand without the one before it."""
    return leans_on(told.text)


def leans_on(text: str) -> bool:
    """Whether words begin as those do that go on from a sentence before."""
    return bool(_LEANING.match(text))


def directs(paragraph: Paragraph) -> bool:
    """Whether a paragraph tells people what they should do for their safety or rights."""
    return bool(paragraph and _DIRECTS.match(paragraph[0].text))


def touches(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with what people will or may do, or have to."""
    return bool(paragraph and _TOUCHES.match(paragraph[0].text))


def needed(paragraph: int, among: Sequence[Paragraph]) -> set[int]:
    """The earlier paragraphs that one needs: where its people are introduced, and the one it leans on."""
    words = " ".join(told.text for told in among[paragraph])
    before: set[int] = set()
    for earlier in range(paragraph):
        text = " ".join(told.text for told in among[earlier])
        for found in _FULL.finditer(text):
            bare = rf"(?<![A-Z][a-z] )(?<![a-z]{{2}} [A-Z]){re.escape(found['last'])}\b"
            if found.group() not in words and re.search(bare, words) and _is_person(found["last"], words):
                before.add(earlier)
                break
    if paragraph and leans(among[paragraph][0]):
        before.add(paragraph - 1)
    return _first_only(before, paragraph, among)


def _is_person(last: str, words: str) -> bool:
    return bool(
        re.search(
            rf"\b{re.escape(last)}\b (?:said|asked|told|was|is|moved|spoke|adjourned)|, {re.escape(last)} said|after {re.escape(last)}\b",
            words,
        )
    )


def _first_only(before: set[int], paragraph: int, among: Sequence[Paragraph]) -> set[int]:
    """Of several paragraphs that name the same people, the first is enough; the leaned-on one always stays."""
    if not before:
        return before
    kept = {min(before)}
    if paragraph and leans(among[paragraph][0]):
        kept.add(paragraph - 1)
    return kept


def weight(paragraph: Paragraph, area: Area | None, index: int, among: Sequence[Paragraph]) -> float:
    """How much a paragraph tells, per sentence; what stands early and who speaks for the first time counts more."""
    text = " ".join(told.text for told in paragraph)
    points = 3.0 * bool(quotations.find(text))
    points += 2.0 * bool(_FIGURE.search(text)) + 2.5 * bool(_FUTURE.search(text))
    points += 4.0 * names_area(text, area) + 4.0 * touches(paragraph) - 4.0 * bool(_STAGED.search(text))
    first_heard = 4.0 * _new_speaker(paragraph, among[:index])
    return points / math.sqrt(len(paragraph)) + first_heard + 2.5 * (1 - index / len(among))


def _new_speaker(paragraph: Paragraph, before: Sequence[Paragraph]) -> bool:
    """Whether somebody is quoted who was not quoted before."""
    earlier = {q.speaker for p in before for told in p for q in quotations.find(told.text) if q.speaker}
    here = {q.speaker for told in paragraph for q in quotations.find(told.text) if q.speaker}
    known = {speaker.split()[-1] for speaker in earlier}
    return any(s.split()[-1] not in known and s.lower() not in ("he", "she", "they") for s in here)


def is_critical(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a source objects, and a named person speaks for it."""
    text = " ".join(told.text for paragraph in paragraphs for told in paragraph)
    return bool(_CRITIC.search(text)) and bool(_SPEAKER.search(text)) and bool(quotations.find(text))


def has_quote(told: Told) -> bool:
    """Whether a sentence quotes."""
    return bool(quotations.find(told.text))


def has_figure(told: Told) -> bool:
    """Whether a sentence gives a figure."""
    return bool(_FIGURE.search(told.text))
