"""What the readers make of a folder of real and hostile inputs: a capture, pointers, or one refusal; how long each took.

The folder holds JSON lines (plain or gzipped) with the bytes of one document a row. Nothing is fetched. A row that
makes a reader raise is counted as a crash and named; a reader that behaves never raises for what bytes hold.
"""

from __future__ import annotations

import statistics
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from backread.archive.warc import records
from backread.bench import SEEN
from backread.bench.rows import json_lines
from backread.errors import ArchiveError, BadInput
from backread.gather import Reading, read
from backread.ports import Fetched
from backread.values.capture import Capture
from backread.values.source import Source

SLOWEST = 10.0
"""Seconds one document may take before it counts as late."""

Row = Mapping[str, Any]
Documents = Callable[[Row], Iterator[tuple[str, bytes]]]
"""The documents of one row: a name and the bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """One file of inputs: where it lies below the folder, the kind its source would have, its documents."""

    name: str
    file: str
    kind: str
    media_type: str
    documents: Documents


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of one pile. `seconds` has one figure a document."""

    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, object]:
        """Counts and times; times in seconds."""
        return {
            "documents": len(self.seconds),
            **{name: self.outcomes[name] for name in ("captures", "pointers", "refused", "unclear", "crashed", "late")},
            "median_s": round(statistics.median(self.seconds), 4) if self.seconds else 0.0,
            "slowest_s": round(max(self.seconds, default=0.0), 3),
            "crashes": self.crashes[:5],
        }  # fmt: skip


def _coded(key: str, name: str) -> Documents:
    return lambda row: iter([(str(row[name]), b64decode(row[key]))])


def _written(row: Row) -> Iterator[tuple[str, bytes]]:
    yield str(row["id"]), str(row["input"]).encode("utf-8", "surrogatepass")


def _agency(row: Row) -> Iterator[tuple[str, bytes]]:
    for number, kept in enumerate(row["files"]):
        yield f"{row['agency']} {number}", b64decode(kept["body_b64"])


PILES = (
    Pile(name="alerts", file="ingest/cap/alerts.jsonl.gz", kind="alert", media_type="application/xml", documents=_coded("body_b64", "name")),
    Pile(name="agency pages", file="ingest/meetings/agencies.jsonl.gz", kind="page", media_type="", documents=_agency),
    Pile(name="pages", file="ingest/extraction/segments_metadata.jsonl.gz", kind="page", media_type="text/html", documents=_coded("html_b64", "file")),
    Pile(name="feeds", file="ingest/feeds/cases.jsonl.gz", kind="feed", media_type="application/xml", documents=_coded("body_b64", "path")),
    Pile(name="WARC files", file="ingest/warc/files.jsonl.gz", kind="warc", media_type="application/warc", documents=_coded("body_b64", "name")),
    Pile(name="malformed PDFs", file="attacks/pdf_malformed.jsonl", kind="pdf", media_type="application/pdf", documents=_coded("b64", "id")),
    Pile(name="malformed HTML", file="attacks/html_malformed.jsonl", kind="page", media_type="text/html", documents=_written),
    Pile(name="malformed feeds", file="attacks/feeds.jsonl", kind="feed", media_type="application/xml", documents=_coded("b64", "id")),
)  # fmt: skip
"""What is read, as far as the folder has it."""


def run(path: Path | None, limit: int) -> Mapping[str, object]:
    """Figures for each pile found below `path`; `limit` bounds the documents of each pile (0: all).

    Raises BadInput without a folder, or for a folder with none of the piles.
    """
    if path is None or not path.is_dir():
        raise BadInput(str(path or "the folder"), step="find inputs", hint="Name the folder that holds them.")
    there = [pile for pile in PILES if (path / pile.file).is_file()]
    if not there:
        looked = ", ".join(pile.file for pile in PILES)
        raise BadInput(str(path), step="find inputs in it", hint=f"It should hold at least one of {looked}.")
    return {pile.name: measure(pile, path, limit).figures() for pile in there}


def measure(pile: Pile, folder: Path, limit: int = 0) -> Tally:
    """Read the documents of one pile, one after the other."""
    tally = Tally()
    for number, (name, body) in enumerate(documents(pile, folder)):
        if limit and number >= limit:
            break
        began = time.perf_counter()
        outcome = _outcome(pile, name, body, tally)
        took = time.perf_counter() - began
        tally.seconds.append(took)
        tally.outcomes[outcome] += 1
        tally.outcomes["late"] += took > SLOWEST
    if not tally.seconds:
        raise BadInput(str(folder / pile.file), step="measure on it", hint="It holds no row.")
    return tally


def documents(pile: Pile, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each document of a pile. Raises BadInput for a line that is no such row."""
    path = folder / pile.file
    try:
        for row in json_lines(path):
            yield from pile.documents(row)
    except (ValueError, KeyError, TypeError) as err:
        raise BadInput(str(path), step="read its rows", hint="It should be JSON lines with their documents.") from err  # fmt: skip


def _outcome(pile: Pile, name: str, body: bytes, tally: Tally) -> str:
    try:
        return classify(_read(pile, name, body))
    # The bench exists to find what readers raise, whatever it is; it is counted and named, never passed over.
    except Exception as err:  # noqa: BLE001
        tally.crashes.append(f"{name}: {type(err).__name__}: {str(err)[:120]}")
        return "crashed"


def classify(reading: Reading) -> str:
    """ "captures", "pointers" or "refused"; "unclear" when a reading gives nothing and does not say why."""
    if reading.captures:
        return "captures" if not reading.refusal else "unclear"
    if reading.refusal:
        return "refused"
    return "pointers" if reading.follow or reading.health else "unclear"


def _read(pile: Pile, name: str, body: bytes) -> Reading:
    if pile.kind == "warc":
        return _records(name, body)
    return read(_source(pile.kind), _fetched(name, body, pile.media_type))


def _records(name: str, body: bytes) -> Reading:
    """A WARC file stands in for the web: what its responses hold, or that it breaks off."""
    page = _source("page")
    kept: list[Capture] = []
    try:
        for fetched in records(BytesIO(body), name=name):
            kept.extend(read(page, fetched).captures)
    except ArchiveError as err:
        return Reading(captures=tuple(kept)) if kept else Reading(refusal=str(err))
    return Reading(captures=tuple(kept)) if kept else Reading(refusal="No response in it shows any text.")


def _source(kind: str) -> Source:
    return Source(id="input", name="Input", kind=kind, address="https://input.example/")


def _fetched(name: str, body: bytes, media_type: str) -> Fetched:
    return Fetched(url="https://input.example/", status=200, body=body, media_type=media_type, headers={}, taken=SEEN)  # fmt: skip
