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
_OWN = r"(?:the )?(?:[A-Z][\w’']+ |of |and |for |the )*(?:[Dd]epartment|[Aa]uthority|[Oo]ffice|[Cc]ouncil|[Bb]oard|[Cc]ounty|[Cc]ity|[Dd]istrict|[Aa]ssociation|[Aa]gency|[Ss]ervice|[Cc]ommission|[Rr]eport|[Rr]eview|[Ss]tate)(?: of [A-Z]\w+)?"
_SAID = re.compile(
    rf",\s+(?:according to {_OWN}(?:’s \w+)?|{_OWN} (?:said|found|says)(?: in a [a-z ]{{3,20}})?)\.$"
)
_TURNS = re.compile(
    r"(?i)\b(?:if|unless|until|except|only|not|no|but|when|once|after|before|denied|rejected|would|may|might|could|alleged\w*|accused|suspected)\b|n['’]t\b"
)
_CUT = re.compile(
    r"(?:, (?:who|which|as part of|including)\b|,? while\b|,? in connection with\b|,? for at least \d|, and (?=[a-z]+ing\b)|, or (?=[a-z]+ )).*$"
)
_APPOSED = re.compile(r"\b(?P<at>at|in|on) [a-z][\w ]+, (?P<names>[A-Z][\w’' ]+ and [A-Z][\w’' ]+)$")
_TENSES = {
    "adopted": "adopts", "advised": "advises", "announced": "announces", "approved": "approves", "arrested": "arrests",
    "asked": "asks", "awarded": "awards", "canceled": "cancels", "closed": "closes", "criticized": "criticizes", "filed": "files",
    "hired": "hires", "issued": "issues", "lifted": "lifts", "named": "names", "opened": "opens", "ordered": "orders",
    "passed": "passes", "proposed": "proposes", "recommended": "recommends", "released": "releases", "sued": "sues",
    "warned": "warns",
}  # fmt: skip
_SUBJECT = r"(?P<subject>(?:The |A |An )?[^,;:–—]{3,70}?)"
_PAST = re.compile(
    rf"^{_SUBJECT}(?: on (?:[A-Z]\w+day|[A-Z]\w+\.? \d+),?)? (?P<verb>{'|'.join(_TENSES)}) (?P<rest>.+)$"
)
_WILL = re.compile(rf"^{_SUBJECT} will (?P<verb>[a-z]+) ?(?P<rest>.*)$")
_BEEN = re.compile(rf"^{_SUBJECT} (?:has|have) been (?P<verb>[a-z]+ed) ?(?P<rest>.*)$")
_NO_SUBJECT = re.compile(
    r"(?i)^(?!at least )(?:and|but|or|nor|when|if|as|in|on|at|for|with|by|after|while|[a-z]+ing|this|that|these|those|here\W?s|there)\b"
    r"|\b(?:had|has|have|been|be|is|are|was|were|may|can|will|its|their|his|her|our|published|also|it|he|she|they|i|we|you|and the|that|who"
    r"|which|if|when|how|what|this|last|year|later|then|now|recently|\w+ly|said|says?|told|believes?|thinks?|hopes?|predicts?"
    r"|expects?|claims?|argues?|knows?|feels?|suggests?|warns?|announces?|shows?|fears?|means?|no|not|never|don)\b|n['’]t\b|\b(?:the|a|an|of|to)$"
)
"""What is no plain name of somebody or something before the verb."""
_NO_FUTURE = re.compile(
    r"(?:have|need|hope|want|feel|never|not|no|also|soon|still|again|now|then|likely|instead|make|seem|remain|\w+ly)$"
)
_NO_OBJECT = re.compile(
    r"^(?:in|on|at|by|for|from|to|with|that|when|if|as|and|but|late|early|this|last|next|[A-Z]\w+day)\b"
)
"""After a past tense these mark a participle ("released in March") or an object that goes on too long for a headline."""
_FINITE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|said|says|noted|included|quote|would|will)\b|''|[“”\"]"
)
_HANGS = re.compile(r"\b(?:in|of|to|at|by|with|for|from|on|about|the|a|an|and|or|all|that|as|than|not|more)$")
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
    shown, rest = _verb(found), _shorter(found["rest"])
    if not shown or rest is None or _FINITE.search(rest) or _HANGS.search(rest):
        return ""
    subject = _brief(re.sub(r"^(?:The|A|An) ", "", found["subject"]), area)
    words = _ARTICLE.sub("", f"{subject} {shown}{_CLOCK.sub('', f' {rest}')}".strip())
    return capital(words) if _LEAST <= len(words.split()) <= _MOST else ""


def _verb(found: re.Match[str]) -> str:
    """The verb as a headline has it; '' where it cannot be told that it is the sentence's own."""
    verb, rest = found["verb"], found["rest"]
    if found.re is _BEEN:
        return verb
    if found.re is _WILL:
        weak = verb == "be" and not re.match(r"[a-z]+(?:ed|en|wn|ld|lt|pt|ut)\b", rest)
        return "" if weak or _NO_FUTURE.match(verb) else f"to {verb}"
    if _NO_OBJECT.match(rest):
        return ""
    many = _is_plural(found["subject"])
    if many is None:
        return ""
    present = _TENSES[verb]
    return present if not many else "pass" if verb == "passed" else present[:-1]


def _is_plural(subject: str) -> bool | None:
    """Whether a subject's own noun, the last word before what belongs to it, is in the plural; None when it could be a name."""
    head = re.split(r" (?:of|at|in|for|with|from|to|on) ", subject)[0]
    last = head.split()[-1]
    if " and " in head:
        return True
    if not last.endswith("s") or last.endswith("ss"):
        return False
    return True if last.islower() else None if head == last else False


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
