"""A site's rules for robots (RFC 9309): whose rules hold, what is allowed, how long to rest between two requests.

The library that reads the rules compares agents by the words before the first space; the standard says product
token. So each rule's agent is cut to its token before the library sees it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from protego import Protego

PRODUCT = "backread"
MOST_BYTES = 500 * 1024
LONGEST_REST = 30.0

_AGENT = re.compile(r"(?i)^\s*user-?\s?agent\s*[:=]?\s*(.*)$")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_KNOWN = re.compile(r"(?i)^\s*(?:user-?\s?agent|allow|disallow|dissallow|dissalow|disalow|diasllow|disallaw|sitemap|site-map|crawl-?delay)\b")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site's file says to `PRODUCT`."""

    parsed: Protego | None
    agent: str = PRODUCT
    closed: bool = False

    def allows(self, url: str) -> bool:
        """Whether `url` may be asked for."""
        if self.closed:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(_plainly_encoded(url), self.agent))

    @property
    def rest(self) -> float:
        """Seconds to rest between two requests, 0 where none is asked for; at most LONGEST_REST."""
        asked = self.parsed.crawl_delay(self.agent) if self.parsed else None
        return min(float(asked or 0), LONGEST_REST)


EVERYTHING, NOTHING = Rules(None), Rules(None, closed=True)


def read_rules(body: bytes, *, agent: str = PRODUCT) -> Rules:
    """The rules in a file's first 500 KiB."""
    text = body[:MOST_BYTES].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    product = _TOKEN.match(agent)
    token = product[0].lower() if product else agent
    lines = [_line(line) for line in re.split(r"\r\n|\r|\n", text.replace("\x00", ""))]
    return Rules(Protego.parse("\n".join(line for line in lines if line is not None)), token)


def _line(line: str) -> str | None:
    """A line as the library should see it; None for lines that are no rule and must not end a group."""
    bare = line.partition("#")[0][:20_000]
    named = _AGENT.match(bare)
    if named:
        return f"User-agent: {_token(named[1])}"
    if not _KNOWN.match(bare):
        return None
    name, colon, path = bare.partition(":")
    if colon and "allow" in name.lower():
        return f"{name}: {_plainly_encoded(path.strip())}"
    return bare


def _token(written: str) -> str:
    value = written.strip()
    if value.startswith("*") and (len(value) == 1 or value[1].isspace()):
        return "*"
    product = _TOKEN.match(value)
    return product[0].lower() if product else "-"


def _plainly_encoded(path: str) -> str:
    """Octets that need no encoding unencoded, all others encoded: two spellings of one path are one."""
    kept = re.sub(
        r"%([0-9A-Fa-f]{2})",
        lambda m: chr(int(m[1], 16)) if re.match(r"[A-Za-z0-9._~-]", chr(int(m[1], 16))) else m[0].upper(),
        path,
    )
    return quote(kept, safe="%/:?#[]@!$&'()*+,;=~-._") if not kept.isascii() else kept
