"""A WARC file that stands in for the web: what is not in it does not exist."""

from __future__ import annotations

from pathlib import Path

from backread.archive.warc import records
from backread.errors import Unreachable
from backread.ports import Fetched


class WarcFetch:
    """Answers from one WARC file (a `ports.Fetch`). Reads the file once, at the start. Raises ArchiveError when it is damaged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as stream:
            self._held = {fetched.url: fetched for fetched in records(stream, name=str(path))}

    def __call__(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """The recorded answer. Raises Unreachable for an address that was not recorded."""
        try:
            return self._held[url]
        except KeyError as err:
            raise Unreachable(
                url, step=f"find it in {self._path.name}", hint="Only what was recorded can be read."
            ) from err
