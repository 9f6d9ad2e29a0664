"""Opening a newsroom's folder: its settings, Django on its database, and the store its stages work on."""

from __future__ import annotations

import atexit
import os
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError
from typer.core import TyperGroup

from backread.config import Config
from backread.errors import BadInput, ConfigError

if TYPE_CHECKING:
    from backread.ports import Fetch
    from backread.values.area import Area
    from newsroom.accounts.models import Outlet
    from newsroom.store import DjangoStore

DATABASE = "newsroom.sqlite3"
APPS = ("accounts", "sources", "stories", "ledger", "jobs", "desk")
"""The newsroom's own tables; a step in one of them that this program does not know was made by a newer one."""


class Verbs(TyperGroup):
    """Verbs on a newsroom's folder: what the database refuses ends in one sentence, like all else."""

    def invoke(self, ctx: Any) -> Any:
        """The verb. Raises ConfigError where the database said no, BadInput for words that no database holds."""
        try:
            return super().invoke(ctx)
        except DatabaseError as err:
            raise damaged(err) from err
        except UnicodeEncodeError as err:
            raise BadInput(str(err.object), step="look it up", hint="It is not text in UTF-8.") from err


def damaged(err: DatabaseError) -> ConfigError:
    """What to say of a database that does not do what it was asked."""
    busy = "locked" in str(err)
    move = "Another process writes: try again." if busy else "Restore a backup if it was a newsroom’s."
    return ConfigError(DATABASE, step="work with it", hint=f"The database says: {err}. {move}")


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
    config = folder(home)
    _same_age(config.home)
    return config


def _same_age(home: Path) -> None:
    """Raise ConfigError for a database that is not exactly of this program's age."""
    held, known = _steps(home)
    if known - held:
        raise ConfigError(
            str(home / DATABASE),
            step="work with it",
            hint="It is not up to date: `backread newsroom init` brings it there."
            if held
            else "It holds no newsroom: make one with `backread newsroom init`.",
        )


def may_set_up(home: Path) -> None:
    """Raise ConfigError where the database is a newer program's, or holds somebody else's tables: it is left alone."""
    from django.db import connection

    if (home / DATABASE).exists():
        held, _ = _steps(home)
        if not held and (tables := connection.introspection.table_names()):
            raise ConfigError(
                str(home / DATABASE),
                step="set a newsroom up in it",
                hint=f"It holds a table “{tables[0]}” and no newsroom: name another folder.",
            )


def _steps(home: Path) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The steps that made the database's tables, and those this program knows. Raises ConfigError for newer ones."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    held = {step for step in loader.applied_migrations if step[0] in APPS}
    known = {step for step in loader.disk_migrations if step[0] in APPS}
    if held - known:
        raise ConfigError(
            str(home / DATABASE),
            step="work with it",
            hint="A newer program made it: use that one, or restore a backup.",
        )
    return held, known


def outlet() -> Outlet:
    """The newsroom's outlet. Raises ConfigError when none was set up."""
    from newsroom.accounts.models import Outlet

    found = Outlet.objects.order_by("pk").first()
    if found is None:
        raise ConfigError("the newsroom", step="find its outlet", hint="Run `backread newsroom init` first.")
    return found


def store(config: Config) -> DjangoStore:
    """The store of the newsroom: on recorded documents where it is the demo, on the web through the gate else."""
    from backread.adapters import verifiers
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
        fetch=WarcFetch(recorded) if recorded.exists() else _gate(),
        area=area(config.home, told),
        language_model=from_config(config),
        verifier=verifiers.from_config(config),
    )


def _gate() -> Fetch:
    """The way to the web, closed when the program ends: else it complains of open connections then."""
    from backread.adapters.fetch import GateFetch

    gate = GateFetch(lambda: datetime.now(UTC))
    atexit.register(gate.close)
    return gate


def area(home: Path, told: Outlet) -> Area | None:
    """The coverage area the outlet's row holds, as a file that the engine reads; None where none was given."""
    from backread.group.area import read_area

    if not told.area.strip():
        return None
    path = home / "area.toml"
    if not path.exists() or tomllib.loads(path.read_text("utf-8")) != tomllib.loads(told.area):
        path.write_text(told.area, "utf-8")
    return read_area(path)
