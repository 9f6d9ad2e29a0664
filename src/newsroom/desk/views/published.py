"""What is out, and mending it: corrections and withdrawals."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from backread.errors import BackreadError
from backread.values.publication import WithdrawalKind
from newsroom.accounts.signin import guessed_wrong, may_guess
from newsroom.desk import actions
from newsroom.desk.actions.signing import publication_from
from newsroom.desk.answers import OFTEN
from newsroom.desk.case import case
from newsroom.desk.pages.record import Out, corrections_page, published_page
from newsroom.desk.views.here import Here, refused
from newsroom.stories.models import Story

_ENDED = {"cancel": "cancelled", "retract": "retracted", "takedown": "taken down"}


def published(request: HttpRequest, here: Here) -> HttpResponse:
    """Everything that was made public."""
    return _list(request, here)


def _list(request: HttpRequest, here: Here, **told: object) -> HttpResponse:
    page = published_page(outs(here), here.now, here.zone)
    return here.page(request, "published", "published", page=page, **told)


def corrections(request: HttpRequest, here: Here) -> HttpResponse:
    """What was mended."""
    return here.page(
        request, "corrections", "corrections", page=corrections_page(outs(here), here.now, here.zone)
    )


def withdraw(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """End a publication."""
    kind = request.POST["kind"]
    if kind not in set(WithdrawalKind):
        return here.refusal(request, "Say how it is to end: nothing was withdrawn.", 400)
    # The form comes back as it was sent: a reason is not typed twice.
    again = {name: request.POST[name] for name in ("publication", "kind", "reason")}
    if kind != WithdrawalKind.CANCEL and not may_guess(request, request.user):
        return _list(request, here, refusal=OFTEN, again=again, status=429)
    try:
        actions.withdraw(
            room=here.room, story=here.story(story), person=here.person, publication=request.POST["publication"],
            kind=WithdrawalKind(kind), reason=request.POST["reason"], now=here.now,
            code=request.POST.get("code", "").replace(" ", ""),
        )  # fmt: skip
    except BackreadError as err:
        if isinstance(err, actions.WrongCode):
            guessed_wrong(request, request.user)
        return _list(request, here, refusal=err.hint or str(err), again=again, status=409)
    try:
        for words in here.room.build(here.now):
            messages.error(request, words)
        messages.success(request, "Withdrawn.")
    except BackreadError as err:
        refused(request, err)
    return redirect("desk:published")


def correct(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """Open a correction of what is out."""
    try:
        held = case(here.room, here.story(story))
        actions.open_correction(
            room=here.room,
            case=held,
            person=here.person,
            words=request.POST.get("correction", ""),
            now=here.now,
        )
    except BackreadError as err:
        refused(request, err)
        return redirect("desk:published")
    messages.success(request, "The correction is open: change the sentences, then approve them again.")
    return redirect("desk:read", story=story)


def outs(here: Here) -> list[Out]:
    """Every publication of the outlet as it stands."""
    titles = dict(Story.objects.filter(outlet=here.room.outlet).values_list("slug", "title"))
    first: dict[str, str] = {}
    told = []
    for row in _rows(here.room.outlet.pk):
        made = publication_from(json.loads(row["content"]))
        first.setdefault(made.story, f"{made.not_before:%Y/%m}/{made.story}/")
        told.append(_out(here, row, made, titles.get(made.story, made.story), first[made.story]))
    return told


def _out(here: Here, row: dict[str, Any], made: Any, title: str, path: str) -> Out:
    state = _ENDED.get(
        row["kind"] or "", "superseded" if row["later"] else "corrected" if made.correction else "published"
    )
    if state in ("published", "corrected") and made.not_before > here.now:
        state = "scheduled"
    url = f"{here.room.site}/{path}"
    return Out(
        id=made.id,
        story=made.story,
        headline=title,
        version=made.version,
        at=made.not_before,
        state=state,
        by=row["approver"],
        reason=row["reason"] or made.correction,
        url=url,
        receipt="" if state in ("scheduled", "cancelled") else f"{url}receipt/",
    )


def _rows(outlet: str) -> list[dict[str, Any]]:
    names = ("content", "approver", "kind", "reason", "later")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.content, a.content, w.kind, w.reason, q.id FROM gate_publication p"
            " JOIN gate_approval a ON a.id = p.approval"
            " LEFT JOIN gate_withdrawal w ON w.publication = p.id"
            " LEFT JOIN gate_publication q ON q.supersedes = p.id AND q.outlet = p.outlet AND q.story = p.story"
            " WHERE p.outlet = %s ORDER BY p.not_before",
            [outlet],
        )
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [row | {"approver": json.loads(row["approver"])["approver_name"]} for row in rows]
