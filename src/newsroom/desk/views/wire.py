"""The wire, and starting a story: from a dossier, by hand, or as a brief."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from backread.errors import BackreadError
from backread.values.capture import by_id
from newsroom.desk import actions
from newsroom.desk.forms import BriefForm, WriteForm
from newsroom.desk.models import Remark
from newsroom.desk.pages.wire import Arrival, wire_page
from newsroom.desk.views.here import Here, refused
from newsroom.store import dossier_from_plain
from newsroom.stories.models import Dossier, Story


def wire(request: HttpRequest, here: Here) -> HttpResponse:
    """What came in, with one dossier looked at."""
    show = request.GET.get("show", "here")
    page = wire_page(_arrivals(here), show=show, at=request.GET.get("d", ""), now=here.now, zone=here.zone)
    return here.page(request, "wire", "wire", page=page, show=show)


def start(request: HttpRequest, here: Here, dossier: str) -> HttpResponse:
    """Take a dossier's draft to the desk."""
    try:
        story = actions.start(room=here.room, dossier=_known(here, dossier), person=here.person, now=here.now)
    except BackreadError as err:
        refused(request, err)
        return redirect("desk:wire")
    return redirect("desk:read", story=story.slug)


def aside(request: HttpRequest, here: Here, dossier: str) -> HttpResponse:
    """Put a dossier aside."""
    try:
        actions.set_aside(
            room=here.room,
            dossier=_known(here, dossier),
            person=here.person,
            reason=request.POST.get("reason", ""),
            now=here.now,
        )
        messages.success(request, "Set aside. Nothing is deleted.")
    except BackreadError as err:
        refused(request, err)
    return redirect("desk:wire")


def write(request: HttpRequest, here: Here) -> HttpResponse:
    """A story from words that a person supplies, declared."""
    form = WriteForm(
        request.POST if request.method == "POST" else None, initial={"supplied_by": here.person.name}
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            story = actions.start_by_hand(
                room=here.room, person=here.person, headline=told["headline"], deck=told["deck"],
                body=told["body"], supplied_by=told["supplied_by"], ai=form.ai, now=here.now,
            )  # fmt: skip
            return redirect("desk:read", story=story.slug)
        except BackreadError as err:
            form.add_error(None, str(err))
    return here.page(request, "write", "budget", form=form)


def brief(request: HttpRequest, here: Here) -> HttpResponse:
    """A brief: up to five sentences, signed as a whole."""
    form = BriefForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            story = actions.start_brief(
                room=here.room,
                person=here.person,
                headline=told["headline"],
                body=told["body"],
                ai=form.ai,
                now=here.now,
            )
            return redirect("desk:approve", story=story.slug)
        except BackreadError as err:
            form.add_error(None, str(err))
    return here.page(request, "brief", "budget", form=form)


def _known(here: Here, dossier: str) -> str:
    if not Dossier.objects.filter(outlet=here.room.outlet, dossier=dossier).exists():
        raise Http404("no such dossier")
    return dossier


def _arrivals(here: Here) -> list[Arrival]:
    outlet = here.room.outlet
    known = by_id(here.room.store.captures())
    stories = {s.dossier: s for s in Story.objects.filter(outlet=outlet).exclude(dossier="")}
    asides = {r.story_id: r.reason for r in Remark.objects.filter(story__outlet=outlet, move="aside")}
    told = []
    for row in Dossier.objects.filter(outlet=outlet).order_by("pk"):
        story = stories.get(row.dossier)
        report = here.room.report(story) if story and story.state == "drafted" else None
        aside = asides.get(story.pk, "") if story else ""
        told.append(
            Arrival(
                dossier=(dossier := dossier_from_plain(row.told)),
                captures=tuple(known[c] for c in dossier.captures if c in known),
                story=story.slug if story else "",
                drafted=story is not None and story.state == "drafted",
                started=story is not None and story.state != "drafted",
                sentences=len(report.sentences) if report else 0,
                open=len(report.open) if report else 0,
                second=bool(report.second_approver) if report else False,
                aside=(aside or "by an editor") if row.set_aside else "",
                why_no_draft=row.why,
            )
        )
    return told
