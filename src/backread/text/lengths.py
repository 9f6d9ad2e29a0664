"""Lengths of time that a reporter works out: between two times, two days, two months, two years, or until the day of the story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from backread.text.dates import Mention, MentionKind, is_open
from backread.text.figures import Figure
from backread.text.sums import fits


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """How a figure was worked out: `shown` is the arithmetic, `parts` the figures and times of the evidence it comes of."""

    shown: str
    parts: tuple[Figure | Mention, ...]


LENGTHS = {
    "second": Decimal(1) / 60, "minute": Decimal(1), "hour": Decimal(60), "day": Decimal(1440), "week": Decimal(10080),
    "month": Decimal(43830), "year": Decimal(525960),
}  # fmt: skip
"""Minutes in each."""
_DAY, _MONTH, _YEAR = (int(LENGTHS[unit]) for unit in ("day", "month", "year"))


def between(claim: Figure, times: Sequence[Mention], on: dt.date) -> Derived | None:
    """A length of time between two days, two years or two times; in years and months also until `on`."""
    for one, other in combinations(times, 2):
        for minutes in _apart(one, other, on):
            if minutes and _is_near(claim, Decimal(minutes) / LENGTHS[claim.unit]):
                return Derived(shown=f"from {one.words} to {other.words}", parts=(one, other))
    for mention in times if claim.unit == "year" else ():
        if mention.year and claim.value == on.year - mention.year:
            return Derived(shown=f"from {mention.words} to {on.year}", parts=(mention,))
    return None


def age(claim: Figure, times: Sequence[Mention], on: dt.date) -> Derived | None:
    """How old somebody or something of a whole date or of a year is on the day of the story."""
    for mention in times:
        born = _day(mention, on) if mention.year else None
        years = (
            on.year
            - (mention.year or on.year)
            - (born is not None and (on.month, on.day) < (born.month, born.day))
        )
        if mention.year and claim.value == years:
            return Derived(shown=f"from {mention.words} to {on.year}", parts=(mention,))
    return None


def _is_near(claim: Figure, value: Decimal) -> bool:
    """Whether a length may be told so: to the last digit written, at most to ones, and at most a tenth off."""
    if claim.hedge in ("", "about"):
        slack = claim.value * Decimal("0.05") if claim.hedge else Decimal(0)
        rounding = (
            min(min(claim.step, Decimal(1)) / 2, claim.value / 10) if claim.value > 1 else Decimal("0.1")
        )
        return abs(value - claim.value) <= max(rounding, slack)
    return fits(claim, value)


def _apart(one: Mention, other: Mention, on: dt.date) -> Iterator[int]:
    """The minutes that may lie between two mentions of one kind."""
    if one.time and other.time:
        yield from _of_clock(one, other)
    elif one.kind is other.kind is MentionKind.YEAR and one.year and other.year:
        yield abs(one.year - other.year) * _YEAR
    elif (first := _day(one, on)) and (last := _day(other, on)):
        yield abs((first - last).days) * _DAY
        if bool(one.year) != bool(other.year) and (
            same := _day(replace(one, year=other.year or one.year), on)
        ):
            # "Two days later than the old mark, set on May 9, 1977": days of the year are compared.
            yield abs((same - (_day(replace(other, year=other.year or one.year), on) or last)).days) * _DAY
    elif one.month and other.month and one.year and other.year:
        months = abs((one.year - other.year) * 12 + one.month - other.month)
        yield months * _MONTH
        # From August through September of the next year are fourteen months.
        yield (months + 1) * _MONTH


def _of_clock(one: Mention, other: Mention) -> Iterator[int]:
    """The minutes between two times of day; half a day more or less where one leaves its half open."""
    if one.time is None or other.time is None:
        return
    minutes = abs((one.time.hour - other.time.hour) * 60 + one.time.minute - other.time.minute)
    yield from (minutes, 1440 - minutes)
    if is_open(one) or is_open(other):
        yield abs(720 - minutes)


def _day(mention: Mention, on: dt.date) -> dt.date | None:
    """The day of a whole date, one without a year in that of `on`; None for anything else."""
    if not mention.month or not mention.day:
        return None
    try:
        return dt.date(mention.year or on.year, mention.month, mention.day)
    except ValueError:
        return None
