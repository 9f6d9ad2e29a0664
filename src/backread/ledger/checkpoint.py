"""Signed checkpoints of the ledger, and proofs that an entry stands in one.

A checkpoint is a C2SP tlog-checkpoint in a C2SP signed note (Ed25519); a proof of one entry is a C2SP
tlog-proof@v1. Reading is strict: what we would not have written is refused.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from backread.errors import LedgerError
from backread.ledger import merkle
from backread.ledger.keys import verify
from backread.ports import Signer

_ORIGIN = re.compile(r"[^\s+\x00-\x1f\x7f]+")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
_HEAD = "c2sp.org/tlog-proof@v1"
MAX_CHARACTERS = 100_000
"""A proof has 64 hashes at most and few signatures; anything longer is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The root of the tree over the first `size` entries of the log named `origin`."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed: three lines."""
        return f"{self.origin}\n{self.size}\n{_b64(self.root)}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """That the entry at `index` stands in the tree of the checkpoint in `note`; hashes from its sibling up."""

    index: int
    hashes: tuple[bytes, ...]
    note: str

    def text(self) -> str:
        """The tlog-proof file."""
        lines = [_HEAD, f"index {self.index}", *(_b64(h) for h in self.hashes)]
        return "\n".join(lines) + f"\n\n{self.note}"

    @classmethod
    def parse(cls, text: str) -> Proof:
        """The proof in `text`. Raises ValueError when it is not one, or holds extra that nobody signed."""
        head, gap, note = text.partition("\n\n")
        lines = head.split("\n")
        if len(text) > MAX_CHARACTERS or not gap or len(lines) < 2 or lines[0] != _HEAD:
            raise ValueError("this is no proof of the form tlog-proof@v1")
        word, _, number = lines[1].partition(" ")
        if word != "index" or not _NUMBER.fullmatch(number):
            raise ValueError("the proof names no entry")
        return cls(index=int(number), hashes=tuple(_hash(line) for line in lines[2:]), note=note)

    def holds(self, content: bytes, checkpoint: Checkpoint) -> bool:
        """Whether `content` is the entry at `index` of the tree in `checkpoint`."""
        return merkle.holds_inclusion(content, self.index, checkpoint.size, self.hashes, checkpoint.root)


def key_id(origin: str, key: str) -> bytes:
    """The four bytes by which a signed note names an Ed25519 key (base64 of 32 bytes)."""
    return hashlib.sha256(origin.encode() + b"\n\x01" + base64.b64decode(key)).digest()[:4]


def verifier_key(origin: str, key: str) -> str:
    """The key in the form other tools of that family read: name+id+key."""
    return f"{origin}+{key_id(origin, key).hex()}+{_b64(bytes([1]) + base64.b64decode(key))}"


def sign(checkpoint: Checkpoint, signer: Signer) -> str:
    """The signed note of `checkpoint`. Raises LedgerError for an origin that cannot stand in a note."""
    if not _ORIGIN.fullmatch(checkpoint.origin):
        raise LedgerError(
            repr(checkpoint.origin),
            step="sign a checkpoint",
            hint="An origin has no spaces and no plus sign.",
        )
    signature = base64.b64decode(signer(checkpoint.text().encode()))
    stamp = _b64(key_id(checkpoint.origin, signer.key) + signature)
    return f"{checkpoint.text()}\n— {checkpoint.origin} {stamp}\n"


def read(note: str) -> Checkpoint:
    """The checkpoint that `note` states, its signatures not looked at. Raises ValueError."""
    return _stated(_cut(note)[0])


def signed_by(note: str, keys: Iterable[str]) -> str | None:
    """Which of `keys` signed `note` as its own origin; None when none did, or it is no note."""
    try:
        text, signatures = _cut(note)
        origin = _stated(text).origin
    except ValueError:
        return None
    stamps = [stamp for name, stamp in signatures if name == origin]
    for key in keys:
        for stamp in stamps:
            if stamp[:4] == key_id(origin, key) and verify(key, text.encode(), _b64(stamp[4:])):
                return key
    return None


def _cut(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, gap, rest = note.partition("\n\n")
    if len(note) > MAX_CHARACTERS or not gap or not rest.endswith("\n"):
        raise ValueError("this is no signed note")
    signatures = []
    for line in rest[:-1].split("\n"):
        dash, _, signed = line.partition(" ")
        name, _, stamp = signed.partition(" ")
        if dash != "—" or not _ORIGIN.fullmatch(name):
            raise ValueError("a signature line of the note is malformed")
        signatures.append((name, base64.b64decode(stamp, validate=True)))
    return text + "\n", signatures


def _stated(text: str) -> Checkpoint:
    lines = text[:-1].split("\n")
    if len(lines) != 3 or not _ORIGIN.fullmatch(lines[0]) or not _NUMBER.fullmatch(lines[1]):
        raise ValueError("the note holds no checkpoint")
    return Checkpoint(origin=lines[0], size=int(lines[1]), root=_hash(lines[2]))


def _hash(line: str) -> bytes:
    found = base64.b64decode(line, validate=True)
    if len(found) != 32 or _b64(found) != line:
        raise ValueError("a hash is 32 bytes in base64")
    return found


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode()
