"""Names: people, places, agencies and roles are spelt as in the captures, the coverage area or the outlet's own names.

A misspelt name costs more trust than a misspelt word. Each name is looked for in the cited captures first,
then in the others, then in the area's gazetteer. A near miss is refuted with "did you mean"; a known family name
with another first name, and a role that the evidence gives otherwise, are refuted; an unknown name is undecided.
In a headline in title case, where every word is capitalised, only near misses count.

What it cannot see: the right name in the wrong place of a sentence (`speakers`, `support`), two people of
one name, and a lone capitalised word that opens a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from backread.check.base import Check, Context, Window
from backread.check.scope import Verdict, findings
from backread.text import names
from backread.text.lexicon import ABBREVIATED_STATES, CLOSED, NOT_NAMES, TITLES
from backread.text.names import Name, NameKind
from backread.text.spelling import spelling
from backread.values.capture import Capture, Passage
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Subject
from backread.values.story import BlockKind, Sentence


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """What every name of the sentence came to."""
    sentence = context.sentence(subject)
    captures = tuple(dict.fromkeys((*context.cited(sentence), *context.captures)))
    kind = context.story.kind_of(sentence)
    if kind in (BlockKind.HEADLINE, BlockKind.DECK) and names.is_title_case(sentence.text):
        return findings(CHECK, subject, _headline(sentence, captures, context))
    told = [_judge(name, sentence, captures, context) for name in names.find(sentence.text, context.area)]
    return findings(CHECK, subject, told)


def _judge(name: Name, sentence: Sentence, captures: tuple[Capture, ...], context: Context) -> Verdict:
    for words in _readings(name, sentence):
        for capture in captures:
            if where := spelling(capture.text).find(words):
                return _role(name, sentence, captures) or _stands(name, sentence, capture, where)
        if _is_own(words, context):
            message = "a name of the coverage area or the outlet"
            return _verdict(Outcome.SUPPORTED, name, sentence, message, basis=Basis.VERBATIM)
    if _other_form(name, captures) or all(_is_loose(word, captures) for word in name.words.split()):
        return _verdict(
            Outcome.SUPPORTED, name, sentence, "its words stand in the source", basis=Basis.VERBATIM
        )
    told = _near(name, sentence, captures, context) or _other_first_name(name, sentence, captures, context)
    return told or _verdict(Outcome.UNDECIDED, name, sentence, f"{name.words} is in no capture")


_ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:ian|ican|ese|ish|can)|[A-Z]{2,3}")


def _readings(name: Name, sentence: Sentence) -> Iterator[str]:
    """The name whole, without initials, and without a first word that may be none of it ("Astronaut", "British", "MP")."""
    yield name.words
    short = re.sub(r"\s(?:[A-Z]\.?|Jr\.?|Sr\.?)(?=\s|\Z)", "", name.words)
    if short != name.words and " " in short:
        yield short
    first, _, rest = name.words.partition(" ")
    opens = not re.search(r"\w", sentence.text[: name.start])
    droppable = opens or first.lower() in NOT_NAMES or _ADJECTIVE.fullmatch(first)
    if droppable and (" " in rest or (opens and rest and first.lower() in NOT_NAMES)):
        yield rest


def _other_form(name: Name, captures: tuple[Capture, ...]) -> bool:
    """ "Calderites" where the source has "Calderite", "Colorado" where it has "Colo."."""
    spellings = [spelling(capture.text) for capture in captures]
    forms = [name.words.removesuffix(end) for end in ("s", "n", "i")] + [
        name.words + end for end in ("s", "n", "i", "an")
    ]
    forms += [*ABBREVIATED_STATES.get(name.words, ())]
    return any(found.find(form) for found in spellings for form in forms if form != name.words)


def _is_loose(word: str, captures: tuple[Capture, ...]) -> bool:
    plain = word.strip(".,’'").lower()
    return (
        plain in CLOSED
        or plain in NOT_NAMES
        or plain in ("the", "of", "and", "for")
        or bool(
            re.fullmatch(TITLES, word)
            or (any(spelling(capture.text).find(word) for capture in captures) and word[:1].islower())
        )
    )


def _stands(name: Name, sentence: Sentence, capture: Capture, where: tuple[int, int]) -> Verdict:
    return _verdict(
        Outcome.SUPPORTED,
        name,
        sentence,
        "as in the source",
        evidence=(capture.passage(*where),),
        basis=Basis.VERBATIM,
    )


def _is_own(words: str, context: Context) -> bool:
    wanted = words.lower().replace("’", "'")
    return any(wanted == own or f" {wanted} " in f" {own} " for own in _own(context))


def _own(context: Context) -> Iterator[str]:
    area = context.area
    spellings: list[str] = list(context.outlet)
    if area:
        spellings += [spelt for place in area.named for spelt in place.names]
        spellings += [area.state, *(official.name for official in area.people)]
        spellings += [official.organisation for official in area.people]
    for spelt in spellings:
        if spelt:
            yield spelt.lower().replace("’", "'")


def _known(captures: Iterable[Capture], context: Context) -> list[tuple[str, Passage | None]]:
    """Every name the captures and the area know, with where it stands."""
    known: list[tuple[str, Passage | None]] = []
    for capture in captures:
        known += [(n.words, capture.passage(n.start, n.end)) for n in spelling(capture.text).names]
    if context.area:
        known += [(official.name, None) for official in context.area.people]
        known += [(spelt, None) for place in context.area.named for spelt in place.names]
    return known


def _near(name: Name, sentence: Sentence, captures: tuple[Capture, ...], context: Context) -> Verdict | None:
    known = dict(reversed(_known(captures, context)))
    pieces = {
        part: where
        for words, where in known.items()
        for part in words.split()
        if len(part) >= 5 and part[0].isupper()
    }
    for pool in (known, pieces):
        meant = names.near(name.words, pool)
        if meant:
            where = pool[meant]
            suggestion = None if _is_quoted(name, sentence) else meant
            return _verdict(
                Outcome.REFUTED, name, sentence, f"did you mean {meant}?",
                evidence=(where,) if where else (), suggestion=suggestion,
            )  # fmt: skip
    return None


def _other_first_name(
    name: Name, sentence: Sentence, captures: tuple[Capture, ...], context: Context
) -> Verdict | None:
    parts = name.words.split()
    if name.kind is not NameKind.PERSON or len(parts) < 2 or len(parts[-1]) < 3:
        return None
    for words, where in _known(captures, context):
        theirs = words.split()
        if set(theirs) <= set(parts) or any(
            w.lower() in CLOSED or w.lower() in NOT_NAMES or w.isupper() for w in theirs
        ):
            continue
        if len(theirs) == len(parts) and theirs[-1] == parts[-1] and not _is_nickname(parts[0], theirs[0]):
            return _verdict(
                Outcome.REFUTED, name, sentence, f"did you mean {words}?",
                evidence=(where,) if where else (), suggestion=None if _is_quoted(name, sentence) else words,
            )  # fmt: skip
    return None


def _is_nickname(one: str, other: str) -> bool:
    """ "Ed" for "Edward" is no other person."""
    short, long = sorted((one.strip("."), other.strip(".")), key=len)
    return short == long or (len(short) >= 1 and long.lower().startswith(short.lower()))


def _role(name: Name, sentence: Sentence, captures: tuple[Capture, ...]) -> Verdict | None:
    """A title before a person's name that no capture gives, while one gives this person another."""
    before = sentence.text[: name.start].rstrip()
    if name.kind is not NameKind.PERSON or not name.role or not before.endswith(name.role):
        return None
    mine = _title_words(name.role)
    given = [
        (other.role, capture.passage(other.start, other.end))
        for capture in captures
        for other in spelling(capture.text).names
        if other.role and other.words.split()[-1] == name.words.split()[-1]
    ]
    titled = [(role, where) for role, where in given if _title_words(role)]
    if not mine or not titled or any(mine & _title_words(role) for role, _ in titled):
        return None
    if any(_stands_beside(name, mine, capture) for capture in captures):
        return None
    role, where = titled[0]
    return _verdict(
        Outcome.REFUTED,
        name,
        sentence,
        f"the source calls {name.words} “{role}”, not “{name.role}”",
        evidence=(where,),
    )


def _stands_beside(name: Name, title: frozenset[str], capture: Capture) -> bool:
    last = re.escape(name.words.split()[-1])
    for match in list(re.finditer(rf"\b{last}\b", capture.text))[:50]:
        before = re.split(r"[.;]\s|\sand\s", capture.text[max(0, match.start() - 60) : match.start()])[-1]
        after = re.split(r"[.;]\s|\sand\s", capture.text[match.end() : match.end() + 90])[0]
        if all(re.search(rf"\b{re.escape(word)}", f"{before} {after}".lower()) for word in title):
            return True
    return False


_SAME_TITLE = {"gov": "governor", "sen": "senator", "rep": "representative", "lt": "lieutenant", "sgt": "sergeant", "capt": "captain",
               "dr": "", "mr": "", "mrs": "", "ms": "", "miss": "", "gen": "general", "prof": "professor", "supt": "superintendent",
               "commissioners": "commissioner", "sens": "senator", "reps": "representative", "congressman": "representative",
               "congresswoman": "representative", "chairman": "chair", "chairwoman": "chair", "chairperson": "chair",
               "spokesman": "spokesperson", "spokeswoman": "spokesperson", "col": "colonel", "rev": "reverend", "adm": "admiral"}  # fmt: skip
_HEADS = re.compile(TITLES, re.IGNORECASE)


def _title_words(role: str) -> frozenset[str]:
    """The titles in a role, each by one word, courtesy left out."""
    words = {word for match in _HEADS.findall(role) for word in match.lower().split()}
    return frozenset(_SAME_TITLE.get(word, word) for word in words) - {""}


def _headline(sentence: Sentence, captures: tuple[Capture, ...], context: Context) -> list[Verdict]:
    """In title case only what is found whole, and near misses of names, can be told."""
    told = []
    for match in re.finditer(r"[A-Z][\w’'-]{4,}", sentence.text):
        words = re.sub(r"[’']s?$", "", match.group())
        name = Name(start=match.start(), end=match.start() + len(words), words=words)
        if words.lower() in CLOSED or words.lower() in NOT_NAMES or _is_own(words, context):
            continue
        if any(spelling(capture.text).has_word(words) for capture in captures):
            continue
        verdict = _near(name, sentence, captures, context)
        # Any word of a headline may be capitalised: only a slip that keeps the first letter is told.
        if verdict and verdict.mark.suggestion and verdict.mark.suggestion[0] == words[0]:
            told.append(verdict)
    return told


def _is_quoted(name: Name, sentence: Sentence) -> bool:
    return len(re.findall(r"[“”\"]", sentence.text[: name.start])) % 2 == 1


def _verdict(
    outcome: Outcome, name: Name, sentence: Sentence, message: str, *,
    evidence: tuple[Passage, ...] = (), suggestion: str | None = None, basis: Basis = Basis.NONE,
) -> Verdict:  # fmt: skip
    mark = Mark(
        start=sentence.start + name.start, end=sentence.start + name.end,
        message=message, evidence=evidence, suggestion=suggestion,
    )  # fmt: skip
    return Verdict(outcome=outcome, mark=mark, basis=basis)


CHECK = Check(
    name="names",
    kind=Kind.PROOF,
    version="1",
    title="Every name is spelt as in the captures or the coverage area",
    run=run,
    window=Window.SENTENCE,
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ("The vote was moved by Tamsin Orde.", ("Commissioner Tamsin Orde moved the vote.",), Outcome.SUPPORTED),
    ("The vote was moved by Tasmin Orde.", ("Commissioner Tamsin Orde moved the vote.",), Outcome.REFUTED),
    ("The vote was moved by Hugo Prell.", ("Commissioner Tamsin Orde moved the vote.",), Outcome.UNDECIDED),
    ("The vote was moved again.", ("Commissioner Tamsin Orde moved the vote.",), Outcome.NOTHING_TO_CHECK),
)
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
