"""Small words for templates: a mark, a key cap, a number of digits in groups."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def mark(look: str, label: str = "") -> SafeString:
    """The symbol `look`; with a label it is an image for those who listen, without one it is left out."""
    if label:
        return format_html(
            '<svg class="g g-{0}" role="img" aria-label="{1}"><use href="#{0}"/></svg>', look, label
        )
    return format_html('<svg class="g g-{0}" aria-hidden="true"><use href="#{0}"/></svg>', look)


@register.filter
def grouped(digest: str) -> str:
    """Hexadecimal digits in groups of four."""
    return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))


@register.filter
def short(digest: str) -> str:
    """The first eight digits, to be read aloud."""
    return str(digest)[:8]


@register.filter
def capital(words: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return words[:1].upper() + words[1:]
