"""What is on record: sources with their health, the ledger, the numbers."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from backread.values.publication import Entry
from newsroom.desk.case import people_of
from newsroom.desk.models import FalseAlarm
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
    asked: Counter[str] = Counter()
    for story in stories:
        for checked in here.room.report(story).open:
            asked.update([checked.question.check] if checked.question else [])
    alarms = Counter(
        FalseAlarm.objects.filter(story__outlet=here.room.outlet).values_list("check_name", flat=True)
    )
    rows = [Asked(check=c, asked=max(asked[c], alarms[c]), alarms=alarms[c]) for c in {*asked, *alarms}]
    decided = Decision.objects.filter(story__outlet=here.room.outlet, undone=False)
    acts = Counter(str(told["act"]) for told in decided.values_list("told", flat=True))
    return here.page(request, "numbers", "numbers", page=numbers_page(rows, acts, len(stories)))


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
