"""What kind of document bytes are. The bytes decide; the source's kind and the media type only where bytes do not.

A table behind a source of kind "page" is a table, and a page behind a link called .pdf is a page.
"""

from __future__ import annotations

import re
import zlib

from backread.gather import alert, feed, mail, record, table, transcript
from backread.gather.decode import decoded, stated_type, type_of
from backread.ports import Fetched

_LOOK = 8_000
_BINARY = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x7fELF", b"MZ\x90", b"RIFF", b"OggS", b"\x00\x00\x01\x00", b"ID3", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf")  # fmt: skip
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|title|meta|div|p|h1|table|article|main|section|script|link|span|ul|br|a)\b", re.IGNORECASE)  # fmt: skip
_TEXTUAL = {"calendar": "calendar", "table": "table", "transcript": "transcript", "mail": "mail"}


def kind_of(kind: str, fetched: Fetched) -> str:
    """The reader's name for these bytes: one of SOURCES, "plain", "record", or '' for what nobody here reads."""
    body = fetched.body
    head = body[:_LOOK].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in body[:1024]:
        return "pdf"
    if holds_warc(body):
        return "warc"
    if body.startswith(b"\x1f\x8b") or head.startswith(_BINARY):
        return ""
    if kind == "pdf" or (type_of(fetched.media_type) == "application/pdf" and not _HTML.search(head)):
        return "pdf"
    return _marked(kind, head, fetched) or _text(kind, fetched)


def _marked(kind: str, head: bytes, fetched: Fetched) -> str:
    """Kinds that show in the first bytes of markup; '' for text."""
    if head[:15].upper() == b"BEGIN:VCALENDAR":
        return "calendar"
    if record.is_json(head):
        return "feed" if feed.looks_like(fetched.body) or kind == "feed" else "record"
    wide = head.replace(b"\x00", b"")
    if not wide.startswith((b"<", b"\xff\xfe<", b"\xfe\xff<")) and kind not in ("feed", "alert"):
        return "page" if _HTML.search(wide[:2_000]) and not mail.looks_like(head) else ""
    if _is_html(wide):
        return "page"
    if alert.looks_like(fetched.body[:200_000]):
        return "alert"
    if feed.looks_like(wide) or kind in ("feed", "alert"):
        return kind if kind in ("feed", "alert") and not feed.looks_like(wide) else "feed"
    if wide.startswith(b"<?xml") or type_of(fetched.media_type).endswith("xml"):
        return "page" if _HTML.search(wide) else "record"
    return "page"


def _is_html(head: bytes) -> bool:
    start = head[:3_000].lower()
    return b"<!doctype html" in start or b"<html" in start


def _text(kind: str, fetched: Fetched) -> str:
    text = decoded(fetched.body[:200_000], stated_type(fetched))
    if text[:4_000].count("\x00") or text.count("\ufffd") > 0.1 * len(text):
        return ""
    if "BEGIN:VCALENDAR" in text[:2_000]:
        return "calendar"
    if transcript.looks_like(text):
        return "transcript"
    if kind in _TEXTUAL:
        return _TEXTUAL[kind]
    if mail.looks_like(fetched.body):
        return "mail"
    if type_of(fetched.media_type) in ("text/csv", "text/tab-separated-values") or table.looks_like(text):
        return "table"
    return "page" if type_of(fetched.media_type) == "text/html" else "plain"


def holds_warc(body: bytes) -> bool:
    """Whether bytes begin as a WARC file, plain or gzip'd."""
    if body[:2] != b"\x1f\x8b":
        return body.lstrip()[:5] == b"WARC/"
    try:
        return zlib.decompressobj(31).decompress(body[:4_000], 64).startswith(b"WARC/")
    except zlib.error:
        return False
