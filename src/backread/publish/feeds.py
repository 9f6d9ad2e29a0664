"""RSS, Atom, JSON Feed, sitemaps: the newest stories, each with the statement in the words of its page.

An export takes the outlet, what was told, and the voice, and answers with bytes. What was withdrawn is in no
feed but as its notice.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from lxml import etree

from backread.publish.record import Outlet
from backread.publish.views import Told
from backread.publish.voice import Voice

NEWEST = 50
"""So many stories in a feed or on the front page."""
_NEWS_DAYS = timedelta(days=2)
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def statement_text(told: Told, voice: Voice) -> str:
    """The whole statement as one line."""
    return " ".join(voice.words(clause) for clause in told.record.statement.clauses)


def title(told: Told) -> str:
    """The headline, or that it was withdrawn."""
    if told.record.withdrawal is None:
        return told.headline
    return f"Retracted: {told.headline}" if told.headline else "Withdrawn"


def _body(told: Told, voice: Voice) -> str:
    gone = told.record.withdrawal
    return gone.reason if gone else f"{told.summary} {statement_text(told, voice)}"


def _feed(
    kind: type[SyndicationFeed], outlet: Outlet, stories: Sequence[Told], voice: Voice, name: str
) -> bytes:
    feed = kind(
        title=outlet.name,
        link=f"{outlet.address}/",
        description=outlet.name,
        language=outlet.language,
        feed_url=f"{outlet.address}/{name}",
    )
    for told in stories[:NEWEST]:
        address = f"{outlet.address}/{told.record.path}"
        feed.add_item(
            title=title(told),
            link=address,
            description=_body(told, voice),
            unique_id=address,
            unique_id_is_permalink=True,
            author_name=outlet.name,
            pubdate=told.record.first_published,
            updateddate=told.record.modified,
            categories=(outlet.topics[told.record.topic],),
        )
    # A feed without stories would otherwise be stamped with the hour it was built.
    feed.latest_post_date = lambda: max(
        (t.record.modified for t in stories), default=datetime(2000, 1, 1, tzinfo=UTC)
    )
    text: str = feed.writeString("utf-8")
    return text.encode()


def rss(outlet: Outlet, stories: Sequence[Told], voice: Voice) -> bytes:
    """RSS 2.0."""
    return _feed(Rss201rev2Feed, outlet, stories, voice, "feed.rss")


def atom(outlet: Outlet, stories: Sequence[Told], voice: Voice) -> bytes:
    """Atom 1.0."""
    return _feed(Atom1Feed, outlet, stories, voice, "feed.atom")


def jsonfeed(outlet: Outlet, stories: Sequence[Told], voice: Voice) -> bytes:
    """JSON Feed 1.1."""
    items = [
        {
            "id": f"{outlet.address}/{told.record.path}",
            "url": f"{outlet.address}/{told.record.path}",
            "title": title(told),
            "summary": told.record.withdrawal.reason if told.record.withdrawal else told.summary,
            "content_text": _body(told, voice),
            "date_published": told.record.first_published.isoformat(),
            "date_modified": told.record.modified.isoformat(),
            "tags": [outlet.topics[told.record.topic]],
            "_backread": {
                "statement": [voice.words(clause) for clause in told.record.statement.clauses],
                "receipt": f"{outlet.address}/{told.record.path}receipt.json",
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


def sitemap(outlet: Outlet, stories: Sequence[Told], voice: Voice) -> bytes:
    """Every story that stands, and the pages about them."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP})  # type: ignore[dict-item]
    for page in ("", "corrections/", "how-we-use-ai/"):
        _url(root, f"{outlet.address}/{page}", "")
    for told in stories:
        if told.record.withdrawal is None:
            _url(root, f"{outlet.address}/{told.record.path}", told.record.modified.isoformat())
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def news_sitemap(outlet: Outlet, stories: Sequence[Told], voice: Voice) -> bytes:
    """The stories of the two days before the newest one."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "news": _NEWS})  # type: ignore[dict-item]
    newest = max((told.record.first_published for told in stories), default=None)
    for told in stories:
        if newest is None or told.record.withdrawal or newest - told.record.first_published > _NEWS_DAYS:
            continue
        url = _url(root, f"{outlet.address}/{told.record.path}", "")
        news = etree.SubElement(url, f"{{{_NEWS}}}news")
        publication = etree.SubElement(news, f"{{{_NEWS}}}publication")
        etree.SubElement(publication, f"{{{_NEWS}}}name").text = outlet.name
        etree.SubElement(publication, f"{{{_NEWS}}}language").text = outlet.language
        published = told.record.first_published.isoformat()
        etree.SubElement(news, f"{{{_NEWS}}}publication_date").text = published
        etree.SubElement(news, f"{{{_NEWS}}}title").text = told.headline
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _url(root: etree._Element, address: str, modified: str) -> etree._Element:
    url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
    etree.SubElement(url, f"{{{_SITEMAP}}}loc").text = address
    if modified:
        etree.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = modified
    return url
