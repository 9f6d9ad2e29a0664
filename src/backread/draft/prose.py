"""Draft with a language model: the same value as `rule`, by the same contract, checked by the same checks.

The language model has no tools, no network and no secrets; it sees one dossier's visible text. Its reply must fit a
strict schema; one repair round names every fault, and a second bad reply is an error, never half a story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from backread import __version__
from backread.draft.reply import read
from backread.draft.request import Asked, ask, request_bytes, seen
from backread.draft.telling import place_of
from backread.errors import BadReply
from backread.ports import LanguageModel, Reply, Request
from backread.values.area import Area
from backread.values.canonical import Digest, digest_of
from backread.values.capture import Capture, CaptureId, by_id
from backread.values.dossier import Dossier
from backread.values.draft import Draft, Drafter, Hand
from backread.values.story import BlockKind, Part, Story, Words

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}", re.ASCII)


def draft(
    dossier: Dossier,
    captures: Sequence[Capture],
    *,
    language_model: LanguageModel,
    area: Area | None,
    on: date,
    outlet: Sequence[str] = (),
) -> Draft:
    """A draft of one dossier, dated `on`, from the captures that may be sent (see `request.ask`).

    Raises BadReply after one repair round, DraftError when nothing may be sent or the endpoint fails.
    """
    held = by_id(captures)
    own = [held[i] for i in dossier.captures if i in held]
    place = place_of(own, area)
    asked = asked_of(dossier, captures, area=area, on=on, outlet=outlet)
    request, reply = asked.request, language_model(asked.request)
    try:
        parts = read(reply.text, asked.passages)
    except BadReply as err:
        request = _repair(asked.request, reply, err)
        reply = language_model(request)
        parts = read(reply.text, asked.passages)
    story = Story.of(_placed(parts, place), date=on)
    return Draft(
        dossier=dossier.id,
        story=story,
        drafter=_drafter(request, reply),
        captures=_used(story, own),
        left_out=asked.left_out,
    )


def asked_of(
    dossier: Dossier,
    captures: Sequence[Capture],
    *,
    area: Area | None,
    on: date,
    outlet: Sequence[str] = (),
) -> Asked:
    """The first request that `draft` would send for a dossier, sent to nobody. Raises DraftError when nothing may be sent."""
    held = by_id(captures)
    own = [held[i] for i in dossier.captures if i in held]
    return ask(own, on=on, place=place_of(own, area), outlet=outlet)


def _repair(request: Request, reply: Reply, err: BadReply) -> Request:
    """The same request with what was wrong. The bad reply is quoted as data, cut to a bounded length."""
    told = " ".join(seen(reply.text[:4_000]).split())
    asked = f"Your last answer could not be used: {err.hint}\nYour last answer was: {told}\nAnswer again, in the schema."
    return replace(request, user=f"{request.user}\n\n{asked}")


def _placed(parts: Sequence[Part], place: str) -> list[Part]:
    """The parts with the outlet's date line before the first paragraph; the language model does not write it."""
    placed = list(parts)
    first = next(at for at, (kind, _) in enumerate(placed) if kind is BlockKind.PARAGRAPH)
    if place:
        placed.insert(first, (BlockKind.DATE_LINE, (Words(text=f"{place} —"),)))
    return placed


def exchange_digest(request: Request, reply: Reply) -> Digest:
    """The digest of one request with its reply: what puts an exchange on the record."""
    return digest_of(request_bytes(request) + b"\n" + reply.text.encode("utf-8", "surrogatepass"))


def is_name(words: str) -> bool:
    """Whether a language model's name is only a name."""
    return bool(_NAME.fullmatch(words))


def _drafter(request: Request, reply: Reply) -> Drafter:
    """Raises BadReply for a name that says more than a name: the statement prints it to readers."""
    if not is_name(reply.language_model):
        hint = (
            "The name that came with the reply is none: give it an alias of letters, digits and . : / @ + _ -"
        )
        raise BadReply("the language model's name", step="put it on the record", hint=hint)
    return Drafter(
        hand=Hand.LANGUAGE_MODEL,
        name="prose",
        version=__version__,
        language_model=reply.language_model,
        exchange=exchange_digest(request, reply),
        replayed=reply.replayed,
    )


def _used(story: Story, own: Sequence[Capture]) -> tuple[CaptureId, ...]:
    cited = {p.capture for s in story.sentences for p in s.passages}
    return tuple(c.id for c in own if c.id in cited)
