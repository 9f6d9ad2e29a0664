"""Every verb of the newsroom with every kind of bad input: one sentence on stderr, exit 2, nothing in its folder changed."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from django.contrib.auth.hashers import get_hashers, get_hashers_by_algorithm
from django.db import connections
from test_plan import GOOD

from bad_input import BAD_FILES, BINARY, LONG, Done, held, run, verbs

DATABASE = "newsroom.sqlite3"
STRANGE = {
    "a zero byte": "a\x00b",
    "a new line": "a\nb",
    "an escape": "\x1b[31mred",
    "no UTF-8": "caf\udce9",
    "a turn of the writing": "\u202egnp",
    "very long": LONG[:100_000],
    "a path": "../session",
    "SQL": "' OR 1=1 --",
}
"""What may stand where a name should."""
UNKNOWN = {"unknown": "nobody", "nothing": "", **STRANGE}
WRONG_NUMBERS = {"negative": "-1", "nothing": "0", "too large": "99999999", "words": "many", "no number": "nan", "no end": "inf"}  # fmt: skip
Program = Callable[..., Done]


@contextmanager
def on(home: Path) -> Iterator[None]:
    """The folder's own database in the place of the tests' one."""
    before = connections["default"]
    told = {**before.settings_dict, "NAME": str(home / DATABASE)}
    connections["default"] = type(before)(told, alias="default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = before


def _little_work(settings) -> None:
    """Passwords are hashed quickly: none of them is right here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    get_hashers.cache_clear()
    get_hashers_by_algorithm.cache_clear()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:
    """A whole newsroom, set up once and copied for each test."""
    home = tmp_path_factory.mktemp("made") / "home"
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), on(home):
        from django.conf import settings

        patch.setenv("BACKREAD_HOME", str(home))
        patch.setattr(settings, "PASSWORD_HASHERS", settings.PASSWORD_HASHERS)
        patch.setattr(settings, "HOME", home)
        _little_work(settings)
        from newsroom import opened
        from newsroom import verbs as newsroom_verbs

        config = opened.folder(home)
        (home / "newsroom.toml").write_text(GOOD, "utf-8")
        newsroom_verbs.set_up(config)
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A whole newsroom of one test."""
    shutil.copytree(made, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def program(capsys, monkeypatch, settings, django_db_blocker, tmp_path: Path) -> Program:
    """The program in this process, on the folder that its words name."""

    def call(*words: object, at: Path) -> Done:
        monkeypatch.setenv("BACKREAD_HOME", str(tmp_path / "elsewhere"))
        settings.HOME = at
        _little_work(settings)
        with django_db_blocker.unblock(), on(at):
            return run(capsys, monkeypatch, "newsroom", *words, "--home", at)

    return call


VERBS = {
    name.removeprefix("newsroom "): params for name, params in verbs().items() if name.startswith("newsroom ")
}
ERASE = ["--as", "bo", "--with", "ann", "--reason", "so"]
WORDS = {
    "run": ["--no-serve"],
    "show": ["x"],
    "approve": ["x", "--as", "ann"],
    "code": ["ann"],
    "erase": ["x", *ERASE],
    "rotate-key": ["attestation"],
}
"""What a verb needs besides its folder."""
MAKES = {"init", "run"}
"""Verbs that make a newsroom where there is none."""
PARAMETERS = {
    "run": {"home", "demo", "serve", "desk_port", "site_port"},
    "init": {"home", "demo"},
    "worker": {"home", "once", "pause"},
    "gather": {"source", "home"},
    "draft": {"dossier", "home", "print_request"},
    "publish": {"home", "whole"},
    "sources": {"home"},
    "drafts": {"home"},
    "show": {"slug", "home"},
    "approve": {"slug", "user", "home"},
    "site": {"home", "port"},
    "code": {"username", "home"},
    "doctor": {"home"},
    "erase": {"what", "user", "second", "reason", "home"},
    "rotate-key": {"role", "home"},
}
"""By verb: every parameter, each with rows below."""


def test_every_verb_and_parameter_has_its_rows() -> None:
    told = {name: {p.name for p in params} - {"as_json", "help"} for name, params in VERBS.items()}
    assert set(told) == set(PARAMETERS)
    assert {name: names - PARAMETERS[name] for name, names in told.items() if names - PARAMETERS[name]} == {}


def refused(program: Program, home: Path, *words: object, told: str = "", talk: int = 0) -> str:
    before = held(home.parent)
    done = program(*words, at=home)
    assert done.is_refusal(told, talk=talk)
    assert held(home.parent) == before
    return done.err


def _sql(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as rows:
        for statement in statements:
            rows.execute(statement)
        rows.commit()


def _replaced(home: Path, content: bytes) -> None:
    (home / DATABASE).write_bytes(content)


def _cut(home: Path) -> None:
    os.truncate(home / DATABASE, (home / DATABASE).stat().st_size // 2)


def _holes(home: Path) -> None:
    """Every page but the first ones is noise: the tables are named, and cannot be read."""
    whole = (home / DATABASE).read_bytes()
    _replaced(home, whole[:8192] + b"\xa5" * (len(whole) - 8192))


def _others(home: Path) -> None:
    (home / DATABASE).unlink()
    _sql(home, "CREATE TABLE recipes (name TEXT)", "INSERT INTO recipes VALUES ('soup')")


def _as_folder(home: Path) -> None:
    (home / DATABASE).unlink()
    (home / DATABASE).mkdir()


NEWER = "INSERT INTO django_migrations (app, name, applied) VALUES ('stories', '9999_later', '2026-01-01')"
DATABASES: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "0 bytes": (lambda home: _replaced(home, b""), MAKES),
    "binary": (lambda home: _replaced(home, BINARY), set()),
    "zeros": (lambda home: _replaced(home, bytes(4096)), set()),
    "a head and noise": (lambda home: _replaced(home, b"SQLite format 3\x00" + b"\x07" * 5000), set()),
    "cut short": (_cut, set()),
    "full of holes": (_holes, set()),
    "somebody else's": (_others, set()),
    "a folder": (_as_folder, set()),
    "a newer program's": (lambda home: _sql(home, NEWER), set()),
    "an older program's": (
        lambda home: _sql(home, "DELETE FROM django_migrations WHERE app = 'jobs'"),
        MAKES,
    ),
}
"""What the database may be, and the verbs that mend it."""


@pytest.mark.parametrize("kind", DATABASES)
def test_a_database_that_cannot_be_used(program: Program, home: Path, kind: str) -> None:
    make, mend = DATABASES[kind]
    make(home)
    all_refuse(program, home, mend)


def all_refuse(program: Program, home: Path, but: set[str], told: str = "") -> None:
    """Every verb refuses this folder, saying what was told, and nothing in it or beside it changes."""
    before = held(home.parent)
    for verb in [verb for verb in PARAMETERS if verb not in but]:
        done = program(verb, *WORDS.get(verb, []), at=home)
        # The site is served without looking at the newsroom: what it lacks is a site.
        assert done.is_refusal("" if verb == "site" else told), verb
    assert held(home.parent) == before


HOMES: dict[str, tuple[Callable[[Path], Path], set[str]]] = {
    "not there": (lambda room: room / "none", MAKES),
    "a file": (lambda room: room / "file", set()),
    "below a file": (lambda room: room / "file" / "home", set()),
    "an empty folder": (lambda room: room / "empty", MAKES),
    "a folder of other things": (lambda room: room / "other", MAKES),
    **{f"called {kind}": ((lambda room, words=words: room / words), MAKES if kind not in ("a zero byte", "very long") else set())
       for kind, words in STRANGE.items() if kind not in ("a path", "SQL")},
}  # fmt: skip
"""What the folder may be, and the verbs that make a newsroom of it."""


@pytest.mark.parametrize("kind", HOMES)
def test_a_folder_without_a_newsroom(program: Program, tmp_path: Path, kind: str) -> None:
    make, mend = HOMES[kind]
    room = tmp_path / "room"
    (room / "other" / "captures").mkdir(parents=True)
    (room / "empty").mkdir()
    (room / "file").write_text("x")
    all_refuse(program, make(room), mend, told="`backread newsroom init`" if mend else "")


@pytest.mark.parametrize("kind", UNKNOWN)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(["gather"], [], id="gather"),
        pytest.param(["draft"], [], id="draft"),
        pytest.param(["show"], [], id="show"),
        pytest.param(["approve"], ["--as", "ann"], id="approve"),
        pytest.param(["code"], [], id="code"),
        pytest.param(["erase"], ERASE, id="erase"),
    ],
)
def test_an_unknown_name(
    program: Program, home: Path, before: list[str], after: list[str], kind: str
) -> None:
    if kind == "nothing" and before[0] in ("gather", "draft"):
        return
    refused(program, home, *before, UNKNOWN[kind], *after)


@pytest.mark.parametrize("kind", UNKNOWN)
def test_approving_as_somebody_unknown(
    program: Program, home: Path, monkeypatch, django_db_blocker, kind: str
) -> None:
    with django_db_blocker.unblock():
        story = _story(home)
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: "123456")
    refused(program, home, "approve", story, "--as", UNKNOWN[kind], talk=kind != "no UTF-8")


@pytest.mark.parametrize("answer", ["", "000000", "abcdef", "٠٠٠٠٠٠", "1" * 10_000, "12\x0034", "\udce9"])
def test_approving_with_a_wrong_password_or_code(
    program: Program, home: Path, monkeypatch, django_db_blocker, answer: str
) -> None:
    with django_db_blocker.unblock():
        story = _story(home)
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: answer)
    refused(program, home, "approve", story, "--as", "ann", talk=1)


@pytest.mark.parametrize("answer", ["", "000000", "\udce9", "1" * 10_000])
@pytest.mark.parametrize("who", ["bo", "nobody", "a\nb"])
def test_erasing_with_a_wrong_name_password_or_code(
    program: Program, home: Path, monkeypatch, django_db_blocker, who: str, answer: str
) -> None:
    with django_db_blocker.unblock():
        story = _story(home)
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: answer)
    refused(program, home, "erase", story, "--as", "ann", "--with", who, "--reason", "so")


def test_approving_without_an_answer(program: Program, home: Path, monkeypatch, django_db_blocker) -> None:
    def gone(*_: object, **__: object) -> str:
        raise typer.Abort

    with django_db_blocker.unblock():
        story = _story(home)
    monkeypatch.setattr(typer, "prompt", gone)
    refused(program, home, "approve", story, "--as", "ann", told="start again", talk=1)


def _story(home: Path) -> str:
    """The name of a story that somebody started by hand."""
    from newsroom.accounts.models import Outlet, Person
    from newsroom.desk import actions
    from newsroom.desk.room import Room

    with on(home):
        room = Room(Outlet.objects.get(), home)
        ann = Person.objects.get(username="ann").at(room.outlet.pk)
        story = actions.start_by_hand(
            room=room, person=ann, headline="Pier opens", deck="", body="The pier opens on Monday.",
            supplied_by="Ann Orde", ai="", now=datetime.now(UTC),
        )  # fmt: skip
        return str(story.slug)


@pytest.mark.parametrize("kind", WRONG_NUMBERS)
@pytest.mark.parametrize(
    ("verb", "option"),
    [("run", "--desk-port"), ("run", "--site-port"), ("site", "--port"), ("worker", "--pause")],
)
def test_a_wrong_number(program: Program, home: Path, verb: str, option: str, kind: str) -> None:
    (home / "site").mkdir()
    more = ["--once"] if verb == "worker" else ["--no-serve"] if verb == "run" else []
    refused(program, home, verb, option, WRONG_NUMBERS[kind], *more, told=option)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(["show"], "slug", id="no slug"),
        pytest.param(["approve", "pier"], "--as", id="nobody who approves"),
        pytest.param(["approve"], "slug", id="neither story nor person"),
        pytest.param(["code"], "username", id="no user"),
        pytest.param(["rotate-key"], "role", id="no key"),
        pytest.param(["rotate-key", "master"], "attestation", id="no such key"),
        pytest.param(["rotate-key", ""], "attestation", id="a key without a name"),
        pytest.param(["rotate-key", "a\x00b"], "attestation", id="a zero byte for a key"),
        pytest.param(["publish", "--whole", "yes"], "yes", id="a word after a switch"),
        pytest.param(["erase", *ERASE], "what", id="nothing to erase"),
        pytest.param(
            ["erase", "pier", "--as", "bo", "--with", "ann"], "--reason", id="erased without a reason"
        ),
        pytest.param(["erase", "pier", "--as", "bo", "--reason", "so"], "--with", id="erased by one"),
        pytest.param(["erase", "pier", "--with", "bo", "--reason", "so"], "--as", id="erased by nobody"),
        pytest.param(["draft", "nobody", "--print-request"], "", id="a request for nothing"),
        pytest.param(["gather", "nobody"], "lists the sources", id="an unknown source"),
        pytest.param(["draft", "nothing"], "lists the dossiers", id="an unknown dossier"),
        pytest.param(["show", "no-such-story"], "lists them", id="an unknown story"),
        pytest.param(
            ["approve", "no-such-story", "--as", "ann"], "lists them", id="an unknown story approved"
        ),
        pytest.param(["code", "nobody"], "code secret", id="a code of nobody"),
        pytest.param(["code", "../session"], "code secret", id="a code of another file"),
        pytest.param(["code", ""], "code secret", id="a code of no name"),
        pytest.param(["run", "--desk-port", "99999"], "65535", id="a port there is not"),
        pytest.param(["worker", "--pause", "soon"], "--pause", id="a pause in words"),
        pytest.param(["fly"], "fly", id="no such verb"),
        pytest.param(["run", "--fly"], "--fly", id="no such option"),
        pytest.param(["gather", "a", "b"], "b", id="a word too many"),
        pytest.param(["draft", "a", "b"], "b", id="another word too many"),
        pytest.param(["run", "--desk-port", "8010", "--site-port", "8010"], "8010", id="one port for both"),
    ],
)
def test_wrong_words(program: Program, home: Path, words: list[str], told: str) -> None:
    refused(program, home, *words, told=told)


@pytest.mark.parametrize("verb", PARAMETERS)
def test_no_folder_after_home(capsys, monkeypatch, verb: str) -> None:
    done = run(capsys, monkeypatch, "newsroom", verb, *WORDS.get(verb, []), "--home")
    assert done.is_refusal("--home")


@pytest.mark.parametrize("kind", [kind for kind in BAD_FILES if kind != "missing"])
@pytest.mark.parametrize("name", ["newsroom.toml", "area.toml"])
@pytest.mark.parametrize("verb", sorted(MAKES))
def test_a_bad_file_in_the_folder(program: Program, home: Path, verb: str, name: str, kind: str) -> None:
    (home / name).unlink(missing_ok=True)
    BAD_FILES[kind](home / name)
    refused(program, home, verb, *(["--no-serve"] if verb == "run" else []), told=name)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(GOOD.replace('"Ann Orde"', '"Ann\\u0000Orde"', 1), id="a zero byte"),
        pytest.param(GOOD.replace('"Ann Orde"', '"Ann\\u202eOrde"', 1), id="a turn of the writing"),
        pytest.param(GOOD.replace('"Ann Orde"', '"Ann\\nOrde"', 1), id="a new line"),
        pytest.param(GOOD.replace('"The Tide"', f'"{LONG[:10_000]}"'), id="a name without end"),
        pytest.param(GOOD.replace("[outlet]", "[outlet"), id="cut short"),
        pytest.param(GOOD.replace("60", "-60"), id="a negative time"),
        pytest.param(GOOD.replace("60", "9" * 5000), id="a number without end"),
    ],
)
@pytest.mark.parametrize("verb", sorted(MAKES))
def test_a_malformed_plan(program: Program, home: Path, verb: str, content: str) -> None:
    (home / "newsroom.toml").write_text(content, "utf-8")
    said = refused(program, home, verb, *(["--no-serve"] if verb == "run" else []), told="newsroom.toml")
    assert not [words for words in ("Expected", "column", "Exceeds", "Error") if words in said], said


@pytest.mark.parametrize("verb", ["run", "worker"])
def test_while_another_one_works(program: Program, home: Path, verb: str) -> None:
    with (home / "worker.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        more = ["--once"] if verb == "worker" else ["--no-serve"]
        refused(program, home, verb, *more, told="Another process")


@pytest.mark.parametrize(
    ("verb", "option"), [("run", "--desk-port"), ("run", "--site-port"), ("site", "--port")]
)
def test_a_port_in_use(program: Program, home: Path, monkeypatch, verb: str, option: str) -> None:
    monkeypatch.setattr("newsroom.serve.PATIENCE", 0.0)
    (home / "site").mkdir()
    with socket.socket() as taken, socket.socket() as other:
        for one in (taken, other):
            one.bind(("127.0.0.1", 0))
        taken.listen()
        more = {"--desk-port", "--site-port"} - {option} if verb == "run" else ()
        free = [word for name in more for word in (name, other.getsockname()[1])]
        other.close()
        refused(program, home, verb, option, taken.getsockname()[1], *free, told=option)


@pytest.mark.parametrize("verb", ["site", "publish"])
def test_a_site_that_is_a_file(program: Program, home: Path, verb: str) -> None:
    (home / "site").write_text("x")
    refused(program, home, verb, told="site")


_CAPABLE = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
"""Root without the right to write where nothing may be written."""


@pytest.mark.parametrize("verb", ["init", "sources", "worker --once", "publish"])
def test_a_folder_that_is_read_only(made: Path, verb: str) -> None:
    """Root, for whom nothing is read-only, gives that right up first."""
    with tempfile.TemporaryDirectory() as room:
        home = Path(shutil.copytree(made, Path(room) / "home"))
        for path in (home, *home.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = held(home)
        as_other = _CAPABLE if os.getuid() == 0 else []
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("BACKREAD_", "DJANGO_"))}
        done = subprocess.run(
            [*as_other, sys.executable, "-m", "backread", "newsroom", *verb.split(), "--home", str(home)],
            capture_output=True, text=True, env=environment | {"HOME": room}, timeout=60, check=False,
        )  # fmt: skip
        assert Done(code=done.returncode, out=done.stdout, err=done.stderr).is_refusal()
        assert held(home) == before
