"""Web pages: the main text as a reader sees it, title and date as the page states them.

The main part is what the page itself calls so (`article`, `main`, an element named content); else trafilatura's choice
where it finds enough; else all that is visible. Title and date come from JSON-LD, OpenGraph and plain markup, and are left
empty rather than guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

import trafilatura
from lxml import etree, html

from backread.gather import meeting
from backread.gather.base import Page, Reading, moment, one, one_line, refused
from backread.gather.charset import decoded
from backread.gather.visible import addresses_an_ai, blocks
from backread.gather.xml import is_too_big
from backread.ports import Fetched
from backread.values.source import Genre, Source

EXTRACTOR = "page/1"
_LEAST = 200
"""Characters that a page's own main part must hold to be taken as such."""

_MAIN = (
    "//article", "//main", '//*[@role="main"]',
    '//*[@id="content" or @id="main-content" or @id="main" or contains(concat(" ", @class, " "), " content ")]',
)  # fmt: skip


def read(source: Source, fetched: Fetched) -> Reading:
    """One capture, or the refusal of a page that shows nothing."""
    root = tree(fetched)
    if root is None:
        return refused(fetched, "it is not readable HTML")
    told, hidden = _main(root, fetched)
    page = Page(text="\n\n".join(told))
    title = title_of(root)
    if not page.text.strip() or _is_refusal(page.text):
        return refused(fetched, "it shows no text, or only an error")
    genre = source.genre
    if genre in (Genre.MINUTES, Genre.AGENDA):
        meeting.mark(page, genre, source.agency or source.name)
    flags = {"hidden text"} if len(hidden) > 20 else set()
    flags |= {"addresses an AI"} if addresses_an_ai(hidden) or addresses_an_ai(page.text) else set()
    return one(
        source,
        fetched,
        page,
        extractor=EXTRACTOR,
        title=title,
        published=published_of(root),
        byline=_byline(root),
        flags=frozenset(flags),
    )


def tree(fetched: Fetched) -> html.HtmlElement | None:
    """The page's tree, or None when there is none or it is deeper than any honest page."""
    words = decoded(fetched)
    if not words or not words.strip():
        return None
    words = re.sub(r"^\s*<\?xml[^>]*\?>", "", words)
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(words, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return None if is_too_big(root) else root


def _main(root: html.HtmlElement, fetched: Fetched) -> tuple[list[str], str]:
    """The blocks of the main part, and all hidden words of the page."""
    everything, hidden = blocks(root)
    for path in _MAIN:
        for part in root.xpath(path):
            told, _ = blocks(part)
            if sum(map(len, told)) >= _LEAST:
                return told, hidden
    chosen = _trafilatura(root)
    if sum(map(len, chosen)) >= max(_LEAST, sum(map(len, everything)) // 3):
        seen = {one_line(block) for block in everything}
        return [b for b in chosen if any(b[:60] in block for block in seen)] or everything, hidden
    return everything, hidden


def _trafilatura(root: html.HtmlElement) -> list[str]:
    try:
        words = (
            trafilatura.extract(
                root, fast=True, include_comments=False, include_tables=True, output_format="txt"
            )
            or ""
        )
    except (ValueError, AttributeError, TypeError, RecursionError, etree.LxmlError):
        return []
    return [one_line(block) for block in words.split("\n") if block.strip()]


def title_of(root: html.HtmlElement) -> str:
    """The headline a page states: JSON-LD, OpenGraph, its only h1, its title."""
    for told in _json_ld(root):
        if isinstance(words := told.get("headline"), str) and words.strip():
            return one_line(words)
    stated = root.xpath('//meta[@property="og:title"]/@content')
    heads = [one_line("".join(h.itertext())) for h in root.xpath("//h1")]
    for words in (*stated[:1], *(heads if len(heads) == 1 else ()), root.findtext(".//title") or ""):
        if one_line(str(words)):
            return one_line(str(words))
    return ""


def published_of(root: html.HtmlElement) -> datetime | None:
    """The page's own moment of publication, with a time zone; None when it states none."""
    stated = [str(told.get("datePublished", "")) for told in _json_ld(root)]
    stated += root.xpath('//meta[@property="article:published_time" or @itemprop="datePublished"]/@content')
    stated += root.xpath("//time[@itemprop='datePublished' or @pubdate]/@datetime")
    return next((when for words in stated if (when := moment(str(words)))), None)


def _byline(root: html.HtmlElement) -> str:
    for told in _json_ld(root):
        author = told.get("author")
        if (
            isinstance(author, dict)
            and author.get("@type") == "Person"
            and isinstance(author.get("name"), str)
        ):
            return str(author["name"])
    return ""


def _json_ld(root: html.HtmlElement) -> Iterator[dict[str, object]]:
    for script in root.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            told = json.loads(str(script))
        except (ValueError, RecursionError):
            continue
        for entry in (
            told if isinstance(told, list) else told.get("@graph", [told]) if isinstance(told, dict) else []
        ):
            if isinstance(entry, dict):
                yield entry


def _is_refusal(words: str) -> bool:
    return len(words) < 400 and bool(
        re.search(
            r"(?i)\b(?:access denied|403 forbidden|404 not found|page not found|are you a robot|enable javascript|checking your browser|captcha)\b",
            words,
        )
    )
