"""How far a matter has gone: nobody is called guilty who is charged, or charged who was arrested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from backread.check.attribution.sources import Said, dossier, said
from backread.check.attribution.words import ATTRIBUTED
from backread.check.base import Context
from backread.check.charges import Part, Role, Standing, roles, who_of
from backread.check.scope import Verdict, own_words
from backread.values.capture import Capture
from backread.values.finding import Basis, Mark, Outcome
from backread.values.story import Sentence

_NOT_YET = re.compile(
    r"(?i)\b(?:unless|until|if|unless and until|or)\s(?:and until )?(?:\w+\s){0,3}(?:proven|found|proved|convicted)(?:\sguilty)?|\bnot (?:been )?(?:guilty|charged|convicted|arrested)|\bno (?:\w+ )?(?:charges?|arrests?)\b"
    r"|\bwithout (?:a )?charges?\b|\bcharges? (?:are|were|is|remain) (?:pending|expected|possible|being)|\b(?:could|may|might|would) (?:\w+ )?(?:face|be|bring|file) (?:\w+ ){0,2}(?:charg|arrest|convict|sentenc)\w*|\bif (?:\w+ )?(?:charged|convicted)"
    r"|\bwhether to (?:\w+ )?(?:charge|indict)|\bconsider\w* charg\w+|\bin charge\b|\bfree of charge\b|\bno charge\b|\bpresumed innocent\b|\bdenie[sd] (?:\w+ )?(?:guilt)|\bprevious(?:ly)? convict\w+|\bconvicted felon\b"
)
"""Words of a charge or a conviction that say there is none yet, or speak of another one."""

_WORDS = (
    (Standing.CONVICTED, re.compile(r"(?i)\b(?:convict(?:ed|ion)|guilty|verdict|finding|ruled|fined|ordered to pay|sentenc(?:ed|es|ing)|confess(?:ed|ion)|admitted (?:to )?\w+ing)\b")),
    (Standing.CHARGED, re.compile(r"(?i)\b(?:charg(?:ed|es|e|ing)|indict\w+|arraign\w+|complaint|counts? of|prosecut\w+)\b")),
    (Standing.ARRESTED, re.compile(r"(?i)\b(?:arrest\w*|booked|detained|in custody|held|jailed|cited|citation|handcuff\w+)\b")),
    (Standing.SUSPECTED, re.compile(r"(?i)\b(?:suspect\w*|accus\w+|alleg\w+|questioned|investigat\w+|wanted)\b")),
)  # fmt: skip

_WAS = {
    Standing.SUSPECTED: "suspected",
    Standing.ARRESTED: "arrested",
    Standing.CHARGED: "charged",
    Standing.CONVICTED: "convicted",
}
_DEEDS = r"(?:shot|stabbed|killed|murdered|robbed|strangled|assaulted|attacked|raped|kidnapped|molested|abused|defrauded|swindled|bludgeoned|beat (?:\w+ )?to death|stole|embezzled|burgled|burglarized|forged|broke into|burned (?:the|a|down)|set (?:the |a )?fire|set (?:\w+ ){1,4}on fire|torched|smuggled|bribed|poisoned|vandali[sz]ed)"
_ASIDE = r"(?:,[^,;.“”\"]{1,60}){0,3},?"
_NAME = r"[A-Z](?:\.|[\w’'-]*\w)(?:\s[A-Z](?:\.|[\w’'-]*\w)){0,3}"
_SOMEBODY = r"(?i:man|woman|teen|teenager|boy|girl|suspect|driver|employee|ex-employee|worker|husband|wife|son|father|mother|neighbou?r|brother|treasurer|teacher|couple)"
_DOES = re.compile(rf"\b(?P<who>{_NAME}|{_SOMEBODY}){_ASIDE}\s(?:then |also |later |brutally |fatally )?(?P<deed>{_DEEDS})\b")  # fmt: skip
_PRONOUN = re.compile(rf"\A(?P<who>He|She|They)\s(?:then |also |later )?(?P<deed>{_DEEDS})\b")
_CAUGHT = re.compile(
    rf"\b(?:arrested|charged|caught|captured|jailed|nabbed|held|hold|holding)\s(?:the|a|an)\s(?P<deed>(?:\w+\s)?(?P<who>{_SOMEBODY})\swho\s{_DEEDS}"
    r"|(?:\w+\s){0,2}(?:killer|murderer|rapist|thief|arsonist|burglar|robber|embezzler|molester))\b"
)
"""Somebody caught whom the copy calls what only a court may."""
_BRANDS = re.compile(
    rf"\b(?P<deed>(?:[Kk]iller|[Mm]urderer|[Rr]apist|[Tt]hief|[Aa]rsonist|[Bb]urglar|[Rr]obber|[Ee]mbezzler|[Ff]raudster|[Mm]olester))\s(?P<who>{_NAME})"
    rf"|\b(?P<is>{_NAME}){_ASIDE}\s(?:is|was) (?P<guilt>guilty of|the (?:killer|murderer|rapist|thief|arsonist|burglar|robber))\b"
)


def standings(sentence: Sentence, context: Context) -> Iterator[Verdict]:
    """A verdict for each person of the sentence who is accused, and for each deed told as done by one."""
    words = own_words(sentence, context)
    sheet = [(role, one) for one in dossier(sentence, context) for role in _charged(one.capture, one.start)]
    if not sheet:
        return
    yield from _statuses(sentence, words, sheet, context)
    if reached(context.captures) < Standing.CONVICTED and not ATTRIBUTED.search(words):
        yield from _deeds(sentence, words, sheet)


def _statuses(
    sentence: Sentence, words: str, sheet: list[tuple[Role, Said]], context: Context
) -> Iterator[Verdict]:
    """The standing that a sentence gives somebody, beside the highest that any source gives."""
    for role in {r.who: r for r in sorted(roles(words), key=_standing) if r.part is Part.ACCUSED}.values():
        theirs = [(r, one) for r, one in sheet if r.who == role.who]
        if not theirs or role.standing is Standing.NONE:
            continue
        highest = max(reached(context.captures), *(_by_court(r, one) for r, one in theirs))
        told, one = max(theirs, key=lambda pair: pair[0].standing)
        start, end = sentence.start + role.start, sentence.start + role.end
        if role.standing <= highest:
            mark = Mark(start=start, end=end, message=f"{_WAS[role.standing]}, as in {one.capture.source_name}", evidence=(one.passage,))  # fmt: skip
            yield Verdict(outcome=Outcome.SUPPORTED, mark=mark, basis=Basis.VERBATIM)
            continue
        message = f"{one.capture.source_name} has {told.words} {_WAS[told.standing]}, not {_WAS[role.standing]}: say how far it has gone"
        yield _refuted(start, end, message, one)


def _by_court(role: Role, one: Said) -> Standing:
    """The standing that a source gives. "Is accused of" is also how a charge is told: nobody is doubted over it."""
    accused = role.standing is Standing.SUSPECTED and "accused" in one.text
    return Standing.CHARGED if accused else role.standing


def _standing(role: Role) -> int:
    return role.standing


def _deeds(sentence: Sentence, words: str, sheet: list[tuple[Role, Said]]) -> Iterator[Verdict]:
    """A deed told as done, by somebody who is only accused of it."""
    matches = [m for pattern in (_DOES, _PRONOUN, _CAUGHT, _BRANDS) for m in pattern.finditer(words)]
    for match in matches:
        who = match["is"] if match.re is _BRANDS and match["is"] else match["who"] or "man"
        theirs = [(r, one) for r, one in sheet if _is_who(who, r, sheet)]
        if not theirs:
            continue
        role, one = max(theirs, key=lambda pair: pair[0].standing)
        message = f"{role.words} is {_WAS[role.standing]}, not convicted: name who says so, and say how far it has gone"
        yield _refuted(sentence.start + match.start(), sentence.start + match.end(), message, one)


def _is_who(words: str, role: Role, sheet: list[tuple[Role, Said]]) -> bool:
    """Whether a name, or "the man", is the one a source accuses; "the man" only where it accuses nobody else."""
    if re.fullmatch(rf"{_SOMEBODY}|He|She|They", words):
        return len({r.who for r, _ in sheet}) == 1
    return who_of(words) == role.who


def _refuted(start: int, end: int, message: str, one: Said) -> Verdict:
    return Verdict(
        outcome=Outcome.REFUTED, mark=Mark(start=start, end=end, message=message, evidence=(one.passage,))
    )


@lru_cache(maxsize=256)
def _sheet(capture: Capture) -> dict[int, tuple[Role, ...]]:
    """Who each sentence of a capture has as accused, by where the sentence starts."""
    told = {one.start: roles(_NOT_YET.sub(lambda m: " " * len(m.group()), one.text)) for one in said(capture)}
    return {
        start: tuple(r for r in found if r.part is Part.ACCUSED and r.standing > Standing.NONE)
        for start, found in told.items()
    }


def _charged(capture: Capture, start: int) -> tuple[Role, ...]:
    return _sheet(capture)[start]


@lru_cache(maxsize=64)
def reached(captures: tuple[Capture, ...]) -> Standing:
    """The furthest that any word of any capture goes: a conviction of another person counts, so that no true one is doubted."""
    texts = [_NOT_YET.sub(" ", capture.text) for capture in captures]
    for standing, pattern in _WORDS:
        if any(pattern.search(text) for text in texts):
            return standing
    return Standing.NONE
