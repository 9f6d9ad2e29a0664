"""Support: what is proven and how, what is refuted, and what stays a question."""

import pytest

from backread.check.support import CHECK
from backread.values.finding import Basis, Outcome
from check.stories import outcome, run

SOURCE = (
    "The water authority said the main under Kiln Street may fail again this winter. Crews did not find a second leak. "
    "Commissioner Ruth Orde accused Sheriff Paul Tamm of hiding the report. The board approved the repair, and the price rose."
)


@pytest.mark.parametrize(
    ("sentence", "wanted", "basis"),
    [
        pytest.param("Crews did not find a second leak.", Outcome.SUPPORTED, Basis.VERBATIM, id="word for word"),
        pytest.param("Crews did not find a second leak, the water authority said.", Outcome.SUPPORTED, Basis.VERBATIM, id="with who said it"),
        pytest.param("The water authority said the main may fail again this winter.", Outcome.SUPPORTED, Basis.ENTAILED, id="words left out between"),
        pytest.param("The price of the repair rose.", Outcome.UNDECIDED, Basis.NONE, id="its words in another order"),
        pytest.param("Crews found a second leak.", Outcome.REFUTED, Basis.NONE, id="the not is gone"),
        pytest.param("The board did not approve the repair.", Outcome.REFUTED, Basis.NONE, id="a not was added"),
        pytest.param("The main under Kiln Street will fail again this winter.", Outcome.REFUTED, Basis.NONE, id="the may is gone"),
        pytest.param("The board rejected the repair.", Outcome.REFUTED, Basis.NONE, id="the reverse"),
        pytest.param("Sheriff Paul Tamm accused Commissioner Ruth Orde of hiding the report.", Outcome.REFUTED, Basis.NONE, id="who did it to whom"),
        pytest.param("The furious board approved the repair.", Outcome.UNDECIDED, Basis.NONE, id="an adjective nobody said"),
        pytest.param("The board approved the repair to win votes.", Outcome.UNDECIDED, Basis.NONE, id="a motive nobody said"),
        pytest.param("The council met on Oct. 3.", Outcome.UNDECIDED, Basis.NONE, id="another story"),
    ],
)  # fmt: skip
def test_outcomes(sentence, wanted, basis):
    finding = min(run(CHECK, sentence, SOURCE), key=lambda f: f.outcome.rank)
    assert (finding.outcome, finding.basis) == (wanted, basis)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        pytest.param("Tamm was cleared of misconduct.", "Tamm was not guilty of misconduct, the panel said.", id="said the other way about"),
        pytest.param("The clinic gets no state money.", "The clinic gets no county or state money.", id="a no that reaches over an or"),
        pytest.param("The strike is in its second week.", "Nobody recalls a strike this long, because no strike ever lasted two weeks.", id="a no in a longer sentence"),
        pytest.param("The ferry stopped, and the mayor may not run it again.", "The ferry stopped. The mayor will hardly run it again, she said.", id="hardly"),
        pytest.param("Orde won the seat of Quillon.", "Quillon lost a good clerk when Orde won a seat.", id="a reverse of something else"),
        pytest.param("The hall of Alder Bay opened.", "The Alder Bay council said the hall is closed to cars and opened to walkers.", id="both words there"),
        pytest.param("Orde leads Quillon Council.", "Quillon Council chose its first woman when Orde came to lead it.", id="names in another order"),
        pytest.param("The pump is safe to start.", "The pump is safe to run but not for long, and staff may start it.", id="a not behind a but"),
    ],
)  # fmt: skip
def test_what_only_seems_to_say_the_reverse_is_a_question(sentence, source):
    assert {f.outcome for f in run(CHECK, sentence, source)} == {Outcome.UNDECIDED}


@pytest.mark.parametrize(
    ("sentence", "source", "message"),
    [
        pytest.param("Crews found a leak.", "Crews did not find a leak.", "“not” is gone: the source says it of “found”", id="a not less"),
        pytest.param("Crews did not find a leak.", "Crews found a leak.", "“not” is not in the source", id="a not more"),
        pytest.param("The main will fail again.", "The main may fail again.", "“may” is gone: the source says it of “fail”", id="a may less"),
        pytest.param("The price fell in Quillon.", "The price rose in Quillon.", "the source says “rose”, not “fell”", id="a reverse in its place"),
        pytest.param("Paul Tamm accused Ruth Orde.", "Ruth Orde accused Paul Tamm.", "the source has “Ruth Orde” before “Paul Tamm”: who did what to whom?", id="two names"),
    ],
)  # fmt: skip
def test_a_twin_that_differs_in_one_word_contradicts(sentence, source, message):
    (finding,) = run(CHECK, sentence, source)
    assert (finding.outcome, finding.message) == (Outcome.REFUTED, message)


CLOSES = "The pier will close on Monday."
TURNED = [
    pytest.param(CLOSES, "It is not true that the pier will close on Monday.", id="not true that"),
    pytest.param(CLOSES, "Officials denied that the pier will close on Monday.", id="denied"),
    pytest.param(CLOSES, "If the bond fails, the pier will close on Monday.", id="if before"),
    pytest.param(CLOSES, "The pier will close on Monday if the bond fails.", id="if after"),
    pytest.param(CLOSES, "The pier will close on Monday, unless it rains.", id="unless"),
    pytest.param(CLOSES, "The pier will, the owner fears, close on Monday only if it rains.", id="only if"),
    pytest.param("The dock is safe.", "Nobody believes the dock is safe.", id="nobody"),
    pytest.param("The dock is safe.", "Whether the dock is safe is not known.", id="whether"),
    pytest.param("The dock is safe, the notice said.", "Whether the dock is safe, the notice said, is not known.", id="whether, with a tail"),
    pytest.param("Ruth Orde was arrested.", "Paul Tamm, who hired Ruth Orde, was arrested.", id="a clause of another"),
    pytest.param("Ruth Orde was arrested.", "The brother of Ruth Orde was arrested.", id="the brother of"),
    pytest.param("The county sued the city.", "The city sued the county.", id="who did it to whom"),
    pytest.param("Paul Tamm was arrested by Ruth Orde.", "Ruth Orde was arrested by Paul Tamm.", id="the same, passive"),
    pytest.param("All beaches are closed.", "Some beaches are closed.", id="all for some"),
    pytest.param("Only the north ramp is open.", "The north ramp is open.", id="only"),
    pytest.param("The pump failed after the storm.", "The pump failed before the storm.", id="after for before"),
    pytest.param("The pump failed during the storm.", "The pump failed. The storm came.", id="at the same time"),
    pytest.param("The board approved the plan.", "The board is expected to approve the plan.", id="expected to"),
    pytest.param("The board approved the plan.", "The board will approve the plan.", id="not yet"),
    pytest.param("The board approved the plan.", "The board was asked to approve the plan.", id="asked to"),
    pytest.param("The board approved the plan.", "The board refused to approve the plan.", id="refused to"),
    pytest.param("The board voted to approve the plan.", "The board voted to table the plan. Staff asked it to approve the plan.", id="two sentences stitched"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "source"), TURNED)
def test_words_that_stand_there_in_another_sense_prove_nothing(sentence, source):
    assert all(finding.blocks for finding in run(CHECK, sentence, source))


@pytest.mark.parametrize(
    ("sentence", "source", "basis"),
    [
        pytest.param(CLOSES, "TARROW — The pier will close on Monday, and crews may work at night.", Basis.VERBATIM, id="a may in the next clause"),
        pytest.param(CLOSES, "It did not rain. The pier will close on Monday.", Basis.VERBATIM, id="a not in the sentence before"),
        pytest.param(CLOSES, "The clerk said the pier will close on Monday.", Basis.VERBATIM, id="after said"),
        pytest.param("The pier will close.", "The pier will close on Monday for repairs.", Basis.VERBATIM, id="a day left out"),
        pytest.param("The pier closed on May 5.", "It may rain. The pier closed on May 5.", Basis.VERBATIM, id="the month of May"),
        pytest.param("Orde opened the pier.", "Mayor Ruth Orde opened the old pier.", Basis.ENTAILED, id="a title and an adjective left out"),
        pytest.param("The pier will close on Monday, and the ferry stops.", "The pier will close on Monday for repairs. The ferry stops then.", Basis.ENTAILED, id="clauses from two sentences"),
    ],
)  # fmt: skip
def test_words_left_out_or_joined_keep_their_sense(sentence, source, basis):
    (finding,) = run(CHECK, sentence, source)
    assert (finding.outcome, finding.basis) == (Outcome.SUPPORTED, basis)


def test_the_word_in_the_way_is_named():
    (finding,) = run(CHECK, CLOSES, "Officials denied that the pier will close on Monday.")
    assert finding.message == "the passages have “denied” with these words: do they say this?"


def test_the_uncovered_words_are_the_question():
    (finding,) = run(CHECK, "The furious board approved the repair.", SOURCE)
    (mark,) = finding.marks
    assert "The furious board approved the repair."[mark.start : mark.end] == "furious"


def test_a_tail_that_names_somebody_unknown_proves_nothing():
    (finding,) = run(CHECK, "Crews did not find a second leak, the Harbor Pilots Guild said.", SOURCE)
    assert finding.outcome is Outcome.UNDECIDED


def test_a_rather_than_that_is_gone_turns_the_sense() -> None:
    source = "The office said it would refuse permits rather than fine owners."
    assert (
        outcome(CHECK, "The office said it would refuse permits and fine owners.", source)
        is Outcome.UNDECIDED
    )
