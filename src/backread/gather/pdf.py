"""PDF files: the words of each page, in a process of their own (the PDF library can end the process it runs in).

Page footers that every page repeats are left out. A file whose pages hold pictures only says so: reading pictures is
not done here. No script and no embedded file is ever run or opened.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import Any

from backread.errors import GatherError
from backread.gather import meeting
from backread.gather.dated import day_in
from backread.gather.facts import moment
from backread.gather.fence import fenced
from backread.gather.reading import HIDDEN, TRUNCATED, Reading, capture_of, one_line, smuggles, tidy
from backread.gather.walk import told_flags
from backread.ports import Fetched
from backread.values.capture import Capture
from backread.values.source import Genre, Source

EXTRACTOR = "pdf 1"
MOST_PAGES, MOST_CHARACTERS, MOST_BYTES = 400, 1_500_000, 60_000_000
SECONDS, MEGABYTES = 20.0, 1_500
_OPEN = "open it as a PDF"
_CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?([+-]\d{2})?'?(\d{2})?")


def read(source: Source, fetched: Fetched) -> Reading:
    """One capture; refused when it is broken, encrypted, or holds no words."""
    if len(fetched.body) > MOST_BYTES:
        return Reading(refusal=f"The PDF has more than {MOST_BYTES:,} bytes.")
    try:
        pages, told, of = fenced(pages_of, fetched.body, seconds=SECONDS, megabytes=MEGABYTES)
    except GatherError as err:
        return Reading(
            refusal=err.hint
            if err.step == _OPEN
            else f"It is no readable PDF: could not {err.step}. {err.hint}"
        )
    text = tidy("\n\n".join(_without_furniture(pages)))
    if not text:
        return Reading(
            refusal="The PDF holds no words; its pages may be pictures." if of else "The PDF has no pages."
        )
    return Reading(captures=(_capture(source, fetched, text, pages, told, of),), health=_notes(pages, of))


def pages_of(body: bytes) -> tuple[list[str], dict[str, str], int]:
    """The words of each page, the file's own facts, and how many pages there are. Raises GatherError."""
    import pypdfium2
    from pypdfium2 import PdfiumError

    try:
        document = pypdfium2.PdfDocument(body)
    except PdfiumError as err:
        raise GatherError("the file", step=_OPEN, hint=_why(err)) from err
    held, length, of = [], 0, len(document)
    for number in range(min(of, MOST_PAGES)):
        try:
            words = _page(document[number].get_textpage())
        except PdfiumError:
            words = ""
        held.append(words[: MOST_CHARACTERS - length])
        length += len(words)
        if length >= MOST_CHARACTERS:
            break
    told = {key: str(value)[:500] for key, value in document.get_metadata_dict().items() if value}
    return held, told, of


def _page(page: Any) -> str:
    """A page's lines, with an empty line wherever the gap on the page is wider than between its lines."""
    words = page.get_text_range()
    lines = [(hit.start(), hit[0]) for hit in re.finditer(r"[^\r\n]+", words)]
    bottoms = [_bottom(page, start, line) for start, line in lines]
    gaps = [above - below for above, below in pairwise(bottoms)]
    common = median([gap for gap in gaps if 4 < gap < 60] or [0.0])
    kept = []
    for number, (_, line) in enumerate(lines):
        wide = number and common and gaps[number - 1] > 1.35 * common
        kept.append(f"\n{line}" if wide else line)
    return "\n".join(kept)


def _bottom(page: Any, start: int, line: str) -> float:
    """Where a line stands, in points from the page's foot; 0 where the library does not say."""
    from pypdfium2 import PdfiumError

    first = start + len(line) - len(line.lstrip())
    try:
        return float(page.get_charbox(first, loose=True)[1])
    except (PdfiumError, IndexError, ValueError):
        return 0.0


def _why(err: Exception) -> str:
    return (
        "The PDF is locked with a password." if "password" in str(err).lower() else "It is no readable PDF."
    )


def _capture(
    source: Source, fetched: Fetched, text: str, pages: list[str], told: dict[str, str], of: int
) -> Capture:
    flags = told_flags(text)
    flags |= {HIDDEN} if smuggles("".join(pages)) else set()
    flags |= {TRUNCATED} if len(pages) < of else set()
    return capture_of(
        source,
        fetched,
        text,
        EXTRACTOR,
        title=_title(told, text),
        # The day printed on it counts before the moment the file was made.
        published=day_in(text, fetched.taken)
        or moment(_created(told.get("CreationDate", "")), fetched.taken),
        fields=meeting.fields_in(text, source) if source.genre in (Genre.AGENDA, Genre.MINUTES) else (),
        flags=flags,
    )


def _title(told: dict[str, str], text: str) -> str:
    stated = one_line(told.get("Title", ""))
    if len(stated) > 8 and " " in stated and not re.search(r"(?i)\.(?:docx?|indd|pdf|xlsx?|pptx?)$|^microsoft|untitled", stated):  # fmt: skip
        return stated
    return next((line for line in text.split("\n") if 8 < len(line) < 140), "")


def _created(words: str) -> str:
    found = _CREATED.match(words)
    if not found:
        return ""
    year, month, day, hour, minute, _, zone, past = found.groups()
    if hour is None or zone is None:
        return f"{year}-{month}-{day}"
    return f"{year}-{month}-{day}T{hour}:{minute}:00{zone}:{past or '00'}"


def _without_furniture(pages: list[str]) -> list[str]:
    """Pages without the first and last lines that most of them share but for a number."""
    lines = [
        [line.strip() for line in page.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        for page in pages
    ]
    edges = Counter(key for page in lines for key in {_key(line) for line in _edges(page)})
    furniture = {key for key, times in edges.items() if key and times > 1 and times >= 0.6 * len(pages)}
    numbered = re.compile(r"(?i)(?:^|\W)page \d+ of \d+$|^\W*\d{1,4}\W*$")
    kept = []
    for page in lines:
        edge = set(_edges(page))
        kept.append("\n".join(_joined([x for x in page if not (x in edge and (_key(x) in furniture or numbered.search(x)))])))  # fmt: skip
    return kept


def _edges(page: list[str]) -> list[str]:
    full = [line for line in page if line]
    return [*full[:2], *full[-2:]]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line).lower()


_ENDED = re.compile(r"[.:;?!][\"”’')]*$")
_STARTS = re.compile(r"\d{1,3}[.)]\s|[A-Z]\.\s|[•●▪*–-]\s")


def _joined(lines: list[str]) -> list[str]:
    """Lines of one paragraph as one line: a PDF knows lines only. A short line, or one that ends a sentence, stands alone."""
    longest = max((len(line) for line in lines), default=0)
    kept: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        goes_on = before and line and not _STARTS.match(line) and _runs_on(before, line, longest)
        if goes_on and kept:
            kept[-1] = (
                f"{kept[-1][:-1]}{line}"
                if re.search(r"\w\u00ad$|\ufffe$", kept[-1])
                else f"{kept[-1]} {line}"
            )
        else:
            kept.append(line)
    return kept


def _runs_on(before: str, line: str, longest: int) -> bool:
    first = line.split(" ", 1)[0]
    full = len(before) + len(first) + 1 > 0.82 * longest and len(before) > 45
    return full or (line[:1].islower() and not _ENDED.search(before) and len(before) > 30)


def _notes(pages: list[str], of: int) -> tuple[str, ...]:
    notes = [f"The PDF has {of} pages; the first {len(pages)} are read."] if len(pages) < of else []
    empty = sum(1 for page in pages if not page.strip())
    if empty:
        notes.append(f"{empty} of {len(pages)} pages hold no words; they may be pictures.")
    return tuple(notes)
