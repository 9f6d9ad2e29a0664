"""Who is accused, who accuses, who was harmed: read from the words of a sentence, for `attribution` and `harm`.

Each part is told by fixed patterns around a name or an office ("Orde, 41, was charged with", "Prosecutor Pell charged
Orde with", "in the death of Szabo"), and how far the matter has gone by its verb: suspected, arrested, charged,
convicted. Only what a pattern is sure of is told. Offsets count code points into the text that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache

from backread.text import quotations


class Part(StrEnum):
    """What somebody is in a crime story."""

    ACCUSED = "accused"
    OFFICIAL = "official"
    VICTIM = "victim"


class Standing(IntEnum):
    """How far a matter has gone; the higher holds the lower."""

    NONE = 0
    SUSPECTED = 1
    ARRESTED = 2
    CHARGED = 3
    CONVICTED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Somebody in a part: `who` is the last name in lower case, or the office for an office without a name."""

    part: Part
    who: str
    start: int
    end: int
    words: str
    standing: Standing = Standing.NONE


OFFICES = (
    r"(?:(?:deputy |assistant |chief |former |ex-)?(?:prosecutor|district attorney|state[’']s attorney|(?:county|city|state) attorney|attorney general|sheriff[’']s deputy|sheriff|deputy|police officer|police chief"
    r"|officer|detective|trooper|constable|judge|magistrate|marshal|coroner))"
)
"""Those whose work it is to accuse, arrest or judge."""
_TITLES = r"(?:(?:Chief |Deputy |Assistant |Former |County |District |City |State |Acting ){0,3}(?:Prosecutor|District Attorney|State[’']s Attorney|Attorney General|Sheriff[’']s Deputy|Sheriff|Deputy|Police Chief|Chief|Officer|Detective|Det\.|Sgt\.|Sergeant|Lt\.|Lieutenant|Capt\.|Captain|Trooper|Constable|Judge|Magistrate|Marshal|Coroner|Inspector|PC|Supt\.|Superintendent))"
_WORD = r"[A-Z](?:\.|[\w’'-]*[\w])"
_NAME = rf"(?:{_WORD}(?:\s{_WORD}){{0,3}}(?:,? (?:Jr|Sr)\.)?)"
_WHO = rf"(?:(?P<title>{_TITLES})\s)?(?P<who>{_NAME}|(?i:{OFFICES}))"
_ASIDE = r"(?:,\s(?:\d{1,3}|(?:aged|of|from|an?|the|who|whose|formerly)\b[^,;.“”\"]{1,70}|\d{1,3},\s(?:of|from)\s[^,;.“”\"]{1,40})(?=,)){0,4},?"
_ADVERB = r"(?:(?:later|also|then|again|since|formally|now|already|first|on \w+|last \w+|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\s)?"
_AUX = r"(?:(?:was|were|is|are|has|have|had|being|been|could|may|will)\s(?:being\s|been\s|be\s)?)"
_STANDINGS = {
    Standing.CONVICTED: r"(?:convicted|found guilty|sentenced|jailed for|imprisoned)",
    Standing.CHARGED: r"(?:charged|indicted|arraigned)",
    Standing.ARRESTED: r"(?:arrested|booked|detained|apprehended|jailed|taken into custody|cited"
    r"|held(?=\s(?:in (?:the |a )?(?:[\w.’'-]+\s){0,4}(?i:jail|prison|custody|cell|center|lockup)|without (?:bond|bail)|on (?:\$|bail|bond|suspicion|charges|a charge)|for trial|pending)))",
    Standing.SUSPECTED: r"(?:accused|suspected|questioned|under investigation|investigated|wanted)",
}
_AFTER = r"(?=\s(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s)?(?:with|of|in|on|for|after|over|by|as|at|and|but|near|outside|while|when|without|following)\b|[,.;]|\Z)"
_LINKS = r"(?=\s(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s)?(?:with|of|in connection|on (?:a |an |suspicion|charges?)|for (?:allegedly|the|a)|after|over|in (?:the |a |an )?(?:[\w’'-]+\s){0,4}(?:case|deaths?|killings?|thefts?|fraud|ring|fires?|crash|shootings?|stabbing|probe|scheme|raid|robbery|assault|investigation|slaying))\b)"


def _passive(verb: str, *, bare: bool) -> re.Pattern[str]:
    """ "Orde, 41, was charged with"; bare, as headlines have it, "Orde charged with"."""
    lead, end = ("", _LINKS) if bare else (rf"{_AUX}", _AFTER)
    return re.compile(rf"\b{_WHO}{_ASIDE}\s{_ADVERB}{lead}{_ADVERB}{verb}{end}")


_ACCUSED = (
    *((standing, _passive(verb, bare=bare)) for standing, verb in _STANDINGS.items() for bare in (False, True)),
    (Standing.CONVICTED, re.compile(rf"\b{_WHO}{_ASIDE}\s{_ADVERB}(?:pleaded guilty|pled guilty|confessed(?: to)?|guilty (?:of|in)|admitted (?:to )?\w+ing|was found guilty)\b")),
    (Standing.CHARGED, re.compile(rf"\b{_WHO}{_ASIDE}\s{_ADVERB}(?:pleaded (?:not guilty|no contest|innocent)|(?:faces|faced|is facing) (?:\w+ ){{0,4}}(?:charges?|counts?)|denie[sd] (?:the |all )?charges?)\b")),
    (Standing.CHARGED, re.compile(rf"\b(?i:charged|indicted|charges|charging|prosecuting|prosecutes|arraigned)\s(?P<who>{_NAME})")),
    (Standing.CHARGED, re.compile(rf"\b(?i:charges?|complaint|indictment|case) (?:\w+ )?(?:was |were |is |are )?(?:filed |brought )?against\s(?P<who>{_NAME})")),
    (Standing.ARRESTED, re.compile(rf"\b(?i:arrested|arresting|arrests|booked|detained|cited|arrest of)\s(?P<who>{_NAME})")),
    (Standing.SUSPECTED, re.compile(rf"\b(?i:suspect|defendant|accused|accuses|accusing|suspected)\s(?P<who>{_NAME})")),
    (Standing.CONVICTED, re.compile(rf"\b(?i:convicted|sentenced|jailed)\s(?P<who>{_NAME})")),
)  # fmt: skip
_HARM = r"(?:found dead|killed|slain|murdered|shot|stabbed|beaten|strangled|struck|robbed|assaulted|attacked|raped|kidnapped|fatally \w+|injured|wounded|hurt|pronounced dead)"
_VICTIMS = (
    re.compile(rf"\b{_WHO}{_ASIDE}\s{_ADVERB}{_AUX}{_ADVERB}{_HARM}\b"),
    re.compile(rf"\b{_WHO}{_ASIDE}\s{_ADVERB}had been {_HARM}\b"),
    re.compile(
        rf"\b(?i:death|killing|murder|slaying|stabbing|shooting|beating|robbery|assault|rape|abduction|body) of\s(?P<who>{_NAME})"
    ),
    re.compile(rf"\b(?i:victim|victim,|victim was|victim as)\s(?P<who>{_NAME})"),
)
CRIMES = r"(?:shot|stabbed|killed|murdered|robbed|beat|strangled|assaulted|attacked|punched|raped|kidnapped|molested|defrauded|swindled|bludgeoned|struck|ran over|ran down)"
"""What somebody does to somebody, in the past."""
_DOES = re.compile(rf"\b{_WHO}{_ASIDE}\s{_ADVERB}{CRIMES}\s(?:and killed\s)?(?P<whom>{_NAME})")
_ACTS = re.compile(rf"\b(?P<who>{_NAME}){_ASIDE}\s{_ADVERB}(?:charged|charges|arrested|arrests|indicted|prosecuted|prosecutes|accused|accuses|cited)\s(?:a |an |the |two |three |{_NAME})")  # fmt: skip
_TITLED = re.compile(rf"\b(?P<title>{_TITLES})\s(?P<who>{_NAME})")
_OFFICE_ACTS = re.compile(
    rf"\b(?P<who>(?i:{OFFICES}))(?:s|[’']s office|\s{_NAME})?\s(?:(?!was|were|is|are|been|being|had|has)\w+\s)?"
    r"(?:charged|charges|arrested|arrests|accused|accuses|cited|said)\b(?!\s(?:with|in connection|over|after|on|of)\b)"
)
_BODY = re.compile(
    r"\b(?:County|City|Office|Department|Court|Police|State|Town|Council|Commission|Street|Avenue|Road|District|Board|Company|Inc|Co|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|He|She|They|It|Who|Nobody|No|None|Everybody|Everyone|Somebody|Someone|Anybody|Anyone|Many|Several|Some|One|The|Police|Prosecutors|Deputies|Officers|Two|Three|A|An)\b"
)


_TOLD = re.compile(
    rf"(?i)\b(?:charg|indict|arraign|arrest|book|detain|apprehend|held|jail|custody|cite|accus|suspect|question|investigat|wanted|convict|guilty|sentenc|imprison|plead|pled|admit|fac(?:e|ing)|den(?:y|ie)|prosecut|defend|complaint"
    rf"|case|confess|victim|death|body|kill|slay|slain|murder|shoot|shot|stab|beat|strangl|struck|robb|assault|attack|rape|kidnap|abduct|fatal|injur|wound|hurt|pronounced|found dead|punch|molest|defraud|swindl|bludgeon|ran (?:over|down)|{OFFICES})"
)
"""A word of some pattern: most sentences have none, and are read no further."""


@lru_cache(maxsize=4096)
def roles(text: str) -> tuple[Role, ...]:
    """Who is in which part in `text`, outside quotations, in order. A name may be told in several parts."""
    if not _TOLD.search(text):
        return ()
    words = quotations.outside(text)
    found = [*_accused(words), *_victims(words), *_officials(words)]
    return tuple(sorted(dict.fromkeys(found), key=lambda role: (role.start, role.end)))


def _accused(words: str) -> Iterator[Role]:
    for standing, pattern in _ACCUSED:
        for match in pattern.finditer(words):
            yield from _role(Part.ACCUSED, match, "who", standing)
    for match in _DOES.finditer(words):
        yield from _role(Part.ACCUSED, match, "who", Standing.NONE)


def _victims(words: str) -> Iterator[Role]:
    for pattern in _VICTIMS:
        for match in pattern.finditer(words):
            yield from _role(Part.VICTIM, match, "who")
    for match in _DOES.finditer(words):
        yield from _role(Part.VICTIM, match, "whom")


def _officials(words: str) -> Iterator[Role]:
    for pattern in (_TITLED, _ACTS, _OFFICE_ACTS):
        for match in pattern.finditer(words):
            yield from _role(Part.OFFICIAL, match, "who")


def _role(part: Part, match: re.Match[str], group: str, standing: Standing = Standing.NONE) -> Iterator[Role]:
    words = match[group]
    if who := who_of(words):
        yield Role(
            part=part, who=who, start=match.start(group), end=match.end(group), words=words, standing=standing
        )


def who_of(words: str) -> str:
    """How a name or office compares: the last name, or the office, in lower case; '' for a body or a day."""
    office = re.search(rf"(?i)\b{OFFICES}\Z", words)
    if office:
        return re.sub(r"^(?:deputy|assistant|chief|former|ex-)\s?(?=\w)", "", office.group().lower())
    plain = re.sub(r",? (?:Jr|Sr)\.?\Z|[’']s?\Z", "", words)
    return "" if _BODY.search(plain) else plain.split()[-1].lower().strip(".")


def parts_of(who: str, told: Iterable[Role]) -> frozenset[Part]:
    """The parts somebody has in what was told."""
    return frozenset(role.part for role in told if role.who == who)
