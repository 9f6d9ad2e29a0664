"""Images: a picture is ours to print, says whose it is and what it shows, belongs to the story, and is no machine's.

Outlets have printed photographs lifted from others, and pictures that had nothing to do with the story beneath them. So
licence and credit must be stated, the alt text must serve a reader who cannot see the picture, the words about the picture
must share a person, a place or a thing with the story, and what the file says of AI must stand beside it.

A licence that is none, a credit to nobody, useless alt text, an unrelated picture and an undisclosed one of AI are refuted.
What somebody has to look at is undecided and holds nothing up: a licence in words we do not know, a missing caption, alt
text that repeats it, a picture that shares no more than a place. Where a story came as plain text or a page there is no
field for a licence; then a missing licence, credit or caption is undecided too, and so is all of a picture of which only
the alt text is known: it may be a page's logo.

What it cannot see: the picture itself. A stock picture whose caption borrows the story's words passes; so do a licence
that is stated but not true and a picture whose metadata was stripped. A file that is absent is not asked about AI.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files

from backread.check.base import Check, Context, Window
from backread.check.scope import Verdict
from backread.text import names
from backread.text.alignment import Token, stem, tokens
from backread.text.fold import fold
from backread.text.lexicon import PLACES
from backread.values.finding import Finding, Kind, Mark, Outcome, Scope, Subject
from backread.values.picture import Picture, Provenance
from backread.values.story import BlockKind, Story

_WORDS = tomllib.loads((files("backread.check") / "images.toml").read_text("utf-8"))
_LONGEST = 2_000
"""Code points of a caption or alt text that are read; longer ones are marked all the same."""
_ABOUT = (BlockKind.CAPTION, BlockKind.ALT_TEXT, BlockKind.CREDIT)
_TOLD = (BlockKind.HEADLINE, BlockKind.DECK, BlockKind.PARAGRAPH, BlockKind.DATE_LINE)
_WHERE = re.compile(
    r"(?i)(?:\b(?:in|at|on|near|outside|of|along|over|across|around|from|above|toward)\s(?:the\s)?|,\s)\Z"
)

Span = tuple[int, int]


def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _WORDS[name]), re.IGNORECASE)


_KNOWN, _NONE, _ASKS, _NOBODY, _KIND_ONLY, _USELESS = map(
    _any, ("known", "none", "asks", "nobody", "kind_only", "useless_alt")
)
_SAYS_AI = re.compile(_WORDS["says_ai"], re.IGNORECASE)
_ONLY_CREDIT = re.compile(_WORDS["only_credit"], re.IGNORECASE)
_IDLE = frozenset(stem(word) for word in _WORDS["idle"].split())
_WEAK = frozenset(stem(word) for word in _WORDS["weak"].split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture as the story shows it. `licence` is None where the story's form has no field for one."""

    file: str
    alt: str
    caption: str
    credit: str
    licence: str | None
    places: dict[BlockKind, Span]
    rest: Span

    def place(self, *kinds: BlockKind) -> Span:
        """Where to mark: the first of these blocks that there is, then any of the picture's, then the story's first."""
        order = (*kinds, *_ABOUT)
        return next((self.places[kind] for kind in order if kind in self.places), self.rest)

    @property
    def is_stated(self) -> bool:
        """Whether what is missing was left out, not lost with the form."""
        return self.licence is not None

    @property
    def may_be_furniture(self) -> bool:
        """Whether nothing but an alt text is known, as of a page's logo: then nobody can tell what is missing."""
        return self.licence is None and set(self.places) == {BlockKind.ALT_TEXT}


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """One finding per outcome, with a mark for each fault of each picture; nothing to check without pictures."""
    told = [verdict for shown in _shown(context) for verdict in _verdicts(shown, context)]
    marks = {outcome: [v.mark for v in told if v.outcome is outcome] for outcome in Outcome}
    found = tuple(CHECK.says(subject, outcome, *held) for outcome, held in marks.items() if held)
    return found or (CHECK.says(subject, Outcome.NOTHING_TO_CHECK),)


def _verdicts(shown: Shown, context: Context) -> Iterator[Verdict]:
    faults = [*_licence(shown), *_credit(shown), *_caption(shown), *_alt(shown), *_machine(shown, context)]
    faults += _relation(shown, context)
    for fault in faults:
        yield replace(fault, outcome=Outcome.UNDECIDED) if shown.may_be_furniture else fault
    if not faults:
        yield _verdict(
            Outcome.SUPPORTED, shown.place(), "licence, credit, caption and alt text are there, and it is of the story",
        )  # fmt: skip


def _licence(shown: Shown) -> Iterator[Verdict]:
    place = shown.place(BlockKind.CAPTION)
    words = _plain(shown.licence or "")
    if not shown.is_stated:
        yield _verdict(Outcome.UNDECIDED, place, "nothing says on what terms the picture may be printed")
    elif not words:
        yield _verdict(
            Outcome.REFUTED, place, "no licence is stated: nothing says that we may print the picture"
        )
    elif _NONE.search(words):
        yield _verdict(
            Outcome.REFUTED,
            place,
            f"“{_short(words)}” is no licence; find the owner, or take the picture out",
        )
    elif _ASKS.search(words) or not _KNOWN.search(words):
        yield _verdict(
            Outcome.UNDECIDED, place, f"see whether “{_short(words)}” lets us print the picture here"
        )


def _credit(shown: Shown) -> Iterator[Verdict]:
    place, words = shown.place(BlockKind.CREDIT), _plain(shown.credit)
    if not words:
        outcome = Outcome.REFUTED if shown.is_stated else Outcome.UNDECIDED
        yield _verdict(outcome, place, "no credit: say who took or made the picture")
    elif _NOBODY.search(words):
        yield _verdict(Outcome.REFUTED, place, f"“{_short(words)}” credits nobody; say who took the picture")
    elif _KIND_ONLY.search(words):
        yield _verdict(Outcome.UNDECIDED, place, f"“{_short(words)}” names nobody; say whose picture it is")


def _caption(shown: Shown) -> Iterator[Verdict]:
    if not _told_caption(shown):
        place = shown.place(BlockKind.ALT_TEXT)
        yield _verdict(Outcome.UNDECIDED, place, "no caption: say what the picture shows, and when")


def _told_caption(shown: Shown) -> str:
    """What the caption tells of the picture: '' where it holds a credit only."""
    return "" if _ONLY_CREDIT.search(_plain(shown.caption)) else shown.caption


def _alt(shown: Shown) -> Iterator[Verdict]:
    place, words = shown.place(BlockKind.ALT_TEXT), _plain(shown.alt)
    if not words:
        outcome = Outcome.REFUTED if shown.is_stated else Outcome.UNDECIDED
        yield _verdict(outcome, place, "no alt text: say what the picture shows for those who cannot see it")
    elif _USELESS.search(words):
        yield _verdict(Outcome.REFUTED, place, f"“{_short(words)}” tells nothing to a reader who cannot see")
    elif words.rstrip(".").lower() == _plain(shown.caption).rstrip(".").lower():
        yield _verdict(
            Outcome.UNDECIDED, place, "the alt text repeats the caption; say what is to be seen instead"
        )


def _machine(shown: Shown, context: Context) -> Iterator[Verdict]:
    """What the file says of AI, and what the words beside the picture say of it."""
    said = any(_SAYS_AI.search(_plain(words)) for words in (shown.caption, shown.credit))
    made = context.provenances.get(shown.file, Provenance.NOT_SAID)
    place = shown.place(BlockKind.CAPTION)
    if made.by_ai and not said:
        message = f"the file says that the picture was {made}; neither caption nor credit says so"
        yield _verdict(Outcome.REFUTED, place, message)
    elif said:
        yield _verdict(Outcome.UNDECIDED, place, "made by AI, and said so; see whether it may stand by news")


def _relation(shown: Shown, context: Context) -> Iterator[Verdict]:
    """Whether the words about the picture share a person, a place or a thing with the story."""
    place = shown.place(BlockKind.CAPTION, BlockKind.ALT_TEXT)
    about = f"{shown.alt[:_LONGEST].strip()}. {_told_caption(shown)[:_LONGEST]}"
    telling = [token for token in tokens(about) if token.key not in _IDLE and not token.key[:1].isdigit()]
    if not telling or _USELESS.search(_plain(shown.alt or shown.caption)):
        return
    told = _told(context.story)
    shared = [t for t in telling if t.key in told or _begins_alike(about[t.start : t.end].lower(), told)]
    if not shared:
        message = "nothing that caption and alt text speak of is in the story: an unrelated picture?"
        yield _verdict(Outcome.REFUTED, place, message)
    elif not any(_is_strong(token, about, context.story) for token in shared):
        words = ", ".join(dict.fromkeys(about[t.start : t.end] for t in shared))
        message = f"shares no more than “{_short(words)}” with the story: what has the picture to do with it?"
        yield _verdict(Outcome.UNDECIDED, place, message)


def _told(story: Story) -> frozenset[str]:
    """The story's words, by their stems and as they stand in lower case."""
    blocks = (block for block in story.blocks if block.kind in _TOLD)
    texts = [story.text[b.start : b.end] for b in blocks]
    return frozenset(
        word for text in texts for t in tokens(text) for word in (t.key, text[t.start : t.end].lower())
    )


def _begins_alike(word: str, told: frozenset[str]) -> bool:
    """Whether one word is the beginning of the other: fire and firefighters, snow and snowplow."""
    return any(_begins(*sorted((word, other), key=len)) for other in told)


def _begins(short: str, long: str) -> bool:
    return len(short) >= 4 and len(long) <= 2.5 * len(short) and long.startswith(short)


def _is_strong(token: Token, about: str, story: Story) -> bool:
    """A thing, or a name that is not told as a place. "In Miami" relates a picture to half the stories of Miami."""
    if token.key in _WEAK:
        return False
    name = next((n for n in names.find(about) if n.start <= token.start < n.end), None)
    if name is None:
        return True
    lead = about[max(0, name.start - 20) : name.start]
    is_thing = re.search(rf"\b{re.escape(about[token.start : token.end].lower())}", story.text)
    is_place = _WHERE.search(lead) or PLACES.search(name.words) or _in_date_line(name.words, story)
    return bool(is_thing) or not is_place


def _in_date_line(words: str, story: Story) -> bool:
    return any(words.lower() in line.lower() for line in story.words_of(BlockKind.DATE_LINE))


def _shown(context: Context) -> Iterator[Shown]:
    """The pictures handed in, each with its blocks; then those that stand as blocks only."""
    rest = _rest(context.story)
    groups = list(_groups(context.story))
    for picture in context.pictures:
        group = next((g for g in groups if _is_of(g, picture, context.story)), {})
        if group:
            groups.remove(group)
        yield Shown(
            file=picture.file, alt=picture.alt, caption=picture.caption, credit=picture.credit, licence=picture.licence,
            places=group, rest=rest,
        )  # fmt: skip
    for group in groups:
        words = {kind: context.story.text[start:end] for kind, (start, end) in group.items()}
        alt, caption, credit = (
            words.get(k, "") for k in (BlockKind.ALT_TEXT, BlockKind.CAPTION, BlockKind.CREDIT)
        )
        yield Shown(file="", alt=alt, caption=caption, credit=credit, licence=None, places=group, rest=rest)


def _groups(story: Story) -> Iterator[dict[BlockKind, Span]]:
    """Blocks about a picture that stand side by side; a kind that comes again begins the next picture."""
    group: dict[BlockKind, Span] = {}
    for block in story.blocks:
        if group and (block.kind not in _ABOUT or block.kind in group):
            yield group
            group = {}
        if block.kind in _ABOUT and block.start < block.end:
            group[block.kind] = (block.start, block.end)
    if group:
        yield group


def _is_of(group: dict[BlockKind, Span], picture: Picture, story: Story) -> bool:
    """Whether every block of a group is what the picture says in its place."""
    said = {
        BlockKind.ALT_TEXT: picture.alt,
        BlockKind.CAPTION: picture.caption,
        BlockKind.CREDIT: picture.credit,
    }
    return all(_plain(story.text[start:end]) == _plain(said[kind]) for kind, (start, end) in group.items())


def _rest(story: Story) -> Span:
    """The first block that has words: where a picture without blocks is marked."""
    return next(((b.start, b.end) for b in story.blocks if b.start < b.end), (0, len(story.text)))


def _verdict(outcome: Outcome, place: Span, message: str) -> Verdict:
    return Verdict(outcome=outcome, mark=Mark(start=place[0], end=place[1], message=message))


def _plain(words: str) -> str:
    return " ".join(fold(words[:_LONGEST]).text.split())


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57].rstrip() + "..."


CHECK = Check(
    name="images",
    kind=Kind.POLICY,
    version="1",
    title="Licence, credit, caption and alt text, and a picture of the story",
    run=run,
    scopes=(Scope.STORY,),
    window=Window.STORY,
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ('![Boats at the old pier](pier.jpg "The pier at Tarrow. | Ruth Orde | found online")\n\nThe pier closed.', (), Outcome.REFUTED),
    ('![Boats at the old pier](pier.jpg "The pier at Tarrow. | Ruth Orde | on loan")\n\nThe pier closed.', (), Outcome.UNDECIDED),
    ('![Boats at the old pier](pier.jpg "The pier at Tarrow. | Ruth Orde | CC BY 4.0")\n\nThe pier closed.', (), Outcome.SUPPORTED),
    ("The pier closed.", (), Outcome.NOTHING_TO_CHECK),
)  # fmt: skip
"""A story in Markdown, the captures it rests on, and the outcome: one for each it can return."""
