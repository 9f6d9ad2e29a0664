"""A headline from the source's own title, where it stays true as one.

The title's words are kept; only a site's name at its end and a label at its start ("Statement:") go. No verb is
put in. A title in capitals, a bare label, or one that does not stand in the capture's text cannot be cited and is
not used; then the lead's own first clause serves.
"""

from __future__ import annotations

import re

from backread.draft.reading import Told
from backread.draft.telling import Line
from backread.text.forms.base import is_capitals
from backread.values.capture import Capture

_LABEL = re.compile(
    r"^(?:Statement|Memo|News release|Press release|Media release|Report(?: \d+)?|Update|Notice):\s+"
)
_SITE = re.compile(r"\s+(?:\||–|—|-|::)\s+[^|–—]{3,80}$")
_MOST = 110


def title_line(capture: Capture) -> Line | None:
    """The capture's title as a headline, citing where it stands in the text; None where it cannot serve."""
    title = bare_title(capture)
    if len(title.split()) < 3 or len(title) > _MOST or is_capitals(title):
        return None
    start = capture.text.find(title)
    if start < 0:
        return None
    return Line(text=title[:1].upper() + title[1:], passages=(capture.passage(start, start + len(title)),))


def bare_title(capture: Capture) -> str:
    """The title without a site's name and without a label."""
    title = re.sub(r"\s+", " ", capture.title).strip()
    shorter = _SITE.sub("", title)
    if shorter != title and (capture.text.find(title) < 0 or len(shorter.split()) > 3):
        title = shorter
    return _LABEL.sub("", title).strip().rstrip(".")


def lead_line(told: Told) -> Line:
    """A headline from the lead itself: its first clause where that is whole, else all of it without its full stop."""
    return Line(text=told.text.rstrip("."), passages=(told.passage,))
