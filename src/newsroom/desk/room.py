"""One outlet as the desk's process holds it: its row, its store, and the reports it made."""

from __future__ import annotations

import os
import tempfile
from collections import OrderedDict
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings

from backread.adapters.signing import FileSigner
from backread.adapters.verifiers import from_config
from backread.archive.blobs import FolderBlobs
from backread.config import Config
from backread.errors import Unreachable
from backread.group.area import read_area
from backread.ledger.keys import KeyRole
from backread.ports import Fetched
from backread.values.area import Area
from backread.values.report import Report
from newsroom import press
from newsroom.accounts.models import Outlet
from newsroom.store import DjangoStore
from newsroom.stories.models import Story

KEPT_REPORTS = 200
"""So many reports stay in memory. A draft is never changed, so its report holds."""


def no_fetch(url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
    """The desk itself asks nothing of the world. Raises Unreachable."""
    raise Unreachable(
        url, step="fetch it from the desk", hint="Sources are asked by `backread newsroom run`."
    )


class Room:
    """What the screens and acts of one outlet share."""

    def __init__(self, outlet: Outlet, home: Path) -> None:
        self.outlet, self.home = outlet, home
        self.blobs = FolderBlobs(home / "captures")
        self.area = _area(outlet.area)
        self.store = DjangoStore(outlet, blobs=self.blobs, fetch=no_fetch, area=self.area, verifier=from_config(Config.read(os.environ)))  # fmt: skip
        self._reports: OrderedDict[tuple[str, int], Report] = OrderedDict()

    @property
    def zone(self) -> ZoneInfo:
        """The outlet's time zone."""
        return ZoneInfo(self.outlet.timezone)

    @property
    def site(self) -> str:
        """Where a link of the desk finds the site: its address, or where this machine serves it while that is only here."""
        address = str(self.outlet.address)
        is_here = urlsplit(address).hostname in ("127.0.0.1", "localhost")
        return settings.SITE if is_here and settings.SITE else address

    @property
    def signer(self) -> FileSigner:
        """The key that attests approvals. Raises ConfigError when it cannot be used."""
        return FileSigner.at(self.home, KeyRole.ATTESTATION)

    @property
    def drafter(self) -> str:
        """Which drafter is on, in words."""
        config = Config.read(os.environ)
        return f"AI ({config.language_model or 'recorded'})" if config.drafter == "prose" else "rule, no AI"

    def build(self, now: datetime) -> tuple[str, ...]:
        """Write the public site from what is published; what was refused, in words."""
        built = press.site(store=self.store, outlet=self.outlet, home=self.home, now=now)
        return tuple(str(err) for err in built.refused)

    def report(self, story: Story, *, anew: bool = False) -> Report:
        """The report on a story's newest draft; `anew` checks it again."""
        key = (story.slug, story.head.number)
        if anew:
            self._reports.pop(key, None)
        if key not in self._reports:
            self._reports[key] = self.store.report(story)
        self._reports.move_to_end(key)
        while len(self._reports) > KEPT_REPORTS:
            self._reports.popitem(last=False)
        return self._reports[key]


def room() -> Room:
    """The room of the newsroom's outlet. Raises Outlet.DoesNotExist where none is set up."""
    outlet = Outlet.objects.order_by("pk").first()
    if outlet is None:
        raise Outlet.DoesNotExist("no outlet is set up: run `backread newsroom init`")
    held = _room(outlet.pk, settings.HOME)
    held.outlet = outlet
    return held


@lru_cache(maxsize=8)
def _room(outlet: str, home: Path) -> Room:
    return Room(Outlet.objects.get(pk=outlet), home)


def _area(told: str) -> Area | None:
    if not told.strip():
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "area.toml"
        path.write_text(told, "utf-8")
        return read_area(path)
