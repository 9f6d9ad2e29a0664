"""An archive of published stories made for measuring: real captures, drafts, approvals, ledger entries, in a folder of its own.

Nothing is faked but the world: the documents are made by rule (as the engine's bench makes them), answered by a web in
memory, and every story goes through the acts that a newsroom's stories go through.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from backread.adapters.signing import FileSigner
from backread.archive.blobs import FolderBlobs
from backread.bench.speed import sources
from backread.errors import Unreachable
from backread.ledger.keys import KeyRole
from backread.ports import Fetched
from backread.review.statement import Record, Used, signed_clauses
from backread.values.canonical import canonical_digest
from backread.values.capture import Capture
from backread.values.draft import Drafter, Hand
from backread.values.person import Person, Role
from backread.values.story import BlockKind, Citation, Origin, Words
from backread.values.story import Story as Told
from backread.values.words import Copy

SENTENCES = 17
"""So many sentences has a made story, as the product's clean one."""
A_DAY = 10
"""So many stories come out a day."""
BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)
EDITOR = Person(id="ann", name="Ann Orde", roles=frozenset({Role.EDITOR}))
PLAN: dict[str, Any] = {
    "outlet": {"id": "tide", "name": "The Tide", "responsible": "Ann Orde", "timezone": "UTC", "place": "Tern"},
    "person": [{"username": "ann", "name": "Ann Orde", "role": "editor"}],
    "source": [
        {
            "id": capture.source, "name": capture.source_name, "kind": "page", "url": capture.url, "terms": "public record",
            "genre": "minutes", "every_minutes": 60, "promise_hours": 24,
        }
        for capture in sources()
    ],
}  # fmt: skip


def web(url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
    """The made documents as pages. Raises Unreachable for anything else."""
    for capture in sources():
        if capture.url == url:
            body = f"<html><head><title>{capture.source_name}</title></head><body><main>{_paragraphs(capture.text)}</main></body></html>"
            headers = {"content-type": "text/html; charset=utf-8"}
            return Fetched(
                url=url, status=200, body=body.encode(), media_type="text/html", headers=headers, taken=BEGAN
            )
    raise Unreachable(url, step="fetch it from the made web", hint="It has no such page.")


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.split("\n"))


class Archive:
    """A newsroom with an archive that grows. Django is set up on its folder before one is made."""

    def __init__(self, home: Path) -> None:
        """Tables, outlet, keys and gathered captures at `home`."""
        from newsroom import setup
        from newsroom.accounts.models import Outlet
        from newsroom.store import DjangoStore

        self.home = home
        setup.database(home)
        setup.outlet(home, PLAN, area="", now=BEGAN - timedelta(days=1))
        self.outlet = Outlet.objects.get(pk="tide")
        self.store = DjangoStore(self.outlet, blobs=FolderBlobs(home / "captures"), fetch=web, area=None)
        self.count = 0
        for source in self.store.sources_due(BEGAN):
            self.store.gather(source, BEGAN)
        self.captures = self.store.captures()

    @property
    def now(self) -> datetime:
        """When the next story comes out."""
        return BEGAN + timedelta(days=1, minutes=self.count * 24 * 60 // A_DAY)

    def grow(self, stories: int, told: Callable[[int, int], None] = lambda done, of: None) -> None:
        """Publish so many more stories; the site is not built. `told` hears how many are done, of how many."""
        for number in range(1, stories + 1):
            self.publish()
            told(number, stories)

    def publish(self) -> str:
        """Draft, freeze, approve and publish one story; its slug."""
        from newsroom.stories import actions, models
        from newsroom.stories.plain import drafter_to_plain, story_to_plain

        slug, now, words = f"made-story-{self.count}", self.now, self._words()
        drafter = Drafter(hand=Hand.RULE_PROSE, name="rule")
        row = models.Story.objects.create(
            outlet=self.outlet, slug=slug, title=words.sentences[0].text[:300], made=now, state="published"
        )
        cited = self._cited(words)
        models.Draft.objects.create(
            story=row, number=1, told=story_to_plain(words), captures=[c.id for c in cited], at=now,
            drafter=drafter_to_plain(drafter),
        )  # fmt: skip
        version = actions.freeze_version(
            outlet=self.outlet.pk, story=slug, copy=Copy(story=words), clauses=self._clauses(words, cited, drafter),
            drafter=drafter.name, now=now,
        )  # fmt: skip
        nothing = canonical_digest([])
        approval = actions.approve(
            version=version, person=EDITOR, signer=FileSigner.at(self.home, KeyRole.ATTESTATION), needed=1,
            evidence_root=_root(cited), checks_digest=nothing, decisions_digest=nothing, reviewed=False, now=now,
        )  # fmt: skip
        actions.publish(approval=approval, by=EDITOR.id, now=now)
        self.count += 1
        return slug

    def _words(self) -> Told:
        """A story of sentences of the captures, each word for word and cited; the same number gives the same story."""
        chance = random.Random(self.count)  # noqa: S311 - a fixed choice, not a secret
        told = []
        for capture in chance.sample(self.captures, 3) * (SENTENCES // 3 + 1):
            line = chance.choice([line for line in capture.text.split("\n") if len(line) > 40])
            passage = capture.passage(start := capture.text.index(line), start + len(line))
            told.append(Words(text=line, citations=(Citation(passage=passage, origin=Origin.DRAFTER),)))
        told = list({words.text: words for words in told}.values())[:SENTENCES]
        body = [(BlockKind.PARAGRAPH, told[at : at + 3]) for at in range(1, len(told), 3)]
        return Told.of([(BlockKind.HEADLINE, told[:1]), *body], date=self.now.date())

    def _cited(self, words: Told) -> tuple[Capture, ...]:
        used = {p.capture for s in words.sentences for p in s.passages}
        return tuple(c for c in self.captures if c.id in used)

    def _clauses(self, words: Told, cited: tuple[Capture, ...], drafter: Drafter) -> Any:
        texts = tuple(s.text for s in words.sentences)
        used = tuple(Used(capture=c.id, name=c.source_name, cited=True) for c in cited)
        return signed_clauses(
            Record(outlet=self.outlet.name, drafting=(drafter,), sources=used, first=texts, final=texts)
        )


def _root(cited: tuple[Capture, ...]) -> Any:
    from backread.ledger.receipt import Kept, evidence_root

    return evidence_root(map(Kept.of, cited))
