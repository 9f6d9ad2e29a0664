"""Quotations in a text: the words inside the marks, who said them and the verb that says so.

Read a whole paragraph or story at once: a quotation may open in one sentence and close in a later one, or
run over paragraphs that each open and only the last of which closes. Offsets count code points and frame
the words between the marks. Nested quotations stay inside the outer one's words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

VERBS = [
    "said",
    "says",
    "told",
    "added",
    "wrote",
    "asked",
    "warned",
    "argued",
    "noted",
    "explained",
    "continued",
    "stated",
    "tweeted",
    "testified",
    "replied",
    "insisted",
    "announced",
    "declared",
    "recalled",
    "concluded",
    "called",
    "urged",
    "acknowledged",
    "responded",
    "promised",
]
_SAY = "|".join(VERBS)
_NAME = r"(?:[A-Z][\w.’'-]*)(?:\s(?:de |van |von |of |al-)?[A-Z][\w.’'-]*){0,6}"
_PERSON = rf"(?:(?:the\s)?{_NAME}|[Hh]e|[Ss]he|[Tt]hey|[Tt]he\s[a-z]+(?:\s[a-z]+)?)"
_AFTER = (
    re.compile(rf"[”\"’']?,?\s*(?P<speaker>{_PERSON})\s(?:\w+ly\s)?(?P<cue>{_SAY})\b"),
    re.compile(rf"[”\"’']?,?\s*(?P<cue>{_SAY})\s(?P<speaker>{_PERSON})"),
)
_BEFORE = re.compile(rf"(?P<speaker>{_PERSON})\s(?:\w+ly\s)?(?P<cue>{_SAY})\b[^“\"]{{0,40}}[“\"‘]?\Z")
_OPENS_DOUBLE, _CLOSES_DOUBLE = "“„", "”"
_LEADS = " \t\n\u00a0\u202a([{—–-/‘':"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words between quotation marks. `is_partial`: a few words taken into the writer's own sentence, or a title."""

    start: int
    end: int
    words: str
    speaker: str = ""
    cue: str = ""
    is_partial: bool = False


def find(text: str) -> tuple[Quotation, ...]:
    """Every quotation of `text`, in order, never overlapping; one that never closes ends with its paragraph."""
    spans = sorted({*_doubles(text)})
    opened = [start for start, _ in spans]
    for start, end in _singles(text):
        place = bisect_right(opened, start)
        if not place or spans[place - 1][1] <= start:
            spans.append((start, end))
    return tuple(_quotation(text, start, end) for start, end in sorted(spans) if text[start:end].strip())


def outside(text: str) -> str:
    """`text` with every quoted stretch blanked out by spaces, so that offsets stay."""
    kept = list(text)
    for quotation in find(text):
        kept[quotation.start : quotation.end] = " " * (quotation.end - quotation.start)
    return "".join(kept)


def _doubles(text: str) -> Iterator[tuple[int, int]]:
    opened = -1
    for mark in re.finditer(r"[“”„\"]|\n\s*\n|\Z", text):
        at, kind = mark.start(), mark.group()
        if kind == "" or kind[0] == "\n":
            if 0 <= opened < at:
                yield opened, at
            opened = -1
        elif opened < 0 and _opens(text, at):
            opened = at + 1
        elif opened >= 0 and _closes(text, at):
            yield opened, at
            opened = -1


def _opens(text: str, at: int) -> bool:
    """Whether a mark opens: by its form, or, typed the wrong way round, by what stands beside it."""
    if text[at] in _OPENS_DOUBLE:
        return True
    lead = at == 0 or text[at - 1] in _LEADS or text[at - 1].isspace()
    return lead and bool(re.match(r"\S|\s…", text[at + 1 : at + 3]))


def _closes(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    if text[at] in _CLOSES_DOUBLE:
        return True
    if text[at] in _OPENS_DOUBLE:
        return at > 0 and text[at - 1] in ".,!?…’" and (not after or not after.isalnum())
    return at == 0 or not text[at - 1].isspace() or not after or after.isspace()


_SINGLE = re.compile(
    r"(?:(?<=[\s(—–])|\A)(?:‘(?=[^\W\d])[^‘“”\"\n]{2,400}?(?<=[\w.,!?…])’(?!\w)"
    r"|'(?=[^\W\d])[^'“”\"\n]{2,400}?(?:(?<=\w)'(?=\w)[^'“”\"\n]{1,200}?){0,9}(?<=[\w.,!?…])'(?!\w))"
)


def _singles(text: str) -> Iterator[tuple[int, int]]:
    for match in _SINGLE.finditer(text):
        yield match.start() + 1, match.end() - 1


def _quotation(text: str, start: int, end: int) -> Quotation:
    words = text[start:end]
    speaker, cue = _said(text, start, end)
    return Quotation(
        start=start,
        end=end,
        words=words,
        speaker=speaker,
        cue=cue,
        is_partial=_is_partial(text, start, end, cue),
    )


def _said(text: str, start: int, end: int) -> tuple[str, str]:
    after = text[end : end + 160]
    for pattern in _AFTER if not text[start:end].rstrip().endswith(".") else ():
        if match := pattern.match(after):
            return match["speaker"], match["cue"]
    if match := _BEFORE.search(text[max(0, start - 160) : start]):
        return match["speaker"], match["cue"]
    return "", ""


def _is_partial(text: str, start: int, end: int, cue: str) -> bool:
    words = text[start:end].strip()
    if len(words.split()) > 12:
        return False
    before = text[max(0, start - 2) : max(0, start - 1)].strip()
    ends = words[-1:] in ".,!?…" or text[end + 1 : end + 2] in ",.!?"
    return not (
        words[:1].isupper()
        and ends
        and (cue or before in ("", ".", ",", ":", "!", "?"))
        and len(words.split()) > 2
    )
