"""Dates: every day, weekday, month, year and time of day agrees with the cited passages.

A reader plans by them. Words such as "Thursday" and "last month" are resolved from the story's date line;
the evidence's own words are resolved from each capture's own day. A weekday must belong to its date, "will"
must lie ahead. A day that the cited paragraph contradicts is refuted; one that stands nowhere is undecided,
and so is every relative word in a story without a date line.

What it cannot see: a right day told of the wrong event, durations, and holidays by name.
"""

from __future__ import annotations

import datetime as dt
import re

from backread.check.base import Check, Context, Window
from backread.check.days import Days, Seen, beyond, candidates, claimed, read
from backread.check.hours import bare_hour
from backread.check.scope import (
    Verdict,
    cited,
    day_of,
    findings,
    is_twin,
    own_words,
)
from backread.text import dates
from backread.text.dates import WEEKDAYS, Mention, MentionKind
from backread.values.capture import Capture, Passage
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Subject
from backread.values.story import Sentence

_NEEDS_DATE_LINE = (MentionKind.WEEKDAY, MentionKind.RELATIVE)


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """What every mention of a day or time in the sentence came to."""
    sentence = context.sentence(subject)
    mentions = dates.find(own_words(sentence, context))
    if not mentions:
        return findings(CHECK, subject, ())
    near = list(read(cited(sentence, context), context))
    return findings(
        CHECK, subject, [_judge(mention, mentions, sentence, near, context) for mention in mentions]
    )


def _judge(
    mention: Mention,
    mentions: tuple[Mention, ...],
    sentence: Sentence,
    near: list[Seen],
    context: Context,
) -> Verdict:
    if mention.kind is MentionKind.TIME:
        return _time(mention, sentence, near, context)
    on = context.story.date
    if on is None and mention.kind in _NEEDS_DATE_LINE:
        return _verdict(Outcome.UNDECIDED, mention, sentence, "no date line to count from")
    if wrong := _own_weekday(mention, sentence, on):
        return wrong
    # Without a date line a date with no year is compared by month and day: any day of this century serves.
    seen_from = on or next((seen.days[0][0] for seen in near if seen.days), dt.date(2000, 1, 1))
    days = claimed(mention, seen_from)
    found = _agreeing(mention, days, near) or _any_such_day(mention, sentence, near)
    if found:
        return _tense(mention, sentence, candidates(mention, seen_from), context) or _stands(
            mention, sentence, found
        )
    if (capture := _on_the_day(days, sentence, context)) and _SAYS.search(sentence.text[: mention.start]):
        return _published(mention, sentence, capture)
    rivals = [
        seen for seen in near if _is_rival(mention, days, seen) and not _is_told(seen, mentions, seen_from)
    ]
    return _far(mention, days, sentence, rivals, context)


def _far(
    mention: Mention, days: tuple[Days, ...], sentence: Sentence, rivals: list[Seen], context: Context
) -> Verdict:
    """A day that the cited paragraphs do not give: contradicted there, told further off, the document's own, or missing."""
    on = context.story.date
    if mention.kind is not MentionKind.YEAR and _twins(sentence, rivals):
        return _contradicted(mention, sentence, rivals, on)
    # Where the cited paragraph gives another day, one further off must be of what the sentence tells.
    further = list(beyond(sentence, context, least=1 if rivals else 0))
    found = _agreeing(mention, days, further) or _any_such_day(mention, sentence, further)
    if found:
        return _stands(mention, sentence, found)
    if published := _on_the_day(days, sentence, context):
        return _published(mention, sentence, published)
    return _contradicted(mention, sentence, rivals, on) if rivals else _missing(mention, sentence)


_SOME = re.compile(r"\ba\s\Z")
_HABIT = re.compile(
    r"\s(?:hours|service|services|worship|classes|sessions|market|night|morning|afternoon|evening)\b"
)


def _any_such_day(mention: Mention, sentence: Sentence, seen: list[Seen]) -> Seen | None:
    """ "On a Friday" agrees with any Friday, "Saturday hours" with "Saturdays"."""
    if mention.kind is not MentionKind.WEEKDAY or mention.weekday is None:
        return None
    if _SOME.search(sentence.text[: mention.start]):
        return next(
            (
                s
                for s in seen
                for first, last in s.days
                if first == last and first.weekday() == mention.weekday
            ),
            None,
        )
    if _HABIT.match(sentence.text, mention.end) or re.search(r"\b(?:each|every|per) week\b", sentence.text):
        return next(
            (s for s in seen if s.mention.unit == "every" and s.mention.weekday == mention.weekday), None
        )
    return None


def _agreeing(mention: Mention, days: tuple[Days, ...], seen: list[Seen]) -> Seen | None:
    good = [other for other in seen if _agree(mention, days, other)]
    return min(good, key=lambda other: other.mention.words != mention.words, default=None)


def _agree(mention: Mention, days: tuple[Days, ...], other: Seen) -> bool:
    if mention.kind is MentionKind.YEAR:
        return any(
            first.year == mention.year or last.year == mention.year
            for first, last in other.days
            if other.mention.year or (other.mention.unit == "year" and other.mention.offset)
        )
    same = mention.kind is other.mention.kind and mention.words.lower() == other.mention.words.lower()
    if same and mention.kind in (MentionKind.ABSOLUTE, MentionKind.MONTH):
        return True
    coarse = mention.kind is MentionKind.MONTH or mention.unit in ("week", "weekend", "month", "year")
    for mine in days:
        for theirs in other.days:
            if mine == theirs or (coarse and mine[0] <= theirs[0] and theirs[1] <= mine[1]):
                return True
            if (
                mention.unit
                and other.mention.unit == mention.unit
                and mine[0] < theirs[1]
                and theirs[0] < mine[1]
            ):
                return True
    return False


_SAYS = re.compile(
    r"\b(?:said|says|announced|reported|wrote|told|released|issued|published|added|statement|report|email|letter|memo|release|notice|interview)\b"
    r"(?:\s(?:in|on|at|an?|the|early|late|of)\b|\s\w+){0,4}[\s,]*\Z"
)
"""Before a day on which something was said: the document's own day is meant."""

_EXACT = (MentionKind.ABSOLUTE, MentionKind.WEEKDAY)


def _is_rival(mention: Mention, days: tuple[Days, ...], seen: Seen) -> bool:
    """Whether the evidence is as exact as the mention, so that its saying something else counts."""
    if _is_day(mention):
        near = any(abs((mine[0] - theirs[0]).days) < 7 for mine in days for theirs in seen.days)
        return _is_day(seen.mention) and (near or mention.kind is seen.mention.kind)
    if mention.kind is MentionKind.RELATIVE:
        return seen.mention.unit == mention.unit
    return seen.mention.kind is mention.kind


def _is_day(mention: Mention) -> bool:
    return mention.kind in _EXACT or (mention.kind is MentionKind.RELATIVE and mention.unit == "day")


def _is_told(seen: Seen, mentions: tuple[Mention, ...], on: dt.date) -> bool:
    """Whether the sentence tells this day elsewhere: then it contradicts nothing."""
    return any(_agree(other, candidates(other, on), seen) for other in mentions)


def _own_weekday(mention: Mention, sentence: Sentence, on: dt.date | None) -> Verdict | None:
    if (
        mention.kind is not MentionKind.ABSOLUTE
        or mention.weekday is None
        or (on is None and mention.year is None)
    ):
        return None
    day = dates.resolve(mention, on or dt.date(2000, 1, 1))
    if day is None:
        return _verdict(Outcome.REFUTED, mention, sentence, f"there is no {mention.words}")
    if day.weekday() == mention.weekday:
        return None
    right = WEEKDAYS[day.weekday()]
    message = f"{dates.ap(day, day - dt.timedelta(days=30))} is a {right}, not a {WEEKDAYS[mention.weekday]}"
    suggestion = re.sub(r"^\w+\.?", right, mention.words)
    return _verdict(Outcome.REFUTED, mention, sentence, message, suggestion=suggestion)


_HAPPENED = re.compile(
    r"\b(?<!to be )(?<!be )(met|held|voted|took place|began|gathered|happened|arrived|opened|closed|won|lost)\b"
    r"(?![^,;]*\b(?:will|would|to|plans?|scheduled|set)\b)[^,;]{0,60}(?:\bon\s|,\s)\Z"
)


def _tense(mention: Mention, sentence: Sentence, days: tuple[Days, ...], context: Context) -> Verdict | None:
    on = context.story.date
    if on is None or len(days) != 1 or days[0][0] != days[0][1] or mention.kind is not MentionKind.ABSOLUTE:
        return None
    before = sentence.text[: mention.start]
    if (
        days[0][0] < on
        and re.search(r"\bwill\s(?!have\b)[\w\s]{1,30}\bon\s\Z", before)
        and "said" not in before
    ):
        return _verdict(Outcome.REFUTED, mention, sentence, f"“will”, but {mention.words} is over")
    if days[0][0] > on and (told := _HAPPENED.search(before)):
        return _verdict(Outcome.UNDECIDED, mention, sentence, f"“{told[1]}”, but {mention.words} lies ahead")
    return None


def _on_the_day(days: tuple[Days, ...], sentence: Sentence, context: Context) -> Capture | None:
    for capture in context.cited(sentence):
        if capture.published and any(first <= day_of(capture, context) <= last for first, last in days):
            return capture
    return None


def _published(mention: Mention, sentence: Sentence, capture: Capture) -> Verdict:
    message = f"the day {capture.source_name} is dated"
    return _verdict(Outcome.SUPPORTED, mention, sentence, message, basis=Basis.COMPUTED)


def _stands(mention: Mention, sentence: Sentence, found: Seen) -> Verdict:
    same = found.mention.words.lower() == mention.words.lower()
    exact = same and mention.kind not in _NEEDS_DATE_LINE
    return _verdict(
        Outcome.SUPPORTED,
        mention,
        sentence,
        "as in the source" if same else f"{found.mention.words} in the source",
        evidence=(found.passage,),
        basis=Basis.VERBATIM if exact else Basis.COMPUTED,
    )


def _contradicted(mention: Mention, sentence: Sentence, rivals: list[Seen], on: dt.date | None) -> Verdict:
    twins = _twins(sentence, rivals)
    rivals = twins or rivals
    days = {days for rival in rivals for days in rival.days}
    suggestion = None
    if len(days) == 1 and on and mention.kind in (MentionKind.ABSOLUTE, MentionKind.WEEKDAY):
        ((first, last),) = days
        suggestion = dates.ap(first, on) if first == last else None
    said = " and ".join(dict.fromkeys(rival.mention.words for rival in rivals[:3]))
    return _verdict(
        Outcome.REFUTED if twins else Outcome.UNDECIDED, mention, sentence,
        f"the source says {said}, not {mention.words}",
        evidence=tuple(rival.passage for rival in rivals[:3]), suggestion=suggestion if twins else None,
    )  # fmt: skip


def _twins(sentence: Sentence, rivals: list[Seen]) -> list[Seen]:
    """Those that stand in a source sentence that tells the same: only they contradict, and only they are shown."""
    return [rival for rival in rivals if is_twin(sentence.text, rival.around)]


def _missing(mention: Mention, sentence: Sentence) -> Verdict:
    return _verdict(Outcome.UNDECIDED, mention, sentence, f"no cited passage gives {mention.words}")


def _time(mention: Mention, sentence: Sentence, near: list[Seen], context: Context) -> Verdict:
    times = [seen for seen in near if seen.mention.kind is MentionKind.TIME]
    if good := _same_time(mention, times):
        return _stands(mention, sentence, good)
    twins = _twins(sentence, times)
    if not twins and (good := _same_time(mention, list(beyond(sentence, context, least=1 if times else 0)))):
        return _stands(mention, sentence, good)
    if mention.time and (bare := bare_hour(mention.time, sentence, context)):
        message = f"“{bare.text}” in the source"
        return _verdict(Outcome.SUPPORTED, mention, sentence, message, evidence=(bare,), basis=Basis.COMPUTED)
    if not times:
        return _missing(mention, sentence)
    times = twins or times
    suggestion = times[0].mention.time if len(times) == 1 else None
    said = " and ".join(dict.fromkeys(seen.mention.words for seen in times[:3]))
    return _verdict(
        Outcome.REFUTED if twins else Outcome.UNDECIDED, mention, sentence,
        f"the source says {said}, not {mention.words}", evidence=tuple(seen.passage for seen in times[:3]),
        suggestion=dates.ap_time(suggestion) if suggestion and twins else None,
    )  # fmt: skip


def _same_time(mention: Mention, seen: list[Seen]) -> Seen | None:
    """The first that gives the time, by its twelve hours where one of the two leaves the half of the day open."""
    times = [other for other in seen if other.mention.kind is MentionKind.TIME and other.mention.time]
    exact = (other for other in times if other.mention.time == mention.time)
    half = (
        o
        for o in times
        if (dates.is_open(mention) or dates.is_open(o.mention)) and _clock(mention) == _clock(o.mention)
    )
    return next(exact, None) or next(half, None)


def _clock(mention: Mention) -> tuple[int, int] | None:
    return (mention.time.hour % 12, mention.time.minute) if mention.time else None


def _verdict(
    outcome: Outcome, mention: Mention, sentence: Sentence, message: str, *,
    evidence: tuple[Passage, ...] = (), suggestion: str | None = None, basis: Basis = Basis.NONE,
) -> Verdict:  # fmt: skip
    mark = Mark(
        start=sentence.start + mention.start, end=sentence.start + mention.end,
        message=message, evidence=evidence, suggestion=suggestion,
    )  # fmt: skip
    return Verdict(outcome=outcome, mark=mark, basis=basis)


CHECK = Check(
    name="dates",
    kind=Kind.PROOF,
    version="7",
    title="Every day and time agrees with the cited passages",
    run=run,
    window=Window.STORY,
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ("The pier closed on March 3, 2025.", ("The pier closed on Monday, March 3, 2025.",), Outcome.SUPPORTED),
    ("The pier closed on March 4, 2025.", ("The pier closed on Monday, March 3, 2025.",), Outcome.REFUTED),
    ("The pier closed on March 3, 2025.", ("The pier is closed.",), Outcome.UNDECIDED),
    ("The pier closed.", ("The pier closed on Monday, March 3, 2025.",), Outcome.NOTHING_TO_CHECK),
)
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
