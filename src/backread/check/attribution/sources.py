"""What the captures say, sentence by sentence, and whether it is their own voice or somebody in them who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from backread.check.attribution.words import ATTRIBUTED
from backread.check.base import Context
from backread.text import quotations
from backread.text.alignment import keys
from backread.text.sentences import split
from backread.values.capture import Capture, Passage
from backread.values.source import Terms
from backread.values.story import Sentence

_OWN_VOICE = frozenset({Terms.RELEASE, Terms.SOCIAL})
"""Whose documents speak for whoever puts them out, from the first line to the last."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a capture. `bare` is it with quoted words blanked out; `keys` are its words with content."""

    capture: Capture
    start: int
    text: str
    bare: str
    keys: frozenset[str]

    @property
    def passage(self) -> Passage:
        """Where it stands."""
        return self.capture.passage(self.start, self.start + len(self.text))

    @property
    def speaks(self) -> bool:
        """Whether somebody in the document says it, and not the document: told as said, or most of it quoted."""
        return ATTRIBUTED.search(self.bare) is not None or 2 * len(keys(self.bare)) < len(self.keys)

    def is_claim(self, start: int, end: int) -> bool:
        """Whether the words at a place of it are somebody's: quoted, told as said, or in a document that speaks for its sender."""
        quoted = self.bare[start:end] != self.text[start:end]
        return quoted or bool(ATTRIBUTED.search(self.bare)) or self.capture.terms in _OWN_VOICE


@lru_cache(maxsize=128)
def said(capture: Capture) -> tuple[Said, ...]:
    """The sentences of a capture, in order."""
    bare = quotations.outside(capture.text)
    return tuple(
        Said(capture, start, capture.text[start:end], bare[start:end], keys(capture.text[start:end]))
        for start, end in split(capture.text)
    )


def dossier(sentence: Sentence, context: Context) -> Iterator[Said]:
    """What every capture says, the cited ones first."""
    for capture in dict.fromkeys((*context.cited(sentence), *context.captures)):
        yield from said(capture)


def alike(words: str, there: Iterable[Said], share: float, least: int = 4) -> list[Said]:
    """What holds this share of the content of `words`, and at least so many of its words; the nearest first."""
    wanted = frozenset(key for key in keys(words) if not key[:1].isdigit())
    shared = [(len(wanted & one.keys), one) for one in there]
    near = [(count, one) for count, one in shared if count >= max(least, share * len(wanted))]
    return [one for _, one in sorted(near, key=lambda pair: -pair[0])]


def places(words: str, there: Iterable[Said]) -> Iterator[tuple[Said, int, int]]:
    """Where a phrase stands, whatever its case and hyphens."""
    phrase = r"[\s-]".join(re.escape(part) for part in re.split(r"[\s-]", words))
    pattern = re.compile(rf"(?<!\w){phrase}(?!\w)", re.IGNORECASE)
    for one in there:
        for match in pattern.finditer(one.text):
            yield one, match.start(), match.end()
