"""The approval: what will be printed, and the code that signs it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from backread.errors import BackreadError, BadInput
from backread.review.gate import APPROVERS
from backread.values.decision import decision_key
from newsroom.accounts.signin import guessed_wrong, may_guess
from newsroom.desk import actions
from newsroom.desk.answers import OFTEN
from newsroom.desk.asked import questions
from newsroom.desk.case import Case, case
from newsroom.desk.pages.approve import ApprovePage, Residue, Signing, approve_page
from newsroom.desk.views.budget import moment
from newsroom.desk.views.here import Here

OF_A_WRITER = frozenset(
    {
        "this is a chatbot speaking",
        "this is a chatbot refusing",
        "words to whoever pasted the sources in",
        "a citation mark of a tool was left in",
    }
)
"""What the residue check says of words that only a program that writes leaves behind; a placeholder can be anybody's."""
SLACK = timedelta(minutes=5)
"""A form may stand open this long."""


def approve(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """Show what would be signed, or sign it."""
    row = here.story(story)
    held = case(here.room, row)
    if request.method != "POST":
        return here.page(request, "approve", "budget", page=_page(here, held))
    if not may_guess(request, request.user):
        return here.page(request, "approve", "budget", page=_page(here, held), refusal=OFTEN, status=429)
    try:
        made = actions.approve(
            room=here.room, case=held, person=here.person, code=request.POST["code"].replace(" ", ""),
            saw=request.POST["saw"], now=here.now, not_before=_later(here, request.POST.get("not_before", "")),
        )  # fmt: skip
    except BackreadError as err:
        if isinstance(err, actions.WrongCode):
            guessed_wrong(request, request.user)
        fresh = case(here.room, here.story(story))
        return here.page(
            request, "approve", "budget", page=_page(here, fresh), refusal=err.hint or str(err), status=409
        )
    if made is None:
        messages.success(request, "Signed. It is published when the second approver has signed too.")
        return redirect("desk:budget")
    trouble = here.room.build(here.now)
    for words in trouble:
        messages.error(request, words)
    if not trouble:
        messages.success(request, "Approved. It is out, or goes out at its time.")
    return redirect("desk:published")


def _later(here: Here, told: str) -> datetime | None:
    """When it should go out; None for at once. Raises BadInput for a time that is past: nothing is dated back."""
    when = moment(here, told)
    if when is not None and when < here.now - SLACK:
        raise BadInput(
            "the time", step="publish then", hint="That time is past: leave it empty to publish at once."
        )
    return when


def _page(here: Here, held: Case) -> ApprovePage:
    others = [p for p in held.people.values() if p.roles & APPROVERS and p.id != here.person.id]
    return approve_page(
        Signing(
            story=held.row.slug,
            slug=held.row.title,
            version=held.version,
            saved=held.head.at,
            report=held.report,
            decisions=held.decisions,
            person=here.person,
            approvals=held.approvals,
            needed=held.needed,
            statement=held.statement(here.person, here.room, here.now),
            answer=held.answer(here.person, here.now),
            others=others,
            now=here.now,
            zone=here.zone,
            draft=held.head.number,
            is_brief=held.row.is_brief,
            residue=_residue(here, held),
            own_words=held.declared.own_words,
            changed=held.changed,
            shown=actions.shown(held, here.person),
        )
    )


def _residue(here: Here, held: Case) -> list[Residue]:
    """What a tool that writes left in the copy, in whichever draft it stood."""
    there = {decision_key(c.sentence) for c in held.report.sentences}
    return [
        Residue(message=q.message, words=q.words, draft=q.draft, number=q.number, is_gone=q.key not in there)
        for q in questions(here.room, held.row)
        if q.check == "residue" and q.message in OF_A_WRITER
    ]
