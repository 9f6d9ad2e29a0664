"""A headline or a deck out of one sentence of a document: its subject, its verb in a headline's tense, what it does.

Cut, never put together: what is left stands in the sentence in this order, and only the verb's tense and articles change
("will close" becomes "to close", "advised" becomes "advises"). A sentence is not cut where what falls away would turn it:
a condition, a negation, an exception.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from backread.text import quotations, sentences
from backread.text.forms.base import Rendered, capital
from backread.text.forms.days import days_seen, own_day, tidied
from backread.values.area import Area
from backread.values.capture import Capture, Field

_READ_SO_FAR = 20_000
_LEAST, _MOST, _DECK_MOST = 5, 16, 15
_DATE_LINE = re.compile(r"^[A-Z][A-Z .,'’-]{2,40}?\s+(?:—|–|--|-)\s+(?=\S)")
_SAID = re.compile(
    r",\s+(?:according to [^,;]{2,90}|(?:the )?[\w’' ]{2,80} (?:said|found|says)(?: in [a-z ]{3,30})?)\.$"
)
_TURNS = re.compile(
    r"(?i)\b(?:if|unless|until|except|only|not|but|denied|rejected|would|may|might|could|alleged\w*|accused|suspected)\b|n['’]t\b"
)
_CUT = re.compile(
    r",? (?:while|after|because|when|who|which|that|in connection with|for at least|at least|where|as part of|so that)\b.*$|, (?:and|or) (?=[a-z]+ ).*$"
)
_APPOSED = re.compile(r"\b(?P<at>at|in|on) [a-z][\w ]+, (?P<names>[A-Z][\w’' ]+ and [A-Z][\w’' ]+)$")
_TENSES = {
    "adopted": "adopts", "advised": "advises", "announced": "announces", "approved": "approves", "arrested": "arrests",
    "asked": "asks", "awarded": "awards", "canceled": "cancels", "closed": "closes", "criticized": "criticizes", "filed": "files",
    "hired": "hires", "issued": "issues", "lifted": "lifts", "named": "names", "opened": "opens", "ordered": "orders",
    "passed": "passes", "proposed": "proposes", "recommended": "recommends", "released": "releases", "sued": "sues",
    "warned": "warns",
}  # fmt: skip
_SUBJECT = r"(?P<subject>(?:The |A |An )?[^,;:]{3,70}?)"
_PAST = re.compile(
    rf"^{_SUBJECT}(?: on (?:[A-Z]\w+day|[A-Z]\w+\.? \d+),?)? (?P<verb>{'|'.join(_TENSES)}) (?P<rest>.+)$"
)
_WILL = re.compile(rf"^{_SUBJECT} will (?P<verb>[a-z]+) ?(?P<rest>.*)$")
_BEEN = re.compile(rf"^{_SUBJECT} (?:has|have) been (?P<verb>[a-z]+ed) ?(?P<rest>.*)$")
_NO_SUBJECT = re.compile(
    r"(?i)\b(?:had|has|have|been|be|is|are|was|were|may|can|will|its|their|published|also|it|he|she|they|and the)\b"
)
_CLOCK = re.compile(r" (?:at|from) (?:\d[\d:]* [ap]\.m\.|noon|midnight)(?: to \d[\d:]* [ap]\.m\.)?")
_ARTICLE = re.compile(r"(?<![A-Z][a-z] )\b(?:the|a|an) (?=[\w$“])")


def lead(capture: Capture, on: dt.date, area: Area | None) -> Iterator[Rendered]:
    """A headline and a deck for each sentence of a document's running text that can be cut to one."""
    for start, end in _spans(capture.text[:_READ_SO_FAR]):
        words = re.sub(r"\s+", " ", capture.text[start:end])
        told = days_seen(words, on, own_day(capture, area.zone if area else dt.UTC))
        if told is None or quotations.find(told):
            continue
        told = tidied(told)
        used = (Field(name="sentence", value=words, start=start, end=end),)
        if head := headline_of(told, area):
            yield Rendered(text=head, fields=used, part="headline")
        if deck := deck_of(told, area):
            yield Rendered(text=deck, fields=used, part="deck")


def headline_of(told: str, area: Area | None) -> str:
    """The headline in a sentence; '' when it holds none of fitting length, or cutting it would turn it."""
    whole = _ended(_SAID.sub("", told))
    found = _WILL.match(whole) or _PAST.match(whole) or _BEEN.match(whole)
    if found is None or _NO_SUBJECT.search(found["subject"]):
        return ""
    verb = found["verb"]
    shown = _TENSES.get(verb, verb if found.re is _BEEN else f"to {verb}")
    rest = _shorter(found["rest"])
    if rest is None:
        return ""
    subject = _brief(re.sub(r"^(?:The|A|An) ", "", found["subject"]), area)
    words = _ARTICLE.sub("", f"{subject} {shown}{_CLOCK.sub('', f' {rest}')}".strip())
    return capital(words) if _LEAST <= len(words.split()) <= _MOST else ""


def _brief(subject: str, area: Area | None) -> str:
    """An agency of the area without the area's own name: readers know whose health department it is."""
    known = {agency.name for agency in area.agencies} if area else set()
    rest = subject.removeprefix(f"{area.name} ") if area else subject
    return rest if subject in known and len(rest.split()) > 1 else subject


def _ended(words: str) -> str:
    """Without the full stop at its end, unless a time of day ends there."""
    return words if re.search(r"\b[ap]\.m\.$", words) else words.rstrip(".")


def _shorter(rest: str) -> str | None:
    """What a headline keeps behind its verb; None where what falls away would turn it."""
    kept = _APPOSED.sub(r"\g<at> \g<names>", rest)
    cut = _CUT.sub("", kept).rstrip(" ,")
    gone = kept[len(cut) :]
    return None if _TURNS.search(gone) or not cut else cut


def deck_of(told: str, area: Area | None) -> str:
    """The sentence without who said it and without its full stop, agencies by their short name; '' when it is too long."""
    words = _ended(_SAID.sub("", told))
    for agency in area.agencies if area else ():
        short = next(
            (a for a in agency.names if a != agency.name and a[-1:].islower() and a.split()[-1].islower()), ""
        )
        if short and words.startswith(f"The {agency.name} "):
            words = capital(f"{short}{words[len(agency.name) + 4 :]}")
    return words if _LEAST <= len(words.split()) <= _DECK_MOST else ""


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n]+", text):
        opened = _DATE_LINE.match(line.group())
        begin = line.start() + (opened.end() if opened else 0)
        for start, end in sentences.split(text[begin : line.end()]):
            if text[begin + start : begin + end].endswith("."):
                yield begin + start, begin + end
