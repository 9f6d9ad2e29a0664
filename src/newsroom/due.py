"""Which stories a build of the site must look at: those that something was entered about since the last build, those
whose time has come, those that were refused, and a few in turn. None of this decides what is public; the builder does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from backread.ledger.entry import ActName
from backread.publish.manifest import Manifest, Stale
from backread.values.canonical import Digest
from backread.values.publication import Entry, WithdrawalKind, utc
from newsroom.ledger.models import LedgerEntry
from newsroom.stories.rows import rows

ABOUT_ALL = frozenset({ActName.ERASURE, ActName.KEY, ActName.ROLE, ActName.SETTING, ActName.RESTORE})
"""Acts after which everything is looked at: each may change any page."""
ABOUT_ONE = frozenset({ActName.PUBLICATION, ActName.WITHDRAWAL, ActName.VOIDING})
FILES_IN_TURN, RECORDS_IN_TURN = 20, 1
"""So many standing stories are held to their digests with each build, and so many of them to their records."""
AT_ONCE, ROUND = 50, timedelta(days=1)
"""Without anything to build, so many stories at once are verified again, so often that in this time all were."""


def reached(outlet: str, now: datetime) -> dict[str, Any]:
    """Up to where a build of now has read the ledger, when, and which publications wait for their time."""
    last = LedgerEntry.objects.filter(outlet=outlet).order_by("-seq").first()
    size, hash_ = (last.seq + 1, last.hash) if last else (0, "")
    return {"at": utc(now), "hash": hash_, "size": size, "waiting": {}}


def stories(
    manifest: Manifest, outlet: str, site: Path, now: datetime, *, turn: int = RECORDS_IN_TURN
) -> set[str] | None:
    """The stories to look at; None for all of them, where what the last build reached does not fit this ledger or this time,
    or its manifest does not fit together."""
    since = manifest.reached
    if not _follows(since, outlet, now):
        return None
    acts = LedgerEntry.objects.filter(
        outlet=outlet, seq__gte=since["size"], act__in=[*ABOUT_ALL, *ABOUT_ONE]
    ).order_by("seq")
    try:
        found = {_story(Entry.parse(bytes(row.content)), since["at"]) for row in acts}
    except (KeyError, TypeError, ValueError):
        # An entry that nobody's program wrote: all is looked at, and what does not hold together is said there.
        return None
    if None in found:
        return None
    come = {story for story, at in since["waiting"].items() if at <= utc(now)}
    try:
        return {str(story) for story in found} | come | manifest.again | _in_turn(manifest, site, turn)
    except Stale:
        return None


def waiting(before: Mapping[str, Any], looked_at: Iterable[str] | None, outlet: str, now: datetime) -> dict[str, str]:  # fmt: skip
    """Stories with a publication whose time has not come, with that time; those not looked at as they were before."""
    if looked_at is None:
        found = rows("SELECT story, MIN(not_before) FROM gate_publication WHERE outlet = %s AND not_before > %s GROUP BY story", outlet, utc(now))  # fmt: skip
        return dict(found)
    told = dict(before.get("waiting", {}))
    for story in looked_at:
        told.pop(story, None)
        ((at,),) = rows("SELECT MIN(not_before) FROM gate_publication WHERE outlet = %s AND story = %s AND not_before > %s", outlet, story, utc(now))  # fmt: skip
        told |= {story: at} if at else {}
    return told


def is_time_to_look(manifest: Manifest, now: datetime) -> bool:
    """Whether the next stories in turn are due to be verified again; in a small archive once a round, in a large one often."""
    stories_ = sum(month.tally.get("any", 0) for month in manifest.months.values())
    pause = ROUND * AT_ONCE / max(stories_, AT_ONCE)
    looked = manifest.reached.get("looked", "")
    return bool(stories_) and (not looked or now - datetime.fromisoformat(looked) >= pause)


def is_one_due(manifest: Manifest, now: datetime) -> bool:
    """Whether the time of a publication that waited has come since the last build: a correction, say, beside what stands."""
    return any(at <= utc(now) for at in manifest.reached.get("waiting", {}).values())


def _follows(since: Mapping[str, Any], outlet: str, now: datetime) -> bool:
    """Whether this ledger and this time come after what was reached: a restored backup or a clock set back does not."""
    if not since or utc(now) < since["at"]:
        return False
    last = LedgerEntry.objects.filter(outlet=outlet, seq=since["size"] - 1).first()
    return last is not None and last.hash == since["hash"]


def _story(entry: Entry, since: str) -> str | None:
    """The story an entry is about; None where it is about more than one can say."""
    if entry.act in ABOUT_ALL:
        return None
    if entry.act != ActName.WITHDRAWAL:
        return str(entry.body["story"])
    found = rows("SELECT story, not_before FROM gate_publication WHERE id = %s", Digest(str(entry.body["publication"])))  # fmt: skip
    # What was cancelled after it came out may leave an address that nothing else leads to.
    was_out = not found or (entry.body["kind"] == WithdrawalKind.CANCEL and found[0][1] <= since)
    return None if was_out else str(found[0][0])


def _in_turn(manifest: Manifest, site: Path, count: int) -> set[str]:
    """The next stories in turn that are verified again: a few, and every one of more whose files are not as written."""
    files, records = manifest.next_rows("files", FILES_IN_TURN), manifest.next_rows("records", count)
    strayed = (row for row in files if not all(s.is_at(site / name) for name, s in row.files.items()))
    return {row.listed.story for row in (*strayed, *records)}
