"""A response's body, taken piece by piece within caps; and how long a site asks to be left alone."""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from backread.errors import Refused, Unreachable

MOST_RATIO, RATIO_FROM = 200, 2_000_000
"""Decoded bytes for one on the wire, looked at from so many decoded bytes on."""
_PIECE = 1 << 18


class Body:
    """The decoded body of one response while it comes in. `received` counts bytes on the wire.

    `cut` keeps what came up to the cap instead of refusing (robots files are read so).
    """

    def __init__(self, url: str, *, coding: str, wire: int, decoded: int, cut: bool = False) -> None:
        self.received = 0
        self._url, self._wire, self._most, self._cut = url, wire, decoded, cut
        self._held = bytearray()
        self._inflate = _inflater(url, coding)

    def add(self, piece: bytes) -> bool:
        """Take a piece; whether enough has come. Raises Refused past a cap, Unreachable for a broken encoding."""
        self.received += len(piece)
        if self.received > self._wire and not self._cut:
            raise self._refused(f"It has more than {self._wire:,} bytes.")
        if self._inflate is None:
            self._held += piece
        else:
            self._decode(piece)
        if len(self._held) > self._most:
            if self._cut:
                del self._held[self._most :]
                return True
            raise self._refused(f"It unpacks to more than {self._most:,} bytes.")
        return False

    def whole(self) -> bytes:
        """The body. Raises Unreachable when its compressed form breaks off."""
        if self._inflate is not None and self.received and not self._inflate.eof and not self._cut:
            raise Unreachable(self._url, step="read all of it", hint="Its compressed form breaks off.")
        return bytes(self._held)

    def _decode(self, piece: bytes) -> None:
        pending = piece
        while pending and len(self._held) <= self._most:
            if self._inflate is None or self._inflate.eof:
                self._inflate = zlib.decompressobj(31)
            try:
                self._held += self._inflate.decompress(pending, _PIECE)
            except zlib.error as err:
                raise Unreachable(self._url, step="unpack it", hint="Its compressed form is broken.") from err
            pending = self._inflate.unconsumed_tail or self._inflate.unused_data
            if (
                len(self._held) > RATIO_FROM
                and len(self._held) > MOST_RATIO * self.received
                and not self._cut
            ):
                raise self._refused(f"It unpacks to more than {MOST_RATIO} times its size.")

    def _refused(self, why: str) -> Refused:
        return Refused(self._url, step="take in all of it", hint=why)


def _inflater(url: str, coding: str) -> zlib._Decompress | None:
    names = [name.strip().lower() for name in coding.split(",") if name.strip()]
    if not names or names == ["identity"]:
        return None
    if names in (["gzip"], ["x-gzip"]):
        return zlib.decompressobj(31)
    shown = ", ".join(names)[:60]
    raise Refused(url, step="unpack it", hint=f"It answers in an encoding that was not asked for ({shown}).")


def retry_after(value: str, now: datetime, longest: timedelta) -> timedelta | None:
    """How long a site asks to be left alone, in seconds or until a date; at most `longest`, None when it does not say."""
    words = value.strip()
    if words.isdigit():
        return min(timedelta(seconds=min(int(words[:9]), 10_000_000)), longest)
    try:
        until = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError):
        return None
    if until.tzinfo is None or until <= now:
        return None
    return min(until - now, longest)
