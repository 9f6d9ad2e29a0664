"""After rendering: our own page is parsed again, as a reader's browser would, and held to what was approved.

Every approved sentence in order, the statement word for word at both ends, and no visible text that was not
said through `Speech`. What it cannot see: a stylesheet that hides what it should show; so a theme's CSS may
generate no words and load nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

from backread.errors import PublishError
from backread.publish.voice import Voice, plain
from backread.values.statement import Clause, Statement
from backread.values.words import Copy

_TEXTS = ("alt", "title", "aria-label", "aria-description", "placeholder", "value", "label", "summary")
_METAS = ("description", "author", "og:title", "og:description", "og:site_name", "og:image:alt")
_REFUSED = (
    "iframe",
    "object",
    "embed",
    "base",
    "applet",
    "template",
    "noscript",
    "style",
    "canvas",
    "dialog",
)
_WORDLESS = re.compile(r"[\W\d_]*")
_DATA = "application/ld+json"


def page(html: str, *, path: str, said: set[str], address: str, told: str = "") -> lxml.html.HtmlElement:
    """The parsed page. Raises PublishError for text nobody said, a script, or anything loaded from elsewhere.

    `told` is what machines may be told in a data block, '' for nothing.
    """
    root = lxml.html.document_fromstring(html)
    for wrong in (*_strange_parts(root, address, told), *_unsaid(root, said)):
        raise PublishError(path, step="publish it", hint=wrong)
    return root


def story(
    root: lxml.html.HtmlElement, *, path: str, copy: Copy | None, statement: Statement, voice: Voice
) -> None:
    """Raises PublishError unless the page holds exactly the approved sentences, in order, between both statements.

    `copy` None is a page that must hold no sentence at all.
    """
    told = [plain(sentence.text) for sentence in copy.story.sentences] if copy else []
    found = root.xpath("//*[@data-sentence]")
    if [_own_text(element) for element in found] != told:
        raise PublishError(
            path, step="publish it", hint="Its sentences are not those approved, in their order."
        )
    if copy is None:
        return
    order = {element: place for place, element in enumerate(root.iter())}
    body = [order[e] for e in found if e.get("data-block") == "paragraph"]
    for where, clauses in (("top", voice.top(statement)), ("end", statement.clauses)):
        place = _statement(root, path, where, clauses, voice, order)
        if body and not (place < min(body) if where == "top" else place > max(body)):
            raise PublishError(path, step="publish it", hint=f"The statement does not stand at the {where}.")


def _statement(
    root: lxml.html.HtmlElement,
    path: str,
    where: str,
    clauses: Sequence[Clause],
    voice: Voice,
    order: dict[object, int],
) -> int:
    boxes = root.xpath(f"//*[@data-statement='{where}']")
    told = [plain(voice.words(clause)) for clause in clauses]
    found = [_own_text(e) for box in boxes for e in box.xpath(".//*[@data-clause]")]
    if len(boxes) != 1 or found != told:
        raise PublishError(
            path, step="publish it", hint=f"The statement at the {where} is not word for word."
        )
    return order[boxes[0]]


def _own_text(element: lxml.html.HtmlElement) -> str:
    """The element's text without its evidence mark."""
    words = element.xpath(".//text()[not(ancestor::*[@data-mark])]")
    return plain("".join(words))


def _unsaid(root: lxml.html.HtmlElement, said: set[str]) -> Iterable[str]:
    for text in root.xpath("//text()[not(parent::script)]"):
        if not _WORDLESS.fullmatch(text) and plain(text) not in said:
            yield f"It says {plain(text)[:80]!r}, which nobody approved and the theme does not list."
    for element in root.iter(etree.Element):
        names = [name for name in _TEXTS if element.get(name)]
        if element.tag == "meta" and (element.get("name") or element.get("property")) in _METAS:
            names.append("content")
        for name in names:
            if element.tag == "input" and element.get("type") == "hidden" and name == "value":
                continue
            if plain(element.get(name, "")) not in said:
                yield f"Its attribute {name} says {element.get(name, '')[:80]!r}, which nobody approved."


def _strange_parts(root: lxml.html.HtmlElement, address: str, data: str) -> Iterable[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield "It holds a comment or an instruction; pages hold none."
            continue
        if element.tag in _REFUSED:
            yield f"It holds a <{element.tag}>, which pages do not."
        if element.tag == "script" and (element.get("type") != _DATA or element.get("src")):
            yield "It holds a script; pages work without."
        elif element.tag == "script" and (element.text or "").strip() != data.strip():
            yield "It tells machines what the record does not."
        if element.tag == "meta" and element.get("http-equiv"):
            yield "It holds a meta element that acts; pages hold none."
        for name, told in element.attrib.items():
            if name in ("style", "hidden", "srcset", "srcdoc", "inert") or name.startswith("on"):
                yield f"It holds the attribute {name}, which pages do not."
            if _loads(element.tag, name, element.get("rel", "")) and not _is_own(told, address):
                yield f"It loads {told[:80]!r} from elsewhere."
            if name in ("href", "action", "cite") and urlsplit(told.strip()).scheme.lower() not in (
                "", "http", "https", "mailto",
            ):  # fmt: skip
                yield f"It links to {told[:40]!r}."


def _loads(tag: str, name: str, rel: str) -> bool:
    loads = name in ("src", "poster", "data", "background", "xlink:href") or (
        tag == "image" and name == "href"
    )
    return loads or (
        tag == "link" and name == "href" and rel in ("stylesheet", "icon", "preload", "manifest")
    )


def _is_own(told: str, address: str) -> bool:
    # "//elsewhere" and "\\elsewhere" are other hosts to a browser, so only plain local paths pass.
    return bool(re.fullmatch(r"(\.\./)*[A-Za-z0-9_][A-Za-z0-9_./-]*", told)) or told.startswith(f"{address}/")


_CONTENT = re.compile(r"content\s*:([^;}]*)", re.IGNORECASE)
_WORDS = re.compile(r"(\"[^\"]*\"|'[^']*')")
_ATTR = re.compile(r"attr\(\s*([^)\s]*)", re.IGNORECASE)
_CSS_LOADS = re.compile(r"@import|@font-face|url\s*\(|image-set|expression\s*\(|\\", re.IGNORECASE)


def stylesheet(css: str) -> None:
    """Raises PublishError for a stylesheet that makes words, or loads anything."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for made in _CONTENT.findall(bare):
        if any(not _WORDLESS.fullmatch(words) for words in _WORDS.findall(made)):
            raise PublishError("site.css", step="use it", hint="A stylesheet makes no words.")
        if set(_ATTR.findall(made)) - {"href", "data-sources"}:
            raise PublishError("site.css", step="use it", hint="A stylesheet shows no hidden attribute.")
    if _CSS_LOADS.search(bare):
        raise PublishError("site.css", step="use it", hint="A stylesheet loads nothing and escapes nothing.")


_SHAPES = {"svg", "g", "rect", "circle", "ellipse", "path", "line", "polyline", "polygon"}
_DRAWN = re.compile(
    r"viewBox|width|height|[xy][12]?|r[xy]?|c[xy]|d|points|transform|fill(?:-\w+)?|stroke(?:-\w+)?|opacity"
)
LARGEST_ICON = 20_000
"""Bytes."""


def icon(content: bytes) -> None:
    """Raises PublishError for an icon that is more than shapes: it says nothing, loads nothing and runs nothing."""
    refused = PublishError(
        "icon.svg", step="use it", hint="An icon is an SVG of plain shapes, without words."
    )
    if len(content) > LARGEST_ICON or b"<!" in content or b"<?" in content:
        raise refused
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as err:
        raise refused from err
    for element in root.iter():
        name = etree.QName(element).localname
        said = f"{element.text or ''}{element.tail or ''}".strip()
        drawn = {str(key): str(told) for key, told in element.attrib.items()}
        odd = any(not _DRAWN.fullmatch(k) or ("(" in told and k != "transform") for k, told in drawn.items())
        if name not in _SHAPES or said or odd:
            raise refused
