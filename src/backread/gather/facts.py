"""What a page states about itself: title, byline, date, language, and whether it reserves use by AI.

JSON-LD first, then OpenGraph and meta, then the page's headings. Rather nothing than a guess: a byline that does not look
like names is left out, and so is a date in the future. A day without a time is put at noon UTC, which is the
same day nearly everywhere on earth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import htmldate
from lxml import etree

from backread.gather.reading import one_line
from backread.ports import Fetched

_ARTICLE = re.compile(r"(?i)(?:article|posting|report|webpage|event|release)$")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,3}")
_NOT_A_NAME = re.compile(
    r"(?i)\b(?:staff|editor|editors|admin|team|desk|newsroom|press|office|department|news|media|author|user|web|contributor|agency|service|inc|llc)\b|https?:|@|www"
)
_PARTS = re.compile(r"\s*(?:,|;|&| and | und | et | y )\s*")
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is stated; '' and None where nothing is."""

    title: str = ""
    byline: str = ""
    published: datetime | None = None
    language: str = ""
    reserves_ai: bool = False


def of_page(root: Any, fetched: Fetched) -> Facts:
    """The facts that a page's markup states."""
    told = list(_json_ld(root))
    meta = _meta(root)
    html = next(root.iter("html"), root)
    return Facts(
        title=_title(root, told, meta),
        byline=_byline(told, meta),
        published=_published(root, told, meta, fetched.taken),
        language=(html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()[:12],
        reserves_ai=any("noai" in words.lower() for words in (meta.get("robots", ""), meta.get("googlebot", "")))
        or meta.get("tdm-reservation") == "1",
    )  # fmt: skip


def moment(value: object, taken: datetime) -> datetime | None:
    """A stated moment: ISO 8601 or as in mail; None for anything else, for the future and before 1990."""
    if not isinstance(value, str) or not 8 <= len(value.strip()) <= 60:
        return None
    words = value.strip()
    try:
        found = (
            datetime.combine(date.fromisoformat(words), time(12), UTC) if len(words) <= 10 else _full(words)
        )
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return found if _FIRST <= found <= taken + timedelta(days=2) else None


def _full(words: str) -> datetime:
    try:
        return datetime.fromisoformat(
            re.sub(r"\s*(?:UTC|GMT)$", "+00:00", words) if words[:4].isdigit() else words
        )
    except ValueError:
        return parsedate_to_datetime(words)


def _json_ld(root: Any) -> Iterator[dict[str, Any]]:
    for count, script in enumerate(root.iter("script")):
        if count > 300:
            return
        if "ld+json" not in (script.get("type") or "") or len(script.text or "") > 500_000:
            continue
        try:
            told = json.loads(re.sub(r"^\s*<!\[CDATA\[|\]\]>\s*$", "", script.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _flattened(told)


def _flattened(told: Any) -> Iterator[dict[str, Any]]:
    for thing in told if isinstance(told, list) else [told]:
        if isinstance(thing, dict):
            graph = thing.get("@graph")
            yield from (t for t in (graph if isinstance(graph, list) else [thing]) if isinstance(t, dict))


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type", "")
    return any(
        isinstance(k, str) and _ARTICLE.search(k) for k in (kinds if isinstance(kinds, list) else [kinds])
    )


def _meta(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (
            (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        )
        content = one_line(element.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    return found


def _title(root: Any, told: list[dict[str, Any]], meta: dict[str, str]) -> str:
    for thing in told:
        headline = thing.get("headline")
        if _is_article(thing) and isinstance(headline, str) and headline.strip():
            return one_line(re.sub(r"<[^>]{0,200}>", "", headline))
    stated = meta.get("og:title") or meta.get("twitter:title") or meta.get("dc.title")
    heads = [one_line(" ".join(str(w) for w in h.itertext())) for h in root.iter("h1")]
    heads = [h for h in heads if h]
    page = one_line(next((t.text or "" for t in root.iter("title")), ""))
    if stated:
        # Sites put their own name behind the title; the heading without it is the title.
        return next((h for h in heads if len(h) > 12 and stated.startswith(h)), stated)
    inside = [h for h in heads if len(h) > 3 and h.lower() in page.lower()]
    return inside[0] if inside else page or (heads[0] if len(heads) == 1 else "")


def _byline(told: list[dict[str, Any]], meta: dict[str, str]) -> str:
    names: list[str] = []
    for thing in told:
        if _is_article(thing):
            authors = thing.get("author")
            for author in authors if isinstance(authors, list) else [authors]:
                name = author.get("name") if isinstance(author, dict) else author
                if isinstance(author, dict) and author.get("@type") == "Organization":
                    continue
                names += _names(name) if isinstance(name, str) else []
        if names:
            break
    for key in ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl"):
        names = names or _names(re.sub(r"(?i)^by\s+", "", meta.get(key, "")))
    site = meta.get("og:site_name", "").lower()
    kept = [name for name in dict.fromkeys(names) if name.lower() != site]
    return ", ".join(kept[:6])


def _names(words: str) -> list[str]:
    parts = [one_line(part) for part in _PARTS.split(words) if part.strip()]
    good = [
        p
        for p in parts
        if _NAME.fullmatch(p) and not _NOT_A_NAME.search(p) and (p[0].isupper() or p.istitle())
    ]
    return good if len(good) == len(parts) else []


_DATED = ("article:published_time", "article:published", "og:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date",
          "dcterms.date", "dcterms.created", "publish_date", "pubdate", "parsely-pub-date", "sailthru.date", "date")  # fmt: skip


def _published(
    root: Any, told: list[dict[str, Any]], meta: dict[str, str], taken: datetime
) -> datetime | None:
    for thing in told:
        if _is_article(thing) and (found := moment(thing.get("datePublished"), taken)):
            return found
    for key in _DATED:
        if found := moment(meta.get(key), taken):
            return found
    for element in root.iter("time"):
        if (element.get("pubdate") is not None or element.get("itemprop") == "datePublished") and (
            found := moment(element.get("datetime"), taken)
        ):
            return found
    return _searched(root, taken)


def _searched(root: Any, taken: datetime) -> datetime | None:
    """What a library for dates of pages finds when asked for the first publication, without guesses from free text."""
    try:
        words = htmldate.find_date(
            etree.tostring(root, encoding="unicode", method="html"),
            original_date=True,
            extensive_search=False,
            max_date=taken.strftime("%Y-%m-%d"),
            min_date="1995-01-01",
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError, etree.LxmlError, RecursionError):  # fmt: skip
        return None
    return moment(words, taken)
