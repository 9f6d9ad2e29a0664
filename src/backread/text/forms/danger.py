"""What an alert is about as a reporter tells it: the danger first, then how long the warning runs, what to do, who issued it.

The danger is the first sentence of the description, where it says what is expected; the headline says flooding only where
the event's own name does, with the certainty and the hours that the alert states. Orders become advice with one name to it:
"Move cars. Do not drive through water." is "advised people to move cars and not to drive through water".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from backread.text import dates
from backread.text.forms import capitals, sections
from backread.text.forms.alert_words import (
    KINDS,
    at,
    here,
    is_incident,
    kind,
    labelled,
    names_area,
    places,
    says,
    short,
    span,
)
from backread.text.forms.base import Fields, Rendered, a, capital, is_capitals, moment, series
from backread.text.forms.days import days_seen, own_day, tidied
from backread.text.sentences import split
from backread.values.area import Area
from backread.values.capture import Capture, Field

_EXPECTED = re.compile(
    r"^(?P<what>(?!No\b|There\b|It\b|This\b|That\b|These\b|The (?:highest|lowest)\b)[A-Z][^,;:()“”]{2,70}?) (?:is|are) "
    r"(?P<how>expected|forecast|likely|possible)\b(?P<rest>[^()“”]*)\.$"
)
_TURNS = re.compile(r"(?i)\b(?:if|unless|until|except|only|not|no|but|when|once)\b|n['’]t\b|\b[ap]\.m\.")
_FLOOD = re.compile(r"^(?P<what>(?:[a-z]+ ){0,2}flood) (?:warning|watch|advisory|statement)$")
_SURE = {"likely": "likely", "possible": "possible"}
_MOST_WORDS, _MOST_ADVICE = 15, 34
_VERBS = (
    "Move|Avoid|Seek|Stay|Turn|Monitor|Be|Get|Go|Leave|Keep|Evacuate|Secure|Check|Listen|Prepare|Drive|Travel|Take|Park|Find|Watch"
    "|Follow|Limit|Wear|Drink|Boil|Bring|Close|Remain|Use|Tune|Head|Shelter|Protect|Unplug|Allow|Slow|Have|Make"
)
_ORDER = re.compile(rf"^(?:(?P<no>Do not|Don['’]t|Never) (?P<what>[a-z].*)|(?P<verb>{_VERBS}) .+)$")
_NO_ADVICE = re.compile(
    r"[:;()“”\"/@]|n['’]t\b|, (?:do|and do) |\bor (?:be|you|else)\b|\bwww\.|\d{3}-\d{4}|\b(?:I|we|us|our)\b|(?<![ap]\.m)[.!?] "
)
_THEM = re.compile(r"\b(?P<verb>tells?|asks?|orders?|around|near|with|for) you\b")
_THEY = re.compile(r"\b(?P<word>if|when|where|unless|before|until|after|that|as|what|than) you\b")
_SEVERE = {"extreme", "severe"}


def danger(capture: Capture, fields: Fields, name: str, on: date, area: Area | None) -> Iterator[Rendered]:
    """Headline, lead and the hours under it, where the alert's own words say what is expected."""
    yield from _flooding(fields, on, area)
    told = expected(capture, fields, on, area)
    if told is None:
        yield from _sectioned(capture, fields, name, on, area)
        return
    field, text = told
    if any(
        name in text for name in (*here(fields, area), *places(fields)[1])
    ):  # A danger nowhere is no headline.
        yield from _cut(field, text)
    sender = fields.all("sender", "sender_name")[:1]
    yield Rendered(text=f"{text[:-1]}, {says(name)}.", fields=(field, *sender), part="danger")
    yield Rendered(text=f"{text[:-1]}, {says(short(name))}.", fields=(field, *sender), part="danger again")
    yield from _hours(fields, text, on, area)


def _sectioned(
    capture: Capture, fields: Fields, name: str, on: date, area: Area | None
) -> Iterator[Rendered]:
    """The same of a description in sections: "The weather service said to expect up to 2 feet of water"."""
    field = fields.one("description")
    if field is None or _is_over(fields):
        return
    thing = sections.to_expect(field.value, on, own_day(capture, area.zone if area else UTC))
    if not thing:
        return
    used = (field, *fields.all("sender", "sender_name")[:1])
    yield Rendered(text=f"{capital(says(name))} to expect {thing}", fields=used, part="danger")
    yield Rendered(text=f"{capital(says(short(name)))} to expect {thing}", fields=used, part="danger again")
    yield from _hours(fields, thing, on, area)


def expected(capture: Capture, fields: Fields, on: date, area: Area | None) -> tuple[Field, str] | None:
    """The description's first sentence with where it stands, when it says what is expected and its days can be told."""
    field = fields.one("description")
    if field is None or is_capitals(field.value) or sections.is_sectioned(field.value) or labelled(fields):
        return None
    if fields.one("magnitude") or is_incident(fields) or _is_over(fields):
        return None
    start, end = next(iter(split(field.value)), (0, 0))
    words = re.sub(r"\s+", " ", field.value[start:end])
    text = (
        days_seen(words, on, own_day(capture, area.zone if area else UTC)) if _EXPECTED.match(words) else None
    )
    if text is None:
        return None
    stands = capture.text[field.start : field.end] == field.value
    first = field.start + start if stands else field.start
    last = field.start + end if stands else field.end
    return Field(name="description", value=words, start=first, end=last), tidied(text)


def _is_over(fields: Fields) -> bool:
    sort, urgency = fields.one("msg_type", "msgType"), fields.one("urgency")
    return (sort is not None and sort.value.strip().lower() == "cancel") or (
        urgency is not None and urgency.value.strip().lower() == "past"
    )


def _cut(field: Field, text: str) -> Iterator[Rendered]:
    """The headline in the sentence that says what is expected; none where it is long or cutting would turn it."""
    found = _EXPECTED.match(text)
    if found is None or _TURNS.search(text):
        return
    what = re.sub(
        r"^(?:The|A|An) ", "", re.sub(r"(?<=foot|feet) above ground(?: level)?$", " deep", found["what"])
    )
    words = re.sub(r"\b(?:the|a|an) (?=\w)", "", f"{what} {found['how']}{found['rest']}").replace("  ", " ")
    if 5 <= len(words.split()) <= _MOST_WORDS:
        yield Rendered(text=capital(words), fields=(field,), part="danger headline")


def _flooding(fields: Fields, on: date, area: Area | None) -> Iterator[Rendered]:
    """ "Coastal flooding likely Tuesday night on Heron Key": the event, its certainty, its hours, its places."""
    used, words = kind(fields)
    found, sure = _FLOOD.match(words), fields.one("certainty")
    sort = fields.one("msg_type", "msgType")
    if found is None or sure is None or sure.value.strip().lower() not in _SURE or _is_over(fields):
        return
    if sort is not None and sort.value.strip().lower() != "alert":
        return  # An update may tell that the worst is over.
    times, when = _when(fields, on, area)
    where = _where(fields, area)
    if not when or not where:
        return
    text = f"{capital(found['what'])}ing {_SURE[sure.value.strip().lower()]} {when} {where}"
    if len(text.split()) <= _MOST_WORDS:
        yield Rendered(text=text, fields=(*used, sure, *times, *fields.all("area")), part="danger headline")


def _times(fields: Fields, area: Area | None) -> tuple[tuple[Field, ...], datetime | None, datetime | None]:
    first, last = fields.one("onset", "effective"), fields.one("ends", "expires")
    start = moment(first.value, area) if first else None
    end = moment(last.value, area) if last else None
    return tuple(f for f in (first, last) if f), start, end


def _when(fields: Fields, on: date, area: Area | None) -> tuple[tuple[Field, ...], str]:
    """The day, or the night that begins on it; '' for anything longer."""
    times, start, end = _times(fields, area)
    if start is None or end is None or end <= start or end.date() < on:
        return (), ""
    days = (end.date() - start.date()).days
    if days == 0:
        return times, dates.ap(start.date(), on)
    return (
        (times, f"{dates.ap(start.date(), on)} night")
        if days == 1 and start.hour >= 17 and end.hour < 10
        else ((), "")
    )


def _where(fields: Fields, area: Area | None) -> str:
    """ "on Heron Key", "in Alder Bay and Quillon", "at" for both kinds; of the coverage area's own places where it names any."""
    known = {p.name: p.kind for p in (area.places if area else ())}
    local = [n for n in here(fields, area) if n in known]
    if not local:
        own = [area.name] if area and names_area(fields, area) else list(places(fields)[1])
        return f"in {series(own)}" if own and len(series(own)) < 60 else ""
    islands = {known[n] in ("island", "key") for n in local}
    towns = all(known[n] in ("city", "town", "village", "island") for n in local)
    word = "at" if len(islands) > 1 or not towns else "on" if True in islands else "in"
    order = " ; ".join(f.value for f in fields.all("area"))
    return f"{word} {series(sorted(local, key=order.find))}"


def _hours(fields: Fields, text: str, on: date, area: Area | None) -> Iterator[Rendered]:
    """How long the warning runs under a lead that has told the danger, with the places which that did not name."""
    times, start, end = _times(fields, area)
    called, words = kind(fields)
    if start is None or end is None or end <= start or not KINDS.search(words) or words.endswith(" alert"):
        return
    held, named = places(fields)
    more = [place for place in named if place not in text]
    # "The Mere River in Pellam County" is not "also" covered where the lead has named the river.
    whole = len(more) == len(named) or any(
        re.sub(r" (?:in|of) [A-Z].*$", "", place) in text for place in more
    )
    told = f"{capital(a(words))}{f' for {series(named)}' if more and whole else ''}"
    told = f"{told} {verb(fields, start, end, on, area)} {span(start, end, on)}"
    also = f" and also covers {series(more)}" if more and not whole else ""
    used = (*called, *times, *(held if more else ()), *fields.all("sent")[:1])
    yield Rendered(text=f"{told}{also}.", fields=used, part="hours")
    full = f"{capital(a(words))}{f' for {series(named)}' if named else ''}"
    text = f"{full} {verb(fields, start, end, on, area)} {span(start, end, on)}."
    yield Rendered(text=text, fields=(*used, *held), part="hours again")


def verb(fields: Fields, start: datetime, end: datetime, on: date, area: Area | None) -> str:
    """How a warning stands to its hours: "runs" where it was sent before they begin, for nobody knows when it is read."""
    sent = fields.one("sent")
    when = moment(sent.value, area) if sent else None
    if end.date() < on:
        return "was in effect"
    if start.date() > on:
        return "will be in effect"
    return (
        "runs"
        if when is not None and bool(when.tzinfo) == bool(start.tzinfo) and when < start
        else "is in effect"
    )


def infinitive(sentence: str) -> str:
    """An order as what people are advised to do ("not to drive through water"); '' for what is none or cannot be turned."""
    words = capital(re.sub(r"^[Pp]lease ", "", sentence.strip().rstrip(".!").strip()))
    found = _ORDER.match(words)
    if found is None or _NO_ADVICE.search(words.removeprefix("Don't").removeprefix("Don’t")):
        return ""
    told = (
        f"{'never' if found['no'] == 'Never' else 'not'} to {found['what']}"
        if found["no"]
        else f"to {words[:1].lower()}{words[1:]}"
    )
    told = _THEY.sub(r"\g<word> they", _THEM.sub(r"\g<verb> them", told))
    told = re.sub(r"\byour\b", "their", told)
    return "" if re.search(r"(?i)\b(?:you\w*)\b", told) else told


def advice(capture: Capture, fields: Fields, name: str, on: date, area: Area | None) -> Iterator[Rendered]:
    """The orders of an instruction as advice with the sender's name to it, as many to a sentence as can be read."""
    field = fields.one("instruction")
    if field is None:
        return
    seen = own_day(capture, area.zone if area else UTC)
    found = [days_seen(infinitive(t), on, seen) for t in _orders(field.value)]
    who, also = short(name) or "the alert", ""
    for told in _grouped([t for t in dict.fromkeys(found) if t]):
        text = f"{capital(who)} {also}advised people {series(told)}."
        yield Rendered(text=text, fields=(field,), part="advice")
        also = "also "


def _orders(value: str) -> Iterator[str]:
    if is_capitals(value):
        yield from (t for t in capitals.told(value) if infinitive(t))
        return
    for paragraph in re.split(r"\n\s*\n", value):
        words = re.sub(r"\s+", " ", paragraph).strip(' "“”')
        yield from (t for start, end in split(words) if infinitive(t := words[start:end]))


def _grouped(told: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for one in told:
        if group and len(" ".join([*group, one]).split()) > _MOST_ADVICE:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def sent(fields: Fields, name: str, did: str, on: date, area: Area | None) -> Iterator[Rendered]:
    """Who issued it and when, with how grave the office calls it where that is grave; not the moment that its hours begin with."""
    field = fields.one("sent")
    when = moment(field.value, area) if field else None
    if field is None or when is None:
        return
    used, words = kind(fields)
    grade = _grave(fields, words)
    thing = words.split()[-1] if KINDS.search(words) else "alert"
    sender, who = fields.all("sender", "sender_name")[:1], capital(short(name))
    rated = f"rated the threat as {grade[0].value.strip().lower()}" if grade and who else ""
    if when == _times(fields, area)[1]:
        if rated:
            yield Rendered(text=f"{who} {rated}.", fields=(*grade, *sender), part="sent")
        return
    held = (*used, field, *fields.all("msg_type", "msgType"), *sender, *(grade if rated else ()))
    text = (
        f"{who}{f', which {rated},' if rated else ''} {did} the {thing}" if who else f"The {thing} was {did}"
    )
    yield Rendered(text=f"{text} at {at(when, on)}.", fields=held, part="sent")
    again = f"It {did} the {thing} at {at(when, on)}."  # Behind a sentence that names who.
    yield Rendered(text=again if who else f"{text} at {at(when, on)}.", fields=held, part="sent again")


def _grave(fields: Fields, words: str) -> tuple[Field, ...]:
    """The severity, where it is grave and the alert's name does not say so."""
    grade = fields.one("severity")
    told = grade.value.strip().lower() if grade else ""
    return (grade,) if grade and told in _SEVERE and told not in words else ()
