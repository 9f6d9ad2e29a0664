"""XML from strangers: no entities, no network, no external files, bounded depth and size."""

from __future__ import annotations

from lxml import etree

DEEPEST, MOST_NODES, LARGEST = 200, 400_000, 30_000_000


def parse(body: bytes, *, recover: bool = True) -> etree._Element | None:
    """The root element, or None when this is no usable XML. Entities are never resolved."""
    if not body.strip() or len(body) > LARGEST:
        return None
    parser = etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True
    )  # fmt: skip
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root is not None and not is_too_big(root) else None


def is_too_big(root: etree._Element) -> bool:
    """Whether a tree is deeper or larger than any honest document."""
    depth = nodes = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth, nodes = depth + 1, nodes + 1
            if depth > DEEPEST or nodes > MOST_NODES:
                return True
        else:
            depth -= 1
    return False


def name_of(element: etree._Element) -> str:
    """An element's name without its namespace; '' for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def words_of(element: etree._Element) -> str:
    """An element's text and that of its children."""
    return "".join(str(words) for words in element.itertext()).strip()


def child(element: etree._Element, name: str) -> str:
    """The words of the first child of this name, '' without one."""
    return next((words_of(c) for c in element if name_of(c) == name), "")
