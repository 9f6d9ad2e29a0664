"""A draft by the language model where one is on; else, or where it fails, by plain rules that say why.

A newsroom is not left without a draft because a language model is down or answered badly. But an editor, the ledger
and the statement must know that it was asked, what it answered, and that none of its words are in the story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from backread.draft import prose, rule
from backread.errors import BadReply, DraftError
from backread.ports import LanguageModel, Reply, Request
from backread.values.area import Area
from backread.values.capture import Capture
from backread.values.dossier import Dossier
from backread.values.draft import Draft, Drafter

LONGEST = 400
"""Characters of a reason. Part of it may quote what a language model answered."""


def draft(
    dossier: Dossier,
    captures: Sequence[Capture],
    *,
    language_model: LanguageModel | None,
    area: Area | None,
    on: date,
    outlet: Sequence[str] = (),
) -> Draft:
    """A draft of one dossier, dated `on`; `drafter` says which hand wrote it and, after a failure, why not the other.

    Raises DraftError when the rules cannot write it either.
    """
    if language_model is None:
        return rule.draft(dossier, captures, area=area, on=on, outlet=outlet)
    heard = _Heard(language_model)
    try:
        return prose.draft(dossier, captures, language_model=heard, area=area, on=on, outlet=outlet)
    except DraftError as err:
        made = rule.draft(dossier, captures, area=area, on=on, outlet=outlet)
        return replace(made, drafter=_instead(made.drafter, err, heard))


def fallback(err: DraftError) -> str:
    """Why a rule writes instead, in one or two sentences for an editor."""
    if isinstance(err, BadReply):
        because = f"The language model's draft was refused because: {err.hint or str(err)}"
    else:
        because = f"The language model gave no draft: {err}"
    return f"{because[:LONGEST].rstrip()} These are plain rules."


class _Heard:
    """The language model, with what was asked and answered last."""

    def __init__(self, inner: LanguageModel) -> None:
        self._inner = inner
        self.last: tuple[Request, Reply] | None = None

    def __call__(self, request: Request) -> Reply:
        reply = self._inner(request)
        self.last = (request, reply)
        return reply


def _instead(drafter: Drafter, err: DraftError, heard: _Heard) -> Drafter:
    told = replace(drafter, fallback=fallback(err))
    if heard.last is None:
        return told
    request, reply = heard.last
    name = reply.language_model if prose.is_name(reply.language_model) else ""
    return replace(
        told,
        language_model=name,
        exchange=prose.exchange_digest(request, reply),
        replayed=reply.replayed,
    )
