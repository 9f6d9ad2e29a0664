"""Bytes to text: a byte order mark, then the header, then what the document says, then a look at the first 64 kB.

Only character sets on a list are believed; UTF-7 and the like are never used. What cannot be decoded becomes the
replacement character, so that one bad byte does not lose a page.
"""

from __future__ import annotations

import codecs
import re
from email.message import Message

from charset_normalizer import from_bytes

from backread.ports import Fetched

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KNOWN = re.compile(
    r"utf-?8|utf-?16(?:-?[lb]e)?|utf-?32(?:-?[lb]e)?|cp\d{3,4}|iso8859-\d{1,2}|koi8-[rut]|gb2312|gbk|gb18030|big5(?:hkscs)?"
    r"|shift_jis|cp932|euc_j\w+|iso2022_(?:jp|kr)\w*|euc_kr|johab|mac-\w+|tis-620|hz|hp-roman8|kz1048|ptcp154"
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,300}charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_LOOK = 64_000


def charset_of(media_type: str) -> str:
    """The character set that a media type names, '' when it names none."""
    header = Message()
    try:
        header["Content-Type"] = media_type.replace("\r", " ").replace("\n", " ")
        return header.get_content_charset("") or ""
    except (LookupError, ValueError, AssertionError):
        return ""


def stated_type(fetched: Fetched) -> str:
    """The media type with its parameters, as the site sent it."""
    return fetched.headers.get("content-type") or fetched.media_type


def type_of(media_type: str) -> str:
    """The bare media type in lower case: "text/html"."""
    return media_type.partition(";")[0].strip().lower()


def decoded(body: bytes, media_type: str = "") -> str:
    """`body` as text."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    found = _DECLARED.search(body[:4096])
    said = (found[1] or found[2]).decode("ascii", "ignore") if found else ""
    for name in (charset_of(media_type), said):
        known = _known(name)
        if known.startswith(("utf-16", "utf-32")) and b"\x00" not in body[:64]:
            continue
        if known:
            return _with(body, known)
    return _guessed(body)


def _known(name: str) -> str:
    """The codec's own name when it is one on the list; Latin-1 and ASCII are read as browsers do."""
    try:
        known = codecs.lookup(name.strip()).name if name else ""
    except (LookupError, UnicodeError, ValueError):
        return ""
    if known in ("iso8859-1", "ascii"):
        return "cp1252"
    return known if _KNOWN.fullmatch(known) else ""


def _with(body: bytes, name: str) -> str:
    if name == "cp1252":
        try:
            # Many pages that say Latin-1 have been UTF-8 for years; valid multi-byte UTF-8 is never an accident.
            return body.decode("utf-8")
        except UnicodeDecodeError:
            return body.decode("cp1252", "replace")
    try:
        return body.decode(name)
    except UnicodeDecodeError:
        return _guessed(body) if name == "utf-8" else body.decode(name, "replace")


def _guessed(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as err:
        if err.start > len(body) - 4 and len(body) > 1_000:
            return body.decode("utf-8", "replace")
    for mark in ("utf-16-le", "utf-16-be"):
        zeros = body[1:400:2] if mark == "utf-16-le" else body[0:400:2]
        if len(zeros) > 8 and zeros.count(0) > 0.8 * len(zeros):
            return body.decode(mark, "replace")
    if len(body) < 400 and body.translate(None, bytes(range(128))) and body.count(0) == 0:
        # A detector guesses wildly on a few words; these are Western nearly always.
        return body.decode("cp1252", "replace")
    guess = from_bytes(body[:_LOOK], steps=3, chunk_size=512).best()
    name = _known(guess.encoding.replace("_", "-")) if guess else ""
    if name and name != "utf-8":
        return body.decode(name, "replace")
    lost = body.decode("utf-8", "replace")
    return lost if lost.count("\ufffd") < 0.01 * len(lost) else body.decode("cp1252", "replace")
