"""Markup to a tree, safely: no entities, no network, no DTD, no huge trees, a cap on bytes, depth and nodes.

Whatever cannot be read within the caps ends in `TooMuch` with the words of one clear refusal.
"""

from __future__ import annotations

import html.entities
import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from backread.gather.decode import decoded

MOST_BYTES = 20_000_000
MOST_NODES = 400_000
DEEPEST = 250

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_OWN = {"amp", "lt", "gt", "quot", "apos"}


class TooMuch(Exception):
    """Markup that cannot be read within the caps; `str()` is one sentence."""


def xml_tree(body: bytes, media_type: str = "") -> Any:
    """The root element of XML that may be broken. Raises TooMuch when there is none or it is too much."""
    text = _fitting(body, media_type)
    text = _XML_HEAD.sub("", text.lstrip("\ufeff \t\r\n"), count=1)
    head = text[:65_536]
    # Without a DOCTYPE nobody can declare an entity, and so none can grow or reach outside.
    text = _DOCTYPE.sub("", head, count=1) + text[65_536:]
    text = _ENTITY.sub(_named, _printable(text))
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return _root(text, parser)


def html_tree(body: bytes | str, media_type: str = "") -> Any:
    """The root element of an HTML page. Raises TooMuch when there is none or it is too much."""
    text = _fitting(body, media_type) if isinstance(body, bytes) else body
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=False, remove_pis=True
    )
    return _root(_printable(text), parser)


def _fitting(body: bytes, media_type: str) -> str:
    if len(body) > MOST_BYTES:
        raise TooMuch(f"It has {len(body):,} bytes; {MOST_BYTES:,} is the most that is read as markup.")
    return decoded(body, media_type)


def _printable(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def _named(entity: re.Match[str]) -> str:
    """HTML's names are used in feeds that never declare them; XML's own five stay as they are."""
    name = entity[1]
    if name in _OWN:
        return entity[0]
    known = html.entities.html5.get(f"{name};")
    return "".join(f"&#{ord(c)};" for c in known) if known else entity[0].replace("&", "&amp;")


def _root(text: str, parser: Any) -> Any:
    if not text.strip():
        raise TooMuch("It is empty.")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError) as err:
        raise TooMuch("It cannot be read as markup: no element in it is whole.") from err
    limits = [entry.message for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    if any("depth" in message for message in limits):
        raise TooMuch(f"Its elements are nested more than {DEEPEST} deep.")
    if limits:
        raise TooMuch("A part of it is larger than is read as markup.")
    if root is None:
        raise TooMuch("There is no element in it.")
    _capped(root)
    return root


def _capped(root: Any) -> None:
    """Count nodes and depth without recursion."""
    depth = nodes = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        nodes += event == "start"
        if nodes > MOST_NODES:
            raise TooMuch(f"It has more than {MOST_NODES:,} elements.")
        if depth > DEEPEST + 10:
            raise TooMuch(f"Its elements are nested more than {DEEPEST} deep.")


def local(element: Any) -> str:
    """An element's name without its namespace, in lower case; '' for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
