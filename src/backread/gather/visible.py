"""What a reader of a page sees: hidden text is dropped, and that it was there is said.

Hidden means: `hidden`, `aria-hidden`, display:none, visibility:hidden, no opacity, no size, off the screen, or the colour
of its ground. Styles are read where they stand on the element; what a style sheet hides by a class name is not seen.
"""

from __future__ import annotations

import re

from lxml import etree, html

FURNITURE = frozenset({"script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select", "iframe", "svg", "object", "menu", "dialog", "head", "title"})  # fmt: skip
BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "blockquote", "figcaption", "dt", "dd", "pre", "caption", "div", "section", "article", "main", "table", "ul", "ol", "dl", "figure", "header", "td", "th", "address"})  # fmt: skip
_BLANKS = dict.fromkeys([0x00AD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), *range(0xE0000, 0xE0080)], None)  # fmt: skip
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|font-size\s*:\s*(?:0|1|2)(?:\.\d+)?(?:px|pt|em|rem|%)?\s*(?:;|$|!)"
    r"|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0|(?:^|[;\s])(?:width|height|max-height)\s*:\s*[01](?:px)?\s*(?:;|$)"
)
_COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]+)")
_GROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)")
_WHITE = frozenset(
    {
        "#fff",
        "#ffffff",
        "white",
        "#fefefe",
        "#fdfdfd",
        "rgb(255,255,255)",
        "rgb(255, 255, 255)",
        "transparent",
    }
)
_TO_AN_AI = re.compile(
    r"(?i)\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|all|your)\b.{0,40}\b(?:instructions?|rules|prompts?|guidelines)\b"
    r"|\b(?:AI|language model|LLM|assistant|chatbot|summarizer|GPT)s?\b.{0,60}\b(?:must|should|please|are instructed|do not|write|say|include|state|reading this)\b"
    r"|^\s*(?:system|assistant)\s*:|\b(?:note|instructions?|attention|message) (?:to|for) (?:any |all )?(?:AI|language models?|LLMs?|assistants?|automated)\b"
)
DEEPEST, MOST_NODES = 400, 300_000


def addresses_an_ai(words: str) -> bool:
    """Whether a text speaks to a machine that reads it."""
    return bool(_TO_AN_AI.search(words))


def blocks(root: html.HtmlElement) -> tuple[list[str], str]:
    """The visible blocks of text under `root`, and the words that were hidden."""
    found: list[str] = [""]
    hidden: list[str] = []
    _walk(root, found, hidden)
    told = [re.sub(r"[^\S\n]+", " ", block).strip() for block in found]
    lines = ["\n".join(line.strip() for line in block.split("\n") if line.strip()) for block in told]
    return [line for line in lines if line], " ".join(" ".join(hidden).split())


def _walk(element: etree._Element, found: list[str], hidden: list[str]) -> None:
    """Depth first, by hand: a hostile page nests deeper than Python recurses."""
    stack: list[tuple[etree._Element, bool]] = [(element, False)]
    while stack:
        node, left = stack.pop()
        if left:
            _leave(node, found)
            if node is not element:
                found[-1] += _plain(node.tail)
            continue
        if not isinstance(node.tag, str) or node.tag in FURNITURE or is_hidden(node):
            if isinstance(node.tag, str) and node.tag not in FURNITURE:
                hidden.append("".join(str(words) for words in node.itertext()))
            if node is not element:
                found[-1] += _plain(node.tail)
            continue
        _enter(node, found)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _enter(node: etree._Element, found: list[str]) -> None:
    if node.tag in BLOCKS and node.tag not in ("td", "th"):
        found.append("")
    elif node.tag in ("td", "th") and found[-1].strip():
        found[-1] += " | "
    if node.tag == "br":
        found[-1] += "\n"
    found[-1] += _plain(node.text)


def _leave(node: etree._Element, found: list[str]) -> None:
    if node.tag in BLOCKS and node.tag not in ("td", "th"):
        found.append("")


def _plain(words: str | None) -> str:
    return re.sub(r"\s+", " ", words.translate(_BLANKS)) if words else ""


def is_hidden(node: etree._Element) -> bool:
    """Whether an element is hidden by what stands on it."""
    if "hidden" in node.attrib or node.get("aria-hidden") == "true" or (node.tag == "input"):
        return True
    style = (node.get("style") or "").lower()
    return bool(style) and (bool(_HIDING.search(style)) or _is_on_its_ground(style))


def _is_on_its_ground(style: str) -> bool:
    colour, ground = _COLOUR.search(style), _GROUND.search(style)
    if not colour:
        return False
    shade = colour.group(1).strip()
    behind = ground.group(1).strip() if ground else "#fff"
    return shade == behind or shade == "transparent" or (shade in _WHITE and behind in _WHITE)
