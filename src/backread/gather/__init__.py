"""From the world to captures: one reader a source kind, listed in SOURCES. Readers are functions of bytes.

`read` looks at what came, not at what it is called; `read_safely` does the same in a fenced process, for the newsroom.
"""

from __future__ import annotations

from collections.abc import Mapping

from backread.errors import GatherError
from backread.gather import alert, calendar, feed, mail, page, pdf, plain, record, table, transcript, warc
from backread.gather.fence import fenced
from backread.gather.reading import Follow, Reader, Reading
from backread.gather.sniff import kind_of
from backread.ports import Fetched
from backread.values.source import Source

__all__ = ["SOURCES", "Follow", "Reader", "Reading", "read", "read_safely"]

SECONDS, MEGABYTES = 30.0, 2_000


def read(source: Source, fetched: Fetched) -> Reading:
    """What there is to keep in one fetch, by the reader that fits its bytes. Never raises for what the bytes hold."""
    if fetched.status == 304:
        return Reading(health=("Not changed since the last look.",))
    if fetched.status != 200:
        return Reading(refusal=f"The site answered {fetched.status}, not with a document.")
    if not fetched.body.strip():
        return Reading(refusal="The site answered with an empty document.")
    kind = kind_of(source.kind, fetched)
    if not kind:
        return Reading(refusal="It is neither text nor a document of a kind that can be read.")
    if (
        kind == "page"
        and source.kind in ("feed", "alert", "calendar", "table")
        and fetched.url == source.address
    ):
        # A page that a source points to is read; a page in place of the source itself is a sign of trouble.
        return Reading(
            refusal=f"The address gives a web page where a source of kind “{source.kind}” should be."
        )
    return _READERS[kind](source, fetched)


def read_safely(source: Source, fetched: Fetched, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Reading:  # fmt: skip
    """The same in a process with limits on time and memory; what breaks it is a refusal."""
    try:
        return fenced(read, source, fetched, seconds=seconds, megabytes=megabytes)
    except GatherError as err:
        return Reading(refusal=f"The document could not be read: the reader could not {err.step}. {err.hint}")


SOURCES: Mapping[str, Reader] = {
    "feed": feed.read,
    "page": page.read,
    "pdf": pdf.read,
    "alert": alert.read,
    "calendar": calendar.read,
    "warc": warc.reader(read),
    "table": table.read,
    "transcript": transcript.read,
    "mail": mail.read,
}
"""The kinds of source a newsroom can list, in the order of the handbook."""

_READERS: Mapping[str, Reader] = {**SOURCES, "plain": plain.read, "record": record.read}
