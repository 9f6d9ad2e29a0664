"""No byte to an address that is not public: every spelling, every redirect, every trick of a name server.

Nothing here leaves loopback: names are answered by a fake, and a socket to anywhere else is refused by the test itself.
"""

from __future__ import annotations

import asyncio
import json
import re

import pytest

from adapters.canary import LOOPBACK, answer, gated, redirect, serving
from backread.adapters.addresses import is_public, read_address
from backread.errors import GatherError, Refused

CLOSED = ["0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1",
          "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.5", "::ffff:93.184.216.34", "::10.0.0.5",
          "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2001:0:1::1", "2001:db8::1", "fc00::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
          "3fff::1", "5f00::1", "100::1", "nonsense", ""]  # fmt: skip
OPEN = ["93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.1.1", "223.255.255.254", "2606:2800:220:1::1", "2a00:1450:4001::1"]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_a_closed_address(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN)
def test_an_open_address(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        pytest.param("http://2130706433/", "127.0.0.1", id="one decimal number"),
        pytest.param("http://0x7f000001/", "127.0.0.1", id="one hexadecimal number"),
        pytest.param("http://0177.0.0.1/", "127.0.0.1", id="octal"),
        pytest.param("http://127.1/", "127.0.0.1", id="two parts"),
        pytest.param("http://127.0.0.1./", "127.0.0.1", id="a dot at the end"),
        pytest.param("http://１２７.0.0.1/", "127.0.0.1", id="wide digits"),
        pytest.param("http://127。0。0。1/", "127.0.0.1", id="other dots"),
        pytest.param("http://[::FFFF:7F00:1]/", "::ffff:7f00:1", id="IPv4 in IPv6"),
        pytest.param("HTTP://PIER.Example./a?b#c", "pier.example", id="a name in capitals"),
        pytest.param("https://bücher.example/", "xn--bcher-kva.example", id="a name with an umlaut"),
    ],
)
def test_one_plain_spelling(url: str, host: str) -> None:
    assert read_address(url).host == host


@pytest.mark.parametrize(
    "url",
    [
        "", "pier.example", "//pier.example/", "http:///x", "http:/pier.example/", "ftp://pier.example/", "file:///etc/passwd", "gopher://pier.example/",
        "http://user@pier.example/", "http://user:word@pier.example/", "http://pier.example:22/", "http://pier.example:99999/", "http://pier.example:x/",
        "http://pier.example/\r\nHost: x", "http://pier.example\\@10.0.0.1/", "http://pier example/", "http://%31%32%37.0.0.1/", "http://[::1", "http://[::1]x/",
        "http://localhost/", "http://router.lan/", "http://printer.local/", "http://db/", "http://metadata.internal/", "http://1.2.3.4.5/", "http://256.1.1.1/",
        "http://0x100.2.3.4/", "http://a..example/", "http://-a.example/", "http://" + "a" * 5000 + ".example/", "javascript:alert(1)", "http://pier.example\u2028/",
    ],
)  # fmt: skip
def test_what_is_no_page_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        read_address(url)


ATTACKS = {
    "a literal": ("http://{closed}/", {}),
    "a name that leads inside": ("http://evil.test:{port}/", {"evil.test": [["127.0.0.1"]]}),
    "a name with one good and one closed address": (
        "http://evil.test:{port}/",
        {"evil.test": [["::1", "127.0.0.1"]]},
    ),
    "a name that changes between two questions": (
        "http://evil.test:{port}/",
        {"evil.test": [["93.184.216.34"], ["127.0.0.1"]]},
    ),
    "a name that leads to the metadata service": (
        "http://evil.test:{port}/",
        {"evil.test": [["169.254.169.254"]]},
    ),
    "a name that leads to IPv4 in IPv6": ("http://evil.test:{port}/", {"evil.test": [["::ffff:127.0.0.1"]]}),
    "a redirect inside": ("http://open.test:{open}/go", {"open.test": [["127.0.0.1"]]}),
    "a chain of redirects inside": (
        "http://open.test:{open}/chain",
        {"open.test": [["127.0.0.1"]], "evil.test": [["127.0.0.1"]]},
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_reaches_a_closed_address(attack: str) -> None:
    async def play() -> None:
        async with serving({"/": answer(b"secret")}) as closed, serving({}) as front:
            front.answers = {
                "/go": redirect(f"http://127.0.0.1:{closed.port}/"),
                "/chain": redirect(f"http://open.test:{front.port}/hop"),
                "/hop": redirect(f"http://evil.test:{closed.port}/"),
            }
            url, names = ATTACKS[attack]
            url = url.format(closed=f"127.0.0.1:{closed.port}", port=closed.port, open=front.port)
            async with gated(closed.port, front.port, names=names, open_ports=(front.port,)) as gate:
                with pytest.raises(GatherError):
                    await gate.fetch(url)
                assert closed.asked == []
                assert all(is_public(a) or (a, p) == (LOOPBACK, front.port) for a, p in gate.sockets.opened)

    asyncio.run(play())


def test_the_same_server_is_reached_when_it_is_open() -> None:
    async def play() -> None:
        async with (
            serving({"/": answer(b"open")}) as front,
            gated(front.port, names={"open.test": [["127.0.0.1"]]}, open_ports=(front.port,)) as gate,
        ):
            assert (await gate.fetch(f"http://open.test:{front.port}/")).body == b"open"

    asyncio.run(play())


def test_all_open_addresses_of_a_name_are_tried() -> None:
    async def play() -> None:
        async with serving({"/": answer(b"open")}) as front:
            names = {"open.test": [["10.0.0.1", "93.184.216.34", "127.0.0.1"]]}
            async with gated(front.port, names=names, open_ports=(front.port,)) as gate:
                assert (await gate.fetch(f"http://open.test:{front.port}/")).body == b"open"
                assert not any(a == "10.0.0.1" for a, _ in gate.sockets.opened)

    asyncio.run(play())


@pytest.mark.parametrize("word", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_in_the_environment_is_not_used(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(word, "http://127.0.0.1:9")
    test_the_same_server_is_reached_when_it_is_open()


def test_a_refresh_header_is_not_followed() -> None:
    async def play() -> None:
        async with serving({"/": answer(b"secret")}) as closed:
            page = answer(
                b'<meta http-equiv="refresh" content="0;url=http://127.0.0.1/">',
                Refresh=f"0;url=http://127.0.0.1:{closed.port}/",
            )
            async with (
                serving({"/": page}) as front,
                gated(
                    closed.port, front.port, names={"open.test": [["127.0.0.1"]]}, open_ports=(front.port,)
                ) as gate,
            ):
                assert (await gate.fetch(f"http://open.test:{front.port}/")).status == 200
            assert closed.asked == []

    asyncio.run(play())  # fmt: skip


@pytest.mark.shared
def test_every_spelling_of_the_shared_set(shared) -> None:
    rows = [
        json.loads(line) for line in (shared / "data/attacks/ssrf_urls.jsonl").read_text("utf-8").splitlines()
    ]

    async def play(url: str) -> list[tuple[str, int]]:
        names = {"public.test": [["93.184.216.34"]], "example.com": [["93.184.216.34"]], "router.lan": [["192.168.0.1"]]}  # fmt: skip
        async with gated(names=names) as gate:
            with pytest.raises(GatherError):
                await gate.fetch(url)
            return gate.sockets.opened

    opened = {row["url"]: asyncio.run(play(row["url"])) for row in rows}
    assert [url for url, made in opened.items() if any(not is_public(a) for a, _ in made)] == []
    assert [row["url"] for row in rows if row["must_block"] and opened[row["url"]]] == []


@pytest.mark.shared
def test_every_scenario_of_the_shared_set(shared) -> None:
    rows = [json.loads(line) for line in (shared / "data/attacks/ssrf_scenarios.jsonl").read_text("utf-8").splitlines()]  # fmt: skip
    assert [row["name"] for row in rows if _reached(row)] == []


def _reached(row) -> bool:
    """Whether the canary inside was asked: the outer site is a server on loopback that answers as the scenario says."""

    async def play() -> bool:
        async with serving({"/": answer(b"in"), "/canary": answer(b"in"), "/c": answer(b"in")}) as inside, serving({}) as front:  # fmt: skip
            front.answers = _script(row, front.port, inside.port)
            names = {
                n: ([["127.0.0.1"]] if a == [["93.184.216.34"]] else a) for n, a in row["dns_answers"].items()
            }
            async with gated(front.port, inside.port, names=names, open_ports=(front.port,)) as gate:
                for path in [*front.answers, "/"]:
                    host = next(iter(row["dns_answers"]))
                    try:
                        await gate.fetch(f"http://{host}:{front.port}{path}")
                    except GatherError:
                        continue
                return bool(inside.asked) or any(not is_public(a) and (a, p) != (LOOPBACK, front.port) for a, p in gate.sockets.opened)  # fmt: skip

    return asyncio.run(play())


def _script(row, front: int, inside: int) -> dict[str, bytes]:
    answers: dict[str, bytes] = {}
    for line in row["redirects"]:
        step = re.match(r"http://([\w.]+)(/\S*) (?:-> (\d+) (\S+)|200 Refresh: (\S+))", line)
        if step is None:
            answers["/doc"] = answer(f'<link rel="hub" href="http://127.0.0.1:{inside}/canary">'.encode())
        elif step[4]:
            target = re.sub(r"^(http://[\w.]+\.test)/", rf"\1:{front}/", step[4])
            answers[step[2]] = redirect(target, f"{step[3]} Moved")
        else:
            answers[step[2]] = answer(b"x", Refresh=step[5])
    return answers
