"""Acts on stories: start, set aside, assign, return, kill, take up again."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from backread.check.harm import needs_second
from backread.errors import BadInput, NotAllowed
from backread.ledger.entry import ActName
from backread.review.brief import private_names
from backread.review.refusal import Refusal
from backread.review.states import Move, StoryState, after, may_move
from backread.text.cite import propose
from backread.text.sentences import split
from backread.values.draft import Drafter, Hand
from backread.values.person import Person
from backread.values.story import BlockKind, Part, Story, Words
from newsroom.accounts.models import Person as PersonRow
from newsroom.desk.models import Remark
from newsroom.desk.room import Room
from newsroom.ledger.actions import record
from newsroom.store import slug_of
from newsroom.stories import models
from newsroom.stories.plain import drafter_to_plain, drafting_body, story_to_plain

BRIEF_SENTENCES = 5
MOST_CAPTURES = 200
"""A story that was started by hand may rest on so many of the newest captures."""
_QUOTES = re.compile('["“”„«»‹›]')


def start(*, room: Room, dossier: str, person: Person, now: datetime) -> models.Story:
    """Take a dossier's draft to the desk; draft it first where there is none. Raises DraftError, NotAllowed."""
    row = models.Dossier.objects.get(outlet=room.outlet, dossier=dossier)
    story = models.Story.objects.filter(outlet=room.outlet, dossier=dossier).first()
    if story is None:
        room.store.draft(dossier, now)
        story = models.Story.objects.get(outlet=room.outlet, dossier=dossier)
    with transaction.atomic():
        row.set_aside = False
        row.save(update_fields=["set_aside"])
        if story.owner is None:
            story.owner = PersonRow.objects.get(username=person.id)
            story.save(update_fields=["owner"])
        if story.state == StoryState.DRAFTED:
            move(room=room, story=story, person=person, move_=Move.OPEN, now=now)
    return story


def set_aside(*, room: Room, dossier: str, person: Person, reason: str, now: datetime) -> None:
    """Put a dossier aside, with a reason. A draft nobody has opened leaves the budget with it."""
    if not reason.strip():
        raise NotAllowed("this dossier", step="set it aside", hint="Say why.")
    row = models.Dossier.objects.get(outlet=room.outlet, dossier=dossier)
    story = models.Story.objects.filter(outlet=room.outlet, dossier=dossier).first()
    if story and story.state != StoryState.DRAFTED:
        raise NotAllowed(story.title, step="set it aside", hint="It is at the desk: kill the story instead.")
    with transaction.atomic():
        row.set_aside = True
        row.save(update_fields=["set_aside"])
        if story:
            Remark.objects.create(story=story, move="aside", by=person.id, reason=reason.strip(), at=now)


def assign(*, room: Room, story: models.Story, owner: str, due: datetime | None) -> None:
    """Whose story it is, and when it is due. Raises NotAllowed for someone who does not work here."""
    who = PersonRow.objects.filter(username=owner, membership__outlet=room.outlet).first() if owner else None
    if owner and who is None:
        raise NotAllowed(owner, step="give the story to them", hint="Nobody of that name works here.")
    story.owner, story.due = who, due
    story.save(update_fields=["owner", "due"])


def move(
    *, room: Room, story: models.Story, person: Person, move_: Move, now: datetime, reason: str = ""
) -> None:
    """Return, kill, take up again: a legal move with its reason. Raises NotAllowed."""
    with transaction.atomic():
        story.refresh_from_db(fields=["state"])
        answer = may_move(person=person, state=StoryState(story.state), move=move_, reason=reason)
        if isinstance(answer, Refusal):
            raise NotAllowed(story.title, step=f"{move_} it", hint=answer.words)
        story.state = str(after(StoryState(story.state), move_))
        story.save(update_fields=["state"])
        if move_ is not Move.OPEN:
            Remark.objects.create(story=story, move=str(move_), by=person.id, reason=reason.strip(), at=now)
            body = {"act": str(move_), "reason": reason.strip(), "story": story.slug}
            record(outlet=room.outlet.pk, at=now, actor=person.id, act=ActName.EDIT, body=body)


def start_by_hand(
    *,
    room: Room,
    person: Person,
    headline: str,
    deck: str,
    body: str,
    supplied_by: str,
    ai: str,
    now: datetime,
) -> models.Story:
    """A story from words that a person supplies, with what they declare about AI. Raises BadInput for no words."""
    parts = _parts(headline, deck, body)
    captures = tuple(room.store.captures())[-MOST_CAPTURES:]
    story = propose(Story.of(parts, date=now.astimezone(room.zone).date()), captures)
    used = tuple(c.id for c in captures)
    return _made(room, person, headline, story, used, supplied_by, ai, now, is_brief=False)


def start_brief(
    *, room: Room, person: Person, headline: str, body: str, ai: str, now: datetime
) -> models.Story:
    """A brief: at most five sentences, no quotation, no accusation, no private person. Raises BadInput in words."""
    parts = _parts(headline, "", body)
    story = Story.of(parts, date=now.astimezone(room.zone).date())
    inside = [s for s in story.sentences if story.kind_of(s) is BlockKind.PARAGRAPH]
    step = "make it a brief"
    if len(inside) > BRIEF_SENTENCES:
        raise BadInput(
            f"A text of {len(inside)} sentences", step=step, hint=f"A brief has at most {BRIEF_SENTENCES}."
        )
    if _QUOTES.search(story.text):
        raise BadInput(
            "A text with a quotation", step=step, hint="A brief quotes nobody: tell it, or start by hand."
        )
    if harms := needs_second(story):
        raise BadInput(
            f"A text whose {harms[0]}",
            step=step,
            hint="A brief accuses nobody and holds nothing that a second editor must see: start by hand.",
        )
    if private := private_names(story, room.area, (room.outlet.name,)):
        raise BadInput(
            f"A text that names {private[0]}",
            step=step,
            hint="A brief names nobody whom the coverage area does not list as public: leave the name out, or start by hand.",
        )
    return _made(room, person, headline, story, (), person.name, ai, now, is_brief=True)


def _parts(headline: str, deck: str, body: str) -> list[Part]:
    paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", body) if p.strip()]
    if not headline.strip() or not paragraphs:
        raise BadInput("A story without words", step="start it", hint="It needs a headline and a paragraph.")
    parts: list[Part] = [(BlockKind.HEADLINE, [Words(text=" ".join(headline.split()))])]
    if deck.strip():
        parts.append((BlockKind.DECK, _words(" ".join(deck.split()))))
    return [*parts, *((BlockKind.PARAGRAPH, _words(p)) for p in paragraphs)]


def _words(paragraph: str) -> list[Words]:
    return [Words(text=paragraph[a:b]) for a, b in split(paragraph)] or [Words(text=paragraph)]


def _made(
    room: Room, person: Person, headline: str, story: Story, captures: tuple[str, ...], supplied_by: str,
    ai: str, now: datetime, *, is_brief: bool,
) -> models.Story:  # fmt: skip
    drafter = Drafter(hand=Hand.PERSON, name=person.name)
    with transaction.atomic():
        row = models.Story.objects.create(
            outlet=room.outlet,
            slug=slug_of(headline, f"{person.id} {now.isoformat()}"),
            title=" ".join(headline.split())[:300],
            state=str(StoryState.IN_REVIEW),
            owner=PersonRow.objects.get(username=person.id),
            is_brief=is_brief,
            made=now,
        )
        words = story_to_plain(story)
        models.Draft.objects.create(
            story=row, number=1, told=words, drafter=drafter_to_plain(drafter),
            captures=list(captures), by=person.id, at=now,
        )  # fmt: skip
        models.Declaration.objects.create(story=row, name=supplied_by, ai=ai)
        told = drafting_body(drafter, words) | {"story": row.slug}
        record(outlet=room.outlet.pk, at=now, actor=person.id, act=ActName.DRAFT, body=told)
        body = {"ai": ai, "name": supplied_by, "story": row.slug}
        record(outlet=room.outlet.pk, at=now, actor=person.id, act=ActName.DECLARATION, body=body)
    room.store.check(row.slug, now)
    return row
