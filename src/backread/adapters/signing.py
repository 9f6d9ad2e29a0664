"""Ed25519 keys in files under the newsroom's home: one attests approvals, another signs the log. They differ.

Of a key that was replaced the public half stays, with the time it served, so that what it signed then still verifies.
A key file is readable by its owner alone; one that others can read is not used. What it cannot see: whoever
can read the file as the same user can sign as the outlet.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backread.errors import ConfigError
from backread.ledger.keys import Key, KeyRole, Registry, verify

__all__ = ["FileSigner", "Key", "KeyRole", "Registry", "key_file", "retire", "retired", "verify"]


RETIRED = "retired.json"
"""The public halves of keys that were replaced; it lies with the private ones, for what it names is believed."""


def key_file(home: Path, role: KeyRole) -> Path:
    """Where the newsroom at `home` keeps the key of this role."""
    return home / "keys" / f"{role}.pem"


class FileSigner:
    """Signs with the private key in one file (a `ports.Signer`)."""

    def __init__(self, path: Path) -> None:
        """Read the key at `path`. Raises ConfigError when missing, open to others, or no Ed25519 key."""
        self.path = path
        self._private = _private(path)
        self.key = base64.b64encode(self._private.public_key().public_bytes_raw()).decode()

    def __call__(self, content: bytes) -> str:
        """The signature of `content`, base64."""
        return base64.b64encode(self._private.sign(content)).decode()

    def secret(self, purpose: str) -> bytes:
        """32 bytes that only who holds this key can make, the same every time; they are no signature of anything."""
        # Ed25519 signs the same bytes the same way, and no act or note ever begins with this word and a zero byte.
        return hashlib.sha256(self._private.sign(b"secret\x00" + purpose.encode())).digest()

    @classmethod
    def create(cls, path: Path) -> FileSigner:
        """Make a key at `path` (0600, its folder 0700). Raises ConfigError when one stands there already."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        try:
            _put(path, pem, os.O_EXCL)
        except FileExistsError as err:
            raise ConfigError(
                str(path), step="make a new key", hint="One stands there; it is never overwritten."
            ) from err
        return cls(path)

    @classmethod
    def at(cls, home: Path, role: KeyRole) -> FileSigner:
        """The key of this role at `home`, made when there is none."""
        path = key_file(home, role)
        return cls(path) if path.exists() else cls.create(path)


def retired(home: Path) -> tuple[Key, ...]:
    """The keys that served the newsroom at `home` before, as they were kept when each was replaced.

    Raises ConfigError for a file that others can write, or a key in it without an end.
    """
    path = home / "keys" / RETIRED
    try:
        mode, content = path.stat().st_mode, path.read_bytes()
    except FileNotFoundError:
        return ()
    if mode & 0o022:
        raise ConfigError(
            str(path), step="use the retired keys", hint=f"Others can write it: chmod 600 {path}."
        )
    try:
        keys = tuple(Key.parse(told) for told in json.loads(content))
    except (KeyError, TypeError, ValueError, AttributeError) as err:
        raise ConfigError(str(path), step="read the retired keys", hint="Restore it from a backup.") from err
    if any(key.until is None for key in keys):
        raise ConfigError(str(path), step="use the retired keys", hint="One of them has no end.")
    return keys


def retire(home: Path, key: Key) -> None:
    """Keep the public half of a key that is replaced; it has an end. Done again, it changes nothing."""
    held = retired(home)
    if key.until is None:
        raise ConfigError(key.id, step="retire this key", hint="Say until when it served.")
    if any(key.id == other.id for other in held):
        return
    content = json.dumps([k.canonical() for k in (*held, key)], indent=1).encode()
    path = home / "keys" / RETIRED
    half = path.with_name(f"{RETIRED}.half")
    _put(half, content, os.O_TRUNC)
    half.replace(path)


def _put(path: Path, content: bytes, how: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _private(path: Path) -> Ed25519PrivateKey:
    try:
        mode, pem = path.stat().st_mode, path.read_bytes()
    except OSError as err:
        raise ConfigError(str(path), step="read the signing key", hint="Make one with `init`.") from err
    if mode & 0o077:
        raise ConfigError(
            str(path), step="use the signing key", hint=f"Others can read it: chmod 600 {path}."
        )
    try:
        private = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as err:
        raise ConfigError(
            str(path), step="read the signing key", hint="It is no private key in PEM."
        ) from err
    if not isinstance(private, Ed25519PrivateKey):
        raise ConfigError(str(path), step="use the signing key", hint="It must be an Ed25519 key.")
    return private
