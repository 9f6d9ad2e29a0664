"""Harm: what can hurt somebody if it is wrong, or if it is right: a second pair of eyes, and no swapped roles.

A prosecutor's office that announced a charge has stood in print as "prosecutor charged with murder". So whom a sentence
has accused or harmed is laid beside what the captures have: somebody whom they only know as the one who accuses, or as
the one who was harmed, while another is accused, was swapped, and the sentence is refuted. Whatever else can hurt asks
for a second approver and changes no state: a person named beside an accusation, a minor or a victim named, suicide, a
home address. Better asked once too often.

What it cannot see: roles told in words that no pattern knows, two people of one last name, an agency taken for another,
and whether naming somebody is fair. Ages tell a minor; a school year does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from backread.check.base import Check, Context, Window
from backread.check.charges import OFFICES, Part, Role, parts_of, roles, who_of
from backread.check.scope import Verdict, findings
from backread.text.sentences import split
from backread.values.capture import Capture, Passage
from backread.values.finding import Finding, Kind, Mark, Outcome, Subject
from backread.values.story import Block, Sentence, Story

_ACCUSED = re.compile(
    r"(?i)\b(?:charged with|(?:face|faces|facing|faced|deny|denies|denied|drop|drops|dropped|bring|brought|file|filed|felony|misdemeanor|criminal"
    r"|assault|theft|murder|fraud|drug|pending|on|the|a|an|these|those|such|all|both|his|her|their|new|\d+|two|three|four|five|six|several|multiple) charges?\b(?! (?:for|to use|per|of \$)\b)"
    r"|(?<!in )charges? (?:of|against|that)\b(?! \$)|charged (?:on|in connection|after|over|him|her|them|as an?)\b|charged\b(?=[^.]{0,60} with\b)|accus(?:ed|es|ing|ations?)|arrest(?:ed|s)?"
    r"|indict(?:ed|ments?)|convict(?:ed|ions?)|suspects?\b(?! that)|suspected|alleg(?:ed|edly|es|ations?)|pleaded guilty|booked into|wanted on)\b"
)
"""Words that accuse. To charge a phone, a fee or a battery accuses nobody."""
_PERSON = re.compile(r"\b[A-Z][a-z’'-]+(?: [A-Z]\.?)?(?: [A-Z][a-z’'-]+)+,? (?:\d{1,3}\b)?")
_FULL_NAME = r"[A-Z][\w’'-]+(?:\s[A-Z]\.)?(?:\s[A-Z][\w’'-]+){1,3}"
_MINOR = re.compile(
    rf"\b(?P<who>{_FULL_NAME}),\s(?:who (?:is|was)\s)?(?:aged? |an? )?(?:[1-9]|1[0-7])(?:-year-old\b|(?=,|\.(?:\s|\Z)))|\b(?:[1-9]|1[0-7])-year-old\s(?:\w+\s){{0,2}}{_FULL_NAME}"
)
"""Somebody named with an age under 18."""
_SUICIDE = re.compile(
    r"(?i)\bsuicid(?:e|al)\b(?! (?:prevention|hotline|line|squad|watch|awareness|bomb))|\b(?:took|taken|taking|take) (?:his|her|their|its) own li(?:fe|ves)\b"
    r"|\b(?:killed|shot|hanged|hung) (?:himself|herself|themselves)\b|\bself-inflicted\b"
)
_METHOD = re.compile(
    r"(?i)\b(?:hang(?:ed|ing)|hung|shot (?:himself|herself|themselves)|jump(?:ed|ing)|overdos\w+|pills?|gunshot|poison\w*|self-inflicted|drown\w+|slit)\b"
)
_HELP = re.compile(r"(?i)\b988\b|\bhelp ?line|\bhotline|\bcrisis line|\blifeline|\bSamaritans\b")
_ADDRESS = re.compile(
    r"\b\d{1,5}[A-Za-z]?\s(?:[NSEW]\.\s)?(?:[A-Z][\w’'-]+\s|\d+(?:st|nd|rd|th)\s){1,3}(?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Lane|Ln\.|Drive|Dr\.|Court|Way|Place|Terrace|Close|Circle|Boulevard|Blvd\.)"
)
_LIVES = re.compile(r"(?i)\b(?:live[sd]?|living|home|house|residen(?:t|ts|ce)|apartment|flat|rents?|rented|neighbou?r|address)\b|, of \Z")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """Why a sentence asks for a second approver: the place that does, and why in words that follow "sentence 3"."""

    start: int
    end: int
    why: str


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """Refuted for a swapped role; undecided, which holds nothing open, for what asks for a second approver."""
    sentence = context.sentence(subject)
    return findings(CHECK, subject, (*_swaps(sentence, context), *_asking(sentence, context.story)))


def needs_second(story: Story) -> tuple[str, ...]:
    """Why a second approver is asked for, a line for each reason of each sentence; empty where nothing asks."""
    return tuple(f"sentence {s.index + 1} {ask.why}" for s in story.sentences for ask in asks(s, story))


def asks(sentence: Sentence, story: Story) -> tuple[Ask, ...]:
    """What in a sentence asks for a second approver. Its places count from the sentence's start."""
    told = [*_accusing(sentence, story), *_minors(sentence), *_victims(sentence), *_suicides(sentence, story)]
    return (*told, *_addresses(sentence))


def _asking(sentence: Sentence, story: Story) -> Iterator[Verdict]:
    for ask in asks(sentence, story):
        message = f"this {ask.why}: a second approver is asked for"
        yield Verdict(outcome=Outcome.UNDECIDED, mark=_mark(sentence, ask.start, ask.end, message))


def _accusing(sentence: Sentence, story: Story) -> Iterator[Ask]:
    """A person is named in or next to a block that accuses."""
    match = _ACCUSED.search(sentence.text)
    if match and any(_PERSON.search(_words(block, story)) for block in _beside(sentence, story)):
        yield Ask(match.start(), match.end(), "names a person beside an accusation")


def _beside(sentence: Sentence, story: Story) -> tuple[Block, ...]:
    """The block of a sentence and those before and behind it that have sentences."""
    told = [index for index, block in enumerate(story.blocks) if block.kind.has_sentences]
    place = told.index(sentence.block)
    return tuple(story.blocks[index] for index in told[max(0, place - 1) : place + 2])


def _words(block: Block, story: Story) -> str:
    return story.text[block.start : block.end]


def _minors(sentence: Sentence) -> Iterator[Ask]:
    if match := _MINOR.search(sentence.text):
        yield Ask(match.start(), match.end(), "names a minor")


def _victims(sentence: Sentence) -> Iterator[Ask]:
    for role in roles(sentence.text):
        if role.part is Part.VICTIM and not re.fullmatch(rf"(?i){OFFICES}", role.words):
            yield Ask(role.start, role.end, "names somebody who was harmed")
            return


def _suicides(sentence: Sentence, story: Story) -> Iterator[Ask]:
    match = _SUICIDE.search(sentence.text)
    if match is None:
        return
    tells = " and how it was done, which is best left out" if _METHOD.search(sentence.text) else ""
    lacks = "" if _HELP.search(story.text) else "; no help line is told"
    yield Ask(match.start(), match.end(), f"tells of a suicide{tells}{lacks}")


def _addresses(sentence: Sentence) -> Iterator[Ask]:
    for match in _ADDRESS.finditer(sentence.text):
        lives = _LIVES.search(sentence.text) or _LIVES.search(sentence.text[: match.start()])
        rest = f"{sentence.text[: match.start()]} {sentence.text[match.end() :]}"
        if lives and _PERSON.search(f"{rest} "):
            yield Ask(match.start(), match.end(), "gives somebody's home address")
            return


_SWAPPED = {
    (Part.ACCUSED, Part.OFFICIAL): "as one who accuses or arrests",
    (Part.ACCUSED, Part.VICTIM): "as one who was harmed",
    (Part.VICTIM, Part.ACCUSED): "as the accused",
}
_CUES = {
    Part.ACCUSED: re.compile(r"(?i)\b(?:accus|charg|arrest|indict|alleg|suspect|convict|sentenc|plead|held|jail|defendant|custody)"),
    Part.VICTIM: re.compile(r"(?i)\b(?:victim|killed|died|dead|death|injur|hurt|wound|harm|hospital|shot|stab|struck|beat|attack|robb|assault)"),
}  # fmt: skip


def _swaps(sentence: Sentence, context: Context) -> Iterator[Verdict]:
    """Somebody in another part than every capture gives, while a capture has another one in that part."""
    sheet = [told for capture in context.captures for told in _sheet(capture)]
    for role in dict.fromkeys(r for r in roles(sentence.text) if r.part is not Part.OFFICIAL):
        named = (
            _holders(role.who, context.captures) if re.fullmatch(OFFICES, role.who) else frozenset({role.who})
        )
        theirs = frozenset(part for who in named for part in parts_of(who, (r for r, _ in sheet)))
        given = next(
            (part for part in (Part.OFFICIAL, Part.VICTIM, Part.ACCUSED) if (role.part, part) in _SWAPPED and part in theirs), None
        )  # fmt: skip
        others = [told for told in sheet if told[0].part is role.part and told[0].who not in named]
        if given is None or role.part in theirs or not others or _may_be(role, context.captures):
            continue
        yield _swapped(sentence, role, given, [told for told in sheet if told[0].who in named], others[0][0])


@lru_cache(maxsize=256)
def _holders(office: str, captures: tuple[Capture, ...]) -> frozenset[str]:
    """An office, and everybody whom a capture names with it: "trooper" and "pike"."""
    titled = re.compile(rf"(?i:\b{re.escape(office)})\s((?:[A-Z][\w.’'-]*\s?){{1,4}})")
    found = (who_of(m[1].strip()) for capture in captures for m in titled.finditer(capture.text))
    return frozenset({office, *found}) - {""}


def _swapped(
    sentence: Sentence, role: Role, given: Part, sheet: list[tuple[Role, Passage]], other: Role
) -> Verdict:
    passage = next(place for r, place in sheet if r.part is given)
    message = (
        f"the sources have {role.words} {_SWAPPED[role.part, given]}, and {other.words} {_NAMED[role.part]}"
    )
    mark = _mark(sentence, role.start, role.end, message, (passage,))
    return Verdict(outcome=Outcome.REFUTED, mark=mark)


_NAMED = {Part.ACCUSED: "accused", Part.VICTIM: "harmed"}


@lru_cache(maxsize=256)
def _sheet(capture: Capture) -> tuple[tuple[Role, Passage], ...]:
    """Everybody with a part in a capture, with the sentence that gives it."""
    return tuple(
        (role, capture.passage(start, end))
        for start, end in split(capture.text)
        for role in roles(capture.text[start:end])
    )


def _may_be(role: Role, captures: tuple[Capture, ...]) -> bool:
    """Whether a sentence of a capture may have somebody in this part in words that no pattern knows."""
    who = re.compile(rf"(?i)\b{re.escape(role.who)}\b")
    for capture in captures:
        for start, end in split(capture.text):
            words = capture.text[start:end]
            for found in who.finditer(words) if _CUES[role.part].search(words) else ():
                if _is_loose(role, found, roles(words)):
                    return True
    return False


_NEAR = 25
"""Characters between an office and the name of who holds it."""


def _is_loose(role: Role, found: re.Match[str], told: tuple[Role, ...]) -> bool:
    """Whether nobody is told in this part there, and the one asked for in none; or the office is that of one who is."""
    if any(r.who == role.who for r in told):
        return False
    taken = [r for r in told if r.part is role.part]
    if re.fullmatch(OFFICES, role.who):
        return any(_holds(r, found) for r in taken)
    return not taken


def _holds(role: Role, office: re.Match[str]) -> bool:
    """Whether an office stands straight before or behind a name."""
    before = role.start - _NEAR < office.end() <= role.start
    return before or role.end <= office.start() < role.end + _NEAR


def _mark(sentence: Sentence, start: int, end: int, message: str, evidence: tuple[Passage, ...] = ()) -> Mark:
    return Mark(start=sentence.start + start, end=sentence.start + end, message=message, evidence=evidence)


CHECK = Check(
    name="harm",
    kind=Kind.POLICY,
    version="3",
    title="Crime, minors, victims, addresses: a second pair of eyes, and nobody in another's part",
    run=run,
    window=Window.STORY,
    outcomes=frozenset({Outcome.REFUTED, Outcome.UNDECIDED, Outcome.NOTHING_TO_CHECK}),
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    (
        "Ann Pell was charged with theft.",
        ("Prosecutor Ann Pell charged Milo Stark, 43, with theft.",),
        Outcome.REFUTED,
    ),
    (
        "Milo Stark was charged with theft.",
        ("Prosecutor Ann Pell charged Milo Stark, 43, with theft.",),
        Outcome.UNDECIDED,
    ),
    (
        "The pier closed on Monday.",
        ("Prosecutor Ann Pell charged Milo Stark, 43, with theft.",),
        Outcome.NOTHING_TO_CHECK,
    ),
)
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
