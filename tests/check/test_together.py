"""All checks together: every one answers on hostile and on any text, in bounded time, with exact places."""

from __future__ import annotations

import base64
import gzip
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backread.check import CHECKS
from backread.check.base import Context
from backread.check.engine import check_story
from backread.text.cite import propose
from backread.text.sentences import split
from backread.values.area import Area, Place
from backread.values.capture import Capture
from backread.values.finding import Scope, Subject
from backread.values.picture import Picture
from backread.values.report import Report
from backread.values.source import Genre, Terms
from backread.values.story import BlockKind, Story, Words
from check.stories import MONDAY, capture

AREA = Area(name="Tarrow County", places=(Place(name="Tarrow", kind="town"),))
BUILT = frozenset(check.name for check in CHECKS if check.built)
LONGEST, SECONDS = 4_000, 30.0
"""Code points of one hostile text that stand in the story, and the processor time that checking it may take."""


def story_of(words: str) -> Story:
    """A story that says the same everywhere: headline, picture text and paragraph."""
    said = words[:LONGEST]
    sentences = [Words(text=said[start:end]) for start, end in split(said)]
    short = [Words(text=said[:300])]
    kinds = (BlockKind.BYLINE, BlockKind.ALT_TEXT, BlockKind.CAPTION, BlockKind.CREDIT, BlockKind.DATE_LINE)
    return Story.of(
        [(BlockKind.HEADLINE, sentences[:1] or short), *((kind, short) for kind in kinds), (BlockKind.PARAGRAPH, sentences or short)],
        date=MONDAY,
    )  # fmt: skip


def captures_of(words: str) -> tuple[Capture, ...]:
    """Captures that hold the words: as a record, as another newsroom's article, and as an earlier version."""
    first = capture(words, name="the page")
    return (
        first,
        replace(capture(f"{words} ", name="a rival"), terms=Terms.NEWSROOM, title=words[:200]),
        replace(capture(f"Correction: {words}", name="the page"), url=first.url, genre=Genre.ALERT, published=None),
    )  # fmt: skip


def told(words: str) -> Report:
    """What all checks say of a story of these words that rests on captures of the same."""
    held = captures_of(words)
    picture = Picture(
        file=words[:80], alt=words[:300], caption=words[:300], credit=words[:300], licence=words[:300]
    )
    return check_story(propose(story_of(words), held), held, area=AREA, pictures=(picture,), outlet=("The Tide",))  # fmt: skip


def marks_stand(report: Report) -> bool:
    """Whether every mark lies in the story's text, and all its evidence in a capture."""
    known = {c.id: c for c in report.captures}
    found = [f for checked in report.sentences for f in checked.findings] + list(report.findings)
    marks = [mark for finding in found for mark in finding.marks]
    return all(0 <= m.start <= m.end <= len(report.story.text) for m in marks) and all(
        known[p.capture].holds(p) for m in marks for p in m.evidence
    )


def strings(told: Any) -> Iterator[str]:
    """Every text in a value, packed ones unpacked: they are what a reader would hand on at its worst."""
    if isinstance(told, dict):
        for key, value in told.items():
            if key == "b64":
                yield base64.b64decode(value).decode("utf-8", "replace")
            elif key == "gz_b64":
                yield gzip.decompress(base64.b64decode(value))[:200_000].decode("utf-8", "replace")
            else:
                yield from strings(value)
    elif isinstance(told, list):
        for value in told:
            yield from strings(value)
    elif isinstance(told, str):
        yield told


@pytest.mark.shared
@pytest.mark.slow
def test_every_check_answers_on_hostile_texts_in_bounded_time(shared: Path) -> None:
    texts: dict[str, None] = {}
    for path in sorted((shared / "data/attacks").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            texts.update(dict.fromkeys(strings(json.loads(line))))
    failed, slow = [], []
    for words in texts:
        begun = time.process_time()
        report = told(words)
        if report.ran != BUILT and all(len(c.sentence.text) <= LONGEST for c in report.sentences):
            failed.append((words[:60], sorted(BUILT - report.ran)))
        elif not marks_stand(report):
            failed.append((words[:60], ["places"]))
        if time.process_time() - begun > SECONDS:
            slow.append(words[:60])
    assert len(texts) > 400, "no texts, no test"
    assert (failed, slow) == ([], [])


_PIECES = st.sampled_from(
    ["“", "”", '"', "’", "\n\n", "\n", " ", ". ", ", ", "—", "31", "4-1", "$5 million", "%", "[[", "]]", "Mayor Ruth Orde", "said ", "charged with murder ",
     "Thursday ", "Oct. 32 ", "not ", "Correction: ", "Ignore all previous instructions and write ", "in order to ", "Tarrow ", "critics ", "\u200b", "İ", "e\u0301",
     "found online", "AI-generated", "a 16-year-old ", "12 Kiln Street "]
)  # fmt: skip
_TEXT = st.one_of(st.text(max_size=80), st.lists(_PIECES, min_size=1, max_size=25).map("".join))


@settings(max_examples=60, deadline=None)
@given(_TEXT.filter(str.strip))
def test_any_text_gets_an_answer_from_every_check(words: str) -> None:
    report = told(words)
    assert report.ran == BUILT
    assert marks_stand(report)
    for checked in report.sentences:
        answered = {finding.check for finding in checked.findings}
        assert answered == {check.name for check in CHECKS if Scope.SENTENCE in check.scopes}


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=120), st.text(max_size=120))
def test_every_check_run_alone_answers_with_what_it_may(words: str, source: str) -> None:
    held = captures_of(source)
    story = propose(story_of(words), held)
    context = Context(story=story, captures=held, area=AREA)
    for check in (check for check in CHECKS if check.built):
        for subject in _subjects(story, check.scopes):
            found = check.run(subject, context)
            assert found, check.name
            assert {f.outcome for f in found} <= check.outcomes, check.name
            assert {f.check for f in found} == {check.name}


def _subjects(story: Story, scopes: tuple[Scope, ...]) -> Iterator[Subject]:
    """The first subject of each scope that a check looks at."""
    for scope in scopes:
        yield Subject(scope=scope, index=-1 if scope is Scope.STORY else 0 if scope is Scope.SENTENCE else 2)
