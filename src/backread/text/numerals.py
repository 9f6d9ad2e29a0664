"""Number words and what they are worth: "forty-four", "a dozen", "two hundred and six", "1.3 million"."""

from __future__ import annotations

import re
from decimal import Decimal

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_BIG = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}

SCALES = {
    "one": Decimal(1), "thousand": Decimal(1000), "k": Decimal(1000), "million": Decimal(10**6), "m": Decimal(10**6),
    "billion": Decimal(10**9), "bn": Decimal(10**9), "b": Decimal(10**9), "trillion": Decimal(10**12),
}  # fmt: skip
"""What a scale word after digits multiplies by."""

ORDINALS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
            "eleventh": 11, "twelfth": 12}  # fmt: skip
"""Ordinals in words. "First" and "second" are too loose to count."""

_ANY = "|".join(sorted(_SMALL, key=len, reverse=True))
_JOIN = r"(?:[\s-](?:and\s)?)"
WORD_NUMBER = (
    rf"(?:an?\s(?:half[\s-])?(?:hundred|thousand|million|billion|dozen)|half\sa\s(?:dozen|million)"
    rf"|(?:{_ANY})(?:{_JOIN}(?:{_ANY}|hundred|thousand|million|billion|trillion|dozen)(?![\w])){{0,8}}|dozen)"
)
"""A pattern of a number in words, for IGNORECASE."""


def value_of(words: str) -> Decimal:
    """What a number in words or digits is worth. Raises ValueError for anything else."""
    total = current = 0
    half = False
    for word in re.split(r"[\s-]+", words.lower().strip()):
        if word.isascii() and word.isdigit():
            current += int(word)
        elif word in _SMALL:
            current += _SMALL[word]
        elif word in ("hundred", "dozen"):
            current = (current or 1) * _BIG[word]
        elif word in _BIG:
            total += (current or 1) * _BIG[word]
            current = 0
        elif word == "half":
            half = True
        elif word not in ("a", "an", "and"):
            raise ValueError(f"{words!r} is no number")
    worth = Decimal(total + current)
    return worth / 2 if half else worth
