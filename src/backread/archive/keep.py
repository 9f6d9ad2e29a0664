"""Keep what was fetched and what was read from it: the response as a WARC record, each visible text, each capture's facts.

Everything is a write-once blob, so keeping the same twice changes nothing. Which captures there are is the newsroom's
to know; the archive answers for their bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from backread.archive.plain import from_plain, to_plain
from backread.archive.warc import record_bytes, records
from backread.errors import ArchiveError
from backread.ports import Blobs, Fetched
from backread.values.canonical import Digest, canonical_bytes
from backread.values.capture import Capture, CaptureId


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where one capture lies: its facts, its text, and the response it was read from, each by digest."""

    capture: CaptureId
    facts: Digest
    text: Digest
    record: Digest


class Archive:
    """Captures in blobs. All methods raise ArchiveError when something cannot be kept or is not what it was."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def keep(self, fetched: Fetched, captures: Iterable[Capture]) -> tuple[Kept, ...]:
        """Keep one response and the captures read from it. The facts come last: what names a blob is never there before it."""
        record = self._blobs.put(record_bytes(fetched))
        return tuple(self._keep(capture, record) for capture in captures)

    def read(self, facts: Digest) -> Capture:
        """The capture with these facts, its text checked."""
        told = self._told(facts)
        try:
            return from_plain(told["capture"], self._blobs.get(Digest(told["text"])).decode())
        except (KeyError, TypeError, ValueError) as err:
            raise ArchiveError(facts, step="read the capture", hint="Its facts are not those of a capture.") from err  # fmt: skip

    def replay(self, facts: Digest) -> Fetched:
        """The response that the capture with these facts was read from, as it was seen."""
        told = self._told(facts)
        try:
            return next(records(self._blobs.get(Digest(told["record"])), name=facts))
        except (KeyError, TypeError, StopIteration) as err:
            raise ArchiveError(facts, step="read its record", hint="It names no response.") from err

    def _keep(self, capture: Capture, record: Digest) -> Kept:
        text = self._blobs.put(capture.text.encode())
        facts = canonical_bytes({"capture": to_plain(capture), "record": record, "text": text})
        return Kept(capture=capture.id, facts=self._blobs.put(facts), text=text, record=record)

    def _told(self, facts: Digest) -> dict[str, Any]:
        try:
            told = json.loads(self._blobs.get(facts))
        except ValueError as err:
            raise ArchiveError(facts, step="read the capture", hint="Its facts are no JSON.") from err
        if not isinstance(told, dict):
            raise ArchiveError(facts, step="read the capture", hint="Its facts are not those of a capture.")
        return told
