"""A chain holds when nothing was touched, and any touch is found."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from backread.errors import LedgerError
from backread.ledger import chain
from backread.ledger.chain import Broken, Head, Holds
from backread.ledger.entry import MAX_BYTES, ActName, read
from backread.values.publication import FIRST, Entry

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def made(count: int) -> list[Entry]:
    """A chain of `count` entries."""
    entries: list[Entry] = []
    for number in range(count):
        entries.append(
            chain.append(
                entries[-1] if entries else None,
                outlet="packet",
                at=START + timedelta(minutes=number),
                actor="ada",
                act=ActName.EDIT,
                body={"story": f"s{number}", "sentences": [number, "two"], "why": {"words": "shorter"}},
            )
        )
    return entries


def test_an_untouched_chain_holds() -> None:
    entries = made(7)
    assert chain.verify(e.content() for e in entries) == Holds(length=7, head=entries[-1].hash)
    assert chain.verify([]) == Holds(length=0, head=FIRST)


Rows = list[bytes]


def _again(rows: Rows, index: int, **fields: object) -> Rows:
    told = json.loads(rows[index]) | fields
    return [
        *rows[:index],
        json.dumps(told, separators=(",", ":"), sort_keys=True).encode(),
        *rows[index + 1 :],
    ]


@pytest.mark.parametrize(
    ("touch", "seq"),
    [
        pytest.param(lambda r: r[1:], 0, id="the first is gone"),
        pytest.param(lambda r: [*r[:3], *r[4:]], 3, id="one in the middle is gone"),
        pytest.param(lambda r: [*r[:3], r[4], r[3], *r[5:]], 3, id="two are swapped"),
        pytest.param(lambda r: [*r[:3], r[2], *r[3:]], 3, id="one stands twice"),
        pytest.param(lambda r: _again(r, 3, actor="eve"), 4, id="another actor"),
        pytest.param(lambda r: _again(r, 3, at="2026-03-01T08:00:00.000000Z"), 3, id="dated back"),
        pytest.param(lambda r: _again(r, 3, outlet="rival"), 3, id="another outlet"),
        pytest.param(lambda r: _again(r, 3, seq=True), 3, id="a number that is none"),
        pytest.param(lambda r: _again(r, 3, act="forget"), 3, id="an act no ledger knows"),
        pytest.param(lambda r: _again(r, 3, body={"a": None}), 3, id="a value no ledger writes"),
        pytest.param(lambda r: _again(r, 3, body=["a"]), 3, id="a body that is a list"),
        pytest.param(lambda r: [*r[:3], r[3] + b" ", *r[4:]], 3, id="a space behind"),
        pytest.param(lambda r: [*r[:3], b"\xff" + r[3], *r[4:]], 3, id="broken bytes"),
        pytest.param(lambda r: [*r[:3], b"[" * 100_000, *r[4:]], 3, id="nested without end"),
        pytest.param(lambda r: [*r[:3], b" " * (MAX_BYTES + 1), *r[4:]], 3, id="too long"),
    ],
)
def test_a_touched_chain_is_found(touch: Callable[[Rows], Rows], seq: int) -> None:
    found = chain.verify(touch([e.content() for e in made(6)]), outlet="packet")
    assert isinstance(found, Broken)
    assert found.seq == seq


@pytest.mark.parametrize(
    ("seen", "holds"),
    [
        pytest.param(lambda e: [Head(length=3, hash=e[2].hash)], True, id="seen and still there"),
        pytest.param(lambda e: [Head(length=0, hash=FIRST)], True, id="seen empty"),
        pytest.param(lambda e: [Head(length=0, hash=e[0].hash)], False, id="empty with a hash"),
        pytest.param(lambda e: [Head(length=9, hash=e[2].hash)], False, id="the end was cut off"),
        pytest.param(lambda e: [Head(length=3, hash=e[1].hash)], False, id="written anew"),
        pytest.param(
            lambda e: [Head(length=3, hash=e[2].hash), Head(length=3, hash=e[1].hash)],
            False,
            id="two stories told",
        ),
    ],
)
def test_heads_seen_before(seen: Callable[[list[Entry]], list[Head]], holds: bool) -> None:
    entries = made(5)
    found = chain.verify((e.content() for e in entries), seen=seen(entries))
    assert isinstance(found, Holds) is holds


def test_a_thousand_random_mutations_are_all_found() -> None:
    dice = random.Random(20_260_301)
    entries = made(40)
    rows = [e.content() for e in entries]
    seen = [Head(length=40, hash=entries[-1].hash)]
    missed = []
    for number in range(1_000):
        touched = _mutated(rows, dice)
        if touched != rows and isinstance(chain.verify(touched, seen=seen), Holds):
            missed.append(number)
    assert missed == []


def _mutated(rows: Rows, dice: random.Random) -> Rows:
    touched = list(rows)
    at = dice.randrange(len(rows))
    kind = dice.choice(["bit", "drop", "swap", "copy", "cut", "rewrite", "append"])
    if kind == "bit":
        place = dice.randrange(len(rows[at]))
        changed = bytes([rows[at][place] ^ (1 << dice.randrange(8))])
        touched[at] = rows[at][:place] + changed + rows[at][place + 1 :]
    elif kind == "drop":
        del touched[at]
    elif kind == "swap":
        other = dice.randrange(len(rows))
        touched[at], touched[other] = touched[other], touched[at]
    elif kind == "copy":
        touched.insert(dice.randrange(len(rows)), rows[at])
    elif kind == "cut":
        del touched[at:]
    elif kind == "append":
        return [*rows[:at], *rows[at + 1 :], rows[at]]
    else:
        return _rewritten(rows, at, dice)
    return touched


def _rewritten(rows: Rows, at: int, dice: random.Random) -> Rows:
    """The careful forger: one entry changed, and every later one chained to it again."""
    entries = [read(row) for row in rows]
    last = entries[at - 1] if at else None
    for index in range(at, len(entries)):
        old = entries[index]
        body = {"story": f"forged {dice.random()}"} if index == at else old.body
        last = chain.append(
            last, outlet=old.outlet, at=old.at, actor=old.actor, act=ActName(old.act), body=body
        )
        entries[index] = last
    return [e.content() for e in entries]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"a": 1.5}, id="a float"),
        pytest.param({"a": True}, id="a boolean"),
        pytest.param({"a": [None]}, id="nothing in a list"),
        pytest.param({"a": {"b": b"x"}}, id="bytes in an object"),
    ],
)
def test_a_strange_body_is_not_written(body: dict[str, object]) -> None:
    with pytest.raises(LedgerError, match="entry 'edit'"):
        chain.append(None, outlet="packet", at=START, actor="ada", act=ActName.EDIT, body=body)


def test_a_ledger_belongs_to_one_outlet() -> None:
    with pytest.raises(LedgerError, match="rival"):
        chain.append(made(1)[0], outlet="rival", at=START, actor="ada", act=ActName.EDIT, body={})
