"""A page's visible words in reading order: paragraphs apart, table rows on a line, hidden text left out and reported.

The walk changes the tree (hidden elements are taken out), so that an extractor that comes after cannot see them either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backread.gather.hidden import ASSUMED, Hiding, Styles, background_of, hiding, is_for_screen_readers
from backread.gather.markup import local
from backread.gather.reading import ADDRESSES_AI, HIDDEN, one_line, smuggles, tidy
from backread.gather.suspicion import addresses_ai

_NEVER = {"script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video",
          "select", "datalist", "textarea", "input", "map", "head", "title", "meta", "link", "noframes", "frameset"}  # fmt: skip
_FURNITURE = {"nav", "footer", "aside", "form", "dialog", "button", "menu"}
_BLOCK = {"p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "h1", "h2", "h3", "h4", "h5", "h6",
          "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption", "table", "caption", "form", "fieldset",
          "address", "details", "summary", "hr", "body", "center", "legend", "tbody", "thead", "tfoot", "dialog", "hgroup"}  # fmt: skip
_LINE = {"li", "tr", "option"}
_CELL = {"td", "th"}
_TORN = 200
_WORKING = ("a", "form", "input", "button", "label", "meta", "time", "select", "textarea")
"""What hidden parts that a page works with hold: menus, forms, facts for machines."""
_ROLES = {"navigation", "contentinfo", "banner", "search", "dialog", "alertdialog", "menu", "menubar", "complementary"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a page shows. `hidden` are the stretches it does not show, `flags` what an editor must know."""

    text: str
    hidden: tuple[str, ...]
    flags: frozenset[str]


def visible_text(root: Any, *, furniture: bool = True) -> Seen:
    """Take what is hidden out of the tree under `root` and give the words that are left."""
    hidden, flags = take_out_hidden(root)
    text = words_of(root, furniture=furniture)
    return Seen(text=text, hidden=hidden, flags=flags | told_flags(text))


def told_flags(text: str) -> frozenset[str]:
    """What the visible words themselves are flagged with."""
    return frozenset({ADDRESSES_AI} if addresses_ai(text) else ())


def take_out_hidden(root: Any) -> tuple[tuple[str, ...], frozenset[str]]:
    """Remove comments, scripts and the like, and hidden elements from the tree; the hidden words, and flags."""
    carried = _comments_and_labels(root)
    for element in root.iter("noscript"):
        if sum(1 for _ in element.iter()) > _TORN:
            # A tag that was never closed swallows the page; no note for readers without scripts is this long.
            element.tag = "div"
    found: list[tuple[Any, Hiding, bool]] = []
    _find(root, Styles(root), found)
    flags: set[str] = set()
    words: list[str] = []
    for element, how, in_story in found:
        raw = " ".join(_strings(element))
        held = one_line(raw)
        in_story = in_story and next(element.iter(*_WORKING), None) is None
        _drop(element)
        if not held:
            continue
        words.append(held)
        if _deceives(held, how, in_story):
            flags.add(HIDDEN)
    for element in list(root.iter(*_NEVER - {"head", "title", "meta", "link"})):
        _drop(element)
    if any(addresses_ai(held) for held in (*words, *carried)):
        flags |= {HIDDEN, ADDRESSES_AI}
    if any(smuggles(string) for string in _strings(root)):
        flags.add(HIDDEN)
    return tuple(words), frozenset(flags)


def _find(root: Any, styles: Styles, found: list[tuple[Any, Hiding, bool]]) -> None:
    stack = [(root, f"{ASSUMED}ffffff" if _is_plain(root) else "", False, False)]
    while stack:
        element, background, in_story, in_furniture = stack.pop()
        name = local(element)
        if not name or name in _NEVER - {"svg", "head"}:
            continue
        style = styles.of(element)
        how = hiding(element, style, background) if name not in ("html", "body", "head") else None
        if how is not None and not is_for_screen_readers(element):
            found.append((element, how, in_story and not in_furniture))
            continue
        if how is not None:
            found.append((element, Hiding(how.reason, False), False))
            continue
        behind = background_of(style, background)
        story = in_story or name in ("article", "main") or element.get("role") == "main"
        aside = in_furniture or is_furniture(element)
        stack.extend((child, behind, story, aside) for child in element)


def _is_plain(root: Any) -> bool:
    """Whether the page has no style sheet of its own: then it is black on white, and white words are hidden."""
    return not any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link"))


def _deceives(held: str, how: Hiding, in_story: bool) -> bool:
    count = len(held.split())
    if how.sly:
        return count >= 4
    return in_story and count >= 8 and held.rstrip().endswith((".", "!", "?", "”", '"'))


def _comments_and_labels(root: Any) -> list[str]:
    carried: list[str] = []
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            carried.append(element.text or "")
            _drop(element)
        else:
            carried += [v for k in ("alt", "title", "aria-label", "content", "value", "placeholder") if len(v := element.get(k) or "") > 15]  # fmt: skip
    return [words[:20_000] for words in carried]


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        for child in list(element):
            element.remove(child)
        element.text = None
        return
    tail = element.tail
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def _strings(element: Any) -> list[str]:
    return [str(words) for words in element.itertext() if words]


def is_furniture(element: Any) -> bool:
    """Whether an element is a menu, a footer, a form or the like, by its name or its role."""
    return local(element) in _FURNITURE or (element.get("role") or "").lower() in _ROLES


def words_of(root: Any, *, furniture: bool = True) -> str:
    """The words under `root`, without its scripts and the like, and without menus and footers if so asked."""
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, is_end = stack.pop()
        name = local(element)
        if is_end:
            parts.append(_after(name))
            parts.append(_flow(element.tail, element is root))
            continue
        if not name or name in _NEVER or (not furniture and element is not root and is_furniture(element)):
            parts.append("" if element is root else _flow(element.tail, False))
            continue
        parts.append(_before(name))
        parts.append(element.text or "" if name == "pre" else _flow(element.text, False))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    return _joined("".join(parts))


def _flow(words: str | None, is_last: bool) -> str:
    """White space in the source is one space; line breaks are made by elements alone."""
    if not words or is_last:
        return ""
    return " ".join(words.replace("\xa0", " ").split("\n")) if "\n" in words or "\xa0" in words else words


def _before(name: str) -> str:
    return "\n\n" if name in _BLOCK else "\n" if name in _LINE or name == "br" else ""


def _after(name: str) -> str:
    if name in _BLOCK:
        return "\n\n"
    return "\n" if name in _LINE else " | " if name in _CELL else ""


def _joined(words: str) -> str:
    """Blocks inside a table cell do not tear the row apart; bars at a row's end go."""
    lines = [line.strip() for line in tidy(words).split("\n")]
    kept: list[str] = []
    for line in lines:
        bare = line.strip("| ").strip()
        if not bare and line:
            if kept and kept[-1] and "|" in line and not kept[-1].endswith("|"):
                kept[-1] += " |"
            continue
        kept.append(line)
    return tidy("\n".join(line.rstrip("| ").rstrip() if line.endswith("|") else line for line in kept))
