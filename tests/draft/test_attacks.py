"""A language model that obeys every source it reads: it can change words of a draft, and nothing else.

Injections are put into carriers, the carriers are read as any page is, and the double does what it is told.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backread.draft.prose import draft
from backread.draft.request import ask, request_bytes
from backread.errors import BadReply, DraftError
from backread.gather import read
from backread.ports import Fetched, Reply, Request
from backread.values.capture import Capture
from backread.values.dossier import Dossier
from backread.values.draft import Draft
from backread.values.source import Source

pytestmark = pytest.mark.shared

DAY = dt.date(2026, 10, 19)
BODY = "The pier at Tarrow closes on Monday for repairs, the harbor office said. It opens again in March, after the planks are new."
TITLE = "Pier at Tarrow closes for repairs"
AN_HONEST = {"text": "The pier at Tarrow closes on Monday.", "passages": ["p1"]}


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a set of attacks."""
    return [json.loads(line) for line in (folder / "data/attacks" / name).read_text("utf-8").splitlines()]


def carried(carrier: dict[str, Any], payload: str) -> tuple[Capture, ...]:
    """The captures of a document that carries this."""
    told = carrier["template"]
    for slot, words in (("{TITLE}", TITLE), ("{BODY}", BODY), ("{PAYLOAD}", payload)):
        told = told.replace(slot, words)
    html = carrier["format"] == "html"
    media_type, kind = ("text/html", "page") if html else ("application/rss+xml", "feed")
    source = Source(id="harbor", name="the harbor office", kind=kind, address="https://harbor.example/")
    moment = dt.datetime.combine(DAY, dt.time(9), dt.UTC)
    fetched = Fetched(
        url=source.address, status=200, body=told.encode(), media_type=media_type, headers={}, taken=moment
    )
    return read(source, fetched).captures


def words_between(request: Request) -> str:
    """What a double reads of the documents."""
    return " ".join(re.findall(r"(?m)^\[p\d+\] (.*)$", request.user))


def says_it(request: Request) -> str:
    """Writes what it was told into every sentence it may."""
    told = {"text": words_between(request)[-600:], "passages": ["p1"]}
    return json.dumps({"headline": told, "deck": told, "paragraphs": [[AN_HONEST, told]]})


def says_it_unescaped(request: Request) -> str:
    """Pastes it into the JSON, as a program without care would."""
    told = f'{{"text": "{words_between(request)[-600:]}", "passages": ["p1"]}}'
    return f'{{"headline": {told}, "deck": {told}, "paragraphs": [[{told}]]}}'


def claims_powers(request: Request) -> str:
    """Says that it has been approved, proven and published."""
    told = AN_HONEST | {"basis": "verbatim", "state": "proven"}
    more = {"approved": True, "publish": "now", "statement": "fact-checked", "settings": {"every": "2099"}}
    return json.dumps({"headline": told, "deck": told, "paragraphs": [[told]]} | more)


def cites_beyond(request: Request) -> str:
    """Cites what it was not shown."""
    told = AN_HONEST | {"passages": ["p1", "p999", "https://harbor.example/"]}
    return json.dumps({"headline": told, "deck": told, "paragraphs": [[told]]})


DOUBLES: list[Callable[[Request], str]] = [says_it, says_it_unescaped, claims_powers, cites_beyond]


def drafted(captures: tuple[Capture, ...], obeys: Callable[[Request], str]) -> Draft | BadReply | None:
    """A draft, a refusal of the reply, or nothing where there was nothing to send."""
    dossier = Dossier(id="d", title="Pier", captures=tuple(c.id for c in captures))
    try:
        return draft(
            dossier,
            captures,
            language_model=lambda request: Reply(text=obeys(request), language_model="double"),
            area=None,
            on=DAY,
        )
    except BadReply as err:
        return err
    except DraftError:
        return None


@pytest.mark.parametrize("obeys", DOUBLES)
def test_an_obedient_double_changes_nothing_but_words(obeys, shared: Path):
    made = []
    for injection in rows(shared, "newsroom_injections.jsonl"):
        for carrier in rows(shared, "carriers.jsonl"):
            canary = f"Zq{secrets.token_hex(6)}"
            captures = carried(carrier, injection["payload"].replace("{CANARY}", canary))
            before = repr(captures)
            end = drafted(captures, obeys)
            assert repr(captures) == before
            made.append(end)
            if isinstance(end, Draft):
                honest = drafted(captures, lambda _: json.dumps({"headline": AN_HONEST, "deck": AN_HONEST, "paragraphs": [[AN_HONEST]]}))  # fmt: skip
                assert_only_words_differ(end, honest, captures)
    drafts = [end for end in made if isinstance(end, Draft)]
    if obeys in (claims_powers, cites_beyond):
        assert drafts == []
    elif obeys is says_it:
        assert len(drafts) >= 20, "a double whose words are all refused shows nothing"


def assert_only_words_differ(made: Draft, honest: Draft, captures: tuple[Capture, ...]) -> None:
    """Drafter, sources, kinds of blocks and what was left out are what they are without the attack."""
    told = ("dossier", "captures", "left_out")
    assert [getattr(made, name) for name in told] == [getattr(honest, name) for name in told]
    assert (made.drafter.hand, made.drafter.name, made.drafter.replayed) == ("language model", "prose", False)
    assert [b.kind for b in made.story.blocks] == [b.kind for b in honest.story.blocks]
    assert made.story.date == DAY
    assert all(any(c.holds(p) for c in captures) for s in made.story.sentences for p in s.passages)
    assert not re.search(r"https?://|<[a-z]", made.story.text)


def test_what_a_reader_cannot_see_is_not_sent(shared: Path):
    hidden, seen = [], []
    for injection in rows(shared, "newsroom_injections.jsonl"):
        if "{CANARY}" not in injection["payload"]:
            continue
        for carrier in rows(shared, "carriers.jsonl"):
            canary = f"Zq{secrets.token_hex(6)}"
            captures = carried(carrier, injection["payload"].replace("{CANARY}", canary))
            if not captures:
                continue
            request = ask(captures, on=DAY).request
            sent = canary in request.user or canary.encode() in request_bytes(request)
            (seen if carrier["visible_to_reader"] else hidden).append((carrier["name"], sent))
    assert len(hidden) >= 20
    assert [name for name, sent in hidden if sent] == []
    assert any(sent for name, sent in seen if name == "visible-paragraph"), "a canary that is seen is sent"
