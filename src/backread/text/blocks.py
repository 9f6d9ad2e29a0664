"""Read any story, from a file or a paste, into blocks and sentences.

The forms: Markdown as in the docs (`# headline`, `_deck_`, `![alt](file "caption | credit | licence")`), HTML,
JSON (`{"headline", "deck", "paragraphs", ...}`) and plain text, where a short first line is the headline, a short
second one the deck, and picture text, credit and a typed statement are told apart from the body by their look.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from lxml import etree, html

from backread.errors import BadInput
from backread.text.sentences import split
from backread.values.picture import Picture
from backread.values.story import BlockKind, Part, Story, Words

DATE_LINE = re.compile(r"^(?P<place>[A-Z][A-Z .,'’-]{1,40}(?:, [A-Z][a-z]+\.?)?)\s+[—–-]{1,2}\s+(?=\S)")
_STATEMENT = re.compile(
    r"(?i)\b(?:this (?:article|story|report)\b.{0,60}\b(?:AI|artificial intelligence|generated|written|produced|reviewed)"
    r"|(?:generated|written|produced) (?:with|by) (?:AI|artificial intelligence)|editor'?s note\b)"
)
_IMAGE = re.compile(r'^!\[(?P<alt>[^\]]*)\]\((?P<file>[^\s)"]*)(?:\s+"(?P<told>[^"]*)")?\)\s*$')
_RULE = re.compile(r"^[\W_]{1,12}$")
_CREDIT = re.compile(
    r"(?i)^(?:photo|image|picture|credit)s?(?: by| courtesy of)?[: ]|^[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,2}(?: ?/ ?.{2,40})?$"
)
_BYLINE = re.compile(r"^By [A-Z]")
_ENDS = re.compile(r"[.?!][\"”’')]*$")
MOST = 2_000
"""Sentences. The longest stories newsrooms print have fewer; more is a book, or an attack."""

_HALF = re.compile("[\ud800-\udfff]")
_SHORT, _DECK = 140, 260


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A story as it was handed in, and the pictures it names."""

    story: Story
    pictures: tuple[Picture, ...] = ()


def parse(text: str, form: str = "txt", *, on: date | None = None) -> Parsed:
    """Read `text` in one of the forms "txt", "md", "html", "json". Raises BadInput when there is no story in it."""
    readers = {"md": _markdown, "html": _html, "json": _json}
    parts, pictures = readers.get(form, _plain)(text)
    if not any(kind.has_sentences for kind, _ in parts):
        raise BadInput(
            "the story", step="find any sentences in it", hint="Hand in a file with the story's text."
        )
    sentences = sum(len(words) for kind, words in parts if kind.has_sentences)
    if sentences > MOST:
        raise BadInput(
            "the story",
            step="take it as one story",
            hint=f"It has {sentences:,} sentences, and {MOST:,} is the most; hand in one story.",
        )
    return Parsed(story=Story.of(_printable(parts), date=on), pictures=pictures)


def _printable(parts: Iterable[Part]) -> Iterator[Part]:
    """Halves of a character (JSON can hold them) as U+FFFD: they have no bytes, and `residue` refuses the sign."""
    for kind, words in parts:
        yield kind, [replace(w, text=_HALF.sub("\ufffd", w.text)) for w in words]


def _plain(text: str) -> tuple[list[Part], tuple[Picture, ...]]:
    blocks = _cut_at_blank_lines(text)
    parts: list[Part] = []
    for number, block in enumerate(blocks):
        parts += _plain_block(block, number, len(blocks), parts)
    return parts, ()


def _cut_at_blank_lines(text: str) -> list[str]:
    """The blocks between blank lines, their lines bare. By lines: a pattern over white space costs its square."""
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        if bare := line.strip():
            blocks[-1].append(bare)
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(lines) for lines in blocks if lines]


def _plain_block(block: str, number: int, of: int, before: list[Part]) -> list[Part]:
    seen = {kind for kind, _ in before}
    bare = not _ENDS.search(block) and "\n" not in block
    if number == 0 and of > 1 and len(block) <= _SHORT and "\n" not in block:
        return _sentenced(BlockKind.HEADLINE, block)
    if (
        BlockKind.PARAGRAPH not in seen
        and BlockKind.HEADLINE in seen
        and BlockKind.DECK not in seen
        and bare
        and len(block) <= _DECK
    ):
        return _sentenced(BlockKind.DECK, block)
    if BlockKind.PARAGRAPH not in seen and (_RULE.match(block.split("\n")[0]) or _is_picture_text(block)):
        return _picture_text([line for line in block.split("\n") if not _RULE.match(line)])
    return _paragraph(block)


def _is_picture_text(block: str) -> bool:
    lines = block.split("\n")
    return (len(lines) > 1 and bool(_CREDIT.match(lines[-1]))) or bool(_BYLINE.match(block))


def _picture_text(lines: list[str]) -> list[Part]:
    """Lines between deck and body: what a picture shows, then whose it is; or a byline."""
    parts: list[Part] = []
    for line in lines:
        if _BYLINE.match(line):
            parts.append((BlockKind.BYLINE, [Words(text=line)]))
        elif _CREDIT.match(line):
            parts.append((BlockKind.CREDIT, [Words(text=line)]))
        else:
            parts.append((BlockKind.ALT_TEXT, [Words(text=line)]))
    return parts


def _paragraph(block: str) -> list[Part]:
    words = re.sub(r"\s+", " ", block).strip()
    if not words:
        return []
    if _BYLINE.match(words) and len(words) < 80 and not _ENDS.search(words):
        return [(BlockKind.BYLINE, [Words(text=words)])]
    told = next((start for start, end in split(words) if _STATEMENT.search(words[start:end])), None)
    if told is not None:
        # A typed statement starts where it starts: the sentences before it in the paragraph are copy.
        return _paragraph(words[:told]) + _sentenced(BlockKind.STATEMENT, words[told:])
    place = DATE_LINE.match(words)
    if place:
        lead = words[: place.end()].rstrip()
        return [
            (BlockKind.DATE_LINE, [Words(text=lead)]),
            *_sentenced(BlockKind.PARAGRAPH, words[place.end() :]),
        ]
    return _sentenced(BlockKind.PARAGRAPH, words)


def _sentenced(kind: BlockKind, words: str) -> list[Part]:
    cut = [Words(text=words[start:end]) for start, end in split(words)]
    return [(kind, cut)] if cut else []


def _markdown(text: str) -> tuple[list[Part], tuple[Picture, ...]]:
    parts: list[Part] = []
    pictures: list[Picture] = []
    for words in _cut_at_blank_lines(text):
        image = _IMAGE.match(words)
        if image:
            pictures.append(_picture(image))
            parts += _picture_parts(pictures[-1])
        elif words.startswith("#"):
            level, title = len(words) - len(words.lstrip("#")), words.lstrip("#").strip()
            parts += _sentenced(BlockKind.HEADLINE if level == 1 else BlockKind.PARAGRAPH, title)
        elif re.fullmatch(r"([_*])(?![_*]).+\1", words, re.DOTALL) and len(parts) <= 1:
            parts += _sentenced(BlockKind.DECK, re.sub(r"\s+", " ", words[1:-1]))
        else:
            parts += _paragraph(words)
    return parts, tuple(pictures)


def _picture(image: re.Match[str]) -> Picture:
    caption, credit, licence, *_ = [*(told.strip() for told in (image["told"] or "").split("|")), "", "", ""]
    return Picture(
        file=image["file"], alt=image["alt"].strip(), caption=caption, credit=credit, licence=licence
    )


def _picture_parts(picture: Picture) -> list[Part]:
    parts: list[Part] = [(BlockKind.ALT_TEXT, [Words(text=picture.alt)])] if picture.alt else []
    parts += _sentenced(BlockKind.CAPTION, picture.caption)
    return parts + ([(BlockKind.CREDIT, [Words(text=picture.credit)])] if picture.credit else [])


def _html(text: str) -> tuple[list[Part], tuple[Picture, ...]]:
    try:
        tree = html.fromstring(
            text, parser=html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
        )
    except (etree.ParserError, ValueError) as err:
        raise BadInput(
            "the story", step="read it as HTML", hint="Save it again, or hand in plain text."
        ) from err
    parts: list[Part] = []
    for element in tree.iter("h1", "h2", "p", "figcaption", "img", "li"):
        words = re.sub(r"\s+", " ", "".join(str(words) for words in element.itertext())).strip()
        seen = {kind for kind, _ in parts}
        if element.tag == "img":
            parts += (
                [(BlockKind.ALT_TEXT, [Words(text=alt)])]
                if (alt := (element.get("alt") or "").strip())
                else []
            )
        elif element.tag == "h1" and BlockKind.HEADLINE not in seen:
            parts += _sentenced(BlockKind.HEADLINE, words)
        elif element.tag == "figcaption":
            parts += _sentenced(BlockKind.CAPTION, words)
        elif "deck" in (element.get("class") or "").split():
            parts += _sentenced(BlockKind.DECK, words)
        else:
            parts += _paragraph(words)
    return parts, ()


_KEYS = {"headline": BlockKind.HEADLINE, "deck": BlockKind.DECK, "byline": BlockKind.BYLINE, "caption": BlockKind.CAPTION,
         "credit": BlockKind.CREDIT, "alt": BlockKind.ALT_TEXT}  # fmt: skip


def _all_words(told: dict[str, object]) -> bool:
    """Whether every part is words: what is passed over silently would go unchecked."""
    paragraphs = told.get("paragraphs", [])
    parts = [
        *(paragraphs if isinstance(paragraphs, list) else []),
        *(told[key] for key in _KEYS if told.get(key) is not None),
    ]
    return all(isinstance(part, str) for part in parts)


def _json(text: str) -> tuple[list[Part], tuple[Picture, ...]]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as err:
        raise BadInput(
            "the story", step="read it as JSON", hint='Write {"headline": "...", "paragraphs": ["..."]}.'
        ) from err
    if not isinstance(told, dict) or not isinstance(told.get("paragraphs", []), list) or not _all_words(told):
        raise BadInput(
            "the story", step="read its parts", hint='Write {"headline": "...", "paragraphs": ["..."]}.'
        )
    parts: list[Part] = []
    for key, kind in _KEYS.items():
        words = told.get(key)
        if isinstance(words, str) and words.strip():
            parts += (
                _sentenced(kind, words.strip())
                if kind.has_sentences
                else [(kind, [Words(text=words.strip())])]
            )
    for words in told.get("paragraphs", []):
        parts += _paragraph(words) if isinstance(words, str) else []
    return parts, ()
