"""Support: what is proven and how, what is refuted, and what stays a question."""

import pytest

from backread.check.support import CHECK
from backread.values.finding import Basis, Outcome
from check.stories import run

SOURCE = (
    "The water authority said the main under Kiln Street may fail again this winter. Crews did not find a second leak. "
    "Commissioner Ruth Orde accused Sheriff Paul Tamm of hiding the report. The board approved the repair, and the price rose."
)


@pytest.mark.parametrize(
    ("sentence", "wanted", "basis"),
    [
        pytest.param("Crews did not find a second leak.", Outcome.SUPPORTED, Basis.VERBATIM, id="word for word"),
        pytest.param("Crews did not find a second leak, the water authority said.", Outcome.SUPPORTED, Basis.VERBATIM, id="with who said it"),
        pytest.param("The price of the repair rose.", Outcome.SUPPORTED, Basis.ENTAILED, id="its words in another order"),
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


def test_the_uncovered_words_are_the_question():
    (finding,) = run(CHECK, "The furious board approved the repair.", SOURCE)
    (mark,) = finding.marks
    assert "The furious board approved the repair."[mark.start : mark.end] == "furious"


def test_a_tail_that_names_somebody_unknown_proves_nothing():
    (finding,) = run(CHECK, "Crews did not find a second leak, the Harbor Pilots Guild said.", SOURCE)
    assert finding.outcome is Outcome.UNDECIDED
