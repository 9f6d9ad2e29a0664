"""The days and times that the evidence gives: every mention, what it may mean, and the words around it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from backread.check.base import Context
from backread.check.scope import Stretch, days_of, is_kin, others, summed_up, whole
from backread.text import dates
from backread.text.dates import WEEKDAYS, Mention, MentionKind
from backread.values.capture import Passage
from backread.values.story import Sentence

Days = tuple[dt.date, dt.date]
"""The first and the last day of a span."""
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A mention in the evidence, every span of days it may mean, the passage, and the source sentence around it."""

    mention: Mention
    days: tuple[Days, ...]
    passage: Passage
    around: Passage
    paragraph: str = ""


def read(stretches: Iterable[Stretch], context: Context) -> Iterator[Seen]:
    """Every mention in the stretches, and what structured captures state in fields, in order."""
    for stretch in stretches:
        days = days_of(stretch.capture, context)
        for mention in dates.find(stretch.text):
            passage = stretch.passage(mention.start, mention.end)
            meant = dict.fromkeys(span for on in days for span in candidates(mention, on))
            around = stretch.sentence(mention.start, mention.end)
            words = stretch.paragraph(mention.start, mention.end)
            yield Seen(mention=mention, days=tuple(meant), passage=passage, around=around, paragraph=words)
        yield from _stated(stretch, context)
        yield from _habits(stretch)


_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?")


def _stated(stretch: Stretch, context: Context) -> Iterator[Seen]:
    """The days and times that a structured capture states in fields within the stretch."""
    for field in stretch.capture.fields:
        match = _ISO.match(field.value)
        if not match or not stretch.start <= field.start < field.end <= stretch.start + len(stretch.text):
            continue
        try:
            moment = dt.datetime.fromisoformat(field.value)
        except ValueError:
            continue
        if moment.tzinfo and context.area:
            moment = moment.astimezone(context.area.zone)
        day = moment.date()
        passage = stretch.capture.passage(field.start, field.end)
        words = Mention(
            start=0,
            end=0,
            words=field.value,
            kind=MentionKind.ABSOLUTE,
            year=day.year,
            month=day.month,
            day=day.day,
        )
        around = stretch.sentence(field.start - stretch.start, field.end - stretch.start)
        yield Seen(mention=words, days=((day, day),), passage=passage, around=around)
        if match[4]:
            time = replace(words, kind=MentionKind.TIME, time=moment.time().replace(second=0, microsecond=0))
            yield Seen(mention=time, days=(), passage=passage, around=around)


def candidates(mention: Mention, on: dt.date) -> tuple[Days, ...]:
    """The spans a mention may mean: a weekday may lie on either side, whatever the words around it seem to say of its tense."""
    readings = [mention]
    open_month = mention.kind is MentionKind.MONTH and mention.year is None
    if open_month:
        return _either_year(mention, on)
    if mention.kind is MentionKind.WEEKDAY and not mention.anchored:
        readings = [replace(mention, past=True), replace(mention, past=False)]
    spans = dict.fromkeys(days for reading in readings if (days := dates.span(reading, on)))
    if mention.kind is MentionKind.WEEKDAY and mention.midnight:
        spans |= {(first + _DAY, last + _DAY): None for first, last in spans}
    return tuple(spans)


def claimed(mention: Mention, on: dt.date) -> tuple[Days, ...]:
    """The spans that a story dated `on` may mean: for a day or a month without a year also the one before and the one to
    come, as far as the words around it tell which."""
    spans = candidates(mention, on)
    if (
        mention.year is not None
        or mention.unit
        or mention.kind not in (MentionKind.ABSOLUTE, MentionKind.MONTH)
    ):
        return spans
    for year in (on.year - 1, on.year, on.year + 1):
        other = dates.span(replace(mention, year=year), on)
        if other and abs((other[0] - on).days) <= 366 and _may_be(mention, other, on):
            spans = (*spans, other)
    return tuple(dict.fromkeys(spans))


def _may_be(mention: Mention, days: Days, on: dt.date) -> bool:
    return mention.past is None or (days[0] <= on if mention.past else days[1] >= on)


def _either_year(mention: Mention, on: dt.date) -> tuple[Days, ...]:
    """A month without a year: the nearest, and the one before where that lies ahead."""
    nearest = dates.span(mention, on)
    earlier = (
        dates.span(replace(mention, year=nearest[0].year - 1), on) if nearest and nearest[0] > on else None
    )
    return tuple(days for days in (nearest, earlier) if days)


_EVERY = re.compile(rf"\b(?:every\s)?({'|'.join(WEEKDAYS)})s\b|\bevery\s({'|'.join(WEEKDAYS)})\b")


def _habits(stretch: Stretch) -> Iterator[Seen]:
    """ "Saturdays" and "every Saturday": no day of their own, but what "Saturday hours" rests on."""
    for match in _EVERY.finditer(stretch.text):
        start, end = match.span()
        mention = Mention(
            start=start, end=end, words=match.group(), kind=MentionKind.WEEKDAY,
            weekday=WEEKDAYS.index(match[1] or match[2]), unit="every",
        )  # fmt: skip
        words = stretch.paragraph(start, end)
        yield Seen(
            mention=mention,
            days=(),
            passage=stretch.passage(start, end),
            around=stretch.sentence(start, end),
            paragraph=words,
        )


def beyond(sentence: Sentence, context: Context, *, least: int = 0) -> Iterator[Seen]:
    """What the cited captures say further off, then the others where a search chose, then what the story's body rests on.

    `least`: how many words with content a cited capture's paragraph must share; a capture nobody cites must share two.
    """
    far = read(whole(context.cited(sentence)), context)
    yield from (s for s in far if not least or _is_head(s) or _is_kin(sentence, s, least))
    yield from (s for s in read(others(sentence, context), context) if _is_kin(sentence, s, 2))
    yield from read(summed_up(sentence, context), context)


def _is_kin(sentence: Sentence, seen: Seen, least: int) -> bool:
    return is_kin(sentence.text, seen.paragraph, least=least)


_HEAD = 400


def _is_head(seen: Seen) -> bool:
    """Whether a day stands in a document's head, which is of everything below."""
    return seen.passage.start < _HEAD and seen.mention.kind is MentionKind.ABSOLUTE
