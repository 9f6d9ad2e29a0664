"""Small stories and captures for the tests of checks: one sentence, the captures it rests on, all of it cited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from backread.check.base import Check, Context
from backread.values.area import Area
from backread.values.canonical import digest_of
from backread.values.capture import Capture
from backread.values.finding import Finding, Outcome, Scope, Subject
from backread.values.story import BlockKind, Citation, Origin, Story, Words

MONDAY = dt.date(2026, 10, 19)


def capture(text: str, *, name: str = "the notice", published: dt.date | None = MONDAY) -> Capture:
    """A document with this visible text."""
    moment = dt.datetime.combine(published or MONDAY, dt.time(9), dt.UTC)
    return Capture(
        source=name,
        source_name=name,
        url=f"https://{name.replace(' ', '-')}.example/",
        taken=moment,
        media_type="text/plain",
        payload=digest_of(text.encode()),
        text=text,
        extractor="test/1",
        published=moment if published else None,
    )


def cites(*captures: Capture) -> tuple[Citation, ...]:
    """Citations of whole captures."""
    return tuple(
        Citation(passage=c.passage(0, len(c.text)), origin=Origin.DRAFTER) for c in captures if c.text.strip()
    )


def context(
    sentences: Sequence[str],
    captures: Sequence[Capture],
    *,
    date: dt.date | None = MONDAY,
    kind: BlockKind = BlockKind.PARAGRAPH,
    area: Area | None = None,
    cited: bool = True,
) -> Context:
    """A story of one block, every sentence citing every capture."""
    citations = cites(*captures) if cited else ()
    story = Story.of([(kind, [Words(text=s, citations=citations) for s in sentences])], date=date)
    return Context(story=story, captures=tuple(captures), area=area)


def run(check: Check, sentence: str, *texts: str, **more: object) -> tuple[Finding, ...]:
    """The findings on a one-sentence story resting on captures of these texts."""
    captures = [capture(text, name=f"source {i}") for i, text in enumerate(texts)]
    return check.run(Subject(scope=Scope.SENTENCE, index=0), context([sentence], captures, **more))  # type: ignore[arg-type]


def outcome(check: Check, sentence: str, *texts: str, **more: object) -> Outcome:
    """The worst outcome."""
    return min((f.outcome for f in run(check, sentence, *texts, **more)), key=lambda o: o.rank)
