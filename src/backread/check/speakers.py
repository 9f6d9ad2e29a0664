"""Speakers: the one quoted said it, in the source, with that name.

A true quotation on the wrong person is as bad as a false one: meeting reports have printed one in ten so. For each
quotation that stands in a capture, who speaks there is told from the words beside it (or the transcript's own label),
pronouns and "the mayor" are followed back to a name on both sides, and the two names are compared. Another name is
refuted; a voice that cannot be told on either side is undecided.

What it cannot see: a quotation that stands in no capture (`quotes` holds it open), two people of one family name, and
whether a source was right about who spoke.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from backread.check.base import Check, Context, Window
from backread.check.scope import Verdict, findings, sources
from backread.text import names
from backread.text.alignment import keys
from backread.text.names import NameKind, is_title_case
from backread.text.speech import MentionKind
from backread.text.speech.people import is_same, may_be_same
from backread.text.speech.voices import Voice, VoiceKind, nearby, voices
from backread.text.wording import places, wording
from backread.values.capture import Capture, Passage
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Subject
from backread.values.source import Genre

_LEAST = 4
"""Words. A shorter quotation without a verb of speaking is a term or a title, said by nobody."""


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """What the speaker of every quotation that begins in the sentence came to."""
    sentence = context.sentence(subject)
    here = [v for v in voices(context.story.text) if sentence.start <= v.quotation.start < sentence.end]
    captures = sources(dict.fromkeys((*context.cited(sentence), *context.captures)))
    told = [_judge(voice, context.story.text, captures) for voice in here]
    return findings(CHECK, subject, [verdict for verdict in told if verdict])


def _judge(voice: Voice, story: str, captures: tuple[Capture, ...]) -> Verdict | None:
    """None where nobody is said to speak, or the words stand nowhere."""
    short = len(voice.quotation.words.split()) < _LEAST
    if (voice.quotation.is_partial and (short or voice.mention is None)) or _is_title(voice.quotation.words):
        return None
    there = [(c, found) for c in captures for found in _spoken(voice.quotation.words, c)]
    if not there:
        return None
    told = [_compare(voice, theirs, capture, story) for capture, theirs in there]
    return min(told, key=lambda verdict: _BEST.index(verdict.outcome))


def _is_title(words: str) -> bool:
    """Whether quoted words are a name of a work: capitals throughout and no full stop."""
    if words.rstrip(" ,")[-1:] in ".!?…":
        return False
    return is_title_case(words) or all(
        w[:1].isupper() or w in _SMALL for w in words.rstrip(" ,").split()[1:] or ["."]
    )


_SMALL = frozenset("a an and at by for from in of on or the to with".split())  # noqa: SIM905

_BEST = (Outcome.SUPPORTED, Outcome.REFUTED, Outcome.UNDECIDED)


_PLACES = 8
"""Places of the words in one capture that are looked at; no document quotes one sentence more often."""
_OWN_VOICE = frozenset({Genre.ALERT, Genre.CALENDAR, Genre.TABLE})
"""Documents that nobody speaks in, quotation marks or not."""


def _spoken(words: str, capture: Capture) -> Iterator[Voice | str | None]:
    """Who says the words wherever they stand in a capture: a voice, a label's name, or None: the document itself.

    Where somebody says them in one place, the document's own use in another (a headline) tells nothing.
    """
    there = islice(places(wording(words), wording(capture.text)), _PLACES)
    told = [_at(stretches[0], capture) for stretches in there]
    yield from [one for one in told if one is not None] or told[:1]


def _at(stretch: tuple[int, int], capture: Capture) -> Voice | str | None:
    if capture.genre in _OWN_VOICE:
        return None
    start, end = stretch
    spoken = voices(capture.text, by_topic=capture.genre is Genre.NOTES)
    quoted = (v for v in spoken if v.quotation.start < end and start < v.quotation.end)
    return next(quoted, None) or _label(capture, start) or None


_LABEL = re.compile(
    r"(?:>>+\s*)?(?P<name>[A-Z][\w.’'-]*(?:[ \u00a0][A-Z][\w.’'-]*){0,5})(?:\s\([^()\n]{1,40}\))?:\s"
)

_WITH_ROLE = re.compile(
    r"(?m)(?:^|(?<=[.?!]\s))(?P<name>[A-Z][A-Z.’'-]*(?:[ \u00a0][A-Z][A-Z.’'-]*){0,5}),\s[A-Z][A-Z0-9 ,.’'&-]{1,60}:\s"
)
"""A label in capitals that tells a role too: "IDA FROST, PARENT: ..."; the fields of a transcript pass it over."""


def _label(capture: Capture, at: int) -> str:
    """The name a transcript or notes put before the paragraph: "ORDE: ..."; '' for none."""
    stated = [f for f in capture.fields if f.name == "speaker" and f.start <= at]
    if stated:
        last = max(stated, key=lambda field: field.start)
        between = list(_WITH_ROLE.finditer(capture.text, last.start, at))
        return between[-1]["name"] if between and between[-1].start() > last.start else last.value
    paragraph = capture.text.rfind("\n", 0, at) + 1
    label = _LABEL.match(capture.text, paragraph)
    if label is None or label.end() > at + 2:
        return ""
    spoken = capture.genre in (Genre.TRANSCRIPT, Genre.NOTES)
    return (
        label["name"] if spoken or any(n.kind is NameKind.PERSON for n in names.find(label["name"])) else ""
    )


def _compare(voice: Voice, theirs: Voice | str | None, capture: Capture, story: str) -> Verdict:
    if theirs is None:
        return _own_words(voice, capture, story)
    kind, name = (VoiceKind.PERSON, theirs) if isinstance(theirs, str) else (theirs.kind, theirs.name)
    passage, where = _evidence(theirs, capture), capture.source_name
    if kind is VoiceKind.PERSON and voice.kind is VoiceKind.PERSON and is_same(voice.name, name):
        return _says(Outcome.SUPPORTED, voice, f"said by {name} in {where}", passage, Basis.VERBATIM)
    if kind is VoiceKind.UNNAMED and voice.kind is VoiceKind.PERSON and is_same(voice.name, name):
        return _says(Outcome.SUPPORTED, voice, f"said by {name} in {where}", passage, Basis.VERBATIM)
    if kind is VoiceKind.PERSON and _is_described(voice, name, capture, story):
        return _says(Outcome.SUPPORTED, voice, f"said by {name} in {where}", passage, Basis.COMPUTED)
    if kind is VoiceKind.PERSON and not voice.name and _leans(voice) and _is_near(name, story, voice):
        return _says(Outcome.SUPPORTED, voice, f"said by {name} in {where}", passage, Basis.COMPUTED)
    if VoiceKind.PERSON is voice.kind is kind and not _is_open(voice, theirs, name, capture, story):
        return _says(Outcome.REFUTED, voice, f"{where} has {name} say this, not {voice.name}", passage)
    if voice.kind is kind and kind is not VoiceKind.PERSON and _share_a_word(voice, theirs):
        return _says(Outcome.SUPPORTED, voice, f"as in {where}", passage, Basis.VERBATIM)
    if (
        isinstance(theirs, Voice)
        and not theirs.name
        and _own_words(voice, capture, story).outcome is Outcome.SUPPORTED
    ):
        return _says(
            Outcome.SUPPORTED, voice, f"{where} is signed by {voice.name or 'it'}", passage, Basis.COMPUTED
        )
    who = name or (
        theirs.mention.words if isinstance(theirs, Voice) and theirs.mention else "nobody it names"
    )
    mine = voice.name or (voice.mention.words if voice.mention else "nobody")
    return _says(
        Outcome.UNDECIDED, voice, f"the story has {mine} say this, {where} {who}: the same?", passage
    )


_AGED = re.compile(r"(?i)(?:the|an?)\s(\d{1,3})-year-old\b")
_APPOSED = re.compile(r",\s(?P<name>[A-Z][\w’'-]+)\b")


def _is_described(voice: Voice, name: str, capture: Capture, story: str) -> bool:
    """Whether "the 67-year-old" is the one of whom the source says "Jan Pocock, 67", or "his daughter, Kirsty" names her."""
    if voice.mention is None or not name:
        return False
    if aged := _AGED.match(voice.mention.words):
        last = re.escape(name.split()[-1])
        return (
            re.search(rf"\b{last},? (?:\(?|aged )?{aged[1]}\b", capture.text) is not None
            and name.split()[-1] in story
        )
    apposed = _APPOSED.match(story, voice.mention.end) if not voice.name else None
    return apposed is not None and apposed["name"] in name.split()


def _leans(voice: Voice) -> bool:
    """Whether the mention is a "she" or "the mayor" that leans on a name elsewhere."""
    return voice.mention is not None and voice.mention.kind is not MentionKind.NAME


def _is_near(name: str, text: str, voice: Voice) -> bool:
    return any(is_same(name, near) for near in nearby(text, voice.quotation.start))


def _is_beside(name: str, text: str, voice: Voice) -> bool:
    """Whether somebody is named before the quotation in its own paragraph."""
    paragraph = text.rfind("\n", 0, voice.quotation.start) + 1
    return any(is_same(name, n.words) for n in names.find(text[paragraph : voice.quotation.start]))


def _is_open(voice: Voice, theirs: Voice | str, name: str, capture: Capture, story: str) -> bool:
    """Whether two names may differ only as "Jim" and "James" do, or because a "she" was followed back to the wrong one."""
    mine = _leans(voice) and _is_near(name, story, voice)
    return (mine or may_be_same(voice.name, name)) or (
        isinstance(theirs, Voice) and _leans(theirs) and _is_beside(voice.name, capture.text, theirs)
    )


_FIRST_PERSON = re.compile(r"\b(?:I|my|me)\b")


def _own_words(voice: Voice, capture: Capture, story: str) -> Verdict:
    """The document says it itself: for nobody, a body or its officials, or for the one who signed it."""
    mine = (voice.name,) if voice.name else nearby(story, voice.quotation.start) if _leans(voice) else ()
    signed = any(
        is_same(name, n.words) for n in names.find(_signed(capture, voice.quotation.words)) for name in mine
    )
    if voice.kind is VoiceKind.BODY or signed or (not voice.name and _is_nobody(voice)):
        message = f"the words of {capture.source_name} itself"
        return _says(Outcome.SUPPORTED, voice, message, (), Basis.VERBATIM)
    who = voice.name or (voice.mention.words if voice.mention else "anybody")
    message = f"{capture.source_name} has these words, and does not say that {who} spoke them"
    return _says(Outcome.UNDECIDED, voice, message, ())


_NOBODY = re.compile(r"(?i)(?:it|they|we|(?:[\w’'-]+\s){0,3}(?:officials|authorities|police|organizers|deputies|firefighters|prosecutors|investigators))")  # fmt: skip


def _is_nobody(voice: Voice) -> bool:
    """Whether no one person is said to speak: nobody at all, "it", or those a document speaks for."""
    return voice.mention is None or _NOBODY.fullmatch(voice.mention.words) is not None


def _signed(capture: Capture, words: str) -> str:
    """Where a document says whose it is: its byline and title; in the first person its head and its end too."""
    said = f"{capture.byline}\n{capture.title}"
    spoken = capture.genre in (Genre.TRANSCRIPT, Genre.NOTES) and not any(f.name == "speaker" for f in capture.fields)  # fmt: skip
    if spoken or _FIRST_PERSON.search(words) or len(_FIRST_PERSON.findall(capture.text)) > 1:
        return f"{said}\n{capture.text[:600]}\n{capture.text[-300:]}"
    return said


def _share_a_word(voice: Voice, theirs: Voice | str) -> bool:
    """Whether two bodies, or two people without a name, are called alike."""
    if isinstance(theirs, str) or not voice.mention or not theirs.mention:
        return False
    mine, other = (keys(f"{v.name} {v.mention.words}") for v in (voice, theirs) if v.mention)
    return bool(mine & other) or voice.mention.words.lower() == theirs.mention.words.lower()


def _evidence(theirs: Voice | str, capture: Capture) -> tuple[Passage, ...]:
    if isinstance(theirs, str) or theirs.mention is None:
        return ()
    start = min(theirs.quotation.start, theirs.mention.start)
    end = max(theirs.quotation.end, theirs.mention.end)
    return (capture.passage(start, end),) if end - start < 2_000 else ()


def _says(
    outcome: Outcome, voice: Voice, message: str, evidence: tuple[Passage, ...], basis: Basis = Basis.NONE
) -> Verdict:
    place = voice.mention or voice.quotation
    start, end = (place.start, place.end)
    return Verdict(
        outcome=outcome, mark=Mark(start=start, end=end, message=message, evidence=evidence), basis=basis
    )


CHECK = Check(
    name="speakers",
    kind=Kind.PROOF,
    version="4",
    title="The one quoted said it, with the right name",
    run=run,
    window=Window.STORY,
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    (
        "“We will save the pier,” Orde said.",
        ("“We will save the pier,” Tamsin Orde said.",),
        Outcome.SUPPORTED,
    ),
    ("“We will save the pier,” Pell said.", ("“We will save the pier,” Tamsin Orde said.",), Outcome.REFUTED),
    (
        "“We will save the pier,” she said.",
        ("“We will save the pier,” Tamsin Orde said.",),
        Outcome.UNDECIDED,
    ),
    ("Orde said the pier will stay.", ("“We will save the pier,” Orde said.",), Outcome.NOTHING_TO_CHECK),
)
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
