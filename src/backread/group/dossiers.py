"""Put captures that are on one event into one dossier, and say what is worth a story.

Likeness is the cosine of tf-idf weights over words, names and figures, within a window of days. Alerts,
agendas, minutes and calendars are each an event of their own: they share a template and a place with each
other, and merging two of them would print one town's warning over another's. Only alerts of one event and issuer,
sent together, share a dossier, and each is told by itself (see `alerts`). Minutes are also a source of the
stories that their votes are on. A dossier's id is made from the
first capture it held. The same captures in the same order always give the same dossiers.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backread.group.alerts import grade, joins
from backread.group.duplicates import links
from backread.group.news import news_value
from backread.group.shingles import words
from backread.text.forms.votes import votes_on
from backread.text.local import relevance
from backread.values.area import Area
from backread.values.canonical import canonical_digest
from backread.values.capture import Capture, CaptureId, by_id
from backread.values.dossier import Dossier, Likeness, Link, Reason
from backread.values.source import Genre, Terms

ALONE = frozenset({Genre.ALERT, Genre.AGENDA, Genre.MINUTES, Genre.CALENDAR})
"""Genres that are an event each."""

_OTHERS_WORDS = frozenset({Terms.NEWSROOM, Terms.WIRE, Terms.SOCIAL})
_WINDOW = timedelta(days=45)
_JOIN = 0.115
_LEAST_WORDS = 25
_MOST_TEXT = 20_000
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "the a an of to in and on at for is was were be by it that with as from or are has have had said will would not"
        " no this they their its his her he she who which than after before under over about also may can more one two"
        " people department county state office according when where there up out all each any other",
    )
)
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of|for|the) [A-Z][\w’'-]+| [A-Z][\w’'-]+)+")

Weights = Mapping[str, float]


@dataclass(slots=True)
class _Growing:
    """A dossier while captures are put into it."""

    id: str
    title: str
    members: list[Capture]
    links: list[Link]


def assign(
    captures: Sequence[Capture], dossiers: Sequence[Dossier], area: Area | None
) -> tuple[Dossier, ...]:
    """The dossiers that `captures` make, growing those there are.

    `captures` holds every capture that `dossiers` name and the new ones; a dossier keeps its id and order of
    members. Raises nothing: a capture like nothing else starts a dossier.
    """
    known = by_id(captures)
    growing = [_resumed(dossier, known) for dossier in dossiers]
    held = frozenset(one.id for one in growing)
    placed = {capture.id for one in growing for capture in one.members}
    new = [c for c in captures if c.id not in placed]
    weights = _weigh(known.values(), _everywhere(area))
    likes = links(known.values())
    # A table says little in words; it goes last, to the text whose figures it holds.
    for capture in sorted(new, key=lambda c: (c.genre is Genre.TABLE, *_order(c))):
        fresh = frozenset(one.id for one in growing) - held
        if not _joined(capture, growing, fresh, area):
            _place(capture, growing, weights, likes, fresh=fresh)
    for capture in captures:
        _share(capture, growing)
    return tuple(_finished(one, likes, area) for one in growing)


def worth_a_story(dossier: Dossier, captures: Iterable[Capture]) -> tuple[bool, str]:
    """Whether a draft should be made, and why or why not in words."""
    held = by_id(captures)
    members = [held[i] for i in dossier.captures if i in held]
    telling = [c for c in members if not thin(c)]
    if not members:
        return False, "none of its captures is at hand"
    if not telling:
        return False, thin(members[0])
    if not dossier.is_local:
        return False, "nothing in it names the coverage area"
    if all(c.confidential for c in telling):
        return False, "all of it is confidential"
    if all(c.reserves_ai or c.terms in _OTHERS_WORDS for c in telling):
        return False, "only another newsroom tells it, and its words are not a source"
    return True, "; ".join(r.words for r in dossier.local + dossier.news) or "names the coverage area"


def thin(capture: Capture) -> str:
    """Why nothing can be written from a capture; '' when something can."""
    if not capture.language.startswith("en"):
        return f"it is in another language ({capture.language})"
    status = {f.value.strip().lower() for f in capture.fields if f.name == "status"}
    if capture.genre is Genre.ALERT and status - {"actual"}:
        return f"the alert's status is {', '.join(sorted(status))}: it is not meant for the public"
    if not capture.text.strip():
        return "the page has no visible text"
    if not capture.fields and len(words(capture.text)) < _LEAST_WORDS:
        return "the page has too little text to tell anything"
    return ""


def _order(capture: Capture) -> tuple[datetime, str]:
    return (capture.published or capture.taken, capture.id)


def _resumed(dossier: Dossier, known: Mapping[CaptureId, Capture]) -> _Growing:
    members = [known[i] for i in dossier.captures if i in known]
    return _Growing(id=dossier.id, title=dossier.title, members=members, links=list(dossier.links))


def _everywhere(area: Area | None) -> re.Pattern[str] | None:
    """The names that a small county's documents share whatever they are on: its agencies and officials."""
    if area is None:
        return None
    names = (
        [n for agency in area.agencies for n in agency.names] + [p.name for p in area.people] + [area.name]
    )
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(re.escape(n).replace("'", "['’]") for n in longest_first))


def _weigh(captures: Iterable[Capture], everywhere: re.Pattern[str] | None) -> dict[CaptureId, Weights]:
    counts = {capture.id: _terms(capture, everywhere) for capture in captures}
    held_by = Counter(term for terms in counts.values() for term in terms)
    total = len(counts) + 1
    return {
        name: {t: (1 + math.log(n)) * math.log(total / held_by[t]) for t, n in terms.items()}
        for name, terms in counts.items()
    }


def _terms(capture: Capture, everywhere: re.Pattern[str] | None) -> Counter[str]:
    text = capture.text[:_MOST_TEXT]
    text = everywhere.sub(" ", text) if everywhere else text
    terms = Counter(word for word in words(text) if word not in _COMMON and len(word) > 2)
    for name in _NAME.findall(text):
        terms[name] += 2  # A name is worth more than its words: it tells whose event this is.
    for word in words(capture.title):
        if word not in _COMMON and len(word) > 2:
            terms[word] += 1
    return terms


def _cosine(one: Weights, other: Weights) -> float:
    if len(other) < len(one):
        one, other = other, one
    dot = sum(weight * other[term] for term, weight in one.items() if term in other)
    norm = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return dot / norm if norm else 0.0


def _joined(capture: Capture, growing: Sequence[_Growing], fresh: frozenset[str], area: Area | None) -> bool:
    """Put an alert with the others of its event; only into a dossier that is new with it."""
    home = next((one for one in growing if one.id in fresh and joins(capture, one.members, area)), None)
    if home is None:
        return False
    home.members.append(capture)
    return True


def _place(
    capture: Capture,
    growing: list[_Growing],
    weights: Mapping[CaptureId, Weights],
    likes: Sequence[Link],
    *,
    fresh: frozenset[str],
) -> None:
    """Put a capture where it fits best. Where it ties two dossiers that are both new, they are one event."""
    fits = [(share, one) for one in growing if (share := _fit(capture, one, weights, likes)) >= _JOIN]
    if fits:
        _, home = max(fits, key=lambda fit: fit[0])
        home.members.append(capture)
        for _, other in fits:
            if other is not home and {home.id, other.id} <= fresh and capture.genre is not Genre.TABLE:
                home.members.extend(other.members)
                growing.remove(other)
        return
    identity = canonical_digest({"first": capture.id})[:16]
    growing.append(
        _Growing(id=identity, title=capture.title or capture.source_name, members=[capture], links=[])
    )


def _share(capture: Capture, growing: Sequence[_Growing]) -> None:
    """Minutes are an event of their own and also a source of each story that one of their votes is on."""
    if capture.genre is not Genre.MINUTES:
        return
    for one in growing:
        lead = next(iter(_led(one.members)), None)
        if lead is None or lead.genre in ALONE or capture in one.members or thin(lead):
            continue
        if abs(_order(lead)[0] - _order(capture)[0]) <= _WINDOW and votes_on(capture, lead.text):
            one.members.append(capture)


def _fit(
    capture: Capture, one: _Growing, weights: Mapping[CaptureId, Weights], likes: Sequence[Link]
) -> float:
    """How well a capture fits a dossier: 1 for another version or a copy of a member, else the best cosine."""
    ids = {member.id for member in one.members}
    for link in likes:
        ends = {link.earlier, link.later}
        if link.likeness is not Likeness.SAME_TEMPLATE and capture.id in ends and ids & ends - {capture.id}:
            return 1.0
    if capture.genre in ALONE or one.members[0].genre in ALONE or thin(capture):
        return 0.0
    if capture.genre is Genre.TABLE and any(_tabulates(capture, m) for m in one.members):
        return 1.0
    near = [m for m in one.members if abs(_order(m)[0] - _order(capture)[0]) <= _WINDOW and not thin(m)]
    shares = (_cosine(weights[capture.id], weights[m.id]) * _weight_of(capture, m) for m in near)
    return max(shares, default=0.0)


def _weight_of(one: Capture, other: Capture) -> float:
    """One source's own news shares its house words and its people from day to day: it has to be far more alike."""
    return 0.4 if one.source == other.source else 1.0


def _tabulates(table: Capture, other: Capture) -> bool:
    """Whether a table holds the figures of a text: two figures of three digits or more, and two names."""
    figures = {f.value for f in table.fields if re.fullmatch(r"\d{3,}", f.value)}
    names = {f.value for f in table.fields if _NAME.fullmatch(f.value)}
    shared = {value for value in figures if re.search(rf"(?<![\d,.$]){value}(?![\d,.]\d)", other.text)}
    return len(shared) > 1 and sum(name in other.text for name in names) > 1


def _finished(one: _Growing, likes: Sequence[Link], area: Area | None) -> Dossier:
    members = _led(one.members)
    ids = {member.id for member in members}
    own = tuple(link for link in likes if ids & {link.earlier, link.later})
    local = _local(members, area)
    value, news = news_value([m for m in members if not thin(m)], bool(local))
    lead = members[0] if members else None
    return Dossier(
        id=one.id,
        title=(lead.title or lead.source_name) if lead else one.title,
        captures=tuple(member.id for member in members),
        links=own,
        local=local,
        news=news,
        value=value,
    )


def _led(members: Sequence[Capture]) -> list[Capture]:
    """The lead capture first: a release before a report, the newest before the older, a table last."""
    rank = {
        Genre.RELEASE: 0,
        Genre.ARTICLE: 1,
        Genre.TRANSCRIPT: 1,
        Genre.NOTES: 2,
        Genre.TABLE: 3,
        Genre.MINUTES: 4,
    }
    ordered = sorted(members, key=_order)
    lead = min(
        ordered,
        key=lambda c: (c.reserves_ai, bool(thin(c)), rank.get(c.genre, 0), grade(c), -len(c.text)),
        default=None,
    )
    return [lead, *(m for m in ordered if m is not lead)] if lead else []


def _local(members: Sequence[Capture], area: Area | None) -> tuple[Reason, ...]:
    if area is None:
        return ()
    return tuple(reason for member in members for reason in relevance(member, area))


__all__ = ["ALONE", "assign", "thin", "worth_a_story"]
