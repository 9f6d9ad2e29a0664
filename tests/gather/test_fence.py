"""The fence: what hangs, eats memory, dies or hands back something strange is one stated error, and the next call works."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import struct
import time
from pathlib import Path

import pytest

from backread.errors import BadInput, GatherError
from backread.gather import fence, read_safely
from backread.gather.fence import fenced
from backread.gather.files import read_bytes
from backread.gather.pdf import pages_of
from gather.bytes_of import demo


def test_an_answer_comes_back() -> None:
    assert fenced(len, "pier") == 4


@pytest.mark.parametrize(
    ("function", "argument", "told"),
    [
        pytest.param(time.sleep, 60, "within 1 seconds", id="hangs"),
        pytest.param(eval, "[0 for _ in iter(int, 1)]", "finish", id="works without end"),
        pytest.param(bytearray, 3_000_000_000, "At most 600 MB", id="wants 3 GB"),
        pytest.param(eval, "__import__('os').abort()", "signal 6", id="aborts"),
        pytest.param(os._exit, 3, "exit 3", id="leaves"),
        pytest.param(eval, "1 / 0", "exit 1", id="raises what was not declared"),
        pytest.param(eval, "__import__('os').system", "not a value of ours", id="hands back a function"),
        pytest.param(eval, "__import__('pathlib').Path('x')", "not a value of ours", id="hands back a foreign value"),
        pytest.param(pages_of, b"no PDF", "no readable PDF", id="states its own error"),
    ],
)  # fmt: skip
def test_what_breaks_is_one_error_in_time_and_the_next_call_works(function, argument, told: str) -> None:
    began = time.monotonic()
    with pytest.raises(GatherError, match=told):
        fenced(function, argument, seconds=1, megabytes=600)
    assert time.monotonic() - began < 6
    assert fenced(len, "pier") == 4


def test_its_own_kind_of_error_comes_back_as_it_was() -> None:
    with pytest.raises(BadInput, match="could not find it"):
        fenced(read_bytes, Path("/nowhere/at/all.txt"))


def test_no_byte_can_be_written_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "left"
    fenced(eval, f"open({str(path)!r}, 'w', buffering=1).__class__.__name__")
    with pytest.raises(GatherError):
        fenced(eval, f"open({str(path)!r}, 'w').write('x' * 100_000)")
    assert path.stat().st_size == 0


def test_secrets_of_the_caller_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fenced(eval, "sorted(k for k in __import__('os').environ if 'KEY' in k or 'BACKREAD' in k)") == []


def test_a_document_read_in_the_fence_is_the_same_as_outside() -> None:
    from backread.gather import read

    for _, own, page in demo():
        assert read_safely(own, page) == read(own, page)


def test_the_keeper_does_not_hear_ctrl_c() -> None:
    fence.stop_all()
    keeper = fenced(os.getppid)
    os.kill(keeper, signal.SIGINT)
    assert fenced(os.getppid) == keeper


def test_a_keeper_that_ctrl_c_ended_before_it_began_is_a_ctrl_c(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = tmp_path / "stopped"
    stopped.write_text("#!/bin/sh\nkill -INT $$\n")
    stopped.chmod(0o700)
    fence.stop_all()
    with monkeypatch.context() as patched:
        patched.setattr(fence.sys, "executable", str(stopped))
        with pytest.raises(KeyboardInterrupt):
            fenced(len, "pier")
    assert fenced(len, "pier") == 4


def test_a_keeper_that_is_stopped_leaves_no_child_at_work() -> None:
    keeper = fence._Keeper()
    process = keeper._alive()
    call = pickle.dumps((90.0, 600, time.sleep, (60,)))
    assert process.stdin is not None
    process.stdin.write(struct.pack(">Q", len(call)) + call)
    until = time.monotonic() + 20
    while len(_group(process.pid)) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(_group(process.pid)) == 2
    keeper.stop()
    while _group(process.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert _group(process.pid) == []


def _group(leader: int) -> list[int]:
    """The processes of a group."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = path.read_text().rpartition(")")[2].split()
            found += [int(path.parent.name)] if int(words[2]) == leader and words[0] != "Z" else []
    return found
