"""Acts on sentences, posted. Each ends on the next sentence that asks something; a refusal stays in place and says why."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from backread.errors import BackreadError, NotAllowed
from backread.review.statement import boast
from backread.values.decision import Act, Ground
from newsroom.desk import actions
from newsroom.desk.case import Case, case
from newsroom.desk.fields import NONE, SOME
from newsroom.desk.pages.read import next_number
from newsroom.desk.views.here import Here, number_of
from newsroom.desk.views.read import sheet, show
from newsroom.stories.models import Story


def keep(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """K."""
    return _done(request, here, story, lambda held: _decide(request, here, held, Act.KEEP), on=True)


def paragraph(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """Y."""

    def act(held: Case) -> None:
        actions.keep_paragraph(
            room=here.room,
            case=held,
            person=here.person,
            keys=request.POST.getlist("key"),
            seen_ms=[_ms(told) for told in request.POST.getlist("seen_ms")],
            now=here.now,
        )

    return _done(request, here, story, act, on=True)


def take(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """T, on an undecided sentence."""
    ground = request.POST.get("ground", "")
    rests = Ground(ground) if ground in set(Ground) else Ground.NONE
    capture = request.POST.get(f"capture {ground}", "")
    return _done(
        request, here, story, lambda held: _decide(request, here, held, Act.TAKE_OVER, rests, capture), do="take", on=True
    )  # fmt: skip


def override(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """T, on a refuted sentence."""
    return _done(
        request, here, story, lambda held: _decide(request, here, held, Act.OVERRIDE), do="override", on=True
    )


def change(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """C and U: other words in place, checked again."""

    def act(held: Case) -> None:
        actions.rewrite(
            room=here.room, case=held, person=here.person, key=_key(request), words=request.POST.get("words", ""), now=here.now,
            ai=_declared(request),
        )  # fmt: skip

    return _done(request, here, story, act, do="change")


def strike(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """S."""

    def act(held: Case) -> None:
        actions.strike(room=here.room, case=held, person=here.person, key=_key(request), now=here.now)
        messages.success(request, "Struck. Z puts it back.")

    return _done(request, here, story, act)


def cite(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """E: a passage chosen by hand."""

    def act(held: Case) -> None:
        actions.cite(
            room=here.room, case=held, person=here.person, key=_key(request), capture=request.POST.get("capture", ""),
            passage=request.POST.get("passage", ""), now=here.now,
        )  # fmt: skip

    return _done(request, here, story, act, do="cite")


def note(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """Own reporting as a source."""

    def act(held: Case) -> None:
        actions.note(
            room=here.room, case=held, person=here.person, key=_key(request), title=request.POST.get("title", ""),
            text=request.POST.get("note", ""), confidential=request.POST.get("confidential") == "yes", now=here.now,
        )  # fmt: skip

    return _done(request, here, story, act, do="note")


def undo(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """Z."""

    def act(held: Case) -> None:
        messages.success(request, actions.undo(room=here.room, case=held, person=here.person, now=here.now))

    return _done(request, here, story, act)


def alarm(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """F."""

    def act(held: Case) -> None:
        actions.raise_alarm(
            case=held,
            person=here.person,
            key=_key(request),
            check=request.POST.get("check", ""),
            now=here.now,
        )
        messages.success(
            request,
            "Noted as a false alarm; it counts against the check. The sentence stays open: what is possible now stands beside it.",
        )

    return _done(request, here, story, act)


def recheck(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """Check every sentence again."""
    case(here.room, here.story(story), anew=True)
    messages.success(request, "Checked again.")
    return redirect(_at(story, number_of(request.POST) or 1))


def _decide(
    request: HttpRequest, here: Here, held: Case, act: Act, ground: Ground = Ground.NONE, capture: str = ""
) -> None:
    actions.decide(
        room=here.room, case=held, person=here.person, key=_key(request), act=act, ground=ground,
        reason=request.POST.get("reason", ""), capture=capture, seen_ms=_ms(request.POST.get("seen_ms", "")),
        now=here.now,
    )  # fmt: skip


def _done(
    request: HttpRequest,
    here: Here,
    story: str,
    act: Callable[[Case], None],
    *,
    do: str = "",
    on: bool = False,
) -> HttpResponse:
    """Do it and go `on` to the next that asks something, or stay; where it is refused, stay and say why."""
    row, number = here.story(story), number_of(request.POST) or 1
    try:
        act(case(here.room, row))
    except NotAllowed as err:
        return show(
            request, here, row, number, do=do, refusal=err.hint or str(err), typed=request.POST
        )  # fmt: skip
    except BackreadError as err:
        return show(request, here, row, number, do=do, refusal=str(err), typed=request.POST)
    return redirect(_at(story, _next(here, here.story(story), number) if on else number))


def _next(here: Here, row: Story, number: int) -> int:
    return next_number(sheet(here, case(here.room, row)), number)


def _at(story: str, number: int) -> str:
    return f"{reverse('desk:read', args=[story])}?s={number}"


def _declared(request: HttpRequest) -> str | None:
    """What the person declares about AI in these words: '' for none, None for no answer. Raises NotAllowed for half of one."""
    used, which = request.POST.get("used", ""), " ".join(request.POST.get("which", "").split())
    if used == SOME and not which:
        raise NotAllowed("the sentence", step="save it", hint="Say which AI tool it was, and what for.")
    if refusal := boast(which):
        raise NotAllowed("the sentence", step="save it", hint=f"{refusal.words} Readers are told which AI tool it was, word for word: say it plainly.")  # fmt: skip
    if used != SOME and which:
        raise NotAllowed(
            "the sentence",
            step="save it",
            hint="You name an AI tool: choose that it wrote or changed these words, or leave its name out.",
        )
    return which if used == SOME else "" if used == NONE else None


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")


def _ms(told: str) -> int:
    """The browser's word in milliseconds; 0 for anything that is not a plain number."""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0
