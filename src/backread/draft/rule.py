"""The drafter that uses no language model: from fields by forms, from prose by selecting, ordering and attributing.

It never says what no source says, and is sometimes plain for it. What it could not write it lists in `left_out`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from backread.draft import from_fields, from_prose
from backread.draft.holidays import questions
from backread.draft.telling import Telling
from backread.errors import DraftError
from backread.values.area import Area
from backread.values.capture import Capture, by_id
from backread.values.dossier import Dossier
from backread.values.draft import Draft, Drafter, Hand
from backread.values.source import Genre, Terms
from backread.values.story import Story

NAME, VERSION = "rule", "1"

_FIELDED = frozenset({Genre.ALERT, Genre.AGENDA, Genre.MINUTES, Genre.CALENDAR})
_OTHERS_WORDS = frozenset({Terms.NEWSROOM, Terms.WIRE, Terms.SOCIAL})


def draft(
    dossier: Dossier,
    captures: Iterable[Capture],
    *,
    area: Area | None,
    on: dt.date,
    outlet: Sequence[str] = (),
) -> Draft:
    """A draft of the dossier's story, dated `on`.

    `captures` must hold the dossier's. Another newsroom's text is never a source; nor is the outlet's own
    (`outlet` names it). Raises DraftError, with the reason, when nothing can be written.
    """
    sources = _sources(dossier, captures, outlet)
    if not sources:
        raise DraftError(dossier.title, step="draft it", hint="None of its captures may serve as a source.")
    lead = sources[0]
    telling, hand = _told(sources, area, on)
    if telling is None or not telling.paragraphs:
        raise DraftError(dossier.title, step="draft it", hint=_why(lead))
    story = telling.story(on, _place(telling, sources))
    cited = {passage.capture for sentence in story.sentences for passage in sentence.passages}
    return Draft(
        dossier=dossier.id,
        story=story,
        drafter=Drafter(hand=hand, name=NAME, version=VERSION),
        captures=tuple(c.id for c in sources if c.id in cited),
        left_out=(*telling.left_out, *_asked(story, area, on)),
    )


def _asked(story: Story, area: Area | None, on: dt.date) -> tuple[str, ...]:
    """What the drafter could not know and an editor should ask."""
    return questions((sentence.text for sentence in story.sentences), area, on)


def _place(telling: Telling, sources: Sequence[Capture]) -> str:
    """The date line's place: the one the first paragraph's own source states; '' where it states none. None is guessed."""
    first = telling.paragraphs[0][0].passages[0].capture
    return next((from_prose.stated_place(c).upper() for c in sources if c.id == first), "")


def _sources(dossier: Dossier, captures: Iterable[Capture], outlet: Sequence[str]) -> list[Capture]:
    held = by_id(captures)
    own = {name.lower() for name in outlet}
    return [
        capture
        for name in dossier.captures
        if (capture := held.get(name))
        and capture.terms not in _OTHERS_WORDS
        and not capture.reserves_ai
        and not capture.confidential
        and capture.text.strip()
        and capture.source_name.lower() not in own
    ]


def _told(sources: Sequence[Capture], area: Area | None, on: dt.date) -> tuple[Telling | None, Hand]:
    lead = sources[0]
    if lead.genre in _FIELDED or (lead.genre is Genre.TABLE and len(sources) == 1):
        telling = from_fields.tell(lead, area=area, on=on, others=sources[1:])
        if telling is not None:
            return telling, Hand.RULE_FIELDS
    return from_prose.tell(_prose(sources), area=area, on=on), Hand.RULE_PROSE


def _prose(sources: Sequence[Capture]) -> list[Capture]:
    return [c for c in sources if c.genre not in (Genre.TABLE, Genre.CALENDAR)] or list(sources)


def _why(lead: Capture) -> str:
    if lead.genre in _FIELDED and not lead.fields:
        return "No field of it could be read, and it has no running text."
    held = ", ".join(sorted({field.name for field in lead.fields})) or "none"
    return f"Its fields do not make a lead (there are: {held}), and it has no running text."
