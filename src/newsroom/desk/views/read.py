"""The review screen, a capture read whole, and what changed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from backread.review.statement import words
from backread.review.states import MAY, Move, after
from backread.values.canonical import Digest
from backread.values.decision import decision_key
from backread.values.source import Terms
from newsroom.desk.asked import write_down
from newsroom.desk.case import Case, case
from newsroom.desk.models import FalseAlarm, Remark
from newsroom.desk.pages.evidence import Panel, flags_of, kind_of, whole
from newsroom.desk.pages.paint import Span
from newsroom.desk.pages.read import Alarm, Sheet, read_page
from newsroom.desk.pages.search import Found, search
from newsroom.desk.pages.times import seen
from newsroom.desk.pages.versions import Wording, versions_page
from newsroom.desk.views.here import Here, number_of
from newsroom.stories.models import Story
from newsroom.stories.plain import story_from_plain

DOINGS = ("change", "take", "override", "cite", "note", "return", "kill")
"""The forms that open in place, as `?do=` names them."""


def read(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """The story beside its evidence, one sentence current."""
    row = here.story(story)
    do = request.GET.get("do", "")
    return show(request, here, row, number_of(request.GET), do=do if do in DOINGS and here.may_write else "")


def show(
    request: HttpRequest,
    here: Here,
    row: Story,
    number: int | None,
    *,
    do: str = "",
    refusal: str = "",
    typed: object = "",
) -> HttpResponse:
    """The review screen with a form open, what was typed in it, and why it was refused."""
    held = case(here.room, row)
    write_down(held.head, held.report)
    page = read_page(sheet(here, held), number)
    key = decision_key(held.report.sentences[page.number - 1].sentence)
    found = _found(here, held, request.GET.get("q", "")) if do == "cite" else None
    return here.page(
        request, "read", "budget", page=page, key=key, do=do, refusal=refusal, typed=typed,
        may_change=here.may_write, found=found, status=409 if refusal else 200,
    )  # fmt: skip


def _found(here: Here, held: Case, query: str) -> Found | None:
    """The archive searched, but for notes of other stories: those belong to theirs."""
    if not query.strip():
        return None
    mine = frozenset(c.id for c in held.report.captures)
    known = [c for c in here.room.store.captures() if c.id in mine or c.terms is not Terms.OWN]
    return search(known, query, held=mine, zone=here.zone)


def sheet(here: Here, held: Case) -> Sheet:
    """What the review screen is built from."""
    row, head = held.row, held.head
    returned = Remark.objects.filter(story=row, move="return").last() if row.state == "returned" else None
    legal = {str(m) for m in Move if after(held.state, m) and MAY[m] & here.person.roles}
    return Sheet(
        story=row.slug,
        slug=row.title,
        state=f"{row.state}, correcting" if held.fix else row.state,
        owner=row.owner.username if row.owner else "",
        due=row.due,
        version=head.number,
        saved=head.at,
        report=held.report,
        decisions=held.decisions,
        changed=held.changed,
        people=held.people,
        person=here.person,
        answer=held.answer(here.person, here.now),
        legal=frozenset(legal),
        now=here.now,
        zone=here.zone,
        returned=returned.reason if returned else "",
        left_out=tuple(head.left_out),
        fallback=_fallback(held),
        can_undo=here.may_write and ((head.by == here.person.id and head.number > 1) or any(d.by == here.person.id for d in held.decisions.values())),
        is_brief=row.is_brief,
        alarms={(Digest(a.key), a.check_name): Alarm(by=a.by, at=a.at) for a in FalseAlarm.objects.filter(story=row)},
    )  # fmt: skip


def _fallback(held: Case) -> str:
    """Why a rule wrote the first draft where a language model was asked; '' where none was."""
    first = held.row.draft_set.order_by("number").first()
    return str(first.drafter.get("fallback", "")) if first and first.drafter else ""


def capture(request: HttpRequest, here: Here, story: str, capture: str) -> HttpResponse:
    """A capture of the story, all of its visible text, as text."""
    held = case(here.room, here.story(story))
    found = next((c for c in held.report.captures if c.id == capture), None)
    if found is None:
        raise Http404("no such capture")
    number = min(max(1, number_of(request.GET) or 1), len(held.report.sentences))
    sentence = held.report.sentences[number - 1].sentence
    spans = [Span(start=p.start, end=p.end, tint="hit") for p in sentence.passages if p.capture == found.id]
    page = Panel(
        number=1, capture=found.id, name=found.source_name, kind=kind_of(found), title=found.title,
        seen=seen(found.taken, here.zone), url=found.url, flags=flags_of(found), rows=whole(found, spans),
    )  # fmt: skip
    return here.page(
        request, "capture", "budget", page=page, story=held.row.slug, number=number, sentence=sentence.text,
        key=decision_key(sentence),
    )  # fmt: skip


def versions(request: HttpRequest, here: Here, story: str) -> HttpResponse:
    """What changed from draft to draft, and how the story was made."""
    held = case(here.room, here.story(story))
    wordings = [
        Wording(
            number=d.number,
            at=d.at,
            by=held.people[d.by].name if d.by in held.people else str(d.drafter.get("name", "")),
            sentences=tuple(s.text for s in story_from_plain(d.told).sentences),
        )
        for d in held.row.draft_set.order_by("number")
    ]
    made = tuple(words(clause) for clause in held.clauses)
    page = versions_page(
        story=held.row.slug, slug=held.row.title, wordings=wordings, made=made, now=here.now, zone=here.zone
    )
    return here.page(request, "versions", "budget", page=page)
