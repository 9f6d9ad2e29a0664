"""A capture's metadata as plain JSON, without its text; the text lies in the archive as a blob of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from backread.values.canonical import Digest
from backread.values.capture import Capture, Field
from backread.values.source import Genre, Terms


def to_plain(capture: Capture) -> dict[str, Any]:
    """Everything of a capture but its text, with the text's digest."""
    told = asdict(capture)
    told.pop("text")
    return told | {
        "taken": capture.taken.isoformat(),
        "published": capture.published.isoformat() if capture.published else None,
        "terms": str(capture.terms),
        "genre": str(capture.genre),
        "flags": sorted(capture.flags),
        "fields": [[f.name, f.value, f.start, f.end, f.record] for f in capture.fields],
        "text_digest": capture.text_digest,
    }


def from_plain(told: Mapping[str, Any], text: str) -> Capture:
    """The capture again. Raises ValueError when the text is not the one it was."""
    kept = dict(told)
    digest = kept.pop("text_digest")
    fields = tuple(Field(name=n, value=v, start=s, end=e, record=r) for n, v, s, e, r in kept.pop("fields"))
    capture = Capture(
        **kept
        | {
            "text": text,
            "fields": fields,
            "payload": Digest(kept["payload"]),
            "taken": datetime.fromisoformat(kept["taken"]),
            "published": datetime.fromisoformat(kept["published"]) if kept["published"] else None,
            "terms": Terms(kept["terms"]),
            "genre": Genre(kept["genre"]),
            "flags": frozenset(kept["flags"]),
        }
    )
    if capture.text_digest != digest:
        raise ValueError(f"the text of {capture.url} is not the one that was kept")
    return capture
