"""The stages over rows: what is due, and one step of it. Every step is idempotent and one transaction.

A killed process loses nothing: what is due follows from the rows, and a step done twice changes nothing.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from backread.archive.plain import from_plain, to_plain
from backread.archive.warc import record_bytes
from backread.check.cache import MemoryCache
from backread.check.engine import check_story
from backread.draft import either, prose
from backread.errors import BackreadError
from backread.gather import read_safely
from backread.gather.reading import Reading
from backread.group.dossiers import assign, worth_a_story
from backread.ledger.entry import ActName
from backread.ports import Blobs, Fetch, LanguageModel, Request, Verifier
from backread.values.area import Area
from backread.values.canonical import Digest, canonical_digest
from backread.values.capture import Capture, CaptureId, Passage
from backread.values.dossier import Dossier, Likeness, Link, Reason
from backread.values.draft import Draft
from backread.values.publication import utc
from backread.values.report import Report
from backread.values.source import Terms
from backread.values.story import BlockKind, Story
from newsroom.accounts.models import Membership, Outlet
from newsroom.jobs.models import MOST_TRIES, Attempt
from newsroom.ledger.actions import record, root_of
from newsroom.sources.models import Capture as CaptureRow
from newsroom.sources.models import Source
from newsroom.stories import models as stories
from newsroom.stories.plain import drafter_to_plain, drafting_body, story_from_plain, story_to_plain

NOT_CHANGED = 304
MOST_LISTED = 500
"""So many captures of one look are named in its ledger entry; of more, only their number and their Merkle root."""
_MOST_SLUG = 70
WAIT = timedelta(minutes=5)
"""How long a step that failed rests; it doubles with each try."""


class DjangoStore:
    """`pipeline.Store` over the newsroom's rows, for one outlet."""

    def __init__(
        self,
        outlet: Outlet,
        *,
        blobs: Blobs,
        fetch: Fetch,
        area: Area | None,
        language_model: LanguageModel | None = None,
        verifier: Verifier | None = None,
    ) -> None:
        self._outlet, self._blobs, self._fetch, self._area = outlet, blobs, fetch, area
        self._language_model, self._verifier = language_model, verifier
        self._cache = MemoryCache()

    # gather

    def sources_due(self, now: datetime) -> Iterable[str]:
        """Sources never looked at, or whose next look has come."""
        rows = Source.objects.filter(outlet=self._outlet).order_by("slug")
        return [
            s.slug
            for s in rows
            if (s.next_look is None or s.next_look <= now) and self._may("gather", s.slug, now)
        ]

    def gather(self, source: str, now: datetime) -> None:
        """Look at one source and the pages it points at; keep what was seen."""
        row = Source.objects.get(outlet=self._outlet, slug=source)
        captures, trouble = self._look(row)
        with transaction.atomic():
            new = [capture for capture, kept in captures if self._keep(capture, kept, now)]
            row.last_seen = now
            row.last_changed = now if new else row.last_changed
            row.trouble = trouble
            row.next_look = now + timedelta(minutes=row.every_minutes)
            row.save()
            if new:
                ids = sorted(c.id for c in new)
                body = {"count": len(ids), "root": root_of(id_.encode() for id_ in ids), "source": source}
                listed = {"captures": ids} if len(ids) <= MOST_LISTED else {}
                record(
                    outlet=self._outlet.pk, at=now, actor="gather", act=ActName.CAPTURES, body=body | listed
                )

    def _look(self, row: Source) -> tuple[list[tuple[Capture, Digest]], str]:
        """The captures of one look, each with the blob of its WARC record, and what stood in the way in words. Notes on `row` what the next look may ask with."""
        source = row.value()
        trouble: list[str] = []
        captures: list[tuple[Capture, Digest]] = []
        urls, seen = [row.address], set[str]()
        while urls:
            url = urls.pop(0)
            if url in seen:
                continue
            seen.add(url)
            first = url == row.address
            asked = {"etag": row.etag, "last_modified": row.last_modified} if first else {}
            try:
                fetched = self._fetch(url, **asked)
            except BackreadError as err:
                trouble.append(str(err))
                continue
            if fetched.status == NOT_CHANGED:
                continue
            reading = read_safely(source, fetched)
            # What was seen before has its record; what was erased must not come back in one.
            record_digest = self._blobs.put(record_bytes(fetched)) if self._is_new(reading) else Digest("")
            if first and not reading.refusal:
                # Only what could be read may answer "not changed" next time; trouble is looked at again.
                row.etag, row.last_modified = fetched.etag[:300], fetched.last_modified[:100]
            captures += [(capture, record_digest) for capture in reading.captures]
            trouble += [reading.refusal] if reading.refusal else []
            urls += [f.url for f in reading.follow] if first else []
        return captures, " ".join(trouble)

    def _is_new(self, reading: Reading) -> bool:
        ids = {capture.id for capture in reading.captures}
        known = CaptureRow.objects.filter(outlet=self._outlet, capture__in=ids).count()
        return not ids or known < len(ids)

    def _keep(self, capture: Capture, record_digest: Digest, now: datetime) -> bool:
        """Keep a capture's text and metadata; False when exactly this was seen before."""
        known = CaptureRow.objects.filter(outlet=self._outlet, capture=capture.id)
        if known.update(seen_again=now):
            return False
        text = self._blobs.put(capture.text.encode())
        CaptureRow.objects.create(
            outlet=self._outlet, capture=capture.id, source=capture.source, url=capture.url[:2000], taken=capture.taken,
            record=record_digest, text=text, told=to_plain(capture),
        )  # fmt: skip
        return True

    def captures(self, ids: Sequence[str] | None = None) -> tuple[Capture, ...]:
        """Captures with their text, read again from the archive; all of the outlet's without `ids`. Not those that were erased."""
        rows = CaptureRow.objects.filter(outlet=self._outlet).exclude(text="").order_by("pk")
        wanted = rows if ids is None else rows.filter(capture__in=list(ids))
        return tuple(from_plain(row.told, self._blobs.get(Digest(row.text)).decode()) for row in wanted)

    # group

    def captures_due(self, now: datetime) -> Iterable[str]:
        """One batch, when there are captures that no dossier has taken in."""
        waits = CaptureRow.objects.filter(outlet=self._outlet, grouped=False).exists()
        return ["new captures"] if waits and self._may("group", "new captures", now) else []

    def group(self, batch: str, now: datetime) -> None:
        """Put all captures into dossiers; those that there are keep their ids."""
        # The outlet's own notes belong to their story and to no dossier.
        held = tuple(c for c in self.captures() if c.terms is not Terms.OWN)
        before = tuple(
            dossier_from_plain(d.told) for d in stories.Dossier.objects.filter(outlet=self._outlet)
        )
        with transaction.atomic():
            for dossier in assign(held, before, self._area):
                worth, why = worth_a_story(dossier, held)
                stories.Dossier.objects.update_or_create(
                    outlet=self._outlet,
                    dossier=dossier.id,
                    defaults={"told": dossier_to_plain(dossier), "worth": worth, "why": why},
                )
            CaptureRow.objects.filter(outlet=self._outlet, capture__in=[c.id for c in held]).update(
                grouped=True
            )

    # draft

    def dossiers_due(self, now: datetime) -> Iterable[str]:
        """Dossiers worth a story whose captures were never drafted from."""
        rows = stories.Dossier.objects.filter(outlet=self._outlet, worth=True, set_aside=False).order_by("pk")
        return [
            d.dossier for d in rows if d.drafted_from != _inputs(d.told) and not self._is_started(d.dossier) and self._may("draft", d.dossier, now)
        ]  # fmt: skip

    def draft(self, dossier: str, now: datetime) -> None:
        """Draft one dossier into a story at the desk."""
        row = stories.Dossier.objects.get(outlet=self._outlet, dossier=dossier)
        told = dossier_from_plain(row.told)
        made = self._drafted(told, now)
        with transaction.atomic():
            row.drafted_from = _inputs(row.told)
            row.save()
            if self._is_started(dossier):
                return
            headline = headline_of(made.story, told.title)
            story = stories.Story.objects.create(
                outlet=self._outlet,
                slug=slug_of(headline, dossier),
                title=headline[:300],
                dossier=dossier,
                made=now,
            )
            told_ = story_to_plain(made.story)
            stories.Draft.objects.create(
                story=story, number=1, told=told_, drafter=drafter_to_plain(made.drafter),
                captures=list(made.captures), left_out=list(made.left_out), at=now,
            )  # fmt: skip
            body = drafting_body(made.drafter, told_) | {"story": story.slug}
            record(outlet=self._outlet.pk, at=now, actor=made.drafter.name, act=ActName.DRAFT, body=body)

    def _drafted(self, dossier: Dossier, now: datetime) -> Draft:
        captures = self.captures(dossier.captures)
        return either.draft(
            dossier, captures, language_model=self._language_model, area=self._area, on=self._day(now), outlet=(self._outlet.name,)
        )  # fmt: skip

    def asked(self, dossier: str, now: datetime) -> Request:
        """The request that drafting this dossier now would send first. Raises DraftError when nothing may be sent."""
        told = dossier_from_plain(stories.Dossier.objects.get(outlet=self._outlet, dossier=dossier).told)
        captures = self.captures(told.captures)
        return prose.asked_of(told, captures, area=self._area, on=self._day(now), outlet=(self._outlet.name,)).request  # fmt: skip

    def _day(self, now: datetime) -> date:
        return now.astimezone(self._area.zone).date() if self._area else now.date()

    def _is_started(self, dossier: str) -> bool:
        return stories.Story.objects.filter(outlet=self._outlet, dossier=dossier).exists()

    # check

    def checks_due(self, now: datetime) -> Iterable[str]:
        """Stories whose newest draft has not been checked."""
        rows = stories.Story.objects.filter(outlet=self._outlet).order_by("pk")
        return [s.slug for s in rows if s.checked != f"{s.head.number}" and self._may("check", s.slug, now)]

    def check(self, story: str, now: datetime) -> None:
        """Check a story's newest draft, and note how many sentences are open."""
        row = stories.Story.objects.get(outlet=self._outlet, slug=story)
        report = self.report(row)
        row.checked, row.open_count = f"{row.head.number}", len(report.open)
        row.save()

    def report(self, story: stories.Story) -> Report:
        """The report on a story's newest draft."""
        return self.report_of(story.head)

    def report_of(self, draft: stories.Draft) -> Report:
        """The report on one draft, which may not be the newest."""
        return self._checked(story_from_plain(draft.told), draft.captures)

    def report_on(self, story: Story) -> Report:
        """The report on words that were published, against the captures they cite."""
        cited = dict.fromkeys(p.capture for s in story.sentences for p in s.passages)
        return self._checked(story, list(cited))

    def _checked(self, story: Story, captures: Sequence[str]) -> Report:
        return check_story(
            story, self.captures(captures), area=self._area, outlet=self._known(), cache=self._cache, verifier=self._verifier,
        )  # fmt: skip

    def _known(self) -> tuple[str, ...]:
        """Who may stand over a story: the outlet and everybody who is or was at it; a story outlives a contract."""
        people = Membership.objects.filter(outlet=self._outlet).values_list("person__name", flat=True)
        return (self._outlet.name, *sorted(people))

    # publish

    def publications_due(self, now: datetime) -> Iterable[str]:
        """Scheduled stories whose time has come, and whose files wait for nothing else."""
        rows = stories.Story.objects.filter(outlet=self._outlet, state="scheduled").order_by("pk")
        return [s.slug for s in rows if self._is_out(s.slug, now) and self._may("publish", s.slug, now)]

    def publish(self, publication: str, now: datetime) -> None:
        """Build the site, in which the story is due now; only then is it called published."""
        from newsroom import press

        built = press.site(store=self, outlet=self._outlet, home=settings.HOME, now=now)
        for err in built.refused:
            # Another story that is refused is told of where it is looked at; it holds this one up no longer.
            if err.thing == f"story {publication}":
                raise err
        stories.Story.objects.filter(outlet=self._outlet, slug=publication).update(state="published")

    def look_again(self, now: datetime) -> tuple[BackreadError, ...]:
        """Verify the next of the stories that stand again, where that is due; those that do not hold any more."""
        from newsroom import press

        built = press.look_again(store=self, outlet=self._outlet, home=settings.HOME, now=now)
        return built.refused if built else ()

    def _is_out(self, story: str, now: datetime) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM gate_publication p WHERE outlet = %s AND story = %s AND not_before <= %s"
                " AND NOT EXISTS (SELECT 1 FROM gate_publication q WHERE q.supersedes = p.id)"
                " AND NOT EXISTS (SELECT 1 FROM gate_withdrawal w WHERE w.publication = p.id)",
                [self._outlet.pk, story, utc(now)],
            )
            return cursor.fetchone() is not None

    # attempts

    def _may(self, kind: str, subject: str, now: datetime) -> bool:
        row = Attempt.objects.filter(outlet=self._outlet.pk, kind=kind, subject=subject).first()
        return row is None or (row.tries < MOST_TRIES and (row.not_before is None or row.not_before <= now))

    def failed(self, kind: str, subject: str, err: Exception, now: datetime) -> None:
        """Note a try that failed; after five it waits for a person."""
        row, _ = Attempt.objects.get_or_create(outlet=self._outlet.pk, kind=kind, subject=subject)
        row.tries += 1
        row.not_before = now + WAIT * 2 ** (row.tries - 1)
        row.last_error = str(err)[:2000]
        row.save()


def headline_of(story: Story, otherwise: str) -> str:
    """What a new story is called: its own headline, for a document's title ("School District") names no story."""
    block = next((b for b in story.blocks if b.kind is BlockKind.HEADLINE), None)
    return (story.text[block.start : block.end].strip() if block else "") or otherwise


def slug_of(title: str, dossier: str) -> str:
    """A story's address: the title's words, and four digits of the dossier so that two alike do not meet."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    # Cut between words where there are several; one that is longer than an address may be is cut anywhere.
    words = (
        words
        if len(words) <= _MOST_SLUG
        else words[: _MOST_SLUG + 1].rpartition("-")[0] or words[:_MOST_SLUG]
    )
    return f"{words or 'story'}-{zlib.crc32(dossier.encode()) % 10_000:04}"


def dossier_to_plain(dossier: Dossier) -> dict[str, Any]:
    """A dossier as JSON."""
    return asdict(dossier) | {
        "links": [asdict(link) | {"likeness": str(link.likeness)} for link in dossier.links]
    }


def dossier_from_plain(told: dict[str, Any]) -> Dossier:
    """The dossier again."""
    return Dossier(
        id=told["id"],
        title=told["title"],
        captures=tuple(CaptureId(c) for c in told["captures"]),
        links=tuple(Link(**{**link, "likeness": Likeness(link["likeness"])}) for link in told["links"]),
        local=tuple(map(_reason, told["local"])),
        news=tuple(map(_reason, told["news"])),
        value=told["value"],
    )


def _reason(told: dict[str, Any]) -> Reason:
    return Reason(words=told["words"], passages=tuple(Passage(**p) for p in told["passages"]))


def _inputs(told: dict[str, Any]) -> str:
    return canonical_digest(sorted(told["captures"]))
