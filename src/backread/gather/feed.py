"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and JSON Feed, each entry a link to follow or a capture of its own.

An entry with a page of its own is to be followed: the page says more than its teaser. An entry that carries
a full text, or has no page, is a capture. Dates are those the entry states.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from backread.gather import record
from backread.gather.decode import stated_type
from backread.gather.facts import moment
from backread.gather.markup import TooMuch, html_tree, local, xml_tree
from backread.gather.reading import HIDDEN, Follow, Reading, capture_of, one_line, smuggles, tidy
from backread.gather.walk import told_flags, visible_text
from backread.ports import Fetched
from backread.values.capture import Capture
from backread.values.source import Source

EXTRACTOR = "feed 1"
MOST_ENTRIES = 500
FULL_TEXT = 1_200
"""Characters from which an entry's own text counts as the document, not as a teaser."""
_NO_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as the feed states it. `body` may hold HTML; `stated` is the date's raw string."""

    title: str = ""
    url: str = ""
    identity: str = ""
    body: str = ""
    is_html: bool = True
    author: str = ""
    stated: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed's own title and language, and its entries in order."""

    title: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    version: str = ""


class NotAFeed(ValueError):
    """The document is no feed; `str()` is one sentence."""


def read(source: Source, fetched: Fetched) -> Reading:
    """Links to follow and captures; refused when the document is no feed or has no entries."""
    try:
        feed = parse(fetched)
    except NotAFeed as err:
        return Reading(refusal=str(err))
    if not feed.entries:
        return Reading(refusal="The feed has no entries.")
    captures: list[Capture] = []
    follow: list[Follow] = []
    for entry in feed.entries:
        words, flags = _words(entry)
        if entry.url and len(words) < FULL_TEXT:
            follow.append(Follow(url=entry.url, title=one_line(entry.title), published=moment(entry.stated, fetched.taken)))  # fmt: skip
        elif words or entry.title:
            captures.append(_capture(source, fetched, feed, entry, words, flags))
    if not captures and not follow:
        return Reading(refusal="The feed's entries have neither words nor links.")
    unique = tuple({f.url: f for f in follow}.values())
    kept = tuple({c.id: c for c in captures}.values())
    return Reading(captures=kept, follow=unique, health=_health(feed, fetched.taken))


def parse(fetched: Fetched) -> Feed:
    """The feed in a fetch. Raises NotAFeed with one sentence."""
    if record.is_json(fetched.body):
        return _json_feed(fetched)
    try:
        root = xml_tree(fetched.body, stated_type(fetched))
    except TooMuch as err:
        raise NotAFeed(f"The feed cannot be read. {err}") from err
    kind = _kind(root)
    if not kind:
        raise NotAFeed(f"The document is no feed: it begins with “{local(root)[:40]}”.")
    top = next((e for e in root.iter() if local(e) in ("channel", "feed")), root)
    held = (e for e in root.iter() if local(e) in ("item", "entry"))
    entries = tuple(_entry(e, fetched.url) for e, _ in zip(held, range(MOST_ENTRIES), strict=False))
    return Feed(
        title=one_line(_text(_first(top, "title"))),
        language=one_line(_text(_first(top, "language")) or top.get("{http://www.w3.org/XML/1998/namespace}lang", ""))[:12],
        entries=entries,
        version=kind,
    )  # fmt: skip


def looks_like(head: bytes) -> bool:
    """Whether bytes begin as a feed."""
    start = head[:4000].lower()
    if record.is_json(head):
        return b"jsonfeed.org/version" in start
    return bool(re.search(rb"<(?:\w+:)?(?:rss|feed|rdf)[\s>]|<channel[\s>]", start))


def _kind(root: Any) -> str:
    names = {local(root)} | {local(child) for child in root}
    for name, kind in (("rss", "rss"), ("feed", "atom"), ("rdf", "rss 1.0"), ("channel", "rss")):
        if name in names:
            return kind
    return "rss" if names & {"item", "entry"} else ""


def _first(element: Any, *names: str) -> Any:
    for name in names:
        for child in element:
            if local(child) == name:
                return child
    return None


def _text(element: Any) -> str:
    return "".join(str(words) for words in element.itertext()).strip() if element is not None else ""


def _entry(element: Any, base: str) -> Entry:
    body = _body(element)
    return Entry(
        title=_plain(_first(element, "title")),
        url=_link(element, _base(element, base)),
        identity=one_line(_text(_first(element, "guid", "id"))),
        body=_markup(body),
        is_html=body is None or body.get("type", "html") not in ("text", "text/plain") or local(body) != "content",
        author=_author(element),
        stated=one_line(_text(_first(element, "pubdate", "published", "issued", "date", "created", "updated", "modified"))),
        updated=one_line(_text(_first(element, "updated", "modified"))),
    )  # fmt: skip


def _body(element: Any) -> Any:
    """The longest of what an entry says of itself."""
    held = [
        c
        for c in element
        if local(c) in ("encoded", "content", "description", "summary", "body", "fullitem", "fulltext")
    ]
    return max(held, key=lambda c: len(_text(c)), default=None)


def _markup(body: Any) -> str:
    if body is None:
        return ""
    if len(body):
        return etree.tostring(body, encoding="unicode", with_tail=False)
    return body.text or ""


def _plain(element: Any) -> str:
    words = _text(element)
    if "<" in words and re.search(r"</?\w[^>]{0,200}>", words):
        words = re.sub(r"<[^>]{0,500}>", "", words)
    return one_line(words)


def _author(element: Any) -> str:
    held = _first(element, "creator", "author")
    if held is None:
        return ""
    name = _text(_first(held, "name")) if len(held) else _text(held)
    bracketed = re.search(r"\(([^()]{3,60})\)", name)
    name = bracketed[1] if bracketed else name
    return "" if "@" in name or "://" in name else one_line(name)


def _base(element: Any, base: str) -> str:
    for parent in (element, *element.iterancestors()):
        if own := parent.get(_NO_BASE):
            return _joined(base, own)
    return base


def _link(element: Any, base: str) -> str:
    links = [c for c in element if local(c) == "link"]
    for link in links:
        href = link.get("href") or (link.text or "").strip()
        if href and link.get("rel", "alternate") == "alternate":
            return _joined(base, href)
    guid = _first(element, "guid")
    named = guid if guid is not None else _first(element, "id")
    if named is None or named.get("isPermaLink", "true").lower() == "false":
        return ""
    address = (named.text or "").strip()
    return _joined(base, address) if address.startswith(("http://", "https://")) else ""


def _joined(base: str, address: str) -> str:
    """`address` seen from `base`; '' for anything that is not of the web."""
    if not address.strip():
        return ""
    try:
        found = urljoin(base, one_line(address).replace(" ", "%20"))
    except ValueError:
        return ""
    return found if found.startswith(("http://", "https://")) and len(found) < 4_000 else ""


def _json_feed(fetched: Fetched) -> Feed:
    try:
        told = record.load(fetched)
    except ValueError as err:
        raise NotAFeed(f"The feed cannot be read. {err}") from err
    if not isinstance(told, dict) or not isinstance(told.get("items"), list):
        raise NotAFeed("The document is no feed: it is JSON without a list of items.")
    entries = tuple(_json_entry(e, fetched.url) for e in told["items"][:MOST_ENTRIES] if isinstance(e, dict))
    return Feed(
        title=_string(told, "title"), language=_string(told, "language"), entries=entries, version="json"
    )


def _string(told: dict[str, Any], *names: str) -> str:
    return next((v for name in names if isinstance(v := told.get(name), str) and v.strip()), "")


def _json_entry(told: dict[str, Any], base: str) -> Entry:
    authors = told.get("authors") or [told.get("author")]
    names = [a.get("name") for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    html = _string(told, "content_html")
    return Entry(
        title=one_line(_string(told, "title")),
        url=_joined(base, _string(told, "url", "external_url")),
        identity=one_line(_string(told, "id")),
        body=html or _string(told, "content_text", "summary"),
        is_html=bool(html),
        author=one_line(", ".join(n for n in names if isinstance(n, str))),
        stated=_string(told, "date_published", "date_modified"),
        updated=_string(told, "date_modified"),
    )


def _words(entry: Entry) -> tuple[str, frozenset[str]]:
    """What an entry's body shows, and what an editor must know of it."""
    if not entry.is_html or ("<" not in entry.body and "&" not in entry.body):
        return tidy(entry.body), frozenset({HIDDEN} if smuggles(entry.body) else ())
    try:
        seen = visible_text(html_tree(entry.body))
    except TooMuch:
        return "", frozenset()
    return seen.text, seen.flags


def _capture(
    source: Source, fetched: Fetched, feed: Feed, entry: Entry, words: str, flags: frozenset[str]
) -> Capture:
    """An entry as a document of its own: its title, then its words."""
    title = one_line(entry.title)
    text = words if not title or words.startswith(title) else f"{title}\n\n{words}".strip()
    payload = "\n".join((title, entry.url, entry.identity, entry.stated, entry.body)).encode(
        "utf-8", "replace"
    )
    url = entry.url or f"{fetched.url.partition('#')[0]}#{(entry.identity or title).replace(' ', '%20')}"
    return capture_of(
        source,
        fetched,
        text,
        EXTRACTOR,
        title=title,
        byline=entry.author,
        published=moment(entry.stated, fetched.taken),
        language=feed.language if feed.language[:2].isalpha() else "",
        flags=flags | told_flags(text),
        url=url,
        payload=payload,
    )  # fmt: skip


def _health(feed: Feed, taken: datetime) -> tuple[str, ...]:
    return tuple(_notes(feed.entries, taken))


def _notes(entries: Iterable[Entry], taken: datetime) -> Iterator[str]:
    held = list(entries)
    undated = sum(1 for entry in held if moment(entry.stated, taken) is None)
    if undated:
        yield f"{undated} of {len(held)} entries state no date that can be read."
    if len(held) == MOST_ENTRIES:
        yield f"Only the first {MOST_ENTRIES} entries were read."
