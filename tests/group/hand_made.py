"""Small captures made by hand, for the tests of group and draft."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from backread.values.area import Area, Official, Place
from backread.values.canonical import digest_of
from backread.values.capture import Capture, Field
from backread.values.source import Genre, Terms

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

AREA = Area(
    name="Dunmere County",
    places=(Place(name="Alder Bay", kind="city"), Place(name="Quillon", kind="town")),
    agencies=(
        Place(name="Dunmere County Sheriff's Office", kind="agency"),
        Place(
            name="Dunmere County Board of County Commissioners",
            kind="agency",
            aliases=("Dunmere County Commission",),
        ),
    ),
    people=(
        Official(name="Iris Tambling", role="Commissioner"),
        Official(name="Noel Wrexley", role="Commissioner"),
    ),
    codes=frozenset({("SAME", "099088")}),
)


def capture(text: str, *, name: str = "one", fields: tuple[Field, ...] = (), **more: Any) -> Capture:
    """A capture of `text`, published at noon on the tests' day unless told otherwise."""
    given: dict[str, Any] = {
        "source": name,
        "source_name": f"{name} source",
        "url": f"https://{name}.example/",
        "taken": NOON,
        "published": NOON,
        "media_type": "text/html",
        "payload": digest_of(f"{name} {text}".encode()),
        "extractor": "hand",
        "genre": Genre.RELEASE,
        "terms": Terms.RELEASE,
    }
    return Capture(text=text, fields=fields, **(given | more))


def fielded(rows: list[tuple[str, str, int]], **more: Any) -> Capture:
    """A capture whose text lists its fields' values, one a line: (name, value, record)."""
    text, fields = "", []
    for name, value, record in rows:
        fields.append(
            Field(name=name, value=value, start=len(text), end=len(text) + len(value), record=record)
        )
        text += value + "\n"
    return capture(text, fields=tuple(fields), **more)
