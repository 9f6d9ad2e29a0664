"""Findings kept by everything that was read for them, never by "the sentence did not change".

The key is a digest of the check and its version, the subject's words and its window, the date line, the citations, the
captures' texts, the area, and the verifier. Anything else read would make a stale finding look fresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Protocol

from backread.check.base import Check, Context, Window
from backread.values.canonical import Digest, canonical_digest
from backread.values.finding import Finding, Mark, Scope, Subject
from backread.values.story import Citation

Findings = tuple[Finding, ...]


class FindingCache(Protocol):
    """Keeps findings under a digest. What it loses is checked again."""

    def get(self, key: Digest) -> Findings | None: ...
    def put(self, key: Digest, findings: Findings) -> None: ...


class MemoryCache:
    """A cache in this process."""

    def __init__(self) -> None:
        self._kept: dict[Digest, Findings] = {}

    def get(self, key: Digest) -> Findings | None:
        """What was found when exactly this was read."""
        return self._kept.get(key)

    def put(self, key: Digest, findings: Findings) -> None:
        """Keep what was found."""
        self._kept[key] = findings


def world_digest(context: Context) -> Digest:
    """The digest of what every check of one run reads beside the story: captures, area, outlet, verifier, date."""
    captures: list[Mapping[str, object]] = [
        {
            "agency": c.agency,
            "id": c.id,
            "name": c.source_name,
            "published": str(c.published),
            "taken": str(c.taken),
            "terms": str(c.terms),
            "text": c.text_digest,
            "title": c.title,
            "fields": repr(c.fields),
            "flags": sorted(c.flags),
            "genre": str(c.genre),
        }
        for c in context.captures
    ]
    verifier = f"{context.verifier.name} {context.verifier.version}" if context.verifier else ""
    area = repr(asdict(context.area)) if context.area else ""
    return canonical_digest(
        {
            "area": area,
            "captures": captures,  # type: ignore[dict-item]
            "date": str(context.story.date),
            "outlet": list(context.outlet),
            "pictures": [repr(picture) for picture in context.pictures],
            "provenances": [[name, str(told)] for name, told in sorted(context.provenances.items())],
            "verifier": verifier,
        }
    )


def finding_key(check: Check, subject: Subject, context: Context, world: Digest) -> Digest:
    """The digest of everything `check` reads for `subject`."""
    start, words, cited = _window(check, subject, context)
    return canonical_digest(
        {
            "check": check.name,
            "citations": [
                [str(c.passage.capture), c.passage.start, c.passage.text, str(c.origin)] for c in cited
            ],
            "start": start,
            "subject": str(subject.scope),
            "version": check.version,
            "words": words,
            "world": world,
        }
    )


def _window(check: Check, subject: Subject, context: Context) -> tuple[int, str, tuple[Citation, ...]]:
    """Where the subject stands in its window, the window's words, and the subject's citations."""
    story = context.story
    if subject.scope is Scope.SENTENCE:
        sentence = context.sentence(subject)
        block = story.blocks[sentence.block]
        if check.window is Window.STORY:
            # A headline is held to what the body rests on too.
            return sentence.start, story.text, tuple(c for s in story.sentences for c in s.citations)
        if check.window is Window.PARAGRAPH:
            return sentence.start - block.start, story.text[block.start : block.end], sentence.citations
        return 0, f"{block.kind}: {sentence.text}", sentence.citations
    if subject.scope is Scope.BLOCK:
        block = context.block(subject)
        return 0, f"{block.kind}: {story.text[block.start : block.end]}", ()
    return 0, story.text, tuple(c for s in story.sentences for c in s.citations)


def moved(findings: Findings, by: int, subject: Subject) -> Findings:
    """Findings about the same words standing `by` code points further on."""
    return tuple(
        replace(f, subject=subject, marks=tuple(replace_mark(mark, by) for mark in f.marks)) for f in findings
    )


def replace_mark(mark: Mark, by: int) -> Mark:
    """The mark, `by` code points further on."""
    return replace(mark, start=mark.start + by, end=mark.end + by)
