"""The verbs that set a newsroom up and keep it going: init, worker, gather, draft, publish, sources."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from backread.config import Config
from backread.errors import BackreadError, BadInput, ConfigError, DraftError
from newsroom import opened

if TYPE_CHECKING:
    from newsroom.store import DjangoStore

HOME = typer.Option(
    None, "--home", help="The newsroom's folder (default: BACKREAD_HOME, else newsroom-home)."
)
JSON = typer.Option(False, "--json", help="One JSON object on stdout.")


def init(
    home: Path = HOME,
    demo: bool = typer.Option(False, "--demo", help="The newsroom of a fictional county."),
) -> None:
    """Set a newsroom up from newsroom.toml and area.toml in its folder; where there is none, write one to begin with. Done again, it takes in new people and sources."""
    config = opened.folder(home)
    for line in set_up_once(config, demo=demo):
        say(line)


def set_up_once(config: Config, *, demo: bool) -> tuple[str, ...]:
    """The demo where it is asked for or stands already, else the newsroom of newsroom.toml; what its people are told."""
    from newsroom.setup import DEMO_WEB

    return demo_set_up(config) if demo or (config.home / DEMO_WEB).exists() else set_up(config)


def demo_set_up(config: Config) -> tuple[str, ...]:
    """The demo newsroom, made where it is not there yet; how to sign in, every time."""
    from newsroom import setup

    opened.may_set_up(config.home)
    setup.database(config.home)
    setup.demo(config.home, datetime.now(UTC))
    return setup.how_to_sign_in(config.home)


def set_up(config: Config) -> tuple[str, ...]:
    """The newsroom that newsroom.toml describes, and what its people are told once. Raises ConfigError after writing a first file."""
    from newsroom import setup
    from newsroom.plan import BEGINNING, read_plan

    path = config.home / "newsroom.toml"
    if not path.exists():
        path.write_text(BEGINNING, "utf-8")
        raise ConfigError(
            str(path),
            step="set the newsroom up",
            hint="It was just written for you: fill it in, then run init again.",
        )
    plan, area = read_plan(path), _area(config.home)
    opened.may_set_up(config.home)
    setup.database(config.home)
    people = setup.outlet_of(config.home, plan, area=area, now=datetime.now(UTC))
    return tuple(
        f"{p.name} ({p.role}): user {p.username}, password {p.password}, code app: {setup.code_address(config.home, p.username)}"
        for p in people
    )


def _area(home: Path) -> str:
    from backread.group.area import read_area

    path = home / "area.toml"
    if not path.exists():
        return ""
    read_area(path)
    return path.read_text("utf-8")


def worker(
    home: Path = HOME,
    once: bool = typer.Option(False, "--once", help="One round, then stop."),
    pause: float = typer.Option(15.0, "--pause", min=1.0, max=3600.0, help="Seconds between two rounds."),
) -> None:
    """Work through what is due, again and again, until Ctrl-C: gather, group, draft, check, publish. One worker at a time."""
    config = opened.ready(home)
    from newsroom.runner import alone, rounds

    store = opened.store(config)
    with alone(config.home):
        for trouble in rounds(store, lambda: datetime.now(UTC), pause=None if once else pause):
            say(trouble)


def gather(
    source: str = typer.Argument("", help="A source's id; without one, every source that is due."),
    home: Path = HOME,
    as_json: bool = JSON,
) -> None:
    """Look at one source now, or at all that are due. Exit 1 when one of them is in trouble."""
    config = opened.ready(home)
    from newsroom.sources.models import Source

    if source and not Source.objects.filter(outlet=opened.outlet(), slug=source).exists():
        raise BadInput(source, step="gather it", hint="`backread newsroom sources` lists the sources.")
    store, now = opened.store(config), datetime.now(UTC)
    due = [source] if source else list(store.sources_due(now))
    _each("gather", due, lambda slug: store.gather(slug, now), store, now)
    rows = Source.objects.filter(outlet=opened.outlet(), slug__in=due).order_by("slug")
    _tell({row.slug: row.trouble or "well" for row in rows}, "gathered", as_json)


def draft(
    dossier: str = typer.Argument("", help="A dossier's id; without one, every dossier that is due."),
    print_request: bool = typer.Option(
        False,
        "--print-request",
        help="Print what the language model would be sent, its key masked; nothing is sent or drafted.",
    ),
    home: Path = HOME,
    as_json: bool = JSON,
) -> None:
    """Group what came in, draft what is worth a story, and check the drafts."""
    config = opened.ready(home)
    from newsroom.stories.models import Dossier, Story

    outlet = opened.outlet()
    store, now = opened.store(config), datetime.now(UTC)
    before = set(Story.objects.filter(outlet=outlet).values_list("slug", flat=True))
    _each("group", list(store.captures_due(now)), lambda batch: store.group(batch, now), store, now)
    if dossier and not Dossier.objects.filter(outlet=outlet, dossier=dossier).exists():
        raise BadInput(dossier, step="draft it", hint="The desk's wire lists the dossiers.")
    due = [dossier] if dossier else list(store.dossiers_due(now))
    if print_request:
        typer.echo(requests(config, store, due, now))
        return
    _each("draft", due, lambda id_: store.draft(id_, now), store, now)
    _each("check", list(store.checks_due(now)), lambda slug: store.check(slug, now), store, now)
    rows = Story.objects.filter(outlet=outlet).exclude(slug__in=before).order_by("pk")
    _tell(
        {row.slug: f"{row.open_count} open" if row.open_count else "well" for row in rows}, "drafted", as_json
    )


def requests(config: Config, store: DjangoStore, dossiers: list[str], now: datetime) -> str:
    """What the language model would be sent for each dossier, as JSON by dossier. Raises ConfigError without one."""
    from backread.adapters.language import from_config

    language_model = from_config(config)
    if language_model is None:
        hint = "The drafter is `rule`: set BACKREAD_MODEL_URL and BACKREAD_MODEL."
        raise ConfigError("the language model", step="show a request to it", hint=hint)
    told: dict[str, object] = {}
    for dossier in dossiers:
        try:
            told[dossier] = language_model.shown(store.asked(dossier, now))
        except DraftError as err:
            told[dossier] = {"not sent": str(err)}
    return json.dumps({"requests": told}, ensure_ascii=False, indent=1)


def publish(
    home: Path = HOME,
    whole: bool = typer.Option(
        False, "--whole", help="Verify and make every story again, not only what is new."
    ),
    as_json: bool = JSON,
) -> None:
    """Build the public site from what was approved and published, scheduled stories included whose time has come. It approves nothing."""
    config = opened.ready(home)
    from newsroom import press

    store, now = opened.store(config), datetime.now(UTC)
    for slug in list(store.publications_due(now)):
        _each("publish", [slug], lambda subject: store.publish(subject, now), store, now)
    built = press.site(store=store, outlet=opened.outlet(), home=config.home, now=now, whole=whole)
    told = dict.fromkeys(built.written, "well") | {err.thing: str(err) for err in built.refused}
    _tell(told, "written", as_json)


def sources(home: Path = HOME, as_json: bool = JSON) -> None:
    """List the sources with their health. Exit 1 when one of them is in trouble."""
    opened.ready(home)
    from newsroom.sources.models import Source

    rows = Source.objects.filter(outlet=opened.outlet()).order_by("slug")
    if as_json:
        told = [
            {
                "source": r.slug, "name": r.name, "address": r.address, "trouble": r.trouble,
                "last_seen": r.last_seen.isoformat() if r.last_seen else None,
                "last_changed": r.last_changed.isoformat() if r.last_changed else None,
                "next_look": r.next_look.isoformat() if r.next_look else None,
            }
            for r in rows
        ]  # fmt: skip
        typer.echo(json.dumps({"sources": told}, ensure_ascii=False))
    for row in [] if as_json else rows:
        seen = f"{row.last_seen:%Y-%m-%d %H:%M}" if row.last_seen else "never seen"
        typer.echo(
            f"{'FAIL' if row.trouble else 'well'}  {seen:16}  {row.slug}  {row.trouble or row.address}"
        )
    if any(row.trouble for row in rows):
        raise typer.Exit(1)


def say(words: str) -> None:
    """Talk, on stderr."""
    typer.echo(words, err=True)


def _each(stage: str, due: list[str], step: Callable[[str], None], store: DjangoStore, now: datetime) -> None:
    for subject in due:
        try:
            step(subject)
        except BackreadError as err:
            store.failed(stage, subject, err, now)
            say(f"{stage}: {err}")


def _tell(told: dict[str, str], what: str, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({what: told}, ensure_ascii=False))
    for name, state in [] if as_json else told.items():
        typer.echo(f"{name}: {state}" if state != "well" else name)
    if any(state != "well" for state in told.values()):
        raise typer.Exit(1)
