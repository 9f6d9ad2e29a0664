"""The ledger's rows: chained, gapless, append-only, and part of the act."""

from __future__ import annotations

import hashlib
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from backread.errors import LedgerError
from backread.ledger import chain
from backread.ledger.entry import ActName
from backread.ledger.merkle import holds_inclusion
from newsroom.ledger.actions import checkpoint, contents, head, inclusion, record, root_of
from newsroom_gate import NOW, Gate


def write(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            record(outlet="tide", at=NOW, actor="ann", act=ActName.EDIT, body={"number": number})


@pytest.mark.django_db
def test_entries_chain_and_prove_their_place() -> None:
    write(11)
    told = chain.verify(contents("tide"), outlet="tide")
    assert (told.length, told.head) == (11, head("tide"))
    tree = checkpoint("tide", "tide.example")
    for seq, content in enumerate(contents("tide")):
        assert holds_inclusion(content, seq, tree.size, inclusion("tide", seq, tree.size), tree.root)


@pytest.mark.django_db(transaction=False)
def test_an_entry_outside_its_act_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr("newsroom.ledger.actions.transaction.get_connection", lambda: bare)
    with pytest.raises(LedgerError, match="transaction of its act"):
        record(outlet="tide", at=NOW, actor="ann", act=ActName.EDIT, body={})


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE ledger_entry SET act = 'x'", id="update"),
        pytest.param("DELETE FROM ledger_entry WHERE seq = 2", id="delete the last"),
        pytest.param("INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE seq = 1", id="replace"),
        pytest.param("INSERT INTO ledger_entry SELECT outlet, 9, substr(hash, 2) || 'x', previous, act, content FROM ledger_entry WHERE seq = 1", id="a gap"),
        pytest.param("INSERT INTO ledger_entry SELECT outlet, 3, substr(hash, 2) || 'x', previous, act, content FROM ledger_entry WHERE seq = 1", id="another past"),
        pytest.param("UPDATE ledger_node SET hash = zeroblob(32)", id="a node"),
        pytest.param("DELETE FROM ledger_node", id="no nodes"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_tampering_by_sql_is_refused(statement: str) -> None:
    write(3)
    with pytest.raises(DatabaseError, match="ledger:"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert isinstance(chain.verify(contents("tide"), outlet="tide"), chain.Holds)


def test_an_act_whose_entry_cannot_be_written_does_not_happen(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = gate.freeze()
    monkeypatch.setattr("newsroom.stories.actions.record", _broken)
    with pytest.raises(LedgerError):
        gate.approve(version)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM gate_approval")
        assert cursor.fetchone() == (0,)


def _broken(**told: object) -> None:
    raise LedgerError("the ledger", step="write an entry")


def test_every_act_on_a_version_has_its_entry(gate: Gate) -> None:
    gate.publish(gate.approve(gate.freeze()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT act FROM ledger_entry ORDER BY seq")
        assert [act for (act,) in cursor.fetchall()] == ["version", "approval", "publication"]


@pytest.mark.django_db
def test_an_entry_nobody_could_read_is_not_written() -> None:
    write(2)
    with pytest.raises(LedgerError, match="too long"), transaction.atomic():
        record(outlet="tide", at=NOW, actor="ann", act=ActName.EDIT, body={"reason": "x" * 1_000_001})
    assert isinstance(chain.verify(contents("tide"), outlet="tide"), chain.Holds)


def test_the_root_of_a_batch_is_that_of_its_leaves() -> None:
    leaf = lambda content: hashlib.sha256(b"\x00" + content).digest()  # noqa: E731
    both = hashlib.sha256(b"\x01" + leaf(b"a") + leaf(b"b")).digest()
    assert root_of([b"a"]) == leaf(b"a").hex()
    assert root_of([b"a", b"b"]) == both.hex()
    assert root_of([b"b", b"a"]) != both.hex()
    assert root_of([b"a", b"b", b"c"]) == hashlib.sha256(b"\x01" + both + leaf(b"c")).hexdigest()
