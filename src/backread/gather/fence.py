"""Run a function on hostile bytes in a process of its own, with limits on time, memory, files and processor.

A keeper process loads the readers once; for every call it forks a child that sets its limits, works and ends. So each
document has a process of its own for the price of a fork, nothing a document did can touch the next, and a child
that hangs or dies is one stated error. What comes back is unpickled by an allow-list: a child that was taken
over can return values of ours and nothing else.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import queue
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, TypeVar

from backread.errors import BackreadError, GatherError

Answer = TypeVar("Answer")

SECONDS, MEGABYTES = 20.0, 1_500
KEEPERS = 2
_GRACE = 5.0
_HEAD = struct.Struct(">BQ")
_MOST = 400_000_000
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "HOME", "COVERAGE_PROCESS_START")
_SAFE = {
    "builtins": {"frozenset", "set", "tuple", "list", "dict", "bytearray", "complex", "range"},
    "datetime": {"datetime", "date", "time", "timedelta", "timezone"},
    "zoneinfo": {"ZoneInfo"},
    "copyreg": {"_reconstructor", "__newobj__"},
    "collections": {"OrderedDict"},
}
_OURS = ("backread.values.", "backread.ports", "backread.gather.reading")

_inside = False


class _Careful(pickle.Unpickler):
    """Loads our own values and a few of Python's, by name; nothing that could run anything."""

    def find_class(self, module: str, name: str) -> Any:
        if name in _SAFE.get(module, ()):
            return super().find_class(module, name)
        if module.startswith(_OURS):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} may not come out of the fence")


class _Keeper:
    """One keeper process and the pipe to it; replaced whenever it does not answer as it should."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, call: bytes, seconds: float) -> tuple[int, bytes]:
        """Send a call, wait at most a little longer than its own limit. Raises OSError when the keeper is gone."""
        process = self._alive()
        if process.stdin is None or process.stdout is None:
            raise OSError("the keeper has no pipes")
        process.stdin.write(struct.pack(">Q", len(call)) + call)
        process.stdin.flush()
        until = time.monotonic() + seconds + _GRACE
        kind, size = _HEAD.unpack(_read(process.stdout, _HEAD.size, until))
        if size > _MOST:
            raise OSError("the keeper answers too much")
        return kind, _read(process.stdout, size, until)

    def stop(self) -> bool:
        """End the process, at once, with the child that works for it. Says whether a Ctrl-C had ended it before."""
        if self._process is None:
            return False
        if self._process.poll() is None:
            # Its group is its own: a child left behind would read on, and hold the pipes open for as long.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        ended = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process = None
        return ended == -signal.SIGINT

    def _alive(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from backread.gather.fence import _keep; _keep()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                # Ctrl-C is for whoever reads the terminal; the keeper ends when its pipe closes.
                start_new_session=True,
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
                | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
            )
        return self._process


_idle: queue.LifoQueue[_Keeper] = queue.LifoQueue()
_all: list[_Keeper] = []
_lock = threading.Lock()


def fenced(
    function: Callable[..., Answer], *args: object, seconds: float = SECONDS, megabytes: int = MEGABYTES
) -> Answer:
    """`function(*args)` in a child process. `function` is named by module; arguments and answer are pickled.

    Raises GatherError when it takes longer than `seconds`, more than `megabytes`, or dies; KeyboardInterrupt where
    Ctrl-C stopped it; a BackreadError that it raised itself comes back as it was. Inside a fence it is a plain call.
    """
    if _inside:
        return function(*args)
    call = pickle.dumps((seconds, megabytes, function, args))
    keeper = _borrow()
    try:
        kind, content = keeper.ask(call, seconds)
    except KeyboardInterrupt:
        # Its answer is still to come, and would be taken for that of the next call.
        keeper.stop()
        raise
    except (OSError, struct.error) as err:
        if keeper.stop():
            # Between its fork and its own session it still hears the terminal.
            raise KeyboardInterrupt from None
        raise GatherError(
            _name(function), step="read it", hint="The reading process ended; it was started anew."
        ) from err
    finally:
        _idle.put(keeper)
    return _answer(function, kind, content, seconds, megabytes)  # type: ignore[no-any-return]


def stop_all() -> None:
    """End every keeper; the next call starts them anew."""
    with _lock:
        for keeper in _all:
            keeper.stop()


atexit.register(stop_all)


def _borrow() -> _Keeper:
    try:
        return _idle.get_nowait()
    except queue.Empty:
        with _lock:
            if len(_all) < KEEPERS:
                _all.append(_Keeper())
                return _all[-1]
    return _idle.get()


def _answer(function: Callable[..., Any], kind: int, content: bytes, seconds: float, megabytes: int) -> Any:
    name = _name(function)
    if kind == _TOO_LONG:
        raise GatherError(name, step=f"finish within {seconds:g} seconds", hint="It was stopped.")
    if kind == _DIED:
        raise GatherError(
            name, step=f"finish ({content.decode()})", hint=f"At most {megabytes} MB are allowed."
        )
    try:
        told = _Careful(BytesIO(content)).load()
    except (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, TypeError, ValueError) as err:  # fmt: skip
        raise GatherError(
            name, step="hand back what it read", hint="Its answer was not a value of ours."
        ) from err
    if kind == _RAISED:
        raise _error(told)
    return told


def _error(told: Any) -> BackreadError:
    from backread import errors

    name, thing, step, hint = (str(part)[:500] for part in told)
    known = getattr(errors, name, GatherError)
    kind = known if isinstance(known, type) and issubclass(known, BackreadError) else GatherError
    return kind(thing, step=step, hint=hint)


def _name(function: Callable[..., Any]) -> str:
    return f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', function)}".removeprefix("backread.")  # fmt: skip


def _read(pipe: IO[bytes], size: int, until: float) -> bytes:
    held = bytearray()
    while len(held) < size:
        left = until - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise OSError("no answer in time")
        part = os.read(pipe.fileno(), min(size - len(held), 1 << 20))
        if not part:
            raise OSError("the pipe was closed")
        held += part
    return bytes(held)


# What follows runs in the keeper and its children.

_DONE, _RAISED, _TOO_LONG, _DIED = range(4)


def _keep() -> None:
    """Answer calls until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import backread.gather
    import backread.gather.pdf  # noqa: F401 - loaded once, so that children need not

    source, sink = sys.stdin.buffer, os.dup(1)
    os.dup2(2, 1)
    while head := source.read(8):
        call = source.read(struct.unpack(">Q", head)[0])
        kind, content = _fork(call)
        _write(sink, _HEAD.pack(kind, len(content)) + content)


def _write(sink: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(sink, view) :]


def _fork(call: bytes) -> tuple[int, bytes]:
    seconds, megabytes, function, args = pickle.loads(call)  # noqa: S301 - from our own parent
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _work(theirs, seconds, megabytes, function, args)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        content, in_time = _collect(pipe.fileno(), seconds)
    if not in_time:
        os.kill(child, 9)
    _, status = os.waitpid(child, 0)
    if not in_time:
        return _TOO_LONG, b""
    if status != 0 or not content:
        how = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}"
        return _DIED, how.encode()
    return content[0], content[1:]


def _collect(pipe: int, seconds: float) -> tuple[bytes, bool]:
    held, until = bytearray(), time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and len(held) < _MOST:
        if not select.select([pipe], [], [], left)[0]:
            break
        part = os.read(pipe, 1 << 20)
        if not part:
            return bytes(held), True
        held += part
    return b"", False


def _work(pipe: int, seconds: float, megabytes: int, function: Callable[..., Any], args: Any) -> None:
    """The child: limits first, then the work, then out without any clean-up of the keeper's."""
    global _inside
    code = 1
    try:
        _inside = True
        _limit(seconds, megabytes)
        try:
            content = bytes([_DONE]) + pickle.dumps(function(*args))
        except BackreadError as err:
            told = (type(err).__name__, err.thing, err.step, err.hint)
            content = bytes([_RAISED]) + pickle.dumps(told)
        _write(pipe, content)
        code = 0
    finally:
        os._exit(code)


def _limit(seconds: float, megabytes: int) -> None:
    import resource

    processor = int(seconds) + 2
    for limit, value in (
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
