"""The budget: the queue of stories, whose they are, when they are due; and the help sheet."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from backread.errors import BackreadError, BadInput
from newsroom.desk import actions
from newsroom.desk.case import cited, decisions_of, people_of
from newsroom.desk.models import Remark
from newsroom.desk.pages.budget import Filters, StoryRow, budget_page
from newsroom.desk.pages.evidence import flags_of
from newsroom.desk.pages.read import open_counts
from newsroom.desk.views.here import Here, at_desk, refused
from newsroom.stories.models import Story

FARTHEST = timedelta(days=366)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", re.ASCII)


def home(request: HttpRequest, here: Here) -> HttpResponse:
    """The budget is where one begins."""
    return redirect("desk:budget")


def keys(request: HttpRequest, here: Here) -> HttpResponse:
    """All keys and marks, for those without the dialog."""
    return here.page(request, "keys", "")


def budget(request: HttpRequest, here: Here) -> HttpResponse:
    """Every story at the desk, as filtered."""
    asked = {name: request.GET.get(name, "") for name in ("owner", "state", "flag", "view")}
    filters = Filters(**{name: value for name, value in asked.items() if value.isalpha()})
    people = people_of(here.room.outlet.pk)
    page = budget_page(_rows(here), filters, person=here.person, people=people, now=here.now, zone=here.zone)
    names = sorted((person.id, person.name) for person in people.values())
    return here.page(request, "budget", "budget", page=page, people=names)


def assign(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """Owner and due time of a story."""
    row = here.story(story)
    try:
        due = moment(here, request.POST["due"])
        actions.assign(room=here.room, story=row, owner=request.POST["owner"], due=due)
        messages.success(request, "Set.")
    except BackreadError as err:
        refused(request, err)
    return redirect("desk:budget")


def moment(here: Here, told: str) -> datetime | None:
    """A local time from a form; None where none was given. Raises BadInput for what is none, or over a year away."""
    if not told:
        return None
    try:
        when = datetime.fromisoformat(told) if _TIME.fullmatch(told) else None
    except ValueError:
        when = None
    if when is None:
        raise BadInput(
            "the time", step="read it", hint="The time cannot be read: write it like 2026-11-24T18:00."
        )
    if abs(when - here.now.astimezone(here.zone).replace(tzinfo=None)) > FARTHEST:
        raise BadInput("the time", step="use it", hint="The time is more than a year away: choose another.")
    return when.replace(tzinfo=here.zone)


def _rows(here: Here) -> list[StoryRow]:
    return [_row(here, row) for row in at_desk(here.room.outlet).select_related("owner").order_by("pk")]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _row(here: Here, row: Story) -> StoryRow:
    report = here.room.report(row)
    refuted, undecided, to_read = open_counts(report, decisions_of(row))
    remark = Remark.objects.filter(story=row, move="return").last() if row.state == "returned" else None
    return StoryRow(
        id=row.slug,
        slug=row.title,
        headline=report.sentences[0].sentence.text if report.sentences else "",
        state=row.state,
        owner=row.owner.username if row.owner else "",
        due=row.due,
        refuted=refuted,
        undecided=undecided,
        to_read=to_read,
        sentences=len(report.sentences),
        second=bool(report.second_approver),
        flags=tuple(f"{c.source_name}: {_lower(words)}" for c in cited(report) for words in flags_of(c)),
        note=remark.reason if remark else "",
    )
