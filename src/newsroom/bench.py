"""The part of `backread bench speed` that needs rows: an archive of 1,000 published stories, and one more.

It makes a newsroom in a temporary folder, with real signatures, ledger and files, measures, and removes it. The web is
answered from memory, so no figure holds the network's time.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import Progress

from backread.bench.speed import timed

if TYPE_CHECKING:
    from newsroom.archive import Archive

STORIES = 1_000
ROUNDS = 5
ACTS = 200
ITEMS = 400
"""So many entries has the feed that is read; a reader takes up to 500 of one feed."""
TARGETS = {
    "publish_story_s": 1.0,
    "publish_among_listed_s": 1.0,
    "gather_sources_per_s": 33.4,
    "feed_items_per_cpu_s": 5_000.0,
    "ledger_acts_per_s": 100.0,
}
"""As the architecture asks: one story under a second; 10,000 sources in five minutes; 5,000 entries of feeds a second
of the processor; 100 acts a second."""
NOT_MEASURED = {
    "group": "1,000 new documents against 1,000,000 passages within a minute: no archive of that size is made here",
    "search": "150 ms over 90 days, 1 s over all of 1,000,000 passages: the search is not built yet",
    "publish at 100,000": "the database made here is as large as `stories` says (`--limit N`: N); the builder alone is measured with `listed_stories`",
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
        bar = progress.add_task("measuring", total=len(MEASURES))
        figures: dict[str, object] = {"stories": stories}
        for measure in MEASURES:
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


def feeds(archive: Archive) -> dict[str, object]:
    """Entries of one feed read a second of the processor, in this process."""
    from backread.gather import read
    from backread.ports import Fetched
    from backread.values.source import Source

    entries = "".join(
        f"<item><title>Notice {n}</title><link>https://made.example/notices/{n}</link><guid>{n}</guid>"
        f"<pubDate>Mon, 05 Jan 2026 09:{n % 60:02}:00 GMT</pubDate><description>The board met on notice {n}.</description></item>"
        for n in range(ITEMS)
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Notices</title><link>https://made.example/</link>{entries}</channel></rss>'
    source = Source(id="feed", name="Notices", kind="feed", address="https://made.example/feed")
    fetched = Fetched(
        url=source.address, status=200, body=body.encode(), media_type="application/rss+xml", headers={}, taken=archive.now
    )  # fmt: skip
    found = len(read(source, fetched).follow)
    cpu = statistics.median(timed(lambda: read(source, fetched))[1] for _ in range(ROUNDS))
    return {"feed_items": found, "feed_items_per_cpu_s": round(found / max(cpu, 0.001), 1)}


def receipts(archive: Archive) -> dict[str, object]:
    """One receipt held to the keys a reader has met."""
    from backread.ledger.receipt import Receipt
    from backread.ledger.verdict import judge
    from backread.review.statement import words
    from newsroom.trust import keys

    path = next((archive.home / "site").glob("*/*/*/receipt.json"))
    pinned = [key.id for key in keys(archive.outlet.pk, archive.home).keys]
    content = path.read_bytes()
    wall, _ = timed(lambda: [judge(Receipt.parse(content), pinned, says=words) for _ in range(ACTS)])
    return {"verify_receipt_s": round(wall / ACTS, 4)}


def desk(archive: Archive) -> dict[str, object]:
    """Pages of the desk as a signed-in editor gets them, with all stories of the archive behind them, the median of several."""
    from django.test import Client

    from newsroom.accounts.models import Person

    client = Client(HTTP_HOST="localhost")
    client.force_login(Person.objects.get(username="ann"))
    told = {}
    for name, address in (("queue", "/budget/"), ("story", f"/stories/made-story-{archive.count - 1}/")):
        answers = [client.get(address).status_code]
        took = [timed(lambda: answers.append(client.get(address).status_code))[0] for _ in range(ROUNDS)]  # noqa: B023
        told[f"desk_{name}_s"] = middle(took) if set(answers) == {200} else f"answered {answers[0]}"
    return told


def among_many(archive: Archive) -> dict[str, object]:
    """One story more where the builder remembers a hundred times as many; the rest of them stands in its memory alone.

    Their rows and files are not made, so this says what grows in the builder, and nothing of a database of that size.
    """
    from backread.publish.manifest import Row
    from backread.publish.site import standing
    from newsroom.archive import A_DAY, BEGAN
    from newsroom.press import VOICE
    from newsroom.trust import trust

    held = standing(archive.home / "site", trust=trust(archive.outlet, archive.home), voice=VOICE)
    if held is None:
        return {}
    listed = next(held.rows()).listed
    for number in range(archive.count * 99):
        at = BEGAN - timedelta(minutes=(number + 1) * 24 * 60 // A_DAY)
        story, path = f"listed-{number}", f"{at:%Y/%m}/listed-{number}/"
        held.put(
            Row(listed=replace(listed, story=story, path=path, first_published=at, modified=at), files={})
        )
    held.save()
    took = [timed(lambda: (archive.publish(), build(archive))) for _ in range(ROUNDS)]
    return {
        "listed_stories": archive.count * 100,
        "publish_among_listed_s": middle([wall for wall, _ in took]),
        "publish_among_listed_cpu_s": middle([cpu for _, cpu in took]),
    }


MEASURES = (first_build, one_more, receipts, desk, ledger_acts, gathering, feeds, among_many)


def build(archive: Archive) -> Any:
    """The site as the rows say now; nothing may be refused."""
    from newsroom import press

    built = press.site(store=archive.store, outlet=archive.outlet, home=archive.home, now=archive.now)
    if built.refused:
        raise built.refused[0]
    return built


def middle(seconds: list[float]) -> float:
    """The median, in seconds."""
    return round(statistics.median(seconds), 3)
