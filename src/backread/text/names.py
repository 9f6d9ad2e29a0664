"""Names in a text: people, places, organisations, with the role said beside a person's name.

A name is a run of capitalised words; a sentence's first word counts only when it belongs to a run or is
known. Headlines in title case have no such runs: see `is_title_case`. Offsets count code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from backread.text.fold import fold
from backread.text.lexicon import CLOSED, NOT_NAMES, ORGANISATIONS, PLACES, TITLES
from backread.values.area import Area


class NameKind(StrEnum):
    """What a name names, as far as its words tell."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name, without its title; `role` is the title before or the description after it, '' when none is said."""

    start: int
    end: int
    words: str
    kind: NameKind = NameKind.UNKNOWN
    role: str = ""


_TOKEN = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_][\w’']*(?:[-–&/][^\W\d_][\w’']*)*|\d[\w]*")
_LINK = frozenset(
    {"of", "de", "la", "del", "van", "von", "der", "bin", "al", "the", "da", "di", "and", "for"}
)
_CLOSES = re.compile(
    r"[.!?…:][\"”’')\]]*\s+[\"“‘'(\[]*\Z|[\n•]\s*[\"“‘'(\[]*\Z|\A[\s\"“‘'(\[—–-]*\Z|[\"“‘]\Z|[—–:;]\s[\"“‘']?\Z|\.\s*\Z"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gov|Sen|Rep|Lt|Gen|Col|Sgt|Capt|Jr|Sr|Rev|Hon|Prof|No|vs|Ft|Mt|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Cmdr|Maj|Supt|Inc|Co|Corp)|\b[A-Z])\.\s\Z"
)
_SPEECH = re.compile(r"\s(?:said|says|told|added|asked|wrote|warned|noted|argued|moved|seconded|voted)\b")
_ROLE_AFTER = re.compile(
    r"\s*,\s(?:who (?:is|was) )?(?:a |an |the )?(?P<role>[^,.;“”\"\n—]{3,80})(?=[,.;\n—]|\Z)"
)


def find(text: str, area: Area | None = None) -> tuple[Name, ...]:
    """Every name of `text`, in order. `area` tells which words are places and agencies."""
    known = _known(area)
    names = []
    for start, end in _runs(text):
        names += list(_named(text, start, end, known))
    return tuple(names)


def same(one: str, other: str) -> bool:
    """Whether two spellings name the same, told by their words alone: equal, or one the other's tail or head."""
    mine, theirs = _words(one), _words(other)
    if not mine or not theirs:
        return False
    short, long = sorted((mine, theirs), key=len)
    return long[-len(short) :] == short or long[: len(short)] == short


def near(name: str, candidates: Iterable[str], *, likeness: float = 84.0) -> str | None:
    """The candidate that `name` most likely misspells, None when none comes near; never an equal one."""
    wanted = " ".join(_words(name))
    best, best_score = None, likeness
    for candidate in candidates:
        plain = " ".join(_words(candidate))
        if not plain or _is_form(plain, wanted) or abs(len(plain) - len(wanted)) > 4:
            continue
        score = fuzz.ratio(wanted, plain)
        if score > best_score and _is_slip(wanted, plain):
            best, best_score = candidate, score
    return best


def is_title_case(text: str) -> bool:
    """Whether `text` is a headline whose words are capitalised whatever they are."""
    words = [w for w in re.findall(r"[^\W\d_][\w’']*", text) if w.lower() not in CLOSED]
    return len(words) >= 3 and sum(w[0].isupper() for w in words) / len(words) > 0.8


_FORMS = frozenset({"", "s", "es", "n", "ns", "an", "ian", "i", "is", "ese"})


def _is_form(one: str, other: str) -> bool:
    """Whether two spellings are one name, its plural or the people named after it ("Croatia", "Croatians")."""
    short, long = sorted((one.replace("'", ""), other.replace("'", "")), key=len)
    return long.startswith(short) and long[len(short) :] in _FORMS


def _is_slip(one: str, other: str) -> bool:
    mine, theirs = one.split(), other.split()
    if len(mine) != len(theirs):
        return False
    changed = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    return all(
        min(len(a), len(b)) >= 4
        and DamerauLevenshtein.distance(a, b) <= (1 if min(len(a), len(b)) < 6 else 2)
        for a, b in changed
    )


def _words(name: str) -> list[str]:
    plain = fold(name).text.lower()
    return [re.sub(r"'s?$", "", w) for w in re.findall(r"[^\W_][\w'.&-]*", plain)]


def _known(area: Area | None) -> dict[str, NameKind]:
    if area is None:
        return {}
    known = {n.lower(): NameKind.PLACE for p in (*area.places, *area.roads, *area.waters) for n in p.names}
    known |= {n.lower(): NameKind.ORGANISATION for p in area.agencies for n in p.names}
    known |= {official.name.lower(): NameKind.PERSON for official in area.people}
    return known | {area.name.lower(): NameKind.PLACE}


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words, joined by single spaces and small linking words."""
    start = end = link = -1
    for token in _TOKEN.finditer(text):
        word = token.group()
        gap = text[max(end, link) : token.start()] if start >= 0 else ""
        joined = gap in (" ", "\u00a0") or (gap == ". " and link < 0 and _is_short(text, end))
        if joined and word in _LINK:
            link = token.end()
            continue
        if start >= 0 and not (joined and word[0].isupper()):
            yield start, end
            start = -1
        if word[0].isupper():
            start, end = (start if start >= 0 else token.start()), token.end()
        link = -1
    if start >= 0:
        yield start, end


def _is_short(text: str, end: int) -> bool:
    return bool(_ABBREVIATED.search(text[max(0, end - 8) : end] + ". "))


def _named(text: str, start: int, end: int, known: dict[str, NameKind]) -> Iterator[Name]:
    opens = _is_opening(text, start)
    for piece_start, piece_end in _split(text, start, end):
        yield from _one(text, piece_start, piece_end, known, opens=opens and piece_start == start)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs broken where "and" joins two names ("Bascombe and Tillinghast") and after a possessive ("Calder’s Pier")."""
    owner = re.search(r"[’']s\s(?=\S)", text[start:end])
    if owner and not re.search(
        r"[’']s\s(?:Office|Department|Day|Club|Association|Wharf|Court|Hospital|Church)", text[start:end]
    ):
        yield from _split(text, start, start + owner.end() - 1)
        yield from _split(text, start + owner.end(), end)
        return
    if re.search(ORGANISATIONS, text[start:end]) and not re.search(r"\sand\s\w+\Z", text[start:end]):
        yield start, end
        return
    for piece in re.finditer(r"\S.*?(?=\s(?:and|for)\s|\Z)", text[start:end], re.DOTALL):
        words = re.sub(r"^(?:and|for)\s(?:the\s)?", "", piece.group())
        if words:
            yield start + piece.end() - len(words), start + piece.end()


def _one(text: str, start: int, end: int, known: dict[str, NameKind], *, opens: bool) -> Iterator[Name]:
    start = _without_opening(text, start, end) if opens else start
    if opens and (match := _FIRST_OF.match(text, start, end)) and not re.search(ORGANISATIONS, match.group()):
        start = match.end()
    title_end = _title(text, start, end)
    role = text[start:title_end].strip(" ,")
    start = title_end
    end = start + len(re.sub(r"[’']s?$", "", text[start:end])) if start < end else end
    words = text[start:end]
    if not words or not _may_be_name(words):
        return
    lone = " " not in words and not words.isupper()
    if opens and lone and not role and words.lower() not in known and not _speaks(text, words, end):
        return
    kind = _kind(words, known, role)
    if not role and kind in (NameKind.PERSON, NameKind.UNKNOWN) and (after := _ROLE_AFTER.match(text, end)):
        role = _described(after["role"])
    yield Name(start=start, end=end, words=words, kind=kind, role=role)


def _speaks(text: str, words: str, end: int) -> bool:
    """Whether a lone word that opens a sentence is somebody: "Ashgrove said", but not "Critics said"."""
    somebody = not re.search(r"[^s]s\Z", words) and words.lower() not in _NOBODY
    return somebody and bool(_SPEECH.match(text, end))


_NOBODY = frozenset(
    {"police", "staff", "counsel", "management", "everybody", "people", "council", "congress"}
)


def _described(words: str) -> str:
    return words.strip() if re.search(TITLES, words, re.IGNORECASE) and not words[:1].isdigit() else ""


def _is_opening(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start]
    return bool(_CLOSES.search(before)) and not _ABBREVIATED.search(before) if start else True


def _without_opening(text: str, start: int, end: int) -> int:
    """Past the words a sentence opens with that are no part of a name: "The", "In", "Six"."""
    while match := re.match(r"([^\W\d_][\w’']*)\s+", text[start:end]):
        if match.group(1).lower() not in CLOSED:
            break
        start += match.end()
    if text[start:end].lower() in CLOSED:
        return end
    return start


_FIRST_OF = re.compile(r"[^\W\d_]+\s(?:of|from|for|and)\s(?:the\s)?(?=\S)")
_TITLE_RUN = re.compile(rf"(?:[A-Z][\w’'&-]*\s){{0,4}}?(?:{TITLES})\.?(?:\s|\Z)")


def _title(text: str, start: int, end: int) -> int:
    """Where a title before a name ends: "County Administrator Lucius Ferrabee" gives the start of "Lucius"."""
    at = start
    while (match := _TITLE_RUN.match(text[at:end])) and re.match(r"[A-Z]", text[at + match.end() : end]):
        at += match.end()
    return at


def _may_be_name(words: str) -> bool:
    parts = re.findall(r"[^\W\d_][\w’'-]*", words)
    return (
        bool(parts)
        and not all(part.lower() in NOT_NAMES or part.lower() in CLOSED for part in parts)
        and len(words) > 1
    )


def _kind(words: str, known: dict[str, NameKind], role: str) -> NameKind:
    if words.lower() in known:
        return known[words.lower()]
    if re.search(ORGANISATIONS, words):
        return NameKind.ORGANISATION
    if re.search(PLACES, words):
        return NameKind.PLACE
    if role or re.fullmatch(r"[A-Z][\w’'-]+(?:\s[A-Z]\.?)*(?:\s[A-Z][\w’'-]+){1,2}", words):
        return NameKind.PERSON
    return NameKind.ORGANISATION if re.fullmatch(r"[A-Z]{2,6}", words) else NameKind.UNKNOWN
