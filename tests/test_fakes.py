"""Every fake, and every real thing it stands for, against the same contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backread.adapters.language import Endpoint, Recorder, Recordings
from backread.errors import DraftError
from backread.ports import LanguageModel, Reply, Request
from fakes import NINE, FakeClock, FakeLanguageModel
from stub_endpoint import completion, stub

ASKED = Request(system="rules", user="passages", schema={"type": "object"})
TROUBLE = DraftError("it", step="answer")


@contextmanager
def fake(folder: Path) -> Iterator[tuple[LanguageModel, LanguageModel]]:
    yield FakeLanguageModel("{}"), FakeLanguageModel(TROUBLE)


@contextmanager
def endpoint(folder: Path) -> Iterator[tuple[LanguageModel, LanguageModel]]:
    with stub(completion("{}")) as good, stub((500, b"")) as bad:
        yield Endpoint(good.url, "small"), Endpoint(bad.url, "small")


@contextmanager
def recordings(folder: Path) -> Iterator[tuple[LanguageModel, LanguageModel]]:
    Recorder(FakeLanguageModel("{}"), folder)(ASKED)
    yield Recordings(folder), Recordings(folder / "none")


@contextmanager
def recorder(folder: Path) -> Iterator[tuple[LanguageModel, LanguageModel]]:
    yield Recorder(FakeLanguageModel("{}"), folder), Recorder(FakeLanguageModel(TROUBLE), folder / "none")


@pytest.mark.parametrize("kind", [fake, endpoint, recordings, recorder])
def test_a_language_model_answers_or_raises_draft_error(kind: Callable, tmp_path: Path):
    with kind(tmp_path) as (good, bad):
        reply = good(ASKED)
        assert (type(reply), reply.text) == (Reply, "{}")
        assert reply.language_model
        assert reply.replayed is (kind is recordings)
        with pytest.raises(DraftError):
            bad(ASKED)
    assert not (tmp_path / "none").exists(), "a failed exchange is not recorded"


def test_a_fake_language_model_gives_its_answers_in_turn_and_keeps_what_it_was_asked():
    made = FakeLanguageModel("one", "two")
    assert [made(ASKED).text for _ in range(3)] == ["one", "two", "two"]
    assert made.asked == [ASKED] * 3


@pytest.mark.parametrize("clock", [FakeClock(), lambda: datetime.now(UTC)], ids=["fake", "real"])
def test_a_clock_answers_with_a_moment_that_has_a_time_zone(clock):
    one, two = clock(), clock()
    assert one.tzinfo is not None
    assert one <= two


def test_a_fake_clock_stands_until_it_is_moved_and_runs_forward():
    clock = FakeClock()
    assert (clock(), clock()) == (NINE, NINE)
    clock.move(timedelta(hours=2))
    assert clock() == NINE + timedelta(hours=2)
    with pytest.raises(ValueError, match="forward"):
        clock.move(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="time zone"):
        FakeClock(datetime(2026, 10, 19))  # noqa: DTZ001
