"""Stand-ins for the world, each held to its port by tests/test_fakes.py."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from backread.errors import DraftError
from backread.ports import Reply, Request

NINE = datetime(2026, 10, 19, 9, tzinfo=UTC)


class FakeClock:
    """Stands still until it is moved. Refuses a moment without a time zone, as the port does."""

    def __init__(self, now: datetime = NINE) -> None:
        if now.tzinfo is None:
            raise ValueError("a clock has a time zone")
        self._now = now

    def __call__(self) -> datetime:
        """The moment it stands at."""
        return self._now

    def move(self, by: timedelta) -> None:
        """Move it forward. Raises ValueError for backward: no clock of ours runs so."""
        if by < timedelta(0):
            raise ValueError("a clock runs forward")
        self._now += by


class FakeLanguageModel:
    """Gives its answers in turn, the last again and again; an exception among them is raised. `asked` keeps requests."""

    def __init__(self, *answers: str | DraftError, name: str = "fake-1") -> None:
        self._answers, self._name = list(answers), name
        self.asked: list[Request] = []

    def __call__(self, request: Request) -> Reply:
        """The next answer."""
        self.asked.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, DraftError):
            raise answer
        return Reply(text=answer, language_model=self._name)
