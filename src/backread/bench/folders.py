"""A folder of stories to measure with: each `NAME/story.md`, `NAME/sources/*`, and what must be found in it.

`expected.json` holds `date` (YYYY-MM-DD), `area` (a name, or a table as in an area file) and `findings`: what a good
check says of the copy; a clean story has none. `terms` may name the terms of a source by its file name, a source
without is public record. `twin.md`, where there is one, is the mended story. `wrong.txt`, where there is one, holds what
could be printed wrong of the story, a line each: `F kind [the words at fault]: sentence`. Unknown keys are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from backread.bench import SEEN
from backread.check.engine import check_story
from backread.errors import BadInput
from backread.gather.files import read_words
from backread.gather.local import read_file
from backread.gather.photo import provenances
from backread.group.area import area_of, read_area
from backread.ports import Verifier
from backread.text.blocks import Parsed, parse
from backread.text.cite import propose
from backread.values.area import Area
from backread.values.capture import Capture
from backread.values.finding import Finding, Outcome
from backread.values.report import Report
from backread.values.source import Terms
from backread.values.story import BlockKind, Story, Words

_WRONG = re.compile(r"F (?P<kind>\w+) \[(?P<words>.+?)\]: (?P<text>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A finding that must appear: by one of `checks`, with one of `outcomes`, on `text` ("" for anywhere)."""

    checks: frozenset[str]
    outcomes: frozenset[Outcome]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A sentence of the story as it could be printed wrong. `words` are those at fault, each as it stands in `text`."""

    kind: str
    words: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One story with its sources. `twin` is the mended story, None where there is none."""

    name: str
    story: Parsed
    twin: Parsed | None
    captures: tuple[Capture, ...]
    area: Area | None
    expected: tuple[Expected, ...]
    folder: Path
    wrong: tuple[Wrong, ...] = ()

    def sentence(self, words: str) -> Parsed:
        """A story of this one sentence, on the day of the story."""
        story = Story.of([(BlockKind.PARAGRAPH, [Words(text=words)])], date=self.story.story.date)
        return replace(self.story, story=story, pictures=())

    def check(self, parsed: Parsed, verifier: Verifier | None = None) -> Report:
        """What the checks say of the story or its twin."""
        return check_story(
            propose(parsed.story, self.captures), self.captures, area=self.area, pictures=parsed.pictures,
            provenances=provenances(parsed.pictures, self.folder), verifier=verifier,
        )  # fmt: skip


def read_cases(folder: Path | None, limit: int = 0) -> Iterator[Case]:
    """The cases of a folder in the order of their names, at most `limit` (0: all). Raises BadInput."""
    if folder is None or not folder.is_dir():
        raise BadInput(
            str(folder or "the folder"), step="find stories", hint="Name a folder of NAME/story.md."
        )
    there = sorted(path.parent for path in folder.glob("*/story.md"))
    if not there:
        raise BadInput(str(folder), step="find stories in it", hint="It should hold folders with a story.md.")
    return (read_case(path) for path in there[: limit or None])


def read_case(folder: Path) -> Case:
    """One story's folder. Raises BadInput naming the file that cannot be read."""
    told = _told(folder / "expected.json")
    day = _day(told, folder)
    twin = folder / "twin.md"
    return Case(
        name=folder.name,
        story=_story(folder / "story.md", day),
        twin=_story(twin, day) if twin.is_file() else None,
        captures=tuple(_captures(folder, told)),
        area=_area(told.get("area"), folder),
        expected=tuple(_expected(entry, folder) for entry in told.get("findings", ())),
        folder=folder,
        wrong=tuple(_wrong(folder / "wrong.txt")),
    )


def met(expected: Expected, report: Report) -> bool:
    """Whether the report has the finding: its mark overlaps the text, or it sits on a sentence that does."""
    places = _places(expected.text, report.story.text)
    findings = [(f, c.sentence.start, c.sentence.end) for c in report.sentences for f in c.findings]
    findings += [(f, 0, 0) for f in report.findings]
    return any(
        _is(expected, finding) and any(_touches(finding, start, end, place) for place in places)
        for finding, start, end in findings
    )


def _places(words: str, text: str) -> list[range]:
    """Every place of the words; the whole text for none."""
    if not words:
        return [range(-1, len(text) + 1)]
    return [range(m.start(), m.end()) for m in re.finditer(re.escape(words), text)]


def _is(expected: Expected, finding: Finding) -> bool:
    return finding.check in expected.checks and finding.outcome in expected.outcomes


def _touches(finding: Finding, start: int, end: int, place: range) -> bool:
    return any(_overlap(s, e, place) for s, e in [(start, end), *((m.start, m.end) for m in finding.marks)])


def _overlap(start: int, end: int, place: range) -> bool:
    return start < place.stop and place.start < end


def _told(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        return {}
    try:
        told = json.loads(read_words(path))
    except ValueError as err:
        raise BadInput(str(path), step="read what is expected", hint="It is not valid JSON.") from err
    if not isinstance(told, dict):
        raise BadInput(str(path), step="read what is expected", hint="It should be one JSON object.")
    return told


def _day(told: Mapping[str, Any], folder: Path) -> date | None:
    try:
        return date.fromisoformat(told["date"]) if told.get("date") else None
    except (TypeError, ValueError) as err:
        raise BadInput(str(folder), step="read its date", hint="Write it as YYYY-MM-DD.") from err


def _area(told: object, folder: Path) -> Area | None:
    if isinstance(told, Mapping):
        return area_of(told, str(folder / "expected.json"))
    return read_area(str(told)) if told else None


def _story(path: Path, day: date | None) -> Parsed:
    return parse(read_words(path), "md", on=day)


def _captures(folder: Path, told: Mapping[str, Any]) -> Iterator[Capture]:
    """The captures of the sources. One that cannot be read (empty, refused) is none, and the story the worse for it.

    They are our own files, or those of who measures: read without the fence.
    """
    stated = told.get("terms") if isinstance(told.get("terms"), Mapping) else {}
    for path in sorted((folder / "sources").glob("*")):
        terms = _terms((stated or {}).get(path.name, Terms.PUBLIC_RECORD), path)
        with suppress(BadInput):
            yield from read_file(path, terms=terms, taken=SEEN, safely=False)


def _terms(stated: object, path: Path) -> Terms:
    try:
        return Terms(str(stated))
    except ValueError as err:
        known = ", ".join(Terms)
        raise BadInput(f"{path}: {stated}", step="read its terms", hint=f"They are one of {known}.") from err


def _wrong(path: Path) -> Iterator[Wrong]:
    for at, line in enumerate(read_words(path).splitlines() if path.is_file() else (), 1):
        told = _WRONG.fullmatch(line.strip())
        if told is None:
            raise BadInput(
                f"{path}, line {at}", step="read what could be wrong", hint="Write F kind [words]: sentence."
            )
        yield Wrong(kind=told["kind"], words=told["words"], text=told["text"])


def _expected(entry: Any, folder: Path) -> Expected:
    """`either` names further checks that would do; outcomes are parted by a bar."""
    try:
        either = entry.get("either", ())
        others = [either] if isinstance(either, str) else list(either)
        return Expected(
            checks=frozenset([entry["check"], *others]),
            outcomes=frozenset(Outcome(word.strip()) for word in entry["outcome"].split("|")),
            text=entry.get("text", ""),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as err:
        raise BadInput(
            str(folder), step="read its expected findings", hint='Each needs "check", "outcome" and "text".'
        ) from err
