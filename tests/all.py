"""Runs every part of the test suite, one after another, and prints what each cost against its budget.

A part that cannot run says so in one line; with CI=true that is a failure. Exit 0: all passed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CI = os.environ.get("CI") == "true"
MEMORY, FREE = Path("/dev/shm"), 4 << 30
"""A folder in memory that most systems have, and the bytes that must be free there."""


@dataclass(frozen=True)
class Part:
    """One part: its commands, its budget in seconds, and what must be there first (a reason when it is not)."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    budget: int
    missing: Callable[[], str] = lambda: ""


def chromium_missing() -> str:
    """Install Debian's Chromium when it is absent and that is allowed; say why not otherwise."""
    if shutil.which("chromium"):
        return ""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return "Chromium is not installed and this user may not install it (apt-get install chromium)"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ("apt-get", "update", "-qq"),
        ("apt-get", "install", "-y", "-qq", "chromium", "fonts-liberation"),
    ):
        done = subprocess.run(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        if done.returncode:
            return f"Chromium could not be installed: {done.stderr.decode(errors='replace').strip()[-200:]}"
    return "" if shutil.which("chromium") else "Chromium is still not there after installing it"


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    """A command of the environment these tests run in."""
    return (str(BIN / name), *arguments)


PARTS = (
    Part(
        "lint",
        (
            tool("ruff", "format", "--check", "-q", "src", "tests", "training"),
            tool("ruff", "check", "-q", "src", "tests", "training"),
        ),
        10,
    ),
    Part("import rules", (tool("lint-imports", "--no-cache"),), 20),
    Part("types", (tool("mypy"),), 90),
    Part("unit, property, golden", (tool("pytest", "-q", "-m", "not browser and not slow", "-n", "2"),), 240),
    Part(
        "slow: kill, speed, whole pipeline",
        (tool("pytest", "-q", "-m", "slow and not browser", "-n", "2"),),
        150,
    ),
    Part("browser and accessibility", (tool("pytest", "-q", "-m", "browser"),), 300, chromium_missing),
    Part(
        "docs",
        (
            (sys.executable, "docs/reference/generate.py", "--check"),
            tool("mkdocs", "build", "--strict", "--quiet", "--site-dir", "build/docs"),
        ),
        30,
    ),
)


@contextlib.contextmanager
def scratch() -> Iterator[dict[str, str]]:
    """The environment of a part: what its tests write lies in memory where that has room, and goes with the part.

    Everything written is synced all the same, thousands of times; a disk takes milliseconds for each.
    """
    if not (os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > FREE):
        yield dict(os.environ)
        return
    with tempfile.TemporaryDirectory(prefix="tests-", dir=MEMORY, ignore_cleanup_errors=True) as folder:
        yield {**os.environ, "TMPDIR": folder}


def run(part: Part) -> tuple[str, float]:
    """'' and the seconds when the part passed, else what went wrong."""
    started = time.monotonic()
    reason = part.missing()
    if reason:
        return (f"could not run: {reason}" if CI else f"skipped: {reason}"), 0.0
    with scratch() as environment:
        for command in part.commands:
            if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
                return f"failed: {Path(command[0]).name}", time.monotonic() - started
    return "", time.monotonic() - started


def main() -> int:
    """Run all parts, even after a failure, and print the table."""
    passed, failed, lines = 0, 0, []
    for part in PARTS:
        print(f"== {part.name}", flush=True)
        trouble, seconds = run(part)
        is_skip = trouble.startswith("skipped")
        passed, failed = passed + (not trouble), failed + bool(trouble and not is_skip)
        lines.append(f"{part.name:36} {seconds:6.0f} s of {part.budget:4} s  {trouble or 'passed'}")
    print("\n".join(["", *lines, f"parts: {passed} passed, {failed} failed"]), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
