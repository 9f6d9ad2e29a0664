"""Rows written by hand beside an honest act: dated back, signed with nonsense, saying something else than the ledger.

Whoever does this knows the tables and writes the ledger entry as well; the triggers hold the row to its entry and to its
signed statement. What no trigger can see is named by doctor and refused by the builder.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from backread.errors import NotAllowed
from backread.ledger.entry import ActName, approval_body, publication_body, withdrawal_body
from backread.values.canonical import canonical_bytes
from backread.values.publication import Approval, Entry, Publication, Withdrawal, WithdrawalKind, utc
from newsroom.ledger.actions import record
from newsroom.ledger.models import LedgerEntry
from newsroom_gate import NOW, SECOND, Gate, published

HOUR = timedelta(hours=1)
Row = dict[str, Any]


@dataclass
class Forged:
    """A row and the body of its ledger entry, both still to be spoiled."""

    table: str
    act: ActName
    row: Row
    body: Row
    actor: str = "ann"
    entered: datetime = NOW + HOUR
    entry: Row = field(default_factory=dict)

    def write(self) -> None:
        """Enter the act and insert the row, as whoever holds the connection can."""
        with transaction.atomic():
            made = record(outlet="tide", at=self.entered, actor=self.actor, act=self.act, body=self.body)
            insert(self.table, self.row | {"entry": made.hash} | self.entry)


def insert(table: str, row: Row) -> None:
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(row))
        cursor.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def approval_row(made: Approval) -> Row:
    return {
        "id": made.id, "outlet": made.outlet, "story": made.story, "version": made.version, "digest": made.digest, "approver": made.approver,
        "needed": made.needed, "approved_at": utc(made.approved_at), "expires_at": utc(made.expires_at),
        "content": canonical_bytes(made.canonical()).decode(), "signature": made.signature,
    }  # fmt: skip


def approval(gate: Gate, **told: Any) -> Forged:
    """Another approval of the same version by hand: honest but for `told`."""
    first = gate.approve(gate.freeze())
    made = replace(first, nonce="again", approved_at=NOW + HOUR, expires_at=NOW + 2 * HOUR, **told)
    return Forged("gate_approval", ActName.APPROVAL, approval_row(made), approval_body(made))


def publication(gate: Gate, **told: Any) -> Forged:
    given = gate.approve(gate.freeze())
    made = Publication(
        outlet="tide", story="pier", version=1, digest=given.digest, approval=given.id, not_before=NOW + HOUR
    )
    made = replace(made, **told)
    row = {
        "id": made.id, "outlet": made.outlet, "story": made.story, "version": made.version, "digest": made.digest, "approval": made.approval,
        "not_before": utc(made.not_before), "made_at": utc(NOW + HOUR), "supersedes": made.supersedes,
        "content": canonical_bytes(made.canonical()).decode(),
    }  # fmt: skip
    return Forged("gate_publication", ActName.PUBLICATION, row, publication_body(made))


def withdrawal(gate: Gate, *, later: bool = False, kind: WithdrawalKind = WithdrawalKind.RETRACT) -> Forged:
    out = gate.publish(gate.approve(gate.freeze()), not_before=NOW + 5 * HOUR if later else None)
    made = Withdrawal(
        outlet="tide",
        publication=out.id,
        kind=kind,
        by="ann",
        by_name="Ann Orde",
        reason="wrong",
        at=NOW + HOUR,
    )
    row = {
        "publication": made.publication, "outlet": "tide", "kind": str(kind), "by_whom": made.by, "reason": made.reason, "at": utc(made.at),
        "content": canonical_bytes({"by_name": made.by_name, "publication": made.publication}).decode(),
    }  # fmt: skip
    return Forged("gate_withdrawal", ActName.WITHDRAWAL, row, withdrawal_body(made))


def row(**told: Any) -> Callable[[Forged], None]:
    return lambda forged: forged.row.update(told)


def body(**told: Any) -> Callable[[Forged], None]:
    return lambda forged: forged.body.update(told)


def entered(at: datetime) -> Callable[[Forged], None]:
    def change(forged: Forged) -> None:
        forged.entered = at

    return change


def actor(name: str) -> Callable[[Forged], None]:
    def change(forged: Forged) -> None:
        forged.actor = name

    return change


def content(**told: Any) -> Callable[[Forged], None]:
    def change(forged: Forged) -> None:
        forged.row["content"] = json.dumps(json.loads(forged.row["content"]) | told)

    return change


def both(**told: Any) -> Callable[[Forged], None]:
    def change(forged: Forged) -> None:
        forged.row.update(told)
        content(**told)(forged)

    return change


NOTHING: Callable[[Forged], None] = lambda forged: None  # noqa: E731
MAKES = {"approval": approval, "publication": publication, "withdrawal": withdrawal}


@pytest.mark.parametrize("make", MAKES.values(), ids=MAKES)
def test_by_hand_but_true_it_is_let_in(gate: Gate, make: Callable[[Gate], Forged]) -> None:
    """Without this row every refusal below could be for another reason."""
    make(gate).write()


@pytest.mark.parametrize(
    ("make", "spoil", "why"),
    [
        # Dated back or forward.
        pytest.param(approval, both(approved_at=utc(NOW)), "dated otherwise", id="approval: dated back"),
        pytest.param(approval, both(approved_at=utc(NOW + 90 * HOUR), expires_at=utc(NOW + 99 * HOUR)), "dated otherwise", id="approval: dated forward"),
        pytest.param(approval, entered(NOW + 2 * HOUR), "dated otherwise", id="approval: entered later than it says"),
        pytest.param(publication, row(made_at=utc(NOW)), "dated otherwise", id="publication: dated back"),
        pytest.param(publication, entered(NOW + 2 * HOUR), "dated otherwise", id="publication: entered later than it says"),
        pytest.param(publication, entered(NOW + 30 * HOUR), "dated otherwise", id="publication: dated back into the approval's day"),
        pytest.param(withdrawal, row(at=utc(NOW)), "dated otherwise", id="withdrawal: dated back"),
        pytest.param(withdrawal, entered(NOW + 2 * HOUR), "dated otherwise", id="withdrawal: entered later than it says"),
        # Another act than the ledger tells.
        pytest.param(approval, row(signature="nonsense"), "something else", id="approval: a signature of its own"),
        pytest.param(approval, body(digest="0" * 64), "something else", id="approval: an entry of other words"),
        pytest.param(approval, body(approval="0" * 64), "something else", id="approval: an entry of another approval"),
        pytest.param(approval, body(needed=2), "something else", id="approval: an entry that needs two"),
        pytest.param(approval, actor("bo"), "something else", id="approval: entered by another"),
        pytest.param(approval, row(approver="bo"), "something else", id="approval: another approver"),
        pytest.param(publication, body(digest="0" * 64), "something else", id="publication: an entry of other words"),
        pytest.param(publication, body(publication="0" * 64), "something else", id="publication: an entry of another publication"),
        pytest.param(publication, body(not_before=utc(NOW)), "something else", id="publication: an entry of another time"),
        pytest.param(publication, row(not_before=utc(NOW)), "something else", id="publication: another time"),
        pytest.param(withdrawal, row(reason="Slander."), "something else", id="withdrawal: other words for the readers"),
        pytest.param(withdrawal, row(kind="takedown"), "something else", id="withdrawal: another kind"),
        pytest.param(withdrawal, row(by_whom="bo"), "something else", id="withdrawal: by another"),
        pytest.param(withdrawal, content(by_name="Bo Tamm"), "something else", id="withdrawal: under another name"),
        # Another statement than the row.
        pytest.param(approval, content(needed=2), "signed statement", id="approval: the row needs fewer than was signed"),
        pytest.param(approval, row(content="{"), "signed statement", id="approval: no statement"),
        pytest.param(approval, content(digest="0" * 64), "signed statement", id="approval: signed for other words"),
        pytest.param(approval, content(expires_at=utc(NOW)), "signed statement", id="approval: a longer life than was signed"),
        pytest.param(publication, content(supersedes="0" * 64), "content says", id="publication: another past"),
        pytest.param(publication, row(content="[]"), "content says", id="publication: an empty content"),
        pytest.param(publication, row(content=""), "its content", id="publication: no content"),
    ],
)  # fmt: skip
def test_a_row_that_disagrees_is_refused(
    gate: Gate, make: Callable[[Gate], Forged], spoil: Callable[[Forged], None], why: str
) -> None:
    forged = make(gate)
    before = published()
    spoil(forged)
    with pytest.raises(DatabaseError, match=f"gate: .*{why}"):
        forged.write()
    assert published() == before


def test_lowered_by_row_and_statement_it_is_not_what_the_ledger_says(gate: Gate) -> None:
    version = gate.freeze()
    made = gate.approve(version, needed=2)
    low = replace(made, nonce="low", needed=1, approved_at=NOW + HOUR, expires_at=NOW + 2 * HOUR)
    with pytest.raises(DatabaseError, match="something else"):
        Forged(
            "gate_approval", ActName.APPROVAL, approval_row(low), approval_body(low) | {"needed": 2}
        ).write()


@pytest.mark.parametrize(
    ("told", "why"),
    [
        pytest.param({"at": utc(NOW - HOUR)}, "not before", id="dated before the last"),
        pytest.param({"at": "2026"}, "is dated", id="no time"),
        pytest.param({"at": None}, "is dated", id="no date"),
        pytest.param({"act": "publication"}, "what its row says", id="another act"),
        pytest.param({"seq": 7}, "what its row says", id="another place"),
        pytest.param({"outlet": "echo"}, "what its row says", id="another outlet"),
        pytest.param({"previous": "1" * 64}, "what its row says", id="another past"),
    ],
)
def test_an_entry_by_hand_says_what_its_row_says(gate: Gate, told: Row, why: str) -> None:
    gate.approve(gate.freeze())
    last = LedgerEntry.objects.order_by("-seq")[0]
    made = {
        "act": "approval", "actor": "ann", "at": utc(NOW + HOUR), "body": {}, "outlet": "tide", "previous": last.hash, "seq": last.seq + 1,
    } | told  # fmt: skip
    row = {
        "outlet": "tide", "seq": last.seq + 1, "hash": "a" * 64, "previous": last.hash, "act": "approval", "content": canonical_bytes(made),
    }  # fmt: skip
    with pytest.raises(DatabaseError, match=f"ledger: .*{why}"):
        insert("ledger_entry", row)


def test_no_json_is_no_entry(gate: Gate) -> None:
    row = {
        "outlet": "tide",
        "seq": 0,
        "hash": "a" * 64,
        "previous": "0" * 64,
        "act": "approval",
        "content": b"\x00{",
    }
    with pytest.raises(DatabaseError, match="one JSON object"):
        insert("ledger_entry", row)


def test_acts_say_one_time_whatever_the_clock_does(gate: Gate) -> None:
    """A clock that steps back dates the act like the entry before it, in the row and in the entry alike."""
    version = gate.freeze()
    made = gate.approve(version, now=NOW - HOUR)
    assert made.approved_at == NOW
    out = gate.publish(made, after=-HOUR)
    assert out.not_before == NOW
    ((entry,),) = [[Entry.parse(bytes(e.content))] for e in LedgerEntry.objects.filter(act="publication")]
    assert entry.at == NOW


def test_what_is_out_is_not_cancelled(gate: Gate) -> None:
    out = gate.publish(gate.approve(gate.freeze()), not_before=NOW + HOUR)
    for kind, now in ((WithdrawalKind.CANCEL, NOW + HOUR), (WithdrawalKind.CANCEL, NOW + 2 * HOUR)):
        with pytest.raises(NotAllowed, match="out already"):
            gate.withdraw(publication=out, kind=kind, person=SECOND, reason="not yet", now=now)
    gate.withdraw(
        publication=out, kind=WithdrawalKind.RETRACT, person=SECOND, reason="wrong", now=NOW + 2 * HOUR
    )


def test_what_waits_is_cancelled_once_and_its_signatures_with_it(gate: Gate) -> None:
    version = gate.freeze()
    first = gate.approve(version, needed=2)
    gate.approve(version, needed=2, person=SECOND)
    out = gate.publish(first, not_before=NOW + 5 * HOUR)
    gate.withdraw(
        publication=out, kind=WithdrawalKind.CANCEL, person=SECOND, reason="not yet", now=NOW + HOUR
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM gate_voiding")
        assert cursor.fetchone() == (2,)
