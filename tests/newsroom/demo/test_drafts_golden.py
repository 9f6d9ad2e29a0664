"""The demo's drafts as an editor first sees them, word for word, from the documents as the newsroom reads them.

A change in how drafts are written shows here as a difference to read; `make golden` takes it over.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from backread.adapters.replay import WarcFetch
from backread.check.engine import check_story
from backread.draft.rule import draft
from backread.gather import read_safely
from backread.group.area import read_area
from backread.group.dossiers import assign, worth_a_story
from backread.values.area import Area
from backread.values.capture import Capture, by_id
from backread.values.draft import Draft
from backread.values.source import Genre, Source, Terms
from backread.values.story import BlockKind
from newsroom.demo.world import read_toml, write_warc

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
GOLDEN = Path(__file__).parent / "golden"
NAMES = (
    "alert-weather", "calendar-schools", "fields-city-council", "fields-commission", "prose-health", "prose-library-driftwood",
    "prose-library-seeds", "prose-library-sundays", "prose-marina", "prose-public-works", "prose-sheriff", "prose-shorelands",
    "prose-water",
)  # fmt: skip
"""The two flood alerts are one story."""


@cache
def _area() -> Area:
    return read_area(Path(str(files("newsroom.demo") / "area.toml")))


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Draft, tuple[Capture, ...]]]:
    """Every draft, by hand and source, with its dossier's captures."""
    kept = write_warc(tmp_path_factory.mktemp("web") / "w.warc.gz", NOW.date(), NOW)
    held = tuple(_captures(WarcFetch(kept)))
    known, made = by_id(held), {}
    for dossier in assign(held, (), _area()):
        lead = known[dossier.captures[0]]
        if worth_a_story(dossier, held)[0]:
            told = draft(dossier, held, area=_area(), on=NOW.date(), outlet=("The Pellam Tide",))
            made[_name(lead)] = (told, tuple(known[i] for i in dossier.captures))
    return made


def _captures(fetch: WarcFetch) -> Iterator[Capture]:
    for told in read_toml("newsroom.toml")["source"]:
        source = Source(
            id=told["id"], name=told["name"], kind=told["kind"], address=told["url"], terms=Terms(told["terms"]),
            genre=Genre(told["genre"]), agency=told["agency"],
        )  # fmt: skip
        reading = read_safely(source, fetch(told["url"]))
        yield from reading.captures
        for follow in reading.follow:
            yield from read_safely(source, fetch(follow.url)).captures


def _name(lead: Capture) -> str:
    hand = {
        Genre.ALERT: "alert",
        Genre.CALENDAR: "calendar",
        Genre.AGENDA: "fields",
        Genre.MINUTES: "fields",
    }.get(lead.genre, "prose")
    more = next((f"-{w}" for w in ("driftwood", "seeds", "sundays") if w in lead.url or w in lead.text), "")
    return f"{hand}-{lead.source}{more if lead.source == 'library' else ''}"


def _shown(made: Draft) -> str:
    """Headline, deck, date line and paragraphs as on a page, then what was left out."""
    mark = {BlockKind.HEADLINE: "# ", BlockKind.DECK: "## ", BlockKind.DATE_LINE: "@ "}
    blocks = [
        textwrap.fill(f"{mark.get(b.kind, '')}{made.story.text[b.start : b.end]}", 110)
        for b in made.story.blocks
    ]
    return "\n\n".join([*blocks, *(f"(left out: {note})" for note in made.left_out)]) + "\n"


def test_which_stories_there_are(drafts: dict[str, tuple[Draft, tuple[Capture, ...]]]) -> None:
    assert tuple(sorted(drafts)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_text_golden(name: str, drafts: dict[str, tuple[Draft, tuple[Capture, ...]]]) -> None:
    shown, kept = _shown(drafts[name][0]), GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "rewrite":
        GOLDEN.mkdir(exist_ok=True)
        kept.write_text(shown, encoding="utf-8")
    assert shown == kept.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_open(name: str, drafts: dict[str, tuple[Draft, tuple[Capture, ...]]]) -> None:
    made, held = drafts[name]
    report = check_story(made.story, held, area=_area())
    assert [(c.sentence.text, c.question) for c in report.open] == []


def test_only_the_arrest_asks_for_a_second_approver(
    drafts: dict[str, tuple[Draft, tuple[Capture, ...]]],
) -> None:
    asks = {
        name
        for name, (made, held) in drafts.items()
        if check_story(made.story, held, area=_area()).second_approver
    }
    assert asks == {"prose-sheriff"}
