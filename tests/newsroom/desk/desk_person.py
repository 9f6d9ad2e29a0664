"""A person at the desk of the small newsroom, without scripts."""

from __future__ import annotations

import re
from html import unescape

import pytest
from desk_newsroom import SLUG, Newsroom
from django.http import HttpResponse

from backread.values.decision import decision_key
from newsroom.desk.case import case
from newsroom.ledger.models import LedgerEntry
from newsroom.stories.plain import story_from_plain


class Desk:
    """A person at the desk: posts the forms as the pages hold them."""

    def __init__(self, newsroom: Newsroom, who: str) -> None:
        self.newsroom, self.client, self.who = newsroom, newsroom.client(who), who

    def get(self, path: str = "") -> str:
        """The text of a page of the story."""
        return unescape(self.client.get(f"/stories/{SLUG}/{path}").content.decode())

    def post(self, act: str, number: int = 1, **told: object) -> HttpResponse:
        """An act on sentence `number` (1 is the first)."""
        own = {"used": "none"} if act == "change" else {}
        form = {"s": number, "key": self.key(number)} | own | told
        return self.client.post(f"/stories/{SLUG}/{act}/", form)

    def key(self, number: int) -> str:
        """What the page's forms call this sentence."""
        held = case(self.newsroom.room, self.newsroom.story)
        return decision_key(held.report.sentences[number - 1].sentence)

    def texts(self) -> list[str]:
        """The sentences as they stand."""
        return [s.text for s in story_from_plain(self.newsroom.story.head.told).sentences]

    def approve(self, **told: str) -> HttpResponse:
        """Sign with the code that holds now."""
        page = self.get("approve/")
        digest = re.search(r'name="saw" value="(\w+)"', page)
        form = {"saw": digest.group(1) if digest else "", "code": self.newsroom.code(self.who)} | told
        return self.client.post(f"/stories/{SLUG}/approve/", form)

    def keep_all_of(self, count: int) -> None:
        """Keep the first `count` sentences, one by one."""
        for number in range(1, count + 1):
            assert self.post("keep", number).status_code == 302

    def keep_all(self, seen_ms: int = 0) -> None:
        """Keep every sentence, a paragraph at a time, with what the browser says of its time on screen."""
        for numbers in ((1,), (2, 3, 4), (5, 6)):
            form = {
                "key": [self.key(n) for n in numbers],
                "seen_ms": [seen_ms] * len(numbers),
                "s": numbers[0],
            }
            assert self.client.post(f"/stories/{SLUG}/paragraph/", form).status_code == 302


@pytest.fixture
def edda(newsroom: Newsroom) -> Desk:
    """The editor at her desk."""
    return Desk(newsroom, "edda")


def acts(act: str) -> int:
    """How many entries of this act the ledger has."""
    return LedgerEntry.objects.filter(act=act).count()
