"""What changed from version to version, sentence by sentence, and how the story was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from difflib import SequenceMatcher

from newsroom.desk.pages.times import near


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One draft of a story: its number, when and by whom, and its sentences."""

    number: int
    at: datetime
    by: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A version beside the one before: pairs of (was, now), '' where there was or is nothing."""

    number: int
    saved: str
    by: str
    changes: tuple[tuple[str, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsPage:
    """How a story came to be."""

    story: str
    slug: str
    told: str
    made: tuple[str, ...]
    steps: tuple[Step, ...]


def versions_page(
    *,
    story: str,
    slug: str,
    wordings: Sequence[Wording],
    made: tuple[str, ...],
    now: datetime,
    zone: tzinfo,
) -> VersionsPage:
    """The page, the newest version first. `made` are the clauses that say how it was made."""
    steps = [
        _step(before, here, now, zone) for before, here in zip([None, *wordings], wordings, strict=False)
    ]
    count = f"{len(wordings)} version" + ("" if len(wordings) == 1 else "s")
    return VersionsPage(story=story, slug=slug, told=count, made=made, steps=tuple(reversed(steps)))


def changes(was: Sequence[str], now: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Sentences that differ, side by side."""
    told: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            old, new = list(was[a:b]), list(now[c:d])
            longest = max(len(old), len(new))
            old += [""] * (longest - len(old))
            new += [""] * (longest - len(new))
            told += zip(old, new, strict=True)
    return tuple(told)


def _step(before: Wording | None, here: Wording, now: datetime, zone: tzinfo) -> Step:
    first = before is None
    return Step(
        number=here.number,
        saved=near(here.at, now, zone),
        by=here.by,
        changes=() if before is None else changes(before.sentences, here.sentences),
        note="As the drafter handed it over." if first else "",
    )
