"""What is on record: sources with their health, the ledger, the numbers."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from backread.ledger.entry import ActName
from backread.values.publication import Entry
from newsroom.desk.asked import End, questions
from newsroom.desk.case import people_of
from newsroom.desk.pages.record import Asked, Health, ledger_page, numbers_page, sources_page
from newsroom.desk.views.here import Here, number_of
from newsroom.jobs.models import Attempt
from newsroom.ledger.models import LedgerEntry
from newsroom.sources.models import Capture, Source
from newsroom.stories.models import Decision, Story

PAGE = 100
"""Entries of the ledger on one page."""


def sources(request: HttpRequest, here: Here) -> HttpResponse:
    """Every source and how it does."""
    outlet = here.room.outlet
    held = dict(Capture.objects.filter(outlet=outlet).values_list("source").annotate(Count("pk")))
    cited = _cited(here)
    aside = {a.subject for a in Attempt.objects.filter(outlet=outlet.pk, kind="gather") if a.is_quarantined}
    rows = [
        Health(
            source=row.value(),
            last_seen=row.last_seen,
            last_changed=row.last_changed,
            trouble=row.trouble,
            set_aside=row.slug in aside,
            captures=held.get(row.slug, 0),
            cited=cited[row.slug],
        )
        for row in Source.objects.filter(outlet=outlet)
    ]
    return here.page(request, "sources", "sources", page=sources_page(rows, here.now, here.zone))


def ledger(request: HttpRequest, here: Here) -> HttpResponse:
    """Every act, the newest first."""
    outlet = here.room.outlet.pk
    rows = LedgerEntry.objects.filter(outlet=outlet)
    size, before = rows.count(), number_of(request.GET, "before")
    shown = rows.filter(seq__lt=before) if before is not None else rows
    entries = [Entry.parse(bytes(row.content)) for row in shown.order_by("-seq")[:PAGE]]
    names = {person.id: person.name for person in people_of(outlet).values()}
    page = ledger_page(entries, size=size, page=PAGE, names=names, zone=here.zone)
    return here.page(request, "ledger", "ledger", page=page)


def numbers(request: HttpRequest, here: Here) -> HttpResponse:
    """How the checks did, by what editors said."""
    stories = list(Story.objects.filter(outlet=here.room.outlet))
    ends: dict[str, Counter[End]] = {}
    for story in stories:
        for question in questions(here.room, story):
            if question.first or question.end is End.ALARM:
                ends.setdefault(question.check, Counter()).update([question.end])
    rows = [
        Asked(
            check=check,
            mended=told[End.MENDED],
            alarms=told[End.ALARM],
            on_word=told[End.ON_WORD],
            open=told[End.OPEN],
        )
        for check, told in ends.items()
    ]
    return here.page(request, "numbers", "numbers", page=numbers_page(rows, _acts(here), len(stories)))


def _acts(here: Here) -> Counter[str]:
    """What people did to sentences: decisions from their rows, changes of words from the ledger."""
    decided = Decision.objects.filter(story__outlet=here.room.outlet)
    acts: Counter[str] = Counter()
    for told, undone in decided.values_list("told", "undone"):
        acts.update(["undo" if undone else str(told["act"])])
    edits = LedgerEntry.objects.filter(outlet=here.room.outlet.pk, act=ActName.EDIT)
    acts.update(str(Entry.parse(bytes(row.content)).body.get("act", "")) for row in edits.iterator())
    return acts


def _cited(here: Here) -> Counter[str]:
    """How many sentences at the desk rest on each source."""
    found: Counter[str] = Counter()
    for story in Story.objects.filter(outlet=here.room.outlet):
        report = here.room.report(story)
        sources_of = {c.id: c.source for c in report.captures}
        for checked in report.sentences:
            found.update(
                {sources_of[p.capture] for p in checked.sentence.passages if p.capture in sources_of}
            )
    return found
