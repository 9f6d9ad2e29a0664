"""A small outlet of our own with keys, a ledger and two captures, and stories made at its desk, for tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from backread.adapters.signing import FileSigner, Key, KeyRole, Registry, key_file
from backread.ledger import chain, checkpoint, merkle
from backread.ledger.entry import ActName, approval_body, erasure_body, publication_body, withdrawal_body
from backread.ledger.receipt import Kept, Logged, Receipt, Withheld, evidence_root
from backread.publish.record import Evidence, Excerpt, Outlet, PublicRecord, Standing, Trust
from backread.publish.voice import Voice
from backread.review import statement
from backread.review.statement import Record, Used
from backread.values.canonical import canonical_bytes, digest_of
from backread.values.capture import Capture
from backread.values.decision import decision_key
from backread.values.draft import Drafter, Hand
from backread.values.finding import Basis
from backread.values.person import Level
from backread.values.publication import (
    Approval,
    Entry,
    Erasure,
    Publication,
    Version,
    Withdrawal,
    WithdrawalKind,
)
from backread.values.source import Terms
from backread.values.story import BlockKind, Citation, Origin, Story, Words
from backread.values.words import Copy

NOW = datetime(2026, 10, 16, 10, 40, tzinfo=UTC)
OUTLET = Outlet(
    id="packet",
    name="The Tern Packet",
    address="http://127.0.0.1:8001",
    responsible="Ada Quillfeather",
    place="4 Ropewalk, Tern Harbor",
    timezone="America/New_York",
    report="desk@packet.example",
    about=("News of Tern County, with its sources.",),
    topics={"county": "County", "shoreline": "Shoreline", "water": "Water"},
)
VOICE = Voice(
    words=statement.words, top=statement.top, reasons=statement.REASONS, refuses=statement.outlet_text
)
MEMO = Capture(
    source="memo",
    source_name="Tern County Planning Office",
    url="https://tern.example/memo-7",
    taken=NOW - timedelta(hours=12),
    media_type="text/html",
    payload=digest_of(b"memo"),
    title="Memo 7: the shore line",
    text=(
        "The office counted again this week. In Tern County, 212 parcels lie seaward of the line. "
        "Of these, 148 are on Gull Key. “We will draw the line ourselves if we must,” Secretary Mara Fenwick said. "
        "The hearing is set for 6 p.m. Nov. 10. Comments are taken until noon on Nov. 9 at the clerk’s window."
    ),
    extractor="made",
)
RIVAL = replace(
    MEMO,
    source="rival",
    source_name="The Inlet Observer",
    url="https://inlet.example/line",
    payload=digest_of(b"rival"),
    title="A line in the sand",
    terms=Terms.NEWSROOM,
    text="Owners on Gull Key met on Sunday and " + "talked and " * 30 + "went home.",
)
PARAGRAPHS = (
    (
        "Tern County counts 212 parcels seaward of the state’s proposed line, according to a county memo.",
        "Of those, 148 are on Gull Key.",
    ),
    ("“We will draw the line ourselves if we must,” Secretary Mara Fenwick said.",),
    ("A hearing is set for 6 p.m. Nov. 10.", "Comments are taken until noon Nov. 9, according to the memo."),
    ("Owners on Gull Key met Sunday, The Inlet Observer reported.",),
)
QUOTES = {
    "212 parcels": "In Tern County, 212 parcels lie seaward of the line.",
    "148 are": "Of these, 148 are on Gull Key.",
    "We will draw": "“We will draw the line ourselves if we must,” Secretary Mara Fenwick said.",
    "hearing": "The hearing is set for 6 p.m. Nov. 10.",
    "Comments": "Comments are taken until noon on Nov. 9 at the clerk’s window.",
    "Owners": RIVAL.text,
}


def story(
    headline: str = "State will draw the line on Gull Key if the county won’t, secretary says",
) -> Story:
    """A story of eight sentences, each resting on a capture."""
    parts: list[tuple[BlockKind, list[Words]]] = [
        (BlockKind.HEADLINE, [_cited(headline, "We will draw")]),
        (
            BlockKind.DECK,
            [_cited("A county memo puts 212 parcels seaward of the state’s line", "212 parcels")],
        ),
        (BlockKind.BYLINE, [Words(text="The Packet news desk")]),
        (BlockKind.DATE_LINE, [Words(text="TERN HARBOR —")]),
    ]
    for texts in PARAGRAPHS:
        parts.append((BlockKind.PARAGRAPH, [_cited(t, next(k for k in QUOTES if k in t)) for t in texts]))
    return Story.of(parts, date=NOW.date())


def _cited(text: str, key: str) -> Words:
    quote = QUOTES[key]
    capture = RIVAL if quote == RIVAL.text else MEMO
    start = capture.text.index(quote)
    passage = capture.passage(start, start + len(quote))
    return Words(text=text, citations=(Citation(passage=passage, origin=Origin.DRAFTER),))


def kept(capture: Capture) -> Kept:
    """A capture as it is signed, and as a page lists it."""
    return Kept.of(capture)


SIGNERS: dict[str, FileSigner] = {}
"""The signers of the desks that were made, by key, those of their logs too."""


@dataclass
class Desk:
    """An outlet's keys and its ledger in memory."""

    home: Path
    entries: list[Entry] = field(default_factory=list)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    origin: str = "127.0.0.1:8001/ledger"

    def __post_init__(self) -> None:
        self.site = FileSigner.at(self.home, KeyRole.ATTESTATION)
        self.log = FileSigner.at(self.home, KeyRole.LOG)
        SIGNERS.update({signer.key: signer for signer in (self.site, self.log)})
        since = NOW - timedelta(days=30)
        self.keys = Registry(
            keys=(
                Key(id=self.site.key, role=KeyRole.ATTESTATION, since=since),
                Key(id=self.log.key, role=KeyRole.LOG, since=since),
            )
        )
        self.trust = Trust(
            outlet=OUTLET, keys=self.keys, origin=self.origin, seal=b"a secret beside the keys"
        )

    def node(self, level: int, index: int) -> bytes:
        """A stored node."""
        return self.nodes[level, index]

    def enter(self, act: ActName, body: dict[str, object], at: datetime) -> Entry:
        """Append an entry and its nodes."""
        last = self.entries[-1] if self.entries else None
        entry = chain.append(last, outlet=OUTLET.id, at=at, actor="ada", act=act, body=body)
        for node in merkle.append(self.node, len(self.entries), entry.content()):
            self.nodes[node.level, node.index] = node.hash
        self.entries.append(entry)
        return entry

    def note(self) -> str:
        """A checkpoint of now."""
        size = len(self.entries)
        told = checkpoint.Checkpoint(origin=self.origin, size=size, root=merkle.root(self.node, size))
        return checkpoint.sign(told, self.log)

    def proof(self, entry: Entry) -> Logged:
        """An entry with its proof in the ledger of now."""
        hashes = merkle.inclusion(self.node, entry.seq, len(self.entries))
        told = checkpoint.Proof(index=entry.seq, hashes=hashes, note=self.note())
        return Logged(entry=entry.content(), proof=told.text())

    def approve(
        self, version: Version, captures: Iterable[Capture], *, at: datetime, **told: Any
    ) -> Approval:
        """Sign an approval of `version` with the outlet's key."""
        fields: dict[str, Any] = {
            "outlet": version.outlet,
            "story": version.story,
            "version": version.number,
            "digest": version.digest,
            "approver": "ada",
            "approver_name": "Ada Quillfeather",
            "role": "editor",
            "level": Level.B,
            "evidence_root": evidence_root(kept(c) for c in captures),
            "checks_digest": digest_of(b"checks"),
            "decisions_digest": digest_of(b"decisions"),
            "ledger_head": self.entries[-1].hash if self.entries else digest_of(b""),
            "nonce": hashlib.sha256(f"{version.digest}{at}".encode()).hexdigest()[:16],
            "approved_at": at,
            "expires_at": at + timedelta(days=2),
            "reviewed": True,
            "key": self.site.key,
        } | told
        approval = Approval(**fields)
        return replace(approval, signature=self.site(canonical_bytes(approval.canonical())))  # type: ignore[arg-type]

    def publish(
        self,
        *,
        name: str = "s1",
        copy: Copy | None = None,
        number: int = 1,
        at: datetime = NOW,
        taken_over: Iterable[int] = (),
        supersedes: str = "",
        correction: str = "",
        topic: str = "shoreline",
        reporter: str = "",
        decider: tuple[str, str] = ("ada", "Ada Quillfeather"),
        change: Callable[[dict[str, Any]], None] = lambda fields: None,
        **told: Any,
    ) -> PublicRecord:
        """One story from draft to public record; `change` may spoil its fields, `told` the approval. With a `reporter` the
        memo counts as that one's own note. `decider`, by id and name, took sentences over."""
        memo = replace(MEMO, terms=Terms.OWN, byline=reporter) if reporter else MEMO
        captures = (memo, RIVAL)
        copy = copy or Copy(story=story())
        sentences, on_word = copy.story.sentences, set(taken_over)
        record = Record(
            outlet=OUTLET.name,
            drafting=(Drafter(hand=Hand.RULE_PROSE, name="rule"),),
            sources=tuple(
                Used(capture=c.id, name=c.source_name, cited=True, own=bool(by), reporter=by)
                for c, by in ((memo, reporter), (RIVAL, ""))
            ),
            first=tuple(s.text for s in sentences),
            final=tuple(s.text for s in sentences),
            on_word=len(on_word),
        )
        signed = statement.signed_clauses(record)
        version = Version(
            outlet=OUTLET.id, story=f"{name}-line", number=number, parts=copy.digests(), clauses=signed
        )
        decided = _decided(copy, on_word, *decider)
        told = {"decisions_digest": digest_of(decided), **told}
        approval = self.approve(
            version, captures, at=at - timedelta(minutes=5), correction=correction, **told
        )
        publication = Publication(
            outlet=OUTLET.id,
            story=f"{name}-line",
            version=number,
            digest=version.digest,
            approval=approval.id,
            not_before=at,
            supersedes=supersedes,
            correction=correction,
        )
        entered = (
            self.enter(ActName.APPROVAL, approval_body(approval), at - timedelta(minutes=5)),
            self.enter(ActName.PUBLICATION, publication_body(publication), at),
        )
        fixes = (statement.Corrected(at=at, words=correction),) if correction else ()
        told_now = statement.printed(
            signed, outlet=OUTLET.name, digest=version.digest, approvals=(approval,), zone=OUTLET.zone,
            corrections=fixes,
        )  # fmt: skip
        receipt = Receipt(
            outlet_name=OUTLET.name,
            address=OUTLET.address,
            origin=self.origin,
            version=version,
            statement=tuple((clause, statement.words(clause)) for clause in told_now.clauses),
            approvals=(approval,),
            publication=publication,
            keys=self.keys,
            evidence=tuple(
                Withheld(leaf=kept(c).leaf) if c.terms is Terms.OWN else kept(c) for c in captures
            ),
            logged=tuple(self.proof(entry) for entry in entered),
        )
        fields: dict[str, Any] = {
            "slug": f"{name}-line",
            "topic": topic,
            "version": version,
            "contents": copy.contents(),
            "approvals": (approval,),
            "publication": publication,
            "entries": tuple(entry.content() for entry in entered),
            "statement": told_now,
            "decided": decided,
            "evidence": tuple(
                _evidence(s, (decider[1] or "Ada Quillfeather") if s.index in on_word else "")
                for s in sentences
            ),
            "sources": tuple(map(kept, captures)),
            "receipt": receipt,
            "first_published": at,
        }
        change(fields)
        return PublicRecord(**fields)


def _decided(copy: Copy, on_word: set[int], by: str, by_name: str) -> bytes:
    return canonical_bytes(
        [
            {
                "act": "take over",
                "by": by,
                "by_name": by_name,
                "key": decision_key(s),
                "reason": "I was at the meeting.",
            }
            for s in copy.story.sentences
            if s.index in on_word
        ]
    )


def _evidence(sentence: Any, on_word: str) -> Evidence:
    quoted = "“" in sentence.text
    excerpts = tuple(
        Excerpt(
            passage=p,
            before=MEMO.text[: p.start] if p.capture == MEMO.id else "",
            after=MEMO.text[p.end :] if p.capture == MEMO.id else "",
        )
        for p in sentence.passages
    )
    if on_word:
        return Evidence(
            sentence=sentence.index, standing=Standing.TAKEN_OVER, excerpts=excerpts,
            by_name=on_word, reason="I was at the meeting.",
        )  # fmt: skip
    basis = Basis.VERBATIM if quoted else Basis.ENTAILED
    return Evidence(sentence=sentence.index, standing=Standing.PROVEN, basis=basis, excerpts=excerpts)


def withdrawn(record: PublicRecord, gone: Withdrawal) -> PublicRecord:
    """The record with its end, as somebody signed and entered it; a takedown names nothing that the story rests on."""
    signer = SIGNERS[record.approvals[0].key]
    gone = replace(gone, key=signer.key)
    gone = replace(gone, signature=signer(canonical_bytes(gone.canonical())))  # type: ignore[arg-type]
    entry = Entry(
        outlet=OUTLET.id,
        seq=99,
        at=gone.at,
        actor=gone.by,
        act=ActName.WITHDRAWAL,
        body=withdrawal_body(gone),
    )
    ended = replace(record, withdrawal=gone, entries=(*record.entries, entry.content()))
    if gone.kind is not WithdrawalKind.TAKEDOWN:
        return ended
    hidden = tuple(Withheld(leaf=k.leaf) for k in record.receipt.evidence)
    return replace(ended, sources=(), evidence=(), receipt=replace(record.receipt, evidence=hidden))


def erasure(record: PublicRecord, *digests: str, key: str = "", **told: Any) -> bytes:
    """The ledger entry of an erasure of this story, with what is `told` of it, signed with the outlet's key, or that of `key`."""
    signer = SIGNERS[key or record.approvals[0].key]
    fields: dict[str, Any] = {"story": record.story} | told
    made = Erasure(
        **{"outlet": OUTLET.id, "by_one": "ada", "by_two": "stan", "digests": digests, "reason": "A court says so.", "at": NOW, "key": signer.key}
        | fields
    )  # fmt: skip
    return erasure_entry(replace(made, signature=signer(canonical_bytes(made.canonical()))))  # type: ignore[arg-type]


def erasure_entry(made: Erasure, **told: Any) -> bytes:
    """The ledger's entry of what `made` says, but for what is `told` of its body."""
    body = erasure_body(made) | told
    return Entry(outlet=made.outlet, seq=98, at=made.at, actor=made.by_one, act=ActName.ERASURE, body=body).content()  # fmt: skip


def erased(record: PublicRecord, *parts: str, entry: bytes | None = None) -> PublicRecord:
    """The record without these parts of its words, as an erasure left it; `entry` in the place of its own."""
    entry = entry or erasure(record, *(record.version.parts[part] for part in parts))
    left = {part: content for part, content in record.contents.items() if part not in parts}
    return replace(record, contents=left, entries=(*record.entries, entry))


def desk(home: Path) -> Desk:
    """A desk whose keys are kept at `home`; both key files exist afterwards."""
    made = Desk(home=home)
    assert key_file(home, KeyRole.LOG).exists()
    return made
