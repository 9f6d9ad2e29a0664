"""Servers on loopback for the outbound gate's tests: what they were asked is kept, and they answer byte by byte as told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from backread.adapters.fetch import Gate, Limits

LOOPBACK = "127.0.0.1"
Answer = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes = b"", *, status: str = "200 OK", **headers: str) -> bytes:
    """A whole response; header names with `_` for `-`."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return answer(status=status, Location=location)


@dataclass
class Canary:
    """One server. `asked` are the requests' heads, in order."""

    answers: Mapping[str, Answer]
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """The paths asked for, without the rules for robots."""
        return [p for head in self.asked if (p := head.split(" ")[1]) != "/robots.txt"]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.asked.append(head)
            path = head.split(" ")[1]
            told = self.answers.get(path, answer(status="404 Not Found"))
            if callable(told):
                await told(writer)
            else:
                writer.write(told)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(answers: Mapping[str, Answer]) -> AsyncIterator[Canary]:
    """A canary that listens."""
    canary = Canary(answers)
    server = await asyncio.start_server(canary.serve, LOOPBACK, 0)
    canary.port = server.sockets[0].getsockname()[1]
    try:
        yield canary
    finally:
        server.close()


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        """Later."""
        self.now += by


class Names:
    """A fake resolver: each name's answers, one list a question, the last one repeated."""

    def __init__(self, answers: Mapping[str, list[list[str]]]) -> None:
        self._answers = {name: list(lists) for name, lists in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host not in self._answers:
            raise OSError(f"no such name: {host}")
        lists = self._answers[host]
        return lists.pop(0) if len(lists) > 1 else lists[0]


class Sockets:
    """Every address a gate made a socket for; only loopback is let through, so nothing ever leaves the machine."""

    def __init__(self, gate: Gate) -> None:
        self.opened: list[tuple[str, int]] = []
        inner = gate._socket

        def factory(told):
            made = inner(told)
            self.opened.append((str(told[4][0]), int(told[4][1])))
            if told[4][0] not in (LOOPBACK, "::1"):
                made.close()
                raise OSError("the test's edge: nothing leaves loopback")
            return made

        gate._session.connector._socket_factory = factory


def limits(*ports: int, **told) -> Limits:
    """Limits for tests: no pause, short times, and the canaries' ports."""
    return Limits(**{"pause": 0.0, "seconds": 3.0, "header_seconds": 1.0, "patience": 0.5, "ports": frozenset({80, 443, *ports})} | told)  # fmt: skip


@asynccontextmanager
async def gated(*ports: int, names: Mapping[str, list[list[str]]] | None = None, open_ports: tuple[int, ...] = (), **told) -> AsyncIterator[Gate]:  # fmt: skip
    """A gate that may ask `ports` and may connect to loopback on `open_ports` only."""
    allow = frozenset((LOOPBACK, port) for port in open_ports)
    gate = Gate(Clock(), resolver=Names(names or {}), allow=allow, limits=limits(*ports, **told), contact="https://pier.example/about")  # fmt: skip
    gate.sockets = Sockets(gate)
    async with gate:
        yield gate
