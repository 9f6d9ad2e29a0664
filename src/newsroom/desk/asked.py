"""What checks asked about a story from its first draft on, and what became of each question.

A report only knows the words that stand now. A question that did its work has left it: the sentence was
changed. So what is asked about a draft is written down once, when the draft is first looked at here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from backread.values.decision import Act, decision_key
from backread.values.finding import Finding
from backread.values.report import Checked, Report
from backread.values.story import Sentence
from newsroom.desk.models import Asked, FalseAlarm
from newsroom.desk.room import Room
from newsroom.stories import models


class End(StrEnum):
    """What became of a question."""

    OPEN = "open"
    MENDED = "mended"
    ALARM = "false alarm"
    ON_WORD = "on a person's word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One finding that held a sentence open: in which draft first, about which words. `first`: it was the one that was asked."""

    draft: int
    number: int
    key: str
    check: str
    message: str
    words: str
    first: bool
    end: End


def write_down(draft: models.Draft, report: Report) -> Asked:
    """Keep what `report` asks about `draft`; what was kept before stays as it was asked then."""
    made, _ = Asked.objects.get_or_create(draft=draft, defaults={"told": list(_told(report))})
    return made


def questions(room: Room, story: models.Story) -> tuple[Question, ...]:
    """Every question about the story, each once however many drafts it stood in, with what became of it."""
    drafts = list(story.draft_set.order_by("number"))
    held = {asked.draft_id: asked for asked in Asked.objects.filter(draft__in=drafts)}
    alarms = set(FalseAlarm.objects.filter(story=story).values_list("key", "check_name"))
    on_word = {
        d.key
        for d in story.decision_set.filter(undone=False)
        if d.told["act"] in (Act.TAKE_OVER, Act.OVERRIDE)
    }
    now = {decision_key(c.sentence) for c in room.report(story).sentences}
    found: dict[tuple[str, str], Question] = {}
    for draft in drafts:
        asked = held.get(draft.pk) or write_down(draft, room.store.report_of(draft))
        for told in asked.told:
            end = _end(told, alarms, on_word, now)
            found.setdefault((told["key"], told["check"]), _question(draft.number, told, end))
    return tuple(found.values())


def _told(report: Report) -> Iterable[Mapping[str, object]]:
    for checked in report.sentences:
        for finding in checked.findings:
            if finding.blocks:
                yield _line(checked, finding)


def _line(checked: Checked, finding: Finding) -> Mapping[str, object]:
    return {
        "key": decision_key(checked.sentence),
        "check": finding.check,
        "outcome": str(finding.outcome.value),
        "words": _marked(finding, checked.sentence),
        "message": finding.message,
        "number": checked.sentence.index + 1,
        "first": finding is checked.question,
    }


def _marked(finding: Finding, sentence: Sentence) -> str:
    for mark in finding.marks:
        if words := sentence.text[max(0, mark.start - sentence.start) : max(0, mark.end - sentence.start)]:
            return words
    return sentence.text


def _question(draft: int, told: Mapping[str, object], end: End) -> Question:
    return Question(
        draft=draft, number=int(str(told["number"])), key=str(told["key"]), check=str(told["check"]),
        message=str(told["message"]), words=str(told["words"]), first=bool(told["first"]), end=end,
    )  # fmt: skip


def _end(
    told: Mapping[str, object], alarms: set[tuple[str, str]], on_word: set[str], now: Iterable[str]
) -> End:
    if (told["key"], told["check"]) in alarms:
        return End.ALARM
    if told["key"] not in now:
        return End.MENDED
    return End.ON_WORD if told["key"] in on_word else End.OPEN
