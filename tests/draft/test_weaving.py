"""What other documents bring to a story: a vote that leads or follows, and nothing of one that failed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backread.draft.rule import draft
from backread.values.capture import Capture, Field
from backread.values.dossier import Dossier
from backread.values.source import Genre, Terms
from backread.values.story import BlockKind
from group.hand_made import AREA, DAY, NOON, capture

RELEASE = """Shore Secretary Opal Finch on Tuesday, Nov. 24, warned coastal counties to adopt a shore setback line by Feb. 16, 2027.

The line crosses 14 coastal counties. A county may move the shore line by up to 50 feet."""

BRIDGE = """QUILLON — Shore Bridge will close on Friday, Nov. 27, the county said.

The Dunmere County Board approved the shore setback line money 4-1 on Monday.

The detour adds about 4 miles."""


def _minutes(verdict: str) -> Capture:
    text = (
        "Dunmere County Board\nMonday, November 23, 2026\nDraft until approved\nShore setback line: public hearing\n"
        "Ada Corr moved to set a public hearing for 6 p.m. on Friday, December 4, 2026.\n\n"
        f"“We have asked twice,” Member Bo Rusk said.\n\nThe motion {verdict} 4-1, with Rusk voting no."
    )
    parts = [
        ("body", "Dunmere County Board", "Dunmere County Board", 0),
        ("date", "Monday, November 23, 2026", "2026-11-23", 0),
        ("item", "Shore setback line: public hearing", "", 1),
        ("motion", "to set a public hearing for 6 p.m. on Friday, December 4, 2026", "", 1),
        ("vote", "4-1", "", 1),
        ("nays", "Rusk", "", 1),
    ]
    fields = []
    for name, shown, value, record in parts:
        start = text.rindex(shown) if name in ("vote", "nays") else text.index(shown)
        fields.append(
            Field(name=name, value=value or shown, start=start, end=start + len(shown), record=record)
        )
    held = capture(text, name="board", genre=Genre.MINUTES, terms=Terms.PUBLIC_RECORD, published=NOON)
    return replace(held, fields=tuple(fields))


def _text(release: str, minutes: Capture) -> tuple[str, str]:
    lead = capture(release, name="shore", agency="Department of Shores")
    dossier = Dossier(id="d1", title="The story", captures=(lead.id, minutes.id))
    story = draft(dossier, (lead, minutes), area=AREA, on=DAY).story
    return story.text, story.words_of(BlockKind.HEADLINE)[0]


def test_a_decision_made_here_leads() -> None:
    text, headline = _text(RELEASE, _minutes("passed"))
    assert headline == "Dunmere County Board sets Dec. 4 hearing on shore setback line"
    assert text.index("voted 4-1 Monday to set a public hearing on the shore setback line") < text.index(
        "Opal Finch"
    )
    assert "according to draft minutes of the meeting" in text


def test_where_the_source_tells_the_vote_only_who_was_against_is_added() -> None:
    text, _ = _text(BRIDGE, _minutes("passed"))
    assert "to set a public hearing" not in text
    assert (
        text.index("4-1 Monday")
        < text.index("Rusk voted no")
        < text.index("asked twice")
        < text.index("detour")
    )


@pytest.mark.parametrize("release", [pytest.param(RELEASE, id="not told"), pytest.param(BRIDGE, id="told")])
def test_a_vote_that_failed_brings_nothing(release: str) -> None:
    text, _ = _text(release, _minutes("failed"))
    assert "public hearing" not in text
    assert "Rusk" not in text
