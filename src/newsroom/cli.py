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

from backread.config import Config
from backread.errors import ConfigError, NotAllowed
from newsroom import erase, opened, rotation, verbs
from newsroom import serve as serving
from newsroom.verbs import HOME as _HOME
from newsroom.verbs import say

if TYPE_CHECKING:
    from newsroom.store import DjangoStore

app = typer.Typer(
    cls=opened.Verbs, no_args_is_help=True, help="The newsroom: set it up, run it, look after it."
)
for _verb in (verbs.init, verbs.worker, verbs.gather, verbs.draft, verbs.publish, verbs.sources):
    app.command()(_verb)
app.command("rotate-key")(rotation.rotate_key)
app.command()(erase.erase)


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
    if serve:
        if desk_port == site_port:
            raise ConfigError(
                f"port {desk_port}", step="serve desk and site on it", hint="Give each a port of its own."
            )
        serving.free(desk_port, "desk", "--desk-port")
        serving.free(site_port, "site", "--site-port")
    config = opened.folder(home)
    from newsroom.runner import alone

    with alone(config.home):
        told = verbs.set_up_once(config, demo=demo)
        store = opened.store(config)
        for trouble in _work(store):
            say(trouble)
        _list()
        for line in told:
            say(line)
        if serve:
            _serve(store, config.home, desk_port, site_port)


def _serve(store: DjangoStore, home: Path, desk_port: int, site_port: int) -> None:
    from newsroom.runner import in_thread

    say(f"Desk: http://localhost:{desk_port}   Site: http://127.0.0.1:{site_port}   Ctrl-C ends both.")
    _begin(home)
    site_server = serving.site(home / "site", site_port)
    stop = serving.keep_working(lambda: in_thread(store, lambda: datetime.now(UTC)))
    try:
        serving.desk(desk_port, site_port=site_port)
    finally:
        stop.set()
        site_server.shutdown()


def _begin(home: Path) -> None:
    """A site before the first story: its front page says that there is none, and its other pages stand."""
    from newsroom.desk.room import room

    if not (home / "site" / "index.html").exists():
        for trouble in room().build(datetime.now(UTC)):
            say(trouble)


@app.command()
def drafts(
    home: Path = _HOME, as_json: bool = typer.Option(False, "--json", help="One JSON object on stdout.")
) -> None:
    """List the stories with their open sentences."""
    opened.ready(home)
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
    config = opened.ready(home)
    from backread.check.report import lines, to_plain
    from newsroom.stories.models import Story

    story = Story.objects.filter(slug=slug).first()
    if story is None:
        raise ConfigError(
            slug, step="find a story of that name", hint="`backread newsroom drafts` lists them."
        )
    report = opened.store(config).report(story)
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
    """Approve a story's words with password and one-time code; publish it when nobody else must approve. The same act as at the desk."""
    config = opened.ready(home)
    from newsroom.accounts.models import Person
    from newsroom.desk import actions
    from newsroom.desk.case import case
    from newsroom.desk.room import room
    from newsroom.stories.models import Story

    held, person = room(), Person.objects.filter(username=user).first()
    story = Story.objects.filter(outlet=held.outlet, slug=slug).first()
    if story is None:
        raise ConfigError(
            slug, step="find a story of that name", hint="`backread newsroom drafts` lists them."
        )
    told = case(held, story)
    say(f"{story.title}: version {told.version.number}, {len(told.report.sentences)} sentences.")
    if told.fix:
        say(f"Signed with it, as readers are told: {told.fix}")
    password, code = (
        typer.prompt("Password", hide_input=True, err=True),
        typer.prompt("One-time code", err=True),
    )
    wrong = NotAllowed(
        user, step="sign in", hint="User, password or code is wrong, or the code was used before."
    )
    if person is None:
        raise wrong
    now, known, signer = datetime.now(UTC), person.check_password(password), person.at(held.outlet.pk)
    try:
        # Both were asked before either is judged, so that an answer never says which was wrong.
        made = actions.approve(
            room=held, case=told, person=signer, code=code if known else "", saw=actions.shown(told, signer), now=now
        )  # fmt: skip
    except actions.WrongCode as err:
        raise wrong from err
    if made is None:
        say("Approved. A second person must approve these words before they can be published.")
        return
    refused = held.build(datetime.now(UTC))
    for words in refused:
        say(words)
    pages = sorted((config.home / "site").rglob(f"*/{made.story}/index.html"))
    typer.echo("\n".join(str(page) for page in pages))
    if refused:
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
    say(f"The site is on http://127.0.0.1:{port}; Ctrl-C stops it.")
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()


@app.command()
def code(username: str = typer.Argument(help="Whose code."), home: Path = _HOME) -> None:
    """Print the one-time code that holds now. For the demo: a real newsroom's codes come from the person's own device."""
    config = opened.ready(home)
    from newsroom.accounts import codes

    typer.echo(codes.current(config.home, username, datetime.now(UTC)))


@app.command()
def doctor(
    home: Path = _HOME, as_json: bool = typer.Option(False, "--json", help="One JSON object on stdout.")
) -> None:
    """Look at the gate's tables, the ledger, keys, people, clock, disk and stuck steps; name sources in trouble. Exit 1 when anything is wrong."""
    config = opened.ready(home)
    from newsroom.doctor import ailments, sources

    for note in sources(opened.outlet()):
        say(note)
    wrong = ailments(config.home, datetime.now(UTC))
    if as_json:
        typer.echo(json.dumps({"wrong": wrong}, ensure_ascii=False))
    for line in [] if as_json else wrong or ["nothing wrong"]:
        typer.echo(line)
    if wrong:
        raise typer.Exit(1)


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
