"""How long checking takes: one story of 40 sentences against ten sources, cold, warm, and after one edit.

The texts are made by rule from word lists, so the figures need no data and mean the same everywhere. Seconds are
CPU seconds of this process (`_cpu_s`) and of the clock (`_s`), the median of three runs for the warm figures.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from backread.adapters.verifiers.small import SmallVerifier
from backread.check.cache import MemoryCache
from backread.check.engine import check_story
from backread.text.cite import propose
from backread.values.canonical import digest_of
from backread.values.capture import Capture
from backread.values.story import BlockKind, Sentence, Story, Words

SENTENCES, SOURCES = 40, 10
DAY = date(2026, 10, 16)
TARGETS = {"check_story_cold_s": 10.0, "check_story_s": 5.0, "check_sentence_s": 0.3}
"""Seconds on two cores, as the architecture asks for."""

WHO = (
    "The county commission",
    "The water authority",
    "The school board",
    "The health department",
    "The city council",
)
DID = ("approved", "reviewed", "postponed", "inspected", "funded")
WHAT = ("culverts", "pump stations", "bus routes", "beach samples", "road bridges", "hydrants", "permits")
WHERE = ("on Tarrow Road", "at Heron Key", "in Port Sorrel", "near Ludlow Flats", "by Gannet Landing")


def run(path: Path | None, limit: int) -> Mapping[str, object]:
    """Check the made story three ways. `path` is not used; `limit` bounds the sentences (0: 40)."""
    captures = sources()
    story = story_from(captures, limit or SENTENCES)
    verifier = SmallVerifier()
    cold, _ = timed(lambda: check_story(propose(story, captures), captures, verifier=verifier))
    warm = [timed(lambda: _anew(story, captures, verifier)) for _ in range(3)]
    cache = MemoryCache()
    cited = propose(story, captures)
    check_story(cited, captures, cache=cache, verifier=verifier)
    edited = _edited(cited)
    again, again_cpu = timed(lambda: check_story(edited, captures, cache=cache, verifier=verifier))
    return {
        "sentences": len(story.sentences),
        "sources": len(captures),
        "check_story_cold_s": cold,
        "check_story_s": round(statistics.median(wall for wall, _ in warm), 3),
        "check_story_cpu_s": round(statistics.median(cpu for _, cpu in warm), 3),
        "check_sentence_s": again,
        "check_sentence_cpu_s": again_cpu,
        "targets": TARGETS,
    }


def sources() -> tuple[Capture, ...]:
    """Ten made documents of about sixty sentences each."""
    return tuple(_source(number) for number in range(SOURCES))


def story_from(captures: tuple[Capture, ...], sentences: int) -> Story:
    """A story whose sentences stand in the captures, four of five word for word, every fifth with another figure."""
    chance = random.Random(7)  # noqa: S311 - a fixed shuffle, not a secret
    chosen = []
    for number in range(sentences):
        told = chance.choice(captures[number % len(captures)].text.split("\n"))
        chosen.append(Words(text=told.replace("1", "7") if number % 5 == 4 else told))
    body = [(BlockKind.PARAGRAPH, chosen[at : at + 3]) for at in range(1, len(chosen), 3)]
    return Story.of([(BlockKind.HEADLINE, chosen[:1]), *body], date=DAY)


def _source(number: int) -> Capture:
    chance = random.Random(number)  # noqa: S311
    lines = [
        f"{chance.choice(WHO)} {chance.choice(DID)} {chance.randint(12, 980)} {chance.choice(WHAT)} {chance.choice(WHERE)} "
        f"on Oct. {chance.randint(1, 15)}, at a cost of ${chance.randint(10, 99)},{chance.randint(100, 999)}."
        for _ in range(60)
    ]
    text = "\n".join(lines)
    return Capture(
        source=f"made-{number}",
        source_name=f"Made source {number}",
        url=f"https://made.example/{number}",
        taken=datetime(2026, 10, 16, 12, tzinfo=UTC),
        media_type="text/plain",
        payload=digest_of(text.encode()),
        text=text,
        extractor="made",
    )


def _anew(story: Story, captures: tuple[Capture, ...], verifier: SmallVerifier) -> None:
    """Check in a warm process that has not read this story: the weights are there, no verdict is kept."""
    verifier.forget()
    check_story(propose(story, captures), captures, verifier=verifier)


def _edited(story: Story) -> Story:
    last: Sentence = story.sentences[-1]
    parts = list(story.parts())
    kind, words = parts[-1]
    changed = [*words[:-1], replace(words[-1], text=last.text.replace(" on ", " late on ", 1))]
    parts[-1] = (kind, changed)
    return Story.of(parts, date=story.date)


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock and of the processor that an act takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return round(time.perf_counter() - wall, 3), round(time.process_time() - cpu, 3)
