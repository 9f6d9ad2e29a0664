"""Everything the builder needs for one publication, as one frozen value. The builder sees nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from backread.ledger.keys import Registry
from backread.ledger.receipt import Receipt, Shown
from backread.values.canonical import Digest
from backread.values.capture import Passage
from backread.values.finding import Basis
from backread.values.publication import Approval, Publication, Version, Withdrawal
from backread.values.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes. `address` is the site's base URL without a slash at the end; `responsible` a person's name.

    `report` is where errors are told: an https form's address or a mail address. `about` is the outlet's own
    text, paragraph by paragraph. `topics` maps a topic's slug to its name, in the order of the section bar.
    """

    id: str
    name: str
    address: str
    responsible: str
    place: str = ""
    timezone: str = "UTC"
    report: str = ""
    about: tuple[str, ...] = ()
    topics: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"

    def __post_init__(self) -> None:
        object.__setattr__(self, "topics", MappingProxyType(dict(self.topics)))

    @property
    def zone(self) -> ZoneInfo:
        """The outlet's time zone."""
        return ZoneInfo(self.timezone)


class Standing(StrEnum):
    """The one state a published sentence is in."""

    PROVEN = "proven"
    TAKEN_OVER = "taken over"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A cited passage as readers may see it; `before` and `after` are the words around it in the capture.

    What the source's terms do not allow is cut by the builder, whatever stands here.
    """

    passage: Passage
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one sentence of the copy rests on. `by_name`, `reason` say who took it over or overrode it, and why.

    `erased`: a copy it rests on was removed by a recorded erasure; passages of that one are not among the excerpts.
    """

    sentence: int
    standing: Standing
    basis: Basis = Basis.NONE
    excerpts: tuple[Excerpt, ...] = ()
    by_name: str = ""
    reason: str = ""
    erased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A publication of the same story that readers saw before the current one."""

    version: int
    digest: Digest
    published: datetime
    correction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A publication that a later one superseded, with what proves it: the approvals of its words, and its withdrawal where it
    was cancelled before anybody saw it, or withdrawn after."""

    publication: Publication
    approvals: tuple[Approval, ...] = ()
    cancelled: Withdrawal | None = None
    withdrawn: Withdrawal | None = None


def seen(past: Iterable[Past], current: Publication) -> tuple[Earlier, ...]:
    """What readers saw before `current`, the oldest first: neither what was cancelled, nor what a later one came before."""
    found: list[Earlier] = []
    first = current.not_before
    for made in (p.publication for p in reversed(tuple(past)) if p.cancelled is None):
        if made.not_before < first:
            first = made.not_before
            found.append(Earlier(version=made.version, digest=made.digest, published=made.not_before, correction=made.correction))  # fmt: skip
    return tuple(reversed(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """The current publication of one story, with what proves it and what came before.

    `slug` names its address below the site's base and never changes: it is the story's name, which is signed. `contents` holds the bytes of each part
    of the version; a part that was erased is missing. `entries` are the ledger entries (bytes) of the
    approvals, the publication, its withdrawal, and of erasures of its words. `first_published` is when the story first came out. `statement` is what
    review.statement.printed computed. `sources` are what the words rest on, each as it was signed. `decided` is what the approval signed of the decisions on its sentences. `past` is every publication before this, from the oldest on.
    """

    slug: str
    topic: str
    version: Version
    contents: Mapping[str, bytes]
    approvals: tuple[Approval, ...]
    publication: Publication
    entries: tuple[bytes, ...]
    statement: Statement
    evidence: tuple[Evidence, ...]
    decided: bytes
    sources: tuple[Shown, ...]
    receipt: Receipt
    first_published: datetime
    withdrawal: Withdrawal | None = None
    past: tuple[Past, ...] = ()
    media: Mapping[Digest, bytes] = field(default_factory=dict)
    """Picture files by digest."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "contents", MappingProxyType(dict(self.contents)))
        object.__setattr__(self, "media", MappingProxyType(dict(self.media)))

    @property
    def story(self) -> str:
        """The story's id."""
        return self.version.story

    @property
    def earlier(self) -> tuple[Earlier, ...]:
        """What readers saw before, the oldest first."""
        return seen(self.past, self.publication)

    @property
    def modified(self) -> datetime:
        """When these words came out."""
        return self.publication.not_before

    @property
    def path(self) -> str:
        """The page's address below the base, with a slash at the end; it does not change with the words."""
        return f"{self.first_published:%Y/%m}/{self.slug}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What the builder holds a record against: the outlet's key history, from the newsroom and not from the record.

    `seal` is a secret that lies with the private keys: what the builder remembers of its own work is sealed with it.
    Without one (empty) nothing is remembered, and every build makes everything anew.
    """

    outlet: Outlet
    keys: Registry
    origin: str
    seal: bytes = b""
