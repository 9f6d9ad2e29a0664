"""Transcripts of a recording (.vtt, .srt): the words as paragraphs by speaker, each cue's time a field.

A speaker is named as the file names one: a voice tag, ">> NAME:" or "NAME:" in capitals at the start of a cue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from backread.gather.decode import decoded, stated_type
from backread.gather.reading import Reading, Sheet, capture_of, one_line
from backread.ports import Fetched
from backread.values.capture import Field
from backread.values.source import Source

EXTRACTOR = "transcript 1"
_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*\S+")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,80})>")
_TAG = re.compile(r"<[^<>]{0,200}>")
_NAMED = re.compile(r"^(?:>>+\s*)?([A-Z][A-Z.'’ -]{2,40}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}):\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One cue: when it starts ("0:01:05"), who speaks ('' where not said) and the words."""

    at: str
    speaker: str
    words: str


def read(source: Source, fetched: Fetched) -> Reading:
    """One capture; a paragraph each time the speaker changes. Refused when there is no cue."""
    found = cues(decoded(fetched.body, stated_type(fetched)))
    if not found:
        return Reading(refusal="The transcript holds no cue with a time and words.")
    sheet = _sheet(found)
    capture = capture_of(source, fetched, sheet.text, EXTRACTOR, fields=tuple(sheet.fields))
    return Reading(captures=(capture,))


def looks_like(text: str) -> bool:
    """Whether text is WebVTT or SubRip."""
    head = text[:2000].lstrip("\ufeff \r\n")
    return head.startswith("WEBVTT") or (bool(re.match(r"\d+\s*\n", head)) and bool(_TIME.search(head)))


def cues(text: str) -> list[Cue]:
    """The cues in order; notes, styles and numbers are no words. Rolling captions repeat a line: said once."""
    found: list[Cue] = []
    for block in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        timed = next((n for n, line in enumerate(lines[:3]) if _TIME.search(line)), None)
        if timed is None:
            continue
        before = set(found[-1].words.split("\n")) if found else set[str]()
        words = [line for line in lines[timed + 1 :] if line.strip()]
        cue = _cue(_TIME.search(lines[timed]), words)
        kept = "\n".join(line for line in cue.words.split("\n") if line and line not in before)
        if kept:
            found.append(Cue(at=cue.at, speaker=cue.speaker, words=kept))
    return found


def _cue(time: re.Match[str] | None, lines: list[str]) -> Cue:
    hours, minutes, seconds = (int(time[n] or 0) for n in (1, 2, 3)) if time else (0, 0, 0)
    joined = "\n".join(lines)
    voice = _VOICE.search(joined)
    words = "\n".join(one_line(_TAG.sub("", line)) for line in lines)
    named = None if voice else _NAMED.match(words)
    speaker = one_line(voice[1]) if voice else named[1].strip() if named else ""
    words = words[named.end() :] if named else re.sub(r"^>>+\s*", "", words)
    return Cue(at=f"{hours}:{minutes:02}:{seconds:02}", speaker=speaker, words=words)


def _sheet(found: list[Cue]) -> Sheet:
    sheet, last = Sheet(), ""
    for record, cue in enumerate(found, 1):
        words = cue.words.replace("\n", " ")
        if cue.speaker and cue.speaker != last:
            sheet.write("\n\n" if record > 1 else "")
            sheet.state("speaker", cue.speaker, record=record, end=": ")
            last = cue.speaker
        elif record > 1:
            sheet.write(" ")
        start, end = sheet.write(words)
        sheet.fields.append(Field(name="at", value=cue.at, start=start, end=end, record=record))
    return sheet
