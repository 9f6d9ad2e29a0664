"""Moves of a whole story: return, kill, take up again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from backread.errors import BackreadError
from backread.review.states import Move
from newsroom.desk import actions
from newsroom.desk.views.here import Here, number_of
from newsroom.desk.views.read import show


def send_back(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """R."""
    return _move(request, here, story, Move.RETURN, "return", "Returned with your reason.")


def kill(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """Take the story off the budget."""
    return _move(request, here, story, Move.KILL, "kill", "Killed. Nothing is deleted.")


def revive(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """Take a killed story up again."""
    return _move(request, here, story, Move.REVIVE, "", "Back on the budget.")


def _move(request: HttpRequest, here: Here, story: str, move: Move, do: str, said: str) -> HttpResponse:
    row = here.story(story)
    try:
        actions.move(
            room=here.room, story=row, person=here.person, move_=move, now=here.now, reason=request.POST.get("reason", "")
        )  # fmt: skip
    except BackreadError as err:
        return show(
            request,
            here,
            here.story(story),
            number_of(request.POST),
            do=do,
            refusal=err.hint or str(err),
            typed=request.POST,
        )
    messages.success(request, said)
    return redirect("desk:read", story=story) if move is Move.REVIVE else redirect("desk:budget")
