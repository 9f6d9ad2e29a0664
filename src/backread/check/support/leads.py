"""The small words that turn a sentence: negations, hedges, and words with their reverse."""

from __future__ import annotations

import re

from backread.text.alignment import stem, tokens

NEGATION = re.compile(r"(?i)\b(?:not|never|no|neither|nor|without|cannot|none)\b|n['’]t\b")
HEDGE = re.compile(r"(?i)\b(?:may|might|could|allegedly|reportedly|possibly|perhaps)\b")

_REACH = 3
"""How many words after a negation or hedge it still governs."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*")

_OPPOSITE_WORDS = (
    "rose fell|increase decrease|increased decreased|open close|opened closed|approve reject|approved rejected|win lose|won lost|"
    "before after|for against|up down|above below|north south|east west|northern southern|eastern western|lift issue|lifted issued|"
    "more fewer|more less|first last|highest lowest|higher lower|support oppose|supported opposed|accept refuse|accepted refused|"
    "start end|began ended|guilty innocent|male female|buy sell|bought sold|hire fire|hired fired|public private|import export|"
    "arrive leave|add remove|added removed|raise cut|raised cut|raise lower|raised lowered|gain loss|majority minority|"
    "state county|state federal|county city|morning evening|victim suspect|plaintiff defendant|buyer seller|allow forbid|allowed banned"
)
OPPOSITES: dict[str, frozenset[str]] = {}
"""Words by their light stem, each with those that say the reverse."""
for _pair in _OPPOSITE_WORDS.split("|"):
    _one, _two = _pair.split()
    OPPOSITES[stem(_one)] = OPPOSITES.get(stem(_one), frozenset()) | {_two}
    OPPOSITES[stem(_two)] = OPPOSITES.get(stem(_two), frozenset()) | {_one}


def governed(words: str, lead: re.Pattern[str]) -> dict[str, str]:
    """The words that a negation or hedge governs, with the one that does."""
    found: dict[str, str] = {}
    for match in lead.finditer(words):
        followers = list(_WORD.finditer(words, match.end()))[:_REACH]
        for follower in followers:
            for token in tokens(follower.group()):
                found.setdefault(token.key, match.group())
    return found
