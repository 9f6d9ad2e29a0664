"""A real llama.cpp server on loopback, where a .gguf file is given: what comes back is a draft or a refusal in words.

Small files write badly, so nothing is asked of the words. What is asked: the schema is taken, and what we do not trust
never becomes anything but a draft or a DraftError.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.error import URLError

import pytest

from backread.adapters.language import Endpoint
from backread.draft.prose import draft
from backread.errors import BadReply
from backread.values.dossier import Dossier
from backread.values.draft import Draft, Hand
from check.stories import capture

KEPT = capture("The pier at Tarrow closes on Monday. “It is worn,” Harbor Master Ann Orde said.")


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """The base address of a running server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = os.environ.get("BACKREAD_TEST_LLAMA_SERVER", "llama-server")
    command = [program, "-m", os.environ["BACKREAD_TEST_GGUF"], "--host", "127.0.0.1", "--port", str(port), "--alias", "local", "-c", "4096"]  # fmt: skip
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/health", server)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.kill()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until it has loaded its file; at most two minutes."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.5)
    pytest.fail("the server did not come up")


@pytest.mark.slow
def test_a_draft_or_a_refusal_in_words(url: str):
    dossier = Dossier(id="d", title="Pier", captures=(KEPT.id,))
    made: Draft | BadReply
    try:
        made = draft(
            dossier,
            [KEPT],
            language_model=Endpoint(url, "local", seconds=300),
            area=None,
            on=date(2026, 10, 19),
        )
    except BadReply as err:
        made = err
    if isinstance(made, Draft):
        assert (made.drafter.hand, made.drafter.language_model) == (Hand.LANGUAGE_MODEL, "local")
        assert all(KEPT.holds(p) for s in made.story.sentences for p in s.passages)
    else:
        assert "could not use it" in str(made)
