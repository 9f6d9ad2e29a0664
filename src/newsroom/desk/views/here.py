"""Who stands at the door of every view: signed in, with a role the table of routes lets in, by a method it knows."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from backread.errors import BackreadError
from backread.values.person import Person
from newsroom.accounts.models import Outlet
from newsroom.desk.answers import refusal
from newsroom.desk.fields import unfit
from newsroom.desk.pages.frame import Frame
from newsroom.desk.pages.help import KEYS, MARKS, TIMES
from newsroom.desk.room import Room, room
from newsroom.desk.routes import DESK, EDITORS, Route
from newsroom.stories.models import Dossier, Story

AT_DESK = ("drafted", "in review", "returned", "approved", "scheduled")
"""The states of stories that are on the budget."""
View = Callable[..., HttpResponseBase]
BUSY = "The database was not ready: nothing was done; try again in a moment."


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What every view is handed: the outlet's room, the person, and the moment."""

    room: Room
    person: Person
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The outlet's time zone."""
        return self.room.zone

    @property
    def may_write(self) -> bool:
        """Whether the person works on stories."""
        return bool(self.person.roles & DESK)

    @property
    def may_edit(self) -> bool:
        """Whether the person edits."""
        return bool(self.person.roles & EDITORS)

    def story(self, slug: str) -> Story:
        """A story of this outlet. Raises Http404."""
        row = Story.objects.filter(outlet=self.room.outlet, slug=slug).select_related("owner").first()
        if row is None or not row.draft_set.exists():
            raise Http404("no such story")
        return row

    def page(self, request: HttpRequest, template: str, here: str, **context: object) -> HttpResponse:
        """A rendered screen inside the masthead."""
        told = {
            "frame": self._frame(here), "may_write": self.may_write, "may_edit": self.may_edit, "may_brief": self.may_edit,
            "key_list": KEYS, "mark_list": MARKS, "key_times": TIMES,
        }  # fmt: skip
        return render(
            request, f"desk/{template}.html", told | context, status=int(str(context.get("status", 200)))
        )

    def refusal(self, request: HttpRequest, why: str, status: int) -> HttpResponse:
        """A page that says why nothing was done."""
        return refusal(request, why, status, self._frame(""))

    def _frame(self, here: str) -> Frame:
        outlet = self.room.outlet
        waiting = Dossier.objects.filter(outlet=outlet, set_aside=False).count()
        counts = {"wire": waiting, "budget": at_desk(outlet).count()}
        return Frame(
            outlet=outlet.name, person=self.person, here=here, drafter=self.room.drafter, counts=counts
        )


def at_desk(outlet: Outlet) -> QuerySet[Story]:
    """The stories of the budget: what waits or is worked on, but for drafts of dossiers that were set aside."""
    aside = Dossier.objects.filter(outlet=outlet, set_aside=True).values("dossier")
    rows = Story.objects.filter(outlet=outlet, state__in=AT_DESK)
    return rows.exclude(state="drafted", dossier__in=aside)


def guarded(route: Route, view: View) -> View:
    """`view` behind the door of `route`: signed in, a method that is listed, a role that is listed for it."""

    @never_cache
    @functools.wraps(view)
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        method = "GET" if request.method == "HEAD" else str(request.method)
        roles = route.may.get(method)
        if roles is None:
            return HttpResponseNotAllowed(list(route.may))
        held = room()
        here = Here(room=held, person=request.user.at(held.outlet.pk), now=timezone.now())
        if not roles & here.person.roles:
            raise PermissionDenied
        if method == "POST" and (why := unfit(route.name, request.POST)):
            return here.refusal(request, why, 400)
        try:
            return view(request, here, **kwargs)
        except BackreadError as err:
            logging.getLogger(__name__).error("%s", err)
            return here.refusal(request, str(err), 503)
        except OperationalError as err:
            # Another process writes: the act is undone whole, and can be done again.
            logging.getLogger(__name__).error("the database was not ready: %s", err)
            return here.refusal(request, BUSY, 503)

    inner.route = route  # type: ignore[attr-defined]
    return inner


def refused(request: HttpRequest, err: BackreadError) -> None:
    """Tell a refusal in its own words: why, and the next move."""
    messages.error(request, err.hint or str(err))


def number_of(told: Mapping[str, str], name: str = "s") -> int | None:
    """A sentence's number as the address or form names it; None for anything else."""
    word = told.get(name, "")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 6 else None
