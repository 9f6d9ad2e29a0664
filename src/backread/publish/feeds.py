"""RSS, Atom, JSON Feed, sitemaps: the newest stories, each with the statement in the words of its page.

An export takes the outlet and its newest stories as they are listed, and answers with bytes. What was withdrawn is in no
feed but as its notice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from lxml import etree

from backread.publish.listed import NEWEST, Listed
from backread.publish.record import Outlet

_NEWS_DAYS = timedelta(days=2)
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def title(story: Listed) -> str:
    """The headline, or that it was withdrawn."""
    if story.gone is None:
        return story.headline
    return f"Retracted: {story.headline}" if story.headline else "Withdrawn"


def _body(story: Listed) -> str:
    return story.gone.reason if story.gone else f"{story.summary} {' '.join(story.statement)}"


def _feed(kind: type[SyndicationFeed], outlet: Outlet, stories: Sequence[Listed], name: str) -> bytes:
    feed = kind(
        title=outlet.name,
        link=f"{outlet.address}/",
        description=outlet.name,
        language=outlet.language,
        feed_url=f"{outlet.address}/{name}",
    )
    for told in stories[:NEWEST]:
        address = f"{outlet.address}/{told.path}"
        feed.add_item(
            title=title(told),
            link=address,
            description=_body(told),
            unique_id=address,
            unique_id_is_permalink=True,
            author_name=outlet.name,
            pubdate=told.first_published,
            updateddate=told.modified,
            categories=(outlet.topics[told.topic],),
        )
    # A feed without stories would otherwise be stamped with the hour it was built.
    feed.latest_post_date = lambda: max(
        (t.modified for t in stories), default=datetime(2000, 1, 1, tzinfo=UTC)
    )
    text: str = feed.writeString("utf-8")
    return text.encode()


def rss(outlet: Outlet, stories: Sequence[Listed]) -> bytes:
    """RSS 2.0."""
    return _feed(Rss201rev2Feed, outlet, stories, "feed.rss")


def atom(outlet: Outlet, stories: Sequence[Listed]) -> bytes:
    """Atom 1.0."""
    return _feed(Atom1Feed, outlet, stories, "feed.atom")


def jsonfeed(outlet: Outlet, stories: Sequence[Listed]) -> bytes:
    """JSON Feed 1.1."""
    items = [
        {
            "id": f"{outlet.address}/{told.path}",
            "url": f"{outlet.address}/{told.path}",
            "title": title(told),
            "summary": told.gone.reason if told.gone else told.summary,
            "content_text": _body(told),
            "date_published": told.first_published.isoformat(),
            "date_modified": told.modified.isoformat(),
            "tags": [outlet.topics[told.topic]],
            "_backread": {
                "statement": list(told.statement),
                "receipt": f"{outlet.address}/{told.path}receipt.json",
            },
        }
        for told in stories[:NEWEST]
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{outlet.address}/",
        "feed_url": f"{outlet.address}/feed.json",
        "language": outlet.language,
        "authors": [{"name": outlet.name}],
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def sitemap(outlet: Outlet, months: Mapping[str, str]) -> bytes:
    """The index of the sitemaps: one of the pages about the stories, one a month. `months` maps “2026/10” to its last change."""
    root = etree.Element(f"{{{_SITEMAP}}}sitemapindex", nsmap={None: _SITEMAP})  # type: ignore[dict-item]
    for page, modified in {"pages": "", **dict(sorted(months.items(), reverse=True))}.items():
        name = "sitemap-pages.xml" if page == "pages" else f"{page}/sitemap.xml"
        entry = etree.SubElement(root, f"{{{_SITEMAP}}}sitemap")
        etree.SubElement(entry, f"{{{_SITEMAP}}}loc").text = f"{outlet.address}/{name}"
        if modified:
            etree.SubElement(entry, f"{{{_SITEMAP}}}lastmod").text = modified
    return _xml(root)


def sitemap_pages(outlet: Outlet) -> bytes:
    """The pages about the stories."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP})  # type: ignore[dict-item]
    for page in ("", "corrections/", "how-we-use-ai/"):
        _url(root, f"{outlet.address}/{page}", "")
    return _xml(root)


def sitemap_month(outlet: Outlet, stories: Sequence[Listed]) -> bytes:
    """Every story of one month that stands."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP})  # type: ignore[dict-item]
    for story in stories:
        if story.stands:
            _url(root, f"{outlet.address}/{story.path}", story.modified.isoformat())
    return _xml(root)


def news_sitemap(outlet: Outlet, stories: Sequence[Listed]) -> bytes:
    """The stories of the two days before the newest one."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "news": _NEWS})  # type: ignore[dict-item]
    newest = max((told.first_published for told in stories), default=None)
    for told in stories:
        if newest is None or told.gone or newest - told.first_published > _NEWS_DAYS:
            continue
        url = _url(root, f"{outlet.address}/{told.path}", "")
        news = etree.SubElement(url, f"{{{_NEWS}}}news")
        publication = etree.SubElement(news, f"{{{_NEWS}}}publication")
        etree.SubElement(publication, f"{{{_NEWS}}}name").text = outlet.name
        etree.SubElement(publication, f"{{{_NEWS}}}language").text = outlet.language
        published = told.first_published.isoformat()
        etree.SubElement(news, f"{{{_NEWS}}}publication_date").text = published
        etree.SubElement(news, f"{{{_NEWS}}}title").text = told.headline
    return _xml(root)


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _url(root: etree._Element, address: str, modified: str) -> etree._Element:
    url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
    etree.SubElement(url, f"{{{_SITEMAP}}}loc").text = address
    if modified:
        etree.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = modified
    return url
