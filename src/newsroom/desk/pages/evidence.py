"""The captured words beside the story: which stretches of which captures are shown, and what is marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import groupby

from backread.values.capture import Capture, CaptureId, Passage
from backread.values.report import Checked
from newsroom.desk.pages.paint import Piece, Span, pieces
from newsroom.desk.pages.times import seen

_ROW = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")
CONTEXT = 1
"""Rows shown before and after a marked one, when one sentence is looked at alone."""
LONGEST = 420
"""A row longer than this is cut around its marks (code points)."""
KEPT = 140
"""So much stays before and after a mark in a row that is cut."""

FLAGS = {
    "hidden text": "Hides text from readers; only what they see is evidence",
    "addresses an AI": "Talks to an AI; that is never an instruction here",
    "ocr": "Read from a scan; letters may be wrong",
    "truncated": "Cut off; the end is missing",
    "superseded": "A later version exists",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of captured text. `gutter` is its number, or the sentences it proves; `gap`: lines are left out before it."""

    gutter: str
    pieces: tuple[Piece, ...]
    is_hit: bool
    gap: bool
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One capture beside the story: what it is, when it was seen, its flags in words, the rows shown."""

    number: int
    capture: CaptureId
    name: str
    kind: str
    title: str
    seen: str
    url: str
    flags: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


def panels(
    unit: Sequence[Checked], captures: Iterable[Capture], zone: tzinfo, *, context: int = CONTEXT
) -> tuple[Panel, ...]:
    """A panel for each capture that the sentences of `unit` cite, or that a finding on them points at.

    The capture whose passage says most of the sentence stands first, and in it that passage, with what is around it.
    """
    known = {capture.id: capture for capture in captures}
    spans: dict[CaptureId, list[Span]] = {}
    said: dict[Span, float] = {}
    for checked in unit:
        for passage, tint in _shown(checked):
            span = Span(start=passage.start, end=passage.end, tint=tint, number=_number(checked, tint))
            spans.setdefault(passage.capture, []).append(span)
            if passage.capture in known:
                words = known[passage.capture].text[passage.start : passage.end]
                said[span] = max(said.get(span, 0.0), _said(checked.sentence.text, words))
    best = {id_: max(marks, key=lambda span: said[span]) for id_, marks in spans.items() if id_ in known}
    order = sorted(best, key=lambda id_: -said[best[id_]])
    return tuple(
        _panel(number, known[id_], spans[id_], zone, context, best[id_] if len(unit) == 1 else None)
        for number, id_ in enumerate(order, 1)
    )


def _said(sentence: str, passage: str) -> float:
    """The share of the sentence's words that stand in the passage: 0 to 1."""
    wanted = set(_WORD.findall(sentence.casefold()))
    return len(wanted & set(_WORD.findall(passage.casefold()))) / max(1, len(wanted))


def missing(unit: Sequence[Checked], captures: Iterable[Capture]) -> bool:
    """Whether a sentence cites a capture that is not here to be shown."""
    known = {capture.id for capture in captures}
    return any(p.capture not in known for checked in unit for p in checked.sentence.passages)


def whole(capture: Capture, spans: Iterable[Span]) -> tuple[Row, ...]:
    """Every line of a capture, with the marks in it."""
    spans = list(spans)
    return tuple(
        Row(
            gutter=str(number),
            pieces=pieces(capture.text, spans, start=m.start(), end=m.end()),
            is_hit=any(s.start < m.end() and s.end > m.start() for s in spans),
            gap=False,
        )
        for number, m in enumerate(_ROW.finditer(capture.text), 1)
    )


def kind_of(capture: Capture) -> str:
    """What kind of document, from whom: "minutes, public record"."""
    told = dict.fromkeys((str(capture.genre), str(capture.terms)))
    return ", ".join(told) + (", confidential" if capture.confidential else "")


def flags_of(capture: Capture) -> tuple[str, ...]:
    """What an editor must know of a capture, in words."""
    return tuple(FLAGS.get(flag, flag) for flag in sorted(capture.flags))


def _shown(checked: Checked) -> Iterator[tuple[Passage, str]]:
    yield from ((passage, "hit") for passage in checked.sentence.passages)
    for finding in checked.findings:
        if finding.blocks:
            for mark in finding.marks:
                yield from ((passage, "weak") for passage in mark.evidence)


def _number(checked: Checked, tint: str) -> int:
    # Only the passages cited have to be on screen for the sentence to count as seen.
    return checked.sentence.index + 1 if tint == "hit" else 0


def _panel(
    number: int, capture: Capture, spans: list[Span], zone: tzinfo, context: int, first: Span | None
) -> Panel:
    return Panel(
        number=number,
        capture=capture.id,
        name=capture.source_name,
        kind=kind_of(capture),
        title=capture.title,
        seen=seen(capture.taken, zone),
        url=capture.url,
        flags=flags_of(capture),
        rows=tuple(_rows(capture.text, spans, context, first)),
    )


def _rows(text: str, spans: list[Span], context: int, first: Span | None = None) -> Iterator[Row]:
    lines = list(_ROW.finditer(text))
    hits = [i for i, m in enumerate(lines) if any(s.start < m.end() and s.end > m.start() for s in spans)]
    before = -1
    for i in _in_order(lines, hits, context, first):
        match = lines[i]
        start, end = (
            _trimmed(match.start(), match.end(), spans) if i in hits else _short(match, i + 1 in hits)
        )
        shown = pieces(text, spans, start=start, end=end)
        told = sorted({n for piece in shown for n in piece.numbers})
        yield Row(
            gutter=", ".join(map(str, told)) if told else "",
            pieces=shown,
            is_hit=i in hits,
            gap=i != before + 1,
            cut_before=start > match.start(),
            cut_after=end < match.end(),
        )
        before = i


def _in_order(
    lines: Sequence[re.Match[str]], hits: Sequence[int], context: int, first: Span | None
) -> list[int]:
    """The lines to show: those that are marked with what is around them, the stretch with `first` before the others."""
    kept = sorted({j for i in hits for j in range(i - context, i + context + 1) if 0 <= j < len(lines)})
    if first is None:
        return kept
    stretches = [[i for _, i in run] for _, run in groupby(enumerate(kept), lambda pair: pair[1] - pair[0])]
    return [i for run in sorted(stretches, key=lambda run: not _holds(lines, run, first)) for i in run]


def _holds(lines: Sequence[re.Match[str]], run: Sequence[int], span: Span) -> bool:
    return any(lines[i].start() < span.end and lines[i].end() > span.start for i in run)


def _trimmed(start: int, end: int, spans: list[Span]) -> tuple[int, int]:
    """A long line is cut to what is marked and a little around it."""
    if end - start <= LONGEST:
        return start, end
    inside = [s for s in spans if s.start < end and s.end > start]
    first, last = min(s.start for s in inside), max(s.end for s in inside)
    return max(start, first - KEPT), min(end, last + KEPT)


def _short(match: re.Match[str], before: bool) -> tuple[int, int]:
    """Of a line around a marked one, what lies next to it: its end where it stands before, else its beginning."""
    if before:
        return _word_start(match, max(match.start(), match.end() - KEPT)), match.end()
    return match.start(), min(match.end(), match.start() + KEPT * 2)


def _word_start(match: re.Match[str], at: int) -> int:
    """`at`, moved on to the next word where it lies inside one."""
    if at == match.start():
        return at
    space = match.string.find(" ", at, match.end())
    return space + 1 if space >= 0 else at
