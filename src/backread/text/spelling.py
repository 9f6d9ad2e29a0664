"""How a text spells its names: found whatever the capitals and the typography, kept for the texts read last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from backread.text import names
from backread.text.fold import Folded, fold
from backread.text.names import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One text as names are looked up in it."""

    folded: Folded
    lower: str
    words: frozenset[str]
    names: tuple[Name, ...]

    def find(self, name: str) -> tuple[int, int] | None:
        """Where `name` stands, capitals, typography, initials and the periods of an abbreviation aside, in original offsets."""
        return self._as_spelt(name) or self._loosely(name)

    def _loosely(self, name: str) -> tuple[int, int] | None:
        """ "U.N." for "UN" and the other way about, "Ruth B. Orde" for "Ruth Orde"."""
        plain = name.replace(".", "")
        if plain.isupper() and plain.isalpha() and len(plain) <= 5:
            return self._as_spelt(plain) or self._as_spelt("".join(f"{letter}." for letter in plain))
        first, _, last = name.partition(" ")
        if not last or " " in last or min(len(first), len(last)) < 2:
            return None
        middle = rf"(?<!\w){re.escape(first.lower())} (?:\w\. ?)+{re.escape(last.lower())}(?!\w)"
        match = re.search(middle, self.lower)
        return self.folded.original(*match.span()) if match else None

    def _as_spelt(self, name: str) -> tuple[int, int] | None:
        wanted = _lower(fold(name).text).strip()
        at = self.lower.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            before = at == 0 or not self.lower[at - 1].isalnum()
            after = (
                end == len(self.lower) or not self.lower[end].isalnum() or self.lower[end : end + 2] == "s "
            )
            if before and after:
                return self.folded.original(at, end)
            at = self.lower.find(wanted, at + 1)
        return None

    def has_word(self, word: str) -> bool:
        """Whether a word stands here in any case, or in a common other form (warns, warned)."""
        plain = word.lower()
        return plain in self.words or any(
            plain.removesuffix(end) in self.words for end in ("s", "es", "d", "ed", "ing")
        )


@lru_cache(maxsize=128)
def spelling(text: str) -> Spelling:
    """`text` read for looking names up."""
    folded = fold(text)
    lower = _lower(folded.text)
    return Spelling(
        folded=folded,
        lower=lower,
        words=frozenset(re.findall(r"[^\W\d_][\w'-]*", lower)),
        names=names.find(text),
    )


def _lower(text: str) -> str:
    """Lower case without changing the length: a few capitals grow when lowered, and offsets must hold."""
    lowered = text.lower()
    return (
        lowered
        if len(lowered) == len(text)
        else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    )
