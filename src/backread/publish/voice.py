"""What a page may say: the statement's words handed in from review, and the theme's listed strings.

Every visible string of a page is said through `Speech`, which remembers it; after rendering, the page is read
back and whatever was not said here is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from backread.errors import PublishError
from backread.values.statement import Clause, ClauseId, Statement

MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_FULL = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The words of review.statement, as functions: `words` of a clause, `top` clauses of a statement, `reasons`
    a clause may be printed for, and `refuses`: what is wrong with a text of the outlet's own (None: nothing)."""

    words: Callable[[Clause], str]
    top: Callable[[Statement], tuple[Clause, ...]]
    reasons: Mapping[ClauseId, str]
    refuses: Callable[[str], object | None]


@dataclass(slots=True)
class Speech:
    """The strings of one page, as they are said. `listed` are the theme's strings by name, with {places}."""

    listed: Mapping[str, str]
    zone: ZoneInfo
    said: set[str] = field(default_factory=set)

    def say(self, text: str) -> str:
        """`text`, which the record proves may stand on the page."""
        self.said.add(plain(text))
        return text

    def t(self, name: str, /, **fills: str | int) -> str:
        """The theme's string `name`, filled with numbers and with strings that were said. Raises PublishError."""
        for fill in fills.values():
            if not isinstance(fill, int) and plain(fill) not in self.said:
                raise PublishError(f"the string {name!r}", step="fill it", hint=f"Nothing proves {fill!r}.")
        try:
            return self.say(self.listed[name].format(**fills))
        except (KeyError, IndexError, ValueError) as err:
            raise PublishError(
                f"the theme's string {name!r}", step="say it", hint="It is not listed, or has other places."
            ) from err

    def day(self, moment: datetime | date) -> str:
        """“Oct. 16, 2026”, local to the outlet."""
        local = moment.astimezone(self.zone) if isinstance(moment, datetime) else moment
        return self.say(f"{MONTHS[local.month - 1]} {local.day}, {local.year}")

    def long_day(self, moment: datetime) -> str:
        """“Friday, Oct. 16, 2026”."""
        return self.say(f"{_DAYS[moment.astimezone(self.zone).weekday()]}, {self.day(moment)}")

    def moment(self, moment: datetime) -> str:
        """“Friday, Oct. 16, 2026, 6:40 a.m. EDT”."""
        local = moment.astimezone(self.zone)
        half = "a.m." if local.hour < 12 else "p.m."
        clock = f"{(local.hour - 1) % 12 + 1}:{local.minute:02} {half} {local.tzname()}"
        return self.say(f"{self.long_day(moment)}, {clock}")

    def month(self, key: str) -> str:
        """“October 2026” for “2026/10”."""
        year, _, number = key.partition("/")
        return self.say(f"{_FULL[int(number) - 1]} {year}")


def plain(text: str) -> str:
    """`text` with every run of white space (no-break ones too) as one space."""
    return " ".join(text.split())


def listed_strings(theme: Path, voice: Voice) -> Mapping[str, str]:
    """The strings of a theme. Raises PublishError when one claims what nothing here can prove."""
    told: dict[str, str] = tomllib.loads((theme / "strings.toml").read_text("utf-8"))
    for name, text in told.items():
        if (wrong := voice.refuses(text)) is not None:
            raise PublishError(f"the theme's string {name!r}", step="use it", hint=str(wrong))
    return told
