"""A headline: the source's own title where it says what happens and where, else the lead cut to one.

Of a title only a site's name at its end and a label at its start ("Statement:") go. A title in capitals, a bare
label, or one that does not stand in the capture's text cannot be cited and is not used.
"""

from __future__ import annotations

import datetime as dt
import re

from backread.draft import weighing
from backread.draft.reading import Told
from backread.draft.telling import Line, rendered_line
from backread.text.forms import Rendered, renderings
from backread.text.forms.base import is_capitals
from backread.values.area import Area
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


_TELLS = re.compile(r"\b(?:to [a-z]{3,}|[a-z]{2,}ed)\b")


def tells(title: str, area: Area | None) -> bool:
    """Whether a title is a headline as it stands: it says what happens, and where in the area."""
    return bool(_TELLS.search(title)) and weighing.names_area(title, area) and len(title.split()) <= 14


def headline(capture: Capture, lead: Told, *, area: Area | None, on: dt.date) -> Line:
    """The title where it tells; else the lead cut to a headline; else the title as it is; else the whole lead."""
    title = title_line(capture)
    if title and tells(title.text, area):
        return title
    cut = next((r for r in cuts(capture, lead, area=area, on=on) if r.part == "headline"), None)
    if cut is not None:
        return rendered_line(cut, capture)
    return title or Line(text=lead.text.rstrip("."), passages=(lead.passage,))


def cuts(capture: Capture, told: Told, *, area: Area | None, on: dt.date) -> tuple[Rendered, ...]:
    """What the forms cut out of one sentence of a capture."""
    return tuple(r for r in renderings(capture, on, area) if any(f.end == told.end for f in r.fields))
