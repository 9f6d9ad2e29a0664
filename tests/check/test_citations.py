"""Citations: passages are resolved by id and compared word for word, whoever chose them."""

from dataclasses import replace

import pytest

from backread.check.base import Context
from backread.check.citations import CHECK
from backread.values.capture import CaptureId, Passage
from backread.values.finding import Outcome, Scope, Subject
from backread.values.story import BlockKind, Citation, Origin, Story, Words
from check.stories import capture

KEPT = capture("The pier closes on Monday.")


@pytest.mark.parametrize(
    ("passage", "wanted"),
    [
        pytest.param(KEPT.passage(4, 8), Outcome.SUPPORTED, id="stands"),
        pytest.param(replace(KEPT.passage(4, 8), text="pies"), Outcome.REFUTED, id="another word"),
        pytest.param(replace(KEPT.passage(4, 8), start=5), Outcome.REFUTED, id="another place"),
        pytest.param(
            Passage(capture=CaptureId("0" * 64), start=4, text="pier"), Outcome.REFUTED, id="no such capture"
        ),
        pytest.param(None, Outcome.UNDECIDED, id="none"),
    ],
)
def test_outcomes(passage, wanted):
    cited = (Citation(passage=passage, origin=Origin.DRAFTER),) if passage else ()
    story = Story.of([(BlockKind.PARAGRAPH, [Words(text="The pier closes.", citations=cited)])])
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=0), Context(story=story, captures=(KEPT,)))
    assert finding.outcome is wanted
