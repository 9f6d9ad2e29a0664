"""The language model's draft, or plain rules that say why: what an editor and the ledger are told of a failure."""

from __future__ import annotations

from datetime import date

import pytest
from test_prose import BAD, DOSSIER, GOOD, KEPT, UNUSED

from backread.draft import either
from backread.draft.prose import exchange_digest
from backread.errors import DraftError
from backread.ports import Reply
from backread.values.draft import Drafter, Hand
from fakes import FakeLanguageModel

DAY = date(2026, 10, 19)
DOWN = DraftError("the language model at http://x.example", step="get a draft from it", hint="It is down.")


def drafter(language_model) -> Drafter:
    made = either.draft(DOSSIER, (KEPT, UNUSED), language_model=language_model, area=None, on=DAY)
    return made.drafter


@pytest.mark.parametrize(
    ("language_model", "hand", "named", "reason"),
    [
        pytest.param(None, Hand.RULE_PROSE, "", "", id="none is on"),
        pytest.param(FakeLanguageModel(GOOD), Hand.LANGUAGE_MODEL, "fake-1", "", id="a good reply"),
        pytest.param(FakeLanguageModel(BAD, GOOD), Hand.LANGUAGE_MODEL, "fake-1", "", id="repaired"),
        pytest.param(FakeLanguageModel(BAD), Hand.RULE_PROSE, "fake-1", "names passages that do not exist", id="refused twice"),
        pytest.param(FakeLanguageModel("no"), Hand.RULE_PROSE, "fake-1", "not one JSON object", id="no JSON"),
        pytest.param(FakeLanguageModel(GOOD, name="a name, and more"), Hand.RULE_PROSE, "", "The name that came with the reply", id="no name"),
        pytest.param(FakeLanguageModel(DOWN), Hand.RULE_PROSE, "", "gave no draft: the language model at http://x.example", id="down"),
    ],
)  # fmt: skip
def test_which_hand_wrote_and_why(language_model, hand: Hand, named: str, reason: str) -> None:
    told = drafter(language_model)
    assert (told.hand, told.language_model) == (hand, named)
    assert reason in told.fallback
    assert bool(told.fallback) == bool(reason)
    assert told.fallback.endswith("These are plain rules.") or not reason


def test_the_exchange_that_was_refused_is_on_the_record() -> None:
    double = FakeLanguageModel(BAD)
    told = drafter(double)
    assert told.exchange == exchange_digest(double.asked[-1], Reply(text=BAD, language_model="fake-1"))


def test_without_an_answer_no_exchange_is_claimed() -> None:
    assert drafter(FakeLanguageModel(DOWN)).exchange == ""


def test_a_reason_stays_short_whatever_was_answered() -> None:
    told = drafter(FakeLanguageModel('{"' + "x" * 90_000 + '": 1}'))
    assert len(told.fallback) < either.LONGEST + 40


def test_what_neither_can_write_is_an_error() -> None:
    with pytest.raises(DraftError):
        either.draft(DOSSIER, (), language_model=FakeLanguageModel(GOOD), area=None, on=DAY)
