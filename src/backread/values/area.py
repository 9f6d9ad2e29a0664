"""The coverage area as data: what counts as local, and how names are spelt here."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A town, an island, a road, a water, an agency: a name with the other names it goes by."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All spellings, the full one first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """A public person of the area, with role and organisation as first mention spells them."""

    name: str
    role: str
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A coverage area. `codes` are (scheme, value) pairs that alerts use (SAME, UGC)."""

    name: str
    state: str = ""
    timezone: str = "UTC"
    places: tuple[Place, ...] = ()
    agencies: tuple[Place, ...] = ()
    people: tuple[Official, ...] = ()
    roads: tuple[Place, ...] = ()
    waters: tuple[Place, ...] = ()
    codes: frozenset[tuple[str, str]] = frozenset()

    @property
    def zone(self) -> ZoneInfo:
        """The area's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def named(self) -> tuple[Place, ...]:
        """Everything with a name that makes a story local, the area itself first."""
        return (Place(name=self.name, kind="area"), *self.places, *self.agencies, *self.roads, *self.waters)
