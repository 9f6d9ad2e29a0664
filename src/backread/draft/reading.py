"""Read a capture as a reporter does: its paragraphs of running text, without the furniture around them.

Furniture is what a page or a release says about itself: headings, captions, contact lines, "About us", memo
heads, page footers. A sentence that gives an address on the web or speaks to a
machine is never told; a phone number only where readers are asked to call it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from backread.values.capture import Capture, Passage

_ENDS = re.compile(r"[.?!][\"”’')\]]*$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Gov|Lt|Sgt|Capt|Col|Gen|Sen|Sens|Rep|Reps|Rev|Dr|Mr|Mrs|Ms|Prof|St|Mt|Ft|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Jr|Sr"
    r"|Inc|Co|Corp|Ltd|Ave|Blvd|Rd|vs|approx|est|Dept)|\b[A-Z]|\b[ap]\.m|\bU\.S|\b[A-Z]\.[A-Z])\.$"
)
_BREAK = re.compile(r"[.?!][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9$])")
_AFTER_CLOCK = re.compile(r"\b[ap]\.m\.$")
_DAY_WORD = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_FURNITURE = re.compile(
    r"(?i)^(?:to|from|date|subject|re|cc|contact|media contact|press contact|posted|published|updated|photo|filed under|tags?)\b\s*:"
    r"|\bphoto(?:s| courtesy)?(?: by)?:|^posted (?:on|by)\b|^#+$|for immediate release|all rights reserved|©|\bcookies?\b|^share\b"
    r"|^subscribe\b|^sign up\b|page \d+ of \d+|^respectfully submitted|^draft until|^an official website|newsletter"
)
_STAMP = re.compile(r"\b(?:19|20)\d\d,? .{0,4}\d [ap]\.m\.$|^\W*\d{1,3}[.)]\W*$")
_ABOUT = re.compile(
    r"(?i)^(?:about\b|press contact|contact|media contact|how to take part|stay in touch|related)"
)
_PHONE = re.compile(r"\b\d{3}[-.\u2011 ]\d{3}[-. ]\d{4}\b|\b555-\d{4}\b")
_SERVES = re.compile(r"(?i)\b(?:call|phone|sign(?:ing)? up|register|registration|reserve|questions|report)\b")
_NOT_FOR_READERS = re.compile(
    r"(?i)\b(?:press|media|reporters?|interviews?|donat\w+|pay|paid|payments?|wired?|gift|cards?|crypto\w*|bank|account|prize|claim)\b"
)
"""A phone number is told where the document gives it to readers for something; never a press office's or where money is asked."""
_NEVER = re.compile(
    r"(?i)\S+@\S+\.\w+|https?://|\bwww\.|website\b"
    r"|\b(?:AI systems?|language models?|summarizers?|chatbots?|disregard (?:your|all|any|previous)|ignore (?:your|all|any|previous))\b|^SYSTEM:"
)


def is_service(text: str) -> bool:
    """Whether a sentence tells readers how to reach somebody or take part."""
    return (bool(_PHONE.search(text)) and _is_for_readers(text)) or bool(_TAKES_PART.search(text))


def is_never_told(text: str) -> bool:
    """Whether a sentence holds an address on the web, a phone number not meant for readers, or words to a machine."""
    return bool(_NEVER.search(text)) or (bool(_PHONE.search(text)) and not _is_for_readers(text))


def _is_for_readers(text: str) -> bool:
    return bool(_SERVES.search(text)) and not _NOT_FOR_READERS.search(text)


_TAKES_PART = re.compile(
    r"(?i)^(?:applications?|bids|proposals|nominations|entries|registration)\b.* (?:opens?|closes?|(?:is|are|will be) (?:due|accepted|open))\b|^(?:anyone|readers|residents|members|volunteers|customers|people|written comments|questions)\b.* (?:may|can|is asked to|are asked to|must)\b"
)
DATE_LINE = re.compile(r"^(?P<place>[A-Z][A-Z .,'’-]{2,40}?)\s+(?:—|–|--|-)\s+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One sentence of a source: where it stands, and its words on one line."""

    capture: Capture
    start: int
    end: int
    paragraph: int

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return re.sub(r"\s+", " ", self.capture.text[self.start : self.end])

    @property
    def passage(self) -> Passage:
        """The exact passage."""
        return self.capture.passage(self.start, self.end)


def paragraphs(
    capture: Capture, start: int = 0, end: int | None = None, *, about: bool = False
) -> tuple[tuple[Told, ...], ...]:
    """The paragraphs of running text between two offsets, each as its sentences; furniture left out.

    What stands under a heading such as "About us" or "How to take part" only with `about`.
    """
    stop = len(capture.text) if end is None else end
    kept: list[tuple[Told, ...]] = []
    in_about = False
    for first, last in _blocks(capture.text, start, stop):
        words = capture.text[first:last]
        if not _ENDS.search(words) or _STAMP.search(words):
            in_about = bool(_ABOUT.match(words.strip()))
            continue
        if (in_about and not about) or _FURNITURE.search(words):
            continue
        told = sentences(capture, first, last, len(kept))
        found = tuple(t for t in told if not is_never_told(t.text) and not _STAMP.search(t.text))
        if found:
            kept.append(found)
    return tuple(kept)


def sentences(capture: Capture, start: int, end: int, paragraph: int = 0) -> tuple[Told, ...]:
    """The sentences between two offsets. A quotation of several sentences is never cut inside."""
    text = capture.text
    dateline = DATE_LINE.match(text[start:end])
    begin = start + (dateline.end() if dateline else 0)
    found, cursor = [], begin
    for hit in _BREAK.finditer(text, begin, end):
        if _is_break(text, cursor, hit):
            found.append((cursor, hit.end()))
            cursor = hit.end()
    found.append((cursor, end))
    return tuple(_told(capture, first, last, paragraph) for first, last in found if text[first:last].strip())


def dropped(capture: Capture) -> int:
    """How many sentences of running text were left out because they give a phone number, an address or the like."""
    return sum(
        1
        for first, last in _blocks(capture.text, 0, len(capture.text))
        if _ENDS.search(capture.text[first:last]) and not _FURNITURE.search(capture.text[first:last])
        for told in sentences(capture, first, last)
        if is_never_told(told.text)
    )


def _told(capture: Capture, first: int, last: int, paragraph: int) -> Told:
    words = capture.text[first:last]
    start = first + len(words) - len(words.lstrip())
    return Told(capture=capture, start=start, end=start + len(words.strip()), paragraph=paragraph)


def _is_break(text: str, begin: int, hit: re.Match[str]) -> bool:
    upto = text[begin : hit.end()].rstrip()
    if upto.count("“") > upto.count("”") or upto.count('"') % 2:
        return False
    if _AFTER_CLOCK.search(upto):
        return not _DAY_WORD.match(text[hit.end() : hit.end() + 12])
    return not _ABBREVIATED.search(upto)


def _blocks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches between hard line breaks. A line that goes on in lower case, or breaks off long, is soft."""
    blocks: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text[start:end]):
        first, last = start + line.start(), start + line.end()
        words = text[first:last].strip()
        if not words:
            continue
        first += len(text[first:last]) - len(text[first:last].lstrip())
        last = first + len(words)
        if blocks and _is_soft(text, blocks[-1], first):
            blocks[-1] = (blocks[-1][0], last)
        else:
            blocks.append((first, last))
    return blocks


def _is_soft(text: str, before: tuple[int, int], start: int) -> bool:
    gap = text[before[1] : start]
    if gap.count("\n") != 1:
        return False
    last_line = text[before[0] : before[1]].rsplit("\n", 1)[-1]
    if _ENDS.search(last_line) and not _ABBREVIATED.search(last_line):
        return False
    return len(last_line) > 55 or (len(last_line) > 20 and text[start : start + 1].islower())
