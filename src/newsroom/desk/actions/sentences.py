"""Acts on sentences: keep, take over, override, change, strike, cite, note, undo. A draft is never changed; a new one follows it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from backread.archive.plain import to_plain
from backread.errors import NotAllowed
from backread.ledger.entry import ActName
from backread.review.gate import BATCH, may_decide
from backread.review.refusal import Refusal
from backread.review.states import Move, StoryState, after, may_move
from backread.text.cite import propose
from backread.values.canonical import Digest, digest_of
from backread.values.capture import Capture, CaptureId, Passage
from backread.values.decision import Act, Decision, Ground, decision_key
from backread.values.draft import Drafter, Hand
from backread.values.person import Person
from backread.values.report import Checked
from backread.values.source import Genre, Terms
from backread.values.story import BlockKind, Citation, Origin, Part, Story, Words
from newsroom.desk.case import Case, open_correction
from newsroom.desk.models import FalseAlarm, Remark
from newsroom.desk.pages.acts import is_batchable
from newsroom.desk.pages.findings import suggested
from newsroom.desk.room import Room
from newsroom.ledger.actions import record
from newsroom.sources.models import Capture as CaptureRow
from newsroom.stories import models
from newsroom.stories.plain import (
    decided,
    decision_body,
    decision_to_plain,
    drafter_to_plain,
    story_from_plain,
    story_to_plain,
)

LONGEST = 2_000
"""A sentence longer than this is none (characters)."""
HOUR_MS = 3_600_000
"""More than this is no time on screen; it counts as none."""


def decide(
    *,
    room: Room,
    case: Case,
    person: Person,
    key: str,
    act: Act,
    now: datetime,
    ground: Ground = Ground.NONE,
    reason: str = "",
    capture: str = "",
    seen_ms: int = 0,
) -> Decision:
    """Keep, take over or override one sentence. Raises NotAllowed in the gate's words."""
    checked = case.checked(key)
    rests_on = _capture(case, capture)
    _allowed(
        may_decide(person=person, checked=checked, act=act, ground=ground, reason=reason, capture=rests_on),
        act,
    )
    made = Decision(
        key=decision_key(checked.sentence),
        act=act,
        by=person.id,
        by_name=person.name,
        at=now,
        reason=reason.strip(),
        ground=ground,
        capture=rests_on.id if rests_on else None,
        seen_ms=_seen(seen_ms),
    )
    _write(room, case, person, [made], now)
    return made


def keep_paragraph(
    *, room: Room, case: Case, person: Person, keys: Sequence[str], seen_ms: Sequence[int], now: datetime
) -> tuple[Decision, ...]:
    """Keep up to BATCH sentences of one paragraph that are proven word for word or computed, with one press."""
    found = [case.checked(key) for key in dict.fromkeys(keys)]
    if not found or len(found) > BATCH or len({c.sentence.block for c in found}) > 1:
        raise NotAllowed(
            "a paragraph", step="keep it at once", hint=f"At most {BATCH} sentences of one paragraph."
        )
    if not all(is_batchable(c) for c in found):
        raise NotAllowed(
            "a paragraph", step="keep it at once", hint="One of its sentences has to be decided alone."
        )
    for checked in found:
        _allowed(may_decide(person=person, checked=checked, act=Act.KEEP), Act.KEEP)
    batch = secrets.token_hex(8) if len(found) > 1 else ""
    told = dict(zip(keys, seen_ms, strict=False))
    made = tuple(
        Decision(key=decision_key(c.sentence), act=Act.KEEP, by=person.id, by_name=person.name, at=now, batch=batch,
                 seen_ms=_seen(told.get(decision_key(c.sentence), 0)))
        for c in found
    )  # fmt: skip
    _write(room, case, person, made, now)
    return made


def rewrite(
    *, room: Room, case: Case, person: Person, key: str, words: str, now: datetime, ai: str | None
) -> models.Draft:
    """Put other words where a sentence stands; its citations stay, and it is checked again.

    `ai` is what the person declares: '' for their own words, else which AI wrote or changed them, for what. None
    declares nothing, and is refused but for words that a check suggested.
    """
    checked = case.checked(key)
    text = " ".join(words.split())
    if not text:
        raise NotAllowed("an empty sentence", step="save it", hint="Strike the sentence to take it out.")
    if len(text) > LONGEST:
        raise NotAllowed("the sentence", step="save it", hint=f"It has more than {LONGEST} characters.")
    _allowed(may_decide(person=person, checked=checked, act=Act.CHANGE), Act.CHANGE)
    if text == checked.sentence.text:
        raise NotAllowed("the sentence", step="save it", hint="These are the words that stand there already.")
    check = _suggesting(checked, text)
    if ai is None and not check:
        raise NotAllowed(
            "the sentence", step="save it", hint="Say who wrote these words: you, or an AI tool."
        )
    story = propose(
        _with(case.report.story, checked, Words(text=text, citations=checked.sentence.citations)),
        case.report.captures,
    )
    # The entry says which words came in, so that what is declared is declared of them and of no others.
    came = {"words": digest_of(text.encode())}
    with transaction.atomic():
        if ai is None:
            return _redraft(room, case, person, story, "change", now, told=came | {"suggestion": check})
        made = _redraft(room, case, person, story, "change", now, told=came)
        models.Declaration.objects.create(story=case.row, name=person.name, ai=ai)
        body: dict[str, object] = {"ai": ai, "draft": made.number, "name": person.name}
        _log(room, case, person, ActName.DECLARATION, body, now)
    return made


def _suggesting(checked: Checked, text: str) -> str:
    """The check that suggests exactly these words for the sentence; '' where none does."""
    for finding in checked.findings:
        edits = suggested(checked.sentence, finding.marks)
        if edits and " ".join("".join(edit.text or edit.now for edit in edits).split()) == text:
            return finding.check
    return ""


def strike(*, room: Room, case: Case, person: Person, key: str, now: datetime) -> models.Draft:
    """Take a sentence out. The headline, and the last sentence of the body, can only be changed."""
    checked = case.checked(key)
    _allowed(may_decide(person=person, checked=checked, act=Act.STRIKE), Act.STRIKE)
    kind = case.report.story.kind_of(checked.sentence)
    same = [c for c in case.report.sentences if case.report.story.kind_of(c.sentence) is kind]
    if kind is BlockKind.HEADLINE or (kind is BlockKind.PARAGRAPH and len(same) == 1):
        raise NotAllowed(f"the {kind}", step="strike it", hint="A story needs one: change it instead.")
    return _redraft(room, case, person, _with(case.report.story, checked, None), "strike", now)


def cite(
    *, room: Room, case: Case, person: Person, key: str, capture: str, passage: str, now: datetime
) -> models.Draft:
    """Add a passage that the person chose. Raises NotAllowed when the words do not stand in the capture."""
    checked = case.checked(key)
    _allowed(may_decide(person=person, checked=checked, act=Act.CHANGE), "cite for")
    held = _capture(case, capture) or _archived(room, capture)
    found = _stands(held, passage) if held else None
    if found is None:
        raise NotAllowed(
            "these words", step="cite them", hint="They do not stand in that capture, word for word."
        )
    citation = Citation(passage=found, origin=Origin.EDITOR)
    kept = tuple(c for c in checked.sentence.citations if c.passage != found)
    story = case.report.story.cited(checked.sentence.index, (*kept, citation))
    return _redraft(room, case, person, story, "cite", now, more=(found.capture,))


def note(
    *,
    room: Room,
    case: Case,
    person: Person,
    key: str,
    title: str,
    text: str,
    confidential: bool,
    now: datetime,
) -> models.Draft:
    """Keep an own note as a capture of the outlet, and cite it for the sentence."""
    checked = case.checked(key)
    _allowed(may_decide(person=person, checked=checked, act=Act.CHANGE), "cite for")
    words = text.strip()
    if not words or not title.strip():
        raise NotAllowed("a note", step="keep it", hint="Say what it is, and what was said or seen.")
    made = Capture(
        source="notes",
        source_name=f"{person.name}’s notes",
        url=f"note:{case.row.slug}/{digest_of(words.encode())[:16]}",
        taken=now,
        media_type="text/plain",
        payload=digest_of(words.encode()),
        text=words,
        extractor="typed at the desk",
        title=title.strip()[:200],
        byline=person.name,
        published=now,
        terms=Terms.OWN,
        genre=Genre.NOTES,
        confidential=confidential,
        reserves_ai=confidential,
    )
    citation = Citation(passage=made.passage(0, len(made.text)), origin=Origin.EDITOR)
    story = case.report.story.cited(checked.sentence.index, (*checked.sentence.citations, citation))
    with transaction.atomic():
        _keep_note(room, made)
        return _redraft(room, case, person, story, "note", now, more=(made.id,))


def undo(*, room: Room, case: Case, person: Person, now: datetime) -> str:
    """Take back this person's last act on the story: a press's decisions, or a change of words. Says which."""
    mine_now = _decided_since(case, person)
    last = mine_now.order_by("-pk").first()
    drafts = list(case.row.draft_set.order_by("-number")[:2])
    mine = len(drafts) == 2 and drafts[0].by == person.id
    if last is None and not mine:
        raise NotAllowed("this story", step="undo an act of yours", hint="You have decided nothing on it.")
    if mine and (last is None or drafts[0].at > datetime.fromisoformat(last.told["at"])):
        back = {"back_to": drafts[1].number}
        _redraft(room, case, person, story_from_plain(drafts[1].told), "undo", now, told=back)
        return "The words are back as they were."
    batch = last.told["batch"] if last else ""
    rows = list(mine_now.filter(told__batch=batch)) if batch else [last]
    with transaction.atomic():
        _touch(case, person, Move.EDIT, now)
        keys = [row.key for row in rows if row]
        models.Decision.objects.filter(pk__in=[row.pk for row in rows if row]).update(undone=True)
        _log(room, case, person, ActName.DECISIONS, {"keys": keys, "undone": 1}, now)
    return f"{len(keys)} decision{'' if len(keys) == 1 else 's'} taken back."


def _decided_since(case: Case, person: Person) -> QuerySet[models.Decision]:
    """What this person decided and can take back: what is public already rests on the decisions before it."""
    made = case.row.decision_set.filter(undone=False, told__by=person.id)
    out = Remark.objects.filter(story=case.row, move="published").last()
    return made.filter(told__at__gt=out.at.isoformat()) if out else made


def raise_alarm(*, case: Case, person: Person, key: str, check: str, now: datetime) -> None:
    """Note that a check was wrong about a sentence. It releases nothing; it is counted."""
    checked = case.checked(key)
    if not any(f.check == check and f.blocks for f in checked.findings):
        raise NotAllowed(check, step="call it a false alarm", hint="It has nothing against this sentence.")
    FalseAlarm.objects.get_or_create(
        story=case.row, key=key, check_name=check, defaults={"by": person.id, "at": now}
    )


def _allowed(answer: object, act: str) -> None:
    if isinstance(answer, Refusal):
        raise NotAllowed("this sentence", step=f"{act} it", hint=answer.words)


def _capture(case: Case, capture: str) -> Capture | None:
    return next((c for c in case.report.captures if c.id == capture), None) if capture else None


def _archived(room: Room, capture: str) -> Capture | None:
    """A capture of the archive that the story does not hold yet; never another story's own notes."""
    found = room.store.captures([capture]) if capture else ()
    return next((c for c in found if c.terms is not Terms.OWN), None)


def _seen(told: int) -> int:
    return told if 0 <= told <= HOUR_MS else 0


def _stands(capture: Capture, words: str) -> Passage | None:
    """The passage with these words; how they are broken into lines does not matter."""
    parts = [re.escape(word) for word in words.split()]
    match = re.search(r"\s+".join(parts), capture.text) if parts else None
    return capture.passage(match.start(), match.end()) if match else None


def _with(story: Story, checked: Checked, words: Words | None) -> Story:
    """The story with `words` in the place of a sentence, or without it; a block that ends up empty goes too."""
    parts: list[Part] = []
    for index, (kind, held) in enumerate(story.parts()):
        if index != checked.sentence.block:
            parts.append((kind, held))
            continue
        at = checked.sentence.index - story.of_block(index)[0].index
        new = [*held[:at], *([words] if words else []), *held[at + 1 :]]
        if new:
            parts.append((kind, new))
    return Story.of(parts, date=story.date)


def _redraft(
    room: Room,
    case: Case,
    person: Person,
    story: Story,
    act: str,
    now: datetime,
    *,
    more: tuple[CaptureId, ...] = (),
    told: Mapping[str, object] | None = None,
) -> models.Draft:
    """The draft that follows. `told` is what its entry in the ledger says besides."""
    with transaction.atomic():
        _touch(case, person, Move.EDIT, now)
        drafter = Drafter(hand=Hand.PERSON, name=person.name)
        made = models.Draft.objects.create(
            story=case.row,
            number=case.head.number + 1,
            told=story_to_plain(story),
            drafter=drafter_to_plain(drafter),
            captures=[*case.head.captures, *(c for c in more if c not in case.head.captures)],
            left_out=case.head.left_out,
            by=person.id,
            at=now,
        )
        body = {"act": act, "draft": made.number, **(told or {})}
        _log(room, case, person, ActName.EDIT, body, now)
    report = room.report(case.row)
    models.Story.objects.filter(pk=case.row.pk).update(checked=str(made.number), open_count=len(report.open))
    return made


def _keep_note(room: Room, made: Capture) -> None:
    digest = room.blobs.put(made.text.encode())
    CaptureRow.objects.get_or_create(
        outlet=room.outlet,
        capture=made.id,
        defaults={
            "source": made.source, "url": made.url, "taken": made.taken, "record": made.payload, "text": digest,
            "told": to_plain(made), "grouped": True,
        },
    )  # fmt: skip


def _write(room: Room, case: Case, person: Person, made: Sequence[Decision], now: datetime) -> None:
    with transaction.atomic():
        _touch(case, person, Move.OPEN, now)
        for decision in made:
            models.Decision.objects.create(story=case.row, key=decision.key, told=decision_to_plain(decision))
        told = [decision_body(decision) for decision in made]
        _log(room, case, person, ActName.DECISIONS, {"decisions": told}, now)


def _touch(case: Case, person: Person, move: Move, now: datetime) -> None:
    """The story is in review from the first act on; what is public is only touched while a correction is open.

    Called inside the act's transaction: somebody may have signed or changed the words since the case was read.
    """
    row = case.row
    row.refresh_from_db(fields=["state"])
    if row.head.pk != case.head.pk:
        raise NotAllowed(
            row.slug, step=f"{move} it", hint="Its words were changed meanwhile: look at it again."
        )
    if open_correction(row) and case.state in (
        StoryState.PUBLISHED,
        StoryState.CORRECTED,
        StoryState.RETRACTED,
    ):
        return
    if move is Move.OPEN and case.state in (StoryState.APPROVED, StoryState.SCHEDULED):
        # A second approver decides on sentences too; that moves nothing.
        return
    answer = may_move(person=person, state=case.state, move=move)
    if isinstance(answer, Refusal):
        raise NotAllowed(row.slug, step=f"{move} it", hint=answer.words)
    state = after(case.state, move)
    if state and state != row.state:
        row.state = str(state)
        row.save(update_fields=["state"])


def _log(
    room: Room, case: Case, person: Person, act: ActName, body: dict[str, object], now: datetime
) -> None:
    record(outlet=room.outlet.pk, at=now, actor=person.id, act=act, body=body | {"story": case.row.slug})


def digest_of_decisions(case: Case) -> Digest:
    """What an approval signs of the decisions: the digest of those that hold on these words, in their order."""
    return digest_of(decided(case.report, case.decisions))
