"""Bytes to words: BOM over header over what the document says, from a known list, else refused."""

from __future__ import annotations

import codecs
import re

from backread.ports import Fetched

KNOWN = frozenset(
    [
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "us-ascii",
        "ascii",
        "iso-8859-1",
        "iso-8859-15",
        "iso-8859-2",
        "iso-8859-9",
        "windows-1252",
        "windows-1250",
        "windows-1251",
        "windows-1254",
        "latin-1",
        "latin1",
        "gb18030",
        "gbk",
        "gb2312",
        "big5",
        "shift_jis",
        "euc-jp",
        "euc-kr",
        "iso-2022-jp",
        "koi8-r",
        "koi8-u",
        "macintosh",
        "cp1252",
        "cp437",
        "iso-8859-5",
        "iso-8859-7",
        "iso-8859-8",
        "windows-1253",
        "windows-1255",
        "windows-1256",
        "windows-1257",
    ]
)
"""Encodings that are read; UTF-7 and the rest are not."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_STATED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)


def decoded(fetched: Fetched) -> str | None:
    """The words of a body; None when no known encoding fits. Line ends become a newline."""
    body = fetched.body
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _words(body, encoding)
    for stated in (_header(fetched), _told(body), "utf-8", "windows-1252"):
        if stated and stated in KNOWN and (words := _words(body, stated)) is not None:
            return words
    return None


def _header(fetched: Fetched) -> str:
    match = _HEADER.search(fetched.headers.get("content-type", "") or fetched.media_type)
    return match.group(1).lower() if match else ""


def _told(body: bytes) -> str:
    match = _STATED.search(body[:4_000])
    return match.group(1).decode("ascii", "replace").lower() if match else ""


def _words(body: bytes, encoding: str) -> str | None:
    try:
        words = body.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    if "\x00" in words[:4_000]:
        return None
    return words.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
