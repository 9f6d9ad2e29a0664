"""What the verifier and the features say together: features that speak one way, and what an editor gets."""

import json
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backread.check import support
from backread.check.support import weighed
from backread.check.support.features import NAMES, features
from backread.check.support.stack import read, stack
from backread.ports import Verdict
from backread.values.finding import Basis, Outcome, Scope, Subject
from check import stories

ONE_VOICE = {
    "start": 0.0,
    "proven_from": 0.7,
    "refuted_below": 0.2,
    "weights": {"carried": 1.0, "doubt": 0.0, "figures": 0.0, "names": 0.0},
}
"""A stack that believes the verifier and nothing else."""


class Says:
    """A verifier that says one thing of every claim."""

    name, version = "says", "1"

    def __init__(self, probability: float, *uncovered: tuple[int, int]) -> None:
        self.verdict = Verdict(probability=probability, doubt=1 - probability, uncovered=uncovered)

    def __call__(self, claims, evidence):
        return [self.verdict for _ in claims]


def says(sentence: str, source: str, verifier: Says | None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(weighed, "stack", lambda: read(ONE_VOICE))
    context = replace(stories.context([sentence], [stories.capture(source)]), verifier=verifier)
    (finding,) = support.CHECK.run(Subject(scope=Scope.SENTENCE, index=0), context)
    return finding


REWORDED = ("The pier shuts next week.", "The council will close the pier on Monday for repairs.")


def test_without_a_verifier_other_words_are_a_question(monkeypatch):
    assert says(*REWORDED, None, monkeypatch).outcome is Outcome.UNDECIDED


def test_a_verifier_proves_other_words_and_shows_where(monkeypatch):
    finding = says(*REWORDED, Says(0.99), monkeypatch)
    assert (finding.outcome, finding.basis) == (Outcome.SUPPORTED, Basis.ENTAILED)
    assert [p.text for p in finding.marks[0].evidence] == [REWORDED[1]]


def test_a_verifier_never_calls_a_sentence_wrong(monkeypatch):
    finding = says(*REWORDED, Says(0.0, (4, 8)), monkeypatch)
    assert finding.outcome is Outcome.UNDECIDED
    assert [m.message for m in finding.marks] == ["the passages seem to say something else than “pier”"]


def test_a_verifier_takes_back_what_only_stands_there_word_by_word(monkeypatch):
    told = (
        "The council closed the pier after the storm.",
        "The council closed the old pier after the long storm.",
    )
    assert says(*told, None, monkeypatch).outcome is Outcome.SUPPORTED
    assert says(*told, Says(0.01), monkeypatch).outcome is Outcome.UNDECIDED


def test_a_verifier_cannot_prove_what_a_rule_contradicts(monkeypatch):
    told = ("The pier will close on Monday.", "The pier will not close on Monday.")
    assert says(*told, Says(1.0), monkeypatch).outcome is Outcome.REFUTED


def test_a_verifier_is_not_needed_for_what_stands_there(monkeypatch):
    told = ("The pier will close on Monday.", "The pier will close on Monday.")
    assert says(*told, Says(0.0), monkeypatch).basis is Basis.VERBATIM


NEAR = ("The board voted 5-2 to close the pier.", ["The board voted 5 to 2.", "It will close the pier."])


def test_the_features_of_a_claim():
    told = dict(zip(NAMES, features(*NEAR, NEAR[1], Verdict(probability=0.5)), strict=True))
    assert told == {"carried": 0.0, "doubt": -8.0, "figures": 0.0, "names": 0.0}


TURNS = {
    "a figure of its own": ("The board voted 6-1.", ["The board voted 5-2."], "figures", 1.0),
    "a name of its own": ("Dana Moore closed the pier.", ["The board closed the pier."], "names", 2.0),
}


@pytest.mark.parametrize(("claim", "block", "name", "wanted"), TURNS.values(), ids=TURNS)
def test_a_feature_sees_its_turn(claim: str, block: list[str], name: str, wanted: float):
    told = dict(zip(NAMES, features(claim, block, block, Verdict(probability=0.5)), strict=True))
    assert told[name] == wanted


@given(st.text(), st.lists(st.text(), max_size=3), st.floats(0, 1))
def test_any_text_has_its_features(claim: str, block: list[str], probability: float):
    assert len(features(claim, block, block, Verdict(probability=probability))) == len(NAMES)


def test_the_stack_was_learned_on_these_features():
    assert tuple(json.loads(files(support).joinpath("stack.json").read_text())["weights"]) == NAMES
    assert 0 <= stack().refuted_below < stack().proven_from <= 1


FOR, AGAINST = ("carried",), ("doubt", "figures", "names")


@given(
    st.lists(st.floats(-8, 8), min_size=len(NAMES), max_size=len(NAMES)),
    st.sampled_from(FOR + AGAINST),
    st.floats(0, 8),
)
def test_a_feature_speaks_one_way_only(told: list[float], name: str, more: float):
    at = NAMES.index(name)
    raised = [*told[:at], told[at] + more, *told[at + 1 :]]
    before, after = stack().probability(told), stack().probability(raised)
    assert after >= before - 1e-9 if name in FOR else after <= before + 1e-9
