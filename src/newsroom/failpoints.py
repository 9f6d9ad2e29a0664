"""Places where a test may kill the process, to show that nothing is lost, doubled or half-written.

BACKREAD_FAILPOINT names one place, and after a colon how often it is passed before: "approved", "rename:4". Without
the setting nothing happens.
"""

from __future__ import annotations

import os
import signal

_WANTED, _, _TIMES = os.environ.get("BACKREAD_FAILPOINT", "").partition(":")
_left = int(_TIMES or 0)


def reach(name: str) -> None:
    """End this process at once, as a power cut would, when `name` is the place that is wanted."""
    global _left
    if not _WANTED or name != _WANTED:
        return
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    _left -= 1


def step(what: str, path: str) -> None:
    """A step of the builder: reached by what is about to happen ("write", "sync", "rename", "renamed", "remove")."""
    reach(what)
