"""The part of `backread bench speed` that needs rows: an archive of 1,000 published stories, and one more.

It makes a newsroom in a temporary folder, with real signatures, ledger and files, measures, and removes it. The web is
answered from memory, so no figure holds the network's time.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import Progress

if TYPE_CHECKING:
    from newsroom.archive import Archive

STORIES = 1_000
ROUNDS = 5
ACTS = 200
TARGETS = {"publish_story_s": 1.0, "gather_sources_per_s": 33.4, "ledger_acts_per_s": 100.0}
"""As the architecture asks: one story under a second; 10,000 sources in five minutes; 100 acts a second."""
NOT_MEASURED = {
    "group": "1,000 new documents against 1,000,000 passages: no archive of that size is made here",
    "search": "p95 over 1,000,000 passages: the index is not built yet",
    "publish at 100,000": "this archive has 1,000 stories; `--limit N` makes one of N",
}


def run(path: Path | None, limit: int) -> Mapping[str, object]:
    """Figures of a newsroom with `limit` published stories (0: 1,000). `path` is not used."""
    from newsroom import opened

    before = os.environ.get("BACKREAD_HOME")
    with tempfile.TemporaryDirectory(prefix="backread-bench-") as folder:
        try:
            opened.folder(Path(folder) / "home")
            return _measured(Path(folder) / "home", limit or STORIES)
        finally:
            if before is None:
                os.environ.pop("BACKREAD_HOME", None)
            else:
                os.environ["BACKREAD_HOME"] = before


def _measured(home: Path, stories: int) -> Mapping[str, object]:
    from newsroom.archive import Archive

    with Progress(console=Console(stderr=True)) as progress:
        archive = Archive(home)
        bar = progress.add_task(f"an archive of {stories} stories", total=stories)
        archive.grow(stories, lambda done, of: progress.update(bar, completed=done, total=of))
        bar = progress.add_task("measuring", total=4)
        figures: dict[str, object] = {"stories": stories}
        for measure in (first_build, one_more, ledger_acts, gathering):
            figures |= measure(archive)
            progress.advance(bar)
    return figures | {"targets": TARGETS, "not_measured": NOT_MEASURED}


def first_build(archive: Archive) -> dict[str, object]:
    """The whole site of the archive, every record verified, every page written."""
    wall, cpu = timed(lambda: build(archive))
    return {"site_whole_s": wall, "site_whole_cpu_s": cpu}


def one_more(archive: Archive) -> dict[str, object]:
    """From the approval of one more story to its last file, the median of several; and the acts alone."""
    acts, whole, cpu = [], [], []
    for _ in range(ROUNDS):
        act, act_cpu = timed(archive.publish)
        rest, rest_cpu = timed(lambda: build(archive))
        acts.append(act)
        whole.append(act + rest)
        cpu.append(act_cpu + rest_cpu)
    return {
        "publish_acts_s": middle(acts),
        "publish_story_s": middle(whole),
        "publish_story_cpu_s": middle(cpu),
    }


def ledger_acts(archive: Archive) -> dict[str, object]:
    """Acts a second, each in a transaction of its own that is on the disk before the next begins."""
    from django.db import transaction

    from backread.ledger.entry import ActName
    from newsroom.ledger.actions import record

    def enter() -> None:
        for number in range(ACTS):
            with transaction.atomic():
                record(
                    outlet=archive.outlet.pk, at=archive.now, actor="bench", act=ActName.SETTING, body={"n": number}
                )  # fmt: skip

    wall, _ = timed(enter)
    return {"ledger_acts_per_s": round(ACTS / wall, 1)}


def gathering(archive: Archive) -> dict[str, object]:
    """Sources a second whose pages are read in a fenced process, kept as WARC records and found unchanged."""
    from newsroom.sources.models import Source

    slugs = list(Source.objects.values_list("slug", flat=True))
    wall, _ = timed(lambda: [archive.store.gather(slug, archive.now + timedelta(hours=2)) for slug in slugs])
    return {"gather_sources_per_s": round(len(slugs) / wall, 1)}


def build(archive: Archive) -> Any:
    """The site as the rows say now; nothing may be refused."""
    from newsroom import press

    built = press.site(store=archive.store, outlet=archive.outlet, home=archive.home, now=archive.now)
    if built.refused:
        raise built.refused[0]
    return built


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock and of the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return round(time.perf_counter() - wall, 3), round(time.process_time() - cpu, 3)


def middle(seconds: list[float]) -> float:
    """The median, in seconds."""
    return round(statistics.median(seconds), 3)
