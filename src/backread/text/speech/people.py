"""The people of a text: every name outside quotations, the fullest form of each, and the role it is told with.

Worked out once a text and looked up by place, so that asking for one quotation after another costs no more in a long
text than in a short one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from backread.text import names, quotations
from backread.text.dates import WEEKDAYS
from backread.text.lexicon import CLOSED, TITLES
from backread.text.names import Name, NameKind
from backread.text.spelled_days import MONTHS

MOST = 60
"""Names and forms of a name that are compared at most, the nearest ones: no paragraph of news has more people."""

_BODY = re.compile(
    r"(?i)\b(?:statement|release|report|letter|newsletter|bulletin|advisory|notice|memo|filing|complaint|lawsuit|study|survey|department|authority|office|agency|company|board|"
    r"council|commission|committee|union|district|county|city|state|court|police|school|hospital|institute|group|campaign|website|email|post|sign|"
    r"document|order|ruling|policy|ordinance|agenda|minutes|petition|book|law|rule|plan|service)\b"
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """A text and the names in it, in order; places are code points of the text."""

    text: str
    names: tuple[Name, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [name.start for name in self.names]

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        """Forms of the people's names by their last word."""
        found: dict[str, dict[str, None]] = {}
        for name in self.names:
            if self.is_person(name) and (parts := _parts(name.words)):
                forms = found.setdefault(parts[-1], {})
                if len(forms) < MOST:
                    forms[name.words] = None
        return {last: list(forms) for last, forms in found.items()}

    @cached_property
    def _roles(self) -> dict[str, list[Name]]:
        """The people by each word of a role said beside them: as a title, straight before, behind a comma, in brackets."""
        found: dict[str, list[Name]] = {}
        for name in self.names:
            if self.is_person(name):
                before = _BEFORE.search(self.text[max(0, name.start - 30) : name.start])
                behind = _IN_BRACKETS.match(self.text, name.end, name.end + 40)
                beside = [match[1].lower() for match in (before, behind) if match]
                for word in dict.fromkeys([*name.role.lower().split(), *beside]):
                    found.setdefault(word, []).append(name)
        return found

    @cached_property
    def topic(self) -> str:
        """The one person the first line names; '' for none or several."""
        found = self.named(0, max(0, self.text.find("\n")))
        return found[0] if len(found) == 1 else ""

    def between(self, start: int, end: int) -> tuple[Name, ...]:
        """The names that begin from `start` up to `end`."""
        return self.names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def within(self, start: int, end: int) -> list[Name]:
        """The names that overlap a stretch."""
        first = max(0, bisect_left(self._starts, start) - 1)
        return [n for n in self.names[first : bisect_left(self._starts, end)] if start < n.end]

    def first(self, start: int, end: int) -> Name | None:
        """The first person between two places."""
        return next((n for n in self.between(start, end) if self.is_person(n)), None)

    def named(self, start: int, end: int) -> tuple[str, ...]:
        """The people between two places, each once by the fullest name; of more than `MOST` names the last ones."""
        near = (n for n in self.between(start, end)[-MOST:] if self.is_person(n))
        return self._distinct(near)

    def with_role(self, word: str) -> tuple[str, ...]:
        """The people whose role has this word."""
        return self._distinct(self._roles.get(word, [])[:MOST])

    def is_person(self, name: Name) -> bool:
        """Whether a name is a person's; one that might be is taken for one, unless it is a day's or a body's."""
        if _NO_PERSON.search(name.words):
            return False
        return name.kind is NameKind.PERSON or (name.kind is NameKind.UNKNOWN and not is_body(name.words))

    def fullest(self, words: str) -> str:
        """The longest form of a name in the text that ends as it does."""
        forms = self._forms.get((_parts(words) or [""])[-1], ())
        return max([words, *(form for form in forms if names.same(form, words))], key=len)

    def _distinct(self, found: Iterable[Name]) -> tuple[str, ...]:
        """Each person once; a lone word that is nobody's last name is passed over."""
        told: list[str] = []
        for full in dict.fromkeys(self._full(found)):
            told += [full] if not any(is_same(full, other) for other in told) else []
        return tuple(told)

    def _full(self, found: Iterable[Name]) -> Iterator[str]:
        for name in found:
            full = self.fullest(name.words)
            if name.kind is NameKind.PERSON or " " in full:
                yield full


@lru_cache(maxsize=64)
def people(text: str) -> People:
    """The names outside quotations, and each later last name of a person, also where it opens a sentence."""
    plain = quotations.outside(text)
    found = {name.start: name for name in names.find(plain)}
    full = {n.words.split()[-1] for n in found.values() if n.kind is NameKind.PERSON and " " in n.words}
    taken = {at for name in found.values() for at in range(name.start, name.end)}
    for match in re.finditer(r"\b[A-Z][\w’'-]+", plain):
        last = re.sub(r"[’']s?$", "", match.group())
        if last in full and match.start() not in taken:
            end = match.start() + len(last)
            found[match.start()] = Name(start=match.start(), end=end, words=last, kind=NameKind.PERSON)
    return People(text, tuple(found[start] for start in sorted(found)))


def is_body(words: str) -> bool:
    """Whether words name a body or a document."""
    return _BODY.search(words) is not None


def is_same(one: str, other: str) -> bool:
    """Whether two names are one person's: equal, one the other's part, or the same last name and no other first one.

    An initial ("T. Orde") and a first name cut short ("Tam Orde") are no other.
    """
    if names.same(untitled(one), untitled(other)):
        return True
    mine, theirs = _parts(one), _parts(other)
    if not mine or not theirs:
        return False
    if _is_cut(mine, theirs) or _is_cut(theirs, mine):
        return True
    if mine[-1] != theirs[-1]:
        return False
    short, long = sorted((mine[0], theirs[0]), key=len)
    return len(mine) == 1 or len(theirs) == 1 or (len(short) in (1, *_CUT) and long.startswith(short))


def _is_cut(short: list[str], long: list[str]) -> bool:
    """ "Hal D." in notes, for Hal Dunlevy."""
    return (
        len(short) > 1
        and len(short[-1]) == 1
        and short[0] == long[0]
        and len(long) > 1
        and long[-1].startswith(short[-1])
    )


def may_be_same(one: str, other: str) -> bool:
    """Whether two names could yet be one person's: of one last name, the first names begin alike ("Jim", "James")."""
    mine, theirs = _parts(one), _parts(other)
    if not mine or not theirs or mine[-1] != theirs[-1]:
        return False
    return is_same(one, other) or mine[0][0] == theirs[0][0]


_CUT = range(3, 40)
"""Letters that a first name keeps at least where it is cut short."""
_BEFORE = re.compile(r"\b([a-z][\w-]+)\s\Z")
_IN_BRACKETS = re.compile(r"(?i)\s\((?:the\s)?([^()]+)\)")
_NO_PERSON = re.compile(rf"(?i)\b(?:day|christmas|easter|eve|{'|'.join([*WEEKDAYS, *MONTHS])})$")
_TITLES = frozenset({"jr", "sr", "mr", "mrs", "ms", "miss", "dr", "rev", "sgt", "lt", "capt", "cllr", "councillor", "councillors", "judge", "chief", "sir"})  # fmt: skip


_HEAD = re.compile(rf"(?i)(?:cr|asst|assistant|president|{TITLES})\.?\s+(?=\S)")


def untitled(name: str) -> str:
    """A name without the titles it opens with: "CR DI MARCO" is a Di Marco; a lone word is kept, title or not."""
    while head := _HEAD.match(name):
        name = name[head.end() :]
    return name


def _parts(name: str) -> list[str]:
    words = [w.lower() for w in re.findall(r"[^\W\d_][\w’'-]*", untitled(name))]
    return [w for w in words if w not in CLOSED and w not in _TITLES]
