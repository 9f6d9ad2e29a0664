"""What the outlet says of a person, their name and roles, signed with its attestation key and read from the ledger.

A row, or an entry that nobody signed, makes nobody an editor: whoever writes the database can write both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backread.ledger.entry import ActName
from backread.ledger.keys import Registry
from backread.ports import Signer
from backread.values.canonical import canonical_bytes
from backread.values.person import Person, Role
from backread.values.publication import Entry, utc
from newsroom.ledger.actions import moment, record
from newsroom.ledger.models import LedgerEntry
from newsroom.trust import keys

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What an outlet says of a person from `at` on: under which name, and with which roles, in their order."""

    outlet: str
    person: str
    name: str
    roles: tuple[Role, ...]
    at: datetime

    def signed(self, key: str) -> bytes:
        """What is signed. The time in it keeps an older statement from being entered again, the outlet another's."""
        return canonical_bytes(
            {
                "act": "role", "at": utc(self.at), "id": self.outlet, "key": key, "name": self.name,
                "person": self.person, "roles": [str(role) for role in self.roles],
            }
        )  # fmt: skip

    def known(self) -> Person:
        """The person as the engine knows them."""
        return Person(id=self.person, name=self.name, roles=frozenset(self.roles))


def state_of(
    *, outlet: str, person: str, name: str, roles: Iterable[str], signer: Signer, by: str, now: datetime
) -> None:
    """Sign what the outlet says of a person from now on, and enter it, inside the caller's transaction."""
    held = tuple(map(Role, roles))
    at = moment(outlet, now)
    # Two of one person at one moment could change places: each is later than the one before.
    while any(entry.at == at and entry.body.get("person") == person for entry in _entries(outlet)):
        at += timedelta(microseconds=1)
    post = Post(outlet=outlet, person=person, name=name, roles=held, at=at)
    body = {
        "key": signer.key, "name": name, "person": person, "role": str(held[0]) if held else "",
        "roles": [str(role) for role in held], "signature": signer(post.signed(signer.key)),
    }  # fmt: skip
    record(outlet=outlet, at=post.at, actor=by, act=ActName.ROLE, body=body)


def posts(outlet: str, registry: Registry) -> tuple[Post, ...]:
    """What was said of everybody and signed, the oldest first. An entry that is dated before a signed one that it follows,
    or not after the one before on the same person, says nothing: no key that was replaced and no old entry put at the
    end takes anything back."""
    found: list[Post] = []
    last: dict[str, datetime] = {}
    for entry in _entries(outlet):
        post = _post(entry, outlet, registry)
        if post is None or (found and post.at < found[-1].at) or post.at <= last.get(post.person, _NEVER):
            continue
        found.append(post)
        last[post.person] = post.at
    return tuple(found)


def _entries(outlet: str) -> Iterator[Entry]:
    """The entries of an act on somebody's role, the oldest first; one that cannot be read says nothing."""
    for row in LedgerEntry.objects.filter(outlet=outlet, act=str(ActName.ROLE)).order_by("seq").iterator():
        # Text instead of bytes: an entry that was changed by hand.
        content = row.content.encode() if isinstance(row.content, str) else bytes(row.content)
        with suppress(KeyError, TypeError, ValueError):
            yield Entry.parse(content)


def _post(entry: Entry, outlet: str, registry: Registry) -> Post | None:
    """What an entry says of a person, where a key of the outlet of that time signed it; None else."""
    try:
        told, roles = entry.body, entry.body["roles"]
        person, name, key, signature = (told[field] for field in ("person", "name", "key", "signature"))
        if not isinstance(roles, list):
            return None
        held = tuple(Role(role) for role in roles)
    except (KeyError, TypeError, ValueError):
        return None
    if entry.act != ActName.ROLE or not all(isinstance(s, str) for s in (person, name, key, signature)):
        return None
    post = Post(outlet=outlet, person=str(person), name=str(name), roles=held, at=entry.at)
    return post if registry.attests(str(key), entry.at, post.signed(str(key)), str(signature)) else None


def now_at(outlet: str, home: Path) -> Mapping[str, Post]:
    """The last that was signed of everybody, by username."""
    return {post.person: post for post in posts(outlet, keys(outlet, home))}
