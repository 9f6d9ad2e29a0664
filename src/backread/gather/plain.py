"""Plain text and Markdown: the words as they are."""

from __future__ import annotations

from backread.gather import meeting
from backread.gather.dated import day_in
from backread.gather.decode import decoded, stated_type
from backread.gather.reading import HIDDEN, Reading, capture_of, smuggles, tidy
from backread.gather.walk import told_flags
from backread.ports import Fetched
from backread.values.source import Genre, Source

EXTRACTOR = "plain 2"


def read(source: Source, fetched: Fetched) -> Reading:
    """One capture; refused when it is binary or holds no words."""
    raw = decoded(fetched.body, stated_type(fetched))
    if raw.count("\x00") or raw.count("\ufffd") > 0.1 * len(raw):
        return Reading(refusal="It is a binary file, not text.")
    text = tidy(raw)
    if not text:
        return Reading(refusal="It holds no words.")
    flags = told_flags(text) | frozenset({HIDDEN} if smuggles(raw) else ())
    fields = meeting.fields_in(text, source) if source.genre in (Genre.AGENDA, Genre.MINUTES) else ()
    first = text.partition("\n")[0].lstrip("# ").strip()
    title = first if len(first) <= 140 and not first.endswith(".") else ""
    return Reading(captures=(capture_of(source, fetched, text, EXTRACTOR, title=title, published=day_in(text, fetched.taken), fields=fields, flags=flags),))  # fmt: skip
