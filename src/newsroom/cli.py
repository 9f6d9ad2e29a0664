"""The newsroom's verbs, mounted on the one command line as `backread newsroom`."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import Progress

from backread.adapters.language import from_config
from backread.config import Config
from backread.errors import ConfigError, NotAllowed
from newsroom import serve as serving

if TYPE_CHECKING:
    from newsroom.store import DjangoStore

app = typer.Typer(no_args_is_help=True, help="The newsroom: run, drafts, show, approve, site, code, doctor.")
_HOME = typer.Option(
    None, "--home", help="The newsroom's folder (default: BACKREAD_HOME, else newsroom-home)."
)


@app.callback()
def newsroom() -> None:
    """Run a newsroom on this machine."""


@app.command()
def run(
    home: Path = _HOME,
    demo: bool = typer.Option(
        False, "--demo", help="The newsroom of a fictional county, on recorded documents."
    ),
    serve: bool = typer.Option(True, "--serve/--no-serve", help="Serve desk and site until Ctrl-C."),
    desk_port: int = typer.Option(8000, "--desk-port", min=1, max=65_535, help="The desk's, on localhost."),
    site_port: int = typer.Option(8001, "--site-port", min=1, max=65_535, help="The site's, on 127.0.0.1."),
) -> None:
    """Set up what is missing, gather, group, draft, check, then serve desk and site. A second run keeps everything."""
    if not demo:
        raise ConfigError(
            "the newsroom", step="run it", hint="Only the demo newsroom can be run yet: add --demo."
        )
    if serve:
        serving.free(desk_port, "desk", "--desk-port")
        serving.free(site_port, "site", "--site-port")
    config = _open(home)
    from newsroom import setup

    setup.database(config.home)
    setup.demo(config.home, datetime.now(UTC))
    store = _demo_store(config)
    for trouble in _work(store):
        _say(trouble)
    _list()
    for line in setup.how_to_sign_in(config.home):
        _say(line)
    if serve:
        _serve(store, config.home, desk_port, site_port)


def _serve(store: DjangoStore, home: Path, desk_port: int, site_port: int) -> None:
    from newsroom.runner import in_thread

    _say(f"Desk: http://localhost:{desk_port}   Site: http://127.0.0.1:{site_port}   Ctrl-C ends both.")
    site_server = serving.site(home / "site", site_port)
    stop = serving.keep_working(lambda: in_thread(store, lambda: datetime.now(UTC)))
    try:
        serving.desk(desk_port)
    finally:
        stop.set()
        site_server.shutdown()


@app.command()
def drafts(
    home: Path = _HOME, as_json: bool = typer.Option(False, "--json", help="One JSON object on stdout.")
) -> None:
    """List the stories with their open sentences."""
    _ready(home)
    if not as_json:
        _list()
        return
    from newsroom.stories.models import Story

    told = [{"story": s.slug, "title": s.title, "open": s.open_count} for s in Story.objects.order_by("pk")]
    typer.echo(json.dumps({"stories": told}, ensure_ascii=False))


@app.command()
def show(
    slug: str = typer.Argument(help="A story's slug, as `drafts` lists it."),
    home: Path = _HOME,
    as_json: bool = typer.Option(False, "--json", help="The report as one JSON object on stdout."),
) -> None:
    """Print a draft sentence by sentence with what its checks found. Exit 1 when anything is open."""
    config = _ready(home)
    from backread.check.report import lines, to_plain
    from newsroom.stories.models import Story

    story = Story.objects.filter(slug=slug).first()
    if story is None:
        raise ConfigError(
            slug, step="find a story of that name", hint="`backread newsroom drafts` lists them."
        )
    report = _demo_store(config).report(story)
    if as_json:
        typer.echo(json.dumps(to_plain(report), ensure_ascii=False))
    else:
        console = Console(highlight=False, soft_wrap=True)
        for style, line in lines(report):
            console.print(line, style=style, markup=False)
    if not report.is_clear:
        raise typer.Exit(1)


@app.command()
def approve(
    slug: str = typer.Argument(help="A story's slug, as `drafts` lists it."),
    user: str = typer.Option(..., "--as", help="Who approves: a username."),
    home: Path = _HOME,
) -> None:
    """Approve a story's words with password and one-time code; publish it when nobody else must approve."""
    config = _ready(home)
    from newsroom import press
    from newsroom.accounts import codes
    from newsroom.accounts.models import Person
    from newsroom.stories import actions
    from newsroom.stories.models import Story

    story, person = Story.objects.filter(slug=slug).first(), Person.objects.filter(username=user).first()
    if story is None:
        raise ConfigError(
            slug, step="find a story of that name", hint="`backread newsroom drafts` lists them."
        )
    password, told = (
        typer.prompt("Password", hide_input=True, err=True),
        typer.prompt("One-time code", err=True),
    )
    now = datetime.now(UTC)
    # Both are asked before either is judged, so that an answer never says which was wrong.
    if (
        person is None
        or not person.check_password(password)
        or not codes.accept(person, told, home=config.home, now=now)
    ):
        raise NotAllowed(
            user, step="sign in", hint="User, password or code is wrong, or the code was used before."
        )
    store = _demo_store(config)
    approval = press.approve(
        store=store, story=story, person=person.at(story.outlet_id), home=config.home, now=now
    )
    if press.missing(approval):
        _say("Approved. A second person must approve these words before they can be published.")
        return
    actions.publish(approval=approval, by=user, now=datetime.now(UTC))
    built = press.site(store=store, outlet=story.outlet, home=config.home, now=datetime.now(UTC))
    for refused in built.refused:
        _say(str(refused))
    typer.echo("\n".join(str(config.home / "site" / name) for name in built.written if slug in name))
    if built.refused:
        raise typer.Exit(1)


@app.command()
def site(
    home: Path = _HOME, port: int = typer.Option(8001, "--port", min=1, max=65_535, help="On 127.0.0.1.")
) -> None:
    """Serve the built site on this machine until Ctrl-C."""
    folder = (home or Config.read(os.environ).home) / "site"
    if not folder.exists():
        raise ConfigError(
            str(folder), step="serve the site", hint="Nothing is published yet; approve a story first."
        )
    serving.site(folder, port, option="--port")
    _say(f"The site is on http://127.0.0.1:{port}; Ctrl-C stops it.")
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()


@app.command()
def code(username: str = typer.Argument(help="Whose code."), home: Path = _HOME) -> None:
    """Print the one-time code that holds now. For the demo: a real newsroom's codes come from the person's own device."""
    config = _ready(home)
    from newsroom.accounts import codes

    typer.echo(codes.current(config.home, username, datetime.now(UTC)))


@app.command()
def doctor(
    home: Path = _HOME, as_json: bool = typer.Option(False, "--json", help="One JSON object on stdout.")
) -> None:
    """Compare the gate's tables with what they should be, verify the ledger, and look for sources in trouble. Exit 1 when anything is wrong."""
    _ready(home)
    wrong = _ailments()
    if as_json:
        typer.echo(json.dumps({"wrong": wrong}, ensure_ascii=False))
    for line in [] if as_json else wrong or ["nothing wrong"]:
        typer.echo(line)
    if wrong:
        raise typer.Exit(1)


def _ailments() -> list[str]:
    from django.db import connection

    from backread.ledger import chain
    from newsroom import ddl
    from newsroom.accounts.models import Outlet
    from newsroom.jobs.models import MOST_TRIES, Attempt
    from newsroom.ledger.actions import contents

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        held = {str(name): str(told) for name, told in cursor.fetchall()}
    wrong = ddl.differences(held)
    for outlet in Outlet.objects.all():
        told = chain.verify(contents(outlet.pk), outlet=outlet.pk)
        wrong += (
            [f"ledger of {outlet}: entry {told.seq}: {told.why}"] if isinstance(told, chain.Broken) else []
        )
        wrong += [] if outlet.responsible else [f"{outlet} has no responsible person; nothing is published"]
    wrong += [
        f"{a.kind} {a.subject}: set aside after {a.tries} tries: {a.last_error}"
        for a in Attempt.objects.filter(tries__gte=MOST_TRIES)
    ]
    return wrong


def _open(home: Path | None) -> Config:
    """Settings, with Django ready. Imports of rows come after this."""
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


def _ready(home: Path | None) -> Config:
    """Settings of a newsroom that was set up. Raises ConfigError when there is none."""
    folder = home or Config.read(os.environ).home
    if not (folder / "newsroom.sqlite3").exists():
        raise ConfigError(
            str(folder),
            step="find a newsroom in it",
            hint="Make the demo with `backread newsroom run --demo`.",
        )
    return _open(home)


def _demo_store(config: Config) -> DjangoStore:
    import tomllib

    from backread.adapters.replay import WarcFetch
    from backread.archive.blobs import FolderBlobs
    from backread.group.area import read_area
    from newsroom import setup
    from newsroom.accounts.models import Outlet
    from newsroom.demo import world
    from newsroom.store import DjangoStore

    outlet = Outlet.objects.get(pk=world.read_toml("newsroom.toml")["outlet"]["id"])
    area_file = config.home / "area.toml"
    if not area_file.exists() or tomllib.loads(area_file.read_text("utf-8")) != tomllib.loads(outlet.area):
        area_file.write_text(outlet.area, "utf-8")
    return DjangoStore(
        outlet,
        blobs=FolderBlobs(config.home / "captures"),
        fetch=WarcFetch(config.home / setup.DEMO_WEB),
        area=read_area(area_file),
        language_model=from_config(config),
    )


def _work(store: DjangoStore) -> list[str]:
    """Everything due, with a bar a stage on stderr."""
    from newsroom.runner import run_due

    with Progress(console=Console(stderr=True), transient=False) as progress:
        bars: dict[str, Any] = {}

        def told(stage: str, done: int, of: int) -> None:
            bar = bars.setdefault(
                stage, progress.add_task(stage, total=of) if stage not in bars else bars[stage]
            )
            progress.update(bar, completed=done, total=of)

        return run_due(store, lambda: datetime.now(UTC), told)


def _list() -> None:
    from newsroom.stories.models import Story

    for story in Story.objects.order_by("pk"):
        state = (
            "all proven"
            if story.open_count == 0
            else f"{story.open_count} open"
            if story.open_count > 0
            else "not checked"
        )
        typer.echo(f"{state:>10}  {story.slug}  {story.title}")


def _say(words: str) -> None:
    typer.echo(words, err=True)
