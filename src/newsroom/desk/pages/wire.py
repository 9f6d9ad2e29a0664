"""The wire: what came in, why it matters here, what is linked to what, whether a draft is ready."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from backread.values.capture import Capture, CaptureId
from backread.values.dossier import Dossier, Likeness, Reason
from newsroom.desk.pages.evidence import flags_of, kind_of
from newsroom.desk.pages.paint import Piece, Span, pieces
from newsroom.desk.pages.times import clock, seen, sentence_end

SHOWS = {
    "here": "matters here",
    "ready": "draft ready",
    "flagged": "flagged",
    "aside": "set aside",
    "all": "everything",
}
"""The filter's values and words."""

_LIKE = {
    Likeness.SAME_TEXT: "the same text",
    Likeness.REWRITE: "a rewrite, no evidence",
    Likeness.LATER_VERSION: "a later version",
    Likeness.SAME_TEMPLATE: "the same form, another event",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A dossier with what became of it. `story` is '' where none was started; counts are of its draft's sentences."""

    dossier: Dossier
    captures: tuple[Capture, ...]
    story: str = ""
    drafted: bool = False
    started: bool = False
    sentences: int = 0
    open: int = 0
    second: bool = False
    aside: str = ""
    why_no_draft: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WireLine:
    """A dossier in the list."""

    id: str
    at: str
    title: str
    why: str
    sources: str
    look: str
    state: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WireCapture:
    """A capture of the dossier one looks at, with the words that make it local marked."""

    id: CaptureId
    name: str
    kind: str
    title: str
    seen: str
    url: str
    flags: tuple[str, ...]
    likeness: str
    paras: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The dossier one looks at."""

    id: str
    title: str
    about: str
    local: tuple[str, ...]
    news: tuple[str, ...]
    links: tuple[str, ...]
    captures: tuple[WireCapture, ...]
    story: str
    drafted: bool
    started: bool
    state: str
    aside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WirePage:
    """Everything the wire shows."""

    shows: tuple[tuple[str, str, int, bool], ...]
    lines: tuple[WireLine, ...]
    look: Look | None
    told: str
    aside: int


def wire_page(arrivals: Sequence[Arrival], *, show: str, at: str, now: datetime, zone: tzinfo) -> WirePage:
    """The wire under the filter `show`, with dossier `at` looked at, the first of the list where none is named."""
    show = show if show in SHOWS else "here"
    shown = sorted((a for a in arrivals if _fits(a, show)), key=_newest, reverse=True)
    current = next((a for a in arrivals if a.dossier.id == at), None) or next(iter(shown), None)
    return WirePage(
        shows=tuple((k, word, sum(_fits(a, k) for a in arrivals), k == show) for k, word in SHOWS.items()),
        lines=tuple(_line(a, now, zone, a is current) for a in shown),
        look=_look(current, zone) if current else None,
        told=_told(arrivals),
        aside=sum(bool(a.aside) for a in arrivals),
    )


def _fits(arrival: Arrival, show: str) -> bool:
    if show == "all":
        return True
    if arrival.aside or show == "aside":
        return bool(arrival.aside) and show == "aside"
    if arrival.started:
        return False
    return {
        "here": arrival.dossier.is_local,
        "ready": arrival.drafted,
        "flagged": any(capture.flags for capture in arrival.captures),
    }[show]


def _newest(arrival: Arrival) -> tuple[int, float]:
    taken = max((c.taken.timestamp() for c in arrival.captures), default=0.0)
    return arrival.dossier.value, taken


def _line(arrival: Arrival, now: datetime, zone: tzinfo, is_current: bool) -> WireLine:
    dossier = arrival.dossier
    look, state = _state(arrival)
    names = list(dict.fromkeys(c.source_name for c in arrival.captures))
    count = f" · {len(arrival.captures)} captures of one event" if len(arrival.captures) > 1 else ""
    newest = max((c.taken for c in arrival.captures), default=None)
    return WireLine(
        id=dossier.id,
        at=_when(newest, now, zone),
        title=dossier.title,
        why=_joined(dossier.local),
        sources=", ".join(names) + count,
        look=look,
        state=state,
        is_current=is_current,
    )


def _when(moment: datetime | None, now: datetime, zone: tzinfo) -> str:
    if moment is None:
        return ""
    same = moment.astimezone(zone).date() == now.astimezone(zone).date()
    return clock(moment, zone) if same else seen(moment, zone)


def _joined(reasons: Iterable[Reason]) -> str:
    told = "; ".join(words.rstrip(".") for words in _words(reasons)[:2])
    return told + "." if told else ""


def _words(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason.words for reason in reasons))


def _state(arrival: Arrival) -> tuple[str, str]:
    """A mark and a few words: what an editor would want to know before opening it."""
    if arrival.aside:
        return "", f"set aside: {arrival.aside.rstrip('.')}"
    flags = [flag for capture in arrival.captures for flag in flags_of(capture)]
    if arrival.drafted and arrival.second:
        return "two", f"draft ready, {arrival.sentences} sentences; accusation and a name: second approver"
    if arrival.drafted and arrival.open:
        return "undecided", f"draft ready, {arrival.open} of {arrival.sentences} sentences open"
    if arrival.drafted:
        flagged = f"; {flags[0].split(';')[0].lower()}" if flags else ""
        return (
            "flag" if flags else "supported",
            f"draft ready, {arrival.sentences} sentences, nothing open{flagged}",
        )
    if flags:
        return "flag", flags[0].split(";")[0].lower()
    return "", arrival.why_no_draft or "no draft"


def _look(arrival: Arrival, zone: tzinfo) -> Look:
    dossier = arrival.dossier
    likeness = {link.later: _LIKE[link.likeness] for link in dossier.links}
    marked: Mapping[CaptureId, list[Span]] = _marked(dossier)
    return Look(
        id=dossier.id,
        title=dossier.title,
        about=f"{len(arrival.captures)} captures of one event" if len(arrival.captures) > 1 else "1 capture",
        local=_words(dossier.local),
        news=_words(dossier.news),
        links=tuple(dict.fromkeys(link.reason for link in dossier.links)),
        captures=tuple(_capture(c, likeness.get(c.id, ""), marked, zone) for c in arrival.captures),
        story=arrival.story,
        drafted=arrival.drafted,
        started=arrival.started,
        state=sentence_end(_state(arrival)[1]),
        aside=arrival.aside,
    )


def _marked(dossier: Dossier) -> dict[CaptureId, list[Span]]:
    spans: dict[CaptureId, list[Span]] = {}
    for reason in (*dossier.local, *dossier.news):
        for p in reason.passages:
            spans.setdefault(p.capture, []).append(Span(start=p.start, end=p.end, tint="hit"))
    return spans


def _capture(
    capture: Capture, likeness: str, marked: Mapping[CaptureId, list[Span]], zone: tzinfo
) -> WireCapture:
    paras, at = [], 0
    for line in capture.text.split("\n"):
        if line.strip():
            paras.append(pieces(capture.text, marked.get(capture.id, ()), start=at, end=at + len(line)))
        at += len(line) + 1
    return WireCapture(
        id=capture.id,
        name=capture.source_name,
        kind=kind_of(capture),
        title=capture.title,
        seen=seen(capture.taken, zone),
        url=capture.url,
        flags=flags_of(capture),
        likeness=likeness,
        paras=tuple(paras),
    )


def _told(arrivals: Sequence[Arrival]) -> str:
    kept = [a for a in arrivals if not a.aside]
    here = [a for a in kept if a.dossier.is_local]
    ready = sum(a.drafted and not a.started for a in here)
    aside = len(arrivals) - len(kept)
    return (
        f"{_count(len(kept), 'dossier')}, {len(here)} of them {'matters' if len(here) == 1 else 'matter'} here; "
        f"{_count(ready, 'draft')} {'waits' if ready == 1 else 'wait'} for a decision"
        + (f"; {aside} more set aside." if aside else ".")
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
