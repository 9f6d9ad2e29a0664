"""The story of a table: its totals, then its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backread.draft.telling import Line, Telling
from backread.draft.title import title_line

if TYPE_CHECKING:
    from backread.draft.from_fields import Page

_MOST_ENTRIES = 8


def tell(page: Page) -> Telling | None:
    totals, rows = page.parts("total"), page.parts("row")
    if not rows:
        return None
    first = (totals or rows)[0]
    headline = title_line(page.capture) or Line(text=first.text.rstrip("."), passages=first.passages)
    shown = [line for line in rows if " no " not in line.text][:_MOST_ENTRIES]
    body = (totals, tuple(shown)) if totals else (tuple(shown),)
    return Telling(headline=headline, deck=None, paragraphs=tuple(p for p in body if p))
