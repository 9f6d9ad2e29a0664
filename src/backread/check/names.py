"""Names: people, places, agencies and roles are spelt as in the captures, the coverage area or the outlet's own names.

A misspelt name costs more trust than a misspelt word. Each name is looked for in the cited captures first,
then in the others, then in the area's gazetteer. A near miss is refuted with "did you mean"; a known family name
with another first name, and a role that the evidence gives otherwise, are refuted; an unknown name is undecided.
In a headline in title case, where every word is capitalised, only near misses count. A byline names a person who is
signed in at the desk, or the desk.

What it cannot see: the right name in the wrong place of a sentence (`speakers`, `support`), two people of
one name, and a lone capitalised word that opens a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from backread.check import bylines
from backread.check.base import Check, Context, Window
from backread.check.scope import Verdict, findings, sources
from backread.text import names
from backread.text.lexicon import ABBREVIATED_STATES, CLOSED, NOT_NAMES, TITLES
from backread.text.names import Name, NameKind
from backread.text.spelling import spelling
from backread.values.capture import Capture, Passage
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Scope, Subject
from backread.values.story import BlockKind, Sentence


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """What every name of the sentence, or of the byline, came to."""
    if subject.scope is Scope.BLOCK:
        return findings(CHECK, subject, bylines.judged(context.block(subject), context))
    sentence = context.sentence(subject)
    captures = sources(dict.fromkeys((*context.cited(sentence), *context.captures)))
    kind = context.story.kind_of(sentence)
    if kind in (BlockKind.HEADLINE, BlockKind.DECK) and names.is_title_case(sentence.text):
        return findings(CHECK, subject, _headline(sentence, captures, context))
    told = [_judge(name, sentence, captures, context) for name in names.find(sentence.text, context.area)]
    return findings(CHECK, subject, told)


def _judge(name: Name, sentence: Sentence, captures: tuple[Capture, ...], context: Context) -> Verdict:
    for words in _readings(name, sentence):
        if found := _found(words, captures):
            return _role(name, sentence, captures) or _stands(name, sentence, *found)
        if _is_own(words, context):
            message = "a name of the coverage area or the outlet"
            return _verdict(Outcome.SUPPORTED, name, sentence, message, basis=Basis.VERBATIM)
    if title := next((c for c in captures if spelling(_heading(c)).find(name.words)), None):
        message = f"as in the title of {title.source_name}"
        return _verdict(Outcome.SUPPORTED, name, sentence, message, basis=Basis.VERBATIM)
    if pieces := _in_pieces(name, captures, context):
        return _verdict(
            Outcome.SUPPORTED, name, sentence, "its parts stand in the source", evidence=pieces, basis=Basis.COMPUTED
        )  # fmt: skip
    if _other_form(name, captures) or all(_is_loose(word, captures) for word in name.words.split()):
        return _verdict(
            Outcome.SUPPORTED, name, sentence, "its words stand in the source", basis=Basis.VERBATIM
        )
    told = _near(name, sentence, captures, context) or _other_first_name(name, sentence, captures, context)
    return told or _verdict(Outcome.UNDECIDED, name, sentence, f"{name.words} is in no capture")


def _found(words: str, captures: Iterable[Capture]) -> tuple[Capture, tuple[int, int]] | None:
    """The first capture that spells the words, and where."""
    told = ((capture, spelling(capture.text).find(words)) for capture in captures)
    return next(((capture, where) for capture, where in told if where), None)


def _heading(capture: Capture) -> str:
    """What a capture is called and who stands over it."""
    return f"{capture.title}\n{capture.byline}\n{capture.agency}\n{capture.source_name}"


_SEAM = re.compile(r"\s(?:of|in|at)\s(?:the\s)?|[’']s\s")
_GENERIC = frozenset(
    ["City", "Town", "Village", "County", "Borough", "District", "Council", "Board", "Commission", "Commissioners", "Committee", "School", "Schools", "Police", "Fire", "Department", "Office", "Court", "Supervisors", "Selectmen", "Trustees", "Authority", "Agency", "Bureau", "Division", "Library"]
)  # fmt: skip
"""Words that are no name by themselves, of bodies that are named by their place."""


def _in_pieces(name: Name, captures: tuple[Capture, ...], context: Context) -> tuple[Passage, ...]:
    """Where the parts of "Tolan Marine of Kilvarra" or "Harrow Bridge City Council" stand; empty where one stands nowhere."""
    seams = ([name.words[: seam.start()], name.words[seam.end() :]] for seam in _SEAM.finditer(name.words))
    cuts = [*seams, _place_and_body(name.words)]
    told = (_parts(cut, captures, context) for cut in cuts if cut and not _GENERIC.intersection(cut))
    return next((passages for passages in told if passages), ())


def _parts(cut: list[str], captures: tuple[Capture, ...], context: Context) -> tuple[Passage, ...]:
    there: list[Passage] = []
    for piece in cut:
        spelt = next((found for words in _forms(piece) if (found := _found(words, captures))), None)
        if spelt:
            there.append(spelt[0].passage(*spelt[1]))
        elif not (_is_own(piece, context) or _is_body_of(piece, captures)):
            return ()
    return tuple(there)


def _place_and_body(words: str) -> list[str]:
    """ "Harrow Bridge" and "City Council"."""
    parts = words.split()
    at = next((i for i in range(len(parts), 0, -1) if parts[i - 1] not in _GENERIC), 0)
    return [" ".join(parts[:at]), " ".join(parts[at:])] if 0 < at < len(parts) else []


def _is_body_of(piece: str, captures: tuple[Capture, ...]) -> bool:
    """Whether a body without its place ("City Council") may be called so: the sources have each of its words."""
    parts = piece.split()
    return all(p in _GENERIC and any(spelling(c.text).has_word(p) for c in captures) for p in parts)


_ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:ian|ican|ese|ish|can)|[A-Z]{2,3}")


_FIRM = re.compile(r",?\s(?:Co|Inc|Ltd|Limited|LLC|LLP|Corp|Corporation|Company|Plc|PLC)\.?\Z")


def _forms(piece: str) -> Iterator[str]:
    """A part of a name as it is, and as a firm is called for short."""
    yield piece
    if (firm := _FIRM.sub("", piece)) != piece and firm:
        yield firm


def _readings(name: Name, sentence: Sentence) -> Iterator[str]:
    """The name whole, without initials, and without a first word that may be none of it ("Astronaut", "British", "MP")."""
    yield name.words
    short = re.sub(r"\s(?:[A-Z]\.?|Jr\.?|Sr\.?)(?=\s|\Z)", "", name.words)
    if short != name.words and " " in short:
        yield short
    if (firm := _FIRM.sub("", name.words)) != name.words and " " in firm:
        yield firm
    first, _, rest = name.words.partition(" ")
    opens = not re.search(r"\w", sentence.text[: name.start])
    droppable = opens or first.lower() in NOT_NAMES or _ADJECTIVE.fullmatch(first)
    if droppable and (" " in rest or (opens and rest and first.lower() in NOT_NAMES)):
        yield rest


_SHORT = {"Saint": "St.", "Mount": "Mt.", "Fort": "Ft.", "Street": "St.", "Avenue": "Ave.", "Road": "Rd.", "Boulevard": "Blvd.", "Drive": "Dr.",
          "Lane": "Ln.", "Highway": "Hwy.", "Department": "Dept.", "and": "&"}  # fmt: skip


def _abbreviated(words: str) -> Iterator[str]:
    """The name with a word of it short, or long where it was short: "Saint Orrin" and "St. Orrin"."""
    for long, short in _SHORT.items():
        for one, other in (
            (long, short),
            (long, short.rstrip(".")),
            (short, long),
            (short.rstrip("."), long),
        ):
            changed = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", other, words)
            if changed != words:
                yield changed


def _is_initials(words: str, captures: tuple[Capture, ...]) -> bool:
    """ "WCHD" for a "Wendell County Health Department" that a source names."""
    letters = words.replace(".", "")
    if not (letters.isalpha() and letters.isupper() and 2 < len(letters) <= 6):
        return False
    return any(
        "".join(re.findall(r"\b[A-Z]", n.words)) == letters for c in captures for n in spelling(c.text).names
    )


def _other_form(name: Name, captures: tuple[Capture, ...]) -> bool:
    """ "Calderites" where the source has "Calderite", "Colorado" where it has "Colo."."""
    if _is_initials(name.words, captures):
        return True
    spellings = [spelling(capture.text) for capture in captures]
    forms = [name.words.removesuffix(end) for end in ("s", "n", "i")] + [
        name.words + end for end in ("s", "n", "i", "an")
    ]
    forms += [*ABBREVIATED_STATES.get(name.words, ()), *_abbreviated(name.words)]
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
    version="2",
    scopes=(Scope.SENTENCE, Scope.BLOCK),
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
