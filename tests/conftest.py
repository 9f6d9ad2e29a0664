"""What all tests share: the folder of real inputs, and no silent skips."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs beside the project; only tests marked `shared` may ask for it."""
    return SHARED


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests on real inputs are left out where the folder is absent, in one printed line."""
    if SHARED.is_dir():
        return
    marked = [item for item in items if item.get_closest_marker("shared")]
    if not marked:
        return
    config.hook.pytest_deselected(items=marked)
    items[:] = [item for item in items if item not in marked]
    if not hasattr(config, "workerinput"):
        print(
            f"\n{len(marked)} tests on real inputs left out: there is no folder ../shared beside the project"
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failed run: a skip that nobody reads hides whatever it skips."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("CI") == "true" and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print(f"\n{len(skipped)} skipped tests, and CI allows none")
