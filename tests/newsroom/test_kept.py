"""What was written and decided stays as it was: no way through the connection or the ORM changes or drops it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from newsroom import ddl
from newsroom.accounts.models import Outlet
from newsroom.stories.models import Decision, Declaration, Draft, Story
from newsroom_gate import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db: None) -> Story:
    """A story with one draft, one decision and one declaration."""
    outlet = Outlet.objects.create(id="tide", name="The Tide")
    row = Story.objects.create(outlet=outlet, slug="pier", title="Pier", made=NOW)
    Draft.objects.create(story=row, number=1, told={"parts": []}, drafter={}, at=NOW)
    Decision.objects.create(story=row, key="k" * 64, told={"act": "keep"})
    Declaration.objects.create(story=row, name="Ann", ai="")
    return row


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


ATTEMPTS: list[tuple[str, Callable[[Story], object]]] = [
    ("update a draft", lambda s: s.draft_set.update(told={"parts": ["other"]})),
    ("save a draft again", lambda s: s.head.save()),
    ("delete a draft", lambda s: s.head.delete()),
    ("replace a draft by id", lambda s: sql("INSERT OR REPLACE INTO stories_draft SELECT * FROM stories_draft")),
    ("replace a draft by number", lambda s: sql("REPLACE INTO stories_draft SELECT id + 9, number, told, drafter, captures, left_out, \"by\", at, story_id FROM stories_draft")),
    ("delete the story with all of it", lambda s: s.delete()),
    ("delete by raw sql", lambda s: sql("DELETE FROM stories_draft")),
    ("change a decision", lambda s: s.decision_set.update(told={"act": "override"})),
    ("tie a decision to other words", lambda s: s.decision_set.update(key="x" * 64, undone=True)),
    ("delete a decision", lambda s: s.decision_set.all().delete()),
    ("bring a decision back", lambda s: (s.decision_set.update(undone=True), s.decision_set.update(undone=False))),
    ("change a declaration", lambda s: s.declaration_set.update(ai="none at all")),
    ("delete a declaration", lambda s: s.declaration_set.all().delete()),
]  # fmt: skip


@pytest.mark.parametrize("attempt", [a for _, a in ATTEMPTS], ids=[name for name, _ in ATTEMPTS])
def test_it_stays(story: Story, attempt: Callable[[Story], object]) -> None:
    before = list(Draft.objects.values()), list(Declaration.objects.values()), list(Decision.objects.values())
    with pytest.raises(DatabaseError, match="kept:"), transaction.atomic():
        attempt(story)
    after = list(Draft.objects.values()), list(Declaration.objects.values()), list(Decision.objects.values())
    assert after == before


def test_a_decision_is_taken_back(story: Story) -> None:
    assert story.decision_set.update(undone=True) == 1
    assert story.decision_set.get().told == {"act": "keep"}


def test_a_missing_trigger_is_seen(story: Story) -> None:
    sql("DROP TRIGGER stories_draft_stays")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        assert ddl.differences(dict(cursor.fetchall())) == ["stories_draft_stays is missing"]
