"""Opening a newsroom's folder: its settings, Django on its database, and the store its stages work on."""

from __future__ import annotations

import os
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from backread.config import Config
from backread.errors import ConfigError

if TYPE_CHECKING:
    from backread.values.area import Area
    from newsroom.accounts.models import Outlet
    from newsroom.store import DjangoStore

DATABASE = "newsroom.sqlite3"


def folder(home: Path | None) -> Config:
    """Settings, with Django ready. Rows are imported after this. Raises ConfigError when the folder cannot be made."""
    if home is not None:
        os.environ["BACKREAD_HOME"] = str(home)
    config = Config.read(os.environ)
    os.environ["BACKREAD_HOME"] = str(config.home.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        (config.home / "keys").mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as err:
        raise ConfigError(
            str(config.home), step="make the newsroom's folder", hint=f"The system says: {err.strerror}."
        ) from err
    import django

    django.setup()
    return config


def ready(home: Path | None) -> Config:
    """Settings of a newsroom that was set up. Raises ConfigError when there is none."""
    where = home or Config.read(os.environ).home
    if not (where / DATABASE).exists():
        raise ConfigError(
            str(where),
            step="find a newsroom in it",
            hint="Make one with `backread newsroom init`, or the demo with `backread newsroom run --demo`.",
        )
    return folder(home)


def outlet() -> Outlet:
    """The newsroom's outlet. Raises ConfigError when none was set up, or the database is not one of a newsroom."""
    from django.db import DatabaseError

    from newsroom.accounts.models import Outlet

    try:
        found = Outlet.objects.order_by("pk").first()
    except DatabaseError as err:
        raise ConfigError(
            DATABASE, step="read it", hint=f"The database says: {err}. Is it a newsroom's?"
        ) from err
    if found is None:
        raise ConfigError("the newsroom", step="find its outlet", hint="Run `backread newsroom init` first.")
    return found


def store(config: Config) -> DjangoStore:
    """The store of the newsroom: on recorded documents where it is the demo, on the web through the gate else."""
    from backread.adapters.fetch import GateFetch
    from backread.adapters.language import from_config
    from backread.adapters.replay import WarcFetch
    from backread.archive.blobs import FolderBlobs
    from newsroom import setup
    from newsroom.store import DjangoStore

    told = outlet()
    recorded = config.home / setup.DEMO_WEB
    return DjangoStore(
        told,
        blobs=FolderBlobs(config.home / "captures"),
        fetch=WarcFetch(recorded) if recorded.exists() else GateFetch(lambda: datetime.now(UTC)),
        area=area(config.home, told),
        language_model=from_config(config),
    )


def area(home: Path, told: Outlet) -> Area | None:
    """The coverage area the outlet's row holds, as a file that the engine reads; None where none was given."""
    from backread.group.area import read_area

    if not told.area.strip():
        return None
    path = home / "area.toml"
    if not path.exists() or tomllib.loads(path.read_text("utf-8")) != tomllib.loads(told.area):
        path.write_text(told.area, "utf-8")
    return read_area(path)
