"""What the drafter holds while it writes one story: who was named, who was heard, what was just attributed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from backread.draft import wording
from backread.draft.reading import Told, is_service
from backread.draft.telling import Line
from backread.values.area import Area
from backread.values.capture import Capture, Passage

_ATTRIBUTED_FOR = 3
"""So many sentences an attribution covers: one bolted to every fact reads like a receipt."""
_SLOGAN = re.compile(
    r", which (?:the |an? )?[\w’ ]{2,60} (?:called|calls|described as|dubbed) “[^”]*?[.]?”\.?$"
)
"""What somebody calls its own doing is left out."""


@dataclass(slots=True)
class Desk:
    """What the drafter holds while it writes one story."""

    on: dt.date
    area: Area | None
    zone: dt.tzinfo
    named: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    since: int = _ATTRIBUTED_FOR
    said: str = ""

    def line(self, told: Told, *, attribute: bool) -> Line | None:
        """A sentence as the story says it; None when its day cannot be told."""
        text = wording.told_from(told, self.on, wording.own_day(told.capture, self.zone))
        text = wording.once(_SLOGAN.sub(".", text), told.capture) if text else text
        if text is None:
            self.lost.append(f"“{told.text}”: the day it means could not be told")
            return None
        if attribute and not is_service(text):
            text = self._attributed(text, told.capture)
        elif wording.agency(told.capture) in self.named:
            text = wording.again(text, told.capture)
        text, more = self._introduced(text, told.capture)
        told_by = wording.is_attributed(text) or wording.acts(text, told.capture)
        self.since = 0 if told_by else self.since + 1
        if self._is_named(text, told.capture):
            self.named.add(wording.agency(told.capture))
        self.said = f"{self.said} {text}"
        return Line(text=text, passages=(told.passage, *more))

    def paragraph(self, among: Sequence[Told], *, foreign: bool = False) -> tuple[Line, ...]:
        """A paragraph's lines; its claims attributed once, at the first sentence that does not attribute itself."""
        lines: list[Line] = []
        covered = any(wording.is_attributed(told.text) for told in among[1:3])
        for told in among:
            attribute = not covered and (foreign or (self._claims(told) and self.since >= _ATTRIBUTED_FOR))
            line = self.line(told, attribute=attribute)
            if line is None:
                break  # What follows may lean on the sentence that is lost.
            covered = covered or wording.is_attributed(line.text)
            lines.append(line)
        return tuple(lines)

    def _introduced(self, text: str, capture: Capture) -> tuple[str, tuple[Passage, ...]]:
        """An official who speaks for the first time in full, by the document that gives the name; later by surname."""
        for person in self.area.people if self.area else ():
            last, full = person.name.split()[-1], f"{person.role} {person.name}"
            if full in self.said and full in text:
                text = text.replace(full, last)
            at = capture.text.find(person.name)
            bare = re.search(rf"(?<![A-Z][a-z] )(?<!\w ){re.escape(last)} said\b", text)
            if at >= 0 and bare and person.name not in f"{self.said} {text}":
                text = f"{text[: bare.start()]}{full} said{text[bare.end() :]}"
                return text, (self._name_line(capture, at),)
        return text, ()

    @staticmethod
    def _name_line(capture: Capture, at: int) -> Passage:
        start, end = capture.text.rfind("\n", 0, at) + 1, capture.text.find("\n", at)
        return capture.passage(start, end if end > 0 else len(capture.text))

    def _claims(self, told: Told) -> bool:
        return not wording.is_attributed(told.text)

    def _attributed(self, text: str, capture: Capture) -> str:
        return wording.attributed(text, capture, first=wording.agency(capture) not in self.named)

    @staticmethod
    def _is_named(text: str, capture: Capture) -> bool:
        return wording.agency(capture) in text or (
            "Sheriff" in wording.agency(capture) and wording.short_name(capture)[4:] in text
        )
