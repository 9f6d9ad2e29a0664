"""A receipt: one file that lets anyone check, offline, who approved exactly which words and when it was logged.

It holds digests, statements and signatures, and the names of what the story rests on while they may be told; never
the story's text. So it survives an erasure. What it cannot
show without an outside witness: that the outlet does not keep a second ledger for somebody else's eyes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backread.errors import BadInput
from backread.ledger.keys import Key, Registry
from backread.values.canonical import Digest, canonical_bytes, canonical_digest, digest_of
from backread.values.capture import Capture
from backread.values.person import Level
from backread.values.publication import PARTS, Approval, Publication, Version, utc
from backread.values.source import Terms
from backread.values.statement import Clause, ClauseId

FORMAT = "backread receipt 2"
BEFORE = "backread receipt 1"
"""Receipts of before, read and verified as ever: of a source neither its name nor its terms were signed then, nor told."""
MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Remains:
    """What may be told of a capture once its copy was erased: whose it was, on what terms, when it was seen, and of own
    reporting whose (`reporter`, '' else). `copy` is the digest of what is gone: see `Kept`."""

    capture: str
    name: str
    taken: datetime
    terms: Terms
    copy: Digest
    reporter: str = ""

    @property
    def leaf(self) -> Digest:
        """The digest that an approval signs of a capture; the same before and after an erasure."""
        told = {"capture": self.capture, "copy": self.copy, "name": self.name, "reporter": self.reporter}
        return canonical_digest(told | {"taken": utc(self.taken), "terms": str(self.terms)})

    @property
    def is_erased(self) -> bool:
        """Always."""
        return True


def copy_digest(*, payload: str, text: str, title: str, url: str) -> Digest:
    """The digest of what an erasure takes away of a capture."""
    return canonical_digest({"payload": payload, "text": text, "title": title, "url": url})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A capture the story rests on, with everything that readers are told of it: the digests of its body and visible
    text, where and when it was seen, whose it is and on what terms, and of own reporting whose (`reporter`, '' else)."""

    capture: str
    payload: Digest
    text: Digest
    url: str
    title: str
    taken: datetime
    name: str
    terms: Terms
    reporter: str = ""

    @classmethod
    def of(cls, capture: Capture) -> Kept:
        """What is signed of `capture`."""
        return cls(
            capture=capture.id, payload=capture.payload, text=capture.text_digest, url=capture.url, title=capture.title,
            taken=capture.taken, name=capture.source_name, terms=capture.terms,
            reporter=capture.byline if capture.terms is Terms.OWN else "",
        )  # fmt: skip

    def canonical(self) -> dict[str, str]:
        """The form in a receipt."""
        return {
            "capture": self.capture,
            "name": self.name,
            "payload": self.payload,
            "reporter": self.reporter,
            "taken": utc(self.taken),
            "terms": str(self.terms),
            "text": self.text,
            "title": self.title,
            "url": self.url,
        }

    @property
    def remains(self) -> Remains:
        """What stays of it when its copy is erased."""
        return Remains(
            capture=self.capture, name=self.name, taken=self.taken, terms=self.terms, reporter=self.reporter,
            copy=copy_digest(payload=self.payload, text=self.text, title=self.title, url=self.url),
        )  # fmt: skip

    @property
    def leaf(self) -> Digest:
        """The digest of all of this, which stays when the rest may not be told any more."""
        return self.remains.leaf

    @property
    def is_erased(self) -> bool:
        """Never: its copy is there."""
        return False


Shown = Kept | Remains
"""A capture as pages list it: what was signed of it, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBefore:
    """A capture as a receipt of before tells it (`BEFORE`)."""

    capture: str
    payload: Digest
    text: Digest
    url: str
    title: str
    taken: datetime

    def canonical(self) -> dict[str, str]:
        """The form in such a receipt."""
        told: dict[str, str] = {"capture": self.capture, "payload": self.payload, "text": self.text}
        return told | {"taken": utc(self.taken), "title": self.title, "url": self.url}

    @property
    def leaf(self) -> Digest:
        """The digest of all of this."""
        return canonical_digest(self.canonical())


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A capture the story rests on that is not named: the outlet's own note; or not any more: it was erased, or the story
    taken down. Who kept an older receipt can still show which one it was."""

    leaf: Digest

    def canonical(self) -> dict[str, str]:
        """The form in a receipt."""
        return {"withheld": self.leaf}


Evidenced = Kept | KeptBefore | Withheld
"""A capture as some receipt tells it."""


def leaves(evidence: Iterable[Evidenced]) -> bytes:
    """The digests of what a story rests on, in order; `evidence_root` is the digest of these bytes."""
    return canonical_bytes(sorted(str(k.leaf) for k in evidence))


def evidence_root(evidence: Iterable[Evidenced]) -> Digest:
    """What an approval signs of its evidence: one digest over the digest of each capture."""
    return digest_of(leaves(evidence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A ledger entry's bytes, with the tlog-proof@v1 that it stands in the ledger."""

    entry: bytes
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Everything about one published version. `statement` pairs each printed clause with its words.

    `logged` holds the entry of each approval and of the publication.
    """

    outlet_name: str
    address: str
    origin: str
    version: Version
    statement: tuple[tuple[Clause, str], ...]
    approvals: tuple[Approval, ...]
    publication: Publication
    keys: Registry
    evidence: tuple[Evidenced, ...]
    logged: tuple[Logged, ...]
    format: str = FORMAT

    def content(self) -> bytes:
        """The file: canonical JSON."""
        told: dict[str, Any] = {
            "address": self.address,
            "approvals": [_signed(a) for a in self.approvals],
            "evidence": [k.canonical() for k in self.evidence],
            "format": self.format,
            "keys": [k.canonical() for k in self.keys.keys],
            "ledger": [{"entry": e.entry.decode(), "proof": e.proof} for e in self.logged],
            "origin": self.origin,
            "outlet_name": self.outlet_name,
            "publication": self.publication.canonical(),
            "statement": [{**c.canonical(), "words": words} for c, words in self.statement],
            "version": self.version.canonical(),
        }
        return canonical_bytes(told)

    @classmethod
    def parse(cls, content: bytes) -> Receipt:
        """The receipt in `content`. Raises BadInput when it is none, or not exactly what would be written."""
        if len(content) > MAX_BYTES:
            raise BadInput("the receipt", step="read it", hint=f"A receipt is under {MAX_BYTES} bytes.")
        try:
            receipt = _receipt(json.loads(content))
            same = receipt.content() == content
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as err:
            raise BadInput(
                "the receipt", step="read it", hint="It is no receipt of a story, or cut short."
            ) from err
        if not same:
            raise BadInput(
                "the receipt", step="read it", hint="It was changed, or written by another program."
            )
        return receipt


def _signed(approval: Approval) -> dict[str, object]:
    return {"signature": approval.signature, "statement": approval.canonical()}


def _receipt(told: Mapping[str, Any]) -> Receipt:
    if told["format"] not in (FORMAT, BEFORE):
        raise ValueError("not a receipt")
    version, publication = told["version"], told["publication"]
    _strings(told, but=("approvals", "evidence", "keys", "ledger", "publication", "statement", "version"))
    _strings(publication, but=("version",))
    _strings(version, but=("clauses", "number", "parts"))
    for row in (*told["keys"], *told["evidence"], *told["ledger"]):
        _strings(row)
    return Receipt(
        outlet_name=told["outlet_name"],
        address=told["address"],
        origin=told["origin"],
        version=Version(
            outlet=version["outlet"],
            story=version["story"],
            number=version["number"],
            parts={part: Digest(version["parts"][part]) for part in PARTS},
            clauses=tuple(_clause(c) for c in version["clauses"]),
        ),
        statement=tuple((_clause(c), c["words"]) for c in told["statement"]),
        approvals=tuple(_approval(a) for a in told["approvals"]),
        publication=Publication(
            **{**publication, "not_before": datetime.fromisoformat(publication["not_before"])}
        ),
        keys=Registry(keys=tuple(Key.parse(k) for k in told["keys"])),
        evidence=tuple(_evidence(k, told["format"]) for k in told["evidence"]),
        logged=tuple(Logged(entry=e["entry"].encode(), proof=e["proof"]) for e in told["ledger"]),
        format=told["format"],
    )


def _evidence(told: Mapping[str, Any], form: str) -> Evidenced:
    if set(told) == {"withheld"}:
        return Withheld(leaf=Digest(told["withheld"]))
    fields = {**told, "taken": datetime.fromisoformat(told["taken"])}
    return KeptBefore(**fields) if form == BEFORE else Kept(**{**fields, "terms": Terms(told["terms"])})


def _strings(told: Mapping[str, Any], *, but: Iterable[str] = ()) -> None:
    for name, value in told.items():
        if name not in but and not isinstance(value, str):
            raise ValueError(f"{name} is no string")
    for name in but:
        if name in ("needed", "number", "version") and not isinstance(told[name], int | Mapping):
            raise ValueError(f"{name} is no number")


def _clause(told: Mapping[str, Any]) -> Clause:
    parameters = {k: tuple(v) if isinstance(v, list) else v for k, v in told["parameters"].items()}
    return Clause(id=ClauseId(told["id"]), parameters=parameters)


def _approval(told: Mapping[str, Any]) -> Approval:
    stated = dict(told["statement"])
    _strings(stated, but=("needed", "reviewed", "version"))
    _strings(told, but=("statement",))
    if stated.pop("act") != "approve":
        raise ValueError("not an approval")
    stated["level"] = Level(stated["level"])
    for moment in ("approved_at", "expires_at"):
        stated[moment] = datetime.fromisoformat(stated[moment])
    return Approval(**stated, signature=told["signature"])
