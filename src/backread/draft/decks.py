"""The deck: one more fact that stands by itself, told again in the body. None is better than a weak one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from backread.draft import weighing
from backread.draft.reading import Told, is_service
from backread.draft.telling import Line, rendered_line
from backread.draft.title import cuts
from backread.text.alignment import keys, stem
from backread.values.area import Area

_LOOKS_AT = 7
"""Sentences of the story among which a deck is looked for: what stands lower is no second news."""
_BRIEF = 6
"""A story of fewer sentences needs no deck."""
_TELLS = re.compile(r"\d|\b(?:will|may|must|should|scheduled|met)\b")
_VERB = re.compile(
    r"\b(?:is|are|was|were|will|may|must|can|has|have|had|met|paid|cost|took|gave|held|use|uses|adds|[a-z]{3,}(?:ed|es|ts|ds|ns))\b"
)
_SHARED = 0.6
_DANGLES = re.compile(
    r"(?i)\b(?:same|this|that|these|those|both|other|others|such|it|they|he|she|him|its|their|his|her|there|later|earlier|again|also|others?"
    r"|said|says|according|presumed|accusation)\b"
)
_DEFINITE = re.compile(r"\b[Tt]he (?P<words>[a-z]+(?: [a-z]+)?)(?P<of> of\b)?")
_ACCUSES = re.compile(r"(?i)\b(?:arrest\w*|charged|indicted|accused|suspect\w*|convicted)\b")
_KNOWN = {"state", "county", "city", "town"}


def deck(chosen: Sequence[Told], headline: Line, *, area: Area | None, on: dt.date) -> Line | None:
    """The first sentence below the lead that stands alone under the headline, cut to a deck; None without one."""
    if _ACCUSES.search(headline.text) or len(chosen) < _BRIEF:
        return None
    lead = chosen[0].text if chosen else ""
    for told in chosen[1:_LOOKS_AT]:
        for cut in cuts(told.capture, told, area=area, on=on):
            if cut.part == "deck" and stands(cut.text, headline.text, lead) and not is_service(told.text):
                return rendered_line(cut, told.capture)
    return None


def stands(words: str, headline: str, lead: str = "") -> bool:
    """Whether words say something by themselves to one who has read only the headline, and something new."""
    if (
        weighing.leans_on(words)
        or _DANGLES.search(words)
        or words.count("$") > 2
        or not (_TELLS.search(words) and _VERB.search(words))
    ):
        return False
    above = keys(headline)
    if any(not _is_known(found, above) for found in _DEFINITE.finditer(words)):
        return False
    own = keys(words)
    return all(len(own & keys(told)) < _SHARED * len(own) for told in (headline, lead) if own)


def _is_known(found: re.Match[str], above: frozenset[str]) -> bool:
    words = found["words"].split()
    return bool(found["of"]) or words[0] in _KNOWN or any(stem(word) in above for word in words)
