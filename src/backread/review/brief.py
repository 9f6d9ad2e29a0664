"""A brief names no private person: nobody has checked it against anything, and a wrong name cannot be taken back.

Public people are those whom the coverage area lists, with their full name or with their title and last name. Places and
bodies may be named. Any other name is refused, also one that is perhaps a place the area does not know: a brief is
signed in a hurry, so what cannot be told counts as a person.

What it cannot see: a person told without a name, and a lone first name that opens a sentence.
"""

from __future__ import annotations

import re

from backread.text import names
from backread.text.lexicon import ABBREVIATED_STATES
from backread.text.names import Name, NameKind
from backread.values.area import Area
from backread.values.story import Story

_BODIES = re.compile(
    r"\b(?:Coast Guard|National Guard|Red Cross|Salvation Army|Highway Patrol|Fire Rescue|Search and Rescue"
    r"|Interstate|Highway|Route|Turnpike|Parkway|Expressway|Airport|Station|Marina|Terminal)\b"
)


def private_names(story: Story, area: Area | None = None, own: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The names in `story` that are nobody's whom `area` lists as public; `own` are the outlet's names. Each once."""
    told = [name for s in story.sentences for name in names.find(s.text, area) if not _is_public(name, area)]
    outlet = {words.lower() for words in own}
    return tuple(dict.fromkeys(name.words for name in told if name.words.lower() not in outlet))


def _is_public(name: Name, area: Area | None) -> bool:
    if name.kind in (NameKind.PLACE, NameKind.ORGANISATION) or _BODIES.search(name.words):
        return True
    return name.words in ABBREVIATED_STATES or _is_official(name, area)


def _is_official(name: Name, area: Area | None) -> bool:
    """Whether the area lists this person: by full name, or by last name where the title is said."""
    mine = name.words.lower()
    for official in area.people if area else ():
        full = official.name.lower()
        if mine == full or (name.role and " " not in mine and full.split()[-1] == mine):
            return True
    return False
