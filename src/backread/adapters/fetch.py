"""The one outbound gate: every byte that is fetched comes through here, asked for politely and read within limits.

An address is read by one parser, the address that a name resolves to is checked where the socket is made (so no second
answer of a name server can differ), redirects are followed by hand with every step checked again, and a body is
taken in small pieces within caps on wire bytes, decoded bytes, their ratio, and time.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from types import TracebackType
from typing import Any, TypeVar

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from backread import __version__
from backread.adapters import bodies
from backread.adapters.addresses import PORTS, Target, is_public, next_address, read_address
from backread.adapters.robots import EVERYTHING, MOST_BYTES, NOTHING, Rules, read_rules
from backread.errors import GatherError, Refused, Unreachable
from backread.ports import Clock, Fetched

Resolver = Callable[[str, int], Awaitable[list[str]]]
"""Answers with the addresses of a name. Raises OSError when there is none."""

Answer = TypeVar("Answer")

_NO_NAME, _NO_CONNECTION = "There is no such name.", "No connection could be made."
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_closed: ContextVar[list[str] | None] = ContextVar("closed", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds, bytes and counts beyond which a fetch is given up."""

    seconds: float = 30.0
    header_seconds: float = 10.0
    least_rate: float = 200.0
    """Bytes a second that must come on average once `patience` seconds have passed."""
    patience: float = 8.0
    wire: int = 20_000_000
    decoded: int = 50_000_000
    redirects: int = 5
    headers: int = 100
    at_once: int = 20
    per_host: int = 2
    pause: float = 1.0
    """Seconds between two requests to one host, at least; more where the site asks for more."""
    longest_wait: timedelta = timedelta(hours=1)
    rules_kept: timedelta = timedelta(hours=24)
    closed_kept: timedelta = timedelta(minutes=10)
    ports: frozenset[int] = PORTS


@dataclass(slots=True)
class _Host:
    """What is known of one site: its rules and until when they hold, when it was last asked, when it may be asked again."""

    gate: asyncio.Semaphore
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Rules | None = None
    rules_until: Any = None
    asked: float = 0.0
    rests_until: Any = None


class Gate:
    """Fetches pages of the public web. Make one in a running event loop, and close it.

    `clock` says when a capture was taken. `resolver` answers for names instead of the system's. `allow` are
    (address, port) pairs that may be connected to although they are not public: for tests on loopback only.
    `contact` is how a site's owner reaches the newsroom; it is sent with every request.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        resolver: Resolver | None = None,
        allow: frozenset[tuple[str, int]] = frozenset(),
        contact: str = "",
        limits: Limits = Limits(),
    ) -> None:  # fmt: skip
        self._clock, self._allow, self._limits = clock, allow, limits
        self._agent = f"backread/{__version__} ({'+' + contact if contact else 'a local newsroom'})"
        connector = aiohttp.TCPConnector(
            resolver=_Resolving(resolver) if resolver else None,
            socket_factory=self._socket,
            limit=limits.at_once,
            ttl_dns_cache=30,
            force_close=True,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            auto_decompress=False,
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=limits.seconds),
            max_headers=limits.headers,
            read_bufsize=1 << 16,
        )
        self._all = asyncio.Semaphore(limits.at_once)
        self._hosts: dict[tuple[str, str, int], _Host] = {}
        self._finals: dict[str, str] = {}

    async def __aenter__(self) -> Gate:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End all connections."""
        await self._session.close()

    async def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """What stands at `url`, after redirects. Raises Refused or Unreachable, never returns half an answer.

        A page that the site says is not changed comes back as status 304 with an empty body; only when that answer
        came from where the last whole one did.
        """
        target = read_address(url, ports=self._limits.ports)
        async with self._all:
            found = await self._follow(url, target, etag, last_modified)
            if found.status == 304 and self._finals.get(url, target.url) != found.url:
                found = await self._follow(url, target, "", "")
        if found.status == 200:
            self._finals[url] = found.url
        return found

    async def _follow(self, url: str, target: Target, etag: str, last_modified: str) -> Fetched:
        for _ in range(self._limits.redirects + 1):
            host = self._host(target)
            self._must_be_rested(target, host)
            rules = await self._rules(target, host)
            if not rules.allows(target.url):
                raise Refused(target.url, step="ask for it", hint="The site's robots.txt says no.")
            await self._wait_for_turn(host, rules)
            found, location = await self._ask(target, etag, last_modified)
            if location is None:
                return self._settled(found, target, host)
            target = next_address(target, location, ports=self._limits.ports)
        raise Refused(url, step="follow its redirects", hint=f"There are more than {self._limits.redirects}.")

    def _settled(self, found: Fetched, target: Target, host: _Host) -> Fetched:
        """An answer that can be handed on. Raises Unreachable for a site that is out of order or wants to be left alone."""
        if found.status != 429 and found.status < 500:
            return found
        wait = bodies.retry_after(
            found.headers.get("retry-after", ""), self._clock(), self._limits.longest_wait
        )
        if wait:
            host.rests_until = self._clock() + wait
        hint = f"It answered {found.status}" + (f" and asks to be left alone for {wait}." if wait else ".")
        raise Unreachable(target.url, step="read it", hint=hint)

    async def _ask(
        self, target: Target, etag: str, last_modified: str, *, most: int = 0
    ) -> tuple[Fetched, str | None]:
        """One request. The answer, and where it redirects to (None when it does not)."""
        if target.is_literal and not self._is_open(target.host, target.port):
            raise Refused(
                target.url, step="ask for it", hint="Its address is not one of the public internet."
            )
        token = _closed.set([])
        try:
            async with self._host(target).gate, asyncio.timeout(self._limits.seconds):
                return await self._exchange(target, etag, last_modified, most)
        except TimeoutError as err:
            raise Unreachable(
                target.url,
                step="read it in time",
                hint=f"It took more than {self._limits.seconds:g} seconds.",
            ) from err
        except aiohttp.ClientError as err:
            raise self._why(target, err) from err
        except (OSError, ValueError, UnicodeError) as err:
            raise self._why(target, err) from err
        finally:
            _closed.reset(token)

    async def _exchange(
        self, target: Target, etag: str, last_modified: str, most: int
    ) -> tuple[Fetched, str | None]:
        address = URL(target.url, encoded=True)
        if address.raw_host != target.host or address.port != target.port:
            # Two parsers that differ are how a closed address gets asked: then nobody is.
            raise Refused(target.url, step="ask for it", hint="It can be read as two different addresses.")
        request = self._session.request(
            "GET",
            address,
            headers=self._headers(etag, last_modified),
            allow_redirects=False,
            skip_auto_headers=("Accept-Encoding", "User-Agent", "Accept"),
        )
        # The body has the whole deadline; a site that trickles its headers has less.
        response = await asyncio.wait_for(request.__aenter__(), self._limits.header_seconds)
        try:
            location = response.headers.get("Location") if response.status in _REDIRECTS else None
            body = b""
            if location is None and response.status != 304:
                body = await self._body(target, response, most)
            return self._fetched(target, response, body), location
        finally:
            response.close()

    async def _body(self, target: Target, response: aiohttp.ClientResponse, most: int) -> bytes:
        limits = self._limits
        taken = bodies.Body(
            target.url,
            coding=response.headers.get("Content-Encoding", ""),
            wire=limits.wire,
            decoded=most or limits.decoded,
            cut=bool(most),
        )
        began = time.monotonic()
        async for piece in response.content.iter_any():
            if taken.add(piece):
                break
            past = time.monotonic() - began
            if past > limits.patience and taken.received < limits.least_rate * past:
                raise Unreachable(target.url, step="read it in time", hint="It comes too slowly.")
        return taken.whole()

    def _fetched(self, target: Target, response: aiohttp.ClientResponse, body: bytes) -> Fetched:
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Fetched(
            url=target.url,
            status=response.status,
            body=body,
            media_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
            headers=headers,
            taken=self._clock(),
            etag=headers.get("etag", "")[:1000],
            last_modified=headers.get("last-modified", "")[:100],
        )

    def _headers(self, etag: str, last_modified: str) -> dict[str, str]:
        told = {"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
        conditions = (("If-None-Match", etag), ("If-Modified-Since", last_modified))
        return told | {name: value for name, value in conditions if value and value.isprintable()}

    def _host(self, target: Target) -> _Host:
        key = (target.scheme, target.host, target.port)
        if key not in self._hosts:
            self._hosts[key] = _Host(gate=asyncio.Semaphore(self._limits.per_host))
        return self._hosts[key]

    def _must_be_rested(self, target: Target, host: _Host) -> None:
        if host.rests_until is not None and self._clock() < host.rests_until:
            left = host.rests_until - self._clock()
            raise Unreachable(
                target.url, step="ask for it yet", hint=f"The site asked to be left alone for {left}."
            )

    async def _wait_for_turn(self, host: _Host, rules: Rules) -> None:
        async with host.turn:
            rest = max(self._limits.pause, rules.rest)
            left = host.asked + rest - time.monotonic()
            if host.asked and left > 0:
                await asyncio.sleep(left)
            host.asked = time.monotonic()

    async def _rules(self, target: Target, host: _Host) -> Rules:
        """The site's rules, read at most once a day; none that can be read now closes the site for a while."""
        if host.rules is not None and self._clock() < host.rules_until:
            return host.rules
        async with host.turn:
            if host.rules is None or self._clock() >= host.rules_until:
                host.rules = await self._read_rules(target)
                kept = self._limits.closed_kept if host.rules is NOTHING else self._limits.rules_kept
                host.rules_until = self._clock() + kept
        return host.rules

    async def _read_rules(self, target: Target) -> Rules:
        here = Target(scheme=target.scheme, host=target.host, port=target.port, path="/robots.txt")
        try:
            for _ in range(self._limits.redirects + 1):
                found, location = await self._ask(here, "", "", most=MOST_BYTES)
                if location is None:
                    return _rules_of(found)
                here = next_address(here, location, ports=self._limits.ports)
        except Refused:
            if here.host == target.host:
                # The site itself is not to be spoken to: the request that follows would say the same.
                raise
            return NOTHING
        except Unreachable as err:
            if err.hint in (_NO_NAME, _NO_CONNECTION):
                raise
            return NOTHING
        return EVERYTHING

    def _is_open(self, address: str, port: int) -> bool:
        return is_public(address) or (address, port) in self._allow

    def _socket(self, told: tuple[Any, ...]) -> socket.socket:
        """The socket for one resolved address: this is where a closed one is refused, whatever the name was."""
        family, kind, protocol, _, place = told
        if not self._is_open(str(place[0]), int(place[1])):
            refused = _closed.get()
            if refused is not None:
                refused.append(str(place[0]))
            raise OSError(f"{place[0]} is not a public address")
        return socket.socket(family, kind, protocol)

    def _why(self, target: Target, err: Exception) -> GatherError:
        if refused := _closed.get():
            hint = f"Its name leads to {refused[0]}, which is not on the public internet."
            return Refused(target.url, step="connect to it", hint=hint)
        if isinstance(err, aiohttp.ClientConnectorDNSError):
            return Unreachable(target.url, step="find its address", hint=_NO_NAME)
        if isinstance(err, aiohttp.ClientSSLError):
            return Unreachable(target.url, step="connect to it safely", hint="Its certificate is not good.")
        if isinstance(err, aiohttp.ClientConnectorError):
            return Unreachable(target.url, step="connect to it", hint=_NO_CONNECTION)
        words = (str(err).splitlines() or [""])[0][:120] or type(err).__name__
        return Unreachable(target.url, step="read its answer", hint=f"It does not speak HTTP well ({words}).")


def _rules_of(found: Fetched) -> Rules:
    if found.status == 200:
        return read_rules(found.body)
    return NOTHING if found.status >= 500 or found.status == 429 else EVERYTHING


class _Resolving(AbstractResolver):
    """A resolver of ours as aiohttp wants it."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_UNSPEC) -> list[ResolveResult]:
        """The addresses of `host`, at most 20."""
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ipaddress.ip_address(address).version == 6 else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in (await self._resolver(host, port))[:20]
        ]

    async def close(self) -> None:
        """Nothing is held."""


class GateFetch:
    """The gate for callers without an event loop (a `ports.Fetch`), safe to share between threads. Close it."""

    def __init__(self, clock: Clock, **told: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="outbound gate", daemon=True)
        self._thread.start()
        self._gate = self._run(_made(clock, told))

    def __call__(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """As `Gate.fetch`."""
        return self._run(self._gate.fetch(url, etag=etag, last_modified=last_modified))

    def close(self) -> None:
        """End all connections and the thread."""
        with contextlib.suppress(RuntimeError):
            self._run(self._gate.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        if not self._loop.is_running():
            self._loop.close()

    def _run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


async def _made(clock: Clock, told: dict[str, Any]) -> Gate:
    return Gate(clock, **told)
