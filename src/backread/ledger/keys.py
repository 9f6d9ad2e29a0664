"""Keys as values: who holds which, for what, from when until when; and the one test of a signature.

A key's id is the base64 of its 32 public Ed25519 bytes.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from backread.values.publication import utc


class KeyRole(StrEnum):
    """What a key signs: approvals at level B, or checkpoints of the ledger. Never both."""

    ATTESTATION = "attestation"
    LOG = "log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A public key of an outlet. `until` None: still in use. Times carry a zone."""

    id: str
    role: KeyRole
    since: datetime
    until: datetime | None = None

    def __post_init__(self) -> None:
        if len(base64.b64decode(self.id, validate=True)) != 32:
            raise ValueError("a key's id is its 32 public bytes in base64")

    def covers(self, moment: datetime) -> bool:
        """Whether it was in use at `moment`."""
        return self.since <= moment and (self.until is None or moment < self.until)

    def canonical(self) -> dict[str, str]:
        """The form in a receipt; an empty `until` is one still in use."""
        return {
            "id": self.id,
            "role": str(self.role),
            "since": utc(self.since),
            "until": utc(self.until) if self.until else "",
        }

    @classmethod
    def parse(cls, told: Mapping[str, str]) -> Key:
        """A key from its canonical form. Raises KeyError or ValueError."""
        return cls(
            id=told["id"],
            role=KeyRole(told["role"]),
            since=datetime.fromisoformat(told["since"]),
            until=datetime.fromisoformat(told["until"]) if told["until"] else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """The key history of one outlet."""

    keys: tuple[Key, ...]

    def __post_init__(self) -> None:
        roles: dict[str, KeyRole] = {}
        for key in self.keys:
            if roles.setdefault(key.id, key.role) is not key.role:
                raise ValueError("one key may not serve two roles")

    def holds(self, key: str, role: KeyRole, moment: datetime) -> bool:
        """Whether `key` was in use in this role at that moment."""
        return any(k.id == key and k.role is role and k.covers(moment) for k in self.keys)

    def attests(self, key: str, moment: datetime, content: bytes, signature: str) -> bool:
        """Whether `key` attested acts of this outlet at that moment, and `signature` is its signature of `content`."""
        return self.holds(key, KeyRole.ATTESTATION, moment) and verify(key, content, signature)

    def of(self, role: KeyRole) -> tuple[Key, ...]:
        """The keys in this role, past ones too."""
        return tuple(key for key in self.keys if key.role is role)


def verify(key: str, content: bytes, signature: str) -> bool:
    """Whether `signature` (base64) is that of `content` by `key`. Anything malformed is a no."""
    try:
        public = base64.b64decode(key, validate=True)
        signed = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signed, content)
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True
