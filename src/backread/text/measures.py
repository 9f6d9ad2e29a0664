"""Units, parts and hedges: how newsrooms measure, and the words that say how exactly."""

from __future__ import annotations

import re
from decimal import Decimal

FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "1/3", "⅔": "2/3", "⅛": "0.125"}
PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
          "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
          "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10}  # fmt: skip
UNITS = {
    "percent": "percent", "per cent": "percent", "%": "percent", "percentage point": "point", "foot": "foot",
    "feet": "foot", "ft": "foot", "inch": "inch", "mile": "mile", "mph": "mph", "acre": "acre", "gallon": "gallon",
    "degree": "degree", "hour": "hour", "minute": "minute", "second": "second", "day": "day", "week": "week", "month": "month",
    "year": "year", "decade": "decade", "ton": "ton", "pound": "pound", "kilometer": "kilometer", "meter": "meter",
    "milliliter": "milliliter", "liter": "liter", "cent": "cent", "dollar": "$", "euro": "€", "yard": "yard",
    "megaliter": "megaliter", "centimeter": "centimeter", "millimeter": "millimeter", "gram": "gram", "kilogram": "kilogram",
    "ounce": "ounce", "tonne": "tonne", "hectare": "hectare", "litre": "liter", "millilitre": "milliliter", "megalitre": "megaliter",
    "metre": "meter", "kilometre": "kilometer", "centimetre": "centimeter", "millimetre": "millimeter", "kilo": "kilogram",
    "ha": "hectare", "km": "kilometer", "cm": "centimeter", "mm": "millimeter", "kg": "kilogram", "lb": "pound", "lbs": "pound",
    "pence": "penny", "penny": "penny", "min": "minute", "hr": "hour", "yr": "year", "sec": "second",
    "mile an hour": "mph", "miles an hour": "mph", "miles per hour": "mph", "mile per hour": "mph",
    "kilometer an hour": "km/h", "kilometers an hour": "km/h", "kilometre an hour": "km/h", "kilometres an hour": "km/h",
    "kilometers per hour": "km/h", "kilometres per hour": "km/h", "km/h": "km/h", "kph": "km/h", "kmh": "km/h",
}  # fmt: skip
"""Units as they are written, in the singular, and the one spelling of each."""

_WRITTEN = (
    "|".join(sorted(UNITS, key=len, reverse=True)).replace(" ", r"\s").replace("|%", "").replace("%|", "")
)
UNIT = (
    rf"(?:%|(?<=\d)p(?!\w|\.m)|(?!foot\s(?:patrol|traffic|race|soldier|path))(?:{_WRITTEN})(?:s|es)?(?!\w))"
)
"""A pattern of a unit, for IGNORECASE."""

_BASES = {
    "minute": ("second", 60), "hour": ("second", 3600), "day": ("second", 86_400), "week": ("second", 604_800),
    "year": ("month", 12), "decade": ("month", 120), "foot": ("inch", 12), "yard": ("inch", 36), "pound": ("ounce", 16),
    "liter": ("milliliter", 1000), "megaliter": ("milliliter", 10**9), "centimeter": ("millimeter", 10), "meter": ("millimeter", 1000),
    "kilometer": ("millimeter", 10**6), "kilogram": ("gram", 1000), "tonne": ("gram", 10**6), "$": ("cent", 100),
    "£": ("penny", 100),
}  # fmt: skip


def base_of(unit: str) -> tuple[str, Decimal]:
    """The unit that `unit` is a whole number of, and that number: a week is 604,800 seconds. Itself and 1 for any other."""
    base, times = _BASES.get(unit, (unit, 1))
    return base, Decimal(times)


HEDGES = {
    "at least": "at least", "no fewer than": "at least", "no less than": "at least", "a minimum of": "at least",
    "more than": "more than", "over": "more than", "greater than": "more than", "above": "more than", "upwards of": "more than",
    "at most": "at most", "no more than": "at most", "up to": "at most", "as many as": "at most", "as much as": "at most",
    "larger than": "more than", "bigger than": "more than", "longer than": "more than", "higher than": "more than", "older than": "more than",
    "smaller than": "less than", "shorter than": "less than", "lower than": "less than", "younger than": "less than",
    "fewer than": "less than", "less than": "less than", "under": "less than", "below": "less than",
    "about": "about", "around": "about", "roughly": "about", "approximately": "about", "some": "about", "an estimated": "about",
    "estimated": "about", "nearly": "nearly", "almost": "nearly", "close to": "nearly", "just under": "nearly",
    "a little less than": "nearly", "a little under": "nearly", "slightly less than": "nearly", "not quite": "nearly",
    "slightly over": "more than", "a bit more than": "more than", "just more than": "more than", "just over": "more than", "a little more than": "more than", "a little over": "more than", "well over": "more than",
    "slightly more than": "more than", "only": "", "exactly": "", "just": "",
}  # fmt: skip
"""The words that hedge a figure, and the class each belongs to."""


def unit_of(words: str | None) -> str:
    """The unit that words such as "miles" or "per cent" name, in one spelling; '' for none."""
    if not words:
        return ""
    words = re.sub(r"\s+", " ", words.lower())
    if words == "p":
        return "penny"
    return (
        UNITS.get(words) or UNITS.get(words.removesuffix("s")) or UNITS.get(words.removesuffix("es")) or words
    )


_SPANS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})


def hedge_of(words: str, unit: str) -> str:
    """The class of a hedge's words before a figure of this unit; '' where they hedge nothing.

    "Over five years" is a time and "under 38 orders" a reason: small words hedge only where they measure.
    """
    words = re.sub(r"\s+", " ", words.lower())
    if (words == "over" and unit in _SPANS) or (words in ("under", "below", "above") and not unit):
        return ""
    return HEDGES[words]
