"""Local: what is said of the coverage area rests on a capture that names something of it.

A story from far away is easily made to look near: "residents here have long complained" has stood in print with no
source at all. So a sentence that names a place, agency or person of the area, or speaks of "the county" and "local
families", must cite a capture that is local; a place it names must stand in a capture; and what unnamed people of the
area are said to feel or to have long done must be told in one. What nothing local bears out is undecided, and taken out.

What it cannot see: a local capture that says something else of the place (`support` reads what it says), a place that
the area does not list, and people of the area called by a word that is not in its lists. Of an area known by its bare
name it sees little: the name itself, and only where the story is not told from there. Without an area it has nothing to
check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from backread.check.base import Check, Context
from backread.check.scope import Verdict, findings, own_words
from backread.text.local import names_in, relevance
from backread.text.sentences import split
from backread.values.area import Area, Place
from backread.values.capture import Capture, Passage
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Subject
from backread.values.story import BlockKind, Sentence

_PEOPLE = (
    r"(?:residents|locals|neighbou?rs|townspeople|townsfolk|villagers|islanders|homeowners|householders|families|parents"
    r"|drivers|motorists|commuters|shopkeepers|merchants|(?:business|home|shop) owners|businesses|farmers|growers|fishermen|communities|people|folks)"
)
"""Who lives in an area, as copy calls them when it names nobody."""

_HERE = re.compile(
    rf"\b(?:local|area)\s(?:{_PEOPLE}|schools|students|officials|leaders|police|authorities|governments?|economy|taxpayers|voters|shoppers|hospitals|roads|waters|beaches|jobs|workers)\b|\b{_PEOPLE}\s(?:around here|here|in (?:the|this|our) (?:area|community)|(?:across|around|throughout) (?:the|this|our) (?:area|county|community))\b"
    r"|\b(?:closer to home|here in|in our (?:area|county|community)|in this (?:area|county|community)|our local)\b",
    re.IGNORECASE,
)
"""Words that speak of the coverage area without its name. "Nearby" and "the region" are left out: they follow any place."""

_COUNTY = re.compile(r"\b(?:the county|the county[’']s|county-?wide)\b", re.IGNORECASE)
_ANY_COUNTY = re.compile(r"\b(?:[A-Z][\w’'-]+\s){1,3}County\b")

_COUNTIES = re.compile(r"\s(?:County|Parish|Borough)\Z")

_FEELS = (
    r"(?:complain|worr|fear|hop(?:e|ed|ing)\b|wonder|object|protest|critici[sz]|welcom|celebrat|applaud|cheer|mourn|griev|rall(?:y|ied)|demand|call(?:ed|ing)? (?:for|on)|ask(?:ed|ing)? for"
    r"|plead|push(?:ed|ing)? (?:for|back)|long(?:ed)? for|frustrat|angr|anger|upset|concern|skeptic|sceptic|divided|mixed feelings|outrag|delight|thrill|reliev|excit|unhapp|happy|proud|tired of|fed up|grateful|shock|stunned|sadden|heartbroken|devastat|reel(?:ed|ing)\b|alarm|nervous|anxious|eager|wait(?:ed|ing)? (?:for )?years|watch(?:ed|ing)?\b|feel\b|felt\b|struggl|rejoic|brac(?:e|ed|ing)\b)"
)
"""What a crowd is said to feel, want or have gone through. "Say" is left out: it is a claim with a speaker (`attribution`)."""

_CROWD = re.compile(
    rf"\b{_PEOPLE}\b(?:\s(?:of|in|on|along|near|around|here|there)\b[^,;.“”\"]{{0,40}}?)?\s(?:(?:have|has|had|are|were|is|was|who|long|often|already|still|now|also|been|once|repeatedly|never)\s){{0,4}}{_FEELS}",
    re.IGNORECASE,
)
_SUBJECT = re.compile(rf"\b(?:{_PEOPLE}|caller|callers|speakers?|neighbou?r|resident|shops|stores|customers|patients|students|members|volunteers|workers|crowd|audience|fans|guests|visitors|everyone|public|we|our|us|tenants?|petition|letters?|complaints?|public comment|man|woman|owners?)\b", re.IGNORECASE)  # fmt: skip
_FEELING = re.compile(
    rf"\b(?:{_FEELS}|oppos|support|petition|letter|comment|spoke|testif|wrote)", re.IGNORECASE
)


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """What the sentence says of the area, and whether a local capture bears it out."""
    sentence = context.sentence(subject)
    if context.area is None:
        return findings(CHECK, subject, ())
    told = [*_named(sentence, context, context.area), *_crowd(sentence, context)]
    return findings(CHECK, subject, told)


def _named(sentence: Sentence, context: Context, area: Area) -> Iterator[Verdict]:
    """One verdict for each name of the area in the sentence, or for the words that mean it."""
    near = [capture for capture in context.cited(sentence) if _is_local(capture, _told(area))]
    evidence = tuple(passage for capture in near for passage in _shown(capture, _told(area)))
    named = [*_names(sentence, context, area)]
    meant = [(m.start(), m.end(), m.group()) for m in _meant(own_words(sentence, context), context, area)]
    for start, end, name in named or _borne(meant, context.cited(sentence)):
        lone = name in _must_stand(area) and not _stands(name, context.captures, area)
        if lone:
            yield _out(sentence, start, end, f"{name} is in no capture: take it out")
        elif near:
            mark = _mark(sentence, start, end, f"{near[0].source_name} is of {area.name}", evidence)
            yield Verdict(outcome=Outcome.SUPPORTED, mark=mark, basis=Basis.VERBATIM)
        else:
            message = f"no cited source names anything of {area.name}: cite one that does, or take this out"
            yield _out(sentence, start, end, message)


@lru_cache(maxsize=32)
def _town(area: Area) -> str:
    """The town that an area known by its bare name has: "Whittaker" of "Whittaker County"; '' for a listed area."""
    listed = [place for place in area.named if place.name != area.name]
    return "" if listed else _COUNTIES.sub("", area.name)


@lru_cache(maxsize=32)
def _told(area: Area) -> Area:
    """The area, with the town of its bare name."""
    town = _town(area)
    return replace(area, places=(*area.places, Place(name=town, kind="town"))) if town else area


def _names(sentence: Sentence, context: Context, area: Area) -> Iterator[tuple[int, int, str]]:
    """The area's names in the sentence. Of a bare name, the place the story is told from is no statement yet."""
    town = _town(area)
    from_here = any(town.lower() in line.lower() for line in context.story.words_of(BlockKind.DATE_LINE))
    for start, end, name in names_in(sentence.text, _told(area)):
        longer = name == town and re.match(r"\s[A-Z]", sentence.text[end:])
        if not (town and (from_here or longer)):
            yield start, end, name


@lru_cache(maxsize=512)
def _shown(capture: Capture, area: Area) -> tuple[Passage, ...]:
    """A passage that makes the capture local; empty when it is not."""
    return tuple(reason.passages[0] for reason in relevance(capture, area)[:1])


def _is_local(capture: Capture, area: Area) -> bool:
    """Whether the text names something of the area, or the document's own head does: its title, or whose it is."""
    return bool(_shown(capture, area)) or bool(names_in(_head(capture), area)) or _in_capitals(capture, area)


def _head(capture: Capture) -> str:
    return " · ".join((capture.title, capture.agency, capture.source_name, capture.byline))


def _in_capitals(capture: Capture, area: Area) -> bool:
    """A letterhead: "PELLAM COUNTY COMMISSION"."""
    return any(name.upper() in capture.text for place in area.named for name in place.names)


def _meant(words: str, context: Context, area: Area) -> Iterator[re.Match[str]]:
    """Words that mean the area. "The county" does only where the story names no other one."""
    yield from _HERE.finditer(words)
    others = {match.group() for match in _ANY_COUNTY.finditer(context.story.text)} - {area.name}
    if area.name.endswith("County") and not others:
        yield from _COUNTY.finditer(words)


def _borne(
    meant: Iterable[tuple[int, int, str]], captures: tuple[Capture, ...]
) -> list[tuple[int, int, str]]:
    """Without those that a cited capture uses itself, in the same words."""
    there = [capture.text.lower() for capture in captures]
    return [told for told in meant if not any(told[2].lower() in text for text in there)]


def _must_stand(area: Area) -> frozenset[str]:
    """What no capture says may not be said: places, roads and waters. An agency has many short names."""
    told = () if _town(area) else (*area.places, *area.roads, *area.waters)
    return frozenset(place.name for place in told)


def _stands(name: str, captures: tuple[Capture, ...], area: Area) -> bool:
    texts = [f"{_head(capture)}\n{capture.text}" for capture in captures]
    there = (name == found for text in texts for _, _, found in names_in(text, area))
    return any(there) or any(name.upper() in text for text in texts)


def _crowd(sentence: Sentence, context: Context) -> Iterator[Verdict]:
    """What unnamed people are said to feel, where no capture has anybody feel or say a thing."""
    for match in _CROWD.finditer(own_words(sentence, context)):
        if not any(_tells(capture) for capture in context.captures):
            message = "no capture tells what people here say or feel: take it out"
            yield _out(sentence, match.start(), match.end(), message)
            return


def _tells(capture: Capture) -> bool:
    """Whether a sentence of the capture has people of a place, and what they say or feel."""
    stretches = (capture.text[start:end] for start, end in split(capture.text))
    return any(_SUBJECT.search(words) and _FEELING.search(words) for words in stretches)


def _out(sentence: Sentence, start: int, end: int, message: str) -> Verdict:
    return Verdict(outcome=Outcome.UNDECIDED, mark=_mark(sentence, start, end, message))


def _mark(sentence: Sentence, start: int, end: int, message: str, evidence: tuple[Passage, ...] = ()) -> Mark:
    return Mark(
        start=sentence.start + start, end=sentence.start + end, message=message, evidence=evidence[:2]
    )


CHECK = Check(
    name="local",
    kind=Kind.PROOF,
    version="3",
    title="What is said of the coverage area rests on a capture that names it",
    run=run,
    outcomes=frozenset({Outcome.UNDECIDED, Outcome.SUPPORTED, Outcome.NOTHING_TO_CHECK}),
)

EXAMPLE_AREA = Area(name="Pellam County", places=(Place(name="Tarrow", kind="town"),))
"""The coverage area of the examples."""

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ("The state will mend the pier in Tarrow.", ("The state will mend the pier in Tarrow.",), Outcome.SUPPORTED),
    ("Families in Tarrow will feel the cut.", ("The state will cut its grants to towns.",), Outcome.UNDECIDED),
    ("The state will cut its grants.", ("The state will cut its grants to towns.",), Outcome.NOTHING_TO_CHECK),
)  # fmt: skip
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
