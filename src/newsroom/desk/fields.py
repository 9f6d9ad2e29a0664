"""What each posted form may hold: its fields by hand, how long each may be, and which have to come. The door asks here.

A form that is not as its page sends it was cut on the way or made by somebody else; it is refused whole, before
any act sees a word of it. What a person may do with their words is the gate's to say, not this table's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from backread.values.decision import Ground
from backread.values.publication import WithdrawalKind

REASON, NOTE, PASSAGE = 2_000, 60_000, 20_000
"""Characters of a reason, of a note of one's own, and of a passage chosen by hand."""

NONE, SOME = "none", "some"
"""The answers to whether AI was used: not at all, and for something that has to be named."""
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]")
_PLAIN = "\t\n\r"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form. `most` counts characters; `must` says that it has to come, even if empty.

    `digits` allows nothing but a number, `one_of` nothing but these words; both allow ''.
    """

    name: str
    most: int
    must: bool = False
    digits: bool = False
    one_of: frozenset[str] = frozenset()


_S = Field(name="s", most=5, digits=True)
_KEY = Field(name="key", most=64, must=True)
# What is no time on screen counts as none (`decide`): the act is done, and says less.
_SEEN = Field(name="seen_ms", most=20)
_REASON = Field(name="reason", most=REASON, must=True)
_SENTENCE = (_KEY, _SEEN, _S)
_RESTS = tuple(Field(name=f"capture {ground}", most=64) for ground in Ground)

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "start": (),
    "aside": (_REASON,),
    "assign": (Field(name="owner", most=150, must=True), Field(name="due", most=25, must=True)),
    "keep": _SENTENCE,
    "paragraph": (Field(name="key", most=64), _SEEN, _S),
    "change": (
        *_SENTENCE,
        Field(name="words", most=PASSAGE, must=True),
        Field(name="suggestion", most=60),
        Field(name="used", most=4, one_of=frozenset({NONE, SOME})),
        Field(name="which", most=300),
    ),
    "strike": _SENTENCE,
    "take": (*_SENTENCE, Field(name="ground", most=60, one_of=frozenset(Ground)), *_RESTS, _REASON),
    "override": (*_SENTENCE, _REASON),
    "undo": (_S,),
    "alarm": (_KEY, _S, Field(name="check", most=60, must=True)),
    "cite": (
        *_SENTENCE,
        Field(name="capture", most=64),
        Field(name="passage", most=PASSAGE, must=True),
    ),
    "note": (
        *_SENTENCE,
        Field(name="title", most=200, must=True),
        Field(name="note", most=NOTE, must=True),
        Field(name="confidential", most=3, one_of=frozenset({"yes"})),
    ),
    "recheck": (_S,),
    "return": (_S, _REASON),
    "kill": (_S, _REASON),
    "revive": (),
    "approve": (
        Field(name="code", most=12, must=True),
        Field(name="saw", most=64, must=True),
        Field(name="version", most=9, digits=True),
        Field(name="not_before", most=25),
    ),
    "withdraw": (
        Field(name="publication", most=64, must=True),
        Field(name="kind", most=20, must=True, one_of=frozenset(WithdrawalKind)),
        _REASON,
        # Cancelling what waits asks for none.
        Field(name="code", most=12),
    ),
    "correct": (Field(name="correction", most=REASON, must=True),),
}
"""By route: the fields of what is posted to it."""

OWN_FORMS = frozenset({"write", "brief"})
"""Routes whose form looks at its own fields, beside them and with the words kept (`newsroom.desk.forms`)."""


def unfit(route: str, told: QueryDict) -> str:
    """Why what was posted to `route` is refused, in one sentence; '' when it is as its page sends it."""
    if route in OWN_FORMS:
        return ""
    if route not in FIELDS:
        return "Nobody has said what this form may hold: tell whoever runs the desk."
    whys = (_why(field, told.getlist(field.name)) for field in FIELDS[route])
    return next((why for why in whys if why), "")


def _why(field: Field, values: list[str]) -> str:
    if field.must and not values:
        return f"The form came without its “{field.name}”: open the page again and send it from there."
    for value in values:
        if len(value) > field.most:
            return (
                f"“{field.name}” has {len(value):,} characters, and {field.most:,} is the most: shorten it."
            )
        if why := unseen(value):
            return f"“{field.name}” holds {why}: type it anew."
        if field.digits and value and not (value.isascii() and value.isdigit()):
            return f"“{field.name}” is no number: open the page again and send the form from there."
        if field.one_of and value and value not in field.one_of:
            return f"“{field.name}” is none of the choices: open the page again and choose one."
    return ""


def unseen(words: str) -> str:
    """What `words` hold that nobody can see or read, in words; '' for nothing."""
    if "\ufffd" in words:
        return "a sign that could not be read (its encoding is broken)"
    for sign in words:
        if sign in _PLAIN:
            continue
        if unicodedata.category(sign) in ("Cc", "Cs") or _TURNS.match(sign):
            return f"a sign that cannot be seen ({_named(sign)})"
    return ""


def _named(sign: str) -> str:
    known = unicodedata.name(sign, "").lower()
    return f"U+{ord(sign):04X}{f', {known}' if known else ''}"
