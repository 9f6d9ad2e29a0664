"""RSS 0.9x to 2.0, RDF, Atom and JSON Feed: the entries, as captures where they carry text, and the pages they point at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from lxml import etree, html

from backread.gather.base import Follow, Page, Reading, capture_of, moment, one_line, refused
from backread.gather.charset import decoded
from backread.gather.visible import addresses_an_ai, blocks
from backread.gather.xml import child, name_of, parse, words_of
from backread.ports import Fetched
from backread.values.source import Source

EXTRACTOR = "feed/1"
MOST_ENTRIES, LEAST_TEXT = 500, 280
_BODIES = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "updated", "date", "issued", "modified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as the feed states it. `content` is markup or text."""

    link: str
    title: str
    content: str = ""
    published: datetime | None = None
    author: str = ""


def read(source: Source, fetched: Fetched) -> Reading:
    """Links to follow for every entry that has one; captures of entries that carry a text of their own."""
    found = entries(fetched)
    if found is None:
        return refused(fetched, "it is no readable feed")
    kept = list(found)[:MOST_ENTRIES]
    follow = tuple(
        Follow(url=e.link, title=e.title) for e in kept if e.link.startswith(("http://", "https://"))
    )
    captures = tuple(c for e in kept if (c := _capture(source, fetched, e)))
    return Reading(captures=captures, follow=tuple(dict.fromkeys(follow)))


def entries(fetched: Fetched) -> Iterator[Entry] | None:
    """The entries, in the feed's order; None when this is no feed."""
    if fetched.body.lstrip()[:1] == b"{":
        return _json(fetched)
    root = parse(fetched.body)
    if root is None or name_of(root).lower() not in ("rss", "rdf", "feed", "channel"):
        return None
    return (_entry(element, fetched.url) for element in root.iter() if name_of(element) in ("item", "entry"))


def _entry(element: etree._Element, base: str) -> Entry:
    return Entry(
        link=urljoin(base, _link(element)) if _link(element) else "",
        title=one_line(_text(child(element, "title"))),
        content=next((words for name in _BODIES if (words := _body(element, name))), ""),
        published=next((when for name in _DATES if (when := _moment(child(element, name)))), None),
        author=one_line(child(element, "creator") or child(element, "author"))[:200],
    )


def _body(element: etree._Element, name: str) -> str:
    held = next((c for c in element if name_of(c) == name), None)
    if held is None:
        return ""
    if held.get("type") == "xhtml":
        return "".join(etree.tostring(c, encoding="unicode") for c in held)
    return words_of(held)


def _link(element: etree._Element) -> str:
    links = [c for c in element if name_of(c) == "link"]
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href")).strip()
    words = next((words_of(link) for link in links if words_of(link)), "")
    guid = next((c for c in element if name_of(c) == "guid"), None)
    if not words and guid is not None and guid.get("isPermaLink", "true") == "true":
        words = words_of(guid)
    return words if not any(c.isspace() for c in words) else ""


def _json(fetched: Fetched) -> Iterator[Entry] | None:
    try:
        told = json.loads(decoded(fetched) or "")
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or not isinstance(told.get("items"), list):
        return None
    return (_json_entry(item, fetched.url) for item in told["items"] if isinstance(item, dict))


def _json_entry(item: dict[str, object], base: str) -> Entry:
    def words(*names: str) -> str:
        return next(
            (str(item[n]) for n in names if isinstance(item.get(n), str) and str(item[n]).strip()), ""
        )

    link = words("url", "external_url")
    return Entry(
        link=urljoin(base, link) if link else "",
        title=one_line(words("title")),
        content=words("content_html", "content_text", "summary"),
        published=_moment(words("date_published")),
    )


def _moment(words: str) -> datetime | None:
    """RFC 3339 or RFC 822; a moment without a zone is none."""
    if not words:
        return None
    if (when := moment(words)) is not None:
        return when
    try:
        told = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return told.astimezone(UTC) if told.tzinfo else None


def _text(markup: str) -> str:
    """Plain words of what may be markup."""
    if "<" not in markup and "&" not in markup:
        return markup
    told, _ = _blocks(markup)
    return " ".join(told)


def _blocks(markup: str) -> tuple[list[str], str]:
    try:
        root = html.fragment_fromstring(markup[:500_000], create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return [], ""
    return blocks(root)


def _capture(source: Source, fetched: Fetched, entry: Entry):  # type: ignore[no-untyped-def]
    told, hidden = _blocks(entry.content) if "<" in entry.content else ([one_line(entry.content)], "")
    page = Page(text="\n\n".join(block for block in told if block))
    if len(page.text) < LEAST_TEXT:
        return None
    flags = {"hidden text"} if len(hidden) > 20 else set()
    flags |= {"addresses an AI"} if addresses_an_ai(f"{page.text} {hidden}") else set()
    where = replace(
        fetched,
        url=entry.link or f"{fetched.url}#{one_line(entry.title)[:60]}",
        body=entry.content.encode("utf-8", "replace"),
    )
    return capture_of(
        source,
        where,
        page,
        extractor=EXTRACTOR,
        title=entry.title,
        published=entry.published,
        byline=entry.author,
        flags=frozenset(flags),
    )
