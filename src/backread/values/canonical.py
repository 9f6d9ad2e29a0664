"""One way to turn a value into bytes, and bytes into a digest.

Canonical JSON is RFC 8785 (JSON Canonicalization Scheme), narrowed: strings (NFC), integers, booleans,
lists and objects only. Floats are refused: two programs may print one number in two ways.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NewType

import rfc8785

Digest = NewType("Digest", str)
"""A SHA-256 as 64 lower-case hexadecimal digits."""

Canonical = str | int | bool | None | Sequence["Canonical"] | Mapping[str, "Canonical"]


def digest_of(content: bytes) -> Digest:
    """The SHA-256 of `content`."""
    return Digest(hashlib.sha256(content).hexdigest())


def canonical_bytes(value: Canonical) -> bytes:
    """`value` as RFC 8785 bytes, every string in NFC. Raises TypeError for floats and other types."""
    return rfc8785.dumps(_narrowed(value))


def canonical_digest(value: Canonical) -> Digest:
    """The digest of the canonical bytes of `value`."""
    return digest_of(canonical_bytes(value))


def _narrowed(value: Canonical) -> Canonical:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {_key(key): _narrowed(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_narrowed(entry) for entry in value]
    raise TypeError(
        f"canonical JSON holds strings, integers, booleans, lists and objects, not {type(value).__name__}"
    )


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError("canonical JSON has string keys only")
    return unicodedata.normalize("NFC", key)
