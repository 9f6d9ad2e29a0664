"""From the world to captures: one reader a source kind, listed in SOURCES. Readers are functions of bytes."""

from __future__ import annotations

from collections.abc import Mapping

from backread.gather import alert, calendar, feed, page, pdf, plain, table
from backread.gather.base import Follow, Reader, Reading, refused
from backread.ports import Fetched
from backread.values.source import Source

__all__ = ["SOURCES", "Follow", "Reader", "Reading", "kind_of", "read"]

SOURCES: Mapping[str, Reader] = {
    "feed": feed.read,
    "page": page.read,
    "pdf": pdf.read,
    "alert": alert.read,
    "calendar": calendar.read,
    "table": table.read,
    "transcript": plain.read_transcript,
    "mail": plain.read_mail,
    "text": plain.read_text,
}
"""Every kind of source there is. A WARC file is no kind: it stands in for the web (`archive.warc`)."""

_BY_TYPE = {
    "text/csv": "table",
    "application/pdf": "pdf",
    "text/calendar": "calendar",
    "text/vtt": "transcript",
    "application/x-subrip": "transcript",
    "message/rfc822": "mail",
    "text/plain": "text",
    "text/markdown": "text",
}


def read(source: Source, fetched: Fetched) -> Reading:
    """What one look at a source gave, by what the bytes are; the source's kind and the stated type only break ties."""
    if fetched.status >= 400:
        return refused(fetched, f"it answered with status {fetched.status}")
    if not fetched.body.strip():
        return refused(fetched, "it is empty")
    kind = kind_of(source, fetched)
    return SOURCES[kind](source, fetched)


def kind_of(source: Source, fetched: Fetched) -> str:
    """The reader for these bytes."""
    head = fetched.body[:2_000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if b"%PDF-" in fetched.body[:1_024]:
        return "pdf"
    if head.startswith(b"BEGIN:VCALENDAR"):
        return "calendar"
    if head.startswith(b"WEBVTT"):
        return "transcript"
    if head[:1] == b"<" and alert.is_alert(fetched.body):
        return "alert"
    if _is_feed(head, fetched):
        return "feed"
    if head[:1] == b"<" and b"<html" in fetched.body[:20_000].lower():
        return "page"
    stated = _BY_TYPE.get(fetched.media_type, "")
    if stated in ("table", "transcript", "mail", "text") or source.kind not in SOURCES:
        return stated or "page"
    return source.kind


def _is_feed(head: bytes, fetched: Fetched) -> bool:
    if any(mark in head.lower() for mark in (b"<rss", b"<rdf:rdf", b"<feed")):
        return True
    return head[:1] == b"{" and b"jsonfeed.org" in fetched.body[:4_000]
