"""A receipt holds when nothing was touched; each step fails for its own reason."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from backread.errors import BadInput
from backread.ledger.entry import ActName
from backread.ledger.keys import Key, KeyRole, Registry
from backread.ledger.receipt import BEFORE, MAX_BYTES, KeptBefore, Logged, Receipt, Withheld, evidence_root
from backread.ledger.verdict import UNMET, Verdict, judge
from backread.review.statement import words
from backread.values.canonical import digest_of
from backread.values.person import Level
from backread.values.source import Terms
from backread.values.statement import Clause, ClauseId
from publish.made import MEMO, NOW, RIVAL, Desk, desk, kept


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One desk with a few entries before the story's."""
    made = desk(tmp_path_factory.mktemp("home"))
    for number in range(5):
        made.enter(ActName.EDIT, {"n": number}, NOW - timedelta(hours=1))
    return made


@pytest.fixture(scope="module")
def receipt(ours: Desk) -> Receipt:
    """The receipt of a published story."""
    return ours.publish().receipt


def keys(ours: Desk) -> list[str]:
    """Both keys."""
    return [ours.site.key, ours.log.key]


def test_an_untouched_receipt_holds_and_reads_back(ours: Desk, receipt: Receipt) -> None:
    assert Receipt.parse(receipt.content()) == receipt
    verdict = judge(receipt, keys(ours), says=words)
    assert [step.name for step in verdict.steps if not step.passed] == []
    assert (verdict.holds, verdict.exit_code) == (True, 0)


@pytest.mark.parametrize("met", [[], ["attestation"], ["log"]])
def test_keys_that_were_not_met(ours: Desk, receipt: Receipt, met: list[str]) -> None:
    pinned = [{"attestation": ours.site.key, "log": ours.log.key}[name] for name in met]
    verdict = judge(receipt, pinned, says=words)
    assert [step.name for step in verdict.steps if not step.passed] == ["keys"]
    assert verdict.steps[-1].words.startswith(UNMET)
    assert verdict.exit_code == 1


def test_no_steps_is_no_verdict() -> None:
    assert not Verdict(steps=()).holds


def approval(**told: Any) -> Callable[[Receipt], Receipt]:
    return lambda r: replace(r, approvals=(replace(r.approvals[0], **told),))


def publication(**told: Any) -> Callable[[Receipt], Receipt]:
    return lambda r: replace(r, publication=replace(r.publication, **told))


def logged(change: Callable[[Logged], Logged]) -> Callable[[Receipt], Receipt]:
    return lambda r: replace(r, logged=(r.logged[0], change(r.logged[1])))


AI = Clause(id=ClauseId.AI, parameters={"models": ("Lantern",), "sources": 2})
OTHER_KEY = "A" * 43 + "="


@pytest.mark.parametrize(
    ("touch", "failed"),
    [
        pytest.param(lambda r: replace(r, statement=((AI, words(AI)), *r.statement)), "statement", id="a clause more"),
        pytest.param(lambda r: replace(r, statement=()), "statement", id="no statement"),
        pytest.param(lambda r: replace(r, version=replace(r.version, clauses=()), statement=r.statement[1:]), "statement", id="no S1 signed"),
        pytest.param(lambda r: replace(r, statement=((r.statement[0][0], "Fact-checked."), *r.statement[1:])), "statement", id="other words for a clause"),
        pytest.param(
            lambda r: replace(r, statement=(*r.statement, (Clause(id=ClauseId.CORRECTED), "x"))), "statement", id="a clause that lacks its filling"
        ),
        pytest.param(lambda r: replace(r, approvals=()), "approval", id="no approval"),
        pytest.param(approval(digest=digest_of(b"x")), "approval", id="an approval of other words"),
        pytest.param(lambda r: replace(r, version=replace(r.version, number=2)), "approval", id="another version"),
        pytest.param(approval(needed=2), "approval", id="two needed, one there"),
        pytest.param(approval(needed=0), "approval", id="nobody needed"),
        pytest.param(publication(digest=digest_of(b"x")), "publication", id="a publication of other words"),
        pytest.param(publication(approval=digest_of(b"x")), "publication", id="a publication by another approval"),
        pytest.param(publication(not_before=NOW + timedelta(days=9)), "publication", id="published after it expired"),
        pytest.param(approval(signature="AAAA"), "signature", id="a forged signature"),
        pytest.param(approval(approver_name="Eve"), "signature", id="another name"),
        pytest.param(approval(level=Level.A), "signature", id="B called A"),
        pytest.param(approval(key=OTHER_KEY), "signature", id="another key"),
        pytest.param(lambda r: replace(r, keys=Registry(keys=r.keys.keys[1:])), "signature", id="the key left out of the history"),
        pytest.param(lambda r: replace(r, evidence=r.evidence[:1]), "evidence", id="a kept copy left out"),
        pytest.param(lambda r: replace(r, evidence=(replace(r.evidence[0], url="https://x.example"), r.evidence[1])), "evidence", id="another address"),
        pytest.param(lambda r: replace(r, logged=r.logged[1:]), "ledger entries", id="the approval's entry left out"),
        pytest.param(lambda r: replace(r, logged=()), "ledger", id="no entries"),
        pytest.param(logged(lambda e: replace(e, entry=b"garbage")), "ledger entries", id="a garbled entry"),
        pytest.param(logged(lambda e: replace(e, entry=e.entry.replace(b'"packet"', b'"rivals"'))), "ledger entries", id="another outlet's entry"),
        pytest.param(logged(lambda e: replace(e, proof="garbage")), "ledger", id="a garbled proof"),
        pytest.param(logged(lambda e: replace(e, proof=e.proof.replace("index ", "index 1"))), "ledger", id="a proof of another place"),
        pytest.param(lambda r: replace(r, origin="elsewhere"), "ledger", id="another log"),
        pytest.param(lambda r: replace(r, keys=Registry(keys=r.keys.keys[:1])), "ledger", id="the log's key left out"),
    ],
)  # fmt: skip
def test_each_step_fails_for_its_own_reason(
    ours: Desk, receipt: Receipt, touch: Callable[[Receipt], Receipt], failed: str
) -> None:
    verdict = judge(touch(receipt), keys(ours), says=words)
    assert failed in [step.name for step in verdict.steps if not step.passed]
    assert verdict.exit_code == 1


def test_the_publication_is_entered_after_its_approval(ours: Desk) -> None:
    late = ours.publish(name="late", expires_at=NOW + timedelta(minutes=1)).receipt
    assert judge(late, keys(ours), says=words).holds
    entry = ours.entries[-1]
    expired = ours.enter(ActName.PUBLICATION, dict(entry.body), NOW + timedelta(hours=1))
    spoiled = replace(late, logged=(late.logged[0], ours.proof(expired)))
    verdict = judge(spoiled, keys(ours), says=words)
    assert [step.name for step in verdict.steps if not step.passed] == ["ledger entries"]


def test_a_receipt_that_names_its_captures_no_more_still_holds(ours: Desk, receipt: Receipt) -> None:
    hidden = tuple(Withheld(leaf=k.leaf) for k in receipt.evidence)
    for evidence in (hidden, (receipt.evidence[0], hidden[1])):
        told = replace(receipt, evidence=evidence)
        assert Receipt.parse(told.content()) == told
        verdict = judge(told, keys(ours), says=words)
        assert verdict.holds
        assert any("not named" in step.words for step in verdict.steps)
    content = replace(receipt, evidence=hidden).content().decode()
    for kept_ in receipt.evidence:
        assert kept_.url not in content
        assert kept_.title not in content
    other = replace(receipt, evidence=(hidden[0], Withheld(leaf=digest_of(b"x"))))
    assert [s.name for s in judge(other, keys(ours), says=words).steps if not s.passed] == ["evidence"]


def before(ours: Desk) -> Receipt:
    """A receipt as it was made before names and terms were signed."""
    told = tuple(
        KeptBefore(capture=k.capture, payload=k.payload, text=k.text, url=k.url, title=k.title, taken=k.taken)
        for k in (kept(MEMO), kept(RIVAL))
    )
    made = ours.publish(name=f"b{len(ours.entries)}", evidence_root=evidence_root(told)).receipt
    return replace(made, evidence=told, format=BEFORE)


def test_a_receipt_of_before_still_holds_and_says_no_more_than_was_signed(ours: Desk) -> None:
    told = before(ours)
    assert Receipt.parse(told.content()) == told
    assert judge(told, keys(ours), says=words).holds
    assert MEMO.source_name not in told.content().decode()
    other = replace(told, evidence=(replace(told.evidence[0], title="Another"), *told.evidence[1:]))  # type: ignore[type-var]
    assert [s.name for s in judge(other, keys(ours), says=words).steps if not s.passed] == ["evidence"]


@pytest.mark.parametrize("named", [False, True], ids=["a new one called old", "an old one called new"])
def test_a_receipt_is_of_one_format(ours: Desk, receipt: Receipt, named: bool) -> None:
    told = json.loads((before(ours) if named else receipt).content())
    told["format"] = "backread receipt 2" if named else BEFORE
    with pytest.raises(BadInput, match="the receipt"):
        Receipt.parse(json.dumps(told, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode())


@pytest.mark.parametrize(
    "name", ["name", "terms", "reporter", "title", "url", "taken", "text", "payload", "capture"]
)
def test_each_thing_told_of_a_capture_is_in_its_leaf_and_stays_there_when_the_copy_goes(name: str) -> None:
    one = kept(MEMO)
    told = {"terms": Terms.WIRE, "taken": NOW}.get(name, "x")
    other = replace(one, **{name: told})  # type: ignore[arg-type]
    assert other.leaf != one.leaf
    assert (one.remains.leaf, other.remains.leaf) == (one.leaf, other.leaf)


def test_evidence_does_not_depend_on_its_order() -> None:
    one, two = kept(MEMO), replace(kept(MEMO), capture="0")
    assert evidence_root([one, two]) == evidence_root([two, one])
    assert evidence_root([one]) != evidence_root([two])


Told = dict[str, Any]


def edit(path: str, value: object) -> Callable[[Told], None]:
    """One thing in the file changed, by its path."""

    def change(told: Told) -> None:
        *way, last = path.split(".")
        at: Any = told
        for key in way:
            at = at[int(key)] if key.isdigit() else at[key]
        at[last] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(edit("format", "backread receipt 9"), id="another format"),
        pytest.param(edit("outlet_name", 7), id="a name that is a number"),
        pytest.param(edit("approvals.0.statement.approver_name", 7), id="an approver that is a number"),
        pytest.param(edit("approvals.0.statement.level", "C"), id="a level that is none"),
        pytest.param(edit("approvals.0.statement.act", "reject"), id="no approval"),
        pytest.param(
            edit("approvals.0.statement.approved_at", "2026-10-16T10:35:00"), id="a time without zone"
        ),
        pytest.param(edit("publication.version", "1"), id="a version that is a word"),
        pytest.param(edit("version.number", "1"), id="a number that is a word"),
        pytest.param(edit("version.parts", {}), id="no parts"),
        pytest.param(edit("keys.0.id", "short"), id="a key that is none"),
        pytest.param(edit("ledger", None), id="no ledger"),
        pytest.param(edit("statement.0.id", "S9"), id="a clause nobody knows"),
        pytest.param(edit("more", "x"), id="a thing more"),
    ],
)
def test_what_is_no_receipt_is_one_clear_error(receipt: Receipt, change: Callable[[Told], None]) -> None:
    told = json.loads(receipt.content())
    change(told)
    with pytest.raises(BadInput, match="the receipt"):
        Receipt.parse(json.dumps(told, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode())


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"null", b"\xff\xfe", b"[" * 100_000, b" " * (MAX_BYTES + 1)],
    ids=["empty", "list", "object", "null", "binary", "deep", "long"],
)
def test_garbage_is_one_clear_error(content: bytes) -> None:
    with pytest.raises(BadInput, match="the receipt"):
        Receipt.parse(content)


def test_no_byte_of_a_receipt_can_be_changed(ours: Desk, receipt: Receipt) -> None:
    """All but the outlet's own name and address, which nobody signs and the pinned keys stand for."""
    content, dice, missed = receipt.content(), random.Random(77), []
    free = [content.index(b'"address"'), content.index(b'"approvals"')]
    for _ in range(400):
        at = dice.randrange(len(content))
        changed = content[:at] + bytes([content[at] ^ (1 << dice.randrange(7))]) + content[at + 1 :]
        try:
            verdict = judge(Receipt.parse(changed), keys(ours), says=words)
        except BadInput:
            continue
        if verdict.holds and not free[0] <= at < free[1]:
            missed.append((at, content[at - 40 : at + 20]))
    assert [
        m for m in missed if b"outlet_name" not in m[1] and b'"since"' not in m[1] and b'"until"' not in m[1]
    ] == []


def test_a_key_history_knows_its_roles(ours: Desk) -> None:
    assert [key.id for key in ours.keys.of(KeyRole.LOG)] == [ours.log.key]
    assert not Key(id=ours.log.key, role=KeyRole.LOG, since=NOW, until=NOW).covers(NOW)
