"""Who may call what: every address of the desk with its methods and roles, listed by hand.

A reader of this table sees all doors at once. The tests are made from it, and a route of the desk that is
not in it fails them. What may be done with a particular story or sentence is the gate's to say; this
table only keeps out who has no business there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backread.values.person import Role

ANYONE = frozenset(Role)
"""Every signed-in person with a role; nobody without one."""
DESK = frozenset({Role.REPORTER, Role.EDITOR, Role.STANDARDS})
EDITORS = frozenset({Role.EDITOR, Role.STANDARDS})
STANDARDS = frozenset({Role.STANDARDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An address: its name in the namespace `desk`, its path, its view ("module.function" below `desk.views`), its roles by method."""

    name: str
    path: str
    view: str
    may: Mapping[str, frozenset[Role]]


def _read(name: str, path: str, view: str, roles: frozenset[Role] = ANYONE) -> Route:
    return Route(name=name, path=path, view=view, may={"GET": roles})


def _act(name: str, path: str, view: str, roles: frozenset[Role] = DESK) -> Route:
    return Route(name=name, path=path, view=view, may={"POST": roles})


def _form(name: str, path: str, view: str, roles: frozenset[Role] = DESK) -> Route:
    return Route(name=name, path=path, view=view, may={"GET": roles, "POST": roles})


STORY = "stories/<str:story>/"

ROUTES: tuple[Route, ...] = (
    _read("home", "", "budget.home"),
    _read("keys", "keys/", "budget.keys"),
    # What came in.
    _read("wire", "wire/", "wire.wire"),
    _act("start", "wire/<str:dossier>/start/", "wire.start"),
    _act("aside", "wire/<str:dossier>/aside/", "wire.aside"),
    _form("write", "stories/new/", "wire.write"),
    _form("brief", "stories/brief/", "wire.brief", EDITORS),
    # The queue.
    _read("budget", "budget/", "budget.budget"),
    _act("assign", STORY + "assign/", "budget.assign"),
    # The story beside its evidence.
    _read("read", STORY, "read.read"),
    _read("versions", STORY + "versions/", "read.versions"),
    _read("capture", STORY + "captures/<str:capture>/", "read.capture"),
    _act("keep", STORY + "keep/", "decide.keep"),
    _act("paragraph", STORY + "paragraph/", "decide.paragraph"),
    _act("change", STORY + "change/", "decide.change"),
    _act("strike", STORY + "strike/", "decide.strike"),
    _act("take", STORY + "take/", "decide.take", EDITORS),
    _act("override", STORY + "override/", "decide.override", STANDARDS),
    _act("undo", STORY + "undo/", "decide.undo"),
    _act("alarm", STORY + "alarm/", "decide.alarm"),
    _act("cite", STORY + "cite/", "decide.cite"),
    _act("note", STORY + "note/", "decide.note"),
    _act("recheck", STORY + "recheck/", "decide.recheck"),
    _act("return", STORY + "return/", "moves.send_back", EDITORS),
    _act("kill", STORY + "kill/", "moves.kill", EDITORS),
    _act("revive", STORY + "revive/", "moves.revive", EDITORS),
    # The signature.
    _form("approve", STORY + "approve/", "approve.approve", EDITORS),
    # What is out.
    _read("published", "published/", "published.published"),
    _read("corrections", "corrections/", "published.corrections"),
    _act("withdraw", STORY + "withdraw/", "published.withdraw", EDITORS),
    _act("correct", STORY + "correct/", "published.correct", EDITORS),
    # The record.
    _read("sources", "sources/", "record.sources"),
    _read("ledger", "ledger/", "record.ledger"),
    _read("numbers", "numbers/", "record.numbers"),
)
"""Every route of the desk."""

BY_NAME = {route.name: route for route in ROUTES}
