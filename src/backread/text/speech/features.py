"""What tells a speaker from the other people beside a quotation, as named features.

A feature is a word such as "same after 0q | verb next"; its weight was learned (see `training/speakers.py`). The
features read only where marks, verbs of speaking and commas stand, never who somebody is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from backread.text import quotations
from backread.text.quotations import Quotation
from backread.text.speech import mentions
from backread.text.speech.cues import PLAIN, WORD, is_cue
from backread.text.speech.mentions import Mention, MentionKind

BACK, AHEAD = 4, 1
"""Paragraphs before and after a quotation's own in which its speaker is looked for."""
MOST = 60
"""Mentions looked at for one quotation: no news paragraph has more, and a hostile one costs no more."""
_BREAK = re.compile(r"\n\s*")
_STOP = re.compile(r"[.!?…][”\"’')\]]{0,2}\s+(?=[“\"‘'(\[]?[A-Z\d])")
_SHORT = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gov|Sen|Rep|Lt|Gen|Col|Sgt|Capt|Jr|Sr|Rev|Hon|Prof|No|vs|Ft|Mt|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Cmdr|Maj|Supt)|\b[A-Z]|a\.m|p\.m)\.\Z")  # fmt: skip
_PREPOSITIONS = frozenset(["of", "by", "with", "to", "for", "from", "in", "at", "on", "about", "against", "after", "before", "between", "among", "over", "under", "than", "like", "as", "into", "upon", "toward", "during", "since", "and", "or"])  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A text cut for reading: quotations, the text without their words, paragraphs, sentences, mentions."""

    text: str

    @cached_property
    def quotes(self) -> tuple[Quotation, ...]:
        """Every quotation."""
        return quotations.find(self.text)

    @cached_property
    def openings(self) -> list[int]:
        """Where each quotation begins."""
        return [quote.start for quote in self.quotes]

    @cached_property
    def plain(self) -> str:
        """The text with the words of every quotation blanked out."""
        kept = list(self.text)
        for quote in self.quotes:
            kept[quote.start : quote.end] = " " * (quote.end - quote.start)
        return "".join(kept)

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Start and end of each paragraph."""
        breaks = [m.span() for m in _BREAK.finditer(self.text)]
        starts, ends = [0, *(end for _, end in breaks)], [start for start, _ in breaks]
        cut = [(s, s + len(self.text[s:e].rstrip())) for s, e in zip(starts, ends, strict=False)]
        return [(s, e) for s, e in [*cut, (starts[-1], len(self.text))] if s < e]

    @cached_property
    def _begins(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    @cached_property
    def stops(self) -> list[int]:
        """Where sentences begin. A quotation's last mark ends one unless words of speaking follow it."""
        found = {start for start, _ in self.paragraphs}
        for match in _STOP.finditer(self.text):
            if not self._goes_on(match):
                found.add(match.end())
        return sorted(found)

    def _goes_on(self, match: re.Match[str]) -> bool:
        at = match.start()
        if any(q.start <= at and match.end() < q.end for q in self._around(at)):
            return True
        if self.text[at] == "." and _SHORT.search(self.text[max(0, at - 8) : at + 1]):
            return True
        closes = re.search(r"[”\"’']", match.group()) is not None
        return closes and self.text[at] in "!?…" and any(is_cue(w) for w in WORD.findall(self.plain[match.end() : match.end() + 60])[:6])  # fmt: skip

    def _around(self, at: int) -> list[Quotation]:
        place = bisect_right(self.openings, at) - 1
        return [self.quotes[place]] if place >= 0 else []

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every mention, in order; none overlaps another."""
        return [m for start, end in self.paragraphs for m in mentions.find(self.plain, start, end)]

    @cached_property
    def places(self) -> list[int]:
        """Where each mention begins."""
        return [mention.start for mention in self.mentions]

    @cached_property
    def verbs(self) -> dict[int, str]:
        """How a verb of speaking stands to each mention, by where the mention begins."""
        return {mention.start: _verb(self, mention) for mention in self.mentions}

    @cached_property
    def _speaking(self) -> dict[int, Mention]:
        told = [m for m in self.mentions if self.verbs[m.start] in _PLAINLY]
        return {self.sentence_of(m.start): m for m in reversed(told)}

    @cached_property
    def _firsts(self) -> dict[int, Mention]:
        told = [m for m in self.mentions if m.kind is not MentionKind.DESCRIPTION]
        return {self.sentence_of(m.start): m for m in reversed(told)}

    def first_of(self, sentence: int) -> Mention | None:
        """The first name or pronoun of a sentence; None where it has none."""
        return self._firsts.get(sentence)

    def speaks(self, sentence: int) -> Mention | None:
        """The first mention of a sentence that plainly speaks; None where none does."""
        return self._speaking.get(sentence)

    def paragraph_of(self, at: int) -> int:
        """The number of the paragraph that holds an offset."""
        return max(0, bisect_right(self._begins, at) - 1)

    def sentence_of(self, at: int) -> int:
        """The number of the sentence that holds an offset."""
        return bisect_right(self.stops, at)

    def beside(self, sentence: int) -> str:
        """What a sentence holds outside quotations, one of `_ALONE`; worked out once, however many quotations it has."""
        if sentence not in self._beside:
            start = self.stops[sentence - 1] if sentence else 0
            end = self.stops[sentence] if sentence < len(self.stops) else len(self.text)
            self._beside[sentence] = _kind_of(WORD.findall(self.plain[start:end]))
        return self._beside[sentence]

    @cached_property
    def _beside(self) -> dict[int, str]:
        return {}


def _kind_of(words: list[str]) -> str:
    if not words:
        return "alone"
    return "told" if any(w.lower() in PLAIN for w in words) else "cued" if any(map(is_cue, words)) else "woven"  # fmt: skip


_PLAINLY = frozenset({"according", "plain next", "inverted plain", "colon"})


@dataclass(frozen=True)
class Asked:
    """A quotation whose speaker is looked for, and the mention that spoke the one before it (None for none)."""

    page: Page
    quote: Quotation
    before: Mention | None

    @cached_property
    def alone(self) -> str:
        """What the quotation's sentence holds beside it."""
        return _alone(self.page, self.quote)


def candidates(asked: Asked) -> list[Mention]:
    """Who may have said it, in reading order: the nearest where there are more than `MOST`."""
    page, at = asked.page, asked.quote.start
    here = page.paragraph_of(at)
    near = page.paragraphs[max(0, here - BACK) : here + AHEAD + 1]
    if not near:
        return []
    middle = bisect_left(page.places, at)
    first = max(bisect_left(page.places, near[0][0]), middle - MOST)
    last = min(bisect_left(page.places, near[-1][1]), middle + MOST)
    nearest = sorted(page.mentions[first:last], key=lambda mention: abs(mention.start - at))[:MOST]
    return sorted(nearest, key=lambda mention: mention.start)


def features(asked: Asked, mention: Mention) -> Iterator[str]:
    """The names of the features that hold for one mention."""
    page, quote = asked.page, asked.quote
    place, verb, alone = _place(page, quote, mention), page.verbs[mention.start], asked.alone
    lead, gap = _lead(page, mention), _gap(page, quote, mention)
    yield f"place {place}"
    yield f"verb {verb}"
    yield f"{place} | {verb}"
    yield f"{place} | {verb} | {alone}"
    yield f"{alone} | {place}"
    yield f"kind {mention.kind}"
    yield f"{mention.kind} | {verb}"
    yield f"{mention.kind} | {place.split()[0]}"
    yield f"lead {lead}"
    yield f"{lead} | {verb}"
    yield f"gap {gap} {place.split()[0]} {place.split()[1]}"
    yield f"gap {gap} | {verb}"
    if _is_first(page, mention):
        yield f"first | {place}"
        yield f"first | {verb}"
    if asked.before == mention:
        yield f"spoke before | {alone}"
        yield f"spoke before | {place}"
    elif asked.before and _last(asked.before) == _last(mention):
        yield f"same name spoke before | {place.split()[0]}"
    if asked.before and asked.before.start > mention.start:
        yield f"passed by | {alone}"
    if page.speaks(page.sentence_of(mention.start)) not in (None, mention):
        yield f"another speaks | {verb}"
    if quote.is_partial:
        yield f"partial | {place} | {verb}"


def _place(page: Page, quote: Quotation, mention: Mention) -> str:
    """Which sentence or paragraph, which side, and how many quotations lie between."""
    here, there = page.paragraph_of(quote.start), page.paragraph_of(mention.start)
    side = "after" if mention.start >= quote.end else "before"
    low, high = sorted((quote.start, mention.start))
    between = min(2, bisect_left(page.openings, high) - bisect_right(page.openings, low))
    if here != there:
        return f"paragraph{there - here} {side} {between}q"
    apart = page.sentence_of(mention.start) - page.sentence_of(quote.start)
    ends = page.sentence_of(mention.start) - page.sentence_of(max(quote.start, quote.end - 2))
    where = "same" if 0 in (apart, ends) else f"sentence{max(-3, min(2, ends if side == 'after' else apart))}"
    return f"{where} {side} {between}q"


def _verb(page: Page, mention: Mention) -> str:
    """How a verb of speaking stands to the mention."""
    after = page.plain[mention.end : mention.end + 160]
    before = WORD.findall(page.plain[max(0, mention.start - 40) : mention.start])
    if len(before) > 1 and before[-2].lower() == "according" and before[-1].lower() == "to":
        return "according"
    after = re.split(r"\n|[.;]\s|[“”\"]", after)[0]
    words = list(WORD.finditer(after))[:14]
    if re.match(r"\s*:", after):
        return "colon"
    for number, word in enumerate(words):
        if is_cue(word.group()):
            plain = "plain" if word.group().lower() in PLAIN else "other"
            if number == 0:
                return f"{plain} next" if "," not in after[: word.start()] else f"{plain} after comma"
            commas = after[: word.start()].count(",")
            near = "near" if number <= 2 and not commas else f"far{min(commas, 2)}{'x' if number > 8 else ''}"
            return _or_inverted(page, mention, before) or f"{plain} {near}"
    return _or_inverted(page, mention, before) or "none"


def _or_inverted(page: Page, mention: Mention, before: list[str]) -> str:
    """ "said Orde", straight before the mention."""
    gap = page.plain[max(0, mention.start - 2) : mention.start]
    if not before or not is_cue(before[-1]) or not re.fullmatch(r"[^,.]*[\s]", gap):
        return ""
    return f"inverted {'plain' if before[-1].lower() in PLAIN else 'other'}{' told' if before[-1].lower() in ('told', 'tells', 'telling', 'asked') else ''}"  # fmt: skip


def _lead(page: Page, mention: Mention) -> str:
    """The word or sign before the mention."""
    before = page.plain[max(0, mention.start - 24) : mention.start]
    stripped = before.rstrip()
    if not stripped or "\n" in before[len(stripped) :]:
        return "start"
    if stripped[-1] in ',.:;—–-”“"':
        return stripped[-1] if stripped[-1] in ',:;.”“"' else "dash"
    word = re.split(r"\W+", stripped)[-1].lower()
    if word in _PREPOSITIONS:
        return "preposition" if word not in ("and", "or") else "and"
    return "cue" if is_cue(word) else word if word in ("that", "as", "but", "when", "while", "what", "which", "who") else "word"  # fmt: skip


_ALONE = ("told", "cued", "woven", "alone")
"""What a sentence holds outside quotations: a plain word of speaking, any word of speaking, other words, none."""


def _alone(page: Page, quote: Quotation) -> str:
    """What stands beside the quotation in its sentence, or in the one it ends in: the most telling of `_ALONE`."""
    sentences = (page.sentence_of(quote.start), page.sentence_of(quote.end - 1))
    return min((page.beside(sentence) for sentence in sentences), key=_ALONE.index)


def _gap(page: Page, quote: Quotation, mention: Mention) -> str:
    low, high = (quote.end, mention.start) if mention.start >= quote.end else (mention.end, quote.start)
    count = len(WORD.findall(page.plain[low:high])) if high - low < 600 else 99
    return next(name for most, name in ((0, "0"), (1, "1"), (3, "3"), (6, "6"), (12, "12"), (25, "25"), (10**9, "more")) if count <= most)  # fmt: skip


def _is_first(page: Page, mention: Mention) -> bool:
    first = page.first_of(page.sentence_of(mention.start))
    return first is None or mention.start <= first.start


def _last(mention: Mention) -> str:
    words = re.findall(r"[\w’'-]+", mention.words.lower())
    return words[-1] if words else ""
