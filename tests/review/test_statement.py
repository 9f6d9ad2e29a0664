"""The statement: a golden file of every kind of history, and an oracle over two thousand random ones."""

from __future__ import annotations

import json
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from backread.review import statement
from backread.review.statement import Declaration
from backread.values.draft import Drafter, Hand
from backread.values.statement import ClauseId, Statement
from review.histories import HISTORIES, NOW, OWN, RULE, History, at_random, changed, machine, public
from review.oracle import Truths, truths

GOLDEN = Path(__file__).with_name("statements.json")
KEYS = {
    "S1": ("models", "sources"), "S1e": ("sources", "asked"), "S1d": ("names",), "S1p": ("name", "ai", "undone"), "S1b": ("name",),
    "S1o": ("names",), "S2a": ("name", "role", "date"), "S2b": ("name", "role", "date"), "S2t": ("name",), "S2s": (),
    "S3": ("changed", "sentences"), "S3t": ("sentences",), "S4": ("words",), "S5": ("outlet",),
}  # fmt: skip


def said(history: History) -> list[str]:
    """The words of the page."""
    return [statement.words(clause) for clause in history.printed().clauses]


def test_every_kind_of_history_says_what_was_read_and_approved() -> None:
    found = {name: said(history) for name, history in HISTORIES.items()}
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(GOLDEN.read_text("utf-8"))


def told(printed: Statement) -> Truths:
    """The clauses as the oracle tells them."""
    return sorted(
        ((str(c.id), tuple(c.parameters.get(k) for k in KEYS[c.id])) for c in printed.clauses), key=repr
    )


def test_two_thousand_random_histories_none_false_none_missing() -> None:
    dice = random.Random(4_711)
    false, missing, seen = [], [], set[str]()
    for number in range(2_000):
        history = at_random(dice)
        printed, true = told(history.printed()), truths(history)
        false += [(number, clause) for clause in printed if clause not in true]
        missing += [(number, clause) for clause in true if clause not in printed]
        assert len(printed) == len(true)
        seen |= {id_ for id_, _ in true}
    assert (false, missing) == ([], [])
    assert seen == {str(id_) for id_ in ClauseId}


def test_the_oracle_is_no_rubber_stamp() -> None:
    history = HISTORIES["assembled by rule"]
    wrong = [*truths(history), ("S1", (("Lantern 8B",), 2))]
    assert told(history.printed()) == truths(history)
    assert told(history.printed()) != sorted(wrong, key=repr)


def test_order_and_what_stands_at_the_top() -> None:
    printed = HISTORIES["two changed, one added, one on her word"].printed()
    assert [str(c.id) for c in printed.clauses] == ["S1e", "S2a", "S3", "S3t", "S5"]
    assert [str(c.id) for c in statement.top(printed)] == ["S1e", "S2a", "S5"]
    assert [str(c.id) for c in statement.top(HISTORIES["corrected"].printed())] == ["S1e", "S2a", "S5", "S4"]


def test_signed_clauses_are_the_signed_ones_and_every_clause_has_a_reason() -> None:
    for history in HISTORIES.values():
        assert all(clause.id.is_signed for clause in statement.signed_clauses(history.record))
    assert set(statement.REASONS) == set(ClauseId)
    assert NOW.tzinfo is not None


@pytest.mark.parametrize(
    "name",
    [
        "drafted by a language model from nothing",
        "typed and nothing declared",
        "rule first, then a language model",
        "changed at the desk with AI",
        "changed by two, one with AI",
        "changed at the desk, nothing declared",
        "fields, changed at the desk, nothing declared",
        "changed with AI, undone",
    ],
)
def test_what_is_not_proven_is_not_said(name: str) -> None:
    printed = HISTORIES[name].printed()
    assert "no language model" not in " ".join(said(HISTORIES[name]))
    assert printed.says_how_made is (" with AI" in name or name == "rule first, then a language model")


@pytest.mark.parametrize(
    "name",
    ["pasted, no AI, then changed with AI by the same", "pasted, no AI, then changed and nothing declared"],
)
def test_one_change_by_ai_or_by_nobody_knows_whom_ends_what_was_stated_before(name: str) -> None:
    assert "no AI used" in " ".join(said(HISTORIES["pasted, no AI"]))
    assert "no AI used" not in " ".join(said(HISTORIES[name]))


def test_a_change_by_ai_that_was_undone_is_told_with_what_was_stated_before() -> None:
    words = " ".join(said(HISTORIES["pasted, no AI, then changed with AI, undone"]))
    assert "who states: no AI used. A change made with AI at the desk was undone." in words


@pytest.mark.parametrize(
    ("name", "ai", "named"),
    [
        pytest.param("Jo", "a chatbot", ["Rhoda Pike", "Jo"], id="with AI"),
        pytest.param("", "a chatbot", [], id="with AI, by nobody"),
        pytest.param(" ", "a chatbot", [], id="with AI, by a blank"),
        pytest.param("Jo", "a certified tool", [], id="with AI that is boasted of"),
        pytest.param("The Federal Trade Commission", "", ["Rhoda Pike", "The Federal Trade Commission"], id="a regulator supplied it"),
        pytest.param("Jo. Fact-checked and certified", "", ["Rhoda Pike"], id="a name that boasts"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_of_ai_leaves_no_weaker_word(name: str, ai: str, named: list[str]) -> None:
    plain = HISTORIES["pasted, no AI"].record
    record = replace(plain, declarations=(*plain.declarations, Declaration(name=name, ai=ai)))
    found = [c.parameters["name"] for c in statement.signed_clauses(record) if c.id is ClauseId.SUPPLIED]
    assert found == named


@pytest.mark.parametrize(
    "text",
    [
        "In accordance with FTC guidelines", "approved by the F.T.C.", "the Federal Trade Commission", "Ofcom rules",
        "Every story is fact-checked", "FACT CHECKED", "fact‑checked", "factchecked", "f\u00adact-checked",
        "fa\u200bct-checked", "ｆａｃｔ-checked", "our fact-checkers", "certified news", "a certificate of truth",
        "accuracy guaranteed", "we guarantee it", "human-written", "human written", "written by humans",
        "written entirely by humans", "the AI Act", "our regulator",
    ],
)  # fmt: skip
def test_outlet_text_that_boasts_is_refused(text: str) -> None:
    refusal = statement.outlet_text(f"The Tern Packet: {text}.")
    assert refusal is not None
    assert refusal.words.startswith("“")


@pytest.mark.parametrize(
    "text",
    [
        "News of Tern County, with its sources.", "Checked against its sources.", "Some facts, checkered past",
        "A section on security", "The secretary said", "Written by Rhoda Pike", "",
    ],
)  # fmt: skip
def test_outlet_text_that_says_what_is_so_is_let_through(text: str) -> None:
    assert statement.outlet_text(text) is None


def test_a_language_model_that_was_asked_and_refused_is_not_denied() -> None:
    plain = HISTORIES["assembled by rule"].record
    refused = replace(plain, drafting=tuple(replace(d, fallback="It was refused.") for d in plain.drafting))
    words = [statement.words(clause) for clause in statement.signed_clauses(refused)]
    assert words[0].endswith("; no words of a language model are in it.")
    assert statement.words(statement.signed_clauses(plain)[0]).endswith("; no language model was used.")


def test_the_exchange_that_wrote_the_words_is_signed_with_them() -> None:
    drafter = Drafter(hand=Hand.LANGUAGE_MODEL, name="prose", language_model="lantern", exchange="e" * 64)
    record = replace(HISTORIES["assembled by rule"].record, drafting=(drafter,))
    (clause, *_) = statement.signed_clauses(record)
    assert (clause.id, clause.parameters["exchanges"]) == (ClauseId.AI, ("e" * 64,))
    (clause, *_) = statement.signed_clauses(replace(record, drafting=(replace(drafter, exchange=""),)))
    assert "exchanges" not in clause.parameters


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"sources": (OWN,)}, id="its sources are the outlet's own notes alone"),
        pytest.param({"sources": (*public("Memo", cited=False), OWN)}, id="a public one is not cited"),
        pytest.param({"drafting": (machine(""),), "sources": (*public("Memo"), OWN)}, id="it gave no name"),
        pytest.param({"sources": (), "declarations": (Declaration(name="Rhoda Pike"),)}, id="pasted, no AI"),
        pytest.param(
            {"sources": (), "declarations": (changed("Rhoda Pike", "a chatbot"),)}, id="changed with AI"
        ),
        pytest.param({"sources": (), "brief_by": "Ada"}, id="a brief"),
    ],
)
def test_a_language_model_that_cannot_be_told_of_leaves_nothing_to_print(told: dict[str, object]) -> None:
    """Else the page would say with own reporting, or text supplied, and not a word of the machine that drafted it."""
    by_machine = replace(HISTORIES["drafted by a language model"].record, **told)
    assert not any(c.id.startswith("S1") for c in statement.signed_clauses(by_machine))
    by_rule = replace(by_machine, drafting=(RULE,), sources=by_machine.sources or (OWN,))
    assert any(c.id.startswith("S1") for c in statement.signed_clauses(by_rule))
