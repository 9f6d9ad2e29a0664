"""The words of a version, as bytes by part: what is digested, kept apart, and read again by the builder.

One way to write a story into the parts of a version and one way back, so that the desk that signs and the
builder that prints cannot differ.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from backread.values.canonical import Digest, canonical_bytes, digest_of
from backread.values.capture import CaptureId, Passage
from backread.values.picture import Picture
from backread.values.publication import PARTS
from backread.values.story import BlockKind, Citation, Origin, Part, Story, Words

_FIRST = (BlockKind.HEADLINE, BlockKind.DECK, BlockKind.BYLINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What a version says: the story with its citations, its pictures, and the links it shows (address, words)."""

    story: Story
    pictures: tuple[Picture, ...] = ()
    links: tuple[tuple[str, str], ...] = ()

    def contents(self) -> dict[str, bytes]:
        """The canonical bytes of each of PARTS. Blocks are put in printing order: headline, deck, byline, the rest."""
        parts = in_printing_order(self.story)
        rest = [[str(kind), [w.text for w in words]] for kind, words in parts if kind not in _FIRST]
        date = self.story.date.isoformat() if self.story.date else ""
        cited = [w for kind, words in parts if kind.has_sentences for w in words]
        return {
            "headline": canonical_bytes(_texts(parts, BlockKind.HEADLINE)),
            "deck": canonical_bytes(_texts(parts, BlockKind.DECK)),
            "byline": canonical_bytes(_texts(parts, BlockKind.BYLINE)),
            "body": canonical_bytes({"blocks": rest, "date": date}),
            "links": canonical_bytes([list(link) for link in self.links]),
            "media": canonical_bytes([asdict(picture) for picture in self.pictures]),
            "citations": canonical_bytes([[_cited(c) for c in words.citations] for words in cited]),
        }

    def digests(self) -> dict[str, Digest]:
        """The parts of the version of these words."""
        return {part: digest_of(content) for part, content in self.contents().items()}

    @classmethod
    def read(cls, contents: Mapping[str, bytes]) -> Copy:
        """The copy written in `contents`. Raises ValueError when a part is missing or not exactly what would be written."""
        try:
            copy = _read({part: json.loads(contents[part]) for part in PARTS})
        except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as err:
            raise ValueError("these bytes are not the words of a version") from err
        if copy.contents() != {part: bytes(contents[part]) for part in PARTS}:
            raise ValueError("the words of a version are not in the one form they are written in")
        return copy


def in_printing_order(story: Story) -> tuple[Part, ...]:
    """The parts of `story` as they are printed: headline, deck, byline, then the rest in their own order."""
    parts = story.parts()
    first = [part for kind in _FIRST for part in parts if part[0] is kind]
    return (*first, *(part for part in parts if part[0] not in _FIRST))


def _texts(parts: Sequence[Part], kind: BlockKind) -> list[list[str]]:
    return [[words.text for words in block] for found, block in parts if found is kind]


def _cited(citation: Citation) -> list[str | int]:
    passage = citation.passage
    return [str(passage.capture), passage.start, passage.text, str(citation.origin)]


def _read(told: Mapping[str, Any]) -> Copy:
    blocks: list[tuple[BlockKind, list[str]]] = []
    for kind in _FIRST:
        blocks += [(kind, texts) for texts in told[str(kind)]]
    blocks += [(BlockKind(kind), texts) for kind, texts in told["body"]["blocks"]]
    date = dt.date.fromisoformat(told["body"]["date"]) if told["body"]["date"] else None
    return Copy(
        story=Story.of(_with_citations(blocks, told["citations"]), date=date),
        pictures=tuple(Picture(**picture) for picture in told["media"]),
        links=tuple((address, words) for address, words in told["links"]),
    )


def _with_citations(blocks: Sequence[tuple[BlockKind, list[str]]], cited: Sequence[Any]) -> list[Part]:
    left = list(cited)
    parts: list[Part] = []
    for kind, texts in blocks:
        if kind.has_sentences:
            words = [Words(text=text, citations=_citations(left.pop(0))) for text in texts]
        else:
            words = [Words(text=text) for text in texts]
        parts.append((kind, words))
    return parts


def _citations(told: Sequence[Any]) -> tuple[Citation, ...]:
    return tuple(
        Citation(passage=Passage(capture=CaptureId(capture), start=start, text=text), origin=Origin(origin))
        for capture, start, text, origin in told
    )
