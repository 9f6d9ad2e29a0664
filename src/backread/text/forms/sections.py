"""Sentences from a description in bulleted sections (* WHAT... * WHERE... * IMPACTS...), as weather offices write them.

Where and when are told from the alert's own fields; what is left is told section by section, the heading in words,
days as the story sees them and times of day as newsrooms write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from backread.text.forms.alert_words import says, short
from backread.text.forms.base import capital, is_capitals, words_of
from backread.text.forms.days import days_seen
from backread.text.sentences import split

_SECTION = re.compile(
    r"(?m)^(?:\*\s*)?(?P<label>[A-Z][A-Z ]{2,30}?)\s*\.{2,}\s*(?P<words>(?:(?!\n\s*\n|^\*).)+)", re.DOTALL
)
_CLOCK = re.compile(r"\b(?P<hour>1[0-2]|[1-9])(?::?(?P<minute>[0-5]\d))? ?(?P<half>[AP])M\b")
_BY_FIELDS = ("WHERE", "WHEN")
_HEADINGS = {"WHAT": "What to expect", "IMPACTS": "Impacts", "IMPACT": "Impacts"}
_WHOLE = ("ADDITIONAL DETAILS",)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|will|may|can|could|would|should|has|have|expected|possible|likely|forecast|continues?|occurring|ongoing)\b"
)
"""What makes a section's words a sentence of its own, or one that breaks off, and no mere thing to expect."""


def is_sectioned(value: str) -> bool:
    """Whether a description is written in sections, bulleted or not."""
    return len(_SECTION.findall(value)) > 1


def told(value: str, name: str, on: date, seen: date) -> Iterator[str]:
    """The sections as sentences of a story dated `on`; `seen` is the alert's own day, `name` its sender.

    The first says whose words they are. A sentence whose day cannot be told is left out.
    """
    first = True
    for label, words in _parts(value) if is_sectioned(value) else ():
        for text in _sentences(label, words):
            moved = days_seen(text, on, seen)
            if moved is None:
                continue
            yield _attributed(moved, name) if first else moved
            first = False


def to_expect(value: str, on: date, seen: date) -> str:
    """What a description that opens with WHAT says to expect ("up to 2 feet of water."); '' where that is no mere thing."""
    first = next(iter(told(value, "", on, seen)), "")
    opening = "The alert said to expect "
    return first.removeprefix(opening) if first.startswith(opening) else ""


def _attributed(text: str, name: str) -> str:
    """The first sentence with whose words they are, the sender by its short name: the story's lead has it in full."""
    bare = text.removeprefix(f"{_HEADINGS['WHAT']}: ")
    if bare != text and not _VERB.search(bare):
        return f"{capital(says(short(name)))} to expect {bare}"
    return f"{text[:-1]}, {says(short(name))}."


def _parts(value: str) -> Iterator[tuple[str, str]]:
    """The sections with their labels in order, and what stands outside of them under no label."""
    at = 0
    for found in _SECTION.finditer(value):
        yield from (("", paragraph) for paragraph in re.split(r"\n\s*\n", value[at : found.start()]))
        if found["label"] not in _BY_FIELDS:
            yield found["label"], found["words"]
        at = found.end()
    yield from (("", paragraph) for paragraph in re.split(r"\n\s*\n", value[at:]))


def _sentences(label: str, words: str) -> Iterator[str]:
    """A section's sentences; the first after its heading, unless they are whole sentences by their nature."""
    words = re.sub(r"(?<=[a-z])\s*\.{3}\s*", " ", words)  # "impacted include... Quillon" runs on
    text = _CLOCK.sub(_clock, re.sub(r"\s+", " ", words.replace("...", ", ")).strip())
    for number, (start, end) in enumerate(split(text)):
        sentence = words_of(text[start:end])
        if not sentence or is_capitals(sentence) or re.search(r"https?:|\bwww\.", sentence):
            continue
        if not label and len(sentence.split()) < 4:
            continue
        whole = label in _WHOLE or (label in ("IMPACTS", "IMPACT") and _VERB.search(sentence))
        if number == 0 and label and not whole:
            heading = _HEADINGS.get(label, label.capitalize())
            sentence = (
                f"{heading}: {sentence[:1].lower()}{sentence[1:]}"
                if _is_plain(sentence)
                else f"{heading}: {sentence}"
            )
        yield f"{capital(sentence)}."


def _is_plain(sentence: str) -> bool:
    """Whether the first word has its capital from standing first: it is a word of amounts and weather, not a name."""
    return bool(_PLAIN.match(sentence))


_PLAIN = re.compile(r"(?:Up|About|Around|Additional|Minor|Moderate|Major|Heavy|Light|Strong|Flash|Flooding|Flood|Snow|Rain|Rainfall|Ice|"
                         r"Sleet|Winds?|Gusty|Gusts|North|South|East|West|Northeast|Northwest|Southeast|Southwest|Dangerous|Dangerously|Very|Dense|"
                         r"Visibility|Travel|Roads?|Excessive|High|Low|Large|Life-threatening|Rip|Seas|Waves|Frost|Freezing|Sub-freezing|"
                         r"Temperatures|Wind|Heat|Hot|Cold|Extreme|Isolated|Scattered|Plan|Power|Downed|Blowing|Patchy|Areas|Significant|A|An|The|"
                         r"Some|Several|Many|Damage|Damaging|Breaking|Accumulations|Total|Near|Locally|Poor|Hazardous|Difficult|Radar)\b")  # fmt: skip


def _clock(found: re.Match[str]) -> str:
    minutes = f":{found['minute']}" if found["minute"] and found["minute"] != "00" else ""
    return f"{found['hour']}{minutes} {found['half'].lower()}.m."
