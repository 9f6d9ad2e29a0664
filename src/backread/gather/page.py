"""Web pages: the visible words of the main text, and title, byline and date where the page states them.

Hidden words are taken out before anything reads the page. Where the extractor of running text finds next to nothing
(agency pages made of lists and tables), the page's own visible words are kept instead: a meeting list is no article.
"""

from __future__ import annotations

from typing import Any

import trafilatura
from lxml import etree

from backread.gather import facts, meeting
from backread.gather.dated import day_in
from backread.gather.decode import stated_type
from backread.gather.markup import TooMuch, html_tree, local
from backread.gather.reading import Reading, capture_of
from backread.gather.walk import take_out_hidden, told_flags, words_of
from backread.ports import Fetched
from backread.values.source import Genre, Source

EXTRACTOR = "page 1"
LEAST = 2
"""A page with fewer words than this says nothing."""
_NEAR_EMPTY = 250
_SHARE = 0.25
_DENIED = (
    "access denied", "access to this page has been denied", "are you a robot", "verify you are human", "enable javascript", "403 forbidden",
    "just a moment...", "checking your browser", "request unsuccessful", "please turn javascript on", "404 not found", "page not found",
)  # fmt: skip


def read(source: Source, fetched: Fetched) -> Reading:
    """One capture of what a reader of the page sees; refused when that is nothing, or a door that stays shut."""
    try:
        root = html_tree(fetched.body, stated_type(fetched))
    except TooMuch as err:
        return Reading(refusal=f"The page cannot be read. {err}")
    stated = facts.of_page(root, fetched)
    _, flags = take_out_hidden(root)
    text = main_text(root, whole=source.genre in (Genre.AGENDA, Genre.MINUTES))
    if refusal := why_not(text):
        return Reading(refusal=refusal)
    fields = meeting.fields_in(text, source) if source.genre in (Genre.AGENDA, Genre.MINUTES) else ()
    capture = capture_of(
        source,
        fetched,
        text,
        EXTRACTOR,
        title=stated.title,
        byline=stated.byline,
        published=stated.published or day_in(text, fetched.taken),
        language=stated.language,
        reserves_ai=stated.reserves_ai,
        fields=fields,
        flags=flags | told_flags(text),
    )
    return Reading(captures=(capture,))


def why_not(text: str) -> str:
    """Why a page's visible words are no source; '' when they are."""
    if len(text.split()) < LEAST:
        return "The page shows no text to a reader who runs no script."
    head = text[:400].lower()
    if len(text) < 600 and any(sign in head for sign in _DENIED):
        return f"The page only says that it was not given out: “{text.splitlines()[0][:80]}”."
    return ""


def main_text(root: Any, *, whole: bool = False) -> str:
    """The words of the page's main part; of all of it where that part is not to be found."""
    shown = words_of(_content(root), furniture=False)
    if whole:
        return shown or words_of(root)
    running = _running(root)
    if len(running) >= _NEAR_EMPTY and len(running) >= _SHARE * min(len(shown), 4_000):
        return running
    return shown or running or words_of(root)


def _content(root: Any) -> Any:
    """The one element that a page marks as its main part; the page itself where it marks none or several."""
    marked = [e for e in root.iter("main", "div", "section", "td") if e.tag == "main" or e.get("role") == "main"]  # fmt: skip
    marked = marked or [e for e in root.iter("article") if not any(p.tag == "article" for p in e.iterancestors())]  # fmt: skip
    if len(marked) == 1 and len(words_of(marked[0], furniture=False)) >= 40:
        return marked[0]
    return root


def _running(root: Any) -> str:
    """What an extractor of running text finds, block by block; fast first, in full where that is short."""
    found = _extracted(root, fast=True)
    return found if len(found) >= 2 * _NEAR_EMPTY else max(found, _extracted(root, fast=False), key=len)


def _extracted(root: Any, *, fast: bool) -> str:
    whole = etree.tostring(root, encoding="unicode", method="html")
    try:
        found = trafilatura.bare_extraction(
            whole, fast=fast, include_comments=False, include_tables=True, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, etree.LxmlError, RecursionError):  # fmt: skip
        # The extractor is large and meets pages its authors never saw; the page's own words are then kept instead.
        return ""
    body = getattr(found, "body", None)
    return _blocks(body) if body is not None else ""


_TAGS = {"head": "h2", "item": "li", "list": "ul", "row": "tr", "cell": "td", "lb": "br", "quote": "blockquote", "code": "pre"}  # fmt: skip


def _blocks(body: Any) -> str:
    for element in body.iter():
        if local(element) in _TAGS:
            element.tag = _TAGS[local(element)]
    return words_of(body)
