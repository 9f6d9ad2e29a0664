"""The approval screen: all that is signed, what is only stated, and what nobody has answered."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from desk_stories import EDITOR, LINES, NOW, ZONE, decision, finding, report, story

from backread.check.residue import PATTERNS
from backread.review.refusal import Allowed
from backread.values.canonical import Digest
from backread.values.decision import decision_key
from backread.values.finding import Outcome
from backread.values.publication import Version
from backread.values.report import Report
from backread.values.statement import Clause, ClauseId, Statement
from backread.values.story import BlockKind
from backread.values.words import Copy
from newsroom.desk.pages.approve import ApprovePage, Residue, Signing, approve_page
from newsroom.desk.views.approve import OF_A_WRITER

TOLD = story(
    (BlockKind.HEADLINE, LINES[:1]),
    (BlockKind.DECK, LINES[1:2]),
    (BlockKind.PARAGRAPH, LINES[2:4]),
    (BlockKind.PARAGRAPH, LINES[4:]),
)
LEFT = Residue(message="this is a chatbot speaking", words="Here is a tighter version", draft=1, number=3, is_gone=True)  # fmt: skip


def page(
    told: Report, *, decided: tuple[int, ...] = tuple(range(6)), ai: str | None = None, residue: tuple[Residue, ...] = (),
    changed: frozenset[Digest] = frozenset(), is_brief: bool = False,
) -> ApprovePage:  # fmt: skip
    """The page of a story whose sentences `decided` were kept; `ai` is what its supplier states, None for no supplier."""
    clauses = [Clause(id=ClauseId.APPROVED, parameters=MappingProxyType({"name": "Ines Varga", "role": "editor", "date": "2026-11-24"}))]  # fmt: skip
    if ai is not None:
        clauses.insert(0, Clause(id=ClauseId.SUPPLIED, parameters=MappingProxyType({"name": "Lila Fenn", "ai": ai})))  # fmt: skip
    clauses.append(Clause(id=ClauseId.CHANGED, parameters=MappingProxyType({"changed": 1, "sentences": 6})))
    version = Version(outlet="tide", story="harbor-1", number=1, parts=Copy(story=told.story).digests(), clauses=())  # fmt: skip
    kept = {d.key: d for number in decided for d in [decision(told.sentences[number])]}
    return approve_page(
        Signing(
            story="harbor-1", slug="Harbor", version=version, saved=NOW, report=told, decisions=kept, person=EDITOR,
            approvals=(), needed=1, statement=Statement(clauses=tuple(clauses)), answer=Allowed(), others=(), now=NOW,
            zone=ZONE, draft=13, is_brief=is_brief, residue=residue, changed=changed,
        )
    )  # fmt: skip


def test_the_whole_text_is_shown_from_headline_to_last_paragraph() -> None:
    shown = page(report(TOLD))
    assert shown.headline == LINES[0]
    assert shown.deck == LINES[1]
    assert [line.text for block in shown.body for line in block.lines] == list(LINES[2:])


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        pytest.param([("date line", ["TARROW —"]), ("paragraph", LINES[2:4]), ("paragraph", LINES[4:])],
                     [("TARROW —", LINES[2:4], ""), ("", LINES[4:], "")], id="in the first paragraph"),
        pytest.param([("byline", ["By Ines Varga"]), ("date line", ["TARROW —"]), ("paragraph", LINES[2:])],
                     [("", (), "By Ines Varga"), ("TARROW —", LINES[2:], "")], id="after a byline"),
        pytest.param([("paragraph", LINES[2:]), ("date line", ["TARROW —"])],
                     [("", LINES[2:], ""), ("", (), "TARROW —")], id="nothing after it, and not lost"),
    ],
)  # fmt: skip
def test_the_date_line_stands_where_readers_see_it(
    parts: list[tuple[str, list[str]]], shown: list[tuple[str, tuple[str, ...], str]]
) -> None:
    told = story((BlockKind.HEADLINE, LINES[:1]), *((BlockKind(kind), words) for kind, words in parts))
    found = page(report(told), decided=()).body
    assert [(b.place, tuple(line.text for line in b.lines), b.words) for b in found] == shown


def test_words_that_a_person_stands_for_are_marked_and_others_are_not() -> None:
    told = report(TOLD)
    shown = page(told, decided=(0, 1, 2, 3, 4), changed=frozenset({decision_key(told.sentences[3].sentence)}))
    assert [line.word for block in shown.body for line in block.lines] == ["", "changed", "", "to read"]


def test_the_number_is_the_one_the_story_page_shows() -> None:
    shown = page(report(TOLD))
    assert shown.version.startswith("Draft 13, saved ")
    assert dict(shown.bound)["Version"] == "1: draft 13, frozen once it is signed"


@pytest.mark.parametrize(
    ("ai", "residue", "state", "is_open"),
    [
        pytest.param("", (), "stated by Lila Fenn", False, id="no AI stated, nothing against it"),
        pytest.param("", (LEFT,), "stated by Lila Fenn, and something speaks against it", True, id="no AI stated, a chatbot speaking"),
        pytest.param("a chatbot, for the wording", (LEFT,), "stated by Lila Fenn", False, id="AI stated: no clash"),
    ],
)  # fmt: skip
def test_what_is_only_stated_is_never_called_true(
    ai: str, residue: tuple[Residue, ...], state: str, is_open: bool
) -> None:
    shown = page(report(TOLD), ai=ai, residue=residue)
    assert shown.clauses[0].state == state
    assert bool(shown.matters) is is_open
    assert [c.state for c in shown.clauses[1:]] == ["true once you have signed", "true"]
    if is_open:
        (matter,) = shown.matters
        assert "Here is a tighter version" in matter.words
        assert "sentence 3 of draft 1" in matter.words
        assert "Lila Fenn states that no AI was used" in matter.head


def test_without_a_supplier_residue_clashes_with_nothing() -> None:
    assert page(report(TOLD), residue=(LEFT,)).matters == ()


@pytest.mark.parametrize(
    ("decided", "is_brief", "numbers"),
    [
        pytest.param(tuple(range(6)), False, (), id="all read"),
        pytest.param((0, 1, 2, 3), False, (5, 6), id="two unread"),
        pytest.param((), True, (), id="a brief is signed as a whole"),
    ],
)
def test_sentences_that_nobody_has_read_are_an_open_matter(
    decided: tuple[int, ...], is_brief: bool, numbers: tuple[int, ...]
) -> None:
    shown = page(report(TOLD), decided=decided, is_brief=is_brief)
    assert shown.unread == len(numbers)
    assert tuple(n for matter in shown.matters for n in matter.numbers) == numbers


def test_an_open_sentence_is_not_called_unread() -> None:
    told = report(TOLD, asks={4: finding(4, Outcome.REFUTED, told=TOLD, words="212")})
    assert page(told, decided=(0, 1, 2, 3, 5)).unread == 0


def test_the_words_of_a_writing_tool_are_the_residue_checks_own() -> None:
    assert {message for message, _ in PATTERNS} >= OF_A_WRITER
