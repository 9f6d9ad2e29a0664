"""Words cut into the pieces that the small verifier knows, each with its place in the text.

The way of BERT's uncased vocabulary (J. Devlin and others, "BERT: Pre-training of Deep Bidirectional Transformers", NAACL
2019): small letters without accents, punctuation apart, then from each word the longest known piece again and again. Our
own, because the package that does it brings a client of a remote hub with it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

_LONGEST_WORD = 100
"""Code points. A longer word is one unknown piece, as it was in training."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: its number in the vocabulary, and where it stands (code points)."""

    id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter as the vocabulary writes it, and the place of the one it was made from."""

    text: str
    at: int


def vocabulary_of(content: bytes) -> Mapping[str, int]:
    """Pieces and their numbers: one a line, counted from 0."""
    return {word: number for number, word in enumerate(content.decode().splitlines())}


def pieces(text: str, vocabulary: Mapping[str, int]) -> tuple[Piece, ...]:
    """The pieces of a text in order. Never raises; what the vocabulary has not is its unknown piece."""
    return tuple(piece for word in _words(text) for piece in _cut(word, vocabulary))


def _words(text: str) -> Iterator[list[_Letter]]:
    """Words and marks, in plain small letters."""
    word = list[_Letter]()
    for at, letter in enumerate(text):
        if _is_nothing(letter):
            continue
        if letter.isspace() or _is_mark(letter) or _stands_alone(letter):
            if word:
                yield word
            word = []
            if not letter.isspace():
                yield [_Letter(letter, at)]
            continue
        for plain in _plain(letter):
            if _is_mark(plain):
                if word:
                    yield word
                yield [_Letter(plain, at)]
                word = []
            else:
                word.append(_Letter(plain, at))
    if word:
        yield word


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """A letter in small, its accents gone."""
    return "".join(c for c in unicodedata.normalize("NFD", letter.lower()) if unicodedata.category(c) != "Mn")


@lru_cache(maxsize=4096)
def _is_nothing(letter: str) -> bool:
    """Control letters, which are not there for a reader."""
    return letter in "\0\ufffd" or (letter not in "\t\n\r" and unicodedata.category(letter).startswith("C"))


@lru_cache(maxsize=4096)
def _is_mark(letter: str) -> bool:
    """Punctuation, and every sign of ASCII that is no letter, figure or space."""
    return ("!" <= letter <= "~" and not letter.isalnum()) or unicodedata.category(letter).startswith("P")


def _stands_alone(letter: str) -> bool:
    """Signs of Chinese writing, each a word."""
    return any(first <= ord(letter) <= last for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF), (0x2F800, 0x2FA1F)))  # fmt: skip


def _cut(word: list[_Letter], vocabulary: Mapping[str, int]) -> Iterator[Piece]:
    """The longest known piece from each place on; one unknown piece for the whole word where any part is unknown."""
    whole = Piece(vocabulary["[UNK]"], word[0].at, word[-1].at + 1)
    text, at, found = "".join(letter.text for letter in word), 0, list[Piece]()
    if len(text) > _LONGEST_WORD:
        yield whole
        return
    while at < len(text):
        end = next(
            (e for e in range(len(text), at, -1) if ("##" if at else "") + text[at:e] in vocabulary), 0
        )
        if not end:
            yield whole
            return
        found.append(
            Piece(vocabulary[("##" if at else "") + text[at:end]], word[at].at, word[end - 1].at + 1)
        )
        at = end
    yield from found
