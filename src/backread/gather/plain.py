"""Plain text, Markdown, transcripts, mail: forms whose visible text is the file itself."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import datetime
from email.message import EmailMessage

from lxml import etree, html

from backread.gather.base import Page, Reading, one, refused
from backread.gather.charset import decoded
from backread.gather.visible import addresses_an_ai, blocks
from backread.ports import Fetched
from backread.values.source import Genre, Source

_CUE = re.compile(r"^(?:\d{1,2}:)?\d{1,2}:\d\d[.,]\d{1,3} --> ")
_VOICE = re.compile(r"<v(?:\.[\w.]+)? ([^>]{1,80})>")
_TAG = re.compile(r"</?[a-z][^>]{0,80}>")


def read_text(source: Source, fetched: Fetched) -> Reading:
    """Text as it is; a first heading is its title."""
    words = decoded(fetched)
    if words is None:
        return refused(fetched, "it is not text in a known encoding")
    first = next((line for line in words.split("\n") if line.strip()), "")
    title = first.lstrip("# ").strip() if len(first) <= 160 else ""
    flags = frozenset({"addresses an AI"}) if addresses_an_ai(words) else frozenset[str]()
    return one(
        source,
        fetched,
        Page(text=re.sub(r"(?m)^#{1,6} ", "", words).strip()),
        extractor="text/1",
        title=title,
        flags=flags,
    )


def read_transcript(source: Source, fetched: Fetched) -> Reading:
    """WebVTT or SubRip: a paragraph a cue, with its speaker before it where the file names one."""
    words = decoded(fetched)
    if words is None or "-->" not in words:
        return refused(fetched, "it is no transcript with cues")
    page = Page()
    for block in re.split(r"\n\s*\n", words):
        lines = block.strip().split("\n")
        at = next((n for n, line in enumerate(lines) if _CUE.match(line.strip())), None)
        if at is not None and (told := _TAG.sub("", _VOICE.sub(r"\1: ", " ".join(lines[at + 1 :]))).strip()):
            page.line(" ".join(told.split()))
    return one(source, fetched, page, extractor="transcript/1", genre=Genre.TRANSCRIPT)


def read_mail(source: Source, fetched: Fetched) -> Reading:
    """One message: its plain text, or the visible text of its HTML; attachments are not opened."""
    try:
        message = email.message_from_bytes(fetched.body, policy=email.policy.default)
        subject, sent = str(message.get("Subject", "")), _sent(message)
        body = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
        words = str(body.get_content()) if body is not None else ""
    except (ValueError, LookupError, TypeError, AttributeError, KeyError, IndexError) as err:
        return refused(fetched, f"it is no readable message ({type(err).__name__})")
    if body is not None and body.get_content_type() == "text/html":
        words = _visible(words)
    return one(
        source,
        fetched,
        Page(text=words.replace("\r\n", "\n").strip()),
        extractor="mail/1",
        title=subject,
        published=sent,
    )


def _sent(message: EmailMessage) -> datetime | None:
    told = getattr(message.get("Date"), "datetime", None)
    return told if isinstance(told, datetime) and told.tzinfo else None


def _visible(markup: str) -> str:
    try:
        return "\n\n".join(blocks(html.fragment_fromstring(markup, create_parent="div"))[0])
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
