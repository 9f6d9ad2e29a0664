"""What the screens show, as values: states, evidence, acts, what is left, and why not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_stories import (
    EDITOR,
    LINES,
    NOTICE,
    NOW,
    PEOPLE,
    REPORTER,
    STANDARDS,
    ZONE,
    capture,
    decision,
    finding,
    report,
    sheet,
    story,
)

from backread.review.refusal import Refusal, Refusals
from backread.values.canonical import Digest
from backread.values.decision import Act, decision_key
from backread.values.finding import Basis, Kind, Outcome
from backread.values.person import Person
from backread.values.publication import Entry
from backread.values.report import Checked, State
from backread.values.source import Terms
from backread.values.story import BlockKind, Citation, Origin, Story, Words
from newsroom.desk.pages import acts, evidence, findings, times
from newsroom.desk.pages import proof as proofs
from newsroom.desk.pages.budget import Filters, StoryRow, budget_page
from newsroom.desk.pages.looks import Look
from newsroom.desk.pages.paint import Span, pieces
from newsroom.desk.pages.read import Alarm, next_number, read_page
from newsroom.desk.pages.record import Asked, ledger_page, numbers_page
from newsroom.desk.pages.versions import Wording, changes, versions_page

WHOLE = story(
    (BlockKind.HEADLINE, LINES[:1]), (BlockKind.PARAGRAPH, LINES[1:4]), (BlockKind.PARAGRAPH, LINES[4:])
)
REFUTED = finding(4, Outcome.REFUTED, told=WHOLE, words="212", fix="210")
ASKING = report(WHOLE, asks={4: REFUTED}, entailed=frozenset({2}))


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        pytest.param([], [("abcdef", "")], id="nothing marked"),
        pytest.param([(1, 3, "hit")], [("a", ""), ("bc", "hit"), ("def", "")], id="one stretch"),
        pytest.param([(0, 6, "hit")], [("abcdef", "hit")], id="all of it"),
        pytest.param([(0, 4, "hit"), (2, 6, "wrong")], [("ab", "hit"), ("cd", "wrong"), ("ef", "wrong")], id="the stronger tint where two overlap"),
        pytest.param([(-5, 2, "hit"), (4, 99, "hit")], [("ab", "hit"), ("cd", ""), ("ef", "hit")], id="cut at the edges"),
        pytest.param([(3, 3, "hit")], [("abcdef", "")], id="an empty span marks nothing"),
    ],
)  # fmt: skip
def test_pieces_hold_every_letter_once(
    spans: list[tuple[int, int, str]], told: list[tuple[str, str]]
) -> None:
    found = pieces("abcdef", [Span(start=a, end=b, tint=tint) for a, b, tint in spans])
    assert [(piece.text, piece.tint) for piece in found] == told
    assert "".join(piece.text for piece in found) == "abcdef"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        pytest.param(17, 0, "noon", id="noon"),
        pytest.param(5, 0, "midnight", id="midnight"),
        pytest.param(22, 30, "5:30 p.m.", id="with minutes"),
        pytest.param(14, 0, "9 a.m.", id="a full hour"),
    ],
)
def test_a_time_of_day_is_local(hour: int, minute: int, said: str) -> None:
    assert times.clock(dt.datetime(2026, 11, 24, hour, minute, tzinfo=dt.UTC), ZONE) == said


def _look(act: Act | None, *, number: int, by: str = "iv") -> Look:
    decided = {d.key: d for d in [decision(ASKING.sentences[number], act, by=by)]} if act else {}
    return read_page(sheet(ASKING, decisions=decided), number + 1).strip[number].look


@pytest.mark.parametrize(
    ("act", "number", "look"),
    [
        pytest.param(None, 0, Look.TO_READ, id="proven, nobody decided"),
        pytest.param(Act.KEEP, 0, Look.SUPPORTED, id="proven and kept"),
        pytest.param(None, 4, Look.REFUTED, id="refuted"),
        pytest.param(Act.KEEP, 4, Look.REFUTED, id="a keep does not close a refuted one"),
        pytest.param(Act.TAKE_OVER, 4, Look.REFUTED, id="nor does a take-over"),
        pytest.param(Act.OVERRIDE, 4, Look.OVERRIDDEN, id="an override does"),
        pytest.param(Act.STRIKE, 0, Look.UNDECIDED, id="wanted out, and still there: open"),
    ],
)
def test_how_a_sentence_looks(act: Act | None, number: int, look: Look) -> None:
    assert _look(act, number=number) is look


def test_nothing_undecided_is_ever_counted_as_settled() -> None:
    page = read_page(sheet(ASKING), None)
    assert (page.settled, page.total) == (0, 6)
    assert [line.number for line in page.open] == [5]
    assert len(page.to_read) == 5


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        pytest.param(None, 1, id="the first that asks something"),
        pytest.param(5, 5, id="the one named"),
        pytest.param(0, 1, id="below the first"),
        pytest.param(99, 6, id="past the last"),
    ],
)
def test_which_sentence_is_shown(at: int | None, shown: int) -> None:
    assert read_page(sheet(ASKING), at).number == shown


@pytest.mark.parametrize(
    ("at", "batch"),
    [
        pytest.param(1, [1], id="a headline alone"),
        pytest.param(2, [2, 4], id="the proven ones of its paragraph, not the one that only follows"),
        pytest.param(3, [], id="one that only follows is decided alone"),
        pytest.param(5, [], id="a refuted one never"),
        pytest.param(6, [6], id="its neighbour refuted"),
    ],
)
def test_what_one_press_keeps(at: int, batch: list[int]) -> None:
    assert [held.number for held in read_page(sheet(ASKING), at).batch] == batch


def test_one_press_keeps_five_at_most() -> None:
    told = report(story((BlockKind.PARAGRAPH, [*LINES, LINES[0], LINES[1]])))
    assert [held.number for held in read_page(sheet(told), 1).batch] == [1, 2, 3, 4, 5]
    assert [held.number for held in read_page(sheet(told), 7).batch] == [6, 7, 8]


def test_an_act_ends_on_the_next_that_asks_something() -> None:
    kept = {d.key: d for d in map(decision, ASKING.sentences[:2])}
    assert next_number(sheet(ASKING, decisions=kept), 2) == 3
    every = {d.key: d for c in ASKING.sentences if c.sentence.index != 4 for d in [decision(c)]}
    assert next_number(sheet(ASKING, decisions=every), 6) == 5


def test_the_passage_is_marked_in_the_captured_words() -> None:
    page = read_page(sheet(ASKING), 2)
    (panel,) = page.panels
    marked = [
        (piece.text, piece.numbers) for row in panel.rows for piece in row.pieces if piece.tint == "hit"
    ]
    assert marked == [(LINES[1], (2,)), (LINES[3], (4,))]
    assert panel.name == "Harbor Office"


def test_a_sentence_whose_capture_is_not_here_says_so() -> None:
    assert not evidence.missing(ASKING.sentences[:1], [NOTICE])
    assert evidence.missing(ASKING.sentences[:1], [])


def test_a_long_line_is_cut_around_its_mark_and_keeps_the_mark_whole() -> None:
    text = "x " * 900 + "the words" + " y" * 900
    rows = list(evidence._rows(text, [Span(start=1800, end=1809, tint="hit", number=1)], 0))
    shown = "".join(piece.text for piece in rows[0].pieces)
    assert "the words" in shown
    assert len(shown) < 400
    assert rows[0].cut_before
    assert rows[0].cut_after


def test_a_suggestion_is_the_sentence_with_only_the_marked_words_replaced() -> None:
    find = findings.question(ASKING.sentences[4])
    assert find is not None
    assert find.text == "The pier is 210 feet long."
    assert [(e.was, e.now) for e in find.edits if e.was] == [("212", "210")]


@pytest.mark.parametrize(
    ("person", "number", "allowed"),
    [
        pytest.param(EDITOR, 0, {"keep", "paragraph", "change", "strike"}, id="proven"),
        pytest.param(EDITOR, 4, {"change", "strike"}, id="refuted, an editor"),
        pytest.param(STANDARDS, 4, {"change", "strike", "override"}, id="refuted, a standards editor"),
        pytest.param(REPORTER, 0, {"keep", "paragraph", "change", "strike"}, id="proven, a reporter"),
        pytest.param(Person(id="x", name="Nobody", roles=frozenset()), 0, {"paragraph"}, id="no role: no act of their own"),
    ],
)  # fmt: skip
def test_which_acts_are_offered(person: Person, number: int, allowed: set[str]) -> None:
    batch = len(read_page(sheet(ASKING, person=person), number + 1).batch)
    found = acts.buttons(person, ASKING.sentences[number], batch)
    assert {button.name for button in found if button.allowed} == allowed


def test_grounds_say_why_not() -> None:
    undecided = report(WHOLE, asks={1: finding(1, Outcome.UNDECIDED, told=WHOLE)})
    told = {g.value: g for g in acts.grounds(EDITOR, undecided.sentences[1], [NOTICE])}
    assert told["public record seen"].allowed
    assert [name for _, name in told["public record seen"].captures] == ["Harbor Office: Notice (cited here)"]
    assert not told["common knowledge"].allowed
    assert not told["attached record"].allowed
    own = capture(terms=Terms.OWN)
    assert {g.value for g in acts.grounds(EDITOR, undecided.sentences[1], [own]) if g.allowed} == {
        "attached record"
    }


def test_reasons_against_approving_point_at_their_sentence() -> None:
    answer = Refusals(
        refusals=(
            Refusal(words="Sentence 5 is open.", target="s4"),
            Refusal(words="Check again.", target="checks"),
        )
    )
    page = read_page(sheet(ASKING, answer=answer), None)
    assert [(why.words, why.number) for why in page.why_not] == [
        ("Sentence 5 is open.", 5),
        ("Check again.", 0),
        ("5 sentences are not read yet", 1),
    ]
    assert not page.may_approve


@pytest.mark.parametrize(
    ("decided", "is_brief", "words"),
    [
        pytest.param(0, False, ["6 sentences are not read yet"], id="none read"),
        pytest.param(5, False, ["1 sentence is not read yet"], id="one left"),
        pytest.param(6, False, [], id="all read: possible"),
        pytest.param(0, True, [], id="a brief is signed as a whole"),
    ],
)
def test_approving_is_not_offered_while_sentences_are_unread(
    decided: int, is_brief: bool, words: list[str]
) -> None:
    told = report(WHOLE)
    kept = {d.key: d for d in map(decision, told.sentences[:decided])}
    page = read_page(replace(sheet(told, decisions=kept), is_brief=is_brief), None)
    assert [why.words for why in page.why_not] == words
    assert page.may_approve is (not words)


def test_the_next_one_left_is_an_unread_one_too() -> None:
    kept = {d.key: d for c in ASKING.sentences if c.sentence.index not in (2, 4) for d in [decision(c)]}
    page = read_page(sheet(ASKING, decisions=kept), 1)
    assert page.next_open == 3
    assert read_page(sheet(ASKING, decisions=kept), 3).next_open == 5


@pytest.mark.parametrize(
    ("text", "basis", "words"),
    [
        pytest.param(LINES[1], Basis.VERBATIM, proofs.WORD_FOR_WORD, id="the whole sentence stands there"),
        pytest.param("At least 31 homes lost water", Basis.VERBATIM, proofs.WORD_FOR_WORD, id="but for its full stop"),
        pytest.param("“We will mend it by spring,” he said.", Basis.VERBATIM, proofs.QUOTED, id="its quotation stands there"),
        pytest.param("“We will mend it by winter,” he said.", Basis.ENTAILED, proofs.FOLLOWS, id="another quotation does not"),
        pytest.param("Dacre called it “our pier.” “We will mend it by spring,” he said.", Basis.ENTAILED, proofs.FOLLOWS, id="one of two quotations"),
        pytest.param("At least 31 homes lost water, the office said.", Basis.VERBATIM, proofs.FOLLOWS, id="an attribution was added"),
        pytest.param("The pier has 212 feet.", Basis.COMPUTED, proofs.COMPUTED, id="computed"),
    ],
)  # fmt: skip
def test_how_a_sentence_is_proven_is_said_no_more_strongly_than_it_is(
    text: str, basis: Basis, words: str
) -> None:
    cites = (Citation(passage=NOTICE.passage(0, 20), origin=Origin.DRAFTER),)
    told = Story.of([(BlockKind.PARAGRAPH, [Words(text=text, citations=cites)])])
    checked = Checked(sentence=told.sentences[0], state=State.PROVEN, basis=basis, findings=())
    assert proofs.proof(checked, [NOTICE]) == words
    assert proofs.proof(replace(checked, state=State.OPEN), [NOTICE]) == ""


def test_several_at_once_are_told_apart_where_they_differ() -> None:
    assert proofs.together(ASKING.sentences[:2], [NOTICE]) == "Each of them: word for word in its source."
    told = story((BlockKind.PARAGRAPH, [LINES[1], LINES[3].replace("Anselm Dacre", "she"), LINES[2]]))
    cites = (Citation(passage=NOTICE.passage(0, 20), origin=Origin.DRAFTER),)
    checked = [replace(c, sentence=replace(c.sentence, citations=cites)) for c in report(told).sentences]
    assert proofs.together(checked, [NOTICE]) == (f"1 and 3: {proofs.WORD_FOR_WORD}. 2: {proofs.QUOTED}.")


PARAS = (
    "Deputy Secretary Tobias Renwick spoke after Ashgrove.",
    "He talked for an hour.",
    "The hall was full.",
    "Nobody left early.",
    "“No county will miss this deadline,” she said.",
)


def test_the_passage_that_says_most_of_the_sentence_stands_first() -> None:
    held = capture("\n".join(PARAS))
    other = capture("A deadline is near.")
    cites = [held.passage(0, len(PARAS[0])), held.passage(held.text.index("“No"), len(held.text))]
    cites.insert(0, other.passage(0, len(other.text)))
    words = Words(
        text="“No county will miss this deadline,” Ashgrove said.",
        citations=tuple(Citation(passage=p, origin=Origin.DRAFTER) for p in cites),
    )
    told = Story.of([(BlockKind.PARAGRAPH, [words])])
    checked = Checked(sentence=told.sentences[0], state=State.PROVEN, basis=Basis.ENTAILED, findings=())
    first, second = evidence.panels([checked], [other, held], ZONE)
    assert first.capture == held.id
    assert second.capture == other.id
    marked = ["".join(piece.text for piece in row.pieces) for row in first.rows if row.is_hit]
    assert marked == [PARAS[4], PARAS[0]]
    assert [row.gap for row in first.rows] == [True, False, True, False]


def test_before_a_mark_the_end_of_the_line_is_shown_after_it_the_beginning() -> None:
    text = f"{'before ' * 90}end\nthe words\nstart {'after ' * 90}"
    at = text.index("the words")
    rows = list(evidence._rows(text, [Span(start=at, end=at + 9, tint="hit", number=1)], 1))
    shown = ["".join(piece.text for piece in row.pieces) for row in rows]
    assert shown[0].startswith("before")
    assert shown[0].endswith("end")
    assert rows[0].cut_before
    assert shown[2].startswith("start")
    assert rows[2].cut_after


@pytest.mark.parametrize(
    ("outcome", "person", "words"),
    [
        pytest.param(Outcome.REFUTED, EDITOR, "A standards editor may let it stand with T", id="refuted"),
        pytest.param(Outcome.UNDECIDED, REPORTER, "An editor may let it stand with T", id="a reporter"),
        pytest.param(Outcome.UNDECIDED, EDITOR, "T lets it stand on the record it cites", id="it cites a public record"),
    ],
)  # fmt: skip
def test_a_false_alarm_leaves_its_mark_and_says_what_is_possible(
    outcome: Outcome, person: Person, words: str
) -> None:
    told = report(WHOLE, asks={1: finding(1, outcome, told=WHOLE)})
    key = decision_key(told.sentences[1].sentence)
    alarmed = replace(sheet(told, person=person), alarms={(key, "numbers"): Alarm(by="iv", at=NOW)})
    page = read_page(alarmed, 2)
    assert page.alarm == "Called a false alarm by Ines Varga, today 3 p.m."
    assert page.after_alarm.startswith(words)
    assert [bool(line.alarm) for line in page.strip] == [False, True, False, False, False, False]
    other = replace(alarmed, alarms={(key, "names"): Alarm(by="iv", at=NOW)})
    assert read_page(other, 2).alarm == ""


def test_where_nothing_releases_it_a_passage_is_asked_for() -> None:
    told = report(WHOLE, asks={3: finding(3, Outcome.UNDECIDED, check="quotes", told=WHOLE)})
    choices = acts.grounds(EDITOR, told.sentences[3], [NOTICE])
    assert acts.after_alarm(EDITOR, told.sentences[3], choices).startswith(
        "Cite the words that say it with E"
    )


def test_the_record_a_sentence_cites_is_offered_first() -> None:
    other = capture("Another record.")
    undecided = report(WHOLE, asks={1: finding(1, Outcome.UNDECIDED, told=WHOLE)})
    (ground,) = [g for g in acts.grounds(EDITOR, undecided.sentences[1], [other, NOTICE]) if g.captures]
    assert [id_ for id_, _ in ground.captures] == [NOTICE.id, other.id]
    assert [name.endswith("(cited here)") for _, name in ground.captures] == [True, False]


@pytest.mark.parametrize("number", [pytest.param(0, id="proven"), pytest.param(4, id="refuted")])
def test_every_act_that_is_refused_says_why_in_full(number: int) -> None:
    for button in acts.buttons(EDITOR, ASKING.sentences[number], 0):
        assert button.allowed is (not button.why), button


def test_advice_does_not_look_refuted() -> None:
    advice = replace(finding(0, Outcome.REFUTED, told=WHOLE), kind=Kind.ADVICE)
    checked = replace(report(WHOLE).sentences[0], findings=(advice,))
    (find,) = findings.others(checked)
    assert (find.look, find.word) == ("advice", "Advice")


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        pytest.param(["a", "b"], ["a", "b"], (), id="the same"),
        pytest.param(["a", "b"], ["a", "c"], (("b", "c"),), id="one changed"),
        pytest.param(["a", "b"], ["a"], (("b", ""),), id="one struck"),
        pytest.param(["a"], ["a", "b"], (("", "b"),), id="one added"),
    ],
)
def test_what_changed(was: list[str], now: list[str], told: tuple[tuple[str, str], ...]) -> None:
    assert changes(was, now) == told


DRAFTS = (
    ("The dock closes on Friday.", "It is 212 feet long."),
    ("The dock closes on Saturday.", "It is 212 feet long."),
    ("The dock closes on Saturday.",),
    ("The dock closes on Saturday.", "It is 212 feet long."),
)


def test_what_changed_is_marked_word_by_word() -> None:
    wordings = [
        Wording(number=n, at=NOW, by="Ines Varga", sentences=told) for n, told in enumerate(DRAFTS, 1)
    ]
    page = versions_page(story="harbor-1", slug="Harbor", wordings=wordings, made=(), now=NOW, zone=ZONE)
    fourth, third, second, first = page.steps
    assert page.told == "4 drafts"
    assert first.note == "As the drafter handed it over."
    (change,) = second.changes
    assert [run.text for run in change.was if run.differs] == ["Friday"]
    assert [run.text for run in change.now if run.differs] == ["Saturday"]
    assert "".join(run.text for run in change.now) == DRAFTS[1][0]
    assert [(bool(c.was), bool(c.now)) for c in third.changes] == [(True, False)]
    assert fourth.note == "Taken back: the words of draft 2 again."
    assert (second.note, third.note) == ("", "")


@pytest.mark.parametrize(
    ("slug", "headline", "shown"),
    [
        pytest.param("Harbor notice", "Dock closes", ("Harbor notice", "Dock closes"), id="two names"),
        pytest.param("Dock closes", "Dock closes", ("Dock closes", ""), id="the same"),
        pytest.param("Dock closes", "Dock closes on Friday", ("Dock closes on Friday", ""), id="the headline says more"),
        pytest.param("Minutes " * 9, "Dock closes", ("Minutes Minutes Minutes Minutes …", "Dock closes"), id="a long name is cut"),
    ],
)  # fmt: skip
def test_a_story_on_the_board_is_named_once(slug: str, headline: str, shown: tuple[str, str]) -> None:
    row = StoryRow(
        id="harbor-1", slug=slug, headline=headline, state="drafted", owner="", due=None, refuted=0, undecided=0,
        to_read=1, sentences=1, flags=("Harbor Office: hides text from readers",),
    )  # fmt: skip
    page = budget_page([row], Filters(), person=EDITOR, people=PEOPLE, now=NOW, zone=ZONE)
    (card,) = page.cards
    assert (card.slug, card.headline) == shown
    assert card.flags == ("Harbor Office: hides text from readers",)
    assert ("source", "source flagged", 1, False) in page.flags


@pytest.mark.parametrize(
    ("body", "told"),
    [
        pytest.param({"ai": "", "name": "Lila Fenn"}, "AI used: none, as stated; name: Lila Fenn", id="no AI stated"),
        pytest.param({"ai": "a chatbot"}, "AI used: a chatbot", id="AI stated"),
        pytest.param({"decisions": [{"act": "keep"}, {"act": "keep"}, {"act": "override"}]}, "decisions: keep 2, override 1", id="decisions"),
        pytest.param({"back_to": 3, "story": "s" * 85}, f"back to: 3; story: {'s' * 85}", id="a long name is whole"),
        pytest.param({"digest": "0a" * 32, "reason": ""}, "digest: 0a0a0a0a…", id="a digest is cut, nothing is left out"),
        pytest.param({"keys": ["a", "b"]}, "keys: 2", id="a list"),
    ],
)  # fmt: skip
def test_an_entry_of_the_ledger_in_words(body: dict[str, object], told: str) -> None:
    entry = Entry(outlet="tide", seq=0, at=NOW, actor="iv", act="edit", body=body, previous=Digest(""))
    page = ledger_page([entry], size=1, page=100, names={"iv": "Ines Varga"}, zone=ZONE)
    assert [line.about for line in page.lines] == [told]


@pytest.mark.parametrize(
    ("rows", "heading", "right"),
    [
        pytest.param([], "No check has asked anything yet", [], id="nothing asked"),
        pytest.param([Asked(check="dates", mended=1)], "1 of 1 question led to a change, none were called false alarms", ["too few to say"], id="one, and right"),
        pytest.param([Asked(check="support", mended=8, alarms=1, open=3)], "8 of 12 questions led to a change, 1 was called a false alarm", ["too few to say"], id="one false alarm is no pattern"),
        pytest.param([Asked(check="names", mended=15, alarms=5, on_word=2)], "15 of 22 questions led to a change, 5 were called false alarms, most of them by names", ["75%"], id="enough to say"),
    ],
)  # fmt: skip
def test_numbers_say_no_more_than_was_counted(rows: list[Asked], heading: str, right: list[str]) -> None:
    page = numbers_page(rows, {"keep": 2, "change": 1}, 1)
    assert page.heading == heading
    assert [line.right for line in page.checks] == right
    assert page.acts == (("kept", 2), ("changed", 1))
    assert page.told == "1 story, 3 acts on sentences."


@pytest.mark.parametrize(
    ("words", "told"),
    [pytest.param("today 7 a.m.", "today 7 a.m.", id="stops"), pytest.param("noon", "noon.", id="does not")],
)
def test_a_sentence_ends_with_one_full_stop(words: str, told: str) -> None:
    assert times.sentence_end(words) == told


def test_people_have_names_in_what_was_decided() -> None:
    decided = {d.key: d for d in [decision(ASKING.sentences[4], Act.OVERRIDE, by="do")]}
    page = read_page(sheet(ASKING, decisions=decided), 5)
    assert page.decided.startswith("Overridden by Delphine Okafor")
    assert PEOPLE["do"].name in page.decided
    kept = {d.key: d for d in [decision(ASKING.sentences[0])]}
    assert read_page(sheet(ASKING, decisions=kept), 1).decided == "Kept by Ines Varga, today 3 p.m."
    assert times.near(NOW, NOW, ZONE) in page.decided
