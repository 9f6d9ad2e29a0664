"""Which addresses the newsroom may speak to: public ones of the internet, by our own table, however they are spelt.

An address is read once, here, by one parser; what the parser and a browser might read differently is refused.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

from backread.errors import Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = frozenset({80, 443, 8080, 8443})
LONGEST = 4_000

_CLOSED_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
"""Only global unicast is open: loopback, mapped and compatible IPv4, NAT64, unique local, link-local and multicast lie outside."""
_CLOSED_6 = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
_LOCAL_NAMES = re.compile(
    r"(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|onion|arpa|invalid)$"
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")


def is_public(address: str) -> bool:
    """Whether an address, in its plain spelling, is one of the public internet. What cannot be read is not."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in _CLOSED_4)
    if found.scope_id or found not in _OPEN_6:
        return False
    return not any(found in network for network in _CLOSED_6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One address of the web, read: `host` is a name in lower-case ASCII or a plain IP, `path` is encoded and holds the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address as it is asked for."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"

    @property
    def is_literal(self) -> bool:
        """Whether the host is an IP address."""
        return ":" in self.host or _as_ipv4(self.host) is not None


def read_address(url: str, *, ports: Iterable[int] = PORTS) -> Target:
    """The address in `url`. Raises Refused for whatever is not plainly a page of the web."""
    if not isinstance(url, str) or len(url) > LONGEST:
        raise _refused(url, "An address has at most 4,000 characters.")
    if _CONTROL.search(url):
        raise _refused(url, "It holds a space, a control character or a backslash.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as err:
        raise _refused(url, "It cannot be read as an address.") from err
    if parts.scheme not in ("http", "https") or not url[len(parts.scheme) :].startswith("://"):
        raise _refused(url, "Only http:// and https:// are asked.")
    if "@" in parts.netloc:
        raise _refused(url, "It carries a user's name.")
    port = port if port is not None else (443 if parts.scheme == "https" else 80)
    if port not in set(ports):
        raise _refused(url, f"Port {port} is not one that is asked.")
    host = _host(url, parts.netloc.rpartition(":")[0] if _has_port(parts.netloc) else parts.netloc)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]|{}^')}" if parts.query else ""
    return Target(scheme=parts.scheme, host=host, port=port, path=path + query)


def next_address(here: Target, location: str, *, ports: Iterable[int] = PORTS) -> Target:
    """Where a redirect leads. Raises Refused; also for a step from https down to http."""
    try:
        joined = urljoin(here.url, location.strip(" \t"))
    except ValueError as err:
        raise _refused(location, "The redirect cannot be read as an address.") from err
    target = read_address(joined.partition("#")[0], ports=ports)
    if here.scheme == "https" and target.scheme == "http":
        raise _refused(target.url, "The redirect leads from https to http.")
    return target


def _has_port(netloc: str) -> bool:
    return bool(re.search(r":\d*$", netloc)) and not netloc.endswith("]")


def _host(url: str, written: str) -> str:
    if written.startswith("["):
        return _ipv6(url, written)
    if not written or "%" in written or any(c in written for c in "[]:"):
        raise _refused(url, "Its host cannot be read.")
    try:
        host = idna.encode(written.rstrip("."), uts46=True, transitional=False).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as err:
        host = written.rstrip(".").lower()
        if not host.isascii():
            raise _refused(url, "Its host is not a name that the web knows.") from err
    host = host.rstrip(".")
    return _named_or_ipv4(url, host)


def _named_or_ipv4(url: str, host: str) -> str:
    if _NUMERIC.fullmatch(host.rpartition(".")[2]):
        literal = _as_ipv4(host)
        if literal is None:
            raise _refused(url, "Its host is a number that is no address.")
        return str(literal)
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused(url, "Its host is not a name that the web knows.")
    if len(labels) < 2 or _LOCAL_NAMES.search(host):
        raise _refused(url, "It is a name of a local network.")
    return host


def _ipv6(url: str, written: str) -> str:
    try:
        literal = ipaddress.IPv6Address(written[1 : written.index("]")])
    except ValueError as err:
        raise _refused(url, "Its host cannot be read.") from err
    if not written.endswith("]"):
        raise _refused(url, "Its host cannot be read.")
    return str(literal)


def _as_ipv4(host: str) -> ipaddress.IPv4Address | None:
    """IPv4 as browsers read it: one to four parts, each decimal, octal or hexadecimal; None when it is none."""
    parts = host.split(".")
    if not 1 <= len(parts) <= 4 or not all(_NUMERIC.fullmatch(part) for part in parts):
        return None
    try:
        numbers = [_number(part) for part in parts]
    except ValueError:
        return None
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        return None
    value = numbers[-1] + sum(number << (8 * (3 - n)) for n, number in enumerate(numbers[:-1]))
    return ipaddress.IPv4Address(value)


def _number(part: str) -> int:
    if part.lower().startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if len(part) > 1 and part.startswith("0") else int(part)


def _refused(url: object, why: str) -> Refused:
    return Refused(repr(url)[1:-1][:120] or "the address", step="ask for it", hint=why)
