"""What the engine needs from the world, as small interfaces. `adapters` and `newsroom` make them real.

Clock, network, storage, language models and judges are always arguments, so that a test can hand in its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backread.values.canonical import Digest
from backread.values.capture import Passage

Clock = Callable[[], datetime]
"""Answers with the current moment, with a time zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came back from one fetch, after redirects and decoding.

    `status` 304 has an empty body and keeps the validators. `headers` have lower-case names. `raw_headers`
    are name and value pairs as received, for the archive.
    """

    url: str
    status: int
    body: bytes
    media_type: str
    headers: Mapping[str, str]
    taken: datetime
    etag: str = ""
    last_modified: str = ""


class Fetch(Protocol):
    """The outbound gate. Raises `Refused` or `Unreachable`, never returns a half answer."""

    def __call__(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched: ...


class Blobs(Protocol):
    """Write-once bytes addressed by their SHA-256."""

    def put(self, content: bytes) -> Digest:
        """Keep `content`; the same bytes twice are kept once."""

    def get(self, digest: Digest) -> bytes:
        """The bytes, their digest checked. Raises ArchiveError when missing or changed."""

    def has(self, digest: Digest) -> bool:
        """Whether they are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent to a language model: exactly this, nothing beside it."""

    system: str
    user: str
    schema: Mapping[str, object]
    temperature_percent: int = 0
    max_tokens: int = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a language model answered. `language_model` is the name the endpoint gave."""

    text: str
    language_model: str
    replayed: bool = False


class LanguageModel(Protocol):
    """Answers a request. Raises DraftError when it does not answer within its limits."""

    def __call__(self, request: Request) -> Reply: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How probable it is that the evidence says the claim (0 to 1), and the words of the claim it does not cover.

    `doubt` is how probable it is that the claim's worst word is at fault; 0 where the verifier does not look at words.
    """

    probability: float
    doubt: float = 0.0
    uncovered: tuple[tuple[int, int], ...] = ()


class Verifier(Protocol):
    """Judges whether passages say a claim. `name` and `version` go into the report and the cache key."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def __call__(self, claims: Sequence[str], evidence: Sequence[Sequence[str]]) -> Sequence[Verdict]: ...


class Search(Protocol):
    """Proposes passages; it never decides."""

    def __call__(self, query: str, *, limit: int = 10) -> Sequence[Passage]: ...


class Signer(Protocol):
    """Signs bytes with one Ed25519 key. `key` is its id: the base64 of the public key."""

    key: str

    def __call__(self, content: bytes) -> str:
        """The signature, base64."""
