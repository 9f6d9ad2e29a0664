"""The outbound gate against servers on loopback: what it asks, what it takes in, and what it will not."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from datetime import UTC, datetime, timedelta

import pytest

from adapters.canary import LOOPBACK, Clock, answer, gated, redirect, serving
from backread.adapters.bodies import retry_after
from backread.adapters.fetch import GateFetch, Limits
from backread.errors import GatherError, Refused, Unreachable

NAMES = {"pier.test": [[LOOPBACK]], "sound.test": [[LOOPBACK]]}
PAGE = answer(b"<p>The pier opens.</p>", Content_Type="text/html; charset=utf-8", ETag='"one"', Last_Modified="Mon, 23 Nov 2026 10:00:00 GMT")  # fmt: skip


async def _fetch(answers, path="/", *, scheme="http", host="pier.test", again=(), **told):
    """What a gate makes of one server's answer: the fetch or the error, and the server."""
    async with serving(answers) as canary, gated(canary.port, names=NAMES, open_ports=(canary.port,), **told) as gate:  # fmt: skip
        try:
            found = await gate.fetch(f"{scheme}://{host}:{canary.port}{path}")
        except GatherError as err:
            return err, canary
        return found, canary


def fetch(answers, path="/", **told):
    return asyncio.run(_fetch(answers, path, **told))


def test_a_page_comes_whole_with_its_validators_and_no_more_is_sent_than_needed() -> None:
    found, canary = fetch({"/": PAGE})
    assert (found.status, found.body, found.media_type) == (200, b"<p>The pier opens.</p>", "text/html")
    assert (found.etag, found.last_modified) == ('"one"', "Mon, 23 Nov 2026 10:00:00 GMT")
    assert found.taken == Clock()()
    head = canary.asked[-1].lower()
    assert "accept-encoding: gzip\r\n" in head
    assert "user-agent: backread/" in head
    assert "+https://pier.example/about" in head
    assert "cookie" not in head
    assert "referer" not in head


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_last_address_told(status: int) -> None:
    found, canary = fetch({"/a": redirect("/b", f"{status} Moved"), "/b": PAGE}, "/a")
    assert found.url.endswith("/b")
    assert canary.paths == ["/a", "/b"]


def _endless(prefix: bytes, piece: bytes, pause: float = 0.0):
    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(prefix)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return write


GZIP_BOMB = gzip.compress(bytes(64 << 20))
OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("answers", "kind", "told"),
    [
        pytest.param({"/": redirect("/")}, Refused, "more than 5", id="a redirect to itself"),
        pytest.param({"/": redirect("ftp://pier.test/")}, Refused, "Only http", id="a redirect to another scheme"),
        pytest.param({"/": redirect("http://u:p@pier.test/")}, Refused, "user's name", id="a redirect with a user"),
        pytest.param({"/": redirect("http://pier.test:25/")}, Refused, "Port 25", id="a redirect to another port"),
        pytest.param({"/": answer(GZIP_BOMB, Content_Encoding="gzip")}, Refused, "times its size", id="a gzip bomb"),
        pytest.param({"/": answer(b"x" * 3000)}, Refused, "more than 2,000 bytes", id="too large on the wire"),
        pytest.param({"/": answer(gzip.compress(bytes(9000)), Content_Encoding="gzip")}, Refused, "unpacks to more", id="too large unpacked"),
        pytest.param({"/": answer(b"x", Content_Encoding="br")}, Refused, "not asked for (br)", id="brotli"),
        pytest.param({"/": answer(b"x", Content_Encoding="zstd")}, Refused, "not asked for", id="zstandard"),
        pytest.param({"/": answer(b"x", Content_Encoding="gzip, gzip")}, Refused, "not asked for", id="stacked encodings"),
        pytest.param({"/": answer(b"no gzip", Content_Encoding="gzip")}, Unreachable, "broken", id="broken gzip"),
        pytest.param({"/": answer(gzip.compress(b"pier" * 90)[:-9], Content_Encoding="gzip")}, Unreachable, "breaks off", id="gzip cut short"),
        pytest.param({"/": OK + b"Content-Length: 900\r\n\r\nshort"}, Unreachable, "HTTP", id="a body cut short"),
        pytest.param({"/": answer(b"", status="503 Busy")}, Unreachable, "answered 503", id="out of order"),
        pytest.param({"/": answer(b"", status="429 Too Many", Retry_After="120")}, Unreachable, "left alone for 0:02:00", id="too often"),
        pytest.param({"/": b"SSH-2.0-OpenSSH_9\r\n"}, Unreachable, "does not speak HTTP well", id="not HTTP"),
        pytest.param({"/": OK + b"X: " + b"y" * 20_000 + b"\r\n\r\n"}, Unreachable, "HTTP", id="a header of 20,000 bytes"),
        pytest.param({"/": OK + b"".join(b"X-%d: 1\r\n" % n for n in range(500)) + b"\r\n"}, Unreachable, "HTTP", id="500 headers"),
        pytest.param({"/": _endless(OK, b"X-Same: 1\r\n")}, Unreachable, "", id="headers without end"),
        pytest.param({"/": _endless(OK, b"X: 1\r\n", 0.2)}, Unreachable, "in time", id="headers that trickle"),
        pytest.param({"/": _endless(OK + b"\r\n", b"x", 0.05)}, Unreachable, "too slowly", id="a body that trickles"),
        pytest.param({"/": _endless(OK + b"\r\n", b"x" * 40, 0.02)}, Refused, "more than 2,000", id="a body without end"),
    ],
)  # fmt: skip
def test_a_bad_answer_is_one_stated_error_in_time(answers, kind, told: str) -> None:
    began = datetime.now(UTC)
    found, _ = fetch(answers, wire=2_000 if "times" not in told else 20_000_000, decoded=5_000 if "times" not in told else 50_000_000)  # fmt: skip
    assert isinstance(found, kind), found
    assert told in str(found)
    assert datetime.now(UTC) - began < timedelta(seconds=5)


def test_gzip_is_unpacked_also_in_members() -> None:
    body = gzip.compress(b"The pier ") + gzip.compress(b"opens.")
    found, _ = fetch({"/": answer(body, Content_Encoding="gzip")})
    assert found.body == b"The pier opens."


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        pytest.param(answer(b"User-agent: *\nDisallow: /"), False, id="everyone kept out"),
        pytest.param(answer(b"User-agent: backread\nDisallow: /\n\nUser-agent: *\nAllow: /"), False, id="we are kept out"),
        pytest.param(answer(b"User-agent: Backread/2.0 (x)\nDisallow: /"), False, id="our token with a version"),
        pytest.param(answer(b"User-agent: otherbot\nDisallow: /"), True, id="another is kept out"),
        pytest.param(answer(b"User-agent: *\nDisallow: /private"), True, id="another part is closed"),
        pytest.param(answer(b"", status="404 Not Found"), True, id="no rules"),
        pytest.param(answer(b"", status="403 Forbidden"), True, id="rules not given out"),
        pytest.param(answer(b"", status="500 Error"), False, id="rules out of order"),
        pytest.param(answer(b"", status="429 Often"), False, id="rules asked too often"),
        pytest.param(redirect("/rules.txt"), False, id="rules elsewhere"),
        pytest.param(redirect("/robots.txt"), True, id="rules in a circle"),
        pytest.param(answer(b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /"), True, id="a rule beyond 500 KiB"),
        pytest.param(answer(gzip.compress(b"User-agent: *\nDisallow: /"), Content_Encoding="gzip"), False, id="rules packed"),
    ],
)  # fmt: skip
def test_robots(rules: bytes, allowed: bool) -> None:
    found, canary = fetch({"/": PAGE, "/robots.txt": rules, "/rules.txt": answer(b"User-agent: *\nDisallow: /")})  # fmt: skip
    assert isinstance(found, Refused | Unreachable) is not allowed
    assert canary.paths.count("/") == int(allowed)


def test_rules_are_read_once_a_day_and_each_step_of_a_redirect_asks_its_own_site() -> None:
    async def play() -> None:
        closed = {"/robots.txt": answer(b"User-agent: *\nDisallow: /b"), "/b": PAGE}
        async with serving(closed) as other, serving({"/a": redirect(f"http://sound.test:{other.port}/b"), "/c": PAGE}) as canary:  # fmt: skip
            ports = (other.port, canary.port)
            async with gated(*ports, names=NAMES, open_ports=ports) as gate:
                with pytest.raises(Refused, match=r"robots\.txt says no"):
                    await gate.fetch(f"http://pier.test:{canary.port}/a")
                assert other.paths == []
                for _ in range(3):
                    await gate.fetch(f"http://pier.test:{canary.port}/c")
                assert sum("/robots.txt" in head for head in canary.asked) == 1
                gate._clock.move(timedelta(hours=25))
                await gate.fetch(f"http://pier.test:{canary.port}/c")
                assert sum("/robots.txt" in head for head in canary.asked) == 2

    asyncio.run(play())


def test_a_page_not_changed_is_304_with_an_empty_body() -> None:
    async def play() -> None:
        async with serving({"/": answer(status="304 Not Modified", ETag='"one"')}) as canary:
            async with gated(canary.port, names=NAMES, open_ports=(canary.port,)) as gate:
                found = await gate.fetch(f"http://pier.test:{canary.port}/", etag='"one"', last_modified="Mon, 23 Nov 2026 10:00:00 GMT")  # fmt: skip
            assert (found.status, found.body, found.etag) == (304, b"", '"one"')
            assert 'If-None-Match: "one"' in canary.asked[-1]
            assert "If-Modified-Since: Mon, 23 Nov 2026" in canary.asked[-1]

    asyncio.run(play())


def test_a_304_from_where_a_redirect_newly_leads_is_asked_again_in_full() -> None:
    async def play() -> None:
        answers = {"/": PAGE, "/new": answer(status="304 Not Modified")}
        async with serving(answers) as canary, gated(canary.port, names=NAMES, open_ports=(canary.port,)) as gate:  # fmt: skip
            url = f"http://pier.test:{canary.port}/"
            first = await gate.fetch(url)
            answers["/"] = redirect("/new")
            answers["/new"] = _by_condition
            again = await gate.fetch(url, etag=first.etag)
            assert (again.status, again.body) == (200, b"new")

    async def _by_condition(writer: asyncio.StreamWriter) -> None:
        writer.write(answers_by_turn.pop(0))
        await writer.drain()

    answers_by_turn = [answer(status="304 Not Modified"), answer(b"new")]
    asyncio.run(play())


def test_a_site_that_asks_to_be_left_alone_is_until_then() -> None:
    async def play() -> None:
        async with serving({"/": answer(status="503 Busy", Retry_After="90"), "/x": PAGE}) as canary:  # noqa: SIM117
            async with gated(canary.port, names=NAMES, open_ports=(canary.port,)) as gate:
                url = f"http://pier.test:{canary.port}"
                with pytest.raises(Unreachable, match="answered 503"):
                    await gate.fetch(f"{url}/")
                asked = len(canary.asked)
                with pytest.raises(Unreachable, match="asked to be left alone"):
                    await gate.fetch(f"{url}/x")
                assert len(canary.asked) == asked
                gate._clock.move(timedelta(seconds=91))
                assert (await gate.fetch(f"{url}/x")).status == 200

    asyncio.run(play())


NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        pytest.param("120", timedelta(minutes=2), id="seconds"),
        pytest.param("999999999999", timedelta(hours=1), id="capped"),
        pytest.param("Tue, 24 Nov 2026 12:30:00 GMT", timedelta(minutes=30), id="a date"),
        pytest.param("Tue, 24 Nov 2026 11:30:00 GMT", None, id="a date that is past"),
        pytest.param("soon", None, id="no time at all"),
        pytest.param("", None, id="not said"),
    ],
)
def test_retry_after(value: str, wanted: timedelta | None) -> None:
    assert retry_after(value, NOON, timedelta(hours=1)) == wanted


def test_a_wait_between_two_requests_to_one_host() -> None:
    async def play() -> float:
        async with serving({"/": PAGE, "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 0.4")}) as canary:  # noqa: SIM117
            async with gated(canary.port, names=NAMES, open_ports=(canary.port,)) as gate:
                began = asyncio.get_running_loop().time()
                for _ in range(3):
                    await gate.fetch(f"http://pier.test:{canary.port}/")
                return asyncio.get_running_loop().time() - began

    assert 0.8 <= asyncio.run(play()) < 2.5


def test_the_gate_for_callers_without_a_loop() -> None:
    async def play() -> None:
        async with serving({"/": PAGE}) as canary:
            names = lambda host, port: _just(LOOPBACK)  # noqa: E731
            gate = GateFetch(Clock(), resolver=names, allow=frozenset({(LOOPBACK, canary.port)}), limits=Limits(pause=0, ports=frozenset({canary.port})))  # fmt: skip
            try:
                found = await asyncio.to_thread(gate, f"http://pier.test:{canary.port}/")
            finally:
                await asyncio.to_thread(gate.close)
            assert found.status == 200

    async def _just(address: str) -> list[str]:
        return [address]

    asyncio.run(play())


def test_no_network_library_unpacks_on_its_own() -> None:
    # 481 bytes of brotli were 600 MB: nothing may be unpacked but by our own capped reader.
    found, _ = fetch({"/": answer(zlib.compress(b"x" * 9), Content_Encoding="deflate")})
    assert isinstance(found, Refused)
