"""Checking a receipt step by step, each with a name and a plain answer. A step that cannot be taken has failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from backread.ledger import checkpoint
from backread.ledger.entry import ActName, approval_body, publication_body, read
from backread.ledger.keys import KeyRole, verify
from backread.ledger.receipt import Receipt, Withheld, evidence_root
from backread.values.canonical import canonical_bytes
from backread.values.person import Level
from backread.values.publication import Approval, Entry, missing
from backread.values.statement import Clause, Statement

Says = Callable[[Clause], str]
"""The words of a clause (review.statement.words)."""

UNMET = "signed by a key you have not met"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing looked at, whether it holds, and what was found in words."""

    name: str
    passed: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All steps, in order."""

    steps: tuple[Step, ...]

    @property
    def holds(self) -> bool:
        """Whether every step passed; no steps is a no."""
        return bool(self.steps) and all(step.passed for step in self.steps)

    @property
    def exit_code(self) -> int:
        """0 when it holds, else 1."""
        return 0 if self.holds else 1


def judge(receipt: Receipt, pinned: Iterable[str], *, says: Says) -> Verdict:
    """Every step over `receipt`; `pinned` are the keys (base64) the reader has met by another way."""
    steps = (
        _statement(receipt, says),
        _approvals(receipt),
        _publication(receipt),
        _signatures(receipt),
        _evidence(receipt),
        _entries(receipt),
        _logged(receipt),
        _met(receipt, frozenset(pinned)),
    )
    return Verdict(steps=steps)


def _step(name: str, wrong: str | None, right: str) -> Step:
    return Step(name=name, passed=wrong is None, words=wrong or right)


def _statement(receipt: Receipt, says: Says) -> Step:
    wrong = None
    told = [clause.canonical() for clause, _ in receipt.statement if clause.id.is_signed]
    if told != [clause.canonical() for clause in receipt.version.clauses]:
        wrong = "the statement is not the one that was signed"
    elif not Statement(clauses=receipt.version.clauses).says_how_made:
        wrong = "nothing signed says how the story was made"
    else:
        try:
            if any(words != says(clause) for clause, words in receipt.statement):
                wrong = "the statement's words are not those of its clauses"
        except (KeyError, ValueError, TypeError):
            wrong = "a clause of the statement lacks what fills it"
    return _step("statement", wrong, "its signed clauses belong to this version, in the words they stand for")


def _approvals(receipt: Receipt) -> Step:
    version, wrong = receipt.version, None
    of = (version.outlet, version.story, version.number, version.digest)
    if not receipt.approvals:
        wrong = "no approval is given"
    elif any((a.outlet, a.story, a.version, a.digest) != of for a in receipt.approvals):
        wrong = "an approval is of other words"
    elif (more := missing(receipt.approvals)) or any(a.needed < 1 for a in receipt.approvals):
        wrong = f"by what was signed, {max(more, 1)} more must approve"
    names = " and ".join(a.approver_name for a in receipt.approvals)
    return _step("approval", wrong, f"of exactly these words (digest {version.digest[:16]}…) by {names}")


def _publication(receipt: Receipt) -> Step:
    made, version, wrong = receipt.publication, receipt.version, None
    if (made.outlet, made.story, made.version, made.digest) != (
        version.outlet, version.story, version.number, version.digest,
    ):  # fmt: skip
        wrong = "the publication is of other words"
    elif made.approval not in {a.id for a in receipt.approvals}:
        wrong = "the publication names an approval that is not given"
    elif any(made.not_before >= a.expires_at for a in receipt.approvals):
        wrong = "the approval had expired"
    elif any(made.correction != a.correction for a in receipt.approvals):
        wrong = "what it says was corrected is not what was signed"
    return _step("publication", wrong, "uses this approval, before it expired")


def _signatures(receipt: Receipt) -> Step:
    wrong = next((why for a in receipt.approvals if (why := _unsigned(receipt, a))), None)
    if not receipt.approvals:
        wrong = "there is nothing signed"
    return _step("signature", wrong, f"attested by {receipt.outlet_name}, with a key it used at the time")


def _unsigned(receipt: Receipt, approval: Approval) -> str | None:
    if approval.level is not Level.B:
        return "a signature by a passkey, which this version cannot check"
    if not receipt.keys.holds(approval.key, KeyRole.ATTESTATION, approval.approved_at):
        return "the key is not in the outlet's key history for that time"
    if not verify(approval.key, canonical_bytes(approval.canonical()), approval.signature):  # type: ignore[arg-type]
        return f"the signature for {approval.approver_name} does not fit"
    return None


def _evidence(receipt: Receipt) -> Step:
    root = evidence_root(receipt.evidence)
    wrong = (
        None
        if all(a.evidence_root == root for a in receipt.approvals)
        else "the evidence is not what was approved"
    )
    hidden = sum(isinstance(kept, Withheld) for kept in receipt.evidence)
    more = f"; {hidden} of them are not named" if hidden else ""
    return _step("evidence", wrong, f"{len(receipt.evidence)} kept copies, the same that were approved{more}")


def _entries(receipt: Receipt) -> Step:
    wanted: list[tuple[str, dict[str, object]]] = [
        (ActName.APPROVAL, approval_body(approval)) for approval in receipt.approvals
    ]
    wanted.append((ActName.PUBLICATION, publication_body(receipt.publication)))
    wrong = None
    try:
        entries = [read(logged.entry) for logged in receipt.logged]
    except ValueError as err:
        return _step("ledger entries", f"an entry cannot be read: {err}", "")
    if any(entry.outlet != receipt.version.outlet for entry in entries):
        wrong = "an entry belongs to another outlet"
    elif not all(any((e.act, e.body) == want for e in entries) for want in wanted):
        wrong = "the ledger entry of the approval or the publication is missing"
    elif any(e.at != a.approved_at for a in receipt.approvals for e in entries if e.body == approval_body(a)):
        wrong = "an approval is dated otherwise than its ledger entry"
    elif _out_of_order(entries, receipt):
        wrong = "the publication was entered before its approval, or after the approval expired"
    return _step("ledger entries", wrong, "the approval and the publication are entered, in that order")


def _out_of_order(entries: list[Entry], receipt: Receipt) -> bool:
    published = [e for e in entries if e.act == ActName.PUBLICATION]
    approved = [e for e in entries if e.act == ActName.APPROVAL]
    last = min(a.expires_at for a in receipt.approvals) if receipt.approvals else None
    return any(p.seq < a.seq for p in published for a in approved) or any(
        last is None or p.at >= last for p in published
    )


def _logged(receipt: Receipt) -> Step:
    wrong, size = None, 0
    for logged in receipt.logged:
        try:
            proof = checkpoint.Proof.parse(logged.proof)
            told = checkpoint.read(proof.note)
            entry = read(logged.entry)
        except ValueError as err:
            return _step("ledger", f"a proof cannot be read: {err}", "")
        size = told.size
        if told.origin != receipt.origin:
            wrong = "the checkpoint is that of another log"
        elif not proof.holds(logged.entry, told) or proof.index != entry.seq:
            wrong = "an entry does not stand in the ledger where it says"
        elif _log_key(receipt, proof.note) is None:
            wrong = "the checkpoint is not signed by a log key of the outlet"
    if not receipt.logged:
        wrong = "no ledger entry is given"
    return _step(
        "ledger", wrong, f"both stand in the log {receipt.origin} of {size} entries, its checkpoint signed"
    )


def _log_key(receipt: Receipt, note: str) -> str | None:
    return checkpoint.signed_by(note, [key.id for key in receipt.keys.of(KeyRole.LOG)])


def _met(receipt: Receipt, pinned: frozenset[str]) -> Step:
    used = {a.key for a in receipt.approvals}
    for logged in receipt.logged:
        note = logged.proof.partition("\n\n")[2]
        used.add(_log_key(receipt, note) or "")
    unmet = sorted(used - pinned)
    wrong = None if used and not unmet else f"{UNMET}: {', '.join(unmet) or 'none'}"
    return _step("keys", wrong, "every signing key is one you have met")
