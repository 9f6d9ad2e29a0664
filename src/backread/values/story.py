"""A story as words: blocks, sentences, and the passages each sentence rests on.

`Story.text` is the one string every offset counts into (code points). A story is built by `Story.of`,
which computes the offsets, so text, blocks and sentences cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from backread.values.capture import Passage


class BlockKind(StrEnum):
    """The parts of a story, in the order they are printed."""

    HEADLINE = "headline"
    DECK = "deck"
    BYLINE = "byline"
    CREDIT = "credit"
    ALT_TEXT = "alt text"
    CAPTION = "caption"
    DATE_LINE = "date line"
    PARAGRAPH = "paragraph"
    STATEMENT = "statement"

    @property
    def has_sentences(self) -> bool:
        """Whether its words are sentences that need citations; the others are blocks without citation."""
        return self in _SENTENCED


_SENTENCED = {BlockKind.HEADLINE, BlockKind.DECK, BlockKind.CAPTION, BlockKind.PARAGRAPH, BlockKind.STATEMENT}


class Origin(StrEnum):
    """Who chose a citation."""

    DRAFTER = "drafter"
    FOUND = "found"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A passage a sentence rests on, and who chose it."""

    passage: Passage
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence. `start` and `end` frame it in `Story.text`; `block` is its block's index."""

    index: int
    text: str
    start: int
    block: int
    citations: tuple[Citation, ...] = ()

    @property
    def end(self) -> int:
        """One past the last code point in the story's text."""
        return self.start + len(self.text)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages cited, in order."""
        return tuple(citation.passage for citation in self.citations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of the story, as a stretch of `Story.text`."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A sentence before it has a place in a story: its text and citations."""

    text: str
    citations: tuple[Citation, ...] = ()


Part = tuple[BlockKind, Sequence[Words]]
"""One block to build from; for a block without sentences, exactly one `Words` without citations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The words of a story, cut into blocks and sentences. `date` is that of its date line."""

    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    date: dt.date | None = None

    @classmethod
    def of(cls, parts: Iterable[Part], *, date: dt.date | None = None) -> Story:
        """Build a story from its parts: blocks by a blank line, sentences by a space, a date line before its paragraph."""
        text = ""
        blocks: list[Block] = []
        sentences: list[Sentence] = []
        for kind, words in parts:
            glue = "" if not text else " " if blocks[-1].kind is BlockKind.DATE_LINE else "\n\n"
            text += glue
            start = len(text)
            for number, sentence in enumerate(words):
                text += " " if number else ""
                if kind.has_sentences:
                    sentences.append(
                        Sentence(
                            index=len(sentences),
                            text=sentence.text,
                            start=len(text),
                            block=len(blocks),
                            citations=sentence.citations,
                        )
                    )
                text += sentence.text
            blocks.append(Block(kind=kind, start=start, end=len(text)))
        return cls(text=text, blocks=tuple(blocks), sentences=tuple(sentences), date=date)

    def parts(self) -> tuple[Part, ...]:
        """The parts it can be built from again."""
        return tuple((block.kind, self._words(index)) for index, block in enumerate(self.blocks))

    def of_block(self, index: int) -> tuple[Sentence, ...]:
        """The sentences of block `index`, in order."""
        return tuple(sentence for sentence in self.sentences if sentence.block == index)

    def words_of(self, kind: BlockKind) -> tuple[str, ...]:
        """The text of every block of this kind."""
        return tuple(self.text[block.start : block.end] for block in self.blocks if block.kind is kind)

    def kind_of(self, sentence: Sentence) -> BlockKind:
        """The kind of block a sentence stands in."""
        return self.blocks[sentence.block].kind

    def cited(self, index: int, citations: tuple[Citation, ...]) -> Story:
        """The same words, with other citations on sentence `index`."""
        changed = (replace(s, citations=citations) if s.index == index else s for s in self.sentences)
        return replace(self, sentences=tuple(changed))

    def _words(self, index: int) -> tuple[Words, ...]:
        block = self.blocks[index]
        if not block.kind.has_sentences:
            return (Words(text=self.text[block.start : block.end]),)
        return tuple(Words(text=s.text, citations=s.citations) for s in self.of_block(index))
