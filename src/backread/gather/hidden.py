"""Which elements of a page a reader cannot see: by attribute, by style, by the page's own style sheet.

What it reads of CSS is small: inline declarations, and rules of the page's own <style> for one tag, class or id. It
cannot see files of styles, nor what a script does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from backread.gather.markup import local

_RULE = re.compile(r"([^{}@;]{1,300})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?", re.IGNORECASE)
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|vw|vh|ex|ch|cm|mm|in)?")
_FAR = 900
_PIXELS = {"px": 1.0, "pt": 1.33, "em": 16.0, "rem": 16.0, "%": 0.16, "": 1.0}
_NAMED = {
    "white": "ffffff",
    "black": "000000",
    "transparent": "transparent",
    "snow": "fffafa",
    "ivory": "fffff0",
}
_MOST_RULES = 4_000

ASSUMED = "?"
"""Stands before a background that nobody declared."""

Style = dict[str, str]


@dataclass(frozen=True, slots=True)
class Hiding:
    """Why an element is not seen. `sly` is a way that pages seldom use but to carry words past a reader."""

    reason: str
    sly: bool


class Styles:
    """The declarations that a page makes itself, looked up by tag, class and id."""

    __slots__ = ("_rules",)

    def __init__(self, root: Any) -> None:
        self._rules: dict[str, Style] = {}
        count = 0
        for element in root.iter("style"):
            if element.get("media", "all").lower() not in ("all", "screen", ""):
                continue
            for selectors, body in _RULE.findall(_plain(element.text or "")[:200_000]):
                count += 1
                if count > _MOST_RULES:
                    return
                self._learn(selectors, _declared(body))

    def _learn(self, selectors: str, style: Style) -> None:
        for selector in selectors.split(","):
            name = selector.strip()
            if name and _SIMPLE.fullmatch(name):
                self._rules.setdefault(name.lower() if name[0] not in ".#" else name, {}).update(style)

    def of(self, element: Any) -> Style:
        """What holds for `element`: tag, classes, id, then its own style attribute."""
        own = element.get("style")
        classes = (element.get("class") or "").split()[:30]
        if not self._rules:
            return _declared(own) if own else {}
        tag = local(element)
        names = [tag, *(f".{c}" for c in classes), *(f"{tag}.{c}" for c in classes)]
        found: Style = {}
        for name in (*names, f"#{element.get('id', '')}"):
            found |= self._rules.get(name, {})
        return found | _declared(own) if own else found


def hiding(element: Any, style: Style, background: str) -> Hiding | None:
    """How `element` is hidden from a reader; None when it is not. `background` is the nearest one declared."""
    if element.get("hidden") is not None or (element.get("aria-hidden") == "true" and _is_words(element)):
        return Hiding("hidden attribute", False)
    if _tiny_picture(element):
        return Hiding("no size", True)
    if not style:
        return _by_colour_attribute(element, background.lstrip(ASSUMED))
    # What a style sheet hides is a menu nearly always; what hides on the element itself was put there for it.
    own = _declared(element.get("style") or "")
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return Hiding("not displayed", False)
    if _number(style.get("opacity", element.get("opacity", "1"))) == 0:
        return Hiding("no opacity", "opacity" in own or element.get("opacity") is not None)
    size = _pixels(style.get("font-size", ""))
    if size is not None and size <= 2:
        return Hiding("tiny letters", "font-size" in own)
    if _is_off_screen(style) or _is_clipped(style):
        return Hiding("off the screen", bool(own))
    colour = _colour(style.get("color", ""))
    behind = background_of(style, background)
    if behind.startswith(ASSUMED):
        # White by a style sheet stands on something dark that the same sheet painted.
        behind = behind[1:] if "color" in own else ""
    if colour and (colour == "transparent" or (behind and _alike(colour, behind))):
        return Hiding("the colour of its background", "color" in own or "background" in str(style))
    return None


def background_of(style: Style, before: str) -> str:
    """The background that an element and its children stand on; '' where a picture or a gradient lies under them."""
    painted = f"{style.get('background', '')} {style.get('background-image', '')}"
    if "url(" in painted or "gradient(" in painted:
        return ""
    return _colour(style.get("background-color") or style.get("background", "")) or before


def is_for_screen_readers(element: Any) -> bool:
    """Whether its class says that it is there for screen readers: hidden, but not to deceive."""
    names = (element.get("class") or "").lower()
    return any(
        n in names for n in ("sr-only", "screen-reader", "visually-hidden", "visuallyhidden", "assistive", "element-invisible", "skip")
    )  # fmt: skip


def _is_words(element: Any) -> bool:
    """aria-hidden hides from screen readers only; with a hiding class beside it, from all."""
    return "hidden" in (element.get("class") or "").lower().split()


def _tiny_picture(element: Any) -> bool:
    if element.get("opacity") is not None and _number(element.get("opacity")) == 0:
        return True
    if local(element) not in ("svg", "iframe", "object", "marquee"):
        return False
    sizes = [_number((element.get(side) or "99").rstrip("px%")) for side in ("width", "height")]
    return min(sizes) <= 2


def _by_colour_attribute(element: Any, background: str) -> Hiding | None:
    colour = _colour(element.get("color") or "") if local(element) == "font" else ""
    if colour and background and _alike(colour, background):
        return Hiding("the colour of its background", True)
    if local(element) == "font" and (element.get("size") or "").strip() == "0":
        return Hiding("tiny letters", True)
    return None


def _plain(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def _declared(body: str) -> Style:
    style: Style = {}
    for declaration in _plain(body)[:4000].split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            style[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return style


def _number(value: str) -> float:
    try:
        return float(value.strip().rstrip("%"))
    except ValueError:
        return 1.0


def _pixels(value: str) -> float | None:
    found = _LENGTH.fullmatch(value.strip())
    return float(found[1]) * _PIXELS.get(found[2] or "", 10.0) if found else None


def _is_off_screen(style: Style) -> bool:
    indent = _pixels(style.get("text-indent", "").split(" ")[0])
    if indent is not None and indent <= -_FAR:
        return True
    if style.get("position") not in ("absolute", "fixed", "relative"):
        return False
    moved = [_pixels(style[side]) for side in ("left", "top", "right", "bottom") if side in style]
    return any(distance is not None and abs(distance) >= _FAR and distance < 0 for distance in moved) or any(
        distance is not None and distance >= 5000 for distance in moved
    )


def _is_clipped(style: Style) -> bool:
    if re.match(
        r"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)", style.get("clip", "")
    ):
        return True
    if re.match(r"inset\((?:50|100)%|circle\(0", style.get("clip-path", "")):
        return True
    sizes = [_pixels(style.get(side, "")) for side in ("width", "height", "max-height")]
    return style.get("overflow") == "hidden" and any(size is not None and size <= 1 for size in sizes)


def _colour(value: str) -> str:
    """A colour as six hexadecimal digits, "transparent", or '' when it is none we read."""
    words = value.strip().lower()
    first = re.split(r"\s+(?![^(]*\))", words)[0] if words else ""
    if first in _NAMED:
        return _NAMED[first]
    if re.fullmatch(r"#[0-9a-f]{3,8}", first):
        digits = first[1:]
        return "".join(d * 2 for d in digits[:3]) if len(digits) in (3, 4) else digits[:6]
    parts = re.findall(r"[\d.]+", first) if first.startswith("rgb") else []
    if len(parts) == 4 and float(parts[3]) == 0:
        return "transparent"
    if len(parts) >= 3 and all(part.count(".") < 2 for part in parts):
        return "".join(f"{min(255, int(float(part or 0))):02x}" for part in parts[:3])
    return ""


def _alike(one: str, other: str) -> bool:
    if "transparent" in (one, other):
        return one == other
    pairs = [(int(one[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (0, 2, 4)]
    return max(abs(a - b) for a, b in pairs) <= 12
