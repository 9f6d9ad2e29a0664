"""What changed from version to version, sentence by sentence, and how the story was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from difflib import SequenceMatcher

from newsroom.desk.pages.times import near

_WORDS = re.compile(r"\w+(?:[.,:’'-]\w+)*|\s+|.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One draft of a story: its number, when and by whom, and its sentences."""

    number: int
    at: datetime
    by: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words of one side in a row. `differs`: they stand on this side alone."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A sentence as it was and as it is, each in runs of words; () where there was or is none."""

    was: tuple[Run, ...]
    now: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A draft beside the one before: what changed, sentence by sentence. `note` says what there is to say instead, or besides."""

    number: int
    saved: str
    by: str
    changes: tuple[Change, ...]
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
    """The page, the newest draft first. `made` are the clauses that say how it was made."""
    steps = [_step(wordings, place, now, zone) for place in range(len(wordings))]
    count = f"{len(wordings)} draft" + ("" if len(wordings) == 1 else "s")
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


def _step(wordings: Sequence[Wording], place: int, now: datetime, zone: tzinfo) -> Step:
    here, before = wordings[place], wordings[place - 1] if place else None
    told = changes(before.sentences, here.sentences) if before else ()
    return Step(
        number=here.number,
        saved=near(here.at, now, zone),
        by=here.by,
        changes=tuple(Change(was=_runs(was, now), now=_runs(now, was)) for was, now in told),
        note=_note(wordings, place),
    )


def _note(wordings: Sequence[Wording], place: int) -> str:
    """What an editor need not find out from the words: the first draft, or the words of an earlier one again."""
    if not place:
        return "As the drafter handed it over."
    here = wordings[place].sentences
    same = next((w.number for w in reversed(wordings[: place - 1]) if w.sentences == here), 0)
    return f"Taken back: the words of draft {same} again." if same else ""


def _runs(mine: str, other: str) -> tuple[Run, ...]:
    """The words of one side, cut wherever the other side begins or ceases to have them; all differ where it has nothing."""
    words, against = _WORDS.findall(mine), _WORDS.findall(other)
    told: list[Run] = []
    for tag, a, b, _, _ in SequenceMatcher(None, words, against, autojunk=False).get_opcodes():
        if a < b:
            told.append(Run(text="".join(words[a:b]), differs=tag != "equal"))
    return tuple(told)
