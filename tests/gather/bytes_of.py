"""Sources and fetches for the tests of the readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from backread.ports import Fetched
from backread.values.capture import Capture
from backread.values.source import Genre, Source, Terms
from newsroom.demo import world

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://pier.example/news/1"


def source(
    kind: str = "page", *, genre: Genre = Genre.ARTICLE, address: str = URL, agency: str = ""
) -> Source:
    """A source of this kind."""
    return Source(id="pier", name="Pier Board", kind=kind, address=address, genre=genre, agency=agency)


def fetched(
    body: bytes | str, media_type: str = "text/html", *, url: str = URL, headers: Mapping[str, str] = {}, status: int = 200
) -> Fetched:  # fmt: skip
    """What came back with this body."""
    content = body.encode() if isinstance(body, str) else body
    return Fetched(url=url, status=status, body=content, media_type=media_type, headers=dict(headers), taken=NOON)  # fmt: skip


def demo() -> Iterator[tuple[str, Source, Fetched]]:
    """Every document of the demo's day: its file, its source, and what the web gives."""
    told = {entry["id"]: entry for entry in world.read_toml("newsroom.toml")["source"]}
    for document in world.documents(TODAY):
        entry = told[document.source]
        own = Source(
            id=entry["id"],
            name=entry["name"],
            kind=entry["kind"],
            address=entry["url"],
            terms=Terms(entry["terms"]),
            genre=Genre(entry["genre"]),
            agency=entry.get("agency", ""),
        )
        headers = {name.lower(): value for name, value in document.headers.items()}
        yield (
            document.file,
            own,
            fetched(document.body, document.media_type, url=document.url, headers=headers),
        )


def value(capture: Capture, name: str, record: int = 0) -> str:
    """The value of the first field of this name; '' without one."""
    return next((f.value for f in capture.fields if f.name == name and f.record == record), "")


def well_framed(capture: Capture) -> bool:
    """Whether every field frames words of the text, without white space at its ends."""
    framed = [capture.text[f.start : f.end] for f in capture.fields]
    return all(words and words == words.strip() for words in framed)
