"""The one test that wants a file nobody ships: left out where it is absent, in one printed line."""

from __future__ import annotations

import os
import shutil

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests against a real llama.cpp server need its program and a .gguf file."""
    server = os.environ.get("BACKREAD_TEST_LLAMA_SERVER", "llama-server")
    if os.environ.get("BACKREAD_TEST_GGUF") and shutil.which(server):
        return
    marked = [item for item in items if item.path.name == "test_llama_cpp.py"]
    if not marked:
        return
    config.hook.pytest_deselected(items=marked)
    items[:] = [item for item in items if item not in marked]
    if not hasattr(config, "workerinput"):
        print("\n1 test left out: it wants llama-server on the PATH and BACKREAD_TEST_GGUF=file.gguf")
