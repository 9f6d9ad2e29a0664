"""The words that say that somebody speaks."""

from __future__ import annotations

import re

_STEMS = (
    "say tell add write call tweet ask continue note report describe state respond explain reply declare conclude argue read pledge insist "
    "promise accuse warn admit suggest recall claim cite shout refer vow blame announce acknowledge remark assure urge joke find point thank "
    "praise mock answer lament think comment question put criticize emphasize stress boast assert concede predict offer complain show credit "
    "quote yell dub bemoan charge bark testify agree believe hope fear deny confirm reveal recount disclose caution counter contend maintain "
    "muse quip observe plead beg demand propose recommend repeat reiterate rule order scream whisper sigh laugh exclaim post text email "
    "speculate summarize swear theorize wonder denounce decry dismiss characterize compare label interject object protest request signal sing chant "
    "shoot go speak talk brag allege opine advise inform remind instruct teach underscore highlight mention guess grumble joke riff slam blast"
)  # fmt: skip
_IRREGULAR = {
    "say": "says said saying", "tell": "tells told telling", "write": "writes wrote written writing", "read": "reads reading", "think": "thinks thought thinking",
    "find": "finds found finding", "put": "puts putting", "show": "shows showed showing", "quote": "quotes quoted quoting", "go": "goes went going",
    "speak": "speaks spoke speaking", "sing": "sings sang singing", "swear": "swears swore", "shoot": "shoots shot", "deny": "denies denied denying",
    "reply": "replies replied replying", "decry": "decries decried decrying", "testify": "testifies testified testifying", "teach": "teaches taught",
    "admit": "admits admitted admitting", "refer": "refers referred referring", "quip": "quips quipped quipping", "beg": "begs begged begging",
    "plead": "pleads pleaded pled pleading", "brag": "brags bragged bragging", "slam": "slams slammed slamming", "compel": "", "dub": "dubs dubbed dubbing",
}  # fmt: skip


def _forms(stem: str) -> list[str]:
    if stem in _IRREGULAR:
        return [stem, *_IRREGULAR[stem].split()]
    root = stem.removesuffix("e")
    s = f"{stem}es" if stem.endswith(("s", "sh", "ch")) else f"{stem}s"
    return [stem, s, f"{root}ed", f"{root}ing"]


SPEAKS = frozenset(form for stem in _STEMS.split() for form in _forms(stem))
"""Verbs of speaking, in all their forms, lower case."""

PLAIN = frozenset(["said", "says", "say", "told", "tells", "added", "adds", "wrote", "writes", "asked", "saying", "tweeted", "called", "continued", "explained", "testified", "according"])  # fmt: skip
"""Those that hardly ever mean anything else."""

WORD = re.compile(r"[^\W\d_][\w’'-]*")


def is_cue(word: str) -> bool:
    """Whether a word is a verb of speaking."""
    return word.lower() in SPEAKS
