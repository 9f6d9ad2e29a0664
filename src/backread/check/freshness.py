"""Freshness: no sentence rests on a capture that is older than its kind keeps, has run out, or was superseded.

A warning that ended, yesterday's count on election night and a notice that was corrected at noon all read as true. So for
each source a sentence rests on: is there a later version among the captures, or a correction that speaks of the same
thing? Has the alert run out before the story's day? How long before that day was it last looked at, against what its
kind of document keeps (PROMISES)? A later version that still holds the cited words word for word changes nothing.

It advises, because only a person knows whether a correction touches this sentence. Without a date line's day, and for a
file that was handed in, nobody can tell when the words were last seen: undecided.

What it cannot see: a version that was never captured, a correction in words of its own that shares little with the
sentence, and news that made a document stale without changing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import lru_cache

from backread.check.base import Check, Context
from backread.check.scope import Stretch, is_twin
from backread.text.alignment import keys
from backread.text.sentences import split
from backread.values.capture import Capture, Passage
from backread.values.finding import Finding, Kind, Mark, Outcome, Subject
from backread.values.source import Genre, Terms
from backread.values.story import Sentence

PROMISES: dict[Genre, timedelta | None] = {
    Genre.ALERT: timedelta(hours=12),
    Genre.TABLE: timedelta(days=2),
    Genre.ARTICLE: timedelta(days=3),
    Genre.AGENDA: timedelta(days=3),
    Genre.RELEASE: timedelta(days=7),
    Genre.CALENDAR: timedelta(days=7),
    Genre.MINUTES: timedelta(days=14),
    Genre.TRANSCRIPT: None,
    Genre.NOTES: None,
}
"""How long after it was last seen a kind of document is good for; None: it does not change any more."""

_ALIKE = 0.7
"""The share of a document's words that a later one of the same title and source holds, to be its later version."""
_LEAD, _READ, _SENTENCES = 300, 20_000, 200
"""Code points in which a correction says that it is one; how far it is read, and how many of its sentences."""
_CORRECTS = re.compile(
    r"(?i)\bcorrection\b(?!(?:al)? (?:officers?|facilit|cent|department))|\bcorrect(?:ed|ing) (?:version|release|notice|figures?|count|report|copy|minutes|statement|an?|the|our)\b"
    r"|\bcorrected\b(?= ?[:—–)\]\n])|\b(?:clarification|erratum|errata|retraction|retracted)\b|\b(?:supersedes|replaces) (?:the|our|an?|all) (?:\w+ )?(?:earlier|previous|prior|notice|release|version|report|count|statement)"
    r"|\b(?:revised|amended|updated) (?:version|release|notice|figures|count|statement)\b|\b(?:notice|release|report|figures|count|statement) (?:is|was|are|were|has been|have been) (?:withdrawn|corrected|superseded)\b"
)


@dataclass(frozen=True, slots=True)
class _Answer:
    outcome: Outcome
    message: str = ""
    evidence: tuple[Passage, ...] = ()


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """One finding per outcome, with a mark for each source the sentence rests on; nothing to check without sources."""
    sentence = context.sentence(subject)
    answers = [_answer(capture, sentence, context) for capture in context.cited(sentence)]
    found = []
    for outcome in Outcome:
        marks = [
            Mark(start=sentence.start, end=sentence.end, message=a.message, evidence=a.evidence)
            for a in answers
            if a.outcome is outcome and a.message
        ]
        if any(a.outcome is outcome for a in answers):
            found.append(CHECK.says(subject, outcome, *marks))
    return tuple(found) or (CHECK.says(subject, Outcome.NOTHING_TO_CHECK),)


def _answer(capture: Capture, sentence: Sentence, context: Context) -> _Answer:
    """The worst that is to be said of one source, the surest first."""
    told = (
        *_later(capture, sentence, context),
        *_corrected(capture, sentence, context),
        *_expired(capture, context),
        _aged(capture, context),
    )
    return min(told, key=lambda answer: answer.outcome.rank)


def _later(capture: Capture, sentence: Sentence, context: Context) -> Iterator[_Answer]:
    """A later version that no longer holds what the sentence rests on word for word."""
    versions = [c for c in context.captures if _is_version(capture, c)]
    newest = max(versions, key=_when, default=None)
    if newest is None:
        if "superseded" in capture.flags:
            yield _Answer(
                Outcome.REFUTED, f"{capture.source_name} was superseded; rest it on what stands now"
            )
    elif not all(p.text in newest.text for p in sentence.passages if p.capture == capture.id):
        message = f"{capture.source_name} has a later version in which these words do not stand; see what it says now"
        yield _Answer(Outcome.REFUTED, message, _twins(newest, sentence)[:1])


def _is_version(earlier: Capture, later: Capture) -> bool:
    """Whether one is a later version of the other: seen later at the same address, or of the same source and title."""
    if later.id == earlier.id or _when(later) <= _when(earlier):
        return False
    if later.url == earlier.url:
        # Entries of a feed without addresses of their own share the feed's; they share neither title nor words.
        return later.title == earlier.title or _holds(earlier, later) >= _ALIKE
    same = bool(later.title) and later.title == earlier.title and later.source == earlier.source
    return same and later.published != earlier.published and _holds(earlier, later) >= _ALIKE


def _holds(earlier: Capture, later: Capture) -> float:
    wanted = keys(earlier.text[:_READ])
    return len(wanted & keys(later.text[:_READ])) / max(len(wanted), 1)


def _when(capture: Capture) -> tuple[datetime, datetime]:
    """Versions in order: by the document's own date, and by when they were seen."""
    return capture.published or capture.taken, capture.taken


def _corrected(capture: Capture, sentence: Sentence, context: Context) -> Iterator[_Answer]:
    """A correction among the captures that the sentence does not rest on, and that speaks of the same thing."""
    cited = {passage.capture for passage in sentence.passages}
    for other in context.captures:
        if other.id in cited or _is_before(other, capture) or not is_correction(other):
            continue
        twins = [t for t in _twins(other, sentence) if t.text not in capture.text]
        if twins:
            message = (
                f"{other.source_name} is a correction and speaks of this; see whether the sentence stands"
            )
            yield _Answer(Outcome.REFUTED, message, tuple(twins[:1]))


def _is_before(one: Capture, other: Capture) -> bool:
    """Whether a document is known to be the earlier one; of a file without a date nobody knows."""
    if one.published and other.published:
        return one.published < other.published
    handed_in = one.url.startswith("file:") or other.url.startswith("file:")
    return not handed_in and _when(one) < _when(other)


def is_correction(capture: Capture) -> bool:
    """Whether a document says in its title or its first lines that it corrects or replaces another."""
    return _says_so(capture.title, capture.text[:_LEAD])


@lru_cache(maxsize=4096)
def _says_so(title: str, lead: str) -> bool:
    return bool(_CORRECTS.search(f"{title}\n{lead}"))


def _twins(capture: Capture, sentence: Sentence) -> tuple[Passage, ...]:
    """The sentences of a document that tell what `sentence` tells."""
    read = Stretch(capture=capture, start=0, text=capture.text[:_READ])
    passages = (read.passage(start, end) for start, end in split(read.text)[:_SENTENCES])
    return tuple(p for p in passages if is_twin(sentence.text, p))


def _expired(capture: Capture, context: Context) -> Iterator[_Answer]:
    """An alert that had run out before the story's day began."""
    begins = _begins(context)
    ends = [e for f in capture.fields if f.name == "expires" and (e := _moment(f.value, context))]
    if capture.genre is Genre.ALERT and begins and ends and max(ends) < begins:
        message = f"{capture.source_name} ran out on {_day(max(ends), context)}, before the story’s day; say that it is over"
        yield _Answer(Outcome.REFUTED, message)


def _aged(capture: Capture, context: Context) -> _Answer:
    promise = None if capture.terms is Terms.OWN else PROMISES[capture.genre]
    if promise is None:
        return _Answer(Outcome.SUPPORTED)
    begins = _begins(context)
    handed_in = capture.url.startswith("file:")
    seen = capture.published if handed_in else capture.taken
    if begins is None or seen is None:
        return _Answer(
            Outcome.UNDECIDED, f"nothing says how long before the story {capture.source_name} was seen"
        )
    if begins - seen <= promise:
        return _Answer(Outcome.SUPPORTED)
    if handed_in:
        return _Answer(
            Outcome.UNDECIDED, f"{capture.source_name} is of {_day(seen, context)}; see that it still stands"
        )
    message = f"{capture.source_name} was last seen on {_day(seen, context)}, longer ago than {_words(promise)}; look again"
    return _Answer(Outcome.REFUTED, message)


def _begins(context: Context) -> datetime | None:
    """When the story's day begins in the area; None where it has none."""
    on = context.story.date
    return datetime.combine(on, time.min, _zone(context)) if on else None


def _zone(context: Context) -> tzinfo:
    return context.area.zone if context.area else UTC


def _moment(words: str, context: Context) -> datetime | None:
    """A field's moment; None where it is none. Without an offset it is counted in the area's zone."""
    try:
        told = datetime.fromisoformat(words)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=_zone(context))


def _day(moment: datetime, context: Context) -> str:
    # Dates at the ends of the calendar have no other zone to be turned to.
    local = moment.astimezone(_zone(context)) if 1 < moment.year < 9999 else moment
    return f"{local:%B} {local.day}"


def _words(promise: timedelta) -> str:
    return f"{promise.days} days" if promise.days else f"{promise.seconds // 3600} hours"


CHECK = Check(
    name="freshness",
    kind=Kind.ADVICE,
    version="1",
    title="No capture older than its kind keeps, run out, or superseded",
    run=run,
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ("Crews counted 40 herons at Tarrow.", ("Crews counted 40 herons at Tarrow.", "Correction: Crews counted 14 herons at Tarrow."), Outcome.REFUTED),
    ("Crews counted 40 herons at Tarrow.", ("Crews counted 40 herons at Tarrow.",), Outcome.SUPPORTED),
    ("Crews counted 40 herons at Tarrow.", ("File, without a day: Crews counted 40 herons at Tarrow.",), Outcome.UNDECIDED),
    ("Crews counted 40 herons at Tarrow.", (), Outcome.NOTHING_TO_CHECK),
)  # fmt: skip
"""A sentence, the captures of one day (it rests on the first; a file has no day), and the outcome: one for each."""
