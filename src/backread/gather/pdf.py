"""PDFs, read in a process of their own with limits on time and memory: pdfium may abort, and some files are bombs.

A page without text is a picture of one: the capture then says "scanned", and is refused when no page has text.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

from backread.gather import meeting
from backread.gather.base import Page, Reading, one, refused
from backread.ports import Fetched
from backread.values.source import Genre, Source

EXTRACTOR = "pdf/1"
SECONDS, MEGABYTES, MOST_PAGES = 20, 1_500, 400

_CHILD = """
import json, resource, sys
most, seconds = int(sys.argv[1]) * 1_000_000, int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_AS, (most, most))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
import pypdfium2
document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
pages = [document[n].get_textpage().get_text_bounded() for n in range(min(len(document), int(sys.argv[3])))]
told = {"pages": pages, "count": len(document), "title": document.get_metadata_value("Title"), "made": document.get_metadata_value("CreationDate")}
sys.stdout.buffer.write(json.dumps(told).encode("utf-8", "replace"))
"""


def read(source: Source, fetched: Fetched) -> Reading:
    """One capture of the pages' text, in order."""
    told = _pages(fetched.body)
    if isinstance(told, str):
        return refused(fetched, told)
    pages = [_tidy(str(words)) for words in told["pages"]]
    page = Page(text="\n\n".join(words for words in pages if words))
    if not page.text.strip():
        return refused(fetched, "its pages hold no text; it may be a scan")
    if source.genre in (Genre.MINUTES, Genre.AGENDA):
        meeting.mark(page, source.genre, source.agency or source.name)
    flags = {"scanned pages"} if not all(pages) else set()
    flags |= {"truncated"} if int(str(told["count"])) > MOST_PAGES else set()
    title = str(told.get("title") or "") or page.text.split("\n")[0]
    made = _moment(str(told.get("made") or ""))
    return one(
        source, fetched, page, extractor=EXTRACTOR, title=title, published=made, flags=frozenset(flags)
    )


def _pages(body: bytes) -> dict[str, Any] | str:
    """What the child read, or why it read nothing."""
    command = [sys.executable, "-I", "-c", _CHILD, str(MEGABYTES), str(SECONDS), str(MOST_PAGES)]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=SECONDS + 5, check=False)  # noqa: S603 - our own child
    except subprocess.TimeoutExpired:
        return f"it could not be read within {SECONDS} seconds"
    if done.returncode:
        locked = b"Incorrect password" in done.stderr
        return "it is locked with a password" if locked else "it is no readable PDF"
    told = json.loads(done.stdout)
    return told if isinstance(told, dict) else "it is no readable PDF"


def _tidy(words: str) -> str:
    """Lines without the blanks around them; hyphens at line ends that pdfium marks are joined."""
    words = (
        words.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\ufffe\n", "")
        .replace("\ufffe", "-")
        .replace("\x00", "")
    )
    lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in words.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _moment(words: str) -> datetime | None:
    match = re.match(r"D:(\d{14})(Z|[+-]\d\d'?\d\d)?", words)
    if not match or not match.group(2):
        return None
    zone = match.group(2).replace("'", "")
    try:
        when = datetime.strptime(match.group(1) + ("+0000" if zone == "Z" else zone), "%Y%m%d%H%M%S%z")
    except ValueError:
        return None
    return when.astimezone(UTC)
