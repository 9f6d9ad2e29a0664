"""The budget: every story at the desk, where it stands, who has it, when it is due, what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from backread.values.person import Person
from newsroom.desk.pages.looks import initials
from newsroom.desk.pages.times import near

COLUMNS = (
    ("draft", "To backread", ("drafted",)),
    ("review", "Backreading", ("in review",)),
    ("returned", "Returned", ("returned",)),
    ("approved", "Approved", ("approved",)),
    ("scheduled", "Scheduled", ("scheduled",)),
)
"""The board from left to right: id, heading, the states it holds."""
LONGEST = 40
"""A name longer than this is cut (characters)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story as the budget needs it. `owner` is a person's id, '' for nobody; `note` the last reason said."""

    id: str
    slug: str
    headline: str
    state: str
    owner: str
    due: datetime | None
    refuted: int
    undecided: int
    to_read: int
    sentences: int
    second: bool = False
    flags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A story on the board. `headline` is '' where the name says the same; `flags` are what an editor must know of its sources."""

    id: str
    slug: str
    headline: str
    state: str
    owner: str
    due: str
    is_late: bool
    refuted: int
    undecided: int
    to_read: int
    settled: str
    second: bool
    flags: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A state of the board with its stories, the first due first."""

    id: str
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for: `owner` any, mine or none; `state` a column's id or any; `flag` any, second or source; `view` board or list."""

    owner: str = "any"
    state: str = "any"
    flag: str = "any"
    view: str = "board"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetPage:
    """Everything the budget shows."""

    told: str
    columns: tuple[Column, ...]
    cards: tuple[Card, ...]
    owners: tuple[tuple[str, str, int, bool], ...]
    states: tuple[tuple[str, str, int, bool], ...]
    flags: tuple[tuple[str, str, int, bool], ...]
    filters: Filters


def budget_page(
    rows: Sequence[StoryRow],
    filters: Filters,
    *,
    person: Person,
    people: dict[str, Person],
    now: datetime,
    zone: tzinfo,
) -> BudgetPage:
    """The budget as `person` asked for it."""
    held = {state for _, _, states in COLUMNS for state in states}
    rows = [row for row in rows if row.state in held]
    shown = [row for row in rows if _fits(row, filters, person)]
    shown.sort(key=lambda row: (row.due is None, row.due or now, row.slug))
    cards = tuple(_card(row, people, now, zone) for row in shown)
    return BudgetPage(
        told=_told(rows, now),
        columns=tuple(
            Column(id=id_, title=title, cards=tuple(c for c in cards if c.state in states))
            for id_, title, states in COLUMNS
        ),
        cards=cards,
        owners=_choices(rows, filters, person, "owner", {"any": "anyone", "mine": "mine", "none": "nobody"}),
        states=_choices(rows, filters, person, "state", {"any": "any"} | {i: t.lower() for i, t, _ in COLUMNS}),
        flags=_choices(rows, filters, person, "flag", {"any": "any", "second": "second approver", "source": "source flagged"}),
        filters=filters,
    )  # fmt: skip


def _fits(row: StoryRow, filters: Filters, person: Person) -> bool:
    owner = {"mine": row.owner == person.id, "none": not row.owner}.get(filters.owner, True)
    flag = {"second": row.second, "source": bool(row.flags)}.get(filters.flag, True)
    states = next((states for id_, _, states in COLUMNS if id_ == filters.state), None)
    return owner and flag and (states is None or row.state in states)


def _choices(
    rows: Sequence[StoryRow], filters: Filters, person: Person, name: str, words: dict[str, str]
) -> tuple[tuple[str, str, int, bool], ...]:
    chosen = getattr(filters, name)
    chosen = chosen if chosen in words else "any"
    return tuple(
        (value, word, sum(_fits(row, Filters(**{name: value}), person) for row in rows), value == chosen)
        for value, word in words.items()
    )


def _card(row: StoryRow, people: dict[str, Person], now: datetime, zone: tzinfo) -> Card:
    open_ = row.refuted + row.undecided + row.to_read
    name, headline = _named(row.slug, row.headline)
    return Card(
        id=row.id,
        slug=name,
        headline=headline,
        state=row.state,
        owner=initials(people[row.owner].name) if row.owner in people else "nobody",
        due=near(row.due, now, zone) if row.due else "",
        is_late=row.due is not None and row.due < now,
        refuted=row.refuted,
        undecided=row.undecided,
        to_read=row.to_read,
        settled=f"{row.sentences - open_} of {row.sentences} settled",
        second=row.second,
        flags=row.flags,
        note=row.note,
    )


def _named(slug: str, headline: str) -> tuple[str, str]:
    """The name and the headline as shown: the headline alone where it says what the name says."""
    if headline.casefold().startswith(slug.casefold()):
        return headline, ""
    return (slug if len(slug) < LONGEST else slug[: LONGEST - 2].rsplit(" ", 1)[0] + " …"), headline


def _told(rows: Sequence[StoryRow], now: datetime) -> str:
    late = sum(row.due is not None and row.due < now for row in rows)
    nobody = sum(not row.owner for row in rows)
    said = f"{len(rows)} {'story' if len(rows) == 1 else 'stories'}"
    return f"{said}: {late} late, {nobody} with nobody on {'it' if nobody == 1 else 'them'}."
