"""Mail (.eml): subject, sender, date and the visible words of the body. Attachments are named, never opened."""

from __future__ import annotations

import re
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser

from backread.gather.decode import decoded
from backread.gather.markup import TooMuch, html_tree
from backread.gather.reading import ADDRESSES_AI, HIDDEN, Reading, Sheet, capture_of, one_line, smuggles, tidy
from backread.gather.suspicion import addresses_ai
from backread.gather.walk import visible_text
from backread.ports import Fetched
from backread.values.source import Source

EXTRACTOR = "mail 1"
MOST_PARTS = 200


def read(source: Source, fetched: Fetched) -> Reading:
    """One capture; refused when the message has no words."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(fetched.body)
        sheet, flags = _sheet(message)
    except (MessageError, LookupError, ValueError, IndexError, AttributeError, RecursionError, TypeError):  # fmt: skip
        # The standard library's mail parser raises all of these for headers that are cut or nested.
        return Reading(refusal="The message cannot be read: its head is cut short or goes wrong.")
    if sheet is None:
        return Reading(refusal="The message holds no words.")
    capture = capture_of(
        source,
        fetched,
        sheet.text,
        EXTRACTOR,
        title=_header(message, "subject"),
        byline=_header(message, "from").partition("<")[0].strip(' "'),
        published=_date(message),
        fields=tuple(sheet.fields),
        flags=flags,
    )
    return Reading(captures=(capture,), health=_attachments(message))


def looks_like(head: bytes) -> bool:
    """Whether the first lines are the headers of a message. A memo's "To:" below its letterhead makes no message."""
    if not re.match(rb"(?:From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]{1,40}:", head.lstrip()):
        return False
    names = [line.partition(b":")[0].lower() for line in head[:2000].splitlines()[:15] if b":" in line]
    wanted = {b"from", b"to", b"subject", b"date", b"received", b"message-id", b"mime-version", b"return-path"}  # fmt: skip
    return sum(name in wanted for name in names) >= 3


def _sheet(message: EmailMessage) -> tuple[Sheet | None, frozenset[str]]:
    body, flags = _body(message)
    if not body:
        return None, flags
    sheet = Sheet()
    for name, label in (("from", "From: "), ("date", "Date: "), ("subject", "Subject: ")):
        sheet.state(name, one_line(_header(message, name)), label=label)
    sheet.write(f"\n{body}")
    return sheet, flags


def _body(message: EmailMessage) -> tuple[str, frozenset[str]]:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return "", frozenset()
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    words = decoded(raw, part.get("content-type", ""))
    flags = {HIDDEN} if smuggles(words) else set()
    if part.get_content_type() == "text/html":
        try:
            seen = visible_text(html_tree(words))
        except TooMuch:
            return "", frozenset()
        words, flags = seen.text, flags | set(seen.flags)
    if addresses_ai(words):
        flags.add(ADDRESSES_AI)
    return tidy(words), frozenset(flags)


def _header(message: EmailMessage, name: str) -> str:
    return one_line(str(message.get(name, "")))


def _date(message: EmailMessage) -> datetime | None:
    held = message.get("date")
    found = getattr(held, "datetime", None)
    return found if isinstance(found, datetime) and found.tzinfo else None


def _attachments(message: EmailMessage) -> tuple[str, ...]:
    names = []
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            break
        if part.get_content_disposition() == "attachment":
            names.append(one_line(part.get_filename() or part.get_content_type()))
    return (f"Attachments were not opened: {', '.join(names)}.",) if names else ()
